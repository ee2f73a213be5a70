"""The OpenAPI document: served at /api/v1/openapi.json; `python -m kaname.api.openapi` prints docs/openapi.json."""

import os
import sys
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """Open to everybody: it says nothing about any case."""
    return HttpResponse(_text(), content_type="application/json")


@cache
def _text() -> str:
    from kaname.api.build import text

    return text()


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaname.site.settings")
    django.setup()
    sys.stdout.write(_text())


if __name__ == "__main__":
    main()
