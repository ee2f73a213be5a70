"""Entries by act and day, for what changed between two days."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0012_anchors"),
    ]

    operations = [
        migrations.AddIndex(
            "entry",
            models.Index(
                fields=["act", "effective_on", "case", "seq"],
                condition=models.Q(("seq__gt", 1)),
                name="ledger_entry_act_on",
            ),
        ),
    ]
