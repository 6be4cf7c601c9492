"""Project portfolio page."""
