"""Pages: each folder has the panels, templates and style of one page."""
