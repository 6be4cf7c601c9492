"""Review of a draft: what it changes, on the terminal or as one HTML file."""
