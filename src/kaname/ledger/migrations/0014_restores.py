"""That an office was put back to an old state, and what is missing since."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0013_acts_by_day")]

    operations = [
        migrations.CreateModel(
            name="Restore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("office", models.CharField(blank=True, max_length=64)),
                ("epoch", models.IntegerField()),
                ("at", models.CharField(max_length=27)),
                ("anchor", models.IntegerField()),
                ("statement", models.TextField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("office", "epoch"), name="ledger_restore_once")],
            },
        ),
        migrations.CreateModel(
            name="Missing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.CharField(max_length=26)),
                ("seq", models.IntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("told_by", models.CharField(max_length=64)),
                ("at", models.CharField(max_length=27)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "seq", "digest", "told_by"), name="ledger_missing_once")
                ],
            },
        ),
    ]
