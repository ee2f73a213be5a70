"""The Django app of consultations between authorities."""

from django.apps import AppConfig


class ConsultConfig(AppConfig):
    name = "kaname.consult"
    label = "consult"
    verbose_name = "協議・照会 / Consultations"
