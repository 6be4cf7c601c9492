"""The list behind the count of signs."""
