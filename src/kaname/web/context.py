"""What the frame of every page shows: who is here, the doors of this office, how much is due, the reader's choices."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from kaname.access import api as access
from kaname.demo.logins import is_demonstration
from kaname.law import Lang, T, Text
from kaname.regimes.infrastructure.roles import AGENCIES, MINISTER, OPERATOR, PM
from kaname.vendors.api import own_vendors
from kaname.web import choices, keys
from kaname.web.templatetags.kaname import lang
from kaname.web.tour import KEY, Step, step

_FIRST = (
    4  # doors that a narrow screen shows at once, and the one where one is; the others open from a word beside them
)
_SHEETS = tuple(f"web/css/{name}.css" for name in ("theme", "base", "frame", "parts", "forms", "print"))
# Name of the page, label, and the regime it belongs to: shown to those who act in it, and to who acts in none.
_NAV = (
    ("inbox", T("受信箱", "Inbox"), ""),
    ("cases", T("案件", "Cases"), ""),
    ("new", T("新規", "New"), ""),
    ("glance", T("法の今", "The Act"), ""),
    ("screening", T("該当性の確認", "Screening"), "patents"),
    ("docket", T("期限台帳", "Docket"), "patents"),
    ("plan_board", T("計画の見通し", "Plan board"), "infrastructure"),
    ("plan_scope", T("届出の要否", "Scope"), "infrastructure"),
    ("plan_change", T("変更の分類", "Changes"), "infrastructure"),
    ("ownership", T("持分", "Ownership"), "infrastructure"),
    ("names", T("名称", "Names"), "infrastructure"),
    ("supply", T("安定供給", "Stable supply"), "supply"),
    ("technology", T("重要技術", "Technologies"), "technology"),
    ("outreach", T("相談・説明会", "Outreach"), "general"),
)
# The same, for those who act in one of the roles of critical infrastructure (regimes call some of them alike).
_NAV_OF_ROLES = (
    ("plans", T("計画の準備", "Prepare plans"), (OPERATOR.label,)),
    ("vendors_across", T("供給者", "Vendors"), (MINISTER.label, PM.label, AGENCIES.label)),
)
_PASSPORTS = ("passports", T("会社の情報", "Company information"))
_ACCOUNT = (
    ("settings", T("設定", "Settings")),
    ("account_change_password", T("パスワードの変更", "Change password")),
    ("task_absence", T("不在と代理", "Absence and deputies")),
    ("mfa_index", T("二段階の確認", "Second step of login")),
    ("compartments", T("区画", "Compartments")),
    ("people", T("人と権限", "People and mandates")),
    ("checklists", T("事務所で決めた点検", "What this office always checks")),
)

_OF_ADMINISTRATORS = ("people", "checklists")


@dataclass(frozen=True, slots=True)
class Door:
    """A page one can go to from anywhere."""

    label: Text
    href: str
    here: bool = False
    key: str = ""
    count: int = 0
    folded: bool = False


class Frame:
    """Worked out only where a template asks for it: an answer without frame costs no query."""

    sheets = _SHEETS

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._as_of: date | None = getattr(request, "as_of", None)

    @property
    def lang(self) -> Lang:
        return lang()

    @property
    def theme(self) -> str:
        return choices.theme(self._request)

    @property
    def keys(self) -> bool:
        return choices.keys(self._request)

    @property
    def path(self) -> str:
        """Where a language switch returns to: a page that can be asked for again."""
        return self._request.get_full_path() if self._request.method == "GET" else self._request.path

    @property
    def demonstration(self) -> bool:
        """Whether this office is a demonstration: every page says so."""
        return is_demonstration()

    @cached_property
    def person(self) -> Any:
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def office(self) -> Text | None:
        return T(self.person.office.name_ja, self.person.office.name_en) if self.person else None

    @cached_property
    def step(self) -> Step | None:
        """The step of the tour under way, on its own page."""
        mark = self._request.session.get(KEY) if self.person else None
        found = step(mark, self.person.administers) if mark else None
        return found if found and found.href == self._request.path else None

    @cached_property
    def _glance(self) -> access.Glance:
        return access.glance(self.person)

    @property
    def roles(self) -> tuple[Text, ...]:
        return self._glance.roles

    @property
    def as_of(self) -> date:
        return self._as_of or access.today()

    @property
    def past(self) -> bool:
        """Whether the page shows another day than today. A view says so by setting `request.as_of`."""
        return self._as_of is not None and self._as_of != access.today()

    @property
    def behind(self) -> bool:
        """Whether some cases are shown as they stood before the day began: there were many, and they are under way."""
        return self.person is not None and not self.past and access.is_behind()

    @property
    def home(self) -> str:
        return reverse("inbox")

    @property
    def search(self) -> str:
        return (_address("search") or "") if self.person else ""

    @property
    def q(self) -> str:
        return self._request.GET.get("q", "") if self._request.path == self.search else ""

    @cached_property
    def nav(self) -> list[Door]:
        doors = list(self._doors()) if self.person else []
        return [replace(d, folded=True) if n >= _FIRST and not d.here else d for n, d in enumerate(doors)]

    @property
    def folded(self) -> list[Door]:
        """Of the doors those that a narrow screen folds away."""
        return [door for door in self.nav if door.folded]

    @cached_property
    def only_a_vendor(self) -> bool:
        """Whether this person speaks for a vendor and acts in no role."""
        return bool(not self._glance.roles and self.person and own_vendors(self.person).exists())

    @property
    def only_administers(self) -> bool:
        return bool(self.person and self.person.administers and not self._glance.roles)

    def _doors(self) -> Iterable[Door]:
        mine = self._glance.regimes
        if self.only_a_vendor:
            yield from self._doors_of_a_vendor()
            return
        for name, label, regime in _NAV:
            if regime and mine and regime not in mine:
                continue
            if href := _address(name):
                here = self._request.path == href if name == "inbox" else self._request.path.startswith(href)
                yield Door(label, href, here, keys.press(name), self._glance.due if name == "inbox" else 0)
        for name, label, roles in _NAV_OF_ROLES:
            if (
                "infrastructure" in mine
                and any(role in self._glance.roles for role in roles)
                and (href := _address(name))
            ):
                yield Door(label, href, self._request.path.startswith(href), keys.press(name))

    def _doors_of_a_vendor(self) -> Iterable[Door]:
        """Who speaks for a vendor and acts in no role has one thing to do here."""
        name, label = _PASSPORTS
        if href := _address(name):
            yield Door(label, href, self._request.path.startswith(href), keys.press(name))

    @property
    def account(self) -> list[Door]:
        names = [(n, label) for n, label in _ACCOUNT if n not in _OF_ADMINISTRATORS or self.person.administers]
        return [Door(label, href) for name, label in names if (href := _address(name))]


def _address(name: str) -> str | None:
    """The address of a page, None in an office that has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def frame(request: HttpRequest) -> dict[str, Frame]:
    return {"frame": Frame(request)}
