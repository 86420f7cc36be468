"""Loops over numbers, without domain words: fixpoints, components, bounds over boxes, linear solves."""
