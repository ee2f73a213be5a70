"""The Django app of the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "kaname.desk"
    label = "desk"
    verbose_name = "作業机 / Desk"
