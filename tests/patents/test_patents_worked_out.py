"""Cases of Chapter 5 that nobody gave us: worked out by hand from the facts, then run through the command line.

A row of TRIES is a ledger, the act tried (with its run), its day, whether it is accepted, and what the answer must
say: words, and the provision that carries them.
"""

import json

import pytest
from ledgers import check, kaname, standing

# fmt: off
CAUGHT = '{"listed": true, "made_in_japan": true, "secret": true}'


def filed(on, data=CAUGHT):
    return f"{on} first_review.file {data}\n"


FILED = filed("2026-02-02")  # three months end on Saturday 2 May, ten months on 2 December
SENT = FILED + '2026-03-10 first_review.send\n2026-03-10 first_review.notify_sent {"received_on": "2026-03-12"}\n'


def told(on):
    return SENT + f'{on} security_review.notify_intention {{"received_on": "{on}"}}\n'


ASKED = told("2026-04-20")  # day 14 is 4 May; closed until 6 May
ANSWERED = ASKED + "2026-05-07 security_review.answer_keep\n"
CORRECTING = ANSWERED + (
    '2026-05-11 security_review.ask_correction {"correct_by": "2026-05-25", "received_on": "2026-05-12"}\n')
PENDING = CORRECTING + ('2026-05-26 security_review.start_termination '
    '{"ground": "no_correction", "explain_by": "2026-06-30", "received_on": "2026-05-27"}\n')


def designated(on, received=""):
    return ANSWERED + f'{on} designation.designate {{"received_on": "{received or on}"}}\n'


DESIGNATED = designated("2026-06-15", "2026-06-16")
HEARD = DESIGNATED + "2027-05-10 designation.hear_before_extension\n"
SHORT = HEARD + ('2027-06-10 designation.extend '
    '{"received_on": "2027-06-11", "continued_need": true, "ends_on": "2027-12-31"}\n')
ENDED = ('2026-12-01 designation.lift {"no_longer_needed": true}\n'
    '2026-12-01 designation.notify_end {"received_on": "2026-12-04"}\n')
BROKEN = DESIGNATED + ('2026-07-01 working_permit.apply p\n2026-07-05 working_permit.work_without p\n'
    '2026-08-10 working_permit.notify_dismissal_fit p '
    '{"applicant_at_fault": true, "explanation_allowed": true, "received_on": "2026-08-10"}\n')
CLAIMED = ('2025-06-01 compensation.claim {"total": 100}\n'
    '2025-08-31 compensation.decide {"ordinary_loss": true, "amount": 50, "received_on": "2025-08-31"}\n')


# -- counting ---------------------------------------------------------------------------------------------------------

# filed -> last day of the three months, of the ten months
MONTHS = {
    "2026-11-30": ("2027-02-28", "2027-09-30"), "2027-11-29": ("2028-02-29", "2028-09-29"),
    "2027-11-30": ("2028-02-29", "2028-09-30"), "2027-12-01": ("2028-03-01", "2028-10-01"),
    "2024-11-29": ("2025-02-28", "2025-09-29"), "2028-02-29": ("2028-05-31", "2028-12-31"),
    "2024-05-01": ("2024-08-01", "2025-03-01"), "2026-04-29": ("2026-07-29", "2027-02-28"),
    "2026-04-30": ("2026-07-31", "2027-02-28"), "2026-03-31": ("2026-06-30", "2027-01-31"),
}


@pytest.mark.parametrize(("on", "days"), MONTHS.items(), ids=MONTHS)
def test_three_and_ten_months(on, days):
    clocks = {c["id"]: c["last_day"] for c in standing(filed(on), on)["clocks"]}
    assert (clocks["three_months"], clocks["ten_months"]) == days


# the notice received -> the answer due
ANSWERS = {"2026-12-14": "2026-12-28", "2026-12-15": "2027-01-04", "2026-12-16": "2027-01-04",
           "2026-04-17": "2026-05-01", "2026-09-08": "2026-09-24", "2028-02-15": "2028-02-29"}


@pytest.mark.parametrize(("received", "due"), ANSWERS.items(), ids=ANSWERS)
def test_fourteen_days(received, due):
    (clock,) = (c for c in standing(told(received), received)["clocks"] if c["id"] == "answer_due")
    assert (clock["last_day"], clock["unverified"]) == (due, 3)


# designated -> last day of the year, the first day counted
TERMS = {"2028-02-29": "2029-02-28", "2027-03-01": "2028-02-29", "2027-02-28": "2028-02-27", "2026-06-01": "2027-05-31"}


@pytest.mark.parametrize(("on", "last"), TERMS.items(), ids=TERMS)
def test_a_year_of_designation(on, last):
    check(designated(on), {on: f"designation:designated designation.term={last}"})


# the decision received -> last day for the suit
SUITS = {"2024-08-31": "2025-02-28", "2024-06-30": "2025-01-06", "2025-08-31": "2026-03-02", "2027-08-30": "2028-02-29",
         "2024-09-02": "2025-03-03", "2025-11-05": "2026-05-07"}


@pytest.mark.parametrize(("received", "last"), SUITS.items(), ids=SUITS)
def test_six_months_for_the_suit_are_an_open_question(received, last):
    (clock,) = standing(CLAIMED.replace("2025-08-31", received).replace("2025-06-01", "2024-06-01"), received)["clocks"]
    assert (clock["last_day"], clock["unverified"]) == (last, 103)


# -- what binds on a day ----------------------------------------------------------------------------------------------

BINDS = [
    ("the three months do not move, the ban ends on a Saturday", FILED,
     {"2026-05-02": "+abroad +hold", "2026-05-03": "-abroad -hold"}),
    ("who withdraws before gets no release by time",
     FILED + '2026-03-01 first_review.gone_before_sending {"how": "withdrawn"}\n',
     {"2026-05-03": "+abroad", "2027-01-05": "+abroad"}),
    ("who withdraws on the notice is free to publish and not to file abroad",
     ASKED + '2026-04-25 security_review.withdraw {"how": "withdrawn"}\n',
     {"2026-04-24": "+publication +abroad", "2026-04-26": "-publication +abroad", "2026-12-03": "+abroad"}),
    ("an international application is neither held nor free by time",
     FILED + '2026-02-10 first_review.exclude_pct {"pct": true}\n',
     {"2026-03-01": "first_review:out_of_scope -hold", "2026-12-03": "+abroad"}),
    ("a division counts three months of its own, the ten of its parent",
     filed("2026-05-31", '{"listed": true, "filing_kind": "division", "original_filing_date": "2026-01-15"}'),
     {"2026-06-01": "first_review.three_months=2026-08-31 foreign_filing_ban.ten_months=2026-11-15 +abroad",
      "2026-09-01": "-abroad"}),
    ("an extension may be short, and then ends", SHORT,
     {"2027-12-31": "designation:extended +withdrawal", "2028-01-01": "designation:expired +withdrawal +disclosure"}),
    ("an extension decided on the last day and received later leaves no gap",
     HEARD + '2027-06-14 designation.extend {"received_on": "2027-06-16", "continued_need": true}\n',
     {"2027-06-15": "designation:extended designation.term=2028-06-14 +disclosure"}),
]


@pytest.mark.parametrize(("ledger", "expected"), [r[1:] for r in BINDS], ids=[r[0] for r in BINDS])
def test_binds(ledger, expected):
    check(ledger, expected)


# -- may it be done? --------------------------------------------------------------------------------------------------

FOUND = {"risk_high": True, "impact_weighed": True, "suitable": True}
NEED = {"continued_need": True}
TOGETHER = {"with_filing": True, "invention": "i", "places": "p", "reasons": "r"}
OUT = filed("2026-02-02", '{"ipc": ["B23B 1/00"]}')
REQUESTED = OUT + '2026-02-02 first_review.request_review {"with_filing": true}\n'
TRIES = [
    ("a non-sending notice is asked for on the moved day", FILED, "first_review.request_nonsend_notice", "2026-05-07",
     {}, True, "", ""),
    ("and no day later", FILED, "first_review.request_nonsend_notice", "2026-05-08", {}, False, "is over",
     "Joint Order Art. 3(2)"),
    ("over the new year", filed("2026-09-29"), "first_review.request_nonsend_notice", "2027-01-05", {}, False,
     "is over", "Joint Order Art. 3(2)"),
    ("a request for review on the day of filing", OUT, "first_review.request_review", "2026-02-02", TOGETHER, True, "",
     ""),
    ("is none on a later day, whatever is said", OUT, "first_review.request_review", "2026-02-10", TOGETHER, False,
     "not made together", "66(2)"),
    ("sending what no item names is told", OUT, "first_review.send", "2026-03-01", {"ground": "listed"}, True,
     "no item of Order Art. 12(1)", "66(1)"),
    ("unless it was asked for", REQUESTED, "first_review.send", "2026-03-01", {"ground": "request"}, True, "", ""),
    ("a request nobody made is no ground", OUT, "first_review.send", "2026-03-01", {"ground": "request"}, False,
     "is not on record", "66(2)"),
    ("nor a repeat filing nobody found", OUT, "first_review.send", "2026-03-01", {"ground": "repeat"}, False,
     "is not on record", "66(2)"),
    ("sending on the last day", FILED, "first_review.send", "2026-05-02", {"ground": "listed"}, True, "", ""),
    ("and no day later", FILED, "first_review.send", "2026-05-03", {"ground": "listed"}, False, "", "66(1)"),
    ("no answer, but its day is not over", ASKED, "security_review.start_termination", "2026-05-07",
     {"ground": "no_answer", "explain_by": "2026-06-01"}, False, "not on record", "69(1)"),
    ("a correction in time", CORRECTING, "security_review.correct", "2026-05-25", {}, True, "", ""),
    ("a late one is late", CORRECTING, "security_review.correct", "2026-05-26", {}, True, "late", "67(11)"),
    ("no correction, but its day is not over", CORRECTING, "security_review.start_termination", "2026-05-25",
     {"ground": "no_correction", "explain_by": "2026-06-30"}, False, "not on record", "69(1)"),
    ("no designation while the termination is pending", PENDING, "designation.designate", "2026-06-10", FOUND, False,
     "is missing", "67(10)"),
    ("the explanation may still come", PENDING, "security_review.terminate", "2026-06-30", {}, False, "still running",
     "69(2)"),
    ("no designation unheard, without a word", ANSWERED, "designation.designate", "2026-06-15", FOUND, True,
     "no hearing", "67(2)"),
    ("heard", ANSWERED.replace("2026-05-07", "2026-05-06 security_review.hear_applicant\n2026-05-07"),
     "designation.designate", "2026-06-15", FOUND | {"received_on": "2026-06-16"}, True, "", ""),
    ("a year and a day", ANSWERED, "designation.designate", "2026-06-15", FOUND | {"ends_on": "2027-06-15"}, False,
     "2027-06-14", "70(2)"),
    ("an extension to the present end extends nothing", HEARD, "designation.extend", "2027-06-10",
     NEED | {"ends_on": "2027-06-14"}, False, "not after the present end", "70(3)"),
    ("an extension by a day", HEARD, "designation.extend", "2027-06-10",
     NEED | {"ends_on": "2027-06-15", "received_on": "2027-06-10"}, True, "", ""),
    ("an extension on the last day", HEARD, "designation.extend", "2027-06-14", NEED | {"received_on": "2027-06-14"},
     True, "", ""),
    ("none once it is over", HEARD, "designation.extend", "2027-06-15", NEED, False, "", "70(3)"),
    ("none unheard, the second time too", SHORT, "designation.extend", "2027-12-10", NEED, False, "was not heard",
     "70(4)"),
    ("the second runs from the short end", SHORT + "2027-11-10 designation.hear_before_extension\n",
     "designation.extend", "2027-12-10", NEED | {"ends_on": "2029-01-01"}, False, "2028-12-31", "70(3)"),
    ("no withdrawal between the end and its notice", SHORT, "security_review.withdraw", "2028-01-05",
     {"how": "withdrawn"}, False, "", "72(1)"),
    ("free between issue and receipt", DESIGNATED, "security_review.withdraw", "2026-06-15", {"how": "withdrawn"}, True,
     "", ""),
    ("dismissal waits for the receipt", BROKEN + ENDED, "dismissal_service.dismiss", "2026-12-03", {}, False,
     "waits for the notice", "73(8)"),
    ("and no longer", BROKEN + ENDED, "dismissal_service.dismiss", "2026-12-04", {}, True, "", ""),
    ("only the designated applicant is free for the rest", DESIGNATED, "foreign_filing_ban.file_abroad", "2026-07-01",
     {"other_invention": True, "by": "anyone"}, False, "Art. 94(1)", "78(1)"),
    ("he is", DESIGNATED, "foreign_filing_ban.file_abroad", "2026-07-01", {"other_invention": True, "by": "applicant"},
     True, "", ""),
    ("matter added is not released", FILED, "foreign_filing_ban.file_abroad", "2026-06-01",
     {"matter_added": True, "by": "applicant"}, True, "not released", "78(1)"),
    ("no report before the designation", ANSWERED, "reports_inspection.ask_report m", "2026-06-01", {"what": "w"},
     False, "which has not begun", "84(1)"),
    ("the suit on its last day", CLAIMED, "compensation.sue", "2026-03-02", {}, True, "", ""),
    ("and after it", CLAIMED, "compensation.sue", "2026-03-03", {}, False, "are over", "80(5)"),
    ("79 before May 2024", "", "prior_confirmation.request", "2024-04-30", {"japanese_application_filed": False}, False,
     "from 2024-05-01 only", "79(1)"),
    ("79 on its first day", "", "prior_confirmation.request", "2024-05-01", {"japanese_application_filed": False},
     True, "", ""),
    ("80 before May 2024", "", "compensation.claim", "2024-04-30", {"total": 1}, False,
     "from 2024-05-01 only", "80(1)"),
]
# fmt: on


def tried(case, act, on, data):
    act, _, run = act.partition(" ")
    data = dict(data)
    by = data.pop("by", "")
    more = [*(["--run", run] if run else []), *(["--by", by] if by else [])]
    answer = kaname(case, "try", act, "--on", on, "--data", json.dumps(data), *more)
    return answer["accepted"], [*answer.get("reasons", ()), *answer.get("warnings", ())]


@pytest.mark.parametrize(
    ("case", "act", "on", "data", "accepted", "said", "basis"), [r[1:] for r in TRIES], ids=[r[0] for r in TRIES]
)
def test_try(case, act, on, data, accepted, said, basis):
    found_so, found = tried(case, act, on, data)
    assert found_so is accepted, found
    if not (said or basis):
        assert not found
    assert any(said in r["text"] and any(basis in b for b in r["basis"]) for r in found) or not (said or basis), found


@pytest.mark.parametrize(
    ("case", "act", "on", "data", "question"),
    [
        (FILED, "first_review.request_nonsend_notice", "2026-05-08", {}, 3),
        (ASKED, "security_review.answer_keep", "2026-05-08", {}, 3),
        ("", "prior_confirmation.request", "2026-06-01", {"japanese_application_filed": True}, 6),
        (ANSWERED, "designation.designate", "2026-06-15", FOUND | {"ends_on": "2027-06-15"}, None),
    ],
    ids=["too late to ask", "a late answer", "a Japanese application", "beyond the cap"],
)
def test_an_answer_that_rests_on_an_open_question_says_so(case, act, on, data, question):
    _, found = tried(case, act, on, data)
    assert {r.get("unverified") for r in found} - {None} == ({question} if question else set())
