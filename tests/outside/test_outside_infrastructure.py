"""Chapter 3 asked from outside: fresh cases worked by hand from the Act, the orders and the calendar."""

import json

import pytest
from click.testing import CliRunner

from case_ledgers import ledger
from kaname.cli import root
from outside import OPERATOR, PLAN, duty, ends, notes

FILE = ('{"plan": "計画書", "facility": "基幹系", "content": "更改", "planned_on": "2026-12-01",'
        ' "supplier": "見本電算", "measures": "措置一覧"}')  # fmt: skip
MAINTENANCE = ('{"plan": "計画書", "facility": "基幹系", "content": "保守", "period_from": "2026-07-01",'
               ' "period_until": "2029-06-30", "entrustee": "見本保守", "measures": "措置一覧"}')  # fmt: skip
INTRODUCE = "introduction_plan.introduce"


def accepted(on: str) -> str:
    return f"""{on} introduction_plan.file {FILE}
        {on} introduction_plan.accept {{"complete": true}}"""


def extended(on: str, notice: str, ends_on: str = "") -> str:
    until = f', "ends_on": "{ends_on}"' if ends_on else ""
    return f"""{accepted(on)}
        {notice} extension_shortening.extend {{"needed": true, "received_on": "{notice}"{until}}}"""


def consulted(begun: str, closed: str, intended: str = "recommendation", run: str = "") -> str:
    of = f" {run}" if run else ""
    return f"""{begun} consultation_with_pm.mandatory{of} {{"intended": "{intended}"}}
        {closed} consultation_with_pm.close{of}"""


def recommended(on: str, sent: str, received: str, extend: bool = True) -> str:
    begin = extended(on, on) if extend else accepted(on)
    return f"""{begin}
        {consulted(sent, sent)}
        {sent} recommendation_order.issue {{"great_risk": true, "asks": ["change"], "received_on": "{received}"}}"""


def standstill(lines: str, day: str) -> str | None:
    found = ends(PLAN, lines, day, "extension_shortening.standstill")
    assert found is None or found[0] == found[1]  # a standstill never moves
    return found[1] if found else None


# -- standstill -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "thirty", "longest"), [
    ("2028-01-31", "2028-02-29", "2028-05-30"),
    ("2025-10-31", "2025-11-29", "2026-02-28"),  # no 31 February: the month ends it
    ("2025-11-01", "2025-11-30", "2026-02-28"),
    ("2025-11-30", "2025-12-29", "2026-03-29"),
    ("2026-12-02", "2026-12-31", "2027-04-01"),
    ("2023-12-31", "2024-01-29", "2024-04-30"),
    ("2027-10-30", "2027-11-28", "2028-02-29"),
])  # fmt: skip
def test_thirty_days_and_four_months_from_acceptance(on, thirty, longest):
    assert standstill(accepted(on), on) == thirty
    assert standstill(extended(on, on), on) == longest
    text = ledger(accepted(on))
    assert not PLAN.tried(text, INTRODUCE, thirty)[0]


def test_filed_returned_and_accepted_are_three_days():
    lines = f"""2026-06-01 introduction_plan.file {FILE}
        2026-06-03 introduction_plan.return
        2026-06-10 introduction_plan.file {FILE}
        2026-06-12 introduction_plan.accept {{"complete": true}}"""
    assert standstill(lines, "2026-06-12") == "2026-07-11"
    text = ledger(lines)
    assert [PLAN.state(text, d) for d in ("2026-06-05", "2026-06-11", "2026-07-11", "2026-07-12")] == [
        "returned_for_defects", "filed", "under_standstill", "cleared_by_lapse"]  # fmt: skip
    assert PLAN.tried(text, INTRODUCE, "2026-07-12")[0]


def test_an_extension_must_arrive_on_the_thirtieth_day():
    text = ledger(accepted("2025-06-02"))
    call = ("extension_shortening.extend",)
    assert PLAN.tried(text, *call, "2025-07-01", needed=True, received_on="2025-07-01")[0]
    assert not PLAN.tried(text, *call, "2025-07-01", needed=True, received_on="2025-07-02")[0]
    assert not PLAN.tried(text, *call, "2025-06-20", needed=True, received_on="2025-06-20", ends_on="2025-10-02")[0]
    assert PLAN.tried(text, *call, "2025-06-20", needed=True, received_on="2025-06-20", ends_on="2025-10-01")[0]


def test_only_one_extension():
    text = ledger(extended("2025-06-02", "2025-06-20", "2025-08-31"))
    assert not PLAN.tried(text, "extension_shortening.extend", "2025-08-01", needed=True, received_on="2025-08-01")[0]


def test_introduced_on_the_last_banned_day_is_a_breach_and_the_next_day_none():
    early = f"{accepted('2026-07-01')}\n2026-07-30 {INTRODUCE}"
    assert notes(PLAN, early, "2026-08-01") == ["breach"]
    assert notes(PLAN, early.replace("2026-07-30", "2026-07-31"), "2026-08-01") == []


# -- recommendation, reply, order -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "received", "unmoved", "due"), [
    ("2026-04-01", "2026-04-27", "2026-05-06", "2026-05-07"),  # the substitute holiday
    ("2026-04-01", "2026-04-23", "2026-05-02", "2026-05-07"),  # a Saturday before five closed days
    ("2025-12-01", "2025-12-22", "2025-12-31", "2026-01-05"),
    ("2026-08-20", "2026-09-10", "2026-09-19", "2026-09-24"),  # Silver Week with a day between two holidays
    ("2026-06-01", "2026-06-15", "2026-06-24", "2026-06-24"),
    ("2028-02-01", "2028-02-20", "2028-02-29", "2028-02-29"),
])  # fmt: skip
def test_ten_days_count_the_day_of_receipt(on, received, unmoved, due):
    assert ends(PLAN, recommended(on, received, received), received, "recommendation_order.reply_due") == (unmoved, due)


def test_receipt_and_dispatch_of_a_recommendation():
    lines = recommended("2026-06-01", "2026-06-15", "2026-06-17")
    assert ends(PLAN, lines, "2026-06-18", "recommendation_order.reply_due") == ("2026-06-26", "2026-06-26")


def test_no_recommendation_without_consultation_or_after_the_standstill():
    text = ledger(accepted("2026-06-01"))
    ready = {"great_risk": True, "asks": ["change"]}
    issue = "recommendation_order.issue"
    done, said = PLAN.tried(text, issue, "2026-06-20", **ready)
    assert not done and "consult" in said
    late = ledger(f"{accepted('2026-06-01')}\n{consulted('2026-06-05', '2026-06-10')}")
    assert PLAN.tried(late, issue, "2026-06-30", received_on="2026-06-30", **ready)[0]
    assert not PLAN.tried(late, issue, "2026-07-01", received_on="2026-07-01", **ready)[0]


def test_silence_then_order_needs_its_own_consultation_and_the_window():
    lines = recommended("2026-06-01", "2026-07-01", "2026-07-01")  # extended to 2026-09-30; reply due 2026-07-10
    text = ledger(lines)
    assert PLAN.state(text, "2026-07-10") == "recommended"
    assert PLAN.state(text, "2026-07-11") == "silent"
    order = ("recommendation_order.order",)
    assert not PLAN.tried(text, *order, "2026-07-13", no_just_cause=True)[0]
    asked = ledger(f"{lines}\n{consulted('2026-07-13', '2026-07-20', 'order')}")
    assert PLAN.tried(asked, *order, "2026-09-30", no_just_cause=True, received_on="2026-09-30")[0]
    assert not PLAN.tried(asked, *order, "2026-10-01", no_just_cause=True, received_on="2026-10-01")[0]
    assert PLAN.state(text, "2026-10-01") == "cleared_by_lapse"
    assert PLAN.state(text, "2026-10-01", "recommendation_order") == "window_closed"


def test_after_accepting_the_changed_plan_frees_at_once():
    lines = f"""{recommended("2026-06-01", "2026-07-01", "2026-07-01")}
        2026-07-08 recommendation_order.accept
        2026-07-15 recommendation_order.file_changed {{"plan": "変更後"}}"""
    text = ledger(lines)
    assert not PLAN.tried(ledger(lines.rsplit("\n", 1)[0]), INTRODUCE, "2026-07-14", as_recommended=True)[0]
    assert PLAN.tried(text, INTRODUCE, "2026-07-15", as_recommended=True)[0]


def test_after_an_order_the_standstill_must_still_end():
    lines = f"""{recommended("2026-06-01", "2026-07-01", "2026-07-01")}
        2026-07-08 recommendation_order.refuse {{"reasons": "代替がない"}}
        {consulted("2026-07-13", "2026-07-20", "order")}
        2026-07-22 recommendation_order.order {{"no_just_cause": true, "received_on": "2026-07-22"}}
        2026-08-03 recommendation_order.file_changed {{"plan": "変更後"}}"""
    text = ledger(lines)
    assert not PLAN.tried(text, "recommendation_order.comply_order", "2026-09-30")[0]
    assert PLAN.tried(text, "recommendation_order.comply_order", "2026-10-01")[0]
    assert not PLAN.tried(text, INTRODUCE, "2026-09-30", as_recommended=True)[0]


def test_just_cause_lets_the_plan_run_out():
    lines = f"""{recommended("2026-06-01", "2026-07-01", "2026-07-01")}
        2026-07-08 recommendation_order.refuse {{"reasons": "代替がない"}}
        2026-07-15 recommendation_order.just_cause {{"just_cause": true}}"""
    text = ledger(lines)
    assert PLAN.state(text, "2026-09-30") == "refused"
    assert PLAN.state(text, "2026-10-01") == "cleared_by_lapse"
    assert not PLAN.tried(text, "recommendation_order.order", "2026-08-01", no_just_cause=True)[0]


def test_a_shortened_extension_frees_the_next_day():
    lines = f"""{extended("2026-06-01", "2026-06-25")}
        2026-08-10 extension_shortening.shorten {{"ends_on": "2026-08-15", "ground": "no_great_risk"}}"""
    assert standstill(lines, "2026-08-11") == "2026-08-15"
    assert PLAN.tried(ledger(lines), INTRODUCE, "2026-08-16")[0]
    assert not PLAN.tried(ledger(lines), INTRODUCE, "2026-08-15")[0]


def test_an_extension_is_open_while_a_recommendation_is_pending():
    lines = recommended("2026-06-01", "2026-06-15", "2026-06-15", extend=False)
    done, said = PLAN.tried(
        ledger(lines), "extension_shortening.extend", "2026-06-20", needed=True, received_on="2026-06-20"
    )
    assert done, said


# -- after clearance --------------------------------------------------------------------------------------------------

CLEARED = f"{accepted('2026-06-01')}\n2026-07-02 {INTRODUCE}"


def test_recommendation_after_introduction_needs_changed_circumstances_and_its_order_no_window():
    asked = f"{CLEARED}\n{consulted('2026-08-03', '2026-08-20')}"
    recommend = "post_recommendation.recommend"
    assert not PLAN.tried(ledger(asked), recommend, "2026-08-21", great_risk=True)[0]
    assert PLAN.tried(ledger(asked), recommend, "2026-08-21", great_risk=True, changed_circumstances=True)[0]
    told = f"""{asked}
        2026-08-21 {recommend} {{"great_risk": true, "changed_circumstances": true, "received_on": "2026-08-24"}}"""
    assert ends(PLAN, told, "2026-08-25", "post_recommendation.reply_due") == ("2026-09-02", "2026-09-02")
    assert PLAN.state(ledger(told), "2026-09-03", "post_recommendation") == "no_reply"
    late = ledger(f"{told}\n{consulted('2027-03-01', '2027-03-10', 'order')}")
    assert PLAN.tried(late, "post_recommendation.order", "2027-03-11", no_just_cause=True)[0]


# -- emergencies ------------------------------------------------------------------------------------------------------

FOUR = {"disrupted": True, "not_contrived": True, "urgent": True, "no_other_means": True}


@pytest.mark.parametrize("missing", FOUR)
def test_an_emergency_needs_all_four(missing):
    done, said = PLAN.tried("", "emergency.do", "2026-08-04", what=["introduction"], **{**FOUR, missing: False})
    assert not done and said


def test_an_emergency_has_no_standstill_but_a_duty():
    lines = f"2026-08-08 emergency.do {json.dumps({'what': 'introduction', **FOUR})}"
    assert duty(PLAN, lines, "2026-08-20", "emergency.notice") == (None, "open")
    told = f'{lines}\n2026-08-21 emergency.file {{"notice": "緊急導入等届出書"}}'
    assert duty(PLAN, told, "2026-08-21", "emergency.notice") == (None, "done")
    assert "extension_shortening.standstill" not in str(PLAN.bans(ledger(told), "2026-08-21"))
    after = ledger(f"{told}\n{consulted('2026-09-01', '2026-09-05')}")
    assert PLAN.tried(after, "post_recommendation.recommend", "2026-09-07", great_risk=True)[0]


# -- changes ----------------------------------------------------------------------------------------------------------


def test_a_change_proposal_has_its_own_thirty_days_and_closes_with_the_introduction():
    change = """2026-07-03 plan_change.propose c1 {"proposal": "案"}
        2026-07-03 plan_change.accept c1 {"complete": true}"""
    lines = f"{accepted('2026-06-01')}\n{change}"
    assert ends(PLAN, lines, "2026-07-05", "extension_shortening.standstill", "c1")[1] == "2026-08-01"
    text = ledger(lines)
    assert not PLAN.tried(text, "plan_change.carry_out", "2026-08-01", "--run", "c1")[0]
    assert PLAN.tried(text, "plan_change.carry_out", "2026-08-02", "--run", "c1")[0]
    done, said = PLAN.tried(ledger(CLEARED), "plan_change.propose", "2026-07-10", "--run", "c1", proposal="案")
    assert not done and said


def test_after_the_introduction_only_components_are_reported():
    text = ledger(CLEARED)
    report = ("plan_change.report", "2026-07-10", "--run", "c1")
    assert PLAN.tried(text, *report, report="報告", component=True)[0]
    assert not PLAN.tried(text, *report, report="報告", component=False)[0]


def test_maintenance_changes_stay_open_to_the_end_of_the_term():
    lines = f"""2026-05-11 entrusted_maintenance_plan.file {MAINTENANCE}
        2026-05-11 entrusted_maintenance_plan.accept {{"complete": true}}
        2026-07-01 entrusted_maintenance_plan.start"""
    text = ledger(lines)
    propose = ("plan_change.propose", "2028-03-01", "--run", "c1")
    assert PLAN.tried(text, *propose, proposal="案")[0]
    over = ledger(f"{lines}\n2029-06-30 entrusted_maintenance_plan.end")
    assert not PLAN.tried(over, "plan_change.propose", "2029-07-02", "--run", "c1", proposal="案")[0]


def changed(order: str = "fsa", **fact) -> dict:
    call = ["assess", "change", "-", "--json", "--order", order]
    found = CliRunner().invoke(root, call, input=json.dumps(fact), env={"KANAME_LANG": "en", "LANG": "C.UTF-8"})
    assert found.exit_code == 0, found.output
    answer = json.loads(found.stdout)
    return answer[0] if isinstance(answer, list) else answer


INTRO = {"plan": "introduction", "stage": "before"}
DONE = {"plan": "introduction", "stage": "after"}
RUNNING = {"plan": "maintenance", "stage": "running"}
TO_COME = {"plan": "maintenance", "stage": "before"}


@pytest.mark.parametrize(("fact", "expected"), [
    ({**INTRO, "subject": "supplier", "aspect": "holders", "before": "24.99", "after": "25"}, "report"),
    ({**INTRO, "subject": "supplier", "aspect": "holders", "before": "25", "after": "33.33"}, "minor"),
    ({**INTRO, "subject": "supplier", "aspect": "holders", "before": "33.33", "after": "33.34"}, "report"),
    ({**INTRO, "subject": "supplier", "aspect": "holders", "before": "33.34", "after": "49.99"}, "minor"),
    ({**INTRO, "subject": "supplier", "aspect": "holders", "before": "49.99", "after": "50"}, "report"),
    ({**INTRO, "subject": "supplier", "aspect": "holders", "before": "60", "after": "51"}, "minor"),
    ({**INTRO, "subject": "supplier", "aspect": "holders", "before": "50", "after": "33"}, "minor"),
    ({**INTRO, "subject": "supplier", "aspect": "holders", "before": "6", "after": "100"}, "report"),
    ({**INTRO, "subject": "supplier", "aspect": "holders", "before": "5", "after": "24.9"}, "minor"),
    ({**INTRO, "subject": "supplier", "aspect": "name", "before": "A", "after": "B"}, "significant"),
    ({**INTRO, "subject": "supplier", "aspect": "address", "before": "東京都", "after": "大阪府"}, "minor"),
    ({**INTRO, "subject": "supplier", "aspect": "governing_law", "before": "JP", "after": "SG"}, "significant"),
    ({**INTRO, "subject": "supplier", "aspect": "factory", "before": "JP", "after": "VN"}, "significant"),
    ({**INTRO, "subject": "component", "aspect": "function", "before": "a", "after": "b"}, "significant"),
    ({**INTRO, "subject": "component_supplier", "aspect": "officers"}, "report"),
    ({**INTRO, "subject": "component_supplier", "aspect": "representative"}, "report"),
    ({**INTRO, "subject": "introduction", "aspect": "content"}, "significant"),
    ({**INTRO, "subject": "introduction", "aspect": "time"}, "report"),
    ({**DONE, "subject": "component", "aspect": "function"}, "report"),
    ({**DONE, "subject": "supplier", "aspect": "officers"}, "nothing"),
    ({**DONE, "subject": "supplier", "aspect": "holders", "before": "10", "after": "60"}, "nothing"),
    ({**DONE, "subject": "component_supplier", "aspect": "factory", "before": "JP", "after": "VN"}, "nothing"),
    ({**RUNNING, "subject": "entrustment", "aspect": "period", "before": "36", "after": "24"}, "report"),
    ({**RUNNING, "subject": "entrustment", "aspect": "period", "before": "36", "after": "37"}, "significant"),
    ({**RUNNING, "subject": "entrustment", "aspect": "content"}, "significant"),
    ({**RUNNING, "subject": "entrustee", "aspect": "name", "before": "A", "after": "B"}, "significant"),
    ({**RUNNING, "subject": "entrustee", "aspect": "address", "before": "JP", "after": "SG"}, "report"),
    ({**RUNNING, "subject": "entrustee", "aspect": "governing_law", "before": "JP", "after": "SG"}, "report"),
    ({**TO_COME, "subject": "entrustee", "aspect": "address", "before": "JP", "after": "SG"}, "significant"),
    ({**RUNNING, "subject": "sub_entrustee", "aspect": "officers"}, "report"),
    ({**RUNNING, "subject": "sub_entrustment", "aspect": "period", "before": "12", "after": "6"}, "report"),
    ({**RUNNING, "subject": "sub_entrustment", "aspect": "content"}, "significant"),
    ({**RUNNING, "stage": "ended", "subject": "entrustee", "aspect": "name", "before": "A", "after": "B"}, "nothing"),
])  # fmt: skip
def test_what_a_change_asks_for(fact, expected):
    assert changed(**fact)["class"] == expected


def test_the_mic_order_stands_one_article_later():
    fact = {**INTRO, "subject": "supplier", "aspect": "address", "before": "JP", "after": "SG"}
    fsa, mic = (json.dumps(changed(order, **fact), ensure_ascii=False) for order in ("fsa", "mic"))
    assert "Art. 23" in fsa and "FSA Order Art. 23" in fsa
    assert "MIC Order Art. 24" in mic and "MIC Order Art. 23" not in mic


@pytest.mark.parametrize(("order", "shift"), [("fsa", 0), ("meti", 0), ("mlit", 0), ("mic", 2)])
@pytest.mark.parametrize(("fact", "number"), [
    ({**INTRO, "subject": "supplier", "aspect": "name", "before": "A", "after": "B"}, "七（一）"),
    ({**RUNNING, "subject": "entrustee", "aspect": "name", "before": "A", "after": "B"}, "七（二）"),
    ({**INTRO, "subject": "introduction", "aspect": "content", "emergency": True}, "八（一）/（二）"),
    ({**RUNNING, "subject": "entrustee", "aspect": "officers"}, "九（一）/（二）"),
    ({**DONE, "subject": "component", "aspect": "kind"}, "十"),
    ({**DONE, "subject": "component", "aspect": "kind", "emergency_notice": True}, "十"),  # 54(5)
])  # fmt: skip
def test_forms_of_changes_and_the_shift_of_the_mic(order, shift, fact, number):
    numerals = ["七", "八", "九", "十", "十一", "十二"]
    head, bracket, rest = number.partition("（")
    shifted = numerals[numerals.index(head) + shift]
    assert changed(order, **fact)["form"]["number"] == f"様式第{shifted}{bracket}{rest}"


def test_after_an_emergency_introduction_officers_are_reported_to_nobody():
    assert changed(**DONE, subject="supplier", aspect="officers", emergency_notice=True)["class"] == "nothing"
    assert changed(**RUNNING, subject="entrustee", aspect="officers", emergency_notice=True)["class"] == "report"


# -- disclosure -------------------------------------------------------------------------------------------------------


def disclosed(filing: str, **fact) -> dict:
    call = ["assess", "disclosure", "-", "--json", "--filing", filing]
    found = CliRunner().invoke(root, call, input=json.dumps(fact), env={"KANAME_LANG": "en", "LANG": "C.UTF-8"})
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


@pytest.mark.parametrize(("filing", "year_end", "years"), [
    ("2024-05-17", "03-31", ["2023-03-31", "2022-03-31", "2021-03-31"]),
    ("2025-05-31", "03-31", ["2025-03-31", "2024-03-31", "2023-03-31"]),
    ("2026-04-28", "02-28", ["2026-02-28", "2025-02-28", "2024-02-29"]),  # the end of February, leap years too
    ("2026-04-27", "02-28", ["2025-02-28", "2024-02-29", "2023-02-28"]),
    ("2028-04-29", "02-29", ["2028-02-29", "2027-02-28", "2026-02-28"]),
    ("2026-02-28", "12-31", ["2025-12-31", "2024-12-31", "2023-12-31"]) ,
    ("2026-02-20", "12-20", ["2025-12-20", "2024-12-20", "2023-12-20"]),
    ("2026-02-19", "12-20", ["2024-12-20", "2023-12-20", "2022-12-20"]),
])  # fmt: skip
def test_the_three_years_of_the_window(filing, year_end, years):
    if filing == "2026-02-28":  # the cut-off is 28 December: the year of 2025 has not ended by then
        years = ["2024-12-31", "2023-12-31", "2022-12-31"]
    found = disclosed(filing, year_end=year_end)
    assert sorted(str(y) for y in json.dumps(found).split('"') if y in years) and all(
        y in json.dumps(found) for y in years
    )


def test_quarter_of_sales_in_one_country_and_one_year():
    sales = [{"year_end": "2025-09-30", "country": "X", "body": "ministry", "ratio": "24.99"},
             {"year_end": "2025-09-30", "country": "Y", "body": "party", "ratio": "0.01"},
             {"year_end": "2024-09-30", "country": "Y", "body": "city", "ratio": "25.00"}]  # fmt: skip
    found = json.dumps(disclosed("2026-01-15", year_end="09-30", sales=sales))
    assert "city" in found and "ministry" not in found


# -- operators --------------------------------------------------------------------------------------------------------


def named(on: str, business: str = "finance.banking", **more) -> str:
    data = {"business": business, "name": "見本銀行", "criteria_met": True, **more}
    return f"{on} designation.designate {json.dumps(data, ensure_ascii=False)}"


@pytest.mark.parametrize(("on", "business", "until"), [
    ("2025-08-30", "finance.banking", "2026-02-28"),
    ("2025-08-31", "finance.banking", "2026-02-28"),
    ("2027-08-31", "finance.banking", "2028-02-29"),
    ("2025-04-01", "port.general_port_transport", "2025-10-01"),
    ("2026-02-28", "gas.manufacture", "2026-08-31"),
    ("2023-11-01", "rail.class_1_railway", "2024-05-01"),
])  # fmt: skip
def test_six_months_of_grace(on, business, until):
    found = OPERATOR.standing(ledger(named(on, business)), on)["clocks"]
    grace = next(c for c in found if c["procedure"] == "grace")
    assert (grace["last_day"], grace["unmoved_last_day"]) == (until, until)


@pytest.mark.parametrize(("on", "business", "may"), [
    ("2023-10-31", "finance.banking", False),
    ("2023-11-01", "finance.banking", True),
    ("2025-03-31", "port.general_port_transport", False),
    ("2025-04-01", "port.general_port_transport", True),
])  # fmt: skip
def test_designation_when_the_sector_is_in_force(on, business, may):
    done, said = OPERATOR.tried("", "designation.designate", on, business=business, name="見本", criteria_met=True)
    assert done == may, said


@pytest.mark.parametrize(("on", "state"), [("2026-09-17", "running"), ("2026-09-18", "excluded_by_succession")])
def test_no_grace_for_successors_from_2026_09_18(on, state):
    tracks = OPERATOR.standing(ledger(named(on, successor=True)), on)["tracks"]
    assert next(t["state"] for name, t in tracks.items() if name.startswith("grace")) == state


def test_two_weeks_before_a_change_of_name():
    text = ledger(named("2025-01-06"))
    notice = "designation.name_notice"
    told = {"changes_on": "2026-06-15", "name": "新見本銀行"}
    assert OPERATOR.tried(text, notice, "2026-05-31", **told)[0]
    assert OPERATOR.tried(text, notice, "2026-06-01", **told)[0]
    assert not OPERATOR.tried(text, notice, "2026-06-02", **told)[0]


@pytest.mark.parametrize(("year_end", "due"), [("2026-03-31", "2026-04-30"), ("2028-03-31", "2028-05-01")])
def test_band_of_a_message_service_within_a_month(year_end, due):
    text = ledger(named("2025-01-06", "telecom.telecom_message"))
    day = f"{year_end[:4]}-04-10"
    found = [
        c for c in OPERATOR.standing(text, day)["clocks"] if c["id"] == "message_report_due" and c["run"] == year_end
    ]
    assert [c["last_day"] for c in found] == [due]


@pytest.mark.parametrize(("year_end", "due"), [("2026-03-31", "2026-06-30"), ("2024-03-31", "2024-06-30")])
def test_card_issuers_have_a_fixed_date(year_end, due):
    """30 June 2024 is a Sunday: it stays, and Friday the 28th is the safe day."""
    text = ledger(named("2023-11-16", "credit_card.card_issuing"))
    found = [c for c in OPERATOR.standing(text, f"{year_end[:4]}-06-01")["clocks"] if c["run"] == year_end]
    assert [c["last_day"] for c in found] == [due]
    assert [c["safe_day"] for c in found] == ["2024-06-28" if due == "2024-06-30" else None]


# -- scope ------------------------------------------------------------------------------------------------------------


def scoped(*args: str) -> dict:
    call = ["assess", "scope", "--json", "--sector", "finance", "--business", "banking", "--facility", "data_system",
            "--designated-on", "2023-11-16", "--figure", "essential_work=yes", *args]  # fmt: skip
    found = CliRunner().invoke(root, call, env={"KANAME_LANG": "en", "LANG": "C.UTF-8"})
    assert found.exit_code == 0, found.output
    answer = json.loads(found.stdout)
    return answer[0] if isinstance(answer, list) else answer


@pytest.mark.parametrize(("on", "supplier", "component", "route"), [
    ("2026-09-17", "self", "yes", "nothing"),
    ("2026-09-18", "self", "yes", "plan"),
    ("2026-09-18", "self", "no", "nothing"),
    ("2026-09-17", "subsidiary", "yes", "nothing"),
    ("2026-09-18", "subsidiary", "yes", "plan"),
    ("2024-05-16", "third", "no", "nothing"),
    ("2024-05-17", "third", "no", "plan"),
    ("2026-01-05", "public_university", "no", "plan"),
    ("2026-01-05", "local_government", "no", "nothing"),
])  # fmt: skip
def test_scope_of_introductions(on, supplier, component, route):
    found = scoped("--on", on, "--event", "introduction", "--supplier", supplier, "--third-party-component", component,
                   "--third-party-facility", "no")  # fmt: skip
    assert found["route"] == route


def test_entrusting_a_subsidiary_is_inside():
    assert (
        scoped("--on", "2026-01-05", "--event", "entrusted_maintenance", "--supplier", "subsidiary")["route"] == "plan"
    )
    assert scoped("--on", "2026-01-05", "--event", "own_maintenance", "--supplier", "self")["route"] == "nothing"
