"""Designation, grace, reports of their own accord, inspection: worked by hand, to the day."""

from datetime import date

import pytest
from op_world import INSPECTION, banned, designated, folded, last_day, standing, state

from kaname.procedure import Accepted, Refused, decide, duties
from kaname.regimes.infrastructure.designation import BUSINESS
from kaname.regimes.infrastructure.grace_days import last_exempt_day
from walks import entry_of


def told(case, name):
    return {(d.of.name, d.status) for d in duties(case) if d.of.name == name}


def tried(case, line):
    return decide(case, entry_of(line, 99))


# -- T4 ---------------------------------------------------------------------------------------------------------------


def test_t4_grace_runs_through_16_may_2024():
    assert last_day(standing("t4_first_designation", "2023-11-16"), "grace.grace") == "2024-05-16"
    assert state(standing("t4_first_designation", "2024-05-16"), "grace") == "running"
    assert state(standing("t4_first_designation", "2024-05-17"), "grace") == "ended"


def test_t4_the_first_counted_day_is_the_day_after():
    case = standing("t4_first_designation", "2023-11-16")
    assert case.clocks["grace.grace"].first_counted_day == date(2023, 11, 17)


@pytest.mark.parametrize(
    "on",
    ["2023-11-16", "2024-02-29", "2024-08-31", "2025-08-27", "2025-08-28", "2025-08-30", "2025-08-31", "2027-08-31"],
)
def test_the_clock_of_the_case_and_the_wizard_count_alike(on):
    case = folded([designated(on, successor=False)], on)
    assert last_day(case, "grace.grace") == last_exempt_day(date.fromisoformat(on)).isoformat()


def test_grace_end_is_not_moved_over_closed_days():
    case = folded([designated("2023-11-10")], "2023-11-10")
    assert last_day(case, "grace.grace") == "2024-05-10"  # a Friday
    case = folded([designated("2023-11-11")], "2023-11-11")
    assert last_day(case, "grace.grace") == "2024-05-11"  # a Saturday stays


# -- succession -------------------------------------------------------------------------------------------------------


def test_a_successor_designated_from_2026_09_18_on_has_no_grace():
    case = standing("successor", "2026-09-18")
    assert (state(case, "grace"), "grace.grace" in case.clocks) == ("excluded_by_succession", False)
    earlier = folded([designated("2026-09-17", successor=True)], "2026-09-17")
    assert state(earlier, "grace") == "running"
    other = folded([designated("2026-09-18", successor=False)], "2026-09-18")
    assert (state(other, "grace"), last_day(other, "grace.grace")) == ("running", "2027-03-18")


def test_a_designation_that_does_not_say_is_warned_of():
    from kaname.procedure import warnings

    silent = folded([designated("2026-09-18")], "2026-09-18")
    assert any("succession" in w.text.en for w in warnings(silent))
    assert not warnings(folded([designated("2026-09-17")], "2026-09-17"))


# -- later listings, lifting ------------------------------------------------------------------------------------------


def test_each_listed_item_has_six_months_of_its_own():
    case = standing("operator_full_life", "2025-09-01")
    assert last_day(case, "grace.grace") == "2025-11-12"
    assert last_day(case, "grace/dispatch.grace") == "2025-12-13"
    assert last_day(case, "grace/operation.grace") == "2026-02-28"


def test_lifting_ends_the_case_and_every_grace():
    case = standing("operator_full_life", "2026-02-02")
    assert {state(case, t) for t in ("grace", "grace/dispatch", "grace/operation")} == {"ended"}
    assert state(case, "designation") == "lifted"
    assert not banned(case, "designation.no_change_without_notice")


# -- fact finding -----------------------------------------------------------------------------------------------------


def test_a_report_for_designation_is_owed_by_the_day_set_which_does_not_move():
    ask = {"act": "designation.ask_report", "on": "2025-06-02", "data": {"report_by": "2025-06-15"}}
    case = folded([ask], "2025-06-15")
    assert last_day(case, "designation.report_due") == "2025-06-15"  # a Sunday
    assert told(case, "designation.report") == {("designation.report", "open")}
    late = folded([ask], "2025-06-16")
    assert told(late, "designation.report") == {("designation.report", "overdue")}


def test_designation_needs_the_criteria_and_a_sector_in_force():
    empty = folded([], "2025-03-31")
    port = designated("2025-03-31", "port.general_port_transport")
    assert isinstance(tried(empty, port), Refused)
    assert isinstance(tried(empty, {**port, "on": "2025-04-01"}), Accepted)
    assert isinstance(tried(empty, designated("2025-04-01", criteria_met=False)), Refused)


def test_every_business_of_the_catalogue_can_be_designated():
    empty = folded([], "2025-06-02")
    assert len(BUSINESS.options) == 46  # by sector: 5 3 2 2 1 1 2 1 2 2 5 1 1 17 1
    for option in BUSINESS.options:
        assert isinstance(tried(empty, designated("2025-06-02", option.id)), Accepted), option.id


# -- name and address -------------------------------------------------------------------------------------------------

DESIGNATED = [designated("2024-01-15")]


def notice(on, changes_on):
    return {"act": "designation.name_notice", "on": on, "data": {"changes_on": changes_on, "name": "新名称"}}


@pytest.mark.parametrize(
    ("on", "accepted", "warned"),
    [("2024-02-14", True, False), ("2024-02-15", True, True), ("2024-02-16", False, False)],
)  # fmt: skip
def test_two_weeks_before_29_february(on, accepted, warned):
    """29 minus 14 is the 15th, the outer day; two clear weeks end on the 14th."""
    answer = tried(folded(DESIGNATED, "2024-02-01"), notice(on, "2024-02-29"))
    assert isinstance(answer, Accepted) is accepted
    if accepted:
        assert bool(answer.warnings) is warned


def test_a_change_without_notice_in_time_is_a_breach():
    change = {"act": "designation.change_name", "on": "2024-03-15"}
    assert isinstance(tried(folded(DESIGNATED, "2024-03-15"), change), Refused)
    told_late = [*DESIGNATED, notice("2024-03-10", "2024-03-15"), change]
    assert [n.kind for n in folded(told_late, "2024-03-15").notes] == ["breach"]
    in_time = [*DESIGNATED, notice("2024-03-01", "2024-03-15"), change]
    assert folded(in_time, "2024-03-15").notes == ()
    too_soon = [*DESIGNATED, notice("2024-03-01", "2024-03-15"), {**change, "on": "2024-03-14"}]
    assert [n.kind for n in folded(too_soon, "2024-03-14").notes] == ["breach"]


def test_a_change_is_published_again():
    in_time = [*DESIGNATED, notice("2024-03-01", "2024-03-15"), {"act": "designation.change_name", "on": "2024-03-15"}]
    case = folded(in_time, "2024-03-15")
    assert told(case, "designation.republish") == {("designation.republish", "open")}
    after = folded([*in_time, {"act": "designation.republish", "on": "2024-03-18"}], "2024-03-18")
    assert told(after, "designation.republish") == {("designation.republish", "done")}


# -- reports of their own accord --------------------------------------------------------------------------------------


def test_a_designated_card_issuer_reports_every_year_by_30_june():
    case = standing("card_issuer", "2025-06-30")
    assert (state(case, "card_report/2025-03-31"), last_day(case, "card_report/2025-03-31.card_report_due")) == (
        "due", "2025-06-30")  # fmt: skip
    entered = folded([designated("2024-12-02", "credit_card.card_issuing")], "2025-07-01")
    assert state(entered, "card_report/2025-03-31") == "overdue"
    assert "card_report/2024-03-31" not in entered.tracks
    years = [
        t for t in folded([designated("2024-12-02", "credit_card.card_issuing")], "2027-04-01").tracks if "card" in t
    ]
    assert years == [f"card_report/{y}-03-31" for y in (2025, 2026, 2027)]


def test_designated_on_the_last_day_of_the_year_reports_for_it():
    assert (
        "card_report/2025-03-31" in folded([designated("2025-03-31", "credit_card.card_issuing")], "2025-04-01").tracks
    )
    assert (
        "card_report/2025-03-31"
        not in folded([designated("2025-04-01", "credit_card.card_issuing")], "2025-07-01").tracks
    )


def test_30_june_on_a_sunday_does_not_move_and_is_warned_of():
    from kaname.procedure import warnings

    closed = folded([designated("2023-12-01", "credit_card.card_issuing")], "2024-05-01")
    assert last_day(closed, "card_report/2024-03-31.card_report_due") == "2024-06-30"
    assert any("file by 2024-06-28" in w.text.en for w in warnings(closed)), "a Friday"
    open_day = folded([designated("2024-12-02", "credit_card.card_issuing")], "2025-05-01")
    assert not any("is closed" in w.text.en for w in warnings(open_day))


def years(*rows):
    return {"years": [{"year_end": "2024-03-31", "contracts": c, "credit": y} for c, y in rows]}


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        ([(7_500_000, 3 * 10**12)], True), ([(7_499_999, 3 * 10**12)], False), ([(7_500_000, 3 * 10**12 - 1)], False),
        ([(8_000_000, 10**12), (5_000_000, 4 * 10**12)], False),
        ([(1, 1), (7_500_000, 3 * 10**12), (1, 1)], True),
    ],
)  # fmt: skip
def test_the_band_of_the_self_report_both_in_one_year(rows, asked):
    line = {"act": "card_report.report", "on": "2024-06-20", "run": "2024-03-31", "data": years(*rows)}
    assert isinstance(tried(folded([], "2024-06-20"), line), Accepted) is asked


def test_a_railway_owes_no_card_report():
    line = {
        "act": "card_report.report",
        "on": "2024-06-20",
        "run": "2024-03-31",
        "data": years((8 * 10**6, 4 * 10**12)),
    }
    assert isinstance(tried(folded(DESIGNATED, "2024-06-20"), line), Refused)


def test_the_message_report_moves_over_golden_week():
    case = folded([designated("2023-12-01", "telecom.telecom_message")], "2024-04-01")
    assert last_day(case, "message_report/2024-03-31.message_report_due") == "2024-04-30"  # a Tuesday
    later = folded([designated("2027-12-01", "telecom.telecom_message", successor=False)], "2028-04-01")
    assert last_day(later, "message_report/2028-03-31.message_report_due") == "2028-05-01"  # 30 April is a Sunday


def test_an_unchanged_band_needs_no_report():
    case = standing("message_service", "2026-04-20")
    assert (state(case, "message_report/2026-03-31"), state(case, "message_report/2025-03-31")) == (
        "unchanged", "reported")  # fmt: skip
    data = {"band": "60_and_more", "band_changed": False}
    line = {"act": "message_report.report", "on": "2026-04-10", "run": "2026-03-31", "data": data}
    before = standing("message_service", "2026-04-10")
    assert isinstance(tried(before, line), Refused)
    assert isinstance(tried(before, {**line, "data": {**data, "band_changed": True}}), Accepted)


def test_a_relay_carrier_reports_without_delay():
    case = folded([{"act": "relay_report.change", "on": "2024-07-01", "run": "r1"}], "2024-12-01")
    assert (last_day(case, "relay_report/r1.relay_report_due"), state(case, "relay_report/r1")) == (None, "changed")
    assert told(case, "relay_report.report") == {("relay_report.report", "open")}


# -- inspection -------------------------------------------------------------------------------------------------------


def test_the_report_of_58_2_is_late_after_the_day_set():
    case = standing("inspection", "2025-06-16")
    clock = case.clocks["report_inspection/m1.report_due"]
    assert (str(clock.last_day), str(clock.met_on)) == ("2025-06-15", "2025-06-16")


def inspect(**data):
    given = {"purpose": "order", "identity_card": True, "not_criminal": True, **data}
    return {"act": "report_inspection.inspect", "on": "2025-07-01", "run": "m2", "by": "inspector", "data": given}


def test_an_inspection_needs_the_card_and_is_no_criminal_investigation():
    nothing = folded([], "2025-07-01", INSPECTION)
    assert isinstance(tried(nothing, inspect()), Accepted)
    for missing in ("identity_card", "not_criminal"):
        assert isinstance(tried(nothing, inspect(**{missing: False})), Refused)
    assert isinstance(tried(nothing, inspect(purpose=None)), Refused)


def test_obstruction_carries_its_penalty():
    obstruct = INSPECTION and standing("inspection", "2025-06-10")
    act = next(a for p in obstruct.kind.procedures for a in p.acts if a.id == "obstruct")
    assert (act.penalty, act.deed) == ("PEN-96-5b", True)


def test_the_council_opens_on_2026_09_18():
    council = {"act": "information_and_cooperation.council", "on": "2026-09-17", "data": {"consent": True}}
    start = [inspect()]
    assert isinstance(tried(folded(start, "2026-09-17", INSPECTION), council), Refused)
    assert isinstance(tried(folded(start, "2026-09-17", INSPECTION), {**council, "on": "2026-09-18"}), Accepted)
