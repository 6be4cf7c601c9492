"""Actor pages."""
