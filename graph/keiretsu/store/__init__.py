"""Claims as RDF: held, read, written, checked and asked."""
