"""The Django app of vendor passports: it hears of every act through `access.attached`, and puts its guards back."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class VendorsConfig(AppConfig):
    name = "kaname.vendors"
    label = "vendors"
    verbose_name = "供給者 / Vendors"

    def ready(self) -> None:
        from kaname.access.attached import REGISTERED
        from kaname.vendors.binding import Binding  # needs the models

        if not any(isinstance(one, Binding) for one in REGISTERED):
            REGISTERED.append(Binding())
        post_migrate.connect(_install, sender=self, dispatch_uid="kaname.vendors.guards")


def _install(using: str, **_: Any) -> None:
    from kaname.vendors import guards

    guards.install(using)
