"""The law as something to search: articles and cited provisions, laws and orders, versions, catalogues, open questions.

Made once from the law data and the declarations of the procedures, so that what can be found is what Kaname knows. An
entry says where it leads to by the name of a page and its parameters: this module knows no addresses.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kaname.law import Law, Provision, Shared, T, Text
from kaname.law.alike import alike
from kaname.law.lines import Lines
from kaname.regimes import KINDS
from kaname.search import sources

SORTS: Mapping[str, Text] = {
    "article": T("条文", "articles"), "provision": T("根拠条項", "provisions cited"),
    "law": T("法令", "laws and orders"),
    "version": T("版・改正", "versions and amendments"), "procedure": T("手続", "procedures"),
    "act": T("行為・義務・禁止", "acts, duties, bans"), "penalty": T("罰則", "penalties"),
    "product": T("特定重要物資", "critical products"), "sector": T("特定社会基盤事業", "infrastructure sectors"),
    "technology": T("特定重要技術", "critical technologies"), "field": T("技術分野", "technical fields"),
    "form": T("様式", "forms"), "measure": T("措置", "measures"), "question": T("論点", "open questions"),
}  # fmt: skip


_NONE = T("", "")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the law. `place`: how it is cited; `more`: what else it is found by. `page`, `parameters`: a page
    about it, "" where there is none, with "?name" for what is asked of it; `url`: its official text."""

    sort: str
    id: str
    place: Text
    label: Text
    more: Text = _NONE
    page: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict, hash=False)
    url: str = ""


@dataclass(frozen=True, slots=True)
class _Indexed:
    entry: Entry
    head: tuple[str, ...]  # place and label in both languages
    text: str


def find(pieces: Sequence[Collection[str]], whole: str) -> list[Entry]:
    """The entries in which every piece stands (each given as the keys any of which may be found), best first: what is
    called so, what begins so, what has it in its name, the others; of equals in the order of the law."""
    index, lines = _index(), _lines()
    having = [set().union(*(lines.having(key).tolist() for key in keys)) for keys in pieces]
    found = set.intersection(*having) if having else set(range(len(index)))
    return [index[i].entry for _, i in sorted((_fit(index[i], whole, pieces), i) for i in found)]


def _fit(one: _Indexed, whole: str, pieces: Sequence[Collection[str]]) -> int:
    if whole in one.head:
        return 0
    if any(text.startswith(whole) for text in one.head):
        return 1
    return 2 if all(any(key in text for key in keys for text in one.head) for keys in pieces) else 3


@cache
def _index() -> tuple[_Indexed, ...]:
    return tuple(_indexed(entry) for entry in entries())


@cache
def _lines() -> Lines:
    return Lines([one.text for one in _index()])


def _indexed(entry: Entry) -> _Indexed:
    said = (entry.place.ja, entry.place.ja.removeprefix("法"), entry.place.en, entry.label.ja, entry.label.en)
    head = tuple(alike(text) for text in said if text)
    joined = tuple(alike(f"{entry.place[lang]}{entry.label[lang]}") for lang in ("ja", "en"))
    more = (alike(text) for text in (entry.id, entry.more.ja, entry.more.en) if text)
    return _Indexed(entry, head, "\n".join((*head, *joined, *more)))


@cache
def entries() -> tuple[Entry, ...]:
    """All of it, in the order of SORTS."""
    made = [*sources.articles(), *_cited(), *sources.laws(_laws()), *sources.versions(), *_procedures(),
            *sources.penalties(), *sources.catalogues(), *sources.questions()]  # fmt: skip
    order = list(SORTS)
    return tuple(sorted((Entry(**one) for one in made), key=lambda entry: order.index(entry.sort)))


# -- what the declarations say ---------------------------------------------------------------------------------------


def _procedures() -> Iterator[dict[str, Any]]:
    for kind in KINDS.values():
        ja, en = "、".join(p.label.ja for p in kind.procedures), ", ".join(p.label.en for p in kind.procedures)
        yield {"sort": "procedure", "id": kind.id, "place": T("手続", "procedure"), "label": kind.label,
               "more": T(ja, en),
               "page": "cases", "parameters": {"?kind": kind.id}}  # fmt: skip
    seen: set[tuple[str, str]] = set()
    for kind, element, provisions in _elements():
        if (kind.regime, element.id) in seen:
            continue
        seen.add((kind.regime, element.id))
        place = next(iter(provisions), None)
        yield {"sort": "act", "id": f"{kind.id}.{element.id}", "place": _cite(place) if place else T("", ""),
               "label": element.label, "more": kind.label, "url": place.law.url if place else ""}  # fmt: skip


def _cited() -> Iterator[dict[str, Any]]:
    """Every provision that a procedure rests on, with what rests on it. An article alone stands among the articles."""
    resting: dict[Provision, dict[Text, None]] = defaultdict(dict)
    for _, element, provisions in _elements():
        for provision in provisions:
            resting[provision][element.label] = None
    for provision, labels in sorted(resting.items(), key=lambda pair: (pair[0].law.id, pair[0].citation)):
        ja, en = "、".join(t.ja for t in labels), ", ".join(t.en for t in labels)
        yield {"sort": "provision", "id": f"{provision.law.id} {provision.citation}", "place": _cite(provision),
               "label": T(ja, en), "url": provision.law.url}  # fmt: skip


def _elements() -> Iterator[tuple[Any, Any, list[Provision]]]:
    for kind in KINDS.values():
        for p in kind.procedures:
            elements: tuple[Any, ...] = (*p.acts, *p.consequences, *p.duties, *p.bans, *p.clocks)
            for element in elements:
                yield kind, element, list(_provisions(element.basis))


def _provisions(bases: Iterable[Any]) -> Iterator[Provision]:
    for basis in bases:
        if isinstance(basis, Provision):
            yield basis
        elif isinstance(basis, Shared):
            for _, provisions in basis.orders:
                yield from provisions


def _laws() -> Iterator[Law]:
    for _, _, provisions in _elements():
        yield from (p.law for p in provisions)


def _cite(provision: Provision) -> Text:
    return T(provision.ja, provision.en)
