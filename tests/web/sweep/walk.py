"""Which pages the office has, found by following links from the first pages of people of the demonstration.

`explore()`  for each page an address and a person who may open it. A page counts once by the name of its address; a
             page of a case once for each regime, for what it shows comes from that regime's declarations.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve

from kaname.access.gate.doors import Rule, rule_of
from kaname.access.models import Person
from kaname.ledger.models import Case

_LINKS = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"')
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


def explore() -> list[Page]:
    """Every page that links lead to, with the first person found who may open it."""
    regimes = {case: kind.partition(".")[0] for case, kind in Case.objects.values_list("public_id", "kind")}
    found: dict[str, Page] = {}
    read: Counter[str] = Counter()
    no_pages: set[str] = set()
    for who in _WHO:
        visitor = client(Person.objects.get(email=f"{who}@demo.example"))
        seen: set[str] = set()
        waiting, named = deque(_STARTS), set(_STARTS)
        while waiting:
            at = waiting.popleft()
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
            found.setdefault(here, Page(here, who, at))
            new = [to for to in _links(answer.content.decode(), at) if to not in named]
            named.update(new)
            waiting.extend(new)
    return sorted(found.values())


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
