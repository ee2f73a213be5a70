"""The Django app: after every migration the guards of the entries are put back, for a table remake drops triggers."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string

from kaname.site.given import Unusable

FILES = "kaname.ledger.master.FileKeys"


class LedgerConfig(AppConfig):
    name = "kaname.ledger"
    label = "ledger"
    verbose_name = "台帳 / Ledger"

    def ready(self) -> None:
        post_migrate.connect(_install, sender=self, dispatch_uid="kaname.ledger.guards")
        _key_service(settings.KANAME_MASTER_KEYS)


def _key_service(named: str) -> None:
    """A class that is not there is told at the start, not when the first key is asked for. Raises Unusable."""
    if named == FILES:  # spared the import: a command may want no key
        return
    try:
        import_string(named)
    except ImportError as error:
        raise Unusable(f"KANAME_MASTER_KEYS：{named!r} は使えない（{error}）；{FILES} のようなクラスを",
                       f"KANAME_MASTER_KEYS: {named!r} cannot be used ({error}); expected a class, as in {FILES}"
                       ) from None  # fmt: skip


def _install(using: str, **_: Any) -> None:
    from django.db import connections

    from kaname.ledger import guards, words  # need the models

    guards.install(using)
    words.install(connections[using])
