"""The Django app of offices, people and mandates."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "kaname.access"
    label = "access"
    verbose_name = "権限 / Access"
