"""Scaffold of a new indicator or dataset, and what declarations still lack."""
