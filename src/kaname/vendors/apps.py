"""The Django app of vendor passports: it hears of every act through `access.attached`."""

from django.apps import AppConfig


class VendorsConfig(AppConfig):
    name = "kaname.vendors"
    label = "vendors"
    verbose_name = "供給者 / Vendors"

    def ready(self) -> None:
        from kaname.access.attached import REGISTERED
        from kaname.vendors.binding import Binding  # needs the models

        if not any(isinstance(one, Binding) for one in REGISTERED):
            REGISTERED.append(Binding())
