"""The Django app of the desk: it hears by `access.attached` that a case has come into another circle."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "kaname.desk"
    label = "desk"
    verbose_name = "作業机 / Desk"

    def ready(self) -> None:
        from kaname.access.attached import MOVES
        from kaname.desk.measures import moved  # needs the models

        if moved not in MOVES:
            MOVES.append(moved)
