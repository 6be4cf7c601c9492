"""The open-data API: its routes, their parameters, its problems and its page of reference."""
