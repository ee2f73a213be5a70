"""The text of documents and the index over it, both sealed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0009_courses"),
        ("papers", "0002_documents_from_other_offices"),
    ]

    operations = [
        migrations.CreateModel(
            name="Block",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("circle", models.CharField(blank=True, db_index=True, max_length=64)),
                ("documents", models.BinaryField()),
                ("stale", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="IndexKey",
            fields=[
                ("circle", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Bucket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("sealed", models.BinaryField()),
                (
                    "block",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="buckets",
                        to="papers.block",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("block", "number"), name="papers_bucket_number")],
            },
        ),
        migrations.CreateModel(
            name="Content",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="papers.document",
                    ),
                ),
                ("circle", models.CharField(blank=True, max_length=64)),
                ("sealed", models.BinaryField()),
                ("tokens", models.BinaryField(null=True)),
                (
                    "block",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contents",
                        to="papers.block",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.sealingkey",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["circle", "block"], name="papers_content_tail")],
            },
        ),
    ]
