"""Tags that every template has at hand.

{% t "受信箱" "Inbox" %}      a text in the language of the page; both stand side by side, neither can be forgotten
{{ clock.label|say }}         a `law.Text` or a provision in the language of the page
{{ a.run|called:case.kind }}  a run in words: the lead researcher, not `lead`
"""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kaname.access.login import fresh
from kaname.law import Lang, Provision, Text, cited
from kaname.ledger.kinds import kind
from kaname.web.case.line import run_name

register = template.Library()


def lang() -> Lang:
    """The language of the page."""
    return "en" if (get_language() or "ja").startswith("en") else "ja"


@register.simple_tag
def t(ja: str, en: str, **values: object) -> str:
    return Text(ja, en).fill(**values)[lang()] if values else Text(ja, en)[lang()]


@register.simple_tag(takes_context=True)
def held_back(context: Any) -> str:
    """What a proof is asked for: `{% held_back as held %}`, a form, a file or a page."""
    return fresh.held_back(context["request"])


@register.simple_block_tag
def kept(content: SafeString) -> str:
    """What stands between, made at once and kept: `{% kept as rail %}…{% endkept %}`. So a page knows before it begins
    whether there will be a rail, and nothing moves when the rail arrives."""
    return content if content.strip() else ""


@register.simple_tag
def linked_by(linker: Any, text: Text) -> SafeString:
    """A text with the first uses of the glossary's terms linked, by the `Linker` of the page."""
    linked: SafeString = linker.text(text)
    return linked


@register.filter
def at(table: Mapping[str, Any], key: str) -> Any:
    """What a table holds under a key, nothing where it holds none."""
    return table.get(key)


@register.filter
def called(run: str, of: str) -> str:
    """What a run of a case of a kind is called, in the language of the page: {{ a.run|called:case.kind }}."""
    return run_name(run, kind(of).parties)[lang()]


@register.filter
def say(text: Text | Provision | str | None) -> str:
    if isinstance(text, Provision):
        return cited((text,), lang())
    return text[lang()] if isinstance(text, Text) else str(text or "")
