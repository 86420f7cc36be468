"""Derived graphs: what was computed, as RDF beside the claims that it rests on."""
