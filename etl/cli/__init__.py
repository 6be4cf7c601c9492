"""The commands of `etl`, by what they are about."""
