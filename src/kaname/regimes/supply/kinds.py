"""The case kinds of Chapter 2. Within a kind what one event does is told in order."""

from kaname.law import T
from kaname.procedure.declare import CaseKind
from kaname.regimes.supply.annual_report import annual_report
from kaname.regimes.supply.competence import by_product
from kaname.regimes.supply.designation import designation
from kaname.regimes.supply.essential_services import essential_services
from kaname.regimes.supply.facility_manager import facility_manager
from kaname.regimes.supply.facility_report import facility_report
from kaname.regimes.supply.grant import grant
from kaname.regimes.supply.guideline import guideline
from kaname.regimes.supply.inspection import inspection
from kaname.regimes.supply.interest_subsidy import interest_subsidy
from kaname.regimes.supply.jftc import jftc, jftc_referral
from kaname.regimes.supply.name_change_notice import name_change_notice
from kaname.regimes.supply.pdca import pdca
from kaname.regimes.supply.plan import plan
from kaname.regimes.supply.plan_cancellation import plan_cancellation
from kaname.regimes.supply.plan_change import plan_change
from kaname.regimes.supply.plan_minor_change import plan_minor_change
from kaname.regimes.supply.policy import policy
from kaname.regimes.supply.questions import QUESTIONS
from kaname.regimes.supply.small_business import credit_insurance, sbic
from kaname.regimes.supply.special_measures import special_measures
from kaname.regimes.supply.support_agency import support_agency
from kaname.regimes.supply.support_corporation import support_corporation
from kaname.regimes.supply.support_year import support_year
from kaname.regimes.supply.survey import survey
from kaname.regimes.supply.tariff import tariff
from kaname.regimes.supply.technology_protection import technology_protection
from kaname.regimes.supply.two_step_guideline import two_step_guideline
from kaname.regimes.supply.two_step_loan import two_step_loan
from kaname.regimes.supply.versions import ACT_38_MAIN, IN_FORCE, VERSIONS

PLAN = (plan, jftc, plan_change, plan_minor_change, plan_cancellation, annual_report, technology_protection, grant,
    interest_subsidy, two_step_loan, sbic, credit_insurance)
BODY = (support_corporation, support_agency, support_year, inspection, name_change_notice)
PRODUCT = (designation, special_measures, facility_manager, facility_report, pdca, essential_services)
POLICY = (guideline, policy, two_step_guideline)
MARKET = (tariff, jftc_referral)
UNREAD = {ACT_38_MAIN: 201}

KINDS = (
    CaseKind("supply.product", "supply", T("特定重要物資", "specified critical product"), IN_FORCE, PRODUCT, VERSIONS,
        QUESTIONS, ("designation.name",), "designation.name", opened_by=(
            "designation.start", "designation.record_designated", "designation.risk_review"),
        authority=by_product("designation.product"),
        unread=UNREAD),
    CaseKind("supply.policy", "supply", T("基本指針・取組方針", "guidelines and policies"), IN_FORCE, POLICY, VERSIONS,
        QUESTIONS, ("policy.name",), "policy.name", opened_by=(
            "policy.draft", "guideline.draft", "two_step_guideline.draft"),
        unread=UNREAD),
    CaseKind("supply.market", "supply", T("関税調査の求め・公取委の意見", "tariff investigations, opinion of the JFTC"),
        IN_FORCE, MARKET, VERSIONS, QUESTIONS, ("tariff.goods", "jftc.plan"), "tariff.goods", opened_by=(
            "tariff.gather", "tariff.request", "jftc.refer"),
        unread=UNREAD),
    CaseKind("supply.plan", "supply", T("供給確保計画", "supply plan"), IN_FORCE, PLAN, VERSIONS, QUESTIONS,
        ("plan.number",), "plan.item", ("plan.submit", "plan.joint", "plan.pre_consult"),
        authority=by_product("plan.product"),
        unread=UNREAD),
    CaseKind("supply.survey", "supply", T("サプライチェーン調査", "supply-chain survey"), IN_FORCE, (survey,), VERSIONS,
        QUESTIONS, title="survey.goods",
        unread=UNREAD),
    CaseKind("supply.support_body", "supply", T("支援法人等", "support body"), IN_FORCE, BODY, VERSIONS, QUESTIONS,
        ("support_corporation.body", "support_agency.agency"), "support_corporation.product",
        ("support_corporation.apply", "support_agency.listed", "support_agency.designate"),
        authority=by_product("support_corporation.product", "support_agency.product"),
        unread=UNREAD),
)
