"""Wikidata: entities, and results of queries."""
