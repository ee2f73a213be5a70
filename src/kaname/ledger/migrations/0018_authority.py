"""Under whom a case falls: the rows are made again, since the declarations now say it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0017_time_stamps")]

    operations = [
        migrations.AddField("standing", "authority", models.CharField(blank=True, db_default="", max_length=32))
    ]
