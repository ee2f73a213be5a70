"""The Django app: after every migration the guards of the entries are put back, for a table remake drops triggers."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "kaname.ledger"
    label = "ledger"
    verbose_name = "台帳 / Ledger"

    def ready(self) -> None:
        post_migrate.connect(_install, sender=self, dispatch_uid="kaname.ledger.guards")


def _install(using: str, **_: Any) -> None:
    from django.db import connections

    from kaname.ledger import guards, words  # need the models

    guards.install(using)
    words.install(connections[using])
