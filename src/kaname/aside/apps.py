"""The Django app of what is kept beside the cases."""

from django.apps import AppConfig


class AsideConfig(AppConfig):
    name = "kaname.aside"
    label = "aside"
    verbose_name = "手控え / Aside"
