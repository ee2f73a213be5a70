"""The case kinds of Chapter 5. Order matters: what one event does is told in this order."""

from datetime import date

from kaname.law import T
from kaname.law.laws import CAO_ORDINANCE, art
from kaname.procedure.declare import Authority, CaseKind, Custody
from kaname.regimes.patents.compensation import compensation
from kaname.regimes.patents.designation import designation
from kaname.regimes.patents.disclosure_ban_designated import disclosure_ban_designated
from kaname.regimes.patents.disclosure_ban_review import disclosure_ban_review
from kaname.regimes.patents.dismissal_service import dismissal_service
from kaname.regimes.patents.first_review import first_review
from kaname.regimes.patents.foreign_filing_ban import foreign_filing_ban
from kaname.regimes.patents.guideline import guideline
from kaname.regimes.patents.items import VERSIONS
from kaname.regimes.patents.later_applicant_licence import later_applicant_licence
from kaname.regimes.patents.patent_act_special import patent_act_special
from kaname.regimes.patents.prior_confirmation import prior_confirmation
from kaname.regimes.patents.proper_management import proper_management
from kaname.regimes.patents.questions import QUESTIONS
from kaname.regimes.patents.recommendation_order import recommendation_order
from kaname.regimes.patents.reports_inspection import reports_inspection
from kaname.regimes.patents.roles import JPO, PM
from kaname.regimes.patents.scope import IN_FORCE
from kaname.regimes.patents.security_review import security_review
from kaname.regimes.patents.sharing_operator_change import sharing_operator_change
from kaname.regimes.patents.working_permit import working_permit

_OFFICES = {"jpo_pm": T(f"{JPO.label.ja}・{PM.label.ja}", f"{JPO.label.en} and {PM.label.en}"), "pm": PM.label}
_OF_BOTH, _OF_PM = (Authority(_OFFICES, lambda fact, day: "jpo_pm"), Authority(_OFFICES, lambda fact, day: "pm"))

application = CaseKind(
    "patents.application", "patents", T("特許出願の非公開", "non-disclosure of a patent application"), IN_FORCE,
    (
        first_review, security_review, designation, disclosure_ban_review, disclosure_ban_designated,
        foreign_filing_ban, working_permit, proper_management, sharing_operator_change, patent_act_special,
        recommendation_order, reports_inspection, dismissal_service, later_applicant_licence,
    ),
    catalogue_days=tuple(v.since for v in VERSIONS), notes=QUESTIONS,
    reference=("first_review.application_number",), title="first_review.title",
    custody=Custody("designation", ("designated", "extension_hearing", "extended", "lifted", "expired"),
        art("75(1)-(2)") + CAO_ORDINANCE("10(iii)(ハ)", "10(iii)(ニ)"),
        measures="proper_management"),
    authority=_OF_BOTH,
)  # fmt: skip
confirmation = CaseKind(
    "patents.prior_confirmation", "patents", T("外国出願の禁止に関する事前確認",
        "prior confirmation of a foreign filing"),
    IN_FORCE, (prior_confirmation,), catalogue_days=tuple(v.since for v in VERSIONS), notes=QUESTIONS,
    title="prior_confirmation.title", authority=_OF_BOTH,
)  # fmt: skip
claim = CaseKind(
    "patents.compensation", "patents", T("損失の補償", "compensation of loss"), IN_FORCE, (compensation,),
    notes=QUESTIONS, authority=_OF_PM,
)  # fmt: skip
basic_guideline = CaseKind(
    "patents.guideline", "patents", T("特許出願非公開基本指針", "basic guideline on non-disclosure"), date(2023, 4, 1),
    (guideline,), notes=QUESTIONS,
)  # fmt: skip

KINDS = (application, confirmation, claim, basic_guideline)
