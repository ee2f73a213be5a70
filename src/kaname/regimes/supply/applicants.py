"""The applicants of a plan: one or several, each with the short name of its runs and the end of its business year."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.declare import Field, FieldType, condition
from kaname.procedure.view import View
from kaname.regimes.supply.catalogue import form, orders

_KEY = re.compile(r"[A-Za-z0-9_.-]+")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

APPLICANTS = Field("applicants", T("申請者", "applicants"), FieldType.ROWS, art("9(1)", "9(2)") + orders("application"),
    required=True, form=form(1), columns=(
        Field("party", T("名称", "name"), FieldType.PARTY),
        Field("key", T("略号（英数字）", "short name (letters, digits)"), FieldType.TEXT,
            help=T("定期報告の名に使う。なければ順に A、B、C",
                "names its yearly reports; without one A, B, C in order")),
        Field("year_end", T("事業年度の末日", "end of a business year"), FieldType.DAY,
            help=T("いずれかの年の末日。2月末日は月末として扱う", "of any year; the last of a month stays the last")),
        Field("industry", T("業種", "industry"), FieldType.TEXT)))


class Applicant(NamedTuple):
    """One applicant: name, the short name of its runs, a day on which its business year ends (None: not told)."""

    party: str
    key: str
    year_end: date | None


def applicants(rows: Iterable[Any] | None) -> Iterator[Applicant]:
    """The rows of the form as applicants; A, B, C ... where no short name is given."""
    for i, row in enumerate(rows or ()):
        key = row.get("key") or ""
        letter = _LETTERS[i] if i < len(_LETTERS) else f"X{i + 1}"
        year_end = row.get("year_end")
        if isinstance(year_end, str):
            year_end = date.fromisoformat(year_end)
        yield Applicant(row.get("party") or "", key if _KEY.fullmatch(key) else letter, year_end)


@condition(T("申請者の略号が互いに異なること", "the short names of the applicants differ"),
    T("申請者の略号が重なる", "two applicants have one short name"), orders("application"))
def keys_differ(v: View) -> bool | None:
    keys = [a.key for a in applicants(v.given("applicants"))]
    return len(set(keys)) == len(keys)


NO_YEAR = T("事業年度の末日のない申請者がある。定期の報告（12条）の期限が数えられない",
    "an applicant has told no end of its business year: its yearly reports (Art. 12) cannot be counted")


@condition(T("各申請者の事業年度の末日があること", "each applicant tells the end of its business year"), NO_YEAR,
    art("12") + orders("report"))
def years_told(v: View) -> bool | None:
    return all(a.year_end for a in applicants(v.given("applicants")))


@condition(T("各認定事業者の事業年度の末日があること",
    "the end of the business year of each certified business is known"),
    NO_YEAR, art("12") + orders("report"))
def years_known(v: View) -> bool | None:
    return v.state("plan") != "certified" or all(a.year_end for a in applicants(v.fact("plan.applicants")))


def year_end_in(pattern: date, year: int) -> date:
    """The end of the business year that ends in a year: the same day, or the last of the month where that is one."""
    last = _last_of_month(year, pattern.month)
    is_last = pattern.day == _last_of_month(pattern.year, pattern.month)
    return date(year, pattern.month, last if is_last else min(pattern.day, last))


def year_begins(pattern: date, closes: date) -> date:
    """The first day of the business year that ends on `closes`."""
    return year_end_in(pattern, closes.year - 1) + timedelta(1)


def _last_of_month(year: int, month: int) -> int:
    after = date(year + month // 12, month % 12 + 1, 1)
    return (after - timedelta(1)).day
