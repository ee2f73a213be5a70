"""Anchors over the heads of all cases, and what offices hold of each other."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0011_words_alike"),
    ]

    operations = [
        migrations.CreateModel(
            name="Anchor",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("made_at", models.CharField(max_length=27)),
                ("digest", models.CharField(max_length=64)),
                ("statement", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Contradiction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("office", models.CharField(max_length=64)),
                ("sort", models.CharField(max_length=16)),
                ("number", models.IntegerField()),
                ("held", models.TextField(blank=True)),
                ("told", models.TextField(blank=True)),
                ("found_at", models.CharField(max_length=27)),
                ("settled_at", models.CharField(blank=True, max_length=27)),
            ],
            options={
                "indexes": [models.Index(fields=["settled_at", "office"], name="ledger_contradiction_open")],
            },
        ),
        migrations.CreateModel(
            name="Countersignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("office", models.CharField(max_length=64)),
                ("statement", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("number", "office"), name="ledger_countersignature_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Witnessed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("office", models.CharField(max_length=64)),
                ("number", models.IntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("statement", models.TextField()),
                ("countersigned", models.TextField(blank=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("office", "number"), name="ledger_witnessed_once")],
            },
        ),
        migrations.CreateModel(
            name="Anchored",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("seq", models.IntegerField()),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.case"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "number"), name="ledger_anchored_once")],
            },
        ),
    ]
