"""Help on every field of an act: what it is, how it is given, its provision and the text of the law on a day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kaname.law import Bases, Provision, T, Text, glossary
from kaname.ledger.kinds import kinds, version
from kaname.procedure.declare import Field
from kaname.procedure.helps import help_of, how
from kaname.procedure.index import index
from kaname.web.templatetags.kaname import lang


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """A field, or a column of its rows (`of`: the field that holds it)."""

    id: str
    label: Text
    help: Text
    how: Text
    basis: Bases
    required: bool | None
    sealed: bool
    of: Text | None = None


@dataclass(frozen=True, slots=True)
class AskedOf:
    """An act: its fields, the version of the rules in force on the day, and where the texts of its laws stand."""

    kind: str
    name: str
    label: Text
    note: Text | None
    basis: Bases
    lines: tuple[FieldHelp, ...]
    on: date
    version: date
    texts: tuple[tuple[Text, str], ...]


def asked_of(kind_id: str, name: str, on: date) -> AskedOf | None:
    """The help of an act; None where the kind has no such act."""
    kind = kinds().get(kind_id)
    of = index(kind).acts.get(name) if kind else None
    if kind is None or of is None:
        return None
    lines = tuple(_lines(of.fields.values(), of.act.basis))
    bases = (*of.act.basis, *(b for line in lines for b in line.basis))
    laws = dict.fromkeys(b.law for b in bases if isinstance(b, Provision) and b.law.url)
    texts = tuple((T(law.name_ja, law.name_en), law.url) for law in laws)
    return AskedOf(
        kind_id, name, of.act.label, of.act.note, of.act.basis, lines, on, version(kind, on), texts
    )  # fmt: skip


def _lines(fields: Iterable[Field], basis: Bases, of: Text | None = None) -> Iterable[FieldHelp]:
    """A column without a provision of its own stands under that of its field."""
    for f in fields:
        own = f.basis or basis
        must = f.required if isinstance(f.required, bool) else None
        yield FieldHelp(f.id, f.label, help_of(f), how(f), own, must, f.sealed, of)
        yield from _lines(f.columns, own, f.label)


@dataclass(slots=True)
class Linker:
    """Links each term of the glossary where a page uses it first."""

    seen: set[str] = field(default_factory=set)

    def text(self, text: Text) -> SafeString:
        """The text in the language of the page, its first uses of terms linked."""
        plain = text[lang()]
        found = [t for t in glossary.within(plain) if t.id not in self.seen]
        pieces: list[tuple[str, str, str]] = []
        while plain:
            at, term, word = _first(plain, found)
            if term is None:
                break
            self.seen.add(term.id)
            found = [t for t in found if t is not term]
            pieces.append((plain[:at], reverse("glossary_term", args=[term.id]), word))
            plain = plain[at + len(word) :]
        linked = format_html_join("", '{}<a href="{}">{}</a>', pieces)
        return format_html("{}{}", linked, plain)


def _first(plain: str, terms: Iterable[glossary.Term]) -> tuple[int, glossary.Term | None, str]:
    """The term that stands first in a text, the longest of those; its place and its word as written."""
    places = [(at, -len(word), t, word) for t in terms for word in (t.ja, t.en) if (at := plain.find(word)) >= 0]
    if not places:
        return -1, None, ""
    at, _, term, word = min(places, key=lambda p: p[:2])
    return at, term, word
