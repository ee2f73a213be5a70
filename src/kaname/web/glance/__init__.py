"""What the pages of the picture draw: blocks as parts of a page."""
