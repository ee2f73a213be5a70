"""What the palette offers for the words typed: pages, cases, acts of the open case, the day, the language.

Nothing here knows more than the person: pages are the doors of the frame, cases come from the search, acts from the
case page. An empty text offers the acts of the open case and the pages.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.urls import reverse

from kaname.access import api as access
from kaname.days import DayError
from kaname.law import T, Text
from kaname.law.alike import alike
from kaname.web import drafts
from kaname.web.case.line import named
from kaname.web.case.page import ActRow, page
from kaname.web.context import Frame
from kaname.web.parts import dates
from kaname.web.read import parse_day
from kaname.web.templatetags.kaname import lang
from kaname.web.views.cases import case_name

LONGEST, CASES, MOST = 100, 8, 24
_OPEN = re.compile(r"/cases/([a-z2-7]{26})/")

ACT, PAGE, CASE, DAY = T("行為", "Act"), T("画面", "Page"), T("案件", "Case"), T("日", "Day")
_MORE = (
    ("help", T("ヘルプとキーの一覧", "Help and keys"), "?"),
    ("glossary", T("用語集", "Glossary"), ""),
    ("tour", T("案内", "Tour"), ""),
    ("search", T("検索", "Search"), "/"),
    ("act_timeline", T("法の年表", "Timeline of the Act"), ""),
    ("penalties", T("罰則", "Penalties"), ""),
    ("outreach_answers", T("回答例", "Reusable answers"), ""),
    ("notices", T("お知らせ", "Notices"), ""),
    ("notices_settings", T("お知らせの設定", "Settings of notices"), ""),
    ("designations", T("保全指定の台帳", "Register of security designations"), ""),
    ("planner", T("外国出願の計画", "Foreign-filing planner"), ""),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One line: where it leads. `switch`: it leads nowhere but changes the page's language to this one."""

    sort: Text
    label: Text
    href: str
    more: str = ""
    key: str = ""
    switch: str = ""


def offered(request: HttpRequest, text: str, source: str) -> list[Item]:
    """Lines for the words, at most so many as a person looks through; `source`: the address one comes from."""
    pieces = alike(text[:LONGEST]).split()
    case = _open_case(source)
    found = [i for i in (*_acts(request, case), *_pages(request)) if _fits(i, pieces)]
    if pieces:
        found = [*_days(text, case), *found[:MOST], *_cases(request, text)]
    return found[:MOST]


def _fits(item: Item, pieces: list[str]) -> bool:
    words = alike(f"{item.label.ja} {item.label.en}")
    return all(piece in words for piece in pieces)


def _open_case(source: str) -> str:
    match = _OPEN.match(urlsplit(source).path)
    return match[1] if match else ""


def _acts(request: HttpRequest, case: str) -> Iterator[Item]:
    """Every act that can be done now on the open case, the usual one first."""
    if not case:
        return
    try:
        seen = access.see(request.user, case)
    except access.UnknownCase:
        return
    shown = page(seen.standing, seen.roles, drafts.of_case(request, case))
    usual, number = shown.usual, f"{T('第', 'No. ')[lang()]}{seen.case.number}{T('号', '')[lang()]}"
    for row in sorted((*shown.ready, *shown.asking), key=lambda a: a is not usual):
        what = named(row.label, row.run, seen.standing.kind.parties)
        yield Item(ACT, what, _address(case, row), number, "a" if row is usual else "")


def _address(case: str, row: ActRow) -> str:
    run = f"?{urlencode({'run': row.run})}" if row.run else ""
    return reverse("act", args=[case, row.name]) + run


def _pages(request: HttpRequest) -> Iterable[Item]:
    """The doors of the frame and of the account, and what the foot of each page leads to."""
    frame = Frame(request)
    doors = [(d.label, d.href, d.key) for d in (*frame.nav, *frame.account)]
    doors += [(label, reverse(name), key) for name, label, key in _MORE]
    seen: set[str] = set()
    for label, href, key in doors:
        if href not in seen:
            seen.add(href)
            yield Item(PAGE, label, href, key=key)
    yield Item(PAGE, T("キーを使う・使わない（設定）", "Turn keys on or off (settings)"), reverse("settings") + "#keys")
    other = "ja" if lang() == "en" else "en"
    yield Item(PAGE, T("言語を English にする", "Change the language to 日本語"), reverse("settings"), switch=other)


def _days(text: str, case: str) -> Iterator[Item]:
    """A day typed as people type days: the open case, or the Act, as it stood at its end."""
    try:
        day = parse_day(text)
    except DayError:
        return
    told = dates.read_back(day)
    asked = "?" + urlencode({"as_of": day.isoformat()})
    if case:
        yield Item(
            DAY, T("この案件：{d}現在", "this case as of {d}").fill(d=told), reverse("case", args=[case]) + asked
        )
    yield Item(DAY, T("法の今：{d}現在", "the Act as of {d}").fill(d=told), reverse("glance") + asked)


def _cases(request: HttpRequest, text: str) -> Iterator[Item]:
    for hit in access.nearest(request.user, text, CASES):
        more = " · ".join(filter(None, (hit.title, hit.row.kind_label[lang()], *hit.row.parties[:1])))
        yield Item(CASE, case_name(hit.row), reverse("case", args=[hit.row.case]), more)


def as_data(item: Item) -> dict[str, str]:
    """The item for the script of the page, in the language of the page."""
    said = lang()
    return {"sort": item.sort[said], "label": item.label[said], "href": item.href, "more": item.more, "key": item.key,
            "switch": item.switch}  # fmt: skip
