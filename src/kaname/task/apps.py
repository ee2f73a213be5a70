"""The Django app of a day's work."""

from django.apps import AppConfig


class TaskConfig(AppConfig):
    name = "kaname.task"
    label = "task"
    verbose_name = "日々の仕事 / Tasks"
