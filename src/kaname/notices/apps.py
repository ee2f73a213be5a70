"""The Django app of the notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "kaname.notices"
    label = "notices"
    verbose_name = "お知らせ / Notices"

    def ready(self) -> None:
        from kaname.notices import account  # noqa: F401  # hears what changes
