"""Names held against the lists of the office: similar names, explained; what was decided about each."""
