"""The office's settings: `settings` (embedded SQLite, or PostgreSQL by KANAME_DATABASE_URL), `settings_test`."""
