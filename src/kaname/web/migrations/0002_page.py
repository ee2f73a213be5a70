from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("web", "0001_drafts_and_counts"),)
    operations = (migrations.AddField("draft", "page", models.CharField(blank=True, default="", max_length=16)),)
