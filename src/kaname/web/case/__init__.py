"""What the pages of a case say, worked out of declaration and standing: no request, no template, no database."""
