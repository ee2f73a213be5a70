"""The tour: for each role a few pages in the order of a first day, each with what it is for.

A step is a real page with a panel over it, made by the server: it needs no script, keys and readers of screens walk it
like any page. How far a person has come is kept with the person; leaving and going on again cost one button.
"""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from kaname.law import T, Text
from kaname.web import page_help
from kaname.web.page_help import Help


@dataclass(frozen=True, slots=True)
class Tour:
    """The pages of a role, by the names of their addresses."""

    id: str
    label: Text
    pages: tuple[str, ...]


TOURS = (
    Tour("attorney", T("弁理士・特許部", "Attorney, patent department"),
         ("inbox", "screening", "planner", "docket", "new", "glossary")),
    Tour("operator", T("事業者の担当者", "Operator's officer"),
         ("inbox", "plan_scope", "plans", "plan_board", "plan_change", "ownership")),
    Tour("vendor", T("供給者", "Vendor"), ("passports", "glossary", "settings")),
    Tour("ministry", T("所管省の担当者", "Ministry officer"),
         ("inbox", "cases", "plan_board", "vendors_across", "supply", "outreach")),
    Tour("patent_office", T("特許庁の担当者", "Patent Office"),
         ("inbox", "screening", "docket", "cases", "search")),
    Tour("analyst", T("分析の担当者", "Analyst"), ("glance", "evidence", "products", "supply_funds", "technology")),
    Tour("council_secretary", T("協議会の事務局", "Council secretary"),
         ("inbox", "technology_rooms", "technology_secrecy", "technology")),
    Tour("administrator", T("管理者", "Administrator"),
         ("people", "compartments", "checklists", "settings", "notices")),
)  # fmt: skip
_BY_ID = {t.id: t for t in TOURS}
_ONLY_ADMINISTRATORS = ("people", "checklists")
KEY = "kaname_tour"  # in the session: the tour under way


@dataclass(frozen=True, slots=True)
class Step:
    """A page of a tour: its number from 1, where it is, what it is for."""

    tour: Tour
    number: int
    of: int
    href: str
    help: Help

    @property
    def mark(self) -> str:
        return f"{self.tour.id}/{self.number}"


def steps(id: str, administers: bool = False) -> list[Step]:
    """The steps of a tour through pages that this office has and this person may open. Raises LookupError."""
    tour = _BY_ID[id]
    pages = [(name, href) for name in tour.pages if (href := _address(name)) and _open(name, administers)]
    return [Step(tour, n, len(pages), href, page_help.PAGES[name]) for n, (name, href) in enumerate(pages, 1)]


def step(mark: str, administers: bool = False) -> Step | None:
    """The step that a mark names ("attorney/3"); None where it names none."""
    id, _, number = mark.partition("/")
    if id not in _BY_ID or not number.isdecimal():
        return None
    return next((s for s in steps(id, administers) if s.number == int(number)), None)


def _open(name: str, administers: bool) -> bool:
    return administers or name not in _ONLY_ADMINISTRATORS


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
