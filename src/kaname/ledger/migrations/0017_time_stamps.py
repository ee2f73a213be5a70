"""Time stamps of anchors."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0016_declared")]

    operations = [
        migrations.CreateModel(
            name="TimeStamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("authority", models.CharField(max_length=200)),
                ("at", models.CharField(max_length=27)),
                ("answer", models.BinaryField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("number", "authority"), name="ledger_time_stamp_once")],
            },
        ),
    ]
