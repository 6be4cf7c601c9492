"""Readers of files and cells that the layouts share."""
