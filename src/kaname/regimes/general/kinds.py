"""The case kinds of the general part. Within a kind what one event does is told in order."""

from kaname.law import T
from kaname.procedure.declare import CaseKind
from kaname.regimes.general.briefing import briefing, material
from kaname.regimes.general.consultation import consultation
from kaname.regimes.general.guideline import basic_policy, infrastructure_guideline, technology_guideline
from kaname.regimes.general.inquiry import follow_up, inquiry
from kaname.regimes.general.opinion import opinion, pace
from kaname.regimes.general.policy_cycle import agency_recommendation, agency_request, information, review
from kaname.regimes.general.questions import QUESTIONS
from kaname.regimes.general.versions import IN_FORCE, VERSIONS

GUIDELINES = (basic_policy, infrastructure_guideline, technology_guideline)
CYCLE = (agency_request, agency_recommendation, information, review)

KINDS = (
    CaseKind("general.guideline", "general", T("基本方針・基本指針", "basic policy and guidelines"), IN_FORCE,
        (*GUIDELINES, *CYCLE), VERSIONS, QUESTIONS, opened_by=(
            *(f"{p.id}.draft" for p in GUIDELINES), "agency_request.ask", "agency_recommendation.recommend",
            "information.give", "review.expect")),
    CaseKind("general.consultation", "general", T("相談", "consultation"), IN_FORCE, (consultation,), VERSIONS,
        QUESTIONS, title="consultation.subject", opened_by=("consultation.receive",)),
    CaseKind("general.briefing", "general", T("説明会・資料", "briefings and materials"), IN_FORCE,
        (briefing, material), VERSIONS, QUESTIONS, title="briefing.title",
        opened_by=("briefing.plan", "briefing.record", "material.publish"), planned=("briefing.day",)),
    CaseKind("general.inquiry", "general", T("協議・照会", "consultation between authorities"), IN_FORCE,
        (inquiry, follow_up), VERSIONS, QUESTIONS, title="inquiry.subject", opened_by=("inquiry.ask",)),
    CaseKind("general.opinion", "general", T("意見の決裁", "opinion and its approval"), IN_FORCE, (opinion, pace),
        VERSIONS, QUESTIONS, title="opinion.subject", opened_by=("opinion.begin",)),
)
