"""Loops over numbers, without domain words: fixpoints, bounds over boxes, linear solves."""
