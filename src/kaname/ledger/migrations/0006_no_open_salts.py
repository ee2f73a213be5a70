"""The column of open salts goes, and on SQLite what is left of open values in the write-ahead log.

On PostgreSQL old row versions stay until `VACUUM FULL ledger_sealed`, and in backups and archived logs made before.
"""

from typing import Any

from django.db import migrations


def empty_the_log(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("ledger", "0005_seal_what_lay_open")]

    operations = [migrations.RemoveField(model_name="sealed", name="salt"), migrations.RunPython(empty_the_log)]
