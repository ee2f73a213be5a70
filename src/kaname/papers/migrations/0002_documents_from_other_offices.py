"""A document that came with its case from another office was handed in by nobody here."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("papers", "0001_initial"),)
    operations = (
        migrations.AlterField(
            "document",
            "uploaded_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
    )
