"""Sealed values that lay open are encrypted, their salts with them."""

from typing import Any

from django.db import migrations
from django.db.models import F

from kaname.ledger import sealing
from kaname.ledger.rows import Secret


def seal(apps: Any, schema_editor: Any) -> None:
    apps.get_model("ledger", "Case").objects.exclude(series="").update(circle=F("series"))
    found = apps.get_model("ledger", "Sealed").objects.filter(salt__isnull=False)
    columns = ("entry__case__public_id", "entry__case__circle", "entry__seq", "field", "salt", "value")
    for pk, case, circle, seq, field, salt, value in found.values_list("pk", *columns).iterator():
        secret = Secret(field, bytes(salt), bytes(value))
        key, blob = sealing.seal_secret(circle, case, seq, secret)
        found.filter(pk=pk).update(key_id=key, salt=None, value=blob)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_sealing")]

    operations = [migrations.RunPython(seal)]
