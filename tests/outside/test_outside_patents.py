"""Chapter 5 asked from outside: fresh cases worked by hand from the Act, the Civil Code and the calendar."""

import json

import pytest
from click.testing import CliRunner

from case_ledgers import ledger
from kaname.cli import root
from outside import CONFIRMATION, LOSS, PATENT, duty, ends, notes

ABROAD = "foreign_filing_ban.file_abroad"
LISTED = '{"listed": true, "made_in_japan": true, "secret": true}'
BALLISTIC = '{"ipc": ["F42B 10/02"]}'  # item 37, field 4, no additional requirement


def filed(on: str, data: str = LISTED) -> str:
    return f"{on} first_review.file {data}"


def sent(on: str, data: str = LISTED, sent_on: str = "2026-02-02", received_on: str = "2026-02-03") -> str:
    return f"""{filed(on, data)}
        {sent_on} first_review.send {{"ground": "listed"}}
        {sent_on} first_review.notify_sent {{"received_on": "{received_on}"}}"""


def designated(on: str = "2026-06-15", received: str = "2026-06-16", ends_on: str = "") -> str:
    data = f', "ends_on": "{ends_on}"' if ends_on else ""
    return f"""{sent("2025-12-01")}
        2026-02-10 security_review.receive
        2026-04-01 security_review.notify_intention {{"received_on": "2026-04-02"}}
        2026-04-10 security_review.answer_keep
        {on} designation.designate {{"received_on": "{received}"{data}}}"""


def lasts(lines: str, clock: str, day: str) -> tuple[str, str] | None:
    return ends(PATENT, lines, day, clock)


# -- months by the calendar -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "three", "ten", "asked_by"), [
    ("2028-02-29", "2028-05-31", "2028-12-31", "2028-05-31"),  # counted from 1 March: whole months
    ("2025-11-30", "2026-02-28", "2026-09-30", "2026-03-02"),  # Saturday: only the request of the applicant moves
    ("2025-11-29", "2026-02-28", "2026-09-29", "2026-03-02"),  # no 30 February: the month ends it
    ("2026-08-31", "2026-11-30", "2027-06-30", "2026-11-30"),
    ("2024-05-01", "2024-08-01", "2025-03-01", "2024-08-01"),  # the first day of the regime
    ("2025-10-03", "2026-01-03", "2026-08-03", "2026-01-05"),  # 3 January is closed, the 4th a Sunday
    ("2026-02-03", "2026-05-03", "2026-12-03", "2026-05-07"),  # Constitution Day to the substitute holiday
])  # fmt: skip
def test_three_and_ten_months_stay_and_the_request_moves(on, three, ten, asked_by):
    text, day = filed(on), on
    assert lasts(text, "foreign_filing_ban.three_months", day) == (three, three)
    assert lasts(text, "foreign_filing_ban.ten_months", day) == (ten, ten)
    assert lasts(text, "first_review.nonsend_request", day)[1] == asked_by


def test_leap_day_filing_keeps_the_ban_to_the_end_of_may_and_the_priority_year_ends_in_february():
    lines = filed("2028-02-29", BALLISTIC)
    assert lasts(lines, "foreign_filing_ban.priority_year", "2028-03-01") == ("2029-02-28", "2029-02-28")
    assert lasts(lines, "patent_act_special.publication", "2028-03-01")[0] == "2029-08-31"
    text = ledger(lines)
    assert PATENT.state(text, "2028-05-31") == "banned"
    assert PATENT.state(text, "2028-06-01") == "released"
    assert not PATENT.tried(text, ABROAD, "2028-05-31", "--by", "applicant")[0]
    assert PATENT.tried(text, ABROAD, "2028-06-01", "--by", "applicant")[0]


# -- the versions of the items ----------------------------------------------------------------------------------------


def screened(on: str, symbols: str, **more: str) -> dict[str, str]:
    """One application through `assess patents`, as a docket of one line."""
    row = {"application_id": "A1", "filing_date": on, "ipc": symbols, **more}
    found = CliRunner().invoke(root, ["assess", "patents", "-", "--format", "jsonl", "--json"], input=json.dumps(row),
                               env={"KANAME_LANG": "en", "LANG": "C.UTF-8"})  # fmt: skip
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout.splitlines()[0])


@pytest.mark.parametrize(("on", "symbols", "item", "state"), [
    ("2024-12-31", "H04K 3/00", "47", "banned"),
    ("2025-01-01", "H04K 3/00", "45", "banned"),
    ("2025-01-01", "H01L 31/09", None, "not_covered"),
    ("2024-12-31", "H10F 30/20", None, "not_covered"),
    ("2025-01-01", "B63G 8/36", None, "not_covered"),  # left out of item 13
])  # fmt: skip
def test_items_follow_the_filing_day(on, symbols, item, state):
    text = ledger(filed(on, f'{{"ipc": ["{symbols}"], "requirement_1": true}}'))
    assert PATENT.state(text, on) == state
    assert screened(on, symbols, requirement_1="true")["items"] == item


@pytest.mark.parametrize(("on", "symbol"), [("2024-12-31", "H01L 31/09"), ("2025-01-01", "H10F 30/20")])
def test_receivers_count_with_quantum_dots_only(on, symbol):
    with_dots = f'{{"ipc": ["{symbol}"], "title": "量子ドット受光装置", "requirement_3": true}}'
    assert PATENT.state(ledger(filed(on, with_dots)), on) == "banned"
    assert screened(on, symbol, title="受光装置", abstract="光を受ける素子", requirement_3="true")["outcome"] == "near"


def test_field_of_additional_requirement_without_it_is_not_banned():
    no = {f"requirement_{i}": False for i in (1, 2, 3, 4)}
    rocket = json.dumps({"ipc": ["F02K 9/08"], **no})
    assert PATENT.state(ledger(filed("2026-03-03", rocket)), "2026-03-03") == "not_covered"
    state_made = rocket.replace('"requirement_2": false', '"requirement_2": true')
    assert PATENT.state(ledger(filed("2026-03-03", state_made)), "2026-03-03") == "banned"


# -- base days --------------------------------------------------------------------------------------------------------


def test_a_division_is_reviewed_anew_but_the_ten_months_are_the_parents():
    divided = '{"listed": true, "filing_kind": "division", "original_filing_date": "2025-06-20"}'
    lines = filed("2026-02-10", divided)
    assert lasts(lines, "first_review.three_months", "2026-02-10") == ("2026-05-10", "2026-05-10")
    assert lasts(lines, "foreign_filing_ban.ten_months", "2026-02-10") == ("2026-04-20", "2026-04-20")
    text = ledger(lines)
    assert PATENT.state(text, "2026-04-20") == "banned"
    assert PATENT.state(text, "2026-04-21") == "released"


def test_a_conversion_moves_both_base_days():
    converted = '{"listed": true, "filing_kind": "conversion", "original_filing_date": "2025-06-20"}'
    lines = filed("2026-02-10", converted)
    assert lasts(lines, "first_review.three_months", "2026-02-10")[0] == "2026-05-10"
    assert lasts(lines, "foreign_filing_ban.ten_months", "2026-02-10")[0] == "2026-12-10"


def test_a_supplement_that_keeps_the_filing_day_moves_both():
    lines = f"""{filed("2026-01-30")}
        2026-02-28 first_review.supplement_missing_part {{"original_date_kept": true}}"""
    assert lasts(lines, "foreign_filing_ban.three_months", "2026-03-01")[0] == "2026-05-31"
    assert lasts(lines, "foreign_filing_ban.ten_months", "2026-03-01")[0] == "2026-12-31"
    assert lasts(lines, "foreign_filing_ban.priority_year", "2026-03-01")[0] == "2027-01-30"


def test_of_two_base_days_the_later_counts():
    lines = """2026-01-30 first_review.file {"listed": true, "filing_kind": "foreign_language"}
        2026-04-15 first_review.file_translation
        2026-05-20 first_review.supplement_missing_part {"original_date_kept": true}"""
    assert lasts(lines, "foreign_filing_ban.ten_months", "2026-06-01")[0] == "2027-03-20"
    assert lasts(lines, "first_review.three_months", "2026-06-01")[0] == "2026-08-20"


def test_without_a_translation_nothing_runs_out():
    text = ledger('2026-01-30 first_review.file {"listed": true, "filing_kind": "foreign_language"}')
    assert PATENT.state(text, "2027-12-31") == "banned"
    assert ends(PATENT, '2026-01-30 first_review.file {"listed": true, "filing_kind": "foreign_language"}',
                "2026-02-01", "first_review.translation_due") == ("2027-05-30", "2027-05-31")  # fmt: skip


def test_a_pct_application_releases_nothing():
    text = ledger(f"""{filed("2026-01-15")}
        2026-02-01 first_review.exclude_pct {{"pct": true}}""")
    assert PATENT.state(text, "2027-06-01") == "banned"


# -- ways out of the ban ----------------------------------------------------------------------------------------------


def test_a_non_sending_notice_frees_on_receipt_and_not_on_issue():
    lines = f"""{filed("2026-01-15")}
        2026-01-20 first_review.start_review
        2026-01-21 first_review.request_nonsend_notice
        2026-03-02 first_review.judge_not_sent
        2026-03-02 first_review.notify_nonsend {{"received_on": "2026-03-05"}}"""
    text = ledger(lines)
    assert [PATENT.state(text, d) for d in ("2026-03-04", "2026-03-05")] == ["banned", "released"]
    assert PATENT.tried(text, ABROAD, "2026-03-05", "--by", "applicant")[0]


def test_issue_of_the_notice_of_sending_counts_not_its_receipt():
    """Issued on the last day of the three months, received after: no release by the three months."""
    text = ledger(sent("2025-11-30", sent_on="2026-02-28", received_on="2026-03-04"))
    assert [PATENT.state(text, d) for d in ("2026-03-01", "2026-09-30", "2026-10-01")] == [
        "banned",
        "banned",
        "released",
    ]


def test_sent_too_late_the_ban_is_over():
    text = ledger(sent("2025-11-30", sent_on="2026-03-01", received_on="2026-03-01"))
    assert PATENT.state(text, "2026-03-01") == "released"
    assert "irregular" in notes(
        PATENT, sent("2025-11-30", sent_on="2026-03-01", received_on="2026-03-01"), "2026-03-02"
    )


@pytest.mark.parametrize("how", ["withdrawn", "abandoned", "dismissed"])
def test_gone_early_time_releases_nothing(how):
    text = ledger(f"""{filed("2026-01-15")}
        2026-03-01 first_review.gone_before_sending {{"how": "{how}"}}""")
    assert [PATENT.state(text, d) for d in ("2026-04-16", "2026-11-16", "2027-12-01")] == ["banned"] * 3
    assert not PATENT.tried(text, ABROAD, "2027-12-01", "--by", "applicant")[0]


def test_declined_frees_on_receipt():
    text = ledger(f"""{sent("2025-12-01")}
        2026-02-10 security_review.receive
        2026-03-31 security_review.decide_no_need {{"no_need": true, "received_on": "2026-04-03"}}""")
    assert [PATENT.state(text, d) for d in ("2026-04-02", "2026-04-03")] == ["banned", "released"]
    assert "first_review.hold" not in PATENT.bans(text, "2026-04-03")


def test_a_designation_after_the_ten_months_binds_again_and_is_marked():
    late = designated("2026-10-05", "2026-10-06")
    text = ledger(late)
    assert [PATENT.state(text, d) for d in ("2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06")] == [
        "banned", "released", "released", "released_but_designated"]  # fmt: skip
    assert PATENT.tried(text, ABROAD, "2026-10-06", "--by", "applicant")[0] is False
    standing = PATENT.standing(text, "2026-10-07")
    assert not [n for n in standing["notes"] if n["kind"] == "breach"]


@pytest.mark.parametrize("treaty", ["us_defence", "space_station", "moon_framework"])
def test_treaty_filings_are_no_breach(treaty):
    text = ledger(filed("2026-01-15"))
    assert PATENT.tried(text, ABROAD, "2026-01-20", "--by", "applicant", treaty=treaty)[0]


def test_once_public_the_ban_is_gone():
    text = ledger(f"""{filed("2026-01-15")}
        2026-02-01 foreign_filing_ban.becomes_public {{"public": true}}""")
    assert PATENT.state(text, "2026-02-01") == "not_covered"


# -- fourteen days ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("received", "unmoved", "due"), [
    ("2026-12-16", "2026-12-30", "2027-01-04"),
    ("2026-12-14", "2026-12-28", "2026-12-28"),
    ("2026-12-15", "2026-12-29", "2027-01-04"),
    ("2026-09-07", "2026-09-21", "2026-09-24"),  # Respect for the Aged Day, day between, equinox
    ("2028-02-15", "2028-02-29", "2028-02-29"),
    ("2026-04-17", "2026-05-01", "2026-05-01"),
    ("2026-07-06", "2026-07-20", "2026-07-21"),  # Marine Day
])  # fmt: skip
def test_fourteen_days_from_receipt(received, unmoved, due):
    year = int(received[:4])
    lines = f"""{sent(f"{year - 1}-12-20", sent_on=f"{year}-01-05", received_on=f"{year}-01-06")}
        {year}-01-07 security_review.receive
        {year}-02-01 security_review.notify_intention {{"received_on": "{received}"}}"""
    assert lasts(lines, "security_review.answer_due", received) == (unmoved, due)


# -- designation, its chain, its end ----------------------------------------------------------------------------------


def test_a_chain_of_extensions_begins_where_the_last_term_ends():
    chain = f"""{designated(ends_on="2026-12-31")}
        2026-12-01 designation.hear_before_extension
        2026-12-20 designation.extend {{"continued_need": true}}"""
    assert lasts(designated(), "designation.term", "2026-06-20") == ("2027-06-14", "2027-06-14")
    assert lasts(designated(ends_on="2026-12-31"), "designation.term", "2026-06-20")[1] == "2026-12-31"
    assert lasts(chain, "designation.term", "2026-12-25")[1] == "2027-12-31"
    second = f"""{chain}
        2027-12-31 designation.extend {{"continued_need": true, "ends_on": "2028-02-29"}}"""
    assert lasts(second, "designation.term", "2028-01-01")[1] == "2028-02-29"
    text = ledger(second)
    assert [PATENT.state(text, d, "designation") for d in ("2028-02-29", "2028-03-01")] == ["extended", "expired"]
    assert not PATENT.tried(text, "designation.extend", "2028-03-01", continued_need=True)[0]


def test_no_term_of_more_than_a_year():
    text = ledger(designated().rsplit("\n", 1)[0])
    accepted, said = PATENT.tried(text, "designation.designate", "2026-06-15", risk_high=True, impact_weighed=True,
                                  suitable=True, ends_on="2027-06-15")  # fmt: skip
    assert not accepted and "2027-06-14" in said
    assert PATENT.tried(text, "designation.designate", "2026-06-15", risk_high=True, impact_weighed=True, suitable=True,
                        ends_on="2027-06-14")[0]  # fmt: skip


def test_expiry_alone_frees_nobody_before_the_notice():
    text = ledger(f"""{designated()}
        2027-06-15 designation.notify_end {{"received_on": "2027-06-18"}}""")
    assert PATENT.state(text, "2027-06-15", "designation") == "expired"
    assert [PATENT.state(text, d) for d in ("2027-06-17", "2027-06-18")] == ["released_but_designated", "released"]
    assert "designation.no_withdrawal" in PATENT.bans(text, "2027-06-17")
    assert "designation.no_withdrawal" not in PATENT.bans(text, "2027-06-18")


def test_a_designated_application_cannot_be_withdrawn_and_other_inventions_may_go_abroad():
    text = ledger(designated())
    accepted, said = PATENT.tried(text, "security_review.withdraw", "2026-07-01", "--by", "applicant")
    assert not accepted and "72" in said
    assert not PATENT.tried(text, ABROAD, "2026-07-01", "--by", "applicant")[0]
    assert PATENT.tried(text, ABROAD, "2026-07-01", "--by", "applicant", other_invention=True)[0]


@pytest.mark.parametrize(("received", "examined", "base"), [
    ("2026-09-30", "2028-12-01", "2027-04-01"),  # three years from filing, sixteen months from filing
    ("2027-06-18", "2028-12-01", "2027-06-18"),
    ("2028-10-31", "2029-01-31", "2028-10-31"),
    ("2028-11-30", "2029-02-28", "2028-11-30"),
])  # fmt: skip
def test_after_the_end_the_later_day_counts(received, examined, base):
    """Filed 2025-12-01: three years end 2028-12-01 (Friday), one year and four months 2027-04-01."""
    extended = "".join(
        f"\n{y}-06-01 designation.hear_before_extension\n{y}-06-01 designation.extend"
        for y in (2027, 2028)
        if f"{y}-06-14" < received
    )
    lines = f"""{designated()}{extended}
        2026-07-01 patent_act_special.become_priority_base
        {received} designation.lift
        {received} designation.notify_end {{"received_on": "{received}"}}"""
    lines = "\n".join(sorted((line.strip() for line in lines.splitlines()), key=lambda line: line[:10]))
    assert lasts(lines, "patent_act_special.examination_request", received)[1] == examined
    assert lasts(lines, "patent_act_special.base_withdrawal", received)[1] == base


# -- compensation, prior confirmation ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("received", "unmoved", "last"), [
    ("2026-08-31", "2027-02-28", "2027-03-01"),  # a Sunday
    ("2025-06-30", "2025-12-31", "2026-01-05"),  # closed to 3 January, the 4th a Sunday
    ("2026-11-03", "2027-05-03", "2027-05-06"),  # 3, 4, 5 May
    ("2027-08-29", "2028-02-29", "2028-02-29"),
])  # fmt: skip
def test_six_months_to_sue(received, unmoved, last):
    lines = f"""2025-05-01 compensation.claim
        2025-06-01 compensation.decide {{"received_on": "{received}"}}"""
    found = [c for c in LOSS.standing(ledger(lines), received)["clocks"] if c["procedure"] == "compensation"]
    assert (found[0]["unmoved_last_day"], found[0]["last_day"]) == (unmoved, last)


def test_prior_confirmation_paths():
    asked = "2026-05-11 prior_confirmation.request"
    referred = f"{asked}\n2026-05-18 prior_confirmation.refer"
    assert CONFIRMATION.state(ledger(referred), "2026-05-20") == "referred_to_pm"
    accepted, said = CONFIRMATION.tried(ledger(referred), "prior_confirmation.answer_cleared", "2026-05-21")
    assert not accepted, said


# -- acts out of order, corrections -----------------------------------------------------------------------------------


def test_a_corrected_filing_day_moves_every_period():
    lines = f"""{filed("2025-06-10")}
        2025-06-20 correct {{"entry": 1, "on": "2025-06-01"}}"""
    assert lasts(lines, "foreign_filing_ban.three_months", "2025-06-21")[0] == "2025-09-01"


def test_an_annulled_notice_of_sending_brings_the_three_months_back():
    lines = f"""{sent("2025-12-01", sent_on="2026-02-02")}
        2026-03-20 annul {{"entry": 3, "reason": "wrong application"}}"""
    text = ledger(lines)
    assert PATENT.state(text, "2026-03-20") == "released"


def test_a_late_delivery_is_added():
    lines = f"""{sent("2025-12-01")}
        2026-02-10 security_review.receive
        2026-04-01 security_review.notify_intention
        2026-04-09 deliver {{"entry": 5, "received_on": "2026-04-06"}}"""
    assert lasts(lines, "security_review.answer_due", "2026-04-10") == ("2026-04-20", "2026-04-20")


def test_designation_without_an_answer_is_refused():
    text = ledger(designated().rsplit("\n", 2)[0])
    accepted, said = PATENT.tried(
        text, "designation.designate", "2026-06-15", risk_high=True, impact_weighed=True, suitable=True
    )
    assert not accepted and "67(10)" in said


def test_before_the_regime_nothing_applies():
    accepted, said = PATENT.tried("", "first_review.file", "2024-04-30", "--by", "applicant", listed=True)
    assert not accepted and "2024-05-01" in said
    assert PATENT.tried("", "first_review.file", "2024-05-01", "--by", "applicant", listed=True)[0]


def test_leap_day_designation():
    lines = f"""{sent("2027-09-01", sent_on="2027-10-01", received_on="2027-10-02")}
        2027-10-04 security_review.receive
        2027-11-01 security_review.notify_intention {{"received_on": "2027-11-02"}}
        2027-11-10 security_review.answer_keep
        2028-02-29 designation.designate {{"received_on": "2028-03-01"}}"""
    assert lasts(lines, "designation.term", "2028-03-01") == ("2029-02-28", "2029-02-28")


def test_an_unanswered_intention_opens_the_termination_only_after_the_moved_day():
    lines = f"""{sent("2026-11-01", sent_on="2026-12-01", received_on="2026-12-02")}
        2026-12-03 security_review.receive
        2026-12-15 security_review.notify_intention {{"received_on": "2026-12-16"}}"""
    assert duty(PATENT, lines, "2027-01-04", "security_review.answer") == ("2027-01-04", "open")
    assert duty(PATENT, lines, "2027-01-05", "security_review.answer") == ("2027-01-04", "overdue")
    given = {"ground": "no_answer", "explain_by": "2027-02-01"}
    assert not PATENT.tried(ledger(lines), "security_review.start_termination", "2027-01-04", **given)[0]
    assert PATENT.tried(ledger(lines), "security_review.start_termination", "2027-01-05", **given)[0]
