"""Pages of consultations between authorities."""
