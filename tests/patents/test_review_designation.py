"""Designation, what it does, how it ends, and the acts around it: short ledgers, days counted by hand."""

import pytest
from ledgers import BOUND, DESIGNATED, ENDED, FREE, REVIEW, check

# fmt: off
CASES = {
    # -- designation ---------------------------------------------------------------------------------------------------
    "70(1): designated before the ten months, no release": (
        DESIGNATED,
        {"2026-06-15": "designation:designated -disclosure +publication -withdrawal +model",
         "2026-06-16": f"{BOUND} -publication designation.term=2027-06-14", "2026-07-17": BOUND,
         "2027-06-14": f"{BOUND} +model designation:designated",
         "2027-06-15": f"{BOUND} -model designation:expired"}),
    "78(1) exclusion: designated after the ten months, free in between": (
        REVIEW + '2026-08-03 designation.designate {"received_on": "2026-08-10"}',
        {"2026-07-16": "+abroad", "2026-07-17": "-abroad", "2026-08-09": "-abroad",
         "2026-08-10": "+abroad +disclosure"}),
    "78(1): issued before, received after the ten months": (
        REVIEW + '2026-07-15 designation.designate {"received_on": "2026-07-17"}',
        {"2026-07-16": "+abroad -disclosure", "2026-07-17": "+abroad +disclosure"}),
    "70(1): designation never received binds nobody, the ten months free": (
        REVIEW + "2026-06-15 designation.designate",
        {"2026-07-16": "+abroad -disclosure -working", "2026-07-17": "-abroad -disclosure -working"}),
    **{f"70(2): designated {on}, the longest term ends {end}": (
        f"""2025-09-16 first_review.file {{"listed": true}}
            2025-12-10 first_review.notify_sent
            {on} security_review.designate {{"received_on": "{on}"}}""",
        {on: f"designation.term={end} security_review:designated designation:designated"})
       for on, end in [("2026-07-01", "2027-06-30"), ("2026-03-01", "2027-02-28"), ("2027-03-01", "2028-02-29"),
                       ("2028-02-29", "2029-02-28"), ("2026-12-31", "2027-12-30"), ("2026-01-01", "2026-12-31")]},
    "70(2): a shorter chosen period, extended from the day after it": (
        REVIEW + """2026-06-15 designation.designate {"received_on": "2026-06-16", "ends_on": "2026-12-14"}
            2026-12-14 designation.extend {"ends_on": "2027-03-31"}
            2027-03-31 designation.extend""",
        {"2026-06-16": "designation.term=2026-12-14", "2026-12-14": "designation.term=2027-03-31 designation:extended",
         "2027-03-31": "designation.term=2028-03-31", "2028-03-31": "designation:extended",
         "2028-04-01": f"designation:expired {BOUND}"}),
    "70(3): extended on the last day": (
        DESIGNATED + "2027-06-14 designation.extend",
        {"2027-06-14": "designation:extended designation.term=2028-06-14"}),
    "70(3): extended after expiry has no effect": (
        DESIGNATED + "2027-06-15 designation.extend", {"2027-06-15": "designation:expired !irregular"}),
    "77(2): expired, the duties end on receipt of the notice": (
        DESIGNATED + '2027-06-18 designation.notify_end {"received_on": "2027-06-22"}',
        {"2027-06-21": f"{BOUND} designation:expired", "2027-06-22": f"{FREE} designation:closed"}),
    "77(2): expired and never notified, bound on": (DESIGNATED, {"2027-12-01": BOUND}),
    "77(1)-(2): lifted, the duties end on receipt of the notice": (
        ENDED, {"2027-10-01": f"{BOUND} -model designation:lifted", "2027-10-07": BOUND,
                "2027-10-08": f"{FREE} designation:closed patent_act_special:after_end"}),
    "77(2): the notice of lifting alone": (
        DESIGNATED + '2027-03-01 designation.notify_end {"received_on": "2027-03-03"}',
        {"2027-03-02": BOUND, "2027-03-03": f"{FREE} designation:closed"}),
    # -- Art. 82: examination request, base of priority, publication ---------------------------------------------------
    "82(3): three years later, an open day": (
        ENDED.replace("2025-09-16", "2025-09-19"),
        {"2027-10-08": "patent_act_special.examination_request=2028-09-19"}),
    "82(3): three years later, moved over Saturday, Sunday and Respect for the Aged Day": (
        ENDED, {"2027-10-08": "patent_act_special.examination_request=2028-09-19"}),
    **{f"82(3): notice received {got}, three months later, ends {end}": (
        DESIGNATED + f"""2027-06-14 designation.extend
            2028-06-14 designation.extend
            {got} designation.lift
            {got} designation.notify_end {{"received_on": "{got}"}}""",
        {got: f"patent_act_special.examination_request={end}"})
       for got, end in [("2028-08-10", "2028-11-10"), ("2028-09-29", "2029-01-04"), ("2028-11-30", "2029-02-28"),
                        ("2028-07-31", "2028-10-31"), ("2028-06-18", "2028-09-19"), ("2028-06-16", "2028-09-19")]},
    "82(2): a base is deemed withdrawn on the end notice, later than 16 months": (
        ENDED.replace("2025-12-10 first_review.send",
        "2026-01-10 patent_act_special.become_priority_base\n2025-12-10 first_review.send"),
        {"2027-10-07": "patent_act_special:held",
         "2027-10-08": "patent_act_special:gone first_review:application_gone"}),
    "82(2): end notice before the 16 months, then these count and do not move": (
        DESIGNATED + """2026-06-20 patent_act_special.become_priority_base
            2026-11-30 designation.lift
            2026-11-30 designation.notify_end {"received_on": "2026-12-01"}""",
        {"2026-12-01": "patent_act_special.base_withdrawal=2027-01-16", "2027-01-16": "patent_act_special:after_end",
         "2027-01-17": "patent_act_special:gone"}),
    "Patent Act 42(1): an undesignated base goes after 16 months": (
        """2025-09-16 first_review.file
           2026-03-02 patent_act_special.become_priority_base""",
        {"2027-01-16": "patent_act_special:ordinary", "2027-01-17": "patent_act_special:gone"}),
    "82(5): the utility model is held until the lifting, not until its notice": (
        ENDED.replace("2027-05-10", '2026-09-01 patent_act_special.utility_model_hold {"describes": true}\n2027-05-10')
        + "2027-10-08 patent_act_special.register_utility_model",
        {"2027-09-30": "+model", "2027-10-01": "-model", "2027-10-08": "-model"}),
    "82(5): registered once the term is over, its notice still under way": (
        DESIGNATED + """2027-06-15 patent_act_special.register_utility_model
            2027-06-18 designation.notify_end {"received_on": "2027-06-22"}""",
        {"2027-06-14": "+model", "2027-06-15": "-model", "2027-06-22": "-model"}),
    "82(5): not registered from the designation on, its notice still under way": (
        DESIGNATED + "2026-06-15 patent_act_special.register_utility_model", {"2026-06-15": "+model !irregular"}),
    "82(5): not registered while held": (
        DESIGNATED + "2026-09-01 patent_act_special.register_utility_model", {"2026-09-01": "+model !irregular"}),
    # -- working, disclosure, sharing, measures ------------------------------------------------------------------------
    "73(3): permit": (
        DESIGNATED + """2026-07-01 working_permit.apply
            2026-08-01 working_permit.permit""",
        {"2026-07-31": "working_permit:applied", "2026-08-01": "working_permit:permitted"}),
    "73(1): worked without a permit": (
        DESIGNATED + "2026-07-01 working_permit.work_without",
        {"2026-07-01": "working_permit:breach_noted !breach"}),
    "73(1), 74(1): worked and disclosed after the end, no breach": (
        ENDED + """2027-10-08 working_permit.work_without
            2027-10-08 disclosure_ban_designated.disclose""",
        {"2027-10-08": "working_permit:none disclosure_ban_designated:ended -working -disclosure"}),
    "73(4): worked against the conditions of the permit": (
        DESIGNATED + """2026-07-01 working_permit.apply p1
            2026-08-01 working_permit.permit_conditions p1 {"conditions": "one prototype"}
            2026-09-01 working_permit.work_without p1""",
        {"2026-08-01": "working_permit/p1:permitted_with_conditions",
         "2026-09-01": "working_permit/p1:breach_noted !breach"}),
    "73(1): worked while the application is pending, and after refusal": (
        DESIGNATED + """2026-07-01 working_permit.apply p1
            2026-07-02 working_permit.work_without p1
            2026-07-01 working_permit.apply p2
            2026-07-20 working_permit.refuse p2
            2026-07-21 working_permit.work_without p2""",
        {"2026-07-20": "working_permit/p2:refused !breach",
         "2026-07-21": "working_permit/p1:breach_noted working_permit/p2:breach_noted !breach !breach"}),
    "92(1)(vii): permit by deceit": (
        DESIGNATED + """2026-07-01 working_permit.apply
            2026-08-01 working_permit.deceit""",
        {"2026-08-01": "working_permit:permitted !breach"}),
    "74(1): disclosed": (
        DESIGNATED + "2026-07-01 disclosure_ban_designated.disclose",
        {"2026-07-01": "disclosure_ban_designated:breach_noted +disclosure !breach"}),
    "74(1): made public while designated": (
        DESIGNATED + "2026-07-01 disclosure_ban_review.publish",
        {"2026-07-01": "disclosure_ban_designated:breach_noted +disclosure !breach"}),
    "76(1): approved, refused, changed": (
        DESIGNATED + """2026-07-01 sharing_operator_change.apply_new B
            2026-07-20 sharing_operator_change.approve B
            2026-07-01 sharing_operator_change.apply_new C
            2026-07-21 sharing_operator_change.refuse C
            2026-09-01 sharing_operator_change.notify_change B""",
        {"2026-07-20": "sharing_operator_change/B:approved sharing_operator_change/C:approval_applied "
            "proper_management/B:required",
         "2026-09-01": "sharing_operator_change/B:change_notified sharing_operator_change/C:refused"}),
    "76(2): an operator of the first designation, change notified": (
        REVIEW + """2026-06-15 designation.designate
           {"received_on": "2026-06-16", "operators": [{"id": "A", "name": "A"}]}
            2026-09-01 sharing_operator_change.notify_change A""",
        {"2026-06-16": "sharing_operator_change/A:registered_set proper_management/A:required",
         "2026-09-01": "sharing_operator_change/A:change_notified"}),
    "76(2): change notified for an operator the ledger does not name before": (
        DESIGNATED + "2026-09-01 sharing_operator_change.notify_change A",
        {"2026-09-01": "sharing_operator_change/A:change_notified"}),
    "92(1)(vii): approval by deceit": (
        DESIGNATED + """2026-07-01 sharing_operator_change.apply_new B
            2026-07-20 sharing_operator_change.deceit B""",
        {"2026-07-20": "sharing_operator_change/B:approved !breach"}),
    "75, 83: deficient, recommended, ordered, complied": (
        DESIGNATED + """2026-07-01 proper_management.implement
            2026-08-01 proper_management.found_deficient
            2026-08-10 recommendation_order.recommend
            2026-09-10 recommendation_order.order
            2026-10-01 recommendation_order.comply
            2026-10-01 proper_management.restored""",
        {"2026-07-01": "proper_management:implemented", "2026-08-01": "proper_management:deficient",
         "2026-08-10": "recommendation_order:recommended", "2026-09-10": "recommendation_order:ordered",
         "2026-10-01": "recommendation_order:complied proper_management:implemented"}),
    "83(3): urgent order at once": (
        DESIGNATED + """2026-08-01 proper_management.found_deficient
            2026-08-02 recommendation_order.urgent_order""",
        {"2026-08-02": "recommendation_order:ordered"}),
    "84(1): report asked, answered, inspected": (
        DESIGNATED + """2026-08-01 reports_inspection.ask_report
            2026-08-20 reports_inspection.answer
            2026-09-01 reports_inspection.inspect""",
        {"2026-08-01": "reports_inspection:requested", "2026-08-20": "reports_inspection:answered",
         "2026-09-01": "reports_inspection:inspected"}),
    "96(v): report refused": (
        DESIGNATED + """2026-08-01 reports_inspection.ask_report
            2026-08-20 reports_inspection.obstruct""",
        {"2026-08-20": "reports_inspection:requested !breach"}),
    "72(1): withdrawn while designated has no effect": (
        DESIGNATED + "2026-08-01 security_review.withdraw",
        {"2026-08-01": f"security_review:designated first_review:sent {BOUND} !irregular"}),
    "72(2): converted while designated has no effect": (
        DESIGNATED + "2026-08-01 security_review.convert",
        {"2026-08-01": f"security_review:designated first_review:sent {BOUND} !irregular"}),
    # -- inner steps left out ------------------------------------------------------------------------------------------
    "69: the notice of termination alone": (
        REVIEW.split("2026-05-07")[0] + """2026-06-01 security_review.terminate {"received_on": "2026-06-02"}
            2026-06-10 dismissal_service.dismiss""",
        {"2026-06-01": "security_review:terminated +publication",
         "2026-06-10": "-publication first_review:application_gone"}),
    "71: declined without an answer": (
        REVIEW.split("2026-05-07")[0] + '2026-06-01 security_review.decline {"received_on": "2026-06-03"}',
        {"2026-06-02": "+abroad +publication", "2026-06-03": "-abroad -publication security_review:not_designated"}),
    "73(3), 76(1): permit and approval alone": (
        DESIGNATED + """2026-08-01 working_permit.permit p1
            2026-08-02 sharing_operator_change.approve B""",
        {"2026-08-02": "working_permit/p1:permitted sharing_operator_change/B:approved proper_management/B:required"}),
    "73(3), 76(1): refusals alone": (
        DESIGNATED + """2026-08-01 working_permit.refuse
            2026-08-02 sharing_operator_change.refuse B""",
        {"2026-08-02": "working_permit:refused sharing_operator_change/B:refused proper_management/B:None"}),
    "75: measures of an operator the designation does not name": (
        DESIGNATED + "2026-08-01 proper_management.implement B", {"2026-08-01": "proper_management/B:implemented"}),
    "79(4): the referral left out": (
        """2026-05-01 prior_confirmation.request
           2026-06-10 prior_confirmation.pm_answers {"clearly_no_effect": false}
           2026-06-15 prior_confirmation.answer_not_cleared""",
        {"2026-06-10": "prior_confirmation:referred_to_pm", "2026-06-15": "prior_confirmation:not_cleared +confirm"}),
    # -- filing abroad -------------------------------------------------------------------------------------------------
    "94(1): filed abroad under the ban": (
        """2025-02-28 first_review.file {"listed": true}
           2025-05-31 foreign_filing_ban.breach""",
        {"2025-05-31": "foreign_filing_ban:breach_noted +abroad !breach", "2025-06-01": "-abroad !breach"}),
    "78(1): filed abroad on the first free day": (
        """2025-02-28 first_review.file {"listed": true}
           2025-06-01 foreign_filing_ban.file_abroad""",
        {"2025-06-01": "-abroad foreign_filing_ban:released"}),
}


# fmt: on
@pytest.mark.parametrize(("ledger", "expected"), CASES.values(), ids=CASES)
def test_worked_case(ledger, expected):
    check(ledger, expected)
