"""The row of a case in lists, column by column: what it is made of, how it is written over what lay there, and read."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from acts import opened, played

from kaname.ledger import clock, course, link, projection, reading, store
from kaname.ledger.models import CaseParty, Matter, Standing
from kaname.ledger.projection import Projected
from kaname.procedure import Pending

DAY, LATER, LATEST = date(2026, 5, 1), date(2026, 5, 9), date(2026, 6, 1)


# -- made of a standing ------------------------------------------------------------------------------------------------


def due(status, day):
    return SimpleNamespace(status=status, due=day)


def matters(of, held, clocks=()):
    """What is pending: the day it is told for, then the duties, then the clocks."""
    duties = (Pending("duty", "one.owed", "", "applicant", d.due) for d in held if d.status in ("open", "overdue"))
    return (Pending("turn", "one.s1", "", "keeper", of.as_of), *duties, *clocks)


def role(id, named_by=""):
    return SimpleNamespace(id=id, named_by=named_by)


def procedure(id, *roles, run_of=""):
    return SimpleNamespace(id=id, acts=[SimpleNamespace(roles=roles)], is_run_of=lambda role: role.id == run_of)


class Kind(SimpleNamespace):
    """Of two procedures; kept apart from others by what it is, as a declaration is."""

    __hash__ = object.__hash__


KIND = Kind(
    id="a.kind", reference=("none", "second", "number"), planned=("empty", "planned", "other"), authority=None,
    procedures=[
        procedure("one", role("applicant"), role("sharer"), run_of="sharer"),
        procedure("two", role("keeper", "keeper"), role("agent", "agent"), role("sharer")),
    ],
)  # fmt: skip
FACTS = {"second": 7, "number": "N", "planned": "2026-07-01", "other": DAY, "keeper": "Hana", "of_day": DAY}


def track(state, procedure="one", run=""):
    return SimpleNamespace(state=state, procedure=procedure, run=run)


def standing(as_of=DAY, kind=KIND, facts=FACTS, **other):
    tracks = {"b": track("s2", run="Ren:2"), "a": track("s1"), "c": track("s3", "two", "Aoi")}
    of = {"kind": kind, "as_of": as_of, "fact": facts.get, "tracks": tracks, "parties": {"applicant": "Kumo"}}
    return SimpleNamespace(**{**of, "notes": [], "course": [], **other})


@pytest.fixture
def made(monkeypatch):
    """`made(standing, today, duties=..., change=...)`: its row, what procedures say being given."""

    def row(of, today=DAY, duties=(), changes=(None,), main=None, clocks=()):
        told = iter([*changes, None, None])
        monkeypatch.setattr(projection, "next_change", lambda of: next(told))
        monkeypatch.setattr(projection, "duties", lambda of: list(duties))
        monkeypatch.setattr(projection, "stage", lambda of: main)
        monkeypatch.setattr(projection, "pending", lambda of, held: matters(of, held, clocks))
        monkeypatch.setattr(projection, "version", lambda kind, day: (kind.id, day))
        monkeypatch.setattr(projection, "fingerprint", lambda kind: f"of {kind.id}")
        monkeypatch.setattr(projection, "at", lambda kind, of, day: standing(**{**of.__dict__, "as_of": day}))
        monkeypatch.setattr(course, "course_of", lambda of: (("2026-05-01", "one", of.tracks["a"].state),))
        return projection.projected(of, 5, "digest", today)

    return row


def test_each_column_is_what_it_is_made_of(made):
    held = [due("open", LATER), due("overdue", LATEST), due("done", date(2020, 1, 1)), due("open", None)]
    row = made(standing(), LATER, held, [LATEST], track("main"))
    assert row == Projected(
        kind="a.kind", state="main", states='{"a":"s1","b":"s2","c":"s3"}', as_of=LATER, next_due_on=LATER,
        next_change_on=LATEST, planned_on=date(2026, 7, 1), breach=False, overdue=True, version=("a.kind", LATER),
        reference="7", words="7\nkumo\nhana\nren", head_seq=5, head_digest="digest",
        moves='[["2026-05-01","one","s1"]]', declared="of a.kind", authority="",
        parties=(("applicant", "Kumo"), ("keeper", "Hana"), ("sharer", "Ren")), matters=matters(standing(), held),
    )  # fmt: skip


def test_the_authority_of_a_row_is_that_of_its_day(made):
    of = SimpleNamespace(of=lambda fact, day: f"{fact('number')} {day}")
    assert made(standing(kind=Kind(**{**KIND.__dict__, "authority": of})), LATER).authority == "N 2026-05-09"


def test_a_case_of_which_little_is_known_has_a_row_too(made):
    row = made(standing(facts={}, parties={}, tracks={"a": track("s1")}), duties=[due("done", DAY), due("open", None)])
    assert (row.state, row.next_due_on, row.next_change_on, row.planned_on) == ("", None, None, None)
    assert (row.breach, row.overdue, row.reference, row.words, row.parties) == (False, False, "", "", ())


def test_the_day_of_a_row_is_today_or_that_of_the_last_entry_where_it_lies_later(made):
    assert made(standing(LATER), DAY).as_of == LATER == made(standing(DAY), LATER).as_of


def test_what_has_come_by_then_is_brought_about_and_what_has_not_is_told(made):
    for change in (LATER, LATER - timedelta(1)):
        row = made(standing(), LATER, changes=[change, LATEST])
        assert (row.matters[0].day, row.next_change_on) == (LATER, LATEST)
    row = made(standing(), LATER, changes=[LATER + timedelta(1)])
    assert (row.matters[0].day, row.next_change_on) == (DAY, LATER + timedelta(1))


def test_duties_that_are_open_count_and_one_that_is_overdue_is_enough(made):
    assert made(standing(), duties=[due("open", DAY)]).overdue is False
    assert made(standing(), duties=[due("open", DAY), due("overdue", LATER)]).overdue is True
    assert made(standing(), duties=[due("overdue", LATER)]).next_due_on == LATER
    assert made(standing(), duties=[due("done", DAY), due("open", LATER)]).next_due_on == LATER


def test_the_next_day_is_that_of_a_clock_too_where_somebody_has_something_to_do_by_it(made):
    """An officer's list without the last day of the review would lead past it."""
    review = Pending("clock", "one.review", "", "keeper", LATER)
    assert made(standing(), clocks=[review]).next_due_on == LATER
    assert made(standing(), clocks=[review], duties=[due("open", DAY)]).next_due_on == DAY
    assert made(standing(), clocks=[review], duties=[due("open", LATEST)]).next_due_on == LATER
    assert made(standing(), clocks=[review]).overdue is False
    assert made(standing(), clocks=[review._replace(role="")]).next_due_on is None, "it only passes"
    assert made(standing(), clocks=[review._replace(sort="ban")]).next_due_on is None


def test_one_breach_among_notes_is_enough(made):
    notes = [SimpleNamespace(kind="other"), SimpleNamespace(kind="breach")]
    assert made(standing(notes=notes)).breach is True and made(standing(notes=notes[:1])).breach is False


def test_a_reference_is_as_long_as_its_column(made):
    assert made(standing(facts={"number": "n" * 300})).reference == "n" * 256
    assert made(standing(facts={"number": "n" * 300}, parties={}, tracks={"a": track("s")})).words == "n" * 300


def test_for_when_and_under_whom_a_case_is():
    facts = {"of_day": DAY, "text": "2026-05-01"}

    def planned(*names):
        return projection.planned_on(SimpleNamespace(planned=names), facts.get)

    assert planned("none", "text") == planned("of_day") == planned("of_day", "text") == DAY
    assert planned() is planned("none") is None
    of = SimpleNamespace(authority=SimpleNamespace(of=lambda fact, day: f"{fact('text')} {day}"))
    assert projection.authority_of(of, facts.get, LATER) == "2026-05-01 2026-05-09"
    assert projection.authority_of(SimpleNamespace(authority=None), facts.get, DAY) == ""


def test_parties_are_those_of_the_case_of_runs_and_of_particulars():
    many = {f"role {n}": f"p{n}" for n in range(9, 0, -1)}
    found = projection.parties_of(standing(parties=many))
    assert found == tuple(sorted(found)) and dict(found) == {**many, "sharer": "Ren", "keeper": "Hana"}
    assert projection.own_runs(KIND) == {"one": ("sharer",), "two": ()}
    assert projection.named_parties(KIND, {"agent": 7}.get) == [("agent", "7")]


def test_words_to_be_searched_are_each_there_once():
    parties = [("a", "Ｋｕｍｏ"), ("b", "kumo"), ("c", ""), ("d", "Ren")]
    assert projection.words_of("Ref", parties) == "ref\nkumo\nren"
    assert projection.words_of("", []) == ""


# -- written and read --------------------------------------------------------------------------------------------------

MATTERS = tuple(Pending("duty", f"one.d{n}", "", "applicant", day) for n, day in enumerate((DAY, LATER, None)))
PARTIES = (("applicant", "Kumo"), ("keeper", "Hana"))


@pytest.fixture
def here(sqlite_office):
    """An office of three cases: the key of the second, the row of each."""
    keys = [reading.head(opened().case).pk for _ in range(3)]
    for other in (keys[0], keys[2]):
        Matter.objects.create(case_id=other, **MATTERS[0]._asdict())
    others = projection.held([keys[0], keys[2]])
    base = projection.held(keys)[keys[1]]._replace(head_seq=4, as_of=DAY, parties=PARTIES, matters=MATTERS)
    projection.put(keys[1], base)
    yield keys[1], base
    assert projection.held([keys[0], keys[2]]) == others, "other cases keep their rows"


def held(case):
    return projection.held([case])[case]


def test_a_row_is_read_as_it_was_written(here):
    case, base = here
    assert held(case) == base and projection.held([]) == {}
    projection.put(case, base._replace(parties=(), matters=()))
    assert held(case) == base._replace(parties=(), matters=())
    assert CaseParty.objects.filter(case=case).count() == Matter.objects.filter(case=case).count() == 0


def test_parties_and_matters_are_in_order_whatever_the_database_says(here, monkeypatch):
    case, _ = here

    def said(*rows):
        return SimpleNamespace(objects=SimpleNamespace(filter=lambda **_: SimpleNamespace(values_list=lambda *_: rows)))

    with monkeypatch.context() as patch:
        patch.setattr(projection, "CaseParty", said(*((case, *party) for party in reversed(PARTIES))))
        patch.setattr(projection, "Matter", said(*((case, *matter) for matter in reversed(MATTERS))))
        assert (held(case).parties, held(case).matters) == (PARTIES, MATTERS)


def test_a_refresh_never_overtakes_an_entry_that_came_meanwhile(here):
    case, base = here
    projection.put(case, base._replace(head_seq=3, state="older"))
    assert held(case).state == base.state
    projection.put(case, base._replace(state="same"))
    assert held(case).state == "same"
    projection.put(case, base._replace(head_seq=5, state="newer"))
    assert held(case).state == "newer"


def test_of_a_first_entry_nothing_is_forgotten_and_of_a_later_all(here, monkeypatch):
    case, base = here
    asked, uncounted = [], []
    monkeypatch.setattr(link, "run_all", lambda statements: asked.extend(s for s, _ in statements))
    monkeypatch.setattr(course, "uncount", lambda cases: uncounted.append(cases))
    projection.put(case, base._replace(head_seq=1))
    assert not any(s.startswith("DELETE") for s in asked) and uncounted == []
    for seq in (2, 9):
        asked.clear()
        projection.put(case, base._replace(head_seq=seq))
        assert [s.split()[2] for s in asked if s.startswith("DELETE")] == ["ledger_caseparty", "ledger_matter"]
    assert uncounted == [[case]] * 2


CHANGES = {
    "nothing else": {}, "a text": {"state": "x"}, "days": {"next_due_on": LATER, "planned_on": None},
    "parties": {"parties": (("applicant", "Kumo"), ("sharer", "Ren"))},
    "matters": {"matters": (*MATTERS[1:], Pending("ban", "one.b", "r", "", LATEST))},
    "matters all": {"matters": ()}, "parties all": {"parties": ()},
    "all": {"state": "x", "parties": (), "matters": MATTERS[:1]},
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_over_what_was_written_last_only_what_differs_is_written(here, monkeypatch, name):
    case, base = here
    row = base._replace(head_seq=5, **CHANGES[name])
    done, run_all, run = [], link.run_all, link.run
    monkeypatch.setattr(link, "run_all", lambda statements: done.extend(statements) or run_all(statements))
    monkeypatch.setattr(link, "run", lambda *one: done.append(one) or run(*one))
    projection.put(case, row, base)
    assert held(case) == row._replace(matters=tuple(sorted(row.matters, key=Pending.order)))
    first = done[0][0]
    assert first.startswith("UPDATE ledger_standing SET ") and first.endswith(
        "WHERE case_id = %s AND head_seq = %s AND as_of = %s AND NOT counted"
    )
    columns = sum(getattr(row, c) != getattr(base, c) for c in projection.COLUMNS)
    assert first.count(" = %s") == columns + 3
    apart = {*row.parties} ^ {*base.parties}, {*row.matters} ^ {*base.matters}
    assert len({*done}) == 1 + sum(map(len, apart))


@pytest.mark.parametrize("between", [{"head_seq": 9}, {"as_of": LATEST}, {"counted": True}])
def test_where_another_row_lies_there_it_is_written_whole(here, monkeypatch, between):
    case, base = here
    Standing.objects.filter(pk=case).update(**between)
    row = base._replace(head_seq=9, state="x", parties=(), matters=())
    assert projection._put_difference(case, row, base) is False
    assert held(case).state == base.state and held(case).parties == PARTIES
    uncounted = []
    monkeypatch.setattr(course, "uncount", lambda cases: uncounted.append(cases))
    projection.put(case, row, base)
    assert held(case) == row and uncounted == [[case]]


def test_many_rows_at_once(here, monkeypatch):
    case, base = here
    uncounted = []
    monkeypatch.setattr(course, "uncount", lambda cases: uncounted.append(cases))
    row = base._replace(head_seq=5, state="x", parties=PARTIES[:1], matters=MATTERS[:1])
    projection.put_many([(case, row)])
    assert held(case) == row and uncounted == [[case]]
    projection.put_many([(case, row._replace(parties=(), matters=()))])
    assert held(case) == row._replace(parties=(), matters=())
    assert projection.matter_params([(1, row), (2, row)]) == [
        (n, "duty", "one.d0", "", "applicant", DAY.isoformat()) for n in (1, 2)
    ]


def test_days_are_written_as_the_driver_takes_them(monkeypatch):
    row = played_row()
    monkeypatch.setattr(link, "vendor", lambda: "sqlite")
    assert projection.params(7, row) == (7, *[v.isoformat() if isinstance(v, date) else v for v in row[:-2]])
    monkeypatch.setattr(link, "vendor", lambda: "postgresql")
    assert projection.params(7, row) == (7, *row[:-2])


def played_row():
    return Projected(
        "k", "s", "{}", DAY, None, LATER, None, False, True, DAY, "r", "w", 3, "d", "[]", "f", "a", PARTIES, MATTERS
    )


# -- made again --------------------------------------------------------------------------------------------------------


@pytest.fixture
def due_rows(sqlite_office, monkeypatch):
    """Four cases, three of whose rows a day has changed, in this order; their keys."""
    monkeypatch.setattr(clock, "today", lambda: LATEST)
    keys = [reading.head((played() if n else [opened()])[0].case).pk for n in range(4)]
    Standing.objects.update(state="planted", next_change_on=None)
    for pk, day in ((keys[0], LATEST), (keys[1], DAY), (keys[2], DAY), (keys[3], LATEST + timedelta(1))):
        Standing.objects.filter(pk=pk).update(next_change_on=day)
    return keys


def planted():
    return set(Standing.objects.filter(state="planted").values_list("pk", flat=True))


def test_the_longest_due_are_made_again_first_and_that_some_are_left_is_known(due_rows):
    first, second, third, fourth = due_rows
    assert set(projection.stale_by_day(LATEST).values_list("pk", flat=True)) == {first, second, third}
    assert projection.refresh(most=2) == 2 and planted() == {first, fourth} and projection.is_behind()
    assert set(Standing.objects.exclude(state="planted").values_list("as_of", flat=True)) == {LATEST}
    assert projection.refresh() == 1 and planted() == {fourth} and not projection.is_behind()
    assert projection.refresh() == 0 and not projection.is_behind()
    assert projection.refresh(LATEST + timedelta(1), most=1) == 1 and planted() == set() and not projection.is_behind()


def test_a_request_makes_so_many_rows_again(due_rows, monkeypatch):
    assert projection.AT_ONCE == 250
    monkeypatch.setattr(projection, "AT_ONCE", 3)
    assert projection.refresh() == 3 and not projection.is_behind()


def test_a_case_that_moved_while_its_row_was_made_is_folded_again(due_rows, monkeypatch):
    heads, asked = store.heads, []

    def moving(cases, lock=False):
        asked.append(lock)
        found = heads(cases)
        return (
            found
            if lock
            else [head._replace(head_digest="of before") if head.pk == cases[0] else head for head in found]
        )

    folded, made = projection.folded, []
    monkeypatch.setattr(store, "heads", moving)
    monkeypatch.setattr(projection, "folded", lambda heads, today: made.append(len(heads)) or folded(heads, today))
    assert projection.again(due_rows[:2], LATEST) == 2
    assert (asked, made) == ([False, True], [2, 1])
    assert set(Standing.objects.filter(pk__in=due_rows[:2]).values_list("head_digest", flat=True)) == {
        head.head_digest for head in heads(due_rows[:2])
    }


def test_one_row_and_many_are_made_alike(due_rows):
    heads = store.heads(due_rows)
    many = projection.folded(heads, LATEST)
    assert many == {head.pk: projection.of(head, LATEST) for head in heads}
    assert {pk: row.head_digest for pk, row in many.items()} == {head.pk: head.head_digest for head in heads}
