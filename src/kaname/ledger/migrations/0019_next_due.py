"""The next day of a case is that of its clocks too: the rows are made again, since what they hold is read otherwise."""

from typing import Any

from django.db import migrations


def ask_anew(apps: Any, schema_editor: Any) -> None:
    apps.get_model("ledger", "Standing").objects.using(schema_editor.connection.alias).update(declared="")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0018_authority")]

    operations = [migrations.RunPython(ask_anew, migrations.RunPython.noop)]
