"""What the pages of vendors and of plans in preparation are made of: forms, lists, sentences. No request, no table."""
