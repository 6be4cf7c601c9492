"""Tables of a release: columns, types and keys."""
