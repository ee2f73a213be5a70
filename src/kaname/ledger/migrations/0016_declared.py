"""Under which declaration a row was made: `kaname migrate` makes those again that were made under another."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0015_key_events")]

    operations = [migrations.AddField("standing", "declared", models.CharField(db_default="", max_length=16))]
