"""Territory pages."""
