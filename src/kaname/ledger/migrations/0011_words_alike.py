"""The words of each case made alike anew: kana of both kinds, small kana, spaces and more old forms are one since."""

from typing import Any

from django.db import migrations

from kaname.law.alike import alike

_BATCH = 2000


def make_alike(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("ledger", "Standing").objects.using(schema_editor.connection.alias)
    last = 0
    while found := list(rows.filter(pk__gt=last).order_by("pk").only("pk", "words")[:_BATCH]):
        changed = []
        for row in found:
            words = "\n".join(dict.fromkeys(alike(line) for line in row.words.split("\n")))
            if words != row.words:
                row.words = words
                changed.append(row)
        rows.bulk_update(changed, ("words",), batch_size=200)
        last = found[-1].pk


class Migration(migrations.Migration):
    dependencies = [("ledger", "0010_courses_in_standings")]

    operations = [migrations.RunPython(make_alike, migrations.RunPython.noop)]
