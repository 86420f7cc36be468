"""N-Quads of a store on disk, filled into forms that the codec itself has written."""
