"""What the planner is asked: the facts of an application out of the address, as a ledger that the kernel can fold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict

from kaname.days import DayError
from kaname.law import T, Text
from kaname.procedure import Accepted, Entry, Refused, decide, fold
from kaname.regimes.patents.base_dates import BASE_DATES
from kaname.regimes.patents.kinds import application
from kaname.web.read import parse_day

# What is on record after the filing: name in the address, act, label.
EVENTS = (
    ("translation", "first_review.file_translation", T("翻訳文を提出した日", "day the translation was filed")),
    ("papers", "first_review.file_reference_papers",
        T("先の出願の書類を提出した日", "day the earlier papers were filed")),
    ("supplement", "first_review.supplement_missing_part", T("明細書等を補完した日", "day the missing part was filed")),
    ("asked", "first_review.request_nonsend_notice",
        T("送付しない旨の通知を申し出た日", "day you asked for a non-sending notice")),
    ("sent", "first_review.notify_sent", T("送付の通知が発せられた日", "day the notice of sending was issued")),
)  # fmt: skip
# What is only supposed: the way, and the label of the day on which its notice would be received.
SUPPOSED = (
    ("nonsend", T("送付しない旨の通知を受ける日", "day the non-sending notice is received")),
    ("no_need", T("保全指定をしない旨の通知を受ける日", "day the notice of no designation is received")),
    ("designation_ends", T("保全指定の終了の通知を受ける日", "day the end of a designation is notified")),
    ("public", T("発明が公になる日", "day the invention becomes public")),
    ("confirmation", T("事前確認の回答を受ける日", "day the answer of the prior confirmation is received")),
)
KINDS = tuple((b.id, b.label) for b in BASE_DATES if b.id != "ordinary")
NAMES = ("on", "original", "priority", *(e[0] for e in EVENTS), *(f"if_{s[0]}" for s in SUPPOSED))


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked and can be answered. `planned`: the filing is only thought of; `supposed`: days of notices."""

    entries: tuple[Entry, ...] = ()
    planned: Entry | None = None
    supposed: Mapping[str, date] = field(default_factory=dict)
    errors: Mapping[str, Text] = field(default_factory=dict)
    empty: bool = False


def asked(query: QueryDict, today: date) -> Asked:
    """Read the address. Every day that cannot be read, and every act the law refuses, is an error at its field."""
    days: dict[str, date] = {}
    errors: dict[str, Text] = {}
    for name in NAMES:
        if text := query.get(name, "").strip()[:60]:
            try:
                days[name] = parse_day(text)
            except DayError as error:
                errors[name] = error.text
    filed, supposed = query.get("filed") != "no", {s: days[f"if_{s}"] for s, _ in SUPPOSED if f"if_{s}" in days}
    if errors:
        return Asked(errors=errors)
    if "on" not in days:
        if filed and not any(name in query for name in ("on", "filed")):
            return Asked(empty=True)
        if filed:
            return Asked(
                errors={"on": T("出願日を入力してください。例：20250228", "Enter the filing day. Example: 20250228")}
            )
        return Asked(supposed=supposed)
    if filed and days["on"] > today:
        return Asked(errors={"on": T("まだ来ていない日です。出願する前なら「まだ」を選んでください。",
                                     "That day has not come. Choose not yet if you have not filed.")})  # fmt: skip
    first = Entry("first_review.file", days["on"], _form(query, days), by="applicant", seq=1)
    return _ledger(first, days, filed, supposed)


def _form(query: QueryDict, days: Mapping[str, date]) -> dict[str, Any]:
    known = {kind for kind, _ in KINDS}
    form: dict[str, Any] = {
        "listed": query.get("listed") != "no", "made_in_japan": query.get("japan") != "no",
        "secret": query.get("secret") != "no", "filing_kind": [k for k in query.getlist("kind") if k in known],
    }  # fmt: skip
    form |= {
        name: days[key]
        for name, key in (("original_filing_date", "original"), ("priority_date", "priority"))
        if key in days
    }
    return form


def _ledger(first: Entry, days: Mapping[str, date], filed: bool, supposed: Mapping[str, date]) -> Asked:
    """The acts in the order of their days, each judged by the kernel upon those before it."""
    answer = decide(fold(application, (), first.on), first)
    if isinstance(answer, Refused):
        return Asked(errors={"on": answer.reasons[0].text})
    if not filed:
        return Asked(planned=first, supposed=supposed)
    entries, here = [answer.entry], answer.standing
    for name, act, _ in sorted((e for e in EVENTS if e[0] in days), key=lambda e: days[e[0]]):
        by = "jpo" if name == "sent" else "applicant"
        on = days[name]
        if on < first.on:
            return Asked(errors={name: T("出願日より前の日です。", "That day lies before the filing day.")})
        data = {"received_on": on} if name == "sent" else {}
        tried = decide(here, Entry(act, on, data, by=by), ledger=entries)
        if not isinstance(tried, Accepted):
            return Asked(errors={name: tried.reasons[0].text})
        entries, here = [*entries, tried.entry], tried.standing
    return Asked(tuple(entries), supposed=supposed)
