"""Readers of documents take them with a lease."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0006_pictures")]

    operations = [
        migrations.CreateModel(
            name="Turn",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="turn",
                        serialize=False,
                        to="papers.document",
                    ),
                ),
                ("until", models.DateTimeField()),
                ("tries", models.SmallIntegerField(default=0)),
            ],
        ),
    ]
