"""Rows of lists that have fallen behind: a request makes few of them again, `catch_up` the rest, and only those."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from acts import APPLY, STORY, key, opened, played
from click.testing import CliRunner
from django.db import connection
from small_kinds import PERMIT

from kaname.cli import root
from kaname.days import days_n
from kaname.ledger import anew, clock, cores, projection, verify
from kaname.ledger.errors import LedgerError
from kaname.ledger.kinds import kind
from kaname.ledger.models import Standing
from kaname.procedure.fingerprint import fingerprint

CASES, HERE = 6, os.getpid()
LATER = STORY[-1].on + timedelta(400)


@pytest.fixture
def cases(office, monkeypatch):
    monkeypatch.setattr(cores, "SIZE", 2)
    monkeypatch.setattr(clock, "today", lambda: STORY[-1].on)
    return [played()[0].case if i % 2 else opened().case for i in range(CASES)]


def behind_by_day():
    return projection.stale_by_day(LATER).count()


def test_a_request_makes_few_rows_again_and_says_that_some_are_left(cases):
    many = behind_by_day()
    assert many > 2
    assert projection.refresh(LATER, most=2) == 2
    assert projection.is_behind()
    assert behind_by_day() == many - 2
    while projection.refresh(LATER, most=2):
        pass
    assert not projection.is_behind()
    assert behind_by_day() == 0
    assert verify.verify().faults == []


def test_the_longest_due_come_first(cases):
    due = projection.stale_by_day(LATER).order_by("next_change_on", "pk").values_list("pk", flat=True)
    first = list(due)[:2]
    projection.refresh(LATER, most=2)
    assert set(Standing.objects.filter(as_of=LATER).values_list("pk", flat=True)) == set(first)


def test_a_row_made_under_another_declaration_waits_for_catch_up(cases):
    """Lists show it as it was; nothing else is made again."""
    planted = Standing.objects.order_by("pk")[1:4].values_list("pk", flat=True)
    Standing.objects.filter(pk__in=list(planted)).update(declared="of old", state="planted")
    assert projection.refresh() == 0
    assert Standing.objects.filter(state="planted").count() == anew.behind() == 3
    assert anew.catch_up(jobs=2) == 3
    assert anew.behind() == anew.catch_up() == 0
    assert not Standing.objects.filter(state="planted").exists()
    assert verify.verify().faults == []


def test_who_was_stopped_goes_on_where_it_ended(cases, monkeypatch):
    Standing.objects.update(declared="of old", state="planted")
    original, last = projection.folded, Standing.objects.order_by("-pk")[0].pk

    def dying(heads, today):
        if os.getpid() != HERE and last in [head.pk for head in heads]:
            os._exit(1)
        return original(heads, today)

    monkeypatch.setattr(projection, "folded", dying)
    with pytest.raises(LedgerError, match="ended early"):
        anew.catch_up(jobs=2)
    left = anew.behind()
    assert 0 < left <= CASES
    assert anew.catch_up(jobs=1) == left
    assert verify.verify().faults == []


def test_migrate_makes_them_again_and_says_so(cases, monkeypatch):
    monkeypatch.setattr("django.core.management.call_command", lambda *_, **__: None)  # the tables are there
    Standing.objects.update(declared="of old", state="planted")
    done = CliRunner().invoke(root, ["--lang", "en", "migrate"], catch_exceptions=False)
    assert (done.exit_code, done.stdout) == (0, f"{CASES} rows of the lists made again\n")
    assert CliRunner().invoke(root, ["--lang", "en", "migrate"], catch_exceptions=False).stdout == ""
    done = CliRunner().invoke(root, ["--lang", "en", "rebuild", "--behind"], catch_exceptions=False)
    assert done.stdout == "0 cases rebuilt\n"


def test_an_act_writes_its_row_under_the_declaration_of_today(cases):
    assert set(Standing.objects.values_list("declared", flat=True)) == {fingerprint(kind("small.permit"))}


@pytest.mark.parametrize("of", [anew.catch_up, anew.rebuild])
def test_sqlite_is_told_how_its_tables_are_filled(sqlite_office, of):
    """A migration that makes a table anew drops what was known of it: a list was then read without its index.
    PostgreSQL looks by itself."""
    played()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1")
        of(jobs=1)
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        assert {"ledger_standing", "ledger_case", "ledger_entry"} <= {row[0] for row in cursor.fetchall()}


# -- what a fingerprint tells apart ------------------------------------------------------------------------------------


def changed(**more):
    """The small kind with its first procedure changed."""
    first, *rest = PERMIT.procedures
    return replace(PERMIT, procedures=(replace(first, **more), *rest))


def test_words_do_not_count_and_every_rule_does():
    of = fingerprint(PERMIT)
    first = PERMIT.procedures[0]
    assert fingerprint(changed(label=replace(first.label, ja="別の名"))) == of
    longer = replace(first.clocks[0], counts=(replace(first.clocks[0].counts[0], length=days_n(99)),))
    assert fingerprint(changed(clocks=(longer, *first.clocks[1:]))) != of
    assert fingerprint(changed(acts=first.acts[:-1])) != of
    assert fingerprint(replace(PERMIT, in_force=APPLY.on)) != of


def asks(limit):
    def proposes(view):
        return _LIMITS[limit]

    return proposes


_LIMITS = {1: 10, 2: 20}


def test_a_function_counts_by_what_it_does(monkeypatch):
    first, *acts = PERMIT.procedures[0].acts

    def with_(function):
        field = replace(first.fields[0], proposes=function)
        return fingerprint(changed(acts=(replace(first, fields=(field, *first.fields[1:])), *acts)))

    assert with_(asks(1)) == with_(asks(1))
    assert with_(asks(1)) != with_(asks(2))
    before = with_(asks(1))
    monkeypatch.setitem(_LIMITS, 1, 11)
    assert with_(asks(1)) != before
    assert with_(lambda view: APPLY.act) != with_(lambda view: key)
