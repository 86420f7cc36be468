"""Legal tests: the table of regimes, and what judges by it."""
