"""The Django app of what is kept beside the cases: it hears by `access.attached` when one comes into another circle."""

from django.apps import AppConfig


class AsideConfig(AppConfig):
    name = "kaname.aside"
    label = "aside"
    verbose_name = "手控え / Aside"

    def ready(self) -> None:
        from kaname.access.attached import MOVES
        from kaname.aside.moved import moved  # needs the models

        if moved not in MOVES:
            MOVES.append(moved)
