"""Names, keys and faults of a screening lie locked; what was given before lay open, and is thrown away with its rows."""

import shutil
from typing import Any

from django.db import migrations, models

from kaname.site.home import home


def forget(apps: Any, schema_editor: Any) -> None:
    """A screening lives for a day: those under way are begun anew."""
    apps.get_model("desk", "Screening").objects.all().delete()
    shutil.rmtree(home() / "desk", ignore_errors=True)


class Migration(migrations.Migration):
    dependencies = (("desk", "0001_initial"),)
    operations = (
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.RemoveField("screening", "name"),
        migrations.RemoveField("screening", "key"),
        migrations.RemoveField("screening", "problems"),
        migrations.AddField("screening", "locked", models.BinaryField(default=bytes)),
    )
