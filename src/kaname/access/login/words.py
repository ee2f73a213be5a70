"""Texts for forms of Django and allauth, in the language of the page at the moment they are shown."""

from typing import Any

from django.utils.functional import lazystr
from django.utils.translation import get_language

from kaname.law import Text


class Said:
    """A Text that speaks when it is turned into a string."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text["en" if (get_language() or "ja").startswith("en") else "ja"]


def said(text: Text) -> Any:
    """A Text for places that take one of Django's lazy strings."""
    return lazystr(Said(text))
