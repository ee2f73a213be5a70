"""Who is away lends their mandates from day to day; both are on record; nothing sealed or hidden is lent."""

from datetime import date, timedelta

import pytest
from folk import circle, key, person, recorded

from kaname.access import api as access
from kaname.access import compartments, deputies
from kaname.access.api import UnknownCase
from kaname.access.errors import NotAllowed, Unknown
from kaname.access.models import Mandate, Office, Placement
from kaname.ledger import clock
from kaname.ledger.models import Case
from kaname.ledger.models import Entry as Written
from kaname.procedure import Entry, Refused
from ledger.acts import APPLY

DAY = timedelta(1)


@pytest.fixture
def today(monkeypatch):
    def turn(day):
        monkeypatch.setattr("kaname.ledger.clock.today", lambda: day)

    turn(date(2026, 5, 4))
    return turn


@pytest.fixture
def folk(office, today):
    return {
        "kumo": person("Kumo", "applicant", party="Kumo", sealed=True),
        "dai": person("Dai"),
        "chief": person("Chief", admin=True),
    }


def opened(who):
    return recorded(access.open_case(who, "small.permit", APPLY, idempotency_key=key())).case


def sees(who, case):
    try:
        return access.find(who, case).public_id == case
    except UnknownCase:
        return False


def named(folk, **more):
    asked = {"first": clock.today(), "last": clock.today() + 5 * DAY, **more}
    return deputies.name(folk["kumo"], folk["dai"], **asked)


def test_it_begins_and_ends_by_itself(folk, today):
    case, first = opened(folk["kumo"]), clock.today() + DAY
    named(folk, first=first, last=first + DAY)
    seen = []
    for n in range(4):
        today(first + (n - 1) * DAY)
        seen.append(sees(folk["dai"], case))
    assert seen == [False, True, True, False]


def test_both_are_on_record_and_the_role_stays(folk):
    named(folk)
    case = opened(folk["dai"])
    row = Written.objects.get(case__public_id=case)
    assert row.person == f"{folk['dai'].public_id}/{folk['kumo'].public_id}" and row.party == "Kumo"
    (told,) = access.recorded(folk["kumo"], case)
    assert (told.person, told.behalf) == ("Dai", "Kumo")


def test_who_may_do_it_themself_does_it_in_their_own_name(folk):
    named(folk)
    Mandate.objects.create(person=folk["dai"], role="applicant", party="Kumo", valid_from=date(2020, 1, 1))
    case = opened(folk["dai"])
    assert Written.objects.get(case__public_id=case).person == folk["dai"].public_id


def test_reading_only_lends_no_act(folk):
    named(folk, may_act=False)
    case = opened(folk["kumo"])
    assert sees(folk["dai"], case)
    answer = access.act(folk["dai"], case, Entry("review.withdraw", clock.today()), idempotency_key=key())
    assert isinstance(answer, Refused) and {r.code for r in answer.reasons} == {"mandate"}


def test_no_compartment_and_nothing_sealed_is_lent(folk):
    named(folk)
    case = opened(folk["kumo"])
    assert sees(folk["dai"], case) and not access.see(folk["dai"], case).sealed
    room = circle("room", folk["kumo"])
    compartments.put_in(room, Case.objects.get(public_id=case).pk, None)
    assert sees(folk["kumo"], case) and not sees(folk["dai"], case)


def test_what_was_lent_is_not_lent_on(folk):
    case, third = opened(folk["kumo"]), person("Third")
    named(folk)
    deputies.name(folk["dai"], third, clock.today(), clock.today() + DAY)
    assert sees(folk["dai"], case) and not sees(third, case)


@pytest.mark.parametrize("ends", ["stop", "account", "mandate"])
def test_it_is_over_at_once(folk, ends):
    case, lent = opened(folk["kumo"]), named(folk)
    assert sees(folk["dai"], case)
    stamp = folk["dai"].stamp
    if ends == "stop":
        deputies.stop(folk["dai"], lent.public_id)
        folk["dai"].refresh_from_db()
        assert folk["dai"].stamp > stamp, "sessions end"
    elif ends == "account":
        folk["kumo"].is_active = False
        folk["kumo"].save()
    else:
        Mandate.objects.filter(person=folk["kumo"]).update(valid_until=clock.today() - DAY)
    assert not sees(folk["dai"], case)


def test_kinds_in_person_want_the_role_itself_or_an_administrator(folk, monkeypatch):
    kinds = {id: type("Kind", (), {"in_person": id == "small.permit"}) for id in ("small.permit", "lab.case")}
    case, lent = opened(folk["kumo"]), named(folk)
    monkeypatch.setattr("kaname.access.predicate.kinds", lambda: kinds)
    assert not sees(folk["dai"], case)
    own = Mandate.objects.create(person=folk["dai"], role="applicant", party="Hana", valid_from=date(2020, 1, 1))
    assert sees(folk["dai"], case)
    own.delete()
    deputies.clear(folk["chief"], lent.public_id)
    assert sees(folk["dai"], case)


def test_who_may_name_agree_and_end(folk):
    far = person("Far")
    far.office = Office.objects.create(sort="company", name_ja="別社", name_en="Other")
    far.save()
    today = clock.today()
    for deputy, first, last, field in (
        (far, today, today, "deputy"), (folk["kumo"], today, today, "deputy"),
        (folk["dai"], today - DAY, today, "from"),
        (folk["dai"], today, today - DAY, "until"), (folk["dai"], today, today + 400 * DAY, "until"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed) as wrong:
            deputies.name(folk["kumo"], deputy, first, last)
        assert wrong.value.field == field
    lent = named(folk)
    for by in (folk["kumo"], folk["dai"]):
        with pytest.raises(NotAllowed):
            deputies.clear(by, lent.public_id)
    with pytest.raises(Unknown):
        deputies.stop(far, lent.public_id)
    assert (
        [d.person for d in deputies.given(folk["kumo"])]
        == [folk["dai"]]
        == [d.person for d in deputies.every(folk["chief"])]
    )
    deputies.stop(folk["chief"], lent.public_id)
    assert not deputies.held(folk["dai"]).exists()


def test_who_stands_in_is_named_with_the_case_while_it_runs(folk, today):
    case, first = opened(folk["kumo"]), clock.today() + DAY
    named(folk, first=first, last=first)

    def told():
        return [(s.name, s.deputy_for, s.may_act) for s in access.people_of(folk["kumo"], case)]

    assert told() == [("Kumo", "", True)]
    today(first)
    assert told() == [("Kumo", "", True), ("Dai", "Kumo", True)]
    today(first + DAY)
    assert told() == [("Kumo", "", True)]


def test_a_deputy_outside_the_compartment_is_not_named(folk):
    case = opened(folk["kumo"])
    named(folk)
    Placement.objects.create(case=Case.objects.get(public_id=case), compartment=circle("輪", folk["kumo"]))
    assert [s.name for s in access.people_of(folk["kumo"], case)] == ["Kumo"]
