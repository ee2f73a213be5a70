"""The Django app of the notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "kaname.notices"
    label = "notices"
    verbose_name = "お知らせ / Notices"
