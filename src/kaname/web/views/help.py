"""Help: what the page one came from is for, its fields with their provisions, the keys, the marks of states."""

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve

from kaname.access import api as access
from kaname.law import T, glossary
from kaname.ledger.kinds import kinds
from kaname.web import page_help
from kaname.web.field_help import AskedOf, Linker, asked_of
from kaname.web.forms.opening import opening_acts
from kaname.web.keys import KEYS, Where

STATES = (
    ("running", None, T("期間が進んでいます。", "The period runs.")),
    ("due_soon", 3, T("末日が近づいています。", "Its last day is near.")),
    (
        "overdue",
        2,
        T("末日を過ぎても履行の記録がありません。", "Its last day has passed and nothing shows it was met."),
    ),
    ("stopped", None, T("期間が止まっています。", "The period is stopped.")),
    ("met", None, T("履行した記録があります。", "The record shows it was met.")),
    ("lapsed", None, T("期間が終わりました。", "The period is over.")),
    ("ban", None, T("この日、この行為は禁じられています。", "On this day the act is forbidden.")),
    ("freed", None, T("禁止が解けています。", "The ban is lifted.")),
    (
        "unverified",
        None,
        T(
            "法令の読み方が定まっていません。安全な側の日を示します。",
            "The law is unclear here; the safe day is shown.",
        ),
    ),
)


def help_page(request: HttpRequest) -> HttpResponse:
    """The keys and the marks; before them what the page that was left is for (`for`), field by field where it asks."""
    source = request.GET.get("for", "")[:500]
    match = _page_of(source)
    act = _act_of(request, match, source) if match else None
    found = page_help.of(match.view_name) if match else None
    terms = glossary.within(" ".join(_words(found, act)))
    return render(request, "web/help.html", {
        "keys": [(w, [k for k in KEYS if k.where is w]) for w in Where], "states": STATES, "source": source,
        "page": found, "act": act, "terms": terms, "linked": Linker(),
    })  # fmt: skip


def _page_of(source: str) -> ResolverMatch | None:
    """The page of an address of this office; None for any other."""
    try:
        parts = urlsplit(source)
        return resolve(parts.path) if source.startswith("/") and not parts.netloc else None
    except (Resolver404, ValueError):
        return None


def _act_of(request: HttpRequest, match: ResolverMatch, source: str) -> AskedOf | None:
    """The act whose form it is, if the person may know of the case."""
    if not request.user.is_authenticated:
        return None
    names = match.kwargs
    if match.view_name in ("act", "act_check"):
        try:
            kind_id = access.find(request.user, names["case"]).kind
        except access.UnknownCase:
            return None
        return asked_of(kind_id, names["name"], access.today())
    if match.view_name in ("new_case", "new_check") and names["kind"] in kinds():
        asked = dict(parse_qsl(urlsplit(source).query)).get("act", "")
        opening = [of.name for of in opening_acts(kinds()[names["kind"]])]
        name = asked if asked in opening else opening[0] if len(opening) == 1 else ""
        return asked_of(names["kind"], name, access.today())
    return None


def _words(found: page_help.Help | None, act: AskedOf | None) -> Iterable[str]:
    yield from (one.ja for one in (found.does if found else ()))
    if act:
        yield act.label.ja
        yield from (f"{line.label.ja} {line.help.ja}" for line in act.lines)
