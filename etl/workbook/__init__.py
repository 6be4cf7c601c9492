"""The office's own Excel workbooks: what their sheets hold, the empty template, the reading."""
