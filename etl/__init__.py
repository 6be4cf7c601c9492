"""Everything that touches the outside world: from providers' files to components."""
