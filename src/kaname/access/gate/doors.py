"""The registry of doors: each address has a rule, and the rule is kept here before any view runs.

An address that the table does not name is not opened at all (`NoRule`), and a test finds it before that.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import urlencode
from django.utils.module_loading import import_string

from kaname.access.door import find
from kaname.access.errors import NotAllowed, Unknown
from kaname.access.gate.expired import to_login
from kaname.access.login.keys import LACKING
from kaname.ledger.errors import UnknownCase
from kaname.ledger.master import ASKING
from kaname.site.logs import pseudonym

_TO_A_KEY = ("key_first", "kept", "mfa_", "account_")  # where one is led who is asked for a key and has none


class Rule(StrEnum):
    """Who comes through a door."""

    PUBLIC = "public"  # everyone
    PERSON = "person"  # who is logged in; what they see of cases the predicate decides
    CASE = "case"  # who may know of the case that the address names (its parameter `case`)
    ADMIN = "admin"  # who administers; for all others the address does not exist
    TOKEN = "token"  # programs: the API asks for the token and its scopes itself


class NoRule(ImproperlyConfigured):
    """A door without rule. It stays shut."""


class Address(NamedTuple):
    """One address of the URL table: its name with namespaces, its route, and the names of its parameters."""

    name: str
    route: str
    parameters: tuple[str, ...]
    view: Callable[..., Any]


@cache
def rules() -> Mapping[str, Rule]:
    """The table that settings name: name of an address (or of a namespace, `admin:`) to its rule."""
    table: Mapping[str, Rule] = import_string(settings.KANAME_DOORS)
    return table


def rule_of(name: str) -> Rule:
    """The rule of an address: its own, or that of its namespace. Raises NoRule."""
    table = rules()
    rule = table.get(name) or table.get(f"{name.partition(':')[0]}:" if ":" in name else "")
    if rule is None:
        raise NoRule(f"the address {name!r} has no rule: add it to the table {settings.KANAME_DOORS}")
    return rule


def addresses(
    resolver: URLResolver | None = None, route: str = "", space: str = "", above: tuple[str, ...] = ()
) -> Iterator[Address]:
    """Every address of the URL table, in its order."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here, named = route + str(pattern.pattern), (*above, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLPattern):
            yield Address(space + (pattern.name or f"({here})"), here, named, pattern.callback)
        else:
            yield from addresses(pattern, here, f"{space}{pattern.namespace}:" if pattern.namespace else space, named)


class Doors:
    """Middleware: keeps the rule of each address, and answers 404 for what a person may not know of."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        ASKING.set("")
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name
        rule = rule_of(name)
        if any("\0" in str(value) for value in kwargs.values()):  # nothing is called so: PostgreSQL would not even look
            raise Http404
        if rule in (Rule.PUBLIC, Rule.TOKEN):
            return None
        if not request.user.is_authenticated:
            return to_login(request)
        if request.session.get(LACKING) and request.method == "GET" and not name.startswith(_TO_A_KEY):
            return HttpResponseRedirect(f"{reverse('key_first')}?{urlencode({'next': request.get_full_path()})}")
        ASKING.set(pseudonym("person", request.user.public_id))
        if rule is Rule.ADMIN and not request.user.administers:
            raise Http404
        if rule is Rule.CASE:
            try:
                find(request.user, str(kwargs["case"]))
            except UnknownCase:
                raise Http404 from None
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What a view looks for and this person may not know of is not there; what they may not do is refused, in the
        words of the refusal."""
        if isinstance(error, UnknownCase | Unknown):
            return response_for_exception(request, Http404())
        if isinstance(error, NotAllowed):
            return response_for_exception(request, PermissionDenied(error))
        return None
