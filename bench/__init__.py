"""Measurements of the whole: building, asking, drawing. Run by `make bench`."""
