"""Who the caller is, which version answers, and counting a period."""

from importlib.metadata import version
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from kaname.access import api as access
from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.shapes import MeOut, PeriodOut, VersionOut
from kaname.api.values import Day, language
from kaname.days import FirstDay, Length, Move, period
from kaname.law import T, cited
from kaname.ledger import clock
from kaname.ledger.kinds import kinds

_TAGS = ("office",)
_DAYS = ("start", "first_counted_day", "unmoved_last_day", "last_day", "first_free_day")
Amount = Annotated[int, Field(ge=0, le=999)]


class Asked(Schema):
    start: Day
    days: Annotated[int, Field(ge=0, le=99_999)] = 0
    weeks: Amount = 0
    months: Amount = 0
    years: Amount = 0
    first_day: FirstDay = FirstDay.EXCLUDED
    moves: Move = Move.NONE


@operation("GET", "/me", T("呼び出す者", "who calls"), MeOut, tags=_TAGS)
def get_me(request: HttpRequest) -> dict[str, Any]:
    """The person behind the token, its scopes, and the mandates in force today."""
    person = request.auth
    return {
        "person": person.public_id, "name": person.name, "administers": person.administers,
        "office": {"ja": person.office.name_ja, "en": person.office.name_en},
        "scopes": sorted(request.kaname_scopes),
        "mandates": [
            {
                "role": m.role, "kind": m.kind, "party": m.party, "may_act": m.may_act, "sealed": m.sealed,
                "valid_from": m.valid_from.isoformat(),
                "valid_until": m.valid_until.isoformat() if m.valid_until else None,
            }
            for m in access.mandates(person, clock.today())
        ],
    }  # fmt: skip


@operation("GET", "/version", T("版", "version"), VersionOut, tags=_TAGS)
def get_version(request: HttpRequest) -> dict[str, Any]:
    """The version of the program, of this interface, and of the rules of each kind."""
    today = clock.today()
    rules = {k.id: k.version(today).isoformat() for k in kinds().values()}
    return {"kaname": version("kaname"), "api": "v1", "kinds": rules}


@operation("GET", "/period", T("期間を数える", "count a period"), PeriodOut, tags=_TAGS)
def count_period(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Count a period by Japanese law and show the working with provisions."""
    if not (asked.days or asked.weeks or asked.months or asked.years):
        text = T("days、weeks、months、years のどれかを 1 以上に", "expected days, weeks, months or years above 0")
        raise Problem("invalid", faults=[("days", text)])
    length = Length(asked.years, asked.months, asked.weeks, asked.days)
    found = period(asked.start, length, asked.first_day, asked.moves)
    lang = language(request)
    working = [step.text[lang] + _cite(cited(step.basis, lang)) for step in found.steps]
    days = {name: getattr(found, name).isoformat() for name in _DAYS}
    return {**days, "provisional": found.provisional, "working": working}


def _cite(basis: str) -> str:
    return f"  [{basis}]" if basis else ""
