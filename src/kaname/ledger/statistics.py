"""How the tables are filled, as SQLite's planner must know it: without that, lists of a large office take ten times as
long. SQLite looks only when told, and forgets a table's when a migration makes the table anew. (PostgreSQL looks by
itself.)
"""

from django.db import connection

_ROWS = 1000  # looked at of each index: a quarter of a second at a million entries


def renew() -> None:
    """Look again. Connections that are open keep to what they knew."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {_ROWS}")
        cursor.execute("ANALYZE")
