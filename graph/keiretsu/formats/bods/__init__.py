"""The Beneficial Ownership Data Standard: read, written, and held against the standard."""
