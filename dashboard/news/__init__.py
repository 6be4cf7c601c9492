"""Changes between two releases: values and projects."""
