"""The course of each case by day, and the daily numbers. Rows are made again at the next list, or by `kaname rebuild`,
which works on all cores."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


def ask_anew(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("ledger", "Standing").objects.using(schema_editor.connection.alias)
    rows.update(next_change_on=F("as_of"))


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0008_planned_days"),
    ]

    operations = [
        migrations.CreateModel(
            name="Course",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="course",
                        serialize=False,
                        to="ledger.case",
                    ),
                ),
                ("moves", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("circle", models.CharField(blank=True, max_length=64)),
                ("kind", models.CharField(max_length=64)),
                ("procedure", models.CharField(blank=True, max_length=64)),
                ("state", models.CharField(blank=True, max_length=64)),
                ("day", models.DateField()),
                ("came", models.IntegerField()),
                ("went", models.IntegerField()),
                ("settled", models.BooleanField()),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("settled", False)), fields=["id"], name="ledger_tally_unsettled")
                ],
            },
        ),
        migrations.RunPython(ask_anew, migrations.RunPython.noop),
    ]
