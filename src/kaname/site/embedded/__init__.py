"""The engine of the embedded database: Django's for SQLite, see `base`."""
