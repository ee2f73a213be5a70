"""What stands before every page and operation: the registry of doors, sessions, headers, where a request comes from."""
