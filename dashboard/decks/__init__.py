"""Decks: ordered pages for a room, ready-made or a reader's own, and their addresses."""
