"""Must a plan be filed? The wizard asked directly; days counted by hand."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from kaname.regimes.infrastructure import as_data
from kaname.regimes.infrastructure.answers import Verdict
from kaname.regimes.infrastructure.catalogue import NotInCatalogue
from kaname.regimes.infrastructure.catalogue.sectors import SECTORS
from kaname.regimes.infrastructure.exempt_persons import ControlFactor, Supplier, controls
from kaname.regimes.infrastructure.grace_days import accept_by, last_exempt_day
from kaname.regimes.infrastructure.scope_event import EMERGENCY, Event
from kaname.regimes.infrastructure.scope_wizard import NO_FACILITY, Route, assess
from kaname.regimes.infrastructure.situation import Grace, Situation

D = date.fromisoformat
POWER = dict(
    sector="electricity", business="generation", designated_on=D("2023-11-16"), facility="output_control",
    figures={"output_kw": Decimal(500_000), "controlled_output_kw": Decimal(500_000)}, event=Event.INTRODUCTION,
    supplier=Supplier.THIRD,
)  # fmt: skip


def route(on, **more):
    return assess(Situation(on=D(on), **{**POWER, **more})).route


def needs(on, **more):
    return [n.id for n in assess(Situation(on=D(on), **{**POWER, **more})).plan.needs]


# -- T4: first designations and grace ---------------------------------------------------------------------------------


def test_t4_last_day_of_grace_and_first_day_after():
    assert route("2024-05-16") is Route.NOTHING
    found = assess(Situation(on=D("2024-05-17"), **POWER))
    assert found.route is Route.PLAN
    assert (found.grace.first_counted_day, found.grace.last_day) == (D("2023-11-17"), D("2024-05-16"))
    assert found.accept_by.standard == D("2024-04-17")


@pytest.mark.parametrize(
    ("designated", "last"),
    [
        ("2023-11-16", "2024-05-16"),
        ("2025-08-31", "2026-02-28"),  # first day 1 September; 1 March has no eve but the 28th
        ("2025-08-30", "2026-02-28"),  # no 31 February
        ("2025-08-28", "2026-02-28"),  # first day 29 August, no 29 February: the month's end
        ("2025-08-27", "2026-02-27"),
        ("2027-08-31", "2028-02-29"),  # a leap year
        ("2027-08-28", "2028-02-28"),  # first day 29 August; 29 February exists, the eve of it
        ("2024-12-31", "2025-06-30"),
        ("2024-02-29", "2024-08-31"),  # first day 1 March
        ("2025-04-01", "2025-10-01"),
    ],
)
def test_six_months_first_day_left_out(designated, last):
    assert last_exempt_day(D(designated)) == D(last)


@pytest.mark.parametrize(
    ("day", "standard", "extended"),
    [
        ("2024-05-17", "2024-04-17", "2024-01-17"),
        ("2024-06-16", "2024-05-17", "2024-02-16"),  # T1: accepted 17 May, free 16 June
        ("2024-09-17", "2024-08-18", "2024-05-17"),  # T2: four months from 17 May end on 16 September
        ("2025-03-01", "2025-01-30", "2024-11-01"),  # four months from 1 Nov end on 28 Feb
        ("2024-03-01", "2024-01-31", "2023-11-01"),
        ("2025-07-01", "2025-06-01", "2025-03-01"),
    ],
)
def test_last_days_of_acceptance(day, standard, extended):
    found = accept_by(D(day))
    assert (found.standard, found.if_extended) == (D(standard), D(extended))


def test_an_acceptance_one_day_later_is_too_late():
    """The cap is the latest day that fits: checked against the count itself."""
    from kaname.days import FirstDay, Move, end, months

    for n in range(800):
        day = date.fromordinal(D("2024-01-01").toordinal() + n)
        latest = accept_by(day).if_extended
        one_more = date.fromordinal(latest.toordinal() + 1)
        assert end(latest, months(4), FirstDay.COUNTED, Move.NONE).last_day < day
        assert end(one_more, months(4), FirstDay.COUNTED, Move.NONE).last_day >= day


# -- successors, later listings ----------------------------------------------------------------------------------------


def test_successors_have_no_grace_from_2026_09_18_on():
    after = dict(designated_on=D("2026-09-18"), third_party_facility=False)
    assert route("2026-10-01", **after, successor=True) is Route.PLAN
    assert route("2026-10-01", **after, successor=False) is Route.NOTHING
    assert route("2026-10-01", **after) is Route.ASK
    assert needs("2026-10-01", **after) == ["successor"]
    before = dict(designated_on=D("2026-09-17"))
    assert route("2026-10-01", **before, successor=True) is Route.NOTHING


def test_successor_answer_is_marked_as_resting_on_one_reading():
    found = assess(Situation(on=D("2026-10-01"), **{**POWER, "designated_on": D("2026-09-18"), "successor": True}))
    last = found.operator.why[-1]
    assert (last.question, last.confidence.value) == (304, "medium")


def test_six_months_after_an_amendment_lists_the_facility():
    listed = dict(facility_listed_on=D("2025-08-31"))
    assert route("2026-02-28", **listed) is Route.NOTHING
    assert route("2026-03-01", **listed) is Route.PLAN


def test_before_the_amendment_lists_it_the_item_is_not_critical_yet():
    assert route("2025-06-12", facility_listed_on=D("2025-06-13")) is Route.NOTHING
    assert route("2025-12-13", facility_listed_on=D("2025-06-13")) is Route.NOTHING
    assert route("2025-12-14", facility_listed_on=D("2025-06-13")) is Route.PLAN
    work = dict(work_listed_on=D("2025-06-13"))
    assert route("2025-06-12", event=Event.ENTRUSTED_MAINTENANCE, **work) is Route.NOTHING
    assert route("2025-06-12", **work) is Route.PLAN, "an introduction is no work"


def test_of_two_facts_that_contradict_each_other_one_is_asked_for():
    assert route("2024-11-01", lifted_on=D("2023-11-15")) is Route.ASK, "lifted before it was made"
    assert "lifted_on" in needs("2024-11-01", lifted_on=D("2023-11-15"))
    assert route("2024-11-01", lifted_on=D("2023-11-16")) is Route.NOTHING
    assert route("2024-11-01", designated=False) is Route.ASK, "a day of designation, and none"
    assert route("2024-11-01", designated=False, designated_on=None) is Route.NOTHING


def test_a_subsidiarys_system_with_foreign_components_is_not_said_to_hold_nothing():
    found = assess(Situation(on=D("2026-09-17"), **{**POWER, "supplier": Supplier.SUBSIDIARY},
        third_party_facility=False, third_party_component=True))  # fmt: skip
    assert found.route is Route.NOTHING
    assert "component" not in found.plan.why[-1].text.en and "facility of a third party" in found.plan.why[-1].text.en


def test_a_listing_of_the_work_touches_entrustments_only():
    listed = dict(work_listed_on=D("2025-08-31"))
    assert route("2026-02-28", **listed, event=Event.ENTRUSTED_MAINTENANCE) is Route.NOTHING
    assert route("2026-02-28", **listed) is Route.PLAN


def test_the_new_trucking_facility_asks_whether_it_was_critical_before():
    truck = dict(
        sector="trucking", business=None, designated_on=D("2023-11-16"), facility="trucking_system",
        figures={"dispatch_or_cargo_lookup": True}, event=Event.INTRODUCTION, supplier=Supplier.THIRD,
    )  # fmt: skip
    during = assess(Situation(on=D("2025-12-13"), **truck))
    assert (during.route, [n.id for n in during.plan.needs]) == (Route.ASK, ["facility_listed_on"])
    assert assess(Situation(on=D("2025-12-14"), **truck)).route is Route.PLAN
    assert assess(Situation(on=D("2025-12-13"), **truck, facility_listed_on=D("2025-06-13"))).route is Route.NOTHING
    assert assess(Situation(on=D("2025-12-13"), **truck, facility_listed_on=D("2023-11-01"))).route is Route.PLAN
    with pytest.raises(NotInCatalogue, match="trucking_system_2023"):
        assess(Situation(on=D("2025-06-12"), **truck))


# -- the operator -----------------------------------------------------------------------------------------------------


def test_only_the_designated_must_file():
    nobody = dict(designated_on=None)
    assert route("2025-06-02", **nobody, designated=False) is Route.NOTHING
    assert needs("2025-06-02", **nobody) == ["designated_on"]
    assert assess(Situation(on=D("2025-06-02"), **{**POWER, **nobody})).operator.verdict is Verdict.INSIDE
    small = dict(nobody, figures={"output_kw": Decimal(499_999), "controlled_output_kw": Decimal(500_000)})
    assert assess(Situation(on=D("2025-06-02"), **{**POWER, **small})).operator.verdict is Verdict.OUTSIDE
    assert route("2025-06-02", **small) is Route.NOTHING


def test_a_designation_without_its_day_asks_unless_the_grace_is_told():
    dayless = dict(designated_on=None, designated=True)
    assert needs("2025-06-02", **dayless) == ["designated_on"]
    assert route("2025-06-02", **dayless, grace=Grace.OVER) is Route.PLAN
    assert route("2025-06-02", **dayless, grace=Grace.RUNNING) is Route.NOTHING


def test_before_the_designation_and_after_its_end_nothing_is_filed():
    assert route("2023-11-15", designated_on=D("2023-11-16")) is Route.NOTHING
    assert route("2025-06-02", lifted_on=D("2025-06-02")) is Route.NOTHING
    assert route("2025-06-01", lifted_on=D("2025-06-02")) is Route.PLAN


def test_the_duty_stands_while_figures_sink_below_the_criteria():
    found = assess(Situation(on=D("2025-06-02"), **{**POWER, "figures": {
        "output_kw": Decimal(1), "controlled_output_kw": Decimal(500_000)}}))  # fmt: skip
    assert (found.criteria.verdict, found.operator.verdict, found.route) == (
        Verdict.OUTSIDE, Verdict.INSIDE, Route.PLAN)  # fmt: skip


def test_a_designation_before_the_law_is_questioned():
    found = assess(Situation(on=D("2025-06-02"), **{**POWER, "designated_on": D("2023-10-31")}))
    assert (found.operator.verdict, found.route) == (Verdict.ASK, Route.ASK)


def test_ports_are_no_sector_before_2025_04_01():
    port = dict(
        sector="port", figures={"containers_per_year": Decimal(800_000), "three_functions": True},
        facility="terminal_system", event=Event.INTRODUCTION, supplier=Supplier.THIRD,
    )  # fmt: skip
    before = assess(Situation(on=D("2025-03-31"), designated=True, grace=Grace.OVER, **port))
    assert {before.criteria.verdict, before.operator.verdict, before.facility_answer.verdict} == {Verdict.OUTSIDE}
    assert before.route is Route.NOTHING
    assert assess(Situation(on=D("2025-04-01"), designated=True, grace=Grace.OVER, **port)).route is Route.PLAN


def test_health_care_is_outside_and_asks_once_it_may_be_in_force():
    assert assess(Situation("health_care", D("2027-12-15"))).criteria.verdict is Verdict.OUTSIDE
    assert assess(Situation("医療", D("2027-12-16"))).criteria.verdict is Verdict.ASK


# -- criteria at the edge ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sector", "business", "figures", "verdict"),
    [
        ("water", "water_supply", {"population": 1_000_000, "not_small_supply": True}, Verdict.OUTSIDE),
        ("water", "water_supply", {"population": 1_000_001, "not_small_supply": True}, Verdict.INSIDE),
        ("water", "bulk_water", {"m3_per_day": 500_000}, Verdict.OUTSIDE),
        ("gas", "general_pipeline", {"meters": 300_000}, Verdict.INSIDE),
        ("gas", "general_pipeline", {"meters": 299_999}, Verdict.OUTSIDE),
        ("rail", None, {"km": 1000}, Verdict.INSIDE),
        ("finance", "banking", {"deposits_yen": 1, "accounts": 1, "atms": 10_000}, Verdict.INSIDE),
        ("finance", "banking", {"deposits_yen": 1, "accounts": 1}, Verdict.ASK),
        ("finance", "banking", {"deposits_yen": 10**13}, Verdict.INSIDE),
        ("finance", "fund_transfer", {"users": 10_000_000, "moved_yen": 399_999_999_999}, Verdict.OUTSIDE),
        ("finance", "fund_transfer", {"users": 9_999_999}, Verdict.OUTSIDE),
        ("finance", "fund_transfer", {"users": 10_000_000}, Verdict.ASK),
        ("finance", "norinchukin", {}, Verdict.INSIDE),
        ("electricity", "transmission", {}, Verdict.INSIDE),
        ("broadcasting", None, {"own_programme_share": "0.2499", "household_share": 1, "television": True},
         Verdict.OUTSIDE),
        ("air", "domestic_air", {"domestic_flight_share": "0.25"}, Verdict.INSIDE),
        ("telecom", "telecom_message", {"monthly_users": 60_000_000, "public_authority_messages": True},
         Verdict.INSIDE),
    ],
)  # fmt: skip
def test_criteria_at_their_thresholds(sector, business, figures, verdict):
    given = {k: v if isinstance(v, bool) else Decimal(v) for k, v in figures.items()}
    assert assess(Situation(sector, D("2025-06-13"), business, given)).criteria.verdict is verdict


@pytest.mark.parametrize(
    ("share", "verdict"),
    [("0.01", Verdict.INSIDE), ("0.0099", Verdict.ASK), ("0.005", Verdict.ASK), ("0.0049", Verdict.OUTSIDE)],
)
def test_the_lpg_share_is_left_open_where_rounding_decides(share, verdict):
    given = {"import_share": Decimal(share), "not_only_feedstock": True}
    found = assess(Situation("oil", D("2025-06-02"), "lpg_import", given)).criteria
    assert (found.verdict, found.why[0].question) == (verdict, 310)


def test_trucking_is_judged_by_the_criteria_of_the_day():
    new = {"vehicles": Decimal(5000), "nationwide_carriage": True}
    assert assess(Situation("trucking", D("2025-06-13"), figures=new)).criteria.verdict is Verdict.INSIDE
    assert assess(Situation("trucking", D("2025-06-12"), figures=new)).criteria.verdict is Verdict.ASK
    old = dict.fromkeys(("distance_share", "cargo_volume_share", "vehicle_share"), Decimal("0.05"))
    old |= {"special_consolidated": True, "office_in_every_prefecture": True}
    assert assess(Situation("trucking", D("2025-06-12"), figures=old)).criteria.verdict is Verdict.INSIDE
    old["vehicle_share"] = Decimal("0.0499")
    assert assess(Situation("trucking", D("2025-06-12"), figures=old)).criteria.verdict is Verdict.OUTSIDE


# -- the event --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "supplier", "built_in", "component", "expected"),
    [
        ("2026-09-17", Supplier.SELF, None, None, Route.NOTHING),
        ("2026-09-18", Supplier.SELF, False, False, Route.NOTHING),
        ("2026-09-18", Supplier.SELF, False, True, Route.PLAN),
        ("2026-09-18", Supplier.SELF, True, None, Route.PLAN),
        ("2026-09-18", Supplier.SELF, False, None, Route.ASK),
        ("2026-09-18", Supplier.SELF, None, None, Route.ASK),
        ("2026-09-17", Supplier.SUBSIDIARY, False, True, Route.NOTHING),
        ("2026-09-18", Supplier.SUBSIDIARY, False, True, Route.PLAN),
        ("2026-09-17", Supplier.SUBSIDIARY, True, None, Route.PLAN),
        ("2026-09-17", Supplier.SUBSIDIARY, None, None, Route.ASK),
        ("2026-09-17", Supplier.STATE, False, None, Route.NOTHING),
        ("2026-09-17", Supplier.LOCAL_AGENCY, False, None, Route.NOTHING),
        ("2026-09-17", Supplier.PUBLIC_UNIVERSITY, False, None, Route.PLAN),
        ("2026-09-17", Supplier.THIRD, None, None, Route.PLAN),
        ("2026-09-17", None, None, None, Route.ASK),
    ],
)
def test_scope_before_and_since_2026_09_18(on, supplier, built_in, component, expected):
    more = dict(supplier=supplier, third_party_facility=built_in, third_party_component=component)
    assert route(on, **more) is expected


def test_entrusting_to_a_subsidiary_is_inside_and_own_work_outside():
    work = dict(event=Event.ENTRUSTED_MAINTENANCE)
    assert route("2025-06-02", **work, supplier=Supplier.THIRD) is Route.PLAN
    found = assess(Situation(on=D("2025-06-02"), **{**POWER, **work, "supplier": Supplier.SUBSIDIARY}))
    assert (found.route, found.event.why[-1].question) == (Route.PLAN, 305)
    assert route("2025-06-02", **work, supplier=Supplier.SELF) is Route.NOTHING
    assert route("2025-06-02", event=Event.OWN_MAINTENANCE) is Route.NOTHING


def test_a_small_device_and_another_object_are_outside():
    small = {"controlled_output_kw": Decimal(499_999)}
    assert route("2025-06-02", figures=small) is Route.NOTHING
    assert route("2025-06-02", figures={}) is Route.ASK
    assert route("2025-06-02", facility=NO_FACILITY) is Route.NOTHING
    assert needs("2025-06-02", facility=None) == ["facility"]


def test_before_art_52_nothing_is_filed():
    assert route("2023-11-16") is Route.NOTHING


def test_an_emergency_needs_all_four_conditions():
    all_four = dict.fromkeys(EMERGENCY, True)
    assert route("2025-06-02", emergency=all_four) is Route.EMERGENCY_NOTICE
    assert route("2025-06-02", emergency=all_four | {"no_other_means": False}) is Route.PLAN
    assert needs("2025-06-02", emergency={"urgent": True}) == [
        "emergency.service_disrupted", "emergency.not_to_dodge_filing", "emergency.no_other_means"]  # fmt: skip


@pytest.mark.parametrize(
    ("votes", "factors", "expected"),
    [
        ("1/2", (), False),
        ("50.01/100", (), True),
        ("1/2", (ControlFactor.FUNDING,), True),
        ("2/5", (ControlFactor.BOARD_MAJORITY,), True),
        ("2/5", (), False),
        ("2/5", (ControlFactor.ALIGNED_VOTES,), True),
        ("39/100", (ControlFactor.BOARD_MAJORITY,), False),
        ("39/100", (ControlFactor.ALIGNED_VOTES,), False),
        ("0", (ControlFactor.ALIGNED_VOTES, ControlFactor.CONTROL_CONTRACT), True),
    ],
)
def test_control_makes_a_subsidiary(votes, factors, expected):
    top, _, bottom = votes.partition("/")
    assert controls(Fraction(top) / Fraction(bottom or 1), factors) is expected


def test_every_reason_has_a_provision_and_two_languages():
    for on in ("2024-05-16", "2024-05-17", "2026-10-01"):
        found = assess(Situation(on=D(on), **POWER))
        for answer in (found.criteria, found.operator, found.facility_answer, found.event, found.plan):
            for why in answer.why:
                assert why.basis and why.text.ja and why.text.en and why.text.ja != why.text.en


def test_a_new_sector_is_a_new_row(monkeypatch):
    """Nothing but data: the wizard answers for a sector that was added a moment ago."""
    from kaname.law import T
    from kaname.law.laws import art
    from kaname.regimes.infrastructure.catalogue import model, sectors

    beds = model.Figure("beds", T("病床数", "beds"), model.Unit.COUNT)
    hospital = model.Business(
        "hospital", T("病院", "hospital"),
        (model.Criterion(T("千床以上", "a thousand beds"), model.at_least(beds, 1000)),),
        (model.Facility("records", T("電子カルテ", "medical records"), ()),),
    )  # fmt: skip
    minister = model.Competence(T("厚生労働大臣", "Minister of Health, Labour and Welfare"), "mhlw", D("2028-01-01"))
    added = model.Sector(
        "example", "SEC99", T("例", "example"), art("50(1)")[0], D("2028-01-01"), (minister,), (hospital,), ("act",)
    )
    monkeypatch.setattr(sectors, "SECTORS", (*sectors.SECTORS, added))
    given = dict(figures={"beds": Decimal(1000)}, facility="records", event=Event.INTRODUCTION, supplier=Supplier.THIRD)
    found = assess(Situation("example", D("2028-08-02"), designated_on=D("2028-02-01"), successor=False, **given))
    assert (found.criteria.verdict, found.route, found.ministry.en) == (
        Verdict.INSIDE, Route.PLAN, "Minister of Health, Labour and Welfare")  # fmt: skip
    assert assess(Situation("例", D("2027-12-31"), **given)).criteria.verdict is Verdict.OUTSIDE


def test_no_situation_is_without_an_answer():
    """Thousands of situations, facts left out at random: an answer each, asking where something is missing."""
    import random

    from kaname.regimes.infrastructure.catalogue.sectors import businesses

    rng = random.Random(3)
    rows = list(businesses())
    for _ in range(4000):
        of, within = rng.choice(rows)
        on = date.fromordinal(rng.randint(D("2023-10-01").toordinal(), D("2028-12-31").toordinal()))
        figures = {
            f.id: rng.random() < 0.7 if f.unit == "flag" else Decimal(rng.choice(["0", "0.01", "0.5", "5000", "1e14"]))
            for f in within.figures if rng.random() < 0.7
        }  # fmt: skip
        items = [None, NO_FACILITY, *(f.id for f in within.facilities_on(on))]
        maybe = lambda *values: rng.choice([None, *values])  # noqa: E731
        s = Situation(
            of.id, on, within.id, figures, maybe(True, False), maybe(on, D("2023-11-16"), D("2026-09-18")),
            maybe(on), maybe(True, False), maybe(*Grace), rng.choice(items), maybe(on, D("2025-06-13")), maybe(on),
            maybe(*Event), maybe(*Supplier), maybe(True, False), maybe(True, False),
            rng.choice([{}, {}, dict.fromkeys(EMERGENCY, True), {"urgent": False}]),
        )  # fmt: skip
        found = assess(s)
        assert found.plan.why and (found.route is Route.ASK) == (found.plan.verdict is Verdict.ASK)
        assert (found.accept_by is not None) == (found.route is Route.PLAN)
        if found.route is Route.NOTHING:
            assert found.plan.verdict is Verdict.OUTSIDE
        if found.route is Route.ASK and of.since and of.since <= on:
            assert found.plan.needs or any(w.question for w in found.plan.why)


# -- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", SECTORS, ids=lambda of: of.id)
def test_reasons_are_words_and_names_of_the_catalogue_stand_with_the_questions(of):
    rows = [row for b in of.businesses for row in (b, *b.facilities, *b.figures)]
    names = {row.id for row in rows if "_" in row.id} | {"none"}
    for business in (None, *(b.id for b in of.businesses)):
        found = assess(Situation(of.id, max(of.since or D("2025-05-01"), D("2025-05-01")), business=business))
        for answer in (found.criteria, found.operator, found.facility_answer, found.event, found.plan):
            told = {word for why in answer.why for lang in ("ja", "en") for word in re.findall(r"\w+", why.text[lang])}
            assert not told & names, told & names
    if len(of.businesses) > 1:
        needs = assess(Situation(of.id, D("2026-11-01"))).plan.needs
        assert {id for n in needs if n.id == "business" for id, _ in n.options} == {b.id for b in of.businesses}


@pytest.mark.parametrize(
    ("name", "before", "since"),
    [("air", "(viii)", "(ix)"), ("finance", "(xiii)", "(xiv)"), ("electricity", "(i)", "(i)")],
)
def test_a_sector_is_cited_under_the_number_that_it_bears_on_the_day(name, before, since):
    for on, number in ((D("2025-03-31"), before), (D("2025-04-01"), since)):
        told = as_data.scope(assess(Situation(name, on)), "en", on)
        cited = [b for why in told["criteria"]["why"] for b in why["basis"] if b.startswith("Art. 50(1)")]
        assert cited == [f"Art. 50(1){number}"]
