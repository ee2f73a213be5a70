"""The Django app of a day's work."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "kaname.task"
    label = "work"
    verbose_name = "日々の仕事 / Work"
