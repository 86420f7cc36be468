"""RDF in the vocabularies of others, read as claims."""
