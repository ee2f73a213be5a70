"""What shows a measure (府令10条) lay open: it is sealed for the circle of its case, or gone where that was destroyed."""

from typing import Any

from django.db import migrations, models

from kaname.access.models import new_id
from kaname.ledger import destroyed, sealing


def seal(apps: Any, schema_editor: Any) -> None:
    lines = apps.get_model("desk", "Measure").objects
    for pk, circle, evidence in lines.values_list("pk", "case__circle", "evidence").iterator():
        id = new_id()
        gone = destroyed.of(circle)
        blob = None if gone else sealing.seal_text(f"measure/{id}", evidence.encode(), circle)
        lines.filter(pk=pk).update(public_id=id, sealed=blob, evidence="")


def open_again(apps: Any, schema_editor: Any) -> None:
    """Back to a version that reads it in clear; nothing where its key was destroyed."""
    lines = apps.get_model("desk", "Measure").objects
    for pk, id, circle, blob in lines.values_list("pk", "public_id", "case__circle", "sealed").iterator():
        if blob is not None and not destroyed.of(circle):
            lines.filter(pk=pk).update(evidence=sealing.open_text(f"measure/{id}", bytes(blob)).decode())


class Migration(migrations.Migration):
    dependencies = (("desk", "0010_plan_worth"), ("ledger", "0006_no_open_salts"))
    operations = (
        migrations.AddField("measure", "public_id", models.CharField(default="", max_length=16)),
        migrations.AddField("measure", "sealed", models.BinaryField(null=True)),
        migrations.RunPython(seal, open_again),
    )
