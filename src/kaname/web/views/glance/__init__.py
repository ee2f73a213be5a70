"""Pages of the picture of the Act."""
