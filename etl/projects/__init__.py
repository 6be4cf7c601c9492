"""Funded works, reconciled across the files that report them."""
