"""Releases on disk: manifest, publication, retention."""
