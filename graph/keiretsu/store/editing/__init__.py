"""Edits of RDF files: appended as text, taken back, and settled in a store."""
