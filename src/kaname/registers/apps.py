"""The Django app of the registers."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "kaname.registers"
    label = "registers"
    verbose_name = "公表の台帳 / Registers"
