"""The column of what lay open goes, and on SQLite what is left of it in the write-ahead log.

On PostgreSQL old row versions stay until `VACUUM FULL desk_measure`, and in backups and archived logs made before.
"""

from typing import Any

from django.db import migrations, models

import kaname.access.models


def empty_the_log(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Migration(migrations.Migration):
    atomic = False
    dependencies = (("desk", "0011_seal_what_shows_a_measure"),)
    operations = (
        migrations.RemoveField("measure", "evidence"),
        migrations.AlterField(
            "measure", "public_id", models.CharField(default=kaname.access.models.new_id, max_length=16, unique=True)
        ),
        migrations.RunPython(empty_the_log, migrations.RunPython.noop),
    )
