"""Read-only queries on a release."""
