from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("vendors", "0002_files"),)
    operations = (
        migrations.AddField("invitation", "used_from", models.CharField(blank=True, default="", max_length=64)),
    )
