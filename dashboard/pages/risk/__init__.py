"""Risks and deadlines page."""
