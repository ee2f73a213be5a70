"""Which language to speak: --lang, else KANAME_LANG, else LANG; and the words in that language."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

import click

from kaname.law import Lang, Text

LANGUAGES: tuple[Lang, ...] = ("ja", "en")


def chosen(args: Sequence[str], environ: Mapping[str, str]) -> Lang:
    """The language of a call. Read before the arguments are parsed, so that mistakes in them are told in it too."""
    asked = ""
    for here, after in zip_longest(args, args[1:], fillvalue=""):
        if here == "--":
            break
        name, equals, value = here.partition("=")
        if name == "--lang":
            asked = value if equals else after
    for lang in LANGUAGES:
        if asked == lang:
            return lang
    for variable in ("KANAME_LANG", "LANG"):
        for lang in LANGUAGES:
            if environ.get(variable, "").lower().startswith(lang):
                return lang
    return "en"


def language() -> Lang:
    """The language of the call in progress."""
    context = click.get_current_context(silent=True)
    return "ja" if context is not None and context.find_root().obj == "ja" else "en"


def said(text: Text) -> str:
    return text[language()]
