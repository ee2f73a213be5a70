"""Two events of one kind, one that comes late or never, one between others: what a supply plan then says."""

import json

import pytest
from supply_ledgers import clock, ledger, standing, tried, worked

from case_ledgers import kaname_of
from kaname.regimes.supply.catalogue import ORDERS
from kaname.regimes.supply.minor_change import Change, Plan, classify, result
from kaname.regimes.supply.plan_now import figures

FOUND = (
    '"fits_policy": true, "long_enough": true, "structure_adequate": true, "tight_supply_measures": true, '
    '"information_managed": true, "technology_protected": true'
)
CERTIFIED = worked("s3_funds")
MADE = (
    '2024-05-10 plan_minor_change.classify m1 {"funds": 12500000000, "made_on": "2024-05-10", "class": "minor_notice"}'
)


def said_of(text: str, amount: int) -> str:
    """What is said of funds of an amount, in percent of those that the case knows."""
    return tried(text, "plan_minor_change.classify", "2024-09-02", "--run", "z", funds=amount)[1]


def duties(text: str, day: str, procedure: str, kind: str = "") -> list[tuple[str, str, str]]:
    return [
        (d["run"], d["id"], d["status"]) for d in standing(text, day, kind)["duties"] if d["procedure"] == procedure
    ]


# -- the plan as changed ----------------------------------------------------------------------------------------------


def test_a_late_notice_of_an_earlier_change_does_not_undo_what_was_certified_since():
    since = (
        CERTIFIED
        + "\n"
        + ledger(f"""{MADE}
        2024-06-03 plan_change.submit c1 {{"funds": 20000000000}}
        2024-06-10 plan_change.consult c1
        2024-06-28 plan_change.certify c1 {{"number": "n2", {FOUND}}}""")
    )
    accepted, said = tried(since, "plan_minor_change.notify", "2024-07-30", "--run", "m1")
    assert accepted and "leaves them as they are" in said, "the notice is still owed"
    late = since + "\n" + ledger("2024-07-30 plan_minor_change.notify m1")
    assert "75.00%" in said_of(late, 35_000_000_000), "measured against 20 billion"


def test_of_two_minor_changes_the_later_made_is_the_plan_in_whatever_order_they_are_notified():
    second = (
        '2024-06-10 plan_minor_change.classify m2 {"funds": 12900000000, "made_on": "2024-06-10", '
        '"class": "minor_notice"}'
    )
    for order in (("m1", "m2"), ("m2", "m1")):
        told = "\n".join(f"2024-07-0{i + 1} plan_minor_change.notify {run}" for i, run in enumerate(order))
        text = CERTIFIED + "\n" + ledger(f"{MADE}\n{second}\n{told}")
        assert "100.00%" in said_of(text, 25_800_000_000), order


def test_no_change_is_certified_of_a_plan_that_was_cancelled_meanwhile():
    pending = (
        CERTIFIED
        + "\n"
        + ledger("""2024-06-03 plan_change.submit c1 {"funds": 20000000000}
        2024-06-10 plan_change.consult c1
        2024-06-17 plan_cancellation.find_nonperformance m
        2024-06-17 plan_cancellation.cancel m {"reasons": "撤退", "no_hearing": "consent"}""")
    )
    given = {"number": "n2", **dict.fromkeys(FOUND.replace('"', "").replace(": true", "").split(", "), True)}
    accepted, said = tried(pending, "plan_change.certify", "2024-06-28", "--run", "c1", **given)
    assert not accepted and said == "the plan is not certified"
    assert tried(pending, "plan_change.refuse", "2024-06-28", "--run", "c1", reasons="取消し")[0]


@pytest.mark.parametrize(("grant", "minor"), [(0, True), (1, False)])
def test_a_plan_without_a_grant_keeps_none_where_a_nought_is_told(grant, minor):
    without = CERTIFIED.replace('"grant": 4000000000, ', "")
    told = {"funds": 12_500_000_000, "grant": grant, "class": "minor_notice"}
    assert tried(without, "plan_minor_change.classify", "2024-06-03", "--run", "c1", **told)[0] is minor


def test_the_classifier_of_pages_reads_a_plan_without_a_grant_as_the_act_does():
    known = {"plan.funds": 12_000_000_000}
    for grant, found in ((0, "minor_notice"), (1, "prior_certification")):
        change = Change(Plan(funds=12_500_000_000, grant=grant))
        assert result(classify(ORDERS["meti"], figures(known.get), change)) == found


# -- what never comes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("act", "run"), [("plan", ""), ("plan_change", "c1")])
def test_documents_that_never_come_are_no_dead_end(act, run):
    name = ("--run", run) if run else ()
    text = (
        CERTIFIED.splitlines()[0]
        if act == "plan"
        else CERTIFIED + "\n" + ledger('2024-06-03 plan_change.submit c1 {"funds": 20000000000}')
    )
    day = "2023-05-01" if act == "plan" else "2024-06-05"
    asked = text + "\n" + ledger(f"{day} {act}.supplement{f' {run}' if run else ''}")
    assert tried(asked, f"{act}.refuse", "2024-08-01", *name, reasons="書類が提出されない")[0]


def test_a_business_without_the_end_of_its_year_is_told_that_no_report_is_counted():
    without = CERTIFIED.replace(', "year_end": "2023-03-31"', "")
    assert not [c for c in standing(without, "2024-06-03")["clocks"] if c["procedure"] == "annual_report"]
    said = "yearly reports (Art. 12) cannot be counted"
    assert any(said in w["text"] for w in standing(without, "2024-06-03")["warnings"])
    assert not any(said in w["text"] for w in standing(CERTIFIED, "2024-06-03")["warnings"])
    filing = {
        "product": "batteries",
        "applicants": [{"party": "甲社"}],
        "period_start": "2026-04-01",
        "period_end": "2031-03-31",
        "funds": 1_000_000_000,
    }
    accepted, told = tried("", "plan.submit", "2026-01-05", "--by", "applicant", **filing)
    assert accepted and said in told


# -- a second of the same kind ----------------------------------------------------------------------------------------


def test_a_second_demand_does_not_take_away_the_first_whose_answer_never_came():
    first = CERTIFIED + "\n" + ledger('2024-05-10 annual_report.demand A {"demanded": "甲", "report_by": "2024-05-31"}')
    accepted, said = tried(first, "annual_report.demand", "2024-07-10", "--run", "A", report_by="2024-07-31")
    assert not accepted and "A:2" in said
    both = (
        first
        + "\n"
        + ledger("""2024-07-10 annual_report.demand A:2 {"demanded": "乙", "report_by": "2024-07-31"}
        2024-07-20 annual_report.answer A:2 {"answer": "乙"}""")
    )
    assert standing(both, "2024-08-10")["notes"] == []
    answers = {(run, status) for run, id, status in duties(both, "2024-08-10", "annual_report") if id == "answer"}
    assert answers == {("A", "overdue"), ("A:2", "done")}
    assert not tried(both, "annual_report.submit", "2024-08-10", "--run", "A:2", status="x")[0], "no yearly report"
    answered = first + "\n" + ledger('2024-05-20 annual_report.answer A {"answer": "甲"}')
    assert tried(answered, "annual_report.demand", "2024-07-10", "--run", "A", report_by="2024-07-31")[0]
    assert not tried(answered, "annual_report.demand", "2024-07-10", "--run", "A:2025-03-31")[0], "time opens that"


def test_a_demand_binds_the_applicant_it_is_made_to():
    one = '{"party": "架空電池株式会社", "key": "A", "year_end": "2023-03-31"}'
    two = CERTIFIED.replace(one, one + ', {"party": "見本電池株式会社", "key": "B", "year_end": "2023-12-31"}')
    asked = (
        two
        + "\n"
        + ledger("""2024-05-10 annual_report.demand B {"report_by": "2024-05-31"}
        2024-05-13 annual_report.demand A:2 {"report_by": "2024-06-28"}""")
    )
    found = [(d["run"], d["party"]) for d in standing(asked, "2024-05-14")["duties"] if d["id"] == "answer"]
    assert found == [("B", "B"), ("A:2", "A")]


def test_nothing_is_demanded_of_who_was_a_certified_business():
    ended = (
        CERTIFIED
        + "\n"
        + ledger("""2025-05-01 plan_cancellation.find_nonperformance m
        2025-05-01 plan_cancellation.cancel m {"reasons": "撤退", "no_hearing": "consent"}""")
    )
    for run in ("A", "A:2025-03-31"):
        accepted, said = tried(ended, "annual_report.demand", "2025-05-02", "--run", run, report_by="2025-06-30")
        assert not accepted and "Art. 48(4) reaches certified businesses" in said
    asked = CERTIFIED + "\n" + ledger('2025-04-01 annual_report.demand A {"report_by": "2025-05-30"}')
    over = asked + ended.removeprefix(CERTIFIED)
    assert tried(over, "annual_report.answer", "2025-05-20", "--run", "A", answer="甲")[0], "asked before"


# -- two-step loan ----------------------------------------------------------------------------------------------------

LOAN = """2024-02-01 two_step_loan.apply bank
    2024-02-09 two_step_loan.designate bank {"listed": true, "adequate": true, "not_barred": true}
    2024-02-20 two_step_loan.agreement bank {"approved": true}
    2024-03-01 two_step_loan.request bank {"amount": 100}"""
LENT = LOAN + '\n2024-03-11 two_step_loan.loan bank {"amount": 100, "for_plan": true}'


@pytest.mark.parametrize(
    "end", ["two_step_loan.stop bank", 'two_step_loan.revoke bank {"heard": true, "reasons": "違反"}']
)
def test_contracts_are_finished_and_books_kept_after_the_end_of_the_designation(end):
    text = CERTIFIED + "\n" + ledger(f"{LENT}\n2025-03-03 {end}")
    assert tried(text, "two_step_loan.finish", "2025-06-30", "--run", "bank")[0]
    assert ("bank", "books", "open") in duties(text, "2025-06-30", "two_step_loan")
    kept = text + "\n" + ledger('2025-06-30 two_step_loan.books bank {"extinguished_on": "2025-06-30"}')
    assert clock(kept, "2025-07-01", "two_step_loan.books_kept", "bank")[1] == "2030-06-29"


def test_books_begin_with_a_loan_and_a_second_request_ends_nothing():
    assert not duties(CERTIFIED + "\n" + ledger(LOAN), "2024-03-04", "two_step_loan")
    again = CERTIFIED + "\n" + ledger(LENT + '\n2024-04-10 two_step_loan.request bank {"amount": 50}')
    assert duties(again, "2024-04-11", "two_step_loan") == [("bank", "books", "open")]
    assert tried(again, "two_step_loan.rules_change", "2024-04-11", "--run", "bank", approved=True)[0]
    assert tried(again, "two_step_loan.trouble", "2024-04-11", "--run", "bank", trouble="延滞")[0]


@pytest.mark.parametrize(
    ("act", "place", "sum_"),
    [("stop_unnotified", "Art. 96(ii)", "300,000"), ("agree_unapproved", "Art. 98(ii)", "1,000,000")],
)
def test_what_articles_96_and_98_punish_of_a_two_step_loan_is_a_deed(act, place, sum_):
    text = CERTIFIED + "\n" + ledger(LENT)
    accepted, said = tried(text, f"two_step_loan.{act}", "2024-05-07", "--run", "bank")
    assert not accepted and place in said and sum_ in said
    company = "the company or principal is fined too" in said
    assert company is (act == "stop_unnotified"), "Art. 97 names Art. 96 and not Art. 98"


# -- small business, grants, facilities -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "lawful", "said"),
    [(400_000_000, True, ""), (300_000_000, False, "no special case"), (None, False, "no special case")],
)
def test_the_capital_of_a_company_to_be_set_up_is_not_that_of_the_business(new, lawful, said):
    asked = {"industry": "general", "capital": 100_000_000, "staff": 400, "for_plan": True}
    more = {} if new is None else {"new_capital": new}
    accepted, told = tried(CERTIFIED, "sbic.invest", "2024-06-03", "--run", "x", **asked, **more)
    assert accepted is lawful and said in told


@pytest.mark.parametrize(("body", "unverified"), [("agency", False), ("corporation", True)])
def test_orders_of_the_1955_act_do_not_reach_who_has_a_grant_of_a_corporation(body, unverified):
    text = (
        CERTIFIED
        + "\n"
        + ledger(f'''2023-07-03 grant.apply g1
        2023-09-01 grant.decide g1 {{"amount": 100, "body": "{body}", "reason_for_body": "仮"}}
        2023-09-20 grant.start g1''')
    )
    asked = {"ordered": "perform", "misfit": True, "reasons": "遅れ"}
    accepted, said = tried(text, "grant.perform_order", "2024-04-10", "--run", "g1", **asked)
    assert accepted and ("does not reach" in said) is unverified


def test_a_grant_and_a_subsidy_that_outlive_the_certification_are_warned_of():
    cancelled = """2023-10-02 plan_cancellation.find_nonperformance m
        2023-10-02 plan_cancellation.cancel m {"reasons": "撤退", "no_hearing": "consent"}"""
    granted = """2023-07-03 grant.apply g1
        2023-09-01 grant.decide g1 {"amount": 100}
        2023-09-15 interest_subsidy.apply l1
        2023-09-20 interest_subsidy.decide l1 {"for_plan": true}
        """
    before, after = (CERTIFIED + "\n" + ledger(granted + end) for end in ("", cancelled))
    for text, warned in ((before, False), (after, True)):
        said = [w["text"] for w in standing(text, "2023-10-03")["warnings"]]
        assert any("the decision on the grant can be revoked" in s for s in said) is warned
        for act, run in (("grant.pay", "g1"), ("grant.start", "g1"), ("interest_subsidy.pay", "l1")):
            sum_ = {} if act == "grant.start" else {"amount": 10}
            accepted, told = tried(text, act, "2023-10-03", "--run", run, **sum_)
            assert accepted and ("was cancelled" in told) is warned, act
    ended = after + "\n" + ledger('2023-10-04 grant.revoke g1 {"ground": "breach", "reasons": "撤退"}')
    assert not [w for w in standing(ended, "2023-10-05")["warnings"] if "the grant can be revoked" in w["text"]]


@pytest.mark.parametrize("waiting", ["rules_apply", "rules_consult"])
def test_rules_that_wait_for_approval_shield_no_facility_manager(waiting):
    lines = worked("special_measures", "product").splitlines()
    last = max(i for i, line in enumerate(lines) if f'"facility_manager.{waiting}"' in line)
    text = "\n".join(lines[: last + 1])

    def may(act: str, **data) -> bool:
        return tried(text, f"facility_manager.{act}", "2025-11-20", "--run", "m1", kind="supply.product", **data)[0]

    assert may("order", ordered="帳簿を整えること")
    assert may("rules_apply", rules="改めた案")
    assert may("revoke", ground="not_expected", heard=True, reasons="見込めない")


# -- what comes late --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", ["no_answer", 'partial {"answer": "一部"}'])
def test_an_answer_that_comes_late_and_the_rest_of_one_are_taken(before):
    act, _, data = before.partition(" ")
    sent = ledger(
        f"""2025-03-03 survey.send b1 {{"goods": "人工呼吸器", "needed": true, "in_field": true}}
        2025-04-01 survey.{act} b1 {data}""".rstrip()
    )
    accepted, _ = tried(sent, "survey.answer", "2025-05-01", "--run", "b1", kind="supply.survey", answer="回答")
    assert accepted
    late = sent + "\n" + ledger('2025-05-01 survey.answer b1 {"answer": "回答"}')
    kept = [d for d in duties(late, "2025-05-02", "survey", "supply.survey") if d[1] == "secrecy"]
    assert kept == [("b1", "secrecy", "open")], "once, however often it is answered"


def test_the_request_is_published_also_when_the_investigation_is_over():
    opened = [s for s in worked("dumping", "market").splitlines() if '"tariff.publish"' not in s]
    over = "\n".join(opened)
    assert ("t1", "publish", "open") in duties(over, "2026-12-01", "tariff", "supply.market")
    assert tried(over, "tariff.publish", "2026-12-01", "--run", "t1", kind="supply.market", outline="概要")[0]
    assert not tried("\n".join(opened[:2]), "tariff.publish", "2025-08-01", "--run", "t1", kind="supply.market",
        outline="概要")[0], "nothing was opened"  # fmt: skip


@pytest.mark.parametrize(
    ("opened", "sort", "furthest", "beyond"),
    [
        ("2025-09-01", "dumping", "2027-03-01", "2027-03-02"),  # a year to 2026-09-01, and six months
        ("2026-09-01", "circumvention", "2028-01-01", "2028-01-02"),  # ten months to 2027-07-01
    ],
)
def test_two_extensions_of_an_investigation_make_six_months_together(opened, sort, furthest, beyond):
    year = opened[:4]
    text = (
        ledger(
            f"""{year}-07-01 tariff.request t {{"product": "magnets", "goods": "磁石", "sort": "{sort}",
        "evidence": ["統計"], "concerns_product": true, "evidence_sufficient": true, "needed": true,
        "dumping_duty": true}}""".replace("\n        ", " ")
        )
        + "\n"
        + ledger(f"""{opened} tariff.open t
        {int(year) + 1}-06-01 tariff.extend t {{"extended_to": "{int(year) + 1}-11-30", "reasons": "現地調査"}}""")
    )

    def may(day: str) -> bool:
        return tried(text, "tariff.extend", f"{int(year) + 1}-10-01", "--run", "t", kind="supply.market",
            extended_to=day, reasons="再度")[0]  # fmt: skip

    assert (may(furthest), may(beyond)) == (True, False)


def test_a_breach_found_while_monitored_still_revokes_the_grant():
    monitored = worked("grant_full_life")
    assert tried(monitored, "grant.revoke", "2026-03-02", "--run", "g1", ground="breach", reasons="目的外使用")[0]
    revoked = monitored + "\n" + ledger('2026-03-02 grant.revoke g1 {"ground": "breach", "reasons": "目的外使用"}')
    back = {"amount": 3_800_000_000, "return_by": "2026-04-02"}
    assert tried(revoked, "grant.return", "2026-03-03", "--run", "g1", **back)[0]


def test_an_instruction_is_followed_by_an_application_and_not_by_saying_so():
    instructed = (
        CERTIFIED
        + "\n"
        + ledger("""2024-05-07 plan_cancellation.find_nonconformity m
        2024-05-08 plan_cancellation.instruct_change m {"content": "変更せよ"}""")
    )
    said = tried(instructed, "plan_cancellation.comply", "2024-05-20", "--run", "m")[1]
    assert "no application to change is on record" in said
    applied = instructed + "\n" + ledger('2024-05-17 plan_change.submit c1 {"funds": 20000000000}')
    assert tried(applied, "plan_cancellation.comply", "2024-05-20", "--run", "m") == (True, "")


# -- the orders on support corporations -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("product", "on", "lawful", "said"),
    [
        ("fertilizer", "2022-12-27", False, "not in force yet"), ("fertilizer", "2022-12-28", True, ""),
        ("ventilators", "2025-12-25", False, "not in force yet"), ("ventilators", "2025-12-26", True, ""),
        ("semiconductors", "2023-03-01", True, "unverified"),
    ],
)  # fmt: skip
def test_a_corporation_applies_under_the_order_of_its_product(product, on, lawful, said):
    asked = {"product": product, "body": "一般財団法人見本", "year_end": "2023-03-31"}
    found = kaname_of(
        "supply.support_body",
        "",
        "try",
        "support_corporation.apply",
        "--on",
        on,
        "--data",
        json.dumps(asked),
    )
    told = "\n".join(r["text"] for r in (*found.get("reasons", ()), *found.get("warnings", ())))
    assert bool(found["accepted"]) is lawful and said in told and bool(said) is bool(told)
