"""Funded works page."""
