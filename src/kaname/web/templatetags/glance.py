"""Tags of the picture of the Act: its figures, and who says so."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString

from kaname.registers import words
from kaname.registers.blocks import Figure, Source
from kaname.web.glance.shown import source_of
from kaname.web.templatetags.kaname import lang

register = template.Library()


@register.inclusion_tag("web/glance/figures.html")
def figures(found: Sequence[Figure]) -> dict[str, Any]:
    return {"figures": [(f, words.figure(f, lang())) for f in found]}


@register.simple_tag
def source(of: Source | None) -> SafeString | str:
    return source_of(of)
