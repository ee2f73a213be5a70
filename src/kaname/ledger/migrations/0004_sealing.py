"""Keys for sealed values, the circle whose key a case uses, and room for the encrypted values."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_matters")]

    operations = [
        migrations.CreateModel(
            name="SealingKey",
            fields=[
                ("id", models.IntegerField(primary_key=True, serialize=False)),
                ("circle", models.CharField(blank=True, max_length=64)),
                ("version", models.IntegerField()),
                ("master", models.CharField(max_length=64)),
                ("wrapped", models.BinaryField()),
                ("created_at", models.CharField(max_length=27)),
            ],
            options={
                "db_table": "ledger_sealing_key",
                "constraints": [
                    models.UniqueConstraint(fields=("circle", "version"), name="ledger_sealing_key_version")
                ],
            },
        ),
        migrations.AddField(
            model_name="case", name="circle", field=models.CharField(blank=True, default="", max_length=64)
        ),
        migrations.AddField(
            model_name="sealed",
            name="key",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.sealingkey",
            ),
        ),
    ]
