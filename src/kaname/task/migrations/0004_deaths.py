"""A job knows at which case a worker has died."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("task", "0003_views")]

    operations = [
        migrations.AddField("job", "at", models.BigIntegerField(null=True)),
        migrations.AddField("job", "deaths", models.SmallIntegerField(default=0)),
    ]
