"""Indicator page."""
