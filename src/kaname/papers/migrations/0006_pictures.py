"""Small pages of documents, sealed as they are."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0009_courses"),
        ("papers", "0005_quarantine"),
    ]

    operations = [
        migrations.CreateModel(
            name="Picture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.IntegerField()),
                ("sealed", models.BinaryField()),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="papers.document",
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
                "constraints": [models.UniqueConstraint(fields=("document", "page"), name="papers_picture_page")],
            },
        ),
    ]
