"""Integrated ownership by its conventions, exact and tight, with loops solved."""
