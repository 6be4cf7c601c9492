"""Provider figures on the current territory."""
