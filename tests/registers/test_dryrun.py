"""A dry run: what a version would reach, folded by both laws; it records nothing and tells nobody of hidden cases."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.folk import circle, key, person, recorded
from kaname.access.models import Placement
from kaname.days import days_n
from kaname.ledger.models import Case, Entry
from kaname.ledger.perform import open_case, perform
from kaname.procedure import fold
from kaname.regimes.infrastructure.coming import Coming, coming
from kaname.regimes.infrastructure.kinds import KINDS
from kaname.registers.blocks import Figure, Numbers, Picture
from kaname.registers.dryrun import BadDay, NotComing, dry_run, page_of
from kaname.registers.report import pdf
from walks import read_ledger

CASES = Path(__file__).parents[1] / "infrastructure/cases"
TODAY, SINCE = date(2026, 11, 26), date(2027, 4, 1)


@pytest.fixture
def on_the_day(act_office, monkeypatch):
    monkeypatch.setattr("kaname.ledger.clock.today", lambda: TODAY)
    return act_office


def filed(name: str, many: int = 2) -> str:
    first, *rest = list(read_ledger(CASES / f"{name}.jsonl"))[:many]
    case = recorded(open_case("infrastructure.plan", first, idempotency_key=key())).case
    for entry in rest:
        recorded(perform(case, entry, idempotency_key=key(), happened=True))
    return case


class Longer(Coming):
    """A version under which the standstill counts one day more: some clocks must move."""

    def kinds(self, since):
        def longer(clock):
            counts = tuple(replace(c, length=days_n(31)) if c.length == days_n(30) else c for c in clock.counts)
            return replace(clock, counts=counts) if clock.id == "standstill" else clock

        return {
            id: replace(
                kind, procedures=tuple(replace(p, clocks=tuple(map(longer, p.clocks))) for p in kind.procedures)
            )
            for id, kind in super().kinds(since).items()
        }


def test_health_care_is_coming_and_would_begin_with_six_months_of_grace() -> None:
    (one,) = [c for c in coming() if c.id == "health_care"]
    assert one.latest == date(2027, 12, 16)
    found = dry_run("health_care", SINCE, today=TODAY)
    (grace,) = found.begins
    assert (grace.first, grace.last) == (SINCE, date(2027, 10, 1))  # the day of designation is not counted
    kinds = one.kinds(SINCE)
    assert all(kind.version(SINCE) == SINCE for kind in kinds.values())
    options = [o for p in kinds["infrastructure.operator"].procedures for a in p.acts for f in a.fields
               if f.id == "business" for o in f.options if o.id.startswith("health_care.")]  # fmt: skip
    assert options and all(o.since == SINCE for o in options)


@pytest.mark.parametrize("day", [date(2026, 6, 16), date(2027, 12, 17)])
def test_a_day_on_which_it_cannot_come_is_refused(day: date) -> None:
    with pytest.raises(BadDay):
        dry_run("health_care", day, today=TODAY)


def test_what_is_in_force_or_unheard_of_is_not_coming() -> None:
    for name in ("electricity", "moon"):
        with pytest.raises(NotComing, match="health_care"):
            dry_run(name, SINCE, today=TODAY)


def test_it_reaches_live_cases_one_may_know_of_and_writes_nothing(on_the_day) -> None:
    live, hidden = filed("plan_maintenance"), filed("plan_maintenance")
    Placement.objects.create(case=Case.objects.get(public_id=hidden), compartment=circle("Dark"))
    minister, stranger = person("Minister", "sector_minister"), person("Stranger")
    before = list(Entry.objects.values_list("digest", flat=True)), list(Case.objects.values())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = dry_run("health_care", SINCE, minister)
    assert all(q["sql"].lstrip().upper().startswith("SELECT") for q in asked.captured_queries)
    assert (list(Entry.objects.values_list("digest", flat=True)), list(Case.objects.values())) == before
    assert [a.cases for a in found.affected] == [1] and found.folded == 1 and found.moved == ()
    nobody = dry_run("health_care", SINCE, stranger)
    assert nobody.affected == () and nobody.folded == 0
    (sector,) = [c.sector for c in coming() if c.id == "health_care"]
    longer = Longer(sector, TODAY, sector.at_latest)
    moved = dry_run("health_care", SINCE, minister, among=(longer,)).moved
    assert moved and all((c.after - c.before).days == 1 and live in c.id for c in moved)


def test_the_page_says_what_nobody_knows_and_prints() -> None:
    page = page_of(dry_run("health_care", SINCE, today=TODAY))
    figures: dict[str, Figure] = {f.id: f for b in page.blocks if isinstance(b, Numbers) for f in b.figures}
    assert figures["dryrun.businesses"].value is None and not figures["dryrun.businesses"].verified
    assert pdf(Picture(TODAY, page.title, (), (page,)), "ja").startswith(b"%PDF")


def test_a_case_is_folded_the_same_by_a_kind_that_only_gains_a_sector() -> None:
    (one,) = [c for c in coming() if c.id == "health_care"]
    for path in sorted(CASES.glob("plan_*.jsonl")):
        entries = list(read_ledger(path))
        as_is, would_be = (fold(k, entries, SINCE) for k in (KINDS[1], one.kinds(SINCE)["infrastructure.plan"]))
        assert (as_is.tracks, as_is.facts, as_is.notes) == (would_be.tracks, would_be.facts, would_be.notes), path.name
