"""The Django app of documents: it hears of every act through `access.attached`."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "kaname.papers"
    label = "papers"
    verbose_name = "書類 / Documents"

    def ready(self) -> None:
        from kaname.access.attached import REGISTERED
        from kaname.papers.binding import Binding  # needs the models

        if not any(isinstance(one, Binding) for one in REGISTERED):
            REGISTERED.append(Binding())
