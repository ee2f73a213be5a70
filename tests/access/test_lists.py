"""Inbox and list of a person: the same as counted by hand from the standings, in a constant number of statements."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.folk import circle, key, person, recorded
from kaname.access import api as access
from kaname.access.models import Placement
from kaname.ledger import anew, reading, verify
from kaname.ledger.kinds import kinds
from kaname.ledger.models import Case
from kaname.ledger.perform import open_case, perform
from kaname.procedure import pending
from patents.case_files import CASES
from walks import read_ledger

TODAY = date(2026, 5, 4)
WORKED = ("c5_05_full_life", "c5_02_end_of_february", "c5_01_plain", "c5_03_b_commissioned", "management")


@pytest.fixture
def act_office(office, settings, monkeypatch):
    """An office with the kinds of the Act, on its own day."""
    settings.KANAME_KINDS = "kaname.regimes.KINDS"
    kinds.cache_clear()
    monkeypatch.setattr("kaname.ledger.clock.today", lambda: TODAY)
    yield office
    kinds.cache_clear()


def filed(name: str, until: date = TODAY) -> str:
    """A worked case as far as it had come on a day; its id."""
    first, *rest = [e for e in read_ledger(CASES / f"{name}.jsonl") if e.on <= until]
    case = recorded(open_case("patents.application", first, idempotency_key=key())).case
    for entry in rest:
        recorded(perform(case, entry, idempotency_key=key(), happened=True))
    return case


def by_hand(case: str, mine: set[str]) -> dict[str, set]:
    """The matters of a case, sorted into groups from its standing on the day."""
    found: dict[str, set] = {g.value: set() for g in access.Group}
    for p in pending(reading.standing(case, TODAY)):
        row = (case, p.sort, p.name, p.run, p.role, p.day)
        due = p.sort in ("duty", "clock")
        if p.role not in mine:
            if due:
                found["waiting"].add(row)
        elif p.sort == "turn":
            found["turn"].add(row)
        elif not due:
            if p.sort != "ban" and TODAY - timedelta(7) < p.day <= TODAY:
                found["news"].add(row)
        elif p.day is None:
            found["undated"].add(row)
        else:
            late = p.day < TODAY
            group = (
                "overdue"
                if late
                else "today"
                if p.day == TODAY
                else "week"
                if p.day <= TODAY + timedelta(7)
                else "later"
            )
            found[group].add(row)
    return found


def shown(boxes) -> dict[str, set]:
    return {b.group.value: {(i.case, i.sort, i.name, i.run, i.role, i.day) for i in b.items} for b in boxes}


def test_the_inbox_is_what_the_standings_say(act_office):
    cases = [filed(name) for name in WORKED]
    for roles in (("jpo",), ("applicant", "designated_applicant"), ("prime_minister",), ()):
        hana = person("-".join(roles) or "nobody", *roles)
        reads = person("reads-" + hana.name, "expert", may_act=False)
        expected: dict[str, set] = {g.value: set() for g in access.Group}
        for case in cases if roles else ():
            for group, rows in by_hand(case, set(roles)).items():
                expected[group] |= rows
        assert shown(access.inbox(hana)) == expected
        assert not any(shown(access.inbox(reads))[g] for g in ("overdue", "today", "week", "later", "undated"))
    assert verify.verify().faults == []


def test_what_the_frame_counts_is_what_the_inbox_shows_as_due(act_office):
    """Not what waits for others, which the reader cannot do; and clocks as well as duties, which they can."""
    for name in WORKED:
        filed(name)
    for roles in (("jpo",), ("applicant", "foreign_filer"), ("prime_minister", "cabinet"), ("jpo", "prime_minister")):
        who = person("/".join(roles), *roles)
        boxes = {b.group: b.count for b in access.inbox(who)}
        assert access.glance(who).due == boxes[access.Group.OVERDUE] + boxes[access.Group.TODAY]
    due = {d for d, n in access.ahead(who, days=400) if n}
    assert due, "nothing is due to anybody: nothing was asked"
    for day in sorted(due)[:3]:
        boxes = {b.group: b.count for b in access.inbox(who, day)}
        assert boxes[access.Group.OVERDUE] + boxes[access.Group.TODAY] == glance_of(who, day).due > 0


def glance_of(who, day):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kaname.ledger.clock.today", lambda: day)
        return access.glance(who)


def test_a_day_that_has_come_moves_matters_without_an_entry(act_office, monkeypatch):
    monkeypatch.setattr("kaname.ledger.clock.today", lambda: date(2025, 3, 1))
    case = filed("c5_02_end_of_february", date(2025, 3, 1))
    hana = person("Hana", "applicant", "foreign_filer")
    assert "freed" not in {row[1] for row in shown(access.inbox(hana))["news"]}
    monkeypatch.setattr("kaname.ledger.clock.today", lambda: date(2025, 6, 1))
    news = access.inbox(hana)[list(access.Group).index(access.Group.NEWS)]
    assert [(i.case, i.sort, i.day) for i in news.items if i.name == "foreign_filing_ban.file_abroad"] == [
        (case, "freed", date(2025, 6, 1))
    ]
    assert verify.verify().faults == []
    assert anew.rebuild() == 1
    assert verify.verify().faults == []


def test_what_lies_in_a_circle_is_in_no_list_of_others(act_office):
    hidden, open_ = filed("c5_05_full_life"), filed("c5_05_full_life")
    member, other = person("Member", "jpo"), person("Other", "jpo")
    Placement.objects.create(case=Case.objects.get(public_id=hidden), compartment=circle("輪", member))
    for who, cases in ((member, {hidden, open_}), (other, {open_})):
        assert {i.case for box in access.inbox(who) for i in box.items} == cases
        page = access.listed(who)
        assert ({r.case for r in page.rows}, page.total) == (cases, len(cases))


@pytest.mark.parametrize("sort", sorted(access.SORTS))
def test_a_list_is_sorted_filtered_and_paged(act_office, sort):
    cases = {filed(name) for name in WORKED}
    hana = person("Hana", "jpo")
    pages = [access.listed(hana, access.Wanted(sort=sort), start, 2) for start in (0, 2, 4)]
    rows = [r for page in pages for r in page.rows]
    assert {r.case for r in rows} == cases and len(rows) == 5 and {p.total for p in pages} == {5}
    known = {"due": "next_due_on", "number": "number", "opened": "opened_on", "state": "state"}
    values = [v for r in rows if (v := getattr(r, known[sort.removeprefix("-")])) is not None]
    assert values == sorted(values, reverse=sort.startswith("-"))
    one = rows[0]
    same = access.listed(hana, access.Wanted(state=one.state)).rows
    assert {r.case for r in same} == {r.case for r in rows if r.state == one.state}
    assert access.listed(hana, access.Wanted(party="だれでもない")).total == 0


def test_lists_cost_the_same_however_long(act_office):
    hana = person("Hana", "jpo")
    costs = []
    for _ in range(3):
        filed("c5_05_full_life")
        with CaptureQueriesContext(
            connection,
        ) as found:
            access.inbox(hana)
            access.listed(hana)
        costs.append(len(found))
    assert costs[0] == costs[1] == costs[2] <= 24
