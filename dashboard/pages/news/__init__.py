"""Page of changes between two releases: the list, its filters and its words."""
