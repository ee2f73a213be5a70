"""The support body by its worked cases, through the command line: designation, yearly periods, money to the Treasury,
revocation, inspections, changes of name. Days are counted by hand.
"""

import json
from datetime import date

import pytest
from supply_ledgers import CASES, kaname_of

from kaname.procedure import fold
from kaname.regimes import kind
from walks import read_ledger

KIND = "supply.support_body"


def ledger(name: str, upto: str = "") -> str:
    """A worked case, up to the act named (that act left out)."""
    lines = (CASES / f"body_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    cut = next((i for i, line in enumerate(lines) if f'"{upto}"' in line), len(lines)) if upto else len(lines)
    return "\n".join(lines[:cut])


def standing(text: str, day: str):
    return kaname_of(KIND, text, "standing", "--as-of", day)


def clock(text: str, day: str, id: str, run: str = ""):
    found = next(c for c in standing(text, day)["clocks"] if (c["id"], c["run"]) == (id, run))
    return found["first_counted_day"], found["last_day"], found["status"]


def tried(text: str, act: str, on: str, *args: str, **data):
    found = kaname_of(KIND, text, "try", act, "--on", on, *args, "--data", json.dumps(data))
    return bool(found["accepted"]), "\n".join(
        r["text"] for r in (*found.get("reasons", ()), *found.get("warnings", ()))
    )


@pytest.mark.parametrize("path", sorted(CASES.glob("body_*.jsonl")), ids=lambda p: p.stem)
def test_every_worked_case_of_a_body_is_regular(path):
    assert fold(kind(KIND), read_ledger(path), date(2030, 1, 1), judge=True).notes == ()


def test_two_years_since_a_revocation_are_counted_from_the_day_itself():
    applied = ledger("corporation_life", "support_corporation.designate")
    found = {"officers_clear": True, "able": True, "structure_fits": True, "no_harm": True}
    assert tried(applied, "support_corporation.designate", "2023-02-15", **found, revoked_on="2021-02-15")[0]
    accepted, said = tried(applied, "support_corporation.designate", "2023-02-14", **found, revoked_on="2021-02-15")
    assert not accepted and "two years have not passed" in said


def test_ship_parts_need_the_further_grounds_of_the_mlit_order():
    applied = ledger("corporation_refused", "support_corporation.designate")
    found = {"officers_clear": True, "able": True, "structure_fits": True, "no_harm": True}
    assert not tried(applied, "support_corporation.designate", "2023-07-03", **found)[0]
    assert tried(applied, "support_corporation.designate", "2023-07-03", **found, prepared=True)[0]


def test_the_rules_need_the_consultation_of_the_finance_minister():
    accepted, said = tried(
        ledger("corporation_life", "support_corporation.rules"), "support_corporation.rules", "2023-02-28",
        rules="業務規程", rules_fit=True, consulted=False,
    )  # fmt: skip
    assert not accepted and "Finance Minister" in said


def test_accounts_after_three_months_and_the_fund_report_after_six_move_over_closed_days():
    text = ledger("corporation_life", "support_corporation.rules_order")
    assert clock(text, "2024-04-01", "accounts_due", "2024-03-31") == ("2024-04-01", "2024-07-01", "running"), (
        "30 June 2024 is a Sunday"
    )
    assert clock(text, "2024-04-01", "fund_report_due", "2024-03-31") == ("2024-04-01", "2024-09-30", "running")
    known = standing(ledger("corporation_life"), "2024-08-01")["clocks"]
    late = next(c for c in known if (c["id"], c["run"]) == ("accounts_due", "2024-03-31"))
    assert late["met_on"] == "2024-07-02", "late stays late"


def test_the_next_plan_is_due_a_clear_month_before_its_year_and_a_closed_day_names_the_safe_one():
    text = ledger("corporation_life", "support_corporation.fund_report")
    assert clock(text, "2023-05-01", "plan_due", "2024-03-31")[1] == "2024-02-29", "a Thursday"
    whole = ledger("corporation_life")
    assert clock(whole, "2026-05-01", "plan_due", "2026-03-31")[1] == "2026-02-28", "a Saturday, and it stays"
    known = standing(whole, "2026-05-01")["clocks"]
    assert "2026-02-27" in [c["safe_day"] for c in known if (c["id"], c["run"]) == ("plan_due", "2026-03-31")]
    assert clock(whole, "2024-04-01", "plan_due", "2024-03-31")[2] == "met", "asked for in time, approved a month later"


def test_the_first_plan_is_due_without_delay_and_no_day_that_is_past():
    designated = standing(ledger("corporation_life", "support_corporation.rules"), "2023-02-20")
    owed = {d["id"]: d for d in designated["duties"]}
    assert owed["first_plan"]["due"] is None and owed["first_plan"]["status"] == "open"
    begun = standing(ledger("corporation_life", "support_corporation.plan_publish"), "2023-03-12")
    assert "plan_due" not in {c["id"] for c in begun["clocks"]}, "the work began after the day for the plan of 2023"


def test_no_report_on_a_fund_that_does_not_exist():
    text = "\n".join(x for x in ledger("corporation_stopped").splitlines() if "fund_setup" not in x)
    assert "fund_report_due" not in {c["id"] for c in standing(text, "2024-04-05")["clocks"]}
    assert not tried(text, "support_corporation.fund_report", "2024-07-02", of_year="2024-03-31", report="報告書")[0]


def test_an_order_to_pay_the_treasury_needs_a_notice_and_the_consultation():
    text = ledger("corporation_life", "support_corporation.treasury")
    asked = {"amount": 250000000, "pay_by": "2024-09-30", "not_needed": True, "finance_minister_consulted": True}
    accepted, said = tried(text, "support_corporation.treasury", "2024-08-01", **asked, change_notified=False)
    assert not accepted and "no cancellation was notified" in said
    ordered = ledger("corporation_life", "support_corporation.treasury_pay")
    assert not tried(ordered, "support_corporation.treasury_pay", "2024-09-27", amount=249999999)[0]
    owed = next(d for d in standing(ordered, "2024-10-01")["duties"] if d["id"] == "treasury_pay")
    assert owed["status"] == "overdue"


def test_money_of_natural_gas_goes_to_the_energy_account():
    accepted, said = tried(
        ledger("agency", "support_agency.treasury"), "support_agency.treasury", "2024-12-02", amount=1,
        pay_by="2025-01-31", change_notified=True, not_needed=True, finance_minister_consulted=True, account="general",
    )  # fmt: skip
    assert not accepted and "energy" in said, "another account than the worked one needs a recorded reason"


def test_a_revocation_needs_a_hearing_and_is_followed_by_a_hand_over_only_under_41_1_and_2():
    working = ledger("corporation_revoked", "support_corporation.revoke")
    assert not tried(working, "support_corporation.revoke", "2024-03-01", ground="breach", reasons="違反")[0]
    revoked = standing(ledger("corporation_revoked", "support_corporation.handover"), "2024-03-10")
    assert "hand_over" in {d["id"] for d in revoked["duties"]}
    unneeded = ledger("corporation_not_needed")
    assert "hand_over" not in {d["id"] for d in standing(unneeded, "2024-03-10")["duties"]}
    accepted, said = tried(unneeded, "support_corporation.handover", "2024-03-20", successor="見本承継機構")
    assert not accepted and "Art. 41(3)" in said


def test_the_mlit_order_names_no_time_for_the_hand_over():
    ship = ledger("corporation_revoked", "support_corporation.handover").replace("fertilizer", "ship_parts")
    ship = ship.replace('"no_harm": true', '"no_harm": true, "prepared": true')
    assert "hand_over" not in {c["id"] for c in standing(ship, "2024-03-10")["clocks"]}


def test_stopping_without_permission_and_other_investments_are_punished():
    working = ledger("corporation_life", "support_corporation.separate_accounts")
    for act, place, most in (("stop_unpermitted", "96(iii)", "300,000"), ("invest_otherwise", "99", "200,000")):
        accepted, said = tried(working, f"support_corporation.{act}", "2023-04-03")
        assert not accepted and place in said and most in said


def test_secrecy_outlasts_the_designation():
    over = standing(ledger("corporation_not_needed"), "2026-01-05")
    kept = [d for d in over["duties"] if d["id"] == "secrecy"]
    assert [(d["status"], d["lasts"]) for d in kept] == [("open", True)]
    accepted, said = tried(ledger("corporation_not_needed"), "support_corporation.leak", "2026-01-05")
    assert not accepted and "500,000" in said


def test_resuming_early_is_a_question_not_a_refusal():
    suspended = ledger("corporation_stopped", "support_corporation.resume")
    accepted, said = tried(suspended, "support_corporation.resume", "2024-06-30")
    assert accepted and "no clause on resuming" in said
    assert tried(suspended, "support_corporation.resume", "2024-07-01") == (True, "")


def test_agencies_are_not_reached_by_art_48():
    accepted, said = tried(
        ledger("agency"), "inspection.demand", "2025-02-03", "--run", "m1", addressee="corporation", needed=True
    )
    assert not accepted and "agencies are not reached" in said


def test_an_unanswered_demand_is_punished_and_a_broken_order_is_not():
    owed = standing(ledger("corporation_revoked", "inspection.answer"), "2023-11-01")["duties"]
    answer = next(d for d in owed if d["procedure"] == "inspection")
    assert answer["status"] == "overdue" and "96(v)" in str(answer["penalty"])
    issued = standing(ledger("corporation_revoked", "inspection.ignore"), "2023-12-01")["duties"]
    obey = next(d for d in issued if d["id"] == "obey")
    assert "without a penalty" in str(obey["penalty"])


def test_a_change_of_name_is_notified_before_it():
    text = ledger("corporation_renamed", "name_change_notice.notify")
    asked = {"body": "corporation", "change": "名称", "changes_on": "2024-04-01"}
    assert tried(text, "name_change_notice.notify", "2024-03-31", "--run", "c1", **asked)[0], "no number of days"
    assert not tried(text, "name_change_notice.notify", "2024-04-01", "--run", "c1", **asked)[0]


def test_after_the_end_of_the_work_no_year_opens_and_an_open_one_is_a_question():
    revoked = standing(ledger("corporation_revoked"), "2026-01-05")
    years = {t for t in revoked["tracks"] if t.startswith("support_year/")}
    assert years == {"support_year/2023-03-31", "support_year/2024-03-31"}
    assert any("not laid down" in w["text"] for w in revoked["warnings"])


@pytest.mark.parametrize(("lang", "says"), [("en", "opened by time on 2024-04-01"), ("ja", "時の経過により始まった")])
def test_why_a_year_that_time_opened_stands_where_it_does(lang, says):
    told = kaname_of(
        KIND, ledger("corporation_life"), "explain", "support_year/2025-03-31", "--as-of", "2024-06-01", lang=lang
    )
    assert says in told


@pytest.mark.parametrize("on", ["2023-03-30", "2023-03-31"])
def test_a_fund_set_up_on_the_last_day_of_a_year_is_reported_on_for_that_year(on):
    text = "\n".join(ledger("agency").splitlines()[:3]).replace("2023-03-31", on, 1)
    assert clock(text, "2023-05-01", "fund_report_due", "2023-03-31") == ("2023-04-01", "2023-10-02", "running")
    assert tried(text, "support_agency.fund_report", "2023-09-29", of_year="2023-03-31")[0]
    begun = ledger("corporation_life", "support_corporation.fund_setup").replace("2023-03-10", on)
    assert clock(begun, "2023-05-01", "accounts_due", "2023-03-31")[1] == "2023-06-30"
    after = "\n".join(ledger("agency").splitlines()[:3]).replace("2023-03-31", "2023-04-03", 1)
    assert "support_year/2023-03-31" not in standing(after, "2023-05-01")["tracks"]


def test_money_is_added_to_the_fund_of_an_agency_and_the_day_it_was_set_up_stays():
    text = "\n".join(ledger("agency").splitlines()[:3])
    more = text + "\n" + json.dumps({"act": "support_agency.fund", "on": "2024-01-15", "data": {
        "amount": 33000000000, "year_end": "2023-03-31", "targets_set": True}})  # fmt: skip
    assert standing(more, "2024-02-01")["notes"] == []
    assert clock(more, "2024-02-01", "fund_report_due", "2023-03-31")[1] == "2023-10-02"


ORDER = {"change_notified": True, "not_needed": True, "finance_minister_consulted": True}


def ordered(*orders: tuple[str, int, str]) -> str:
    """The agency's case with orders to pay the Treasury: the day, the sum, the day designated."""
    return "\n".join(
        [
            *ledger("agency", "support_agency.treasury").splitlines(),
            *(
                json.dumps(
                    {"act": "support_agency.treasury", "on": on, "data": {**ORDER, "amount": amount, "pay_by": by}}
                )
                for on, amount, by in orders
            ),
        ]
    )


def test_a_second_order_to_pay_the_treasury_does_not_take_away_the_first():
    both = ordered(("2024-12-02", 100, "2025-01-31"), ("2025-02-03", 200, "2025-03-31"))
    assert clock(both, "2025-02-04", "treasury_due")[1:] == ("2025-01-31", "ended"), "the first is owed still"
    accepted, said = tried(both, "support_agency.treasury_pay", "2025-02-10", amount=150)
    assert not accepted and "100 yen (by 2025-01-31), 200 yen (by 2025-03-31)" in said
    assert tried(both, "support_agency.treasury_pay", "2025-02-10", amount=300)[0], "all of them together"

    def paid(amount: int) -> str:
        return (
            both
            + "\n"
            + json.dumps({"act": "support_agency.treasury_pay", "on": "2025-02-10", "data": {"amount": amount}})
        )

    assert clock(paid(100), "2025-02-11", "treasury_due")[1:] == ("2025-03-31", "running")
    assert clock(paid(200), "2025-02-11", "treasury_due")[1:] == ("2025-01-31", "ended")
    assert clock(paid(300), "2025-02-11", "treasury_due")[2] == "met"
    owed = {
        n: next(d["status"] for d in standing(paid(n), "2025-02-11")["duties"] if d["id"] == "treasury_pay")
        for n in (100, 200, 300)
    }
    assert owed == {100: "open", 200: "overdue", 300: "done"}
    assert not tried(paid(300), "support_agency.treasury_pay", "2025-02-12", amount=100)[0]


@pytest.mark.parametrize(
    ("end", "data"), [("abolish", {"permitted": True}), ("revoke", {"ground": "breach", "heard": True, "reasons": "r"})]
)
def test_an_order_to_pay_the_treasury_outlasts_the_work(end, data):
    over = json.dumps({"act": f"support_corporation.{end}", "on": "2024-09-02", "data": data})
    text = ledger("corporation_life", "support_corporation.treasury_pay") + "\n" + over
    assert clock(text, "2024-10-01", "treasury_due")[1:] == ("2024-09-30", "ended")
    owed = next(d for d in standing(text, "2024-10-01")["duties"] if d["id"] == "treasury_pay")
    assert owed["status"] == "overdue"
    assert tried(text, "support_corporation.treasury_pay", "2024-10-02", amount=250000000)[0]


def test_a_suspended_corporation_can_do_what_it_owes_for_the_year_to_come():
    text = ledger("corporation_stopped", "support_corporation.accounts")
    assert clock(text, "2024-01-15", "plan_due", "2024-03-31")[1:] == ("2024-02-29", "running")
    planned = {"planned_year_end": "2025-03-31", "plan": ["事業計画書"]}
    assert tried(text, "support_corporation.plan_apply", "2024-02-20", **planned)[0]
    assert tried(text, "support_corporation.plan", "2024-03-15", **planned, approved=True)[0]


@pytest.mark.parametrize(
    ("end", "data"), [("abolish", {"permitted": True}), ("revoke", {"ground": "breach", "heard": True, "reasons": "r"})]
)
def test_what_was_due_when_the_work_ended_can_still_be_filed(end, data):
    lines = ledger("corporation_life", "support_corporation.rules_order").splitlines()
    over = json.dumps({"act": f"support_corporation.{end}", "on": "2024-05-15", "data": data})
    text = "\n".join([*lines, over])
    assert clock(text, "2024-06-03", "accounts_due", "2024-03-31")[1:] == ("2024-07-01", "running")
    assert tried(text, "support_corporation.accounts", "2024-06-28", of_year="2024-03-31")[0]
    assert tried(text, "support_corporation.fund_report", "2024-09-30", of_year="2024-03-31")[0]


def test_the_fund_of_an_agency_is_invested_as_the_act_permits_too():
    accepted, said = tried(ledger("agency"), "support_agency.invest_otherwise", "2025-03-03")
    assert not accepted and "Art. 99" in said and "200,000" in said
