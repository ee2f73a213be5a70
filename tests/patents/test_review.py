"""Base days, periods, issue and receipt, the end of the application: short ledgers, days counted by hand."""

from datetime import date, timedelta

import pytest
from ledgers import check

# fmt: off
T3, T10, P18, E3 = (
    "foreign_filing_ban.three_months", "foreign_filing_ban.ten_months", "patent_act_special.publication",
    "patent_act_special.examination_request_ordinary",
)


@pytest.mark.parametrize(
    ("filed", "three", "ten", "sixteen", "eighteen"),
    [
        ("2024-05-01", "2024-08-01", "2025-03-01", "2025-09-01", "2025-11-01"),  # the regime's first day
        ("2024-11-30", "2025-02-28", "2025-09-30", "2026-03-31", "2026-05-31"),  # counted from 1 December
        ("2025-08-31", "2025-11-30", "2026-06-30", "2026-12-31", "2027-02-28"),
        ("2025-10-30", "2026-01-30", "2026-08-30", "2027-02-28", "2027-04-30"),  # no 31st in February, April
        ("2025-10-31", "2026-01-31", "2026-08-31", "2027-02-28", "2027-04-30"),
        ("2025-11-27", "2026-02-27", "2026-09-27", "2027-03-27", "2027-05-27"),
        ("2025-11-28", "2026-02-28", "2026-09-28", "2027-03-28", "2027-05-28"),  # no 29 February
        ("2025-11-29", "2026-02-28", "2026-09-29", "2027-03-29", "2027-05-29"),  # no 30 February
        ("2027-11-29", "2028-02-29", "2028-09-29", "2029-03-29", "2029-05-29"),
        ("2027-11-30", "2028-02-29", "2028-09-30", "2029-03-31", "2029-05-31"),
        ("2028-02-28", "2028-05-28", "2028-12-28", "2029-06-28", "2029-08-28"),  # counted from 29 February
        ("2028-02-29", "2028-05-31", "2028-12-31", "2029-06-30", "2029-08-31"),
    ],
)
def test_civil_code_143_month_ends(filed, three, ten, sixteen, eighteen):
    morrow = (date.fromisoformat(three) + timedelta(1)).isoformat()
    words = f"first_review.three_months={three} {T3}={three} {T10}={ten} {P18}={eighteen}"
    base = f"{words} patent_act_special.base_withdrawal={sixteen} +abroad first_review:filed"
    check(f'{filed} first_review.file {{"listed": true}}',
          {filed: base, three: "+abroad +hold",
           morrow: "-abroad -hold first_review:period_expired_unsent"})  # fmt: skip


CASES = {
    "66(4) row 1, 78(3) row 1: no period before the translation, then both from it": (
        """2025-08-29 first_review.file {"listed": true, "filing_kind": ["foreign_language"]}
           2027-01-04 first_review.file_translation""",
        {"2026-12-31": f"+abroad {T3}=None {T10}=None first_review.translation_due=2027-01-04 first_review:filed",
         "2027-01-04": f"{T3}=2027-04-04 {T10}=2027-11-04 +abroad", "2027-04-04": "+abroad +hold",
         "2027-04-05": "-abroad -hold"}),
    "66(4) row 1: a translation filed late under Patent Act 36-2(6) counts from its actual day": (
        """2025-08-29 first_review.file {"listed": true, "filing_kind": ["foreign_language"]}
           2027-02-01 first_review.file_translation""",
        {"2027-02-01": f"{T3}=2027-05-01 {T10}=2027-12-01 +abroad", "2027-05-02": "-abroad"}),
    "Patent Act 36-2(2): sixteen months from the earliest priority, over the new year": (
        """2025-08-29 first_review.file
           {"listed": true, "filing_kind": ["foreign_language"], "priority_date": "2024-09-02"}""",
        {"2025-09-01": "first_review.translation_due=2026-01-05"}),
    "66(4) row 2: reference filing counts from the papers": (
        """2025-03-31 first_review.file {"listed": true, "filing_kind": ["reference_filing"]}
           2025-07-31 first_review.file_reference_papers""",
        {"2025-07-30": f"{T3}=None +abroad", "2025-07-31": f"{T3}=2025-10-31 {T10}=2026-05-31 +abroad",
         "2025-11-01": "-abroad"}),
    "66(4) row 3: a missing part completed, filing day kept": (
        """2025-03-03 first_review.file {"listed": true}
           2025-04-30 first_review.supplement_missing_part {"original_date_kept": true}""",
        {"2025-04-30": f"{T3}=2025-07-31 {T10}=2026-02-28 {P18}=2026-09-03 {E3}=2028-03-03", "2025-06-04": "+abroad",
         "2025-08-01": "-abroad"}),
    "Patent Act 38-4(4): a missing part completed, the filing day itself moves": (
        """2025-03-03 first_review.file {"listed": true}
           2025-04-30 first_review.supplement_missing_part {"original_date_kept": false}""",
        {"2025-04-30": f"{T3}=2025-07-31 {T10}=2026-02-28 {P18}=2026-10-31 {E3}=2028-05-01", "2025-08-01": "-abroad"}),
    "66(4) row 4: three months from the division, ten from the parent": (
        """2025-12-01 first_review.file
           {"listed": true, "filing_kind": ["division"], "original_filing_date": "2025-04-01"}""",
        {"2025-12-01": f"{T3}=2026-03-01 {T10}=2026-02-01 {P18}=2026-10-01 {E3}=2028-04-03 +abroad",
         "2026-02-01": "+abroad", "2026-02-02": "-abroad"}),
    "66(4) row 4: a late division, ten months of the parent already over": (
        """2026-03-02 first_review.file
           {"listed": true, "filing_kind": ["division"], "original_filing_date": "2025-04-01"}""",
        {"2026-03-02": "first_review.three_months=2026-06-02 -abroad +hold", "2026-06-03": "-abroad -hold"}),
    "66(4) row 5, 78(3) row 4: conversion counts both from its day": (
        """2025-12-01 first_review.file
           {"listed": true, "filing_kind": ["conversion"], "original_filing_date": "2025-04-01"}""",
        {"2025-12-01": f"{T3}=2026-03-01 {T10}=2026-10-01 +abroad", "2026-03-02": "-abroad"}),
    "66(4), several rows: the latest day": (
        """2025-12-01 first_review.file
           {"listed": true, "filing_kind": ["division", "foreign_language"], "original_filing_date": "2025-04-01"}
           2026-01-15 first_review.file_translation""",
        {"2025-12-02": f"{T3}=None", "2026-01-15": f"{T3}=2026-04-15 {T10}=2026-11-15", "2026-04-16": "-abroad"}),
    "66(4), several rows: the division is later than the translation of its parent's day": (
        """2025-06-30 first_review.file {"listed": true, "filing_kind": ["foreign_language"]}
           2025-07-31 first_review.file_translation
           2025-08-29 first_review.supplement_missing_part {"original_date_kept": true}""",
        {"2025-08-29": f"{T3}=2025-11-29 {T10}=2026-06-29"}),
    "66(5): an international application is no releasing application": (
        """2025-03-03 first_review.file {"listed": true}
           2025-03-10 first_review.exclude_pct {"pct": true}""",
        {"2025-03-10": "first_review:out_of_scope +abroad -hold", "2026-06-01": "+abroad first_review:out_of_scope"}),
    # -- periods toward an organ, over the year's end and Golden Week --------------------------------------------------
    **{f"67(10): received {got}, answer due {due}": (
        f"""2025-01-06 first_review.file {{"listed": true}}
            2025-02-03 first_review.send
            2025-02-03 first_review.notify_sent
            {got} security_review.notify_intention {{"received_on": "{got}"}}
            {due} security_review.answer_keep""",
        {got: f"security_review.answer_due={due} +publication security_review:intention_notified",
         due: "security_review:answer_filed security_review.answer_due=" + due})
       for got, due in [
           ("2025-04-19", "2025-05-07"),  # Sat 3 May, Sun 4, Mon 5, substitute 6
           ("2025-04-21", "2025-05-07"), ("2025-04-22", "2025-05-07"), ("2025-04-23", "2025-05-07"),
           ("2025-04-24", "2025-05-08"),
           ("2025-12-12", "2025-12-26"), ("2025-12-15", "2026-01-05"), ("2025-12-16", "2026-01-05"),
           ("2025-12-22", "2026-01-05"), ("2025-12-23", "2026-01-06"),
           ("2026-09-05", "2026-09-24"),  # Sat 19, Sun 20, Respect 21, between 22, equinox 23
           ("2026-12-18", "2027-01-04"),
       ]},
    "66(10): the request moves past Golden Week, the three months and the release do not": (
        """2026-02-03 first_review.file {"listed": true}
           2026-05-07 first_review.request_nonsend_notice""",
        {"2026-05-03": "first_review.three_months=2026-05-03 first_review.nonsend_request=2026-05-07 +abroad",
         "2026-05-04": "-abroad first_review:period_expired_unsent", "2026-05-07": "-abroad"}),
    # -- the three months: issue counts --------------------------------------------------------------------------------
    "78(1) proviso: notice of sending issued on the last day, received after it": (
        """2025-02-28 first_review.file {"ipc": ["B64C39/02", "F41H11/00"]}
           2025-05-31 first_review.notify_sent {"received_on": "2025-06-04"}""",
        {"2025-06-01": "+abroad first_review:sent +hold", "2025-06-10": "+abroad", "2025-12-31": "+abroad",
         "2026-01-01": "-abroad +hold"}),
    "78(1) proviso: sent in time, notice issued a day late": (
        """2025-02-28 first_review.file {"ipc": ["B64C39/02", "F41H11/00"]}
           2025-05-30 first_review.send
           2025-06-01 first_review.notify_sent""",
        {"2025-05-31": "+abroad", "2025-06-01": "-abroad first_review:sent +hold"}),
    "78(1) proviso: a notice of sending never received still keeps the ban": (
        """2025-02-28 first_review.file {"listed": true}
           2025-05-20 first_review.send
           2025-05-20 first_review.notify_sent""",
        {"2025-06-01": "+abroad first_review:sent"}),
    "66(3): send and notice skipped but for the notice": (
        """2025-02-28 first_review.file {"ipc": ["B64C39/02", "F41H11/00"]}
           2025-05-30 first_review.notify_sent""",
        {"2025-05-30": "first_review:sent security_review:received +abroad"}),
    "suppl. Art. 2: filed the day before the regime, no ban": (
        '2024-04-30 first_review.file {"listed": true}', {"2024-04-30": "-abroad", "2024-05-01": "-abroad"}),
    # -- receipt -------------------------------------------------------------------------------------------------------
    "66(10): non-sending notice received four days after issue": (
        """2025-03-03 first_review.file {"listed": true}
           2025-03-04 first_review.request_nonsend_notice
           2025-04-10 first_review.notify_nonsend {"received_on": "2025-04-14"}""",
        {"2025-04-10": "first_review:not_sent_judged -hold +abroad", "2025-04-13": "+abroad", "2025-04-14": "-abroad"}),
    "66(10): non-sending notice never received, the three months free": (
        """2025-03-03 first_review.file {"listed": true}
           2025-03-04 first_review.request_nonsend_notice
           2025-04-10 first_review.notify_nonsend""",
        {"2025-06-03": "+abroad", "2025-06-04": "-abroad"}),
    "71: no designation, free on receipt only": (
        """2025-03-03 first_review.file {"listed": true}
           2025-05-01 first_review.send
           2025-05-01 first_review.notify_sent
           2025-09-01 security_review.decide_no_need {"received_on": "2025-09-05"}""",
        {"2025-09-01": "security_review:not_designated +abroad +hold", "2025-09-04": "+abroad +hold",
         "2025-09-05": "-abroad -hold first_review:hold_over"}),
    "71: notice never received, the ten months free, the hold stays": (
        """2025-03-03 first_review.file {"listed": true}
           2025-05-01 first_review.notify_sent
           2025-09-01 security_review.decide_no_need""",
        {"2026-01-03": "+abroad +hold", "2026-01-04": "-abroad +hold"}),
    "68: ban on publication from receipt, not issue; ends on the notice of Art. 71": (
        """2025-03-03 first_review.file {"listed": true}
           2025-05-01 first_review.notify_sent
           2025-06-02 security_review.notify_intention {"received_on": "2025-06-05"}
           2025-06-10 security_review.answer_keep
           2025-07-01 security_review.decline {"received_on": "2025-07-03"}""",
        {"2025-06-04": "-publication", "2025-06-05": "+publication security_review.answer_due=2025-06-19",
         "2025-07-02": "+publication +abroad", "2025-07-03": "-publication -abroad -hold"}),
    "67(9): intention notice never received binds nobody": (
        """2025-03-03 first_review.file {"listed": true}
           2025-05-01 first_review.notify_sent
           2025-06-02 security_review.notify_intention""",
        {"2025-09-01": "-publication security_review.answer_due=none security_review:intention_notified"}),
    # -- the application goes ------------------------------------------------------------------------------------------
    **{f"78(1) brackets: {how} before the three months end, no release by time": (
        f"""2025-02-28 first_review.file {{"listed": true}}
            2025-05-31 first_review.withdraw {{"how": "{how}"}}""",
        {"2025-06-01": "+abroad first_review:application_gone -hold", "2026-01-01": "+abroad", "2030-01-01": "+abroad"})
       for how in ("withdrawn", "abandoned", "dismissed")},
    "78(1) brackets: withdrawn the day after the period, free": (
        """2025-02-28 first_review.file {"listed": true}
           2025-06-01 first_review.withdraw""",
        {"2025-06-01": "-abroad first_review:application_gone"}),
    "68 proviso: withdrawn during the review, publication free, foreign filing not": (
        """2025-03-03 first_review.file {"listed": true}
           2025-05-01 first_review.notify_sent
           2025-06-02 security_review.notify_intention {"received_on": "2025-06-05"}
           2025-06-12 security_review.withdraw""",
        {"2025-06-11": "+publication +abroad",
         "2025-06-12": "-publication +abroad security_review:application_gone first_review:application_gone",
         "2026-02-01": "+abroad"}),
    "78(1): withdrawn during the review but after the ten months, free stays free": (
        """2025-03-03 first_review.file {"listed": true}
           2025-05-01 first_review.notify_sent
           2026-01-05 security_review.withdraw""",
        {"2026-01-03": "+abroad", "2026-01-04": "-abroad", "2026-01-05": "-abroad"}),
    "78(1): the invention becomes public": (
        """2025-03-03 first_review.file {"listed": true}
           2025-04-01 first_review.become_public""",
        {"2025-03-31": "+abroad", "2025-04-01": "-abroad foreign_filing_ban:not_covered"}),
    "79(4): the clearing answer frees on receipt": (
        """2025-03-03 first_review.file {"listed": true}
           2025-04-01 foreign_filing_ban.release_cleared_answer {"received_on": "2025-04-03"}""",
        {"2025-04-02": "+abroad", "2025-04-03": "-abroad foreign_filing_ban:released"}),
}


# fmt: on
@pytest.mark.parametrize(("ledger", "expected"), CASES.values(), ids=CASES)
def test_worked_case(ledger, expected):
    check(ledger, expected)
