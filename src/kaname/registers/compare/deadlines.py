"""Periods of running cases whose last day is another on the second day: extended, shortened, or set by an authority.

A period is counted when it starts, by the law of its case; time alone never moves it. So only cases with an act of the
days between that extends, shortens or chooses an end can have one that moved: they alone are folded.
"""

from collections.abc import Iterator
from functools import cache

from kaname.access import api as access
from kaname.law import T
from kaname.ledger import reading
from kaname.ledger.kinds import kinds
from kaname.ledger.models import Case, Entry
from kaname.procedure import Standing
from kaname.procedure.declare import Act, CaseKind
from kaname.procedure.index import index
from kaname.procedure.kernel_acts import KERNEL_ACTS
from kaname.procedure.standing import Running
from kaname.registers.at import At
from kaname.registers.compare.model import Change, Subject

MOST = 200  # cases told singly
_LIVE = ("running", "pending")
_LABEL = T("第{n}号：{clock}", "No. {n}: {clock}")
_HOW = {"chosen": T("決定", "set"), "extended": T("延長", "extended"), "shortened": T("短縮", "shortened")}


def changes(one: At, other: At) -> tuple[list[Change], int]:
    """The periods that moved, by case, and how many cases beyond MOST may have one."""
    first, last = sorted((one.day, other.day))
    if one.person is None or first == last:
        return [], 0
    between = {"effective_on__gt": first.isoformat(), "effective_on__lte": last.isoformat()}
    entries = Entry.objects.filter(act__in=moving(), seq__gt=1, **between)
    found = Case.objects.filter(access.visible_to(one.person, one.today), pk__in=entries.values("case"),
                                opened_on__lte=first.isoformat())  # fmt: skip
    keys = list(found.order_by("number", "pk").values_list("pk", flat=True))
    keys, more = keys[:MOST], max(len(keys) - MOST, 0)
    known = Case.objects.in_bulk(keys)
    before, after = reading.standings(keys, one.day), reading.standings(keys, other.day)
    moved = [c for key in keys if key in before and key in after for c in _of(known[key], before[key], after[key])]
    return moved, more


def moving() -> tuple[str, ...]:
    """The acts that set the end of a period, and those of the kernel: a correction may change any of them."""
    return tuple(sorted(set(KERNEL_ACTS).union(*map(_moving, kinds().values()))))


@cache
def _moving(kind: CaseKind) -> frozenset[str]:
    chosen = {c.id: c.chosen for p in kind.procedures for c in p.clocks if c.chosen}

    def moves(act: Act) -> bool:
        return bool(act.extends or act.shortens or any(clock.split(".")[-1] in chosen for clock in act.starts))

    return frozenset(name for name, of in index(kind).acts.items() if moves(of.act))


def _of(case: Case, before: Standing, after: Standing) -> Iterator[Change]:
    for key in sorted(before.clocks.keys() & after.clocks.keys()):
        was, is_ = before.clocks[key], after.clocks[key]
        same = was.since == is_.since and was.starts == is_.starts and _lives(was, is_)
        if same and was.last_day != is_.last_day:
            longer = was if len(was.set_by) > len(is_.set_by) else is_
            how = _HOW[longer.set_by[-1].how] if longer.set_by else T("訂正", "corrected")
            yield Change(Subject.DATES, f"{case.public_id}.{key}", _LABEL.fill(n=case.number, clock=was.clock.label),
                         was.last_day, is_.last_day, why=how, records=f"/cases/{case.public_id}/")  # fmt: skip


def _lives(was: Running, is_: Running) -> bool:
    return was.status in _LIVE or is_.status in _LIVE
