"""The table of documents."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kaname.access.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0006_no_open_salts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=kaname.access.models.new_id, max_length=16, unique=True)),
                ("at", models.DateTimeField()),
                ("media_type", models.CharField(max_length=96)),
                ("size", models.BigIntegerField()),
                ("stored_size", models.BigIntegerField()),
                ("stored_sha256", models.CharField(max_length=64)),
                ("commitment", models.CharField(max_length=64)),
                ("sealed", models.BinaryField()),
                ("veiled", models.BooleanField(default=True)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("opening", models.CharField(blank=True, default="", max_length=128)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="ledger.case",
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
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["uploaded_by", "at"], name="papers_document_day")],
            },
        ),
    ]
