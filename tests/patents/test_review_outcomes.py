"""Dismissal, the later applicant, prior confirmation and compensation: short ledgers, days counted by hand."""

import pytest
from ledgers import DESIGNATED, REVIEW, check

# fmt: off
CASES = {
    # -- dismissal -----------------------------------------------------------------------------------------------------
    "69: no answer, terminated, dismissed, served; the priority fails": (
        """2025-09-16 first_review.file {"listed": true}
           2025-12-10 first_review.notify_sent
           2026-04-17 security_review.notify_intention {"received_on": "2026-04-20"}
           2026-05-08 security_review.start_termination {"ground": "no_answer", "explain_by": "2026-05-29"}
           2026-06-01 security_review.terminate {"received_on": "2026-06-02"}
           2026-06-10 dismissal_service.dismiss
           2026-06-12 dismissal_service.serve""",
        {"2026-05-08": "security_review:termination_pending +publication",
         "2026-06-01": "security_review:terminated +publication",
         "2026-06-10": "-publication +abroad first_review:application_gone dismissal_service:dismissal_decided",
         "2026-06-12": "dismissal_service:served", "2026-08-01": "+abroad"}),
    "69(1): termination dropped, the review goes on": (
        """2025-09-16 first_review.file {"listed": true}
           2025-12-10 first_review.notify_sent
           2026-04-17 security_review.notify_intention {"received_on": "2026-04-20"}
           2026-05-08 security_review.start_termination {"ground": "no_answer", "explain_by": "2026-05-29"}
           2026-06-01 security_review.drop_termination""",
        {"2026-06-01": "security_review:under_review +publication"}),
    "73(8): dismissal waits for the end notice": (
        DESIGNATED + """2026-07-01 working_permit.work_without
            2026-08-01 working_permit.notify_dismissal_fit
            2027-06-18 designation.notify_end {"received_on": "2027-06-22"}
            2027-07-01 working_permit.dismiss
            2027-07-03 dismissal_service.serve""",
        {"2026-08-01": "working_permit:dismissal_pending !breach",
         "2027-06-22": "working_permit:dismissal_pending !breach",
         "2027-07-01": "working_permit:dismissed dismissal_service:dismissal_decided !breach "
            "first_review:application_gone",
         "2027-07-03": "dismissal_service:served !breach"}),
    "74(3): dismissal after the end notice": (
        DESIGNATED + """2026-07-01 disclosure_ban_designated.disclose
            2026-08-01 disclosure_ban_designated.notify_dismissal_fit
            2027-06-18 designation.notify_end {"received_on": "2027-06-22"}
            2027-07-01 disclosure_ban_designated.dismiss""",
        {"2027-07-01": "disclosure_ban_designated:dismissed first_review:application_gone !breach"}),
    "78(7): dismissal at once where not designated": (
        REVIEW.split("2026-04-17")[0] + """2026-01-10 foreign_filing_ban.breach
            2026-02-10 foreign_filing_ban.notify_dismissal_fit
            2026-03-10 foreign_filing_ban.dismiss""",
        {"2026-02-10": "foreign_filing_ban:dismissal_pending +abroad !breach",
         "2026-03-10": "foreign_filing_ban:dismissed +abroad first_review:application_gone !breach"}),
    # -- the rest ------------------------------------------------------------------------------------------------------
    "81: the later applicant": (
        DESIGNATED + """2028-03-01 later_applicant_licence.refusal_final
            2028-04-01 later_applicant_licence.acquire
            2028-05-01 later_applicant_licence.pay""",
        {"2028-03-01": "later_applicant_licence:own_application_refused",
         "2028-04-01": "later_applicant_licence:licensed",
         "2028-05-01": "later_applicant_licence:licensed"}),
    "79(2): outside": (
        """2026-05-01 prior_confirmation.request
           2026-05-20 prior_confirmation.answer_outside {"received_on": "2026-05-21"}""",
        {"2026-05-20": "prior_confirmation:not_66_1", "2026-05-21": "-confirm"}),
    "79(4): cleared, free on receipt": (
        """2026-05-01 prior_confirmation.request
           2026-05-10 prior_confirmation.refer
           2026-06-10 prior_confirmation.pm_answers {"clearly_no_effect": true}
           2026-06-15 prior_confirmation.answer_cleared {"received_on": "2026-06-17"}""",
        {"2026-06-16": "+confirm", "2026-06-17": "-confirm prior_confirmation:cleared"}),
    "79(4): not cleared, the ban stands": (
        """2026-05-01 prior_confirmation.request
           2026-05-10 prior_confirmation.refer
           2026-06-10 prior_confirmation.pm_answers {"clearly_no_effect": false}
           2026-06-15 prior_confirmation.answer_not_cleared {"received_on": "2026-06-17"}""",
        {"2026-07-17": "+confirm prior_confirmation:not_cleared"}),
    "79: inner steps left out": (
        """2026-05-01 prior_confirmation.request
           2026-06-15 prior_confirmation.answer_cleared {"received_on": "2026-06-17"}""",
        {"2026-06-16": "+confirm", "2026-06-17": "-confirm prior_confirmation:cleared"}),
    "79(1): inadmissible": (
        """2026-05-01 prior_confirmation.request
           2026-05-10 prior_confirmation.reject_has_application""",
        {"2026-05-10": "prior_confirmation:inadmissible +confirm"}),
    **{f"80(5): decision received {got}, suit by {end}": (
        f"""2026-01-05 compensation.claim {{"total": 5000000}}
            {got} compensation.decide {{"amount": 1000000, "received_on": "{got}"}}
            {end} compensation.sue""",
        {got: f"compensation.suit={end}", end: "compensation:sued"})
       for got, end in [("2026-06-28", "2026-12-28"), ("2026-06-29", "2027-01-04"), ("2026-06-30", "2027-01-04"),
                        ("2026-07-01", "2027-01-04"), ("2026-07-02", "2027-01-04"), ("2026-07-03", "2027-01-04"),
                        ("2026-07-04", "2027-01-04"), ("2026-07-05", "2027-01-05"), ("2026-08-30", "2027-03-01"),
                        ("2026-02-03", "2026-08-03")]},
    "80(5): six months over without suit": (
        """2026-01-05 compensation.claim {"total": 5000000}
           2026-06-28 compensation.decide {"amount": 1000000, "received_on": "2026-06-30"}""",
        {"2027-01-04": "compensation:decided", "2027-01-05": "compensation:final"}),
    "80(5): judgment": (
        """2026-01-05 compensation.claim {"total": 5000000}
           2026-06-28 compensation.decide {"amount": 1000000, "received_on": "2026-06-30"}
           2026-12-01 compensation.sue
           2028-12-01 compensation.judgment_final {"amount": 3000000}""",
        {"2026-12-01": "compensation:sued", "2028-12-01": "compensation:final"}),
}


# fmt: on
@pytest.mark.parametrize(("ledger", "expected"), CASES.values(), ids=CASES)
def test_worked_case(ledger, expected):
    check(ledger, expected)
