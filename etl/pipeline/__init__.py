"""The refresh: discover, download, gather, build, publish."""
