"""Which mandates count on a day: nothing is lent beyond what the lender has, and all of it ends with the day."""

from datetime import date, timedelta
from operator import attrgetter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from folk import LONG_AGO, person

from kaname.access import predicate, rights
from kaname.access.errors import NotAllowed
from kaname.access.models import Deputy, Mandate, Person
from kaname.access.predicate import mandates

DAY = date(2026, 5, 4)
ONE = timedelta(1)


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """In one of two kinds people act in person."""
    found = {id: type("Kind", (), {"in_person": id == "lab.case"}) for id in ("small.permit", "lab.case")}
    monkeypatch.setattr("kaname.access.predicate.kinds", lambda: found)


@pytest.fixture
def kumo(db):
    return person("Kumo", "applicant", sealed=True)


@pytest.fixture
def dai(kumo):
    """Deputises for Kumo, and has a mandate that reads what is sealed."""
    made = person("Dai", "jpo", sealed=True)
    Deputy.objects.create(person=made, principal=kumo, valid_from=DAY, valid_until=DAY)
    return made


def held(who, day=DAY):
    return {(m.role, m.lent_by != "", m.may_act, m.sealed) for m in mandates(who, day)}


OWN, LENT = ("jpo", False, True, True), ("applicant", True, True, False)


def test_nothing_sealed_is_lent_and_ones_own_stays_as_it_is(dai):
    assert held(dai) == {OWN, LENT}
    assert held(dai, DAY + ONE) == {OWN}


@pytest.mark.parametrize("on", [Mandate, Deputy])
def test_what_is_lent_acts_only_where_both_may(kumo, dai, on):
    on.objects.filter(**{"person": kumo} if on is Mandate else {}).update(may_act=False)
    assert held(dai) == {OWN, ("applicant", True, False, False)}


whole = attrgetter("role", "kind", "party", "case_id", "valid_from", "valid_until", "may_act")


def test_each_mandate_counts_once_and_is_whole(kumo, dai):
    Person.objects.create_user("o@example.jp", None, name="O", office=kumo.office)
    kumo.mandates.update(kind="small.permit")
    for who in (kumo, dai):
        found = [whole(m) for m in mandates(who, DAY)]
        assert len(found) == len(held(who)) == len(set(found))
        assert set(found) <= {whole(row) for row in Mandate.objects.all()}


def test_within_a_page_mandates_are_asked_for_once_and_not_a_moment_longer(kumo, dai):
    with CaptureQueriesContext(connection) as asked, predicate.asked_once():
        first = mandates(kumo, DAY)
        mandates(kumo, DAY).clear()  # whoever asks has a list of their own
        kumo.mandates.update(may_act=False)
        assert mandates(kumo, DAY) == first and len(first) == 1
        assert held(dai) == {OWN, ("applicant", True, False, False)}, "another person"
        assert held(dai, DAY + ONE) == {OWN}, "another day"
    assert sum("access_mandate AS m" in q["sql"] for q in asked.captured_queries) == 3
    assert [m.may_act for m in mandates(kumo, DAY)] == [False]


def test_of_what_is_lent_kinds_in_person_stay_behind_and_every_other_kind_comes(kumo, dai):
    def kinds_lent():
        return sorted(m.kind for m in mandates(dai, DAY) if m.lent_by)

    assert kinds_lent() == ["small.permit"]
    kumo.mandates.update(kind="lab.case")
    assert kinds_lent() == []
    for role, kind, lent in (
        ("jpo", "", []), ("applicant", "small.permit", []), ("applicant", "lab.case", ["lab.case"]),
        ("applicant", "", ["lab.case"]),
    ):  # fmt: skip
        dai.mandates.update(role=role, kind=kind)
        assert kinds_lent() == lent, (role, kind)
    kumo.mandates.update(kind="")
    assert kinds_lent() == [""]


@pytest.mark.parametrize("ended", ["kumo", "dai"])
def test_with_the_account_its_mandates_end_even_where_the_row_in_hand_is_old(kumo, dai, ended):
    Person.objects.filter(pk={"kumo": kumo, "dai": dai}[ended].pk).update(is_active=False)
    assert held(kumo) == (set() if ended == "kumo" else {("applicant", False, True, True)})
    assert held(dai) == ({OWN} if ended == "kumo" else set())


def test_nothing_is_asked_for_an_account_that_is_known_to_have_ended(dai):
    dai.is_active = False
    with CaptureQueriesContext(connection) as asked:
        assert mandates(dai, DAY) == [] and not asked.captured_queries


def test_a_right_runs_from_its_first_day_to_its_last(dai):
    deputy = Deputy.objects.get()
    for day in (DAY - ONE, DAY, DAY + ONE):
        runs = day == DAY
        assert Deputy.objects.filter(predicate.in_force(day)).exists() is deputy.runs_on(day) is runs
    Deputy.objects.update(valid_until=None)
    assert Deputy.objects.filter(predicate.in_force(DAY + 9 * ONE)).exists()


def test_days_that_make_no_sense_are_refused(db):
    rights.dated(DAY, None)
    rights.dated(DAY, DAY)
    with pytest.raises(NotAllowed) as wrong:
        rights.dated(DAY, DAY - ONE)
    assert wrong.value.field == "until"


def test_a_right_ends_once_with_a_day_and_all_sessions_with_it(kumo, dai):
    ends, stamp = kumo.mandates.get(), kumo.stamp
    ends.person.name = "being changed"
    Mandate.objects.filter(pk=ends.pk).update(party="Kumo")  # meanwhile, by another
    rights.end(ends, dai, DAY)
    row = Mandate.objects.get(pk=ends.pk)
    assert (row.party, ends.person.name) == ("Kumo", "being changed")
    assert (row.valid_from, row.valid_until, row.ended_by) == (LONG_AGO, DAY, dai) and row.ended_at
    assert ends.person.stamp == Person.objects.get(pk=kumo.pk).stamp == stamp + 1
    for later in (DAY, DAY + ONE):
        rights.end(ends, kumo, later)
    assert Mandate.objects.get(pk=ends.pk).ended_by == dai and Mandate.objects.get(pk=ends.pk).valid_until == DAY
    assert Person.objects.get(pk=kumo.pk).stamp == stamp + 1 and Person.objects.get(pk=dai.pk).stamp == 0
    rights.end(ends, kumo, DAY - ONE)
    assert Mandate.objects.get(pk=ends.pk).valid_until == DAY - ONE


def test_the_condition_for_every_case_is_no_empty_one(kumo):
    """Joined to another by OR an empty condition would vanish, and of all cases those of the other would be left."""
    found = predicate.covers(mandates(kumo, DAY))
    assert found == predicate.EVERY and bool(found)
    assert predicate.covers([]) != found


def test_who_has_the_mandates_in_hand_is_judged_by_those(kumo):
    with CaptureQueriesContext(connection) as asked:
        for condition, key in ((predicate.visible_to, "pk"), (predicate.rows_visible_to, "case_id")):
            none = predicate.outside_compartments(kumo, DAY, key)
            assert condition(kumo, DAY, []) == predicate.covers([], key.removesuffix("_id").replace("pk", "")) & none
    assert not asked.captured_queries
