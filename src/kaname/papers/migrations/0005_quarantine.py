"""Documents that wait for the virus scanner, or that it found infected."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("papers", "0004_issues"),)
    operations = (
        migrations.AddField("document", "quarantine", models.CharField(blank=True, default="", max_length=8)),
    )
