"""The page that compares territories in several indicators."""
