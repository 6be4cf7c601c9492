"""Declarations of the catalogue: models, loader and checks."""
