"""Benchmarks of building, querying and drawing, run by `make bench`."""
