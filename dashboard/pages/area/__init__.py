"""Policy area page."""
