"""The book of keys; and the keys of each circle come under a master of its own."""

from typing import Any

from django.db import migrations, models

from kaname.ledger import reseal


def settle(apps: Any, schema_editor: Any) -> None:
    reseal.settle()


class Migration(migrations.Migration):
    dependencies = [("ledger", "0014_restores")]

    operations = [
        migrations.CreateModel(
            name="KeyEvent",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("at", models.CharField(max_length=27)),
                ("what", models.CharField(max_length=16)),
                ("data", models.TextField()),
                ("before", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={"db_table": "ledger_key_event"},
        ),
        migrations.RunPython(settle, migrations.RunPython.noop),
    ]
