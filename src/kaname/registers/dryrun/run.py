"""The run itself: kinds as they would be, visible cases folded by both, the first matter of the new version."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from kaname.access.models import Person
from kaname.access.predicate import rows_visible_to
from kaname.law import T, Text
from kaname.ledger import clock, store
from kaname.ledger.kinds import kinds
from kaname.ledger.models import Case
from kaname.ledger.models import Standing as Row
from kaname.procedure import Standing, fold
from kaname.procedure.declare import CaseKind
from kaname.regimes.infrastructure.coming import Coming, coming
from kaname.registers.compare.model import Change, Subject
from kaname.registers.dryrun.model import Affected, BadDay, Begins, DryRun, NotComing

MOST = 500  # cases folded twice
_LABEL = T("第{n}号：{clock}", "No. {n}: {clock}")


def dry_run(id: str, since: date, person: Person | None = None, today: date | None = None,
            among: tuple[Coming, ...] | None = None) -> DryRun:  # fmt: skip
    """What would follow. Raises NotComing, BadDay."""
    now = today or clock.today()
    one = _coming(id, coming() if among is None else among)
    _possible(one, since)
    supposed = {kind_id: kind for kind_id, kind in one.kinds(since).items() if kind_id in kinds()}
    rows = None if person is None else _rows(person, tuple(supposed))
    moved, folded, more = _moved(rows, supposed, since)
    return DryRun(
        one, since, now,
        tuple((k, kind.label, kinds()[k].version(since)) for k, kind in supposed.items()),
        () if rows is None else tuple(_affected(rows, since)), moved, folded, more, rows is not None,
        tuple(_begins(one, supposed, since)),
        0 if rows is None else rows.filter(reference__startswith=f"{one.id}.").count(),
    )  # fmt: skip


def _coming(id: str, among: tuple[Coming, ...]) -> Coming:
    found = next((c for c in among if c.id == id), None)
    if found is None:
        raise NotComing(id, tuple(c.id for c in among))
    return found


def _possible(one: Coming, since: date) -> None:
    if since < one.earliest:
        raise BadDay(T(f"{since} は公布の前；{one.earliest} から後の日を",
                       f"{since} lies before its promulgation; expected {one.earliest} or later"))  # fmt: skip
    if one.latest and since > one.latest:
        raise BadDay(T(f"{since} は法の定める最後の日より後；遅くとも {one.latest} までの日を",
                       f"{since} is later than the law allows; expected {one.latest} at the latest"))  # fmt: skip


def _rows(person: Person, of: tuple[str, ...]) -> "QuerySet[Row]":
    """As the projection was last stored: bringing it up to date first, as lists do, would write."""
    return Row.objects.filter(rows_visible_to(person, clock.today()), kind__in=of)


def _affected(rows: "QuerySet[Row]", since: date) -> Iterator[Affected]:
    """Cases that have not come to their end: what is done in them from the day on is done under the new version."""
    for row in rows.values("kind", "state").annotate(cases=Count("pk")).order_by("kind", "state"):
        kind = kinds()[row["kind"]]
        procedure = next((p for p in kind.procedures if row["state"] in p.states), None)
        if procedure is None or procedure.is_end(row["state"]):
            continue
        yield Affected(kind.id, kind.label, procedure.label_of(row["state"]), row["cases"], f"/cases/?kind={kind.id}")


def _moved(rows: "QuerySet[Row] | None", supposed: Mapping[str, CaseKind],
           since: date) -> tuple[tuple[Change, ...], int, int]:  # fmt: skip
    if rows is None:
        return (), 0, 0
    keys = list(rows.order_by("-case_id").values_list("case_id", flat=True)[:MOST])
    total = rows.count() if len(keys) == MOST else len(keys)
    known = Case.objects.in_bulk(keys)
    found: list[Change] = []
    for case, entries in _ledgers(keys):
        as_is, would_be = kinds()[known[case].kind], supposed[known[case].kind]
        found += _differ(known[case], fold(as_is, entries, since), fold(would_be, entries, since))
    return tuple(found), len(keys), total - len(keys)


def _ledgers(keys: list[int]) -> Iterator[tuple[int, list[Any]]]:
    for key in keys:
        yield key, store.entries(key)


def _differ(case: Case, as_is: Standing, would_be: Standing) -> Iterator[Change]:
    for key in sorted(as_is.clocks.keys() | would_be.clocks.keys()):
        one, other = as_is.clocks.get(key), would_be.clocks.get(key)
        was, is_ = (running.last_day if running else None for running in (one, other))
        known = one or other
        if was != is_ and known:
            label: Text = _LABEL.fill(n=case.number, clock=known.clock.label)
            yield Change(Subject.DATES, f"{case.public_id}.{key}", label, was, is_, records=f"/cases/{case.public_id}/")


def _begins(one: Coming, supposed: Mapping[str, CaseKind], since: date) -> Iterator[Begins]:
    """The periods that would run if the first designation were made on the first day."""
    first = one.first_designation(since)
    procedure, _, _ = first.act.partition(".")
    for kind in supposed.values():
        if any(p.id == procedure for p in kind.procedures):
            for running in fold(kind, [first.numbered(1, None)], since).clocks.values():
                if running.last_day:
                    yield Begins(running.key, running.clock.label, running.since, running.last_day)
