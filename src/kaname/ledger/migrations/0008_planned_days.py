"""The day for which a matter is planned. Rows of plans are made again at the next list, to learn theirs."""

from typing import Any

from django.db import migrations, models
from django.db.models import F


def ask_anew(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("ledger", "Standing").objects.using(schema_editor.connection.alias)
    rows.filter(kind="infrastructure.plan").update(next_change_on=F("as_of"))


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0007_orders_of_lists"),
    ]

    operations = [
        migrations.AddField(model_name="standing", name="planned_on", field=models.DateField(null=True)),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                fields=["kind", "planned_on", "case"],
                condition=models.Q(("planned_on__isnull", False)),
                name="ledger_standing_planned",
            ),
        ),
        migrations.RunPython(ask_anew, migrations.RunPython.noop),
    ]
