"""Syntaxes of RDF: parsed under guard, written sorted."""
