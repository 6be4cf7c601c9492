"""`etl add`: a new indicator or dataset, begun with what is known, told what is still open."""
