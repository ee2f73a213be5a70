"""The tables of the ledger. Their guards are put in place after every migration (`guards.install`)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(max_length=26, unique=True)),
                ("kind", models.CharField(max_length=64)),
                ("opened_on", models.CharField(max_length=10)),
                ("series", models.CharField(blank=True, default="", max_length=64)),
                ("number", models.BigIntegerField()),
                ("opening_key", models.CharField(max_length=128, unique=True)),
                ("origin", models.CharField(blank=True, default="", max_length=64)),
                ("head_seq", models.IntegerField(default=0)),
                ("head_digest", models.CharField(max_length=64)),
                ("head_at", models.CharField(blank=True, default="", max_length=27)),
            ],
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("series", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("value", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.IntegerField()),
                ("act", models.CharField(max_length=128)),
                ("run", models.CharField(blank=True, max_length=256)),
                ("role", models.CharField(blank=True, max_length=64)),
                ("party", models.CharField(blank=True, max_length=256)),
                ("person", models.CharField(blank=True, max_length=256)),
                ("effective_on", models.CharField(max_length=10)),
                ("at", models.CharField(blank=True, max_length=32)),
                ("recorded_at", models.CharField(max_length=27)),
                ("law_version", models.CharField(max_length=10)),
                ("data", models.TextField()),
                ("sealed", models.TextField()),
                ("prev_digest", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("idempotency_key", models.CharField(max_length=128)),
            ],
        ),
        migrations.CreateModel(
            name="Sealed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=128)),
                ("salt", models.BinaryField(null=True)),
                ("value", models.BinaryField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="ledger.case",
                    ),
                ),
                ("kind", models.CharField(max_length=64)),
                ("state", models.CharField(blank=True, max_length=64)),
                ("states", models.TextField()),
                ("as_of", models.DateField()),
                ("next_due_on", models.DateField(null=True)),
                ("next_change_on", models.DateField(null=True)),
                ("breach", models.BooleanField()),
                ("overdue", models.BooleanField()),
                ("version", models.DateField()),
                ("head_seq", models.IntegerField()),
                ("head_digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(fields=("series", "number"), name="ledger_case_number"),
        ),
        migrations.AddField(
            model_name="entry",
            name="case",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="ledger.case"
            ),
        ),
        migrations.AddField(
            model_name="sealed",
            name="entry",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sealed_values",
                to="ledger.entry",
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["kind", "next_due_on"], name="ledger_standing_due"),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["next_change_on"], name="ledger_standing_change"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("case", "seq"), name="ledger_entry_seq"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("case", "idempotency_key"), name="ledger_entry_key"),
        ),
        migrations.AddConstraint(
            model_name="sealed",
            constraint=models.UniqueConstraint(fields=("entry", "field"), name="ledger_sealed_field"),
        ),
    ]
