"""The Django app of documents: it hears of every act through `access.attached`, of bundles through
`ledger.attached`.
"""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "kaname.papers"
    label = "papers"
    verbose_name = "書類 / Documents"

    def ready(self) -> None:
        from kaname.access.attached import REGISTERED
        from kaname.ledger import attached
        from kaname.papers.binding import Binding  # needs the models
        from kaname.papers.letters.issuing import Issuing
        from kaname.papers.travel import Travel

        if not any(isinstance(one, Travel) for one in attached.REGISTERED):
            attached.REGISTERED.append(Travel())
        if not any(isinstance(one, Binding) for one in REGISTERED):
            REGISTERED.append(Binding())
        if not any(isinstance(one, Issuing) for one in REGISTERED):
            REGISTERED.append(Issuing())
