"""Measures of a whole network: value, shape, concentration."""
