"""Where everything in a picture stands, and how good that is."""
