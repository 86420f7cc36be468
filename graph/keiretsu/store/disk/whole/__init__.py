"""All that a store on disk says: as claims, as N-Quads, in any syntax of RDF."""
