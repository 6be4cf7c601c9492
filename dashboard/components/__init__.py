"""The pieces that pages are built of."""
