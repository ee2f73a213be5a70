"""The Django app of offices, people and mandates; after a migration it puts the guards of custody back."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "kaname.access"
    label = "access"
    verbose_name = "権限 / Access"

    def ready(self) -> None:
        # What listens to logins and to changes of factors must do so before the first request.
        import kaname.access.gate.open_sessions
        import kaname.access.gate.sessions
        import kaname.access.login.factors  # noqa: F401

        post_migrate.connect(_install, sender=self, dispatch_uid="kaname.access.custody.guards")


def _install(using: str, **_: Any) -> None:
    from kaname.access.custody import guards

    guards.install(using)
