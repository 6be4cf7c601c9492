"""Site header, heading and search."""
