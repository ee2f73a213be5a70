"""Is a change of a certified plan minor (軽微な変更)? By rule, from what changes: orders Art. 6(1) (MLIT 7(1)).

A period moved by six months or less is minor (not under the MAFF order), funds changed by less than 10 percent too,
never where the grant changes. Whatever is not minor needs a certification beforehand (Art. 10(1), form 5).
"""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum

from kaname.days import FirstDay, Move, end, months
from kaname.law import T, Text
from kaname.regimes.supply.catalogue.orders import CertificationOrder

SIX_MONTHS = months(6)
TENTH = 10  # a change of a tenth and more is not minor


class Result(StrEnum):
    MINOR = "minor_notice"
    PRIOR = "prior_certification"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the rule compares: period, required funds and the grant in them, whole yen. None: not known."""

    period_start: date | None = None
    period_end: date | None = None
    funds: int | None = None
    grant: int | None = None

    @property
    def in_order(self) -> bool:
        """Whether its period ends after it begins, as far as it is known."""
        first, last = self.period_start, self.period_end
        return first is None or last is None or first <= last


@dataclass(frozen=True, slots=True)
class Change:
    """The plan as it would be, None where it stays; `particulars`: name, address, representative or head office;
    `other`: anything else. `substance_kept`: the officer or business records that the substance is not altered.
    """

    to: Plan
    particulars: bool = False
    other: bool = False
    substance_kept: bool | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What one changed item leads to, and why. `firm`: a rule in figures, which no finding of a person can turn."""

    result: Result
    why: Text
    firm: bool = True


def classify(order: CertificationOrder, plan: Plan, change: Change) -> tuple[Finding, ...]:
    """One finding for each item that changes; the gravest decides. Empty: nothing changes, or nothing is told."""
    found = [f(order, plan, change) for f in (_grant, _funds, _period, _other)]
    told = [x for x in found if x]
    if change.particulars:
        told.append(Finding(Result.MINOR, T("名称・住所・代表者・主たる事務所の変更",
            "name, address, representative or head office")))
    return tuple(told)


def result(findings: tuple[Finding, ...]) -> Result | None:
    """What the findings come to together."""
    if not findings:
        return None
    return Result.PRIOR if any(f.result is Result.PRIOR for f in findings) else Result.MINOR


def _grant(order: CertificationOrder, plan: Plan, change: Change) -> Finding | None:
    if change.to.grant is None or change.to.grant == plan.grant:
        return None
    return Finding(Result.PRIOR, T("助成金の額が変わる", "the grant amount changes"))


def _funds(order: CertificationOrder, plan: Plan, change: Change) -> Finding | None:
    before, after = plan.funds, change.to.funds
    if after is None or after == before:
        return None
    if before is None:
        return Finding(Result.PRIOR, T("変更前の資金の額が分からない", "the funds before the change are not known"))
    if below_a_tenth(before, after):
        return Finding(Result.MINOR, T(f"資金の増減は10%未満（{signed_percent(before, after)}）",
            f"the funds change by less than 10 percent ({signed_percent(before, after)})"))
    return Finding(Result.PRIOR, T(f"資金の増減は10%未満でない（{signed_percent(before, after)}）",
        f"the funds change by 10 percent or more ({signed_percent(before, after)})"))


def below_a_tenth(before: int, after: int) -> bool:
    """Whether the funds change by less than 10 percent, in whole numbers."""
    return abs(after - before) * TENTH < abs(before)


def signed_percent(before: int, after: int) -> str:
    """The change in percent, to two places, for reading: the rule itself is in whole numbers. What is below a tenth is
    not rounded up to one."""
    if not before:
        return "—"
    hundredths = (abs(after - before) * 10_000 * 2 + before) // (2 * before)
    if below_a_tenth(before, after):
        hundredths = min(hundredths, 10_000 // TENTH - 1)
    return f"{'-' if after < before else '+'}{hundredths // 100}.{hundredths % 100:02}%"


def _period(order: CertificationOrder, plan: Plan, change: Change) -> Finding | None:
    pairs = ((plan.period_start, change.to.period_start), (plan.period_end, change.to.period_end))
    moved = [(before, after) for before, after in pairs if after is not None and after != before]
    if not moved:
        return None
    if not order.period_item:
        kept = bool(change.substance_kept)
        return Finding(Result.MINOR if kept else Result.PRIOR, T("実施期間の変更（農水省令に六月の定めはない）",
            "the period moves; the MAFF order has no item of six months"), firm=False)
    if all(before is not None and within_six_months(before, after) for before, after in moved):
        return Finding(Result.MINOR, T("実施期間の変更は六月以内", "the period moves by six months or less"))
    return Finding(Result.PRIOR, T("実施期間の変更が六月を超える", "the period moves by more than six months"))


def within_six_months(a: date, b: date) -> bool:
    """Whether two days lie six months apart or less, counted by the calendar from the day after the earlier."""
    first, last = sorted((a, b))
    return last <= end(first + timedelta(1), SIX_MONTHS, FirstDay.COUNTED, Move.NONE).unmoved_last_day


def _other(order: CertificationOrder, plan: Plan, change: Change) -> Finding | None:
    if not change.other:
        return None
    if change.substance_kept:
        return Finding(Result.MINOR, T("実質的な変更を伴わない", "the substance is not altered"), firm=False)
    return Finding(Result.PRIOR, T("その他の変更", "another change of the plan"), firm=False)


def adds_up(certified: Plan, after: Plan) -> Text | None:
    """What the changes since the last certification come to, where that would no longer be minor (question 207)."""
    before, now = certified.funds, after.funds
    if before and now is not None and not below_a_tenth(before, now):
        return T(f"認定時からの資金の増減は累計 {signed_percent(before, now)}（合算の定めはない）",
            f"since the certification the funds have changed by {signed_percent(before, now)} in all; "
            "the orders do not say whether that adds up")
    ends = ((certified.period_start, after.period_start), (certified.period_end, after.period_end))
    if any(a and b and not within_six_months(a, b) for a, b in ends):
        return T("認定時からの実施期間の変更は累計六月を超える（合算の定めはない）",
            "since the certification the period has moved by more than six months in all; "
            "the orders do not say whether that adds up")
    return None


def merged(plan: Plan, to: Plan) -> Plan:
    """The plan with what changes put in."""
    return Plan(*(getattr(to, f.name) if getattr(to, f.name) is not None else getattr(plan, f.name)
        for f in fields(Plan)))
