"""The Django app of the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "kaname.web"
    label = "web"
    verbose_name = "画面 / Pages"
