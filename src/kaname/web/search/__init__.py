"""What the page of the search is made of."""
