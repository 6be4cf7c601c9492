"""Panels and helpers that several pages share."""
