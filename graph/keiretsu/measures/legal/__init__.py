"""Legal tests: the table of regimes, and the engines that judge by it."""
