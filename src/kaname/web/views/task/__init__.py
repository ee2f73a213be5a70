"""Pages of a day's work: what is done to the lines of the inbox, many cases at once, saved lists, absence, workload."""
