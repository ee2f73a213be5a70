"""The case kinds of Chapter 3, one line each. Within a kind what one event does is told in order."""

from collections.abc import Mapping
from datetime import date

from kaname.law import T, Text
from kaname.procedure.declare import Authority, CaseKind, Procedure
from kaname.regimes.infrastructure.catalogue import catalogue_days
from kaname.regimes.infrastructure.competence import by_business
from kaname.regimes.infrastructure.consultation_with_pm import consultation_with_pm
from kaname.regimes.infrastructure.designation import designation
from kaname.regimes.infrastructure.emergency import emergency
from kaname.regimes.infrastructure.entrusted_maintenance_plan import entrusted_maintenance_plan
from kaname.regimes.infrastructure.grace import grace
from kaname.regimes.infrastructure.information_and_cooperation import information_and_cooperation
from kaname.regimes.infrastructure.introduction_plan import introduction_plan
from kaname.regimes.infrastructure.plan_change import plan_change
from kaname.regimes.infrastructure.post_recommendation import post_recommendation
from kaname.regimes.infrastructure.prior_consultation import prior_consultation
from kaname.regimes.infrastructure.questions import QUESTIONS
from kaname.regimes.infrastructure.recommendation_order import recommendation_order
from kaname.regimes.infrastructure.report_inspection import report_inspection
from kaname.regimes.infrastructure.self_reports import card_report, message_report, relay_report
from kaname.regimes.infrastructure.standstill import extension_shortening
from kaname.regimes.infrastructure.versions import ACT_38_FIRST, ACT_38_MAIN, IN_FORCE, VERSIONS

# The ten days of the answer are told before the standstill that ends in the same midnight.
PLAN = (
    introduction_plan, entrusted_maintenance_plan, emergency, prior_consultation, plan_change, recommendation_order,
    extension_shortening, consultation_with_pm, post_recommendation, information_and_cooperation,
)  # fmt: skip

OPERATOR = (designation, grace, card_report, message_report, relay_report)
INSPECTION = (report_inspection, information_and_cooperation)

# Art. 53 from July 2026, Art. 52 from September: read once at most, so every answer of a later day says so.
UNREAD_OPERATOR, UNREAD_PLAN = {ACT_38_FIRST: 303, ACT_38_MAIN: 320}, {ACT_38_MAIN: 320}


def _kind(id: str, label: Text, procedures: tuple[Procedure, ...], reference: tuple[str, ...] = (), title: str = "",
          catalogue: tuple[date, ...] = (), planned: tuple[str, ...] = (),
          opened_by: tuple[str, ...] = (), authority: Authority | None = None,
          unread: Mapping[date, int] | None = None) -> CaseKind:  # fmt: skip
    return CaseKind(f"infrastructure.{id}", "infrastructure", label, IN_FORCE, procedures, (*VERSIONS, *catalogue),
        QUESTIONS, reference, title, opened_by, planned, authority=authority,
        unread=unread or {})


KINDS = (
    _kind("operator", T("特定社会基盤事業者", "infrastructure operator"), OPERATOR, ("designation.business",),
        "designation.name", catalogue_days(), authority=by_business("designation.business"),
        unread=UNREAD_OPERATOR),
    _kind("plan", T("導入等計画書", "introduction plan"), PLAN,
        ("introduction_plan.facility", "entrusted_maintenance_plan.facility"),
        planned=("introduction_plan.planned_on", "entrusted_maintenance_plan.period_from"), opened_by=(
        "introduction_plan.file", "entrusted_maintenance_plan.file", "introduction_plan.draft",
        "entrusted_maintenance_plan.draft", "emergency.do", "prior_consultation.ask"),
        authority=by_business("introduction_plan.business", "entrusted_maintenance_plan.business"),
        unread=UNREAD_PLAN),
    _kind("inspection", T("報告徴収・立入検査", "reports and inspection"), INSPECTION),
)
