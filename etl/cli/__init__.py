"""The commands of `etl`, one module per subject."""
