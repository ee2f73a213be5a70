"""The course of a case is a column of its standing; the daily numbers are one row a day, summed when somebody asks.

Courses that were kept are taken over with their numbers. A case without one is made anew at the next list.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import Exists, F, OuterRef, Subquery, Sum

_OF_A_DAY = ("circle", "kind", "procedure", "state", "day")


def take_over(apps: Any, schema_editor: Any) -> None:
    using = schema_editor.connection.alias
    standings, courses, tallies = (
        apps.get_model("ledger", name).objects.using(using) for name in ("Standing", "Course", "Tally")
    )
    own = courses.filter(pk=OuterRef("pk"))
    standings.filter(Exists(own)).update(moves=Subquery(own.values("moves")), counted=True)
    standings.filter(counted=False).update(next_change_on=F("as_of"))
    sums = list(tallies.values(*_OF_A_DAY).annotate(all_came=Sum("came"), all_went=Sum("went")).order_by())
    tallies.all().delete()
    tallies.bulk_create(
        (tallies.model(came=s.pop("all_came"), went=s.pop("all_went"), settled=True, **s) for s in sums),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0009_courses"),
    ]

    operations = [
        migrations.AddField("standing", "moves", models.TextField(default="[]"), preserve_default=False),
        migrations.AddField("standing", "counted", models.BooleanField(db_default=False)),
        migrations.AddIndex(
            "standing",
            models.Index(fields=["case"], condition=models.Q(("counted", False)), name="ledger_standing_uncounted"),
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.DeleteModel("Course"),
        migrations.RemoveIndex("tally", "ledger_tally_unsettled"),
        migrations.RemoveField("tally", "settled"),
        migrations.AddConstraint("tally", models.UniqueConstraint(fields=_OF_A_DAY, name="ledger_tally_once")),
    ]
