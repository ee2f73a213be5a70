"""Passports: drafts keep what was typed, versions never change, consent bounds every use, what is sealed stays so."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from vendor_world import KIND, OPERATOR, filing

from access.folk import key, person, recorded
from infrastructure.filing_world import answers, introduction, told
from kaname.access import api as access
from kaname.access.models import Mandate, SealedRead
from kaname.files.problems import BadInput
from kaname.ledger import clock
from kaname.ledger.errors import CannotOpen
from kaname.ledger.models import Case
from kaname.procedure import Entry, Refused
from kaname.regimes.infrastructure.filing.content import PartyRole, Sort
from kaname.regimes.infrastructure.filing.plan_record import plain
from kaname.vendors import api, vault
from kaname.vendors.binding import Binding, bind_late
from kaname.vendors.models import Draft, Note, Preparation, Use, Version
from kaname.vendors.plans import SECRET

CANARY = {"name": "カナリア太郎", "birth_date": "1931-07-19", "nationality": "QZ"}
SAID = {"officers": [CANARY]}


# -- drafts and versions -----------------------------------------------------------------------------------------------


def test_a_draft_keeps_what_was_typed_also_what_cannot_be_read(land):
    came = api.accept(land.invited())
    typed = {"name": "星野", "officers": [{"name": "A", "birth_date": "いつか"}], "holders": "?"}
    assert api.save(came.person, came.vendor.public_id, typed, 0) == 1
    back = api.draft(came.person, came.vendor.public_id)
    assert back.data == typed and sorted(p.field for p in back.problems) == ["holders", "officers[1].birth_date"]
    with pytest.raises(api.NotReadable) as wrong:
        api.publish(came.person, came.vendor.public_id)
    assert "いつか" not in str(wrong.value) and "officers[1].birth_date" in str(wrong.value)


def test_who_saves_second_overwrites_nothing(land):
    seat = land.vendor()
    number = api.draft(seat.who, seat.vendor).number
    api.save(seat.who, seat.vendor, told(name="甲"), number)
    for stale in (number, 0):
        with pytest.raises(api.Changed):
            api.save(seat.who, seat.vendor, told(name="乙"), stale)
    assert api.draft(seat.who, seat.vendor).data["name"] == "甲"


def test_what_is_no_json_is_refused_at_its_place(land):
    seat = land.vendor()
    number = api.draft(seat.who, seat.vendor).number
    with pytest.raises(api.NotAllowed) as wrong:
        api.save(seat.who, seat.vendor, {"name": "a\0"}, number)
    assert wrong.value.field == "name"


def test_versions_stay_and_the_database_refuses_to_change_one(land):
    seat = land.vendor()
    seat.publish(address="大阪市")
    assert [v.number for v in api.versions(seat.who, seat.vendor)] == [2, 1]
    assert api.read(seat.who, seat.vendor, 1).address == "東京都千代田区"
    assert api.read(seat.who, seat.vendor, 2).address == "大阪市"
    for change in (Version.objects.update, Version.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(**({"number": 9} if change == Version.objects.update else {}))
    assert Version.objects.count() == 2


def test_a_version_opens_only_where_it_was_sealed(land):
    seat, other = land.vendor(), land.vendor()
    mine, theirs = (Version.objects.select_related("vendor").get(vendor__public_id=s.vendor) for s in (seat, other))
    mine.sealed = theirs.sealed
    with pytest.raises(CannotOpen):
        vault.open_version(mine)


def test_a_vendor_is_told_all_that_its_draft_lacks(land):
    seat = land.vendor(certificates=[], sales=None)
    lacks = api.lacks(seat.who, seat.vendor, clock.today(), frozenset({PartyRole.SUPPLIER}), "mic")
    assert {f.id for f in lacks} == {"sales_missing", "registry_missing", "identity_missing"}


# -- consent -----------------------------------------------------------------------------------------------------------


def test_without_consent_a_vendor_is_not_there(land):
    seat = land.vendor()
    assert not list(api.offered(land.ono, land.plan))
    for vendor in (seat.vendor, "a" * 16, "\0", ""):
        with pytest.raises(api.Unknown) as unknown:
            api.attach(land.ono, land.plan, vendor, "星野計器", "supplier")
        assert str(unknown.value) == "there is no such thing"


def test_consent_is_for_a_plan_or_for_every_plan_of_the_operator(land):
    seat, second = land.vendor(), land.prepare()
    seat.consent()
    assert [c.vendor.public_id for c in api.offered(land.ono, land.plan)] == [seat.vendor]
    assert not list(api.offered(land.ono, second))
    seat.consent(every_plan=True)
    assert api.attach(land.ono, second, seat.vendor, "星野計器", "supplier")
    other = land.prepare(land.oka, "架空水道")
    assert not list(api.offered(land.oka, other))
    with pytest.raises(api.Unknown):
        api.attach(land.oka, other, seat.vendor, "星野計器", "supplier")


def test_consent_runs_through_its_last_day_and_no_longer(land, monkeypatch):
    seat = land.vendor()
    land.attached(seat, days=10)
    today = clock.today()
    monkeypatch.setattr(clock, "today", lambda: today + timedelta(10))
    assert api.in_preparation(land.ono, land.plan)[0].disclosure
    monkeypatch.setattr(clock, "today", lambda: today + timedelta(11))
    (shown,) = api.in_preparation(land.ono, land.plan)
    assert shown.disclosure is None and not list(api.offered(land.ono, land.plan))
    assert "disclosure_missing" in {f.id for f in api.check(land.ono, _filled(land), today).findings}


def _filled(land):
    now = api.see(land.ono, land.plan)
    api.keep(land.ono, land.plan, replace(introduction(), operator=OPERATOR, parties={}), now.number)
    return land.plan


def test_revoked_consent_takes_the_passport_out_of_what_is_not_filed(land):
    seat = land.vendor()
    land.attached(seat)
    consent = api.of_vendor(seat.who, seat.vendor)[0].public_id
    assert api.revoke(seat.who, seat.vendor, consent) == 1
    assert not api.in_preparation(land.ono, land.plan)
    assert api.revoke(seat.who, seat.vendor, consent) == 0
    with pytest.raises(api.Unknown):
        api.revoke(seat.who, seat.vendor, "a" * 16)


def test_what_was_filed_stays_with_the_authority_after_the_consent(land):
    seat = land.vendor(**SAID)
    case = land.filed(land.attached(seat))
    api.revoke(seat.who, seat.vendor, api.of_vendor(seat.who, seat.vendor)[0].public_id)
    assert api.in_case(land.mina, case)[0].disclosure
    assert api.reveal(land.mina, case, seat.vendor, 1).officers[0].nationality == "QZ"


@pytest.mark.parametrize("more", [{"days": -1}, {"days": 800}, {"veil": ["name"]}])
def test_a_consent_that_cannot_be_given_is_told(land, more):
    with pytest.raises(api.NotAllowed) as wrong:
        land.vendor().consent(**more)
    assert wrong.value.field in ("until", "veil")


def test_a_consent_goes_only_to_who_asked(land):
    seat, other = land.vendor(), land.vendor()
    with pytest.raises(api.Unknown):
        api.give(seat.who, seat.vendor, other.invitation, clock.today())


# -- who reads what ----------------------------------------------------------------------------------------------------


def test_the_operator_reads_what_is_not_veiled_and_officers_only_with_the_right(land):
    seat = land.vendor(**SAID)
    land.attached(seat, veil=["holders"])
    (shown,) = api.in_preparation(land.ono, land.plan)
    assert shown.veil == ("holders",) and shown.disclosure.holders is None and shown.disclosure.officers is None
    assert shown.disclosure.factories
    with pytest.raises(api.NotAllowed):
        api.reveal_to_operator(land.ono, land.plan, seat.vendor)
    Mandate.objects.filter(person=land.ono).update(sealed=True)
    revealed = api.reveal_to_operator(land.ono, land.plan, seat.vendor)
    assert revealed.officers[0].name == CANARY["name"] and revealed.holders is None


def test_the_authority_reads_officers_and_veiled_parts_with_the_right_and_a_line_in_the_log(land):
    seat = land.vendor(**SAID)
    case = land.filed(land.attached(seat, veil=["officers", "sales"]))
    for who in (land.mina, land.mori):
        (shown,) = api.in_case(who, case)
        assert shown.disclosure.officers is None and shown.disclosure.sales is None and shown.disclosure.holders
    assert not SealedRead.objects.exists()
    with pytest.raises(api.NotAllowed):
        api.reveal(land.mori, case, seat.vendor, 1)
    assert not SealedRead.objects.exists()
    assert api.reveal(land.mina, case, seat.vendor, 1, "page").officers[0].name == CANARY["name"]
    line = SealedRead.objects.get()
    assert (line.person, line.field, line.door) == (land.mina, f"passport {seat.vendor} 1", "page")


def test_the_authority_checks_the_form_of_what_was_filed(land):
    seat = land.vendor(officers=[{"name": "A", "nationality": "QZ"}], holders=None)
    case = land.filed(land.attached(seat, veil=["holders"]))
    told = {who: {f.id for f in api.check_filed(who, case, clock.today(), "meti")} for who in (land.mina, land.mori)}
    assert {"officer_birth_date_missing", "holders_missing", "registry_too_old"} <= told[land.mina]
    assert told[land.mori] == {"registry_too_old", "veiled_incomplete"}
    assert api.check_filed(land.ono, case, clock.today()) == [] and not SealedRead.objects.exists()
    assert "QZ" not in repr(api.check_filed(land.mina, case, clock.today()))


def test_the_authority_sees_nothing_before_an_act_names_it(land):
    seat = land.vendor()
    land.attached(seat)
    assert not api.vendors(land.mina)
    with pytest.raises(api.Unknown):
        api.plans_of(land.mina, seat.vendor)


def test_another_vendor_and_none_are_the_same_answer_after_the_same_statements(land):
    seat, other = land.vendor(**SAID), land.vendor()
    land.attached(seat)
    until, invitation = clock.today(), seat.invitation
    doors = {
        "draft": lambda v: api.draft(other.who, v),
        "save": lambda v: api.save(other.who, v, {}, 0),
        "publish": lambda v: api.publish(other.who, v),
        "versions": lambda v: api.versions(other.who, v),
        "read": lambda v: api.read(other.who, v, 1),
        "lacks": lambda v: api.lacks(other.who, v, until, frozenset()),
        "give": lambda v: api.give(other.who, v, invitation, until),
        "of_vendor": lambda v: api.of_vendor(other.who, v),
        "revoke": lambda v: api.revoke(other.who, v, "a" * 16),
        "plans_of": lambda v: api.plans_of(other.who, v),
        "notes": lambda v: api.notes(other.who, v),
        "note": lambda v: api.note(other.who, v, "x"),
        "offered": lambda v: api.offered(other.who, land.plan if v == seat.vendor else v),
        "see": lambda v: api.see(other.who, land.plan if v == seat.vendor else v),
        "in_preparation": lambda v: api.in_preparation(other.who, land.plan if v == seat.vendor else v),
    }
    for name, door in doors.items():
        answers = []
        for vendor in (seat.vendor, "a" * 16):
            with CaptureQueriesContext(connection) as run, pytest.raises(api.Unknown) as unknown:
                door(vendor)
            said = [q["sql"].replace(vendor, "?").replace(land.plan, "?") for q in run.captured_queries]
            answers.append((repr(unknown.value), unknown.value.text, [s for s in said if "POINT" not in s]))
        assert answers[0] == answers[1], name


def test_nobody_else_sees_a_plan_in_preparation(land):
    for who in (land.oka, land.mina, land.vendor().who):
        assert not list(api.preparations(who))
        with pytest.raises(api.Unknown):
            api.see(who, land.plan)
    with pytest.raises(api.NotAllowed):
        api.begin(land.oka, OPERATOR, "x", "introduction")


def test_rights_end_with_the_mandate(land):
    seat = land.vendor()
    case = land.filed(land.attached(seat))
    Mandate.objects.filter(person__in=[land.ono, land.mina]).update(valid_until=clock.today() - timedelta(1))
    with pytest.raises(api.Unknown):
        api.see(land.ono, land.plan)
    assert not api.in_case(land.mina, case) and not api.vendors(land.mina)


def test_sealed_matter_lies_nowhere_in_clear(land, caplog):
    seat = land.vendor(**SAID)
    case = land.filed(land.attached(seat))
    api.note(land.mina, seat.vendor, "カナリア太郎の件")
    api.reveal(land.mina, case, seat.vendor, 1)
    _filled(land)
    api.check(land.ono, land.plan, clock.today())
    rows = [list(model.objects.values()) for model in (Draft, Version, Preparation, Note, Use)]
    tables = repr(rows) + repr([bytes(r["sealed"]) for found in rows for r in found if "sealed" in r])
    for word in (CANARY["name"], CANARY["birth_date"], "給電指令システム"):  # two letters may stand in any cipher text
        assert word not in tables and word.encode().hex() not in tables and word not in caplog.text
    if land.office.path:
        connection.close()
        stored = b"".join(p.read_bytes() for p in Path(land.office.path.parent).glob("kaname.sqlite3*"))
        assert CANARY["name"].encode() not in stored and b"1931-07-19" not in stored


# -- in plans ----------------------------------------------------------------------------------------------------------


def _complete(land, **consent):
    """A plan that lacks nothing, with the vendor's passport in it."""
    today = clock.today()
    fresh = [{"sort": "registry", "issued_on": str(today)}, {"sort": "officer", "about": 1, "expires_on": str(today)}]
    seat = land.vendor(certificates=fresh, **SAID)
    land.attached(seat, **consent)
    plan = replace(introduction(), operator=OPERATOR, parties={}, starts=today + timedelta(60))
    api.keep(land.ono, land.plan, plan, api.see(land.ono, land.plan).number)
    return seat


def test_a_passport_completes_a_plan(land):
    _complete(land)
    assert api.check(land.ono, land.plan, clock.today(), "meti").findings == ()
    data = api.data_for_act(land.ono, land.plan)
    reference = Use.objects.get().reference
    assert data["passports"] == [reference] and data["supplier"] == "星野計器"
    assert data["components"] == [{"kind": "server", "name": "指令サーバー", "supplier": "星野計器", "made_in": "JP"}]
    assert CANARY["name"] not in repr(data)


def test_of_veiled_parts_the_check_says_only_that_something_is_missing(land):
    seat = _complete(land, veil=["officers"])
    seat.publish(officers=[{"name": "A", "nationality": "JP"}], certificates=[])
    api.attach(land.ono, land.plan, seat.vendor, "星野計器", "supplier")
    checked = api.check(land.ono, land.plan, clock.today())
    # The birth date and the identity document that are missing stand with the officers, who are veiled.
    assert {f.id for f in checked.findings} == {"registry_missing", "veiled_incomplete"}
    assert checked.behind_veils == {}


def test_the_newest_version_takes_the_place_of_an_earlier_one(land):
    seat = land.vendor()
    land.attached(seat)
    seat.publish(address="大阪市")
    assert api.in_preparation(land.ono, land.plan)[0].number == 1  # a plan changes only by its operator's hand
    api.attach(land.ono, land.plan, seat.vendor, "星野計器", "supplier")
    (shown,) = api.in_preparation(land.ono, land.plan)
    assert (shown.number, shown.disclosure.address) == (2, "大阪市")


def test_a_plan_in_preparation_is_kept_whole_and_by_one_at_a_time(land):
    now = api.see(land.ono, land.plan)
    whole = introduction()
    assert api.keep(land.ono, land.plan, whole, now.number) == 1
    assert plain(api.see(land.ono, land.plan).plan) == plain(whole)
    with pytest.raises(api.Changed):
        api.keep(land.ono, land.plan, whole, 0)
    assert whole.measures == answers(Sort.INTRODUCTION)


def test_a_file_is_taken_in_whole_or_not_at_all(land):
    good = "名称,機能,供給者\nサーバー,指令,星野計器\n".encode()
    assert len(api.take_in(land.ono, land.plan, "a.csv", good).plan.components) == 1
    bad = "供給者等の名称,保有者,割合\n星野計器,青空,たくさん\n".encode()
    for name, content in (("b.csv", bad), ("c.json", b'{"bomFormat":"CycloneDX","specVersion":"9"}')):
        with pytest.raises(BadInput):
            api.take_in(land.ono, land.plan, name, content)
    assert len(api.see(land.ono, land.plan).plan.components) == 1 and api.see(land.ono, land.plan).number == 1


# -- named by acts -----------------------------------------------------------------------------------------------------


def test_an_act_names_only_what_stands_in_a_plan_under_consent(land, monkeypatch):
    seat = land.vendor()
    use = land.attached(seat)
    reference = use.reference
    changed = reference[:-1] + ("0" if reference[-1] != "0" else "1")
    for who, named in ((land.oka, reference), (land.mina, reference), (land.ono, changed)):
        answer = Binding().claim(who, KIND, None, Entry("x", clock.today(), {"passports": [named]}), key())
        assert isinstance(answer, Refused) and answer.reasons[0].field == "passports"
    today = clock.today()
    monkeypatch.setattr(clock, "today", lambda: today + timedelta(101))
    answer = Binding().claim(land.ono, KIND, None, Entry("x", today, {"passports": [reference]}), key())
    assert isinstance(answer, Refused) and "consent" in answer.reasons[0].text.en
    assert Use.objects.get().filed_at is None


def test_the_act_that_opens_a_case_binds_its_passports(land):
    seat = land.vendor()
    case = land.filed(land.attached(seat))
    use = Use.objects.select_related("case", "preparation__case").get()
    assert use.case.public_id == use.preparation.case.public_id == case and use.opening == ""
    with pytest.raises(api.NotAllowed):  # a filed plan is changed by a proposal, not by hand
        api.attach(land.ono, land.plan, seat.vendor, "星野計器", "supplier")


def test_a_crash_between_act_and_binding_is_made_good(land, monkeypatch):
    seat = land.vendor()
    use = land.attached(seat)
    monkeypatch.setattr(Binding, "bind", lambda *_: None)
    case = land.filed(use)
    assert Use.objects.get().case is None
    assert bind_late() == 1 and Use.objects.get().case.public_id == case and bind_late() == 0


def test_an_act_in_a_case_binds_too_and_a_refused_one_binds_nothing(land, monkeypatch):
    opened = Entry("prior_consultation.ask", clock.today(), {"question": "?"}, by="operator", party=OPERATOR)
    case = recorded(access.open_case(land.ono, KIND, opened, idempotency_key=key())).case
    seat = land.vendor()
    reference = land.attached(seat).reference
    refused = access.act(land.ono, case, filing(reference, planned_on="いつか"), idempotency_key=key())
    assert isinstance(refused, Refused)
    assert not api.in_case(land.mina, case) and bind_late() == 0 and Use.objects.get().filed_at is None
    with monkeypatch.context() as crashed:
        crashed.setattr(Binding, "bind", lambda *_: None)
        recorded(access.act(land.ono, case, filing(reference), idempotency_key=key()))
    assert not api.in_case(land.mina, case)
    assert bind_late() == 1 and [s.vendor for s in api.in_case(land.mina, case)] == [seat.vendor]


def test_filing_one_plan_leaves_the_others_as_they_are(land):
    seat = land.vendor()
    one = land.attached(seat, every_plan=True)
    api.attach(land.ono, land.prepare(), seat.vendor, "星野計器", "supplier")
    land.filed(one)
    assert [use.filed_at is not None for use in Use.objects.order_by("pk")] == [True, False]


def test_a_plan_in_preparation_becomes_the_act_that_files_it(land):
    seat = _complete(land)
    data = api.data_for_act(land.ono, land.plan)
    case = recorded(
        access.open_case(land.ono, KIND, filing(*data.pop("passports"), **data), idempotency_key=key())
    ).case
    assert [(s.vendor, s.filed) for s in api.in_case(land.mina, case)] == [(seat.vendor, True)]
    assert access.recorded(land.mina, case)[0].entry.data["supplier"] == "星野計器"


# -- across plans ------------------------------------------------------------------------------------------------------


def test_the_authority_sees_the_same_vendor_across_plans_and_records_reasons(land):
    seat = land.vendor()
    first = land.filed(land.attached(seat, every_plan=True))
    second = land.prepare()
    other = land.filed(api.attach(land.ono, second, seat.vendor, "星野計器", "component_supplier"))
    assert [(v.name, v.country, v.plans) for v in api.vendors(land.mina)] == [("星野計器", "JP", 2)]
    vendor, found = api.plans_of(land.mina, seat.vendor)
    assert [s.case for s in found] == [other, first] and {s.operator for s in found} == {OPERATOR}
    api.note(land.mina, seat.vendor, "同じ供給者が二つの計画にある")
    api.note(land.mina, seat.vendor, "この計画について", first)
    assert [(n.text, n.case) for n in api.notes(land.mori, seat.vendor)] == [
        ("この計画について", first), ("同じ供給者が二つの計画にある", ""),
    ]  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.all().delete()
    narrow = person("Narrow", "sector_minister", kind=KIND)
    Mandate.objects.filter(person=narrow).update(case=Case.objects.get(public_id=other))
    assert [v.plans for v in api.vendors(narrow)] == [1]
    assert [n.text for n in api.notes(narrow, seat.vendor)] == ["同じ供給者が二つの計画にある"]
    assert vendor.public_id == seat.vendor


def test_names_begin_as_asked_and_pages_end(land):
    seat = land.vendor()
    land.filed(land.attached(seat))
    assert [v.id for v in api.vendors(land.mina, "星")] == [seat.vendor]
    assert not api.vendors(land.mina, "月") and not api.vendors(land.mina, start=50)


def test_operators_and_vendors_have_no_view_across(land):
    seat = land.vendor()
    case = land.filed(land.attached(seat))
    for who in (land.ono, land.oka, seat.who):
        assert not api.vendors(who) and not api.in_case(who, case)
        for door in (api.plans_of, api.notes):
            with pytest.raises(api.Unknown):
                door(who, seat.vendor)
        with pytest.raises(api.Unknown):
            api.reveal(who, case, seat.vendor, 1)


def test_lists_cost_the_same_statements_however_much_there_is(land):
    def counted(ask):
        with CaptureQueriesContext(connection) as run:
            ask()
        return len(run.captured_queries)

    seat = land.vendor()
    land.filed(land.attached(seat, every_plan=True))
    asks = (lambda: api.vendors(land.mina), lambda: api.plans_of(land.mina, seat.vendor))
    few = [counted(ask) for ask in asks]
    for _ in range(4):
        land.filed(api.attach(land.ono, land.prepare(), seat.vendor, "星野計器", "supplier"))
        land.filed(_another(land))
    assert [counted(ask) for ask in asks] == few and max(few) <= 3


def _another(land):
    seat, plan = land.vendor(), land.prepare()
    seat.consent(every_plan=True)
    return api.attach(land.ono, plan, seat.vendor, "別の供給者", "supplier")


def test_officers_never_come_without_being_asked_for(land):
    assert set(SECRET) == {"officers"}
