"""Plan and process page."""
