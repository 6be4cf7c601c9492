"""Funded work page."""
