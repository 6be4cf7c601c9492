"""docs/indicators.md: what is declared and what is there, indicator by indicator."""
