"""Cases at the edges, every day counted by hand: ends of months and years, last days, late papers, several changes."""

import json

import pytest
from plan_ledgers import bans, clock, kaname, ledger, standing, state, tried

STANDSTILL = "extension_shortening.standstill"
LONGEST = "extension_shortening.longest"
USEFUL = "extension_shortening.useful_recommendation"
REPLY = "recommendation_order.reply_due"


def accepted(on: str, more: str = "") -> str:
    return ledger(f"{on} introduction_plan.file\n{on} introduction_plan.accept\n{more}")


def consulted(on: str, run: str = "") -> str:
    return (
        f"{on} consultation_with_pm.mandatory {run}".strip()
        + f"\n{on} consultation_with_pm.close {run}".rstrip()
        + "\n"
    )


def recommended(on: str, received: str, run: str = "") -> str:
    act = f"{on} recommendation_order.issue {run}".rstrip()
    return consulted(on, run) + f'{act} {{"great_risk": true, "received_on": "{received}"}}\n'


# -- counting ---------------------------------------------------------------------------------------------------------

# accepted -> day thirty, end of the fourth month
DAYS = {
    "2025-01-31": ("2025-03-01", "2025-05-30"),
    "2024-01-31": ("2024-02-29", "2024-05-30"),  # a leap year
    "2025-02-28": ("2025-03-29", "2025-06-27"),
    "2024-10-29": ("2024-11-27", "2025-02-28"),  # February has no 29th to stop before
    "2024-10-30": ("2024-11-28", "2025-02-28"),
    "2024-10-31": ("2024-11-29", "2025-02-28"),
    "2027-10-29": ("2027-11-27", "2028-02-28"),  # February 2028 has a 29th: the day before it
    "2027-10-30": ("2027-11-28", "2028-02-29"),
    "2025-11-01": ("2025-11-30", "2026-02-28"),
    "2025-12-05": ("2026-01-03", "2026-04-04"),  # over the New Year, not moved
    "2026-04-06": ("2026-05-05", "2026-08-05"),  # Children's Day, not moved
}


@pytest.mark.parametrize(("on", "days"), DAYS.items(), ids=DAYS)
def test_thirty_days_and_four_months_from_acceptance(on, days):
    case = accepted(on)
    assert (clock(case, on, STANDSTILL)[1], clock(case, on, LONGEST)[1]) == days


@pytest.mark.parametrize(("on", "cap"), [(on, days[1]) for on, days in DAYS.items()], ids=DAYS)
def test_an_extension_without_a_day_reaches_the_cap(on, cap):
    assert clock(accepted(on, f"{on} introduction_plan.extend"), on, STANDSTILL)[1] == cap


# received -> due: day ten, moved over closed days
REPLIES = {
    "2025-08-01": "2025-08-12",  # Sunday, then Mountain Day
    "2025-12-22": "2026-01-05",  # 31 December to Sunday 4 January are closed
    "2025-06-06": "2025-06-16",  # Sunday
    "2025-06-09": "2025-06-18",
    "2026-09-13": "2026-09-24",  # Respect for the Aged, a day between holidays, Autumn Equinox
}


@pytest.mark.parametrize(("received", "due"), REPLIES.items(), ids=REPLIES)
def test_ten_days_for_the_answer(received, due):
    case = accepted(received, f"{received} introduction_plan.extend\n{recommended(received, received)}")
    assert clock(case, received, REPLY)[:2] == (received, due)


def test_new_year_leaves_less_time_than_it_seems():
    """Accepted 5 December: day thirty is 3 January. From 18 December on the answer falls due on 5 January, after it."""
    case = accepted("2025-12-05")
    assert clock(case, "2025-12-10", USEFUL)[1] == "2025-12-17"
    for on, warned in (("2025-12-17", False), ("2025-12-18", True), ("2025-12-22", True)):
        text = accepted("2025-12-05", consulted("2025-12-08"))
        found, said = tried(text, "recommendation_order.issue", on, great_risk=True, received_on=on)
        assert found and ("extend first" in said) is warned, on


def test_the_last_useful_day_follows_the_extension():
    case = accepted("2024-05-17", "2024-06-13 introduction_plan.extend")
    assert clock(case, "2024-06-12", USEFUL)[1] == "2024-06-05"
    assert clock(case, "2024-06-13", USEFUL)[1] == "2024-09-04", "from 5 September the ten days end after the holidays"


def test_the_ten_days_run_from_receipt_and_a_missing_receipt_is_warned_of():
    text = accepted(
        "2025-06-02", consulted("2025-06-03") + '2025-06-04 recommendation_order.issue {"great_risk": true}'
    )
    case = standing(text, "2025-06-20")
    assert clock(text, "2025-06-20", REPLY) is None
    assert any("receipt" in w["text"] for w in case["warnings"])
    assert state(text, "2025-06-20") == "recommended", "nobody is silent who has not been told"
    delivered = text + '\n{"act": "deliver", "on": "2025-06-20", "data": {"entry": 5, "received_on": "2025-06-06"}}'
    assert clock(delivered, "2025-06-20", REPLY)[1] == "2025-06-16"
    assert state(delivered, "2025-06-20") == "silent"


# -- extension and shortening -----------------------------------------------------------------------------------------


def test_extension_on_the_last_day_and_no_day_later():
    case = accepted("2024-05-17")
    assert tried(case, "introduction_plan.extend", "2024-06-15", needed=True)[0] is True
    assert tried(case, "introduction_plan.extend", "2024-06-16", needed=True)[0] is False
    assert tried(case, "introduction_plan.extend", "2024-06-15", needed=True, received_on="2024-06-17")[0] is False


def test_extension_over_the_cap_names_the_last_lawful_day():
    found, said = tried(
        accepted("2024-05-17"), "introduction_plan.extend", "2024-06-10", needed=True, ends_on="2024-09-17"
    )
    assert (found, "2024-09-16" in said) == (False, True)
    over = accepted("2024-05-17", '2024-06-10 introduction_plan.extend {"ends_on": "2024-10-15"}')
    assert clock(over, "2024-06-10", STANDSTILL)[1] == "2024-09-16", "written all the same: the cap of the law stands"


def test_one_extension_only_and_none_after_a_shortening():
    once = accepted("2024-05-17", '2024-06-10 introduction_plan.extend {"ends_on": "2024-07-31"}')
    assert tried(once, "introduction_plan.extend", "2024-07-01", needed=True)[0] is False
    short = accepted("2024-05-17", '2024-05-24 introduction_plan.shorten {"ends_on": "2024-05-31"}')
    assert tried(short, "introduction_plan.extend", "2024-05-27", needed=True)[0] is False


def test_shortening_ends_on_a_day_not_past_and_not_later():
    case = accepted("2024-05-17")
    ground = {"ground": "no_review_needed"}
    for ends_on, fine in (("2024-05-23", False), ("2024-05-24", True), ("2024-06-15", True), ("2024-06-16", False)):
        assert tried(case, "introduction_plan.shorten", "2024-05-24", ends_on=ends_on, **ground)[0] is fine, ends_on
    short = accepted("2024-05-17", '2024-05-24 introduction_plan.shorten {"ends_on": "2024-05-24"}')
    assert bans(short, "2024-05-24") and not bans(short, "2024-05-25")
    assert state(short, "2024-05-25") == "cleared_by_lapse"


def test_an_extension_is_shortened_only_for_want_of_a_great_risk():
    case = accepted("2024-05-17", "2024-06-10 introduction_plan.extend")
    shorten = ("introduction_plan.shorten", "2024-07-01")
    assert tried(case, *shorten, ends_on="2024-07-05", ground="no_review_needed")[0] is False
    assert tried(case, *shorten, ends_on="2024-07-05", ground="no_great_risk")[0] is True


# -- recommendation and order -----------------------------------------------------------------------------------------


def test_recommendation_on_the_last_day_and_no_day_later():
    case = accepted("2025-06-02", consulted("2025-06-10"))
    found, said = tried(case, "recommendation_order.issue", "2025-07-01", great_risk=True, received_on="2025-07-01")
    assert (found, "extend first" in said) == (True, True)
    found, said = tried(case, "recommendation_order.issue", "2025-07-02", great_risk=True)
    assert (found, "standstill" in said) == (False, True)


def test_no_recommendation_without_a_concluded_consultation():
    for more, fine in (
        ("", False),
        ("2025-06-03 consultation_with_pm.mandatory", False),
        ("2025-06-03 consultation_with_pm.voluntary\n2025-06-04 consultation_with_pm.opinion", False),
        (
            '2025-06-03 consultation_with_pm.mandatory {"intended": "order"}\n2025-06-04 consultation_with_pm.close',
            False,
        ),
        (consulted("2025-06-03"), True),
    ):
        found, said = tried(accepted("2025-06-02", more), "recommendation_order.issue", "2025-06-05", great_risk=True)
        assert found is fine and (fine or "56" in str(said) or "consultation" in said), more


def test_answer_and_standstill_that_end_in_one_midnight():
    """Accepted 2 June (to 1 July), received 22 June: day ten is 1 July too. Silence is told first."""
    case = accepted("2025-06-02", recommended("2025-06-20", "2025-06-22"))
    assert (clock(case, "2025-06-30", REPLY)[1], clock(case, "2025-06-30", STANDSTILL)[1]) == ("2025-07-01",) * 2
    told = kaname(case, "trace", "--as-of", "2025-07-02")
    order = [
        told.index(w)
        for w in ("recommendation_order.silent", "introduction_plan.unanswered", "introduction_plan.lapse")
    ]
    assert order == sorted(order)
    assert clock(case, "2025-07-02", REPLY)[2] == "ended"


def test_order_after_a_refusal_on_the_last_day():
    refusal = '2025-07-01 recommendation_order.refuse {"reasons": "r"}\n'
    case = accepted("2025-06-02", recommended("2025-06-20", "2025-06-23") + refusal + consulted("2025-07-01"))
    assert tried(case, "recommendation_order.order", "2025-07-01", no_just_cause=True)[0] is True
    assert tried(case, "recommendation_order.order", "2025-07-01", no_just_cause=False)[0] is False
    assert tried(case, "recommendation_order.order", "2025-07-02", no_just_cause=True)[0] is False
    assert bans(case, "2025-07-02") == {}


def test_an_order_given_on_the_last_day_outlives_the_standstill():
    refusal = '2025-07-01 recommendation_order.refuse {"reasons": "r"}\n'
    case = accepted("2025-06-02", recommended("2025-06-20", "2025-06-23") + refusal + consulted("2025-07-01")
                    + "2025-07-01 recommendation_order.order")  # fmt: skip
    assert bans(case, "2025-07-01") == {"introduction_plan.standstill": "2025-07-01", "introduction_plan.ordered": None}
    assert bans(case, "2026-07-01") == {"introduction_plan.ordered": None}
    refiled = case + '\n{"act": "recommendation_order.file_changed", "on": "2025-07-14"}'
    assert tried(refiled, "introduction_plan.introduce", "2025-07-14")[0] is True


def test_a_late_answer_stays_late_and_leaves_the_order_possible():
    case = accepted("2025-06-02", recommended("2025-06-05", "2025-06-05"))
    assert clock(case, "2025-06-10", REPLY)[1] == "2025-06-16", "day ten is Saturday the 14th"
    found, said = tried(case, "recommendation_order.accept", "2025-06-17")
    assert found and "late" in said
    late = case + '\n{"act": "recommendation_order.accept", "on": "2025-06-17"}'
    assert state(late, "2025-06-17", "recommendation_order") == "no_reply"
    duty = [d for d in standing(late, "2025-06-17")["duties"] if d["id"] == "reply"]
    assert [(d["status"], d["late"]) for d in duty] == [("done", True)]


def test_an_answer_within_its_ten_days_binds_after_the_standstill_too():
    case = accepted("2025-04-07", recommended("2025-04-25", "2025-04-25"))
    assert bans(case, "2025-05-07") == {}
    bound = case + '\n{"act": "recommendation_order.accept", "on": "2025-05-07"}'
    assert "92(1)(iii)" in tried(bound, "introduction_plan.introduce", "2025-05-08")[1]
    assert tried(case, "recommendation_order.accept", "2025-05-08")[0] is False


def test_an_extension_while_the_answer_is_awaited_keeps_the_order_possible():
    """T3 mended: recommended 25 April, extended on 1 May. The plan stays recommended, and silence leaves room again."""
    case = accepted("2025-04-07", recommended("2025-04-25", "2025-04-25") + "2025-05-01 introduction_plan.extend")
    assert (state(case, "2025-05-02"), state(case, "2025-05-08")) == ("recommended", "silent")
    assert clock(case, "2025-05-02", STANDSTILL)[1] == "2025-08-06"
    assert clock(case, "2025-05-02", USEFUL)[2] == "met", "the recommendation is made: no further day to reach"
    ordered = case + "\n" + ledger(consulted("2025-05-09"))
    assert tried(ordered, "recommendation_order.order", "2025-08-06", no_just_cause=True)[0] is True
    assert tried(ordered, "recommendation_order.order", "2025-08-07", no_just_cause=True)[0] is False


def test_just_cause_found_means_no_order():
    more = recommended("2025-06-05", "2025-06-05") + '2025-06-09 recommendation_order.refuse {"reasons": "r"}\n'
    case = accepted("2025-06-02", more + "2025-06-10 recommendation_order.just_cause\n" + consulted("2025-06-11"))
    assert tried(case, "recommendation_order.order", "2025-06-12", no_just_cause=True)[0] is False
    assert bans(case, "2025-07-01") and not bans(case, "2025-07-02")


# -- filing, stopping -------------------------------------------------------------------------------------------------


def test_before_any_filing_the_deed_is_an_unfiled_introduction():
    assert "92(1)(i)" in tried("", "introduction_plan.introduce", "2025-06-02")[1]
    assert "92(1)(i)" in tried("", "entrusted_maintenance_plan.start", "2025-06-02")[1]
    assert tried("", "introduction_plan.introduce", "2023-11-16")[0] is True, "Art. 52 came into force on 17 November"


def test_filed_and_not_accepted_is_under_the_standstill_without_an_end():
    case = ledger("2025-06-02 introduction_plan.file")
    assert bans(case, "2025-12-31") == {"introduction_plan.standstill": None}
    returned = ledger("2025-06-02 introduction_plan.file\n2025-06-03 introduction_plan.return")
    assert list(bans(returned, "2025-06-04")) == ["introduction_plan.unfiled"]
    assert tried(returned, "introduction_plan.accept", "2025-06-05", complete=True)[0] is False


def test_acceptance_comes_after_arrival_and_needs_a_complete_filing():
    case = ledger('2025-06-02 introduction_plan.file {"received_on": "2025-06-04"}')
    assert tried(case, "introduction_plan.accept", "2025-06-03", complete=True)[0] is False
    assert tried(case, "introduction_plan.accept", "2025-06-04", complete=True)[0] is True
    assert tried(case, "introduction_plan.accept", "2025-06-04", complete=False)[0] is False
    assert tried(case, "introduction_plan.accept", "2025-06-04", "--by", "operator", complete=True)[0] is False


def test_stopping_ends_everything_and_a_later_introduction_needs_a_filing():
    case = accepted("2025-06-02", recommended("2025-06-05", "2025-06-05") + "2025-06-09 introduction_plan.stop")
    tracks = {k: t["state"] for k, t in standing(case, "2025-06-10")["tracks"].items()}
    assert (tracks["introduction_plan"], tracks["extension_shortening"], tracks["recommendation_order"]) == (
        "stopped", "ended", "stopped")  # fmt: skip
    assert {c["status"] for c in standing(case, "2025-06-10")["clocks"]} <= {"stopped", "met", "ended"}
    assert bans(case, "2026-01-01") == {"introduction_plan.unfiled": None}


def test_stopped_under_an_order_an_introduction_breaks_the_order():
    more = recommended("2025-06-05", "2025-06-05") + consulted("2025-06-17") + "2025-06-18 recommendation_order.order\n"
    case = accepted("2025-06-02", more + "2025-06-20 recommendation_order.comply_stop")
    assert bans(case, "2025-12-01") == {"introduction_plan.ordered": None}


def test_one_plan_a_case():
    case = accepted("2025-06-02")
    found, said = tried(case, "entrusted_maintenance_plan.file", "2025-06-03")
    assert (found, "a case of its own" in said) == (False, True)
    both = case + '\n{"act": "entrusted_maintenance_plan.file", "on": "2025-06-03"}'
    assert [n["kind"] for n in standing(both, "2025-06-03")["notes"]] == ["irregular"]


# -- changes ----------------------------------------------------------------------------------------------------------


CHANGE = "{on} plan_change.propose {run}\n{on} plan_change.accept {run}\n"


def test_a_change_within_the_standstill_and_a_second_one_count_apart():
    case = accepted("2025-06-02", CHANGE.format(on="2025-06-16", run="c1") + CHANGE.format(on="2025-06-20", run="c2"))
    ends = [clock(case, "2025-06-20", STANDSTILL, run)[1] for run in ("", "c1", "c2")]
    assert ends == ["2025-07-01", "2025-07-15", "2025-07-19"]
    assert bans(case, "2025-07-02") == {
        "plan_change/c1.standstill": "2025-07-15",
        "plan_change/c2.standstill": "2025-07-19",
    }
    assert bans(case, "2025-07-16") == {"plan_change/c2.standstill": "2025-07-19"}


def test_what_is_done_about_a_change_does_not_touch_the_plan():
    more = CHANGE.format(on="2025-06-16", run="c1") + "2025-06-20 plan_change.extend c1\n" + recommended(
        "2025-06-23", "2025-06-23", "c1")  # fmt: skip
    case = accepted("2025-06-02", more)
    tracks = {k: t["state"] for k, t in standing(case, "2025-06-24")["tracks"].items()}
    assert (tracks["introduction_plan"], tracks["plan_change/c1"]) == ("under_standstill", "recommended")
    assert (tracks["extension_shortening"], tracks["extension_shortening/c1"]) == ("standard_30", "extended")
    assert clock(case, "2025-06-24", STANDSTILL, "c1")[1] == "2025-10-15"
    assert state(case, "2025-07-02") == "cleared_by_lapse"


def test_a_recommendation_about_the_plan_does_not_touch_a_change():
    case = accepted("2025-06-02", CHANGE.format(on="2025-06-16", run="c1") + recommended("2025-06-20", "2025-06-20"))
    assert state(case, "2025-06-20", "plan_change/c1") == "under_standstill"
    assert state(case, "2025-06-20") == "recommended"


def test_a_change_is_named():
    found, said = tried(accepted("2025-06-02"), "plan_change.propose", "2025-07-10", proposal="p")
    assert (found, "name it" in said) == (False, True)
    text = accepted("2025-06-02", "2025-07-10 plan_change.propose")
    assert [n["kind"] for n in standing(text, "2025-07-10")["notes"]] == ["irregular"]


def test_no_change_of_a_plan_that_was_never_accepted():
    case = ledger("2025-06-02 introduction_plan.file")
    assert tried(case, "plan_change.propose", "2025-06-03", "--run", "c1", proposal="p")[0] is False


# -- scope, grace, emergency, after clearance -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "data", "free"),
    [
        ("2026-09-17", {"supply": "self"}, True),
        ("2026-09-18", {"supply": "self"}, False),
        ("2026-09-18", {"supply": "self", "third_party_facility": False, "third_party_component": True}, False),
        ("2026-09-18", {"supply": "self", "third_party_facility": False, "third_party_component": False}, True),
        ("2026-09-17", {"supply": "exempt_person"}, True),
        ("2026-09-17", {"supply": "exempt_person", "third_party_facility": True}, False),
        ("2026-09-17", {"supply": "other_business"}, False),
        ("2024-05-16", {"grace_until": "2024-05-16"}, True),
        ("2024-05-17", {"grace_until": "2024-05-16"}, False),
    ],
)
def test_what_needs_a_plan_is_asked_on_the_day_of_the_introduction(on, data, free):
    assert tried("", "introduction_plan.introduce", on, **data)[0] is free


def test_an_emergency_needs_all_four_conditions():
    yes = {"what": "introduction", "disrupted": True, "not_contrived": True, "urgent": True, "no_other_means": True}
    assert tried("", "emergency.do", "2025-08-04", **yes)[0] is True
    found, said = tried("", "emergency.do", "2025-08-04", **{**yes, "no_other_means": False})
    assert (found, "92(1)(i)" in said) == (False, True)
    done = ledger('2025-08-04 emergency.do {"what": "introduction", "urgent": false}')
    assert [n["kind"] for n in standing(done, "2025-08-04")["notes"]] == ["breach"]
    duty = [d for d in standing(done, "2026-08-04")["duties"] if d["procedure"] == "emergency"]
    assert [(d["status"], d["due"], "92(1)(v)" in d["penalty"]) for d in duty] == [("open", None, True)]


def test_after_clearance_only_changed_circumstances_bring_a_recommendation():
    case = accepted("2025-06-02", "2025-07-02 introduction_plan.introduce\n" + consulted("2025-10-01"))
    recommend = ("post_recommendation.recommend", "2025-10-02")
    assert tried(case, *recommend, great_risk=True, changed_circumstances=False)[0] is False
    assert tried(case, *recommend, great_risk=True, changed_circumstances=True)[0] is True
    early = accepted("2025-06-02", consulted("2025-06-03"))
    found = tried(early, "post_recommendation.recommend", "2025-06-04", great_risk=True, changed_circumstances=True)
    assert found[0] is False, "the plan is not free yet: Art. 52(6) is the way"


def test_the_order_after_clearance_has_no_time_limit():
    more = "2025-07-02 introduction_plan.introduce\n" + consulted("2025-10-01")
    more += '2025-10-02 post_recommendation.recommend {"received_on": "2025-10-02"}\n' + consulted("2028-01-11")
    case = accepted("2025-06-02", more)
    assert clock(case, "2025-10-03", "post_recommendation.reply_due")[1] == "2025-10-14", (
        "day ten is Saturday, Monday a holiday"
    )
    assert tried(case, "post_recommendation.order", "2028-01-12", no_just_cause=True)[0] is True


def test_the_penalty_is_named_in_the_words_of_the_day():
    case = accepted("2025-05-20")
    named = {day: standing(case, day)["bans"][0]["penalty"] for day in ("2025-05-31", "2025-06-01")}
    assert "懲役" in named["2025-05-31"] and "拘禁刑" in named["2025-06-01"]


def test_the_planned_day_is_weighed_against_both_ends():
    filing = '{"planned_on": "%s"}'
    for planned, words in (
        ("2025-06-20", ["2025-07-02", "2025-10-02"]),
        ("2025-08-01", ["2025-10-02"]),
        ("2025-10-02", []),
    ):
        case = ledger(f"2025-06-02 introduction_plan.file {filing % planned}\n2025-06-02 introduction_plan.accept")
        said = " ".join(w["text"] for w in standing(case, "2025-06-10")["warnings"])
        assert bool(said) is bool(words) and all(w in said for w in words), planned


# -- a notice of extension that comes too late (note 0317) ------------------------------------------------------------

LATE = '2025-05-02 introduction_plan.extend {"needed": true, "received_on": "2025-05-07"}\n'


def notes(case: str, day: str) -> list[tuple[str, str]]:
    return [(n["kind"], n["reasons"][0]["text"]) for n in standing(case, day)["notes"]]


def test_an_extension_that_arrives_after_the_standstill_is_refused_and_has_no_effect_where_it_is_recorded():
    case = accepted("2025-04-07")
    ok, said = tried(case, "introduction_plan.extend", "2025-05-02", needed=True, received_on="2025-05-07")
    assert not ok and "arrived on 2025-05-07, after the standstill's last day 2025-05-06" in said
    held = accepted("2025-04-07", LATE)
    assert clock(held, "2025-05-07", STANDSTILL) == ("2025-04-07", "2025-05-06", "ended")
    assert state(held, "2025-05-07") == "cleared_by_lapse" and bans(held, "2025-05-07") == {}
    ((kind, text),) = notes(held, "2025-05-07")
    assert kind == "irregular" and "ask the ministry" in text
    assert tried(held, "introduction_plan.introduce", "2025-05-07")[0]


@pytest.mark.parametrize(("received", "last"), [("2025-05-06", "2025-08-06"), ("2025-05-07", "2025-05-06")])
def test_a_receipt_that_becomes_known_later_decides_as_if_it_had_been_recorded(received, last):
    case = accepted("2025-04-07", '2025-05-02 introduction_plan.extend {"needed": true}')
    assert clock(case, "2025-05-09", STANDSTILL)[1] == "2025-08-06"  # no receipt recorded: from its issue
    late = ledger(f"2025-05-09 deliver {json.dumps({'entry': 3, 'received_on': received})}")
    delivered = f"{case}\n{late}"
    assert clock(delivered, "2025-05-09", STANDSTILL)[1] == last


# -- a recommendation that was never answered (note 0321) -------------------------------------------------------------


def reply(case: str, day: str) -> str:
    """The status of the duty to answer."""
    return next(d["status"] for d in standing(case, day)["duties"] if d["id"] == "reply")


def test_what_was_never_answered_is_overdue_only_while_an_order_can_follow():
    early = accepted("2025-04-07", recommended("2025-04-15", "2025-04-15"))  # answer due 24 April, order to 6 May
    assert [reply(early, f"2025-{d}") for d in ("04-24", "04-25", "05-06", "05-07")] == [
        "open", "overdue", "overdue", "void",
    ]  # fmt: skip
    late = accepted("2025-04-07", recommended("2025-04-25", "2025-04-25"))  # answer due 7 May, order to 6 May
    assert [reply(late, f"2025-{d}") for d in ("05-06", "05-07", "05-08")] == ["open", "open", "void"]
    assert state(late, "2025-05-08", "recommendation_order") == "window_closed"
    assert not any("overdue" in w["text"] for w in standing(late, "2025-05-20")["warnings"])
