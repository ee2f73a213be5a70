"""Which pages the office has, found by following links from the first pages of people of the demonstration.

`explore()`  for each page an address and a person who may open it. A page counts once by the name of its address; a
             page of a case once for each regime, for what it shows comes from that regime's declarations. By the way:
             what all that reading has changed in the office (still.py), and where pages lead outside of it.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve

from kaname.access.gate.doors import Rule, rule_of
from kaname.access.models import Person
from kaname.ledger.models import Case
from web.sweep import still

_LINKS = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"')
# Whatever a browser goes to, sends to or loads of what a page says.
_ADDRESSES = re.compile(
    r"""\b(?:href|src|action|formaction|poster|background|cite|data|ping|srcset|hx-(?:get|post|push-url))="([^"]*)\""""
)
_STARTS = ("/", "/settings/", "/accounts/2fa/", "/notices/", "/help/")
# Those of the demonstration who between them may open everything: the others see the like of it.
_WHO = (
    "attorney", "jpo", "cao", "company", "ministry", "operator", "vendor", "maker", "meti", "mext", "secretary",
    "admin",
)  # fmt: skip
# Lists are read for their links by everybody, since each sees others there; a page of one thing by so many at most.
_READERS = 2


@dataclass(frozen=True, slots=True, order=True)
class Page:
    """`key`: the name of the address and, where it names a case, the regime. `who`: a login of the demonstration."""

    key: str
    who: str
    at: str

    @property
    def name(self) -> str:
        return self.key.partition(" ")[0]


@dataclass
class Walked:
    """What the walk found. `changed`: by person, what their reading changed; `outside`: addresses beyond the office, or
    by anything but a path, with a page where each stands."""

    found: dict[str, Page] = field(default_factory=dict)
    changed: dict[str, list[str]] = field(default_factory=dict)
    outside: dict[str, str] = field(default_factory=dict)
    read: Counter[str] = field(default_factory=Counter)
    no_pages: set[str] = field(default_factory=set)

    @property
    def pages(self) -> list[Page]:
        return sorted(self.found.values())


def explore() -> Walked:
    """Every page that links lead to, with the first person found who may open it."""
    regimes = {case: kind.partition(".")[0] for case, kind in Case.objects.values_list("public_id", "kind")}
    walked = Walked()
    visitors = {who: client(Person.objects.get(email=f"{who}@demo.example")) for who in _WHO}  # who logs in, writes
    left = still.state()
    for who, visitor in visitors.items():
        with still.visit(left) as visit:
            _read(visitor, who, walked, visit, regimes)
        walked.changed[who], left = visit.changed, visit.after
    return walked


def _read(visitor: Client, who: str, walked: Walked, visit: still.Visit, regimes: dict[str, str]) -> None:
    """One person follows the links from where they come in."""
    read, no_pages = walked.read, walked.no_pages
    seen: set[str] = set()
    waiting, named = deque(_STARTS), set(_STARTS)
    while waiting:
        at = visit.at = waiting.popleft()
        key = _key(at, regimes)
        if not key or key in seen | no_pages or (read[key] >= _READERS and not _is_list(at)):
            continue
        answer = visitor.get(at, follow=True)
        if not answer.headers["Content-Type"].startswith("text/html"):
            no_pages.add(key)
        if key in no_pages or answer.status_code != 200:
            continue
        at = answer.redirect_chain[-1][0] if answer.redirect_chain else at
        seen |= {key, here := _key(at, regimes)}
        read.update({key, here})
        walked.found.setdefault(here, Page(here, who, at))
        page = answer.content.decode()
        for to in outside(page, *(to for to, _ in answer.redirect_chain)):
            walked.outside.setdefault(to, at)
        new = [to for to in _links(page, at) if to not in named]
        named.update(new)
        waiting.extend(new)


def outside(page: str, *redirects: str) -> list[str]:
    """What a page, or what leads to it, points at by anything but a path, a query or a place in the page."""
    addresses = {unescape(to).strip() for to in _ADDRESSES.findall(page)} | set(redirects)
    return sorted(to for to in addresses if to.startswith(("//", "\\")) or re.match(r"[^/?#]*:", to))


def client(person: Person | None) -> Client:
    """The browser of a person (of nobody), without a screen."""
    made = Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="ja", raise_request_exception=False)
    if person:
        made.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return made


def _key(at: str, regimes: dict[str, str]) -> str:
    """The key of an address; nothing where it leads out of the office or to a program's door."""
    where = urlsplit(at)
    try:
        match = resolve(where.path)
    except Resolver404:
        return ""
    if where.netloc or rule_of(match.view_name) is Rule.TOKEN:
        return ""
    regime = regimes.get(match.kwargs.get("case", ""), "")
    return f"{match.view_name} {regime}".strip()


def _is_list(at: str) -> bool:
    return not resolve(urlsplit(at).path).kwargs


def _links(page: str, at: str) -> Iterator[str]:
    for href in _LINKS.findall(page):
        if not href.startswith("#"):
            yield urljoin(at, unescape(href)).partition("#")[0]
