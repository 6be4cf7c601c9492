"""The dashboard: one release, read; one address, drawn."""
