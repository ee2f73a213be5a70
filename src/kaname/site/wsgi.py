"""The office for a WSGI server; `kaname up` starts one."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaname.site.settings")
application = get_wsgi_application()


def _warm() -> None:
    """Load what the first request would load, before the worker listens."""
    from django.urls import get_resolver

    from kaname.ledger.kinds import kinds
    from kaname.procedure.index import index
    from kaname.site import at_work, garbage

    at_work.stay()

    assert get_resolver().url_patterns
    for kind in kinds().values():
        index(kind)
    garbage.settle()


_warm()
