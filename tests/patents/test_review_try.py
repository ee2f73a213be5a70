"""What `try` answers, and what a standing tells about bans, duties, corrections and what was known when."""

import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from ledgers import DESIGNATED, ENDED, FILED, FOUND, REVIEW, check, entries, kaname, standing, told

from kaname.cli import root
from kaname.procedure import Entry, fold
from kaname.regimes import kind


def tried(ledger: str, act: str, on: str, data: dict[str, Any] | None = None, *args: str) -> tuple[bool, str]:
    """Whether an act is accepted, and the provisions of the reasons why not."""
    answer = kaname(ledger, "try", act, "--on", on, "--data", json.dumps(data or {}), *args)
    return answer["accepted"], " ".join(b for r in answer.get("reasons", ()) for b in r["basis"])


# fmt: off
TRIES = {
    "transition: filed the day before the regime": ("", "first_review.file", "2024-04-30", {}, "suppl. Art. 2"),
    "transition: filed on its first day": ("", "first_review.file", "2024-05-01", {}, None),
    "66(10): the request on the moved last day": (
        '2026-02-03 first_review.file {"listed": true}', "first_review.request_nonsend_notice", "2026-05-07", {}, None),
    "66(10): the request a day late": (
        '2026-02-03 first_review.file {"listed": true}', "first_review.request_nonsend_notice", "2026-05-08", {},
        "Joint Order Art. 3(2)"),
    "66(10): a non-sending notice without a request": (FILED, "first_review.notify_nonsend", "2025-04-01", {},
    "Art. 66(10)"),
    "66(1): sending after the three months": (FILED, "first_review.send", "2025-06-01", {"ground": "listed"},
    "Art. 66(1)"),
    "66(2): a request not made with the filing": (
        FILED, "first_review.request_review", "2025-03-05", {"with_filing": False}, "Art. 66(2)"),
    "78(1): filing abroad on the last day": (FILED, "foreign_filing_ban.file_abroad", "2025-05-31", {}, "Art. 78(1)"),
    "78(1): filing abroad on the first free day": (FILED, "foreign_filing_ban.file_abroad", "2025-06-01", {}, None),
    "Order 14: a treaty filing": (FILED, "foreign_filing_ban.file_abroad", "2025-03-31", {"treaty": "us_defence"},
    None),
    "68: publication under the ban": (REVIEW, "disclosure_ban_review.publish", "2026-05-01", {}, "Art. 68"),
    "70(1): designated": (REVIEW, "designation.designate", "2026-06-15", FOUND, None),
    "70(1): designated without the answer": (
        REVIEW.split("2026-05-07")[0], "designation.designate", "2026-06-15", FOUND, "Art. 67(10)"),
    "70(1): designated without high risk": (
        REVIEW, "designation.designate", "2026-06-15", FOUND | {"risk_high": False}, "Art. 70(1)"),
    "70(2): on the last lawful day": (REVIEW, "designation.designate", "2026-06-15",
    FOUND | {"ends_on": "2027-06-14"}, None),
    "70(2): a day over the cap": (
        REVIEW, "designation.designate", "2026-06-15", FOUND | {"ends_on": "2027-06-15"}, "Art. 70(2)"),
    "70(3): extended without a hearing": (
        DESIGNATED, "designation.extend", "2027-06-14", {"continued_need": True}, "CAO Ordinance Art. 8"),
    "70(3): extended on the last day": (
        DESIGNATED + "2027-05-01 designation.hear_before_extension", "designation.extend", "2027-06-14",
        {"continued_need": True}, None),
    "70(3): extended a day late": (
        DESIGNATED + "2027-05-01 designation.hear_before_extension", "designation.extend", "2027-06-15",
        {"continued_need": True}, "Art. 70(3)"),
    "70(3): over the cap": (
        DESIGNATED + "2027-05-01 designation.hear_before_extension", "designation.extend", "2027-06-01",
        {"continued_need": True, "ends_on": "2028-06-15"}, "Art. 70(3)"),
    "72(1): withdrawn": (DESIGNATED, "security_review.withdraw", "2026-08-01", {}, "Art. 72(1)"),
    "72(1): withdrawn after lifting, before the notice": (
        DESIGNATED + "2026-08-01 designation.lift", "security_review.withdraw", "2026-08-02", {}, "Art. 72(1)"),
    "72(1): withdrawn after the notice": (ENDED, "security_review.withdraw", "2027-10-08", {}, None),
    "72(2): converted": (DESIGNATED, "security_review.convert", "2026-08-01", {}, "Art. 72(2)"),
    "73(1): working": (DESIGNATED, "working_permit.work_without", "2026-08-01", {}, "Art. 73(1)"),
    "73(1): working before the notice is received": (
        DESIGNATED, "working_permit.work_without", "2026-06-15", {}, None),
    "73(1), 77(2): working on the eve of the end notice": (
        ENDED, "working_permit.work_without", "2027-10-07", {}, "Art. 73(1)"),
    "73(1), 77(2): working after the end notice": (ENDED, "working_permit.work_without", "2027-10-08", {}, None),
    "74(1), 77(2): disclosure on the eve of the end notice": (
        ENDED, "disclosure_ban_designated.disclose", "2027-10-07", {}, "Art. 74(1)"),
    "74(1), 77(2): disclosure after the end notice": (
        ENDED, "disclosure_ban_designated.disclose", "2027-10-08", {}, None),
    "78(1), 77(2): filing abroad on the eve of the end notice": (
        ENDED, "foreign_filing_ban.file_abroad", "2027-10-07", {}, "Art. 78(1)"),
    "78(1), 77(2): filing abroad after the end notice": (
        ENDED, "foreign_filing_ban.file_abroad", "2027-10-08", {}, None),
    "73(3): a permit without an application": (
        DESIGNATED, "working_permit.permit", "2026-08-01", {"leak_unlikely": True}, "Art. 73(2)"),
    "74(1): disclosure": (DESIGNATED, "disclosure_ban_designated.disclose", "2026-08-01", {}, "Art. 74(1)"),
    "74(1): publication while designated": (
        DESIGNATED, "disclosure_ban_review.publish", "2026-08-01", {}, "Art. 74(1)"),
    "74(1): disclosure for a justified reason": (
        DESIGNATED, "disclosure_ban_designated.disclose", "2026-08-01", {"justified_reason": True}, None),
    "76(1): approved without an application": (
        DESIGNATED, "sharing_operator_change.approve", "2026-08-01", {"control_suitable": True}, "Art. 76(1)"),
    "76(2): change of an unknown operator": (
        DESIGNATED, "sharing_operator_change.notify_change", "2026-08-01", {}, "Art. 76(2)"),
    "77(2): notice of the end while designated": (DESIGNATED, "designation.notify_end", "2026-08-01", {},
    "Art. 77(1)-(2)"),
    "78(2): other inventions, for the designated applicant": (
        DESIGNATED, "foreign_filing_ban.file_abroad", "2026-08-01", {"other_invention": True}, None, "--by",
        "applicant"),
    "78(2): other inventions, not for anyone else": (
        DESIGNATED, "foreign_filing_ban.file_abroad", "2026-08-01", {"other_invention": True}, "Art. 78(1)", "--by",
        "anyone"),
    "79(1): not open after a Japanese application": (
        "", "prior_confirmation.request", "2026-05-01", {"japanese_application_filed": True}, "Art. 66(10)"),
    "79(5): the fee": ("", "prior_confirmation.request", "2026-05-01", {"japanese_application_filed": False,
    "fee": 25000, "language": "en"}, None),
    "Order 16: another fee": ("", "prior_confirmation.request", "2026-05-01", {"japanese_application_filed": False,
    "fee": 20000}, "Order Art. 16"),
    "79(4): answered before the Prime Minister": (
        "2026-05-01 prior_confirmation.request", "prior_confirmation.answer_cleared", "2026-06-01", {}, "Art. 79(4)"),
    "80(5): sued on the last court day": (
        """2026-01-05 compensation.claim {"total": 5}
           2026-06-30 compensation.decide {"amount": 1, "received_on": "2026-06-30"}""", "compensation.sue",
           "2027-01-04", {}, None),
    "80(5): sued a day late": (
        """2026-01-05 compensation.claim {"total": 5}
           2026-06-30 compensation.decide {"amount": 1, "received_on": "2026-06-30"}""", "compensation.sue",
           "2027-01-05", {}, "Art. 80(5)"),
    "Administrative Case Litigation Act 40(1): late for a justified reason": (
        """2026-01-05 compensation.claim {"total": 5}
           2026-06-30 compensation.decide {"amount": 1, "received_on": "2026-06-30"}""", "compensation.sue",
           "2027-01-05",
        {"justified_reason": True}, None),
    "83(1): recommended without a deficiency": (
        DESIGNATED, "recommendation_order.recommend", "2026-08-01", {"needed": True}, "Art. 75"),
    "83(1): recommended": (
        DESIGNATED + "2026-07-01 proper_management.found_deficient", "recommendation_order.recommend", "2026-08-01",
        {"needed": True}, None),
    "83(1): recommended after the end": (
        DESIGNATED + """2026-07-01 proper_management.found_deficient
            2027-06-18 designation.notify_end {"received_on": "2027-06-22"}""",
        "recommendation_order.recommend", "2027-07-01", {"needed": True}, "Art. 70(1)"),
    "84(1): a report asked after the end": (ENDED, "reports_inspection.ask_report", "2027-11-01", {}, "Art. 70(1)"),
    "84(2): inspected without the card": (
        DESIGNATED, "reports_inspection.inspect", "2026-08-01", {"identity_card": False}, "Art. 84(2)"),
    "69(1): terminated while the fourteen days run": (
        REVIEW.split("2026-05-07")[0], "security_review.start_termination", "2026-05-07",
        {"ground": "no_answer", "explain_by": "2026-05-29"}, "Art. 69(1)"),
    "69(1): termination the day after": (
        REVIEW.split("2026-05-07")[0], "security_review.start_termination", "2026-05-08",
        {"ground": "no_answer", "explain_by": "2026-05-29"}, None),
    "69(2): terminated unheard": (
        REVIEW.split("2026-05-07")[0], "security_review.terminate", "2026-06-01", {}, "Art. 69(2)"),
    "73(8): dismissed while designated": (
        DESIGNATED + """2026-07-01 working_permit.work_without
            2026-08-01 working_permit.notify_dismissal_fit""", "working_permit.dismiss", "2026-09-01", {},
            "Art. 73(8)"),
    "role: an applicant does not send": (FILED, "first_review.send", "2025-03-10", {}, "Art. 66(1)-(2)", "--by",
    "applicant"),
    "role: the JPO does not designate": (REVIEW, "designation.designate", "2026-06-15", FOUND, "Art. 70(1)-(2)",
    "--by", "jpo"),
    "role: a sharing operator does not apply": (
        DESIGNATED, "working_permit.apply", "2026-08-01", {}, "Art. 73(2)", "--by", "sharing_operator"),
    "66(7): granted while held": (DESIGNATED, "patent_act_special.decide_application", "2026-08-01",
    {"outcome": "grant"}, "Art. 66(7)"),
    "66(7), 64(1): published after the end notice": (ENDED, "patent_act_special.publish_application", "2027-10-08",
    {}, None),
}


# fmt: on
@pytest.mark.parametrize("case", TRIES.values(), ids=TRIES)
def test_try_answers_with_the_provision(case):
    ledger, act, on, data, provision, *args = case
    accepted, cited = tried(ledger, act, on, data, *args)
    assert accepted is (provision is None), cited
    assert provision is None or provision in cited


def test_seventy_five_twenty_of_the_applicant_and_twenty_one_of_an_operator():
    operator = REVIEW + (
        '2026-06-15 designation.designate {"received_on": "2026-06-16", "operators": [{"id": "A", "name": "A"}]}\n'
    )
    groups = {1: "イロハニホトチ", 2: "イロハニ", 3: "イロハニホヘ", 4: "イロハ"}
    twenty = [f"{group}-{letter}" for group, letters in groups.items() for letter in letters]
    act = ("proper_management.implement", "2026-07-01")
    assert tried(operator, *act, {"measures": twenty})[0]
    assert not tried(operator, *act, {"measures": twenty[:-1]})[0]
    assert not tried(operator, *act, {"measures": twenty}, "--run", "A")[0]
    assert tried(operator, *act, {"measures": [*twenty, "1-ヘ"]}, "--run", "A")[0]
    owed = {d["run"]: d["by"] for d in standing(operator, "2026-07-01")["duties"] if d["id"] == "measures"}
    assert owed == {"": "designated_applicant", "A": "sharing_operator"}


@pytest.mark.parametrize(("day", "word"), [("2025-05-31", "懲役"), ("2025-06-01", "拘禁刑")])
def test_penalty_in_the_words_of_the_day(day, word):
    case = standing('2025-04-01 first_review.file {"listed": true}', day, "--lang", "ja")
    assert [word in b["penalty"] for b in case["bans"] if b["id"] == "file_abroad"] == [True]


def test_the_ban_shows_since_when_it_is_on_record():
    assert [b["since"] for b in standing(DESIGNATED, "2026-08-01")["bans"] if b["id"] == "file_abroad"] == [
        "2025-09-16"
    ]


def test_82_3_second_reading_is_a_day_later_and_then_moved():
    request = [c for c in standing(ENDED, "2027-11-01")["clocks"] if c["id"] == "examination_request"]
    assert [(c["unmoved_last_day"], c["last_day"], c["readings"][0]["last_day"]) for c in request] == [
        ("2028-09-16", "2028-09-19", "2028-09-19")
    ]
    check(ENDED, {"2028-09-19": "patent_act_special:after_end", "2028-09-20": "patent_act_special:gone"})
    asked = ENDED + "2028-09-19 patent_act_special.exam_request"
    check(asked, {"2028-09-20": "patent_act_special:after_end"})


def test_82_4_the_time_from_notice_to_notice_is_left_out():
    lines = [Entry(e["act"], date.fromisoformat(e["on"]), e.get("data", {})) for e in entries(ENDED)]
    case = fold(kind("patents.application"), lines, date(2027, 11, 1))
    days = [case.fact(f"patent_act_special.deducted_{end}") for end in ("from", "to")]
    assert days == [date(2026, 6, 16), date(2027, 10, 8)]


T3, T10 = "foreign_filing_ban.three_months", "foreign_filing_ban.ten_months"


def test_deliver_adds_the_day_of_receipt_known_later():
    ledger = REVIEW.replace(' {"received_on": "2026-04-20"}', "").split("2026-05-07")[0]
    check(ledger, {"2026-04-30": "-publication security_review.answer_due=none"})
    check(ledger + '2026-04-21 deliver {"entry": 4, "received_on": "2026-04-20"}',
          {"2026-04-30": "+publication security_review.answer_due=2026-05-07"})  # fmt: skip


def test_correct_changes_the_day_of_filing_and_all_that_follows():
    ledger = FILED + '2025-03-10 correct {"entry": 1, "on": "2025-03-03", "reason": "misread"}'
    check(ledger, {"2025-03-31": f"{T3}=2025-06-03 {T10}=2026-01-03 +abroad", "2025-06-04": "-abroad"})


def test_annul_takes_the_designation_away_as_if_never_made():
    ledger = DESIGNATED + '2026-09-01 annul {"entry": 6, "reason": "annulled on review"}'
    check(ledger, {"2026-09-02": "-abroad -disclosure -working designation:None security_review:answer_filed"})


@pytest.mark.parametrize(("line", "act"), list(enumerate(
    ("first_review.file", "first_review.send", "first_review.notify_sent", "security_review.notify_intention",
     "security_review.answer_keep", "designation.designate", "designation.extend", "designation.lift",
     "designation.notify_end"), 1)))  # fmt: skip
def test_every_entry_can_be_corrected_and_annulled(line, act):
    lines = entries(ENDED)
    assert lines[line - 1]["act"] == act
    noted = ENDED + f'2027-11-01 correct {{"entry": {line}, "reason": "checked"}}'
    assert standing(noted, "2027-11-02")["notes"] == []
    case = standing(ENDED + f'2027-11-01 annul {{"entry": {line}, "reason": "annulled"}}', "2027-11-02")
    assert all(n["kind"] == "irregular" for n in case["notes"])


def test_known_at_hides_what_was_written_later():
    lines = [
        {"act": "first_review.file", "on": "2025-02-28", "data": {"listed": True},
         "recorded_at": "2025-02-28T09:00:00+09:00"},
        {"act": "first_review.notify_sent", "on": "2025-05-30", "recorded_at": "2025-06-10T09:00:00+09:00"},
    ]  # fmt: skip
    text = "\n".join(json.dumps(e) for e in lines)
    seen = {}
    for known in ("2025-06-09", "2025-06-10"):
        call = ["standing", "patents.application", "-", "--as-of", "2025-06-05", "--known-at", known, "--json"]
        seen[known] = told(json.loads(CliRunner().invoke(root, call, input=text).stdout), "+abroad")
    assert seen == {"2025-06-09": "-abroad", "2025-06-10": "+abroad"}


def test_94_1_breach_is_noted_with_penalty():
    case = standing(FILED + "2025-03-20 foreign_filing_ban.breach", "2025-03-21")
    note = case["notes"][0]
    assert (note["kind"], note["entry"], "Art. 78(1)" in str(note["reasons"])) == ("breach", 2, True)
    assert "up to 1 year" in str(note["reasons"])


@pytest.mark.parametrize(
    ("day", "until"), [("2025-12-09", "2025-12-16"), ("2025-12-10", "2026-07-16"), ("2026-06-16", None)]
)
def test_the_ban_says_until_when_as_far_as_is_known(day, until):
    """The three months release no more once the notice of sending is issued, the ten months once designated."""
    assert [b["until"] for b in standing(DESIGNATED, day)["bans"] if b["id"] == "file_abroad"] == [until]


def test_nobody_owes_an_answer_once_the_application_is_gone():
    asked = REVIEW.split("2026-05-07")[0]
    late, gone = standing(asked, "2026-05-08"), standing(asked + "2026-05-20 security_review.withdraw", "2026-05-20")
    assert [[d["status"] for d in case["duties"] if d["id"] == "answer"] for case in (late, gone)] == [
        ["overdue"],
        ["void"],
    ]
    assert [w["code"] for w in gone["warnings"] if w.get("code") == "overdue"] == []


def test_may_blocks_with_the_reason_what_the_end_of_the_designation_ended():
    may = {m["act"]: m for m in standing(ENDED, "2027-11-01")["may"]}
    for act in ("recommendation_order.recommend", "reports_inspection.ask_report", "working_permit.apply"):
        assert not may[act]["ready"]
        assert "Art. 70(1)" in str(may[act]["why"])


def test_a_hold_that_ends_with_the_application_only_is_not_told_to_end():
    text = "\n".join(json.dumps(e) for e in entries(REVIEW))
    call = ["standing", "patents.application", "-", "--as-of", "2025-12-11", "--lang", "en"]
    told_first = CliRunner().invoke(root, call, input=text).stdout.splitlines()[1]
    assert told_first.strip() == "Ban 'publication, grant and refusal': no end is set."
