"""The panels of the pages: each reads a `Page` and returns one component."""
