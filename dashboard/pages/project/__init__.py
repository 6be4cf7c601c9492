"""Project page."""
