"""The REST API under /api/v1, made from the same declarations as the pages."""
