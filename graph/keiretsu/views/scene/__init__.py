"""What a picture shows, as plain data that no drawing library knows of."""
