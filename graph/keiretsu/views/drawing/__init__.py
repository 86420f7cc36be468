"""Boxes, lines and words as marks, and marks as SVG or pixels."""
