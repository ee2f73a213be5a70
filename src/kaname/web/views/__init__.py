"""The pages' views, one module a page or family of pages."""
