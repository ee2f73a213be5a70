"""The case kinds of Chapter 4. Within a kind what one event does is told in order."""

from kaname.law import T
from kaname.procedure.declare import CaseKind
from kaname.regimes.technology.call import call
from kaname.regimes.technology.concept import concept
from kaname.regimes.technology.council import council
from kaname.regimes.technology.fund import fund
from kaname.regimes.technology.fund_council import fund_council
from kaname.regimes.technology.fund_year import fund_year
from kaname.regimes.technology.membership import membership
from kaname.regimes.technology.project import project
from kaname.regimes.technology.proposal import proposal
from kaname.regimes.technology.questions import QUESTIONS
from kaname.regimes.technology.research_commission import research_commission
from kaname.regimes.technology.room import BY_OFFICE
from kaname.regimes.technology.sharing import sharing
from kaname.regimes.technology.versions import ACT_38_PROGRAMME, IN_FORCE, VERSIONS

UNREAD = {ACT_38_PROGRAMME: 402}

KINDS = (
    CaseKind("technology.concept", "technology", T("研究開発構想", "R&D concept"), IN_FORCE, (concept,), VERSIONS,
        QUESTIONS, title="concept.title", opened_by=("concept.propose_candidate", "concept.record_vision"),
        unread=UNREAD),
    CaseKind("technology.call", "technology", T("公募・採択",
        "call and adoption"), IN_FORCE, (call, proposal), VERSIONS,
        QUESTIONS, ("call.call_id",), "call.concept", ("call.open_call",),
        unread=UNREAD),
    CaseKind("technology.project", "technology", T("研究開発課題", "R&D project"), IN_FORCE, (project,), VERSIONS,
        QUESTIONS, ("project.contract_id",), "project.title", ("project.take_up",),
        unread=UNREAD),
    CaseKind("technology.council", "technology", T("協議会", "council"), IN_FORCE,
        (council, fund_council, membership, sharing), VERSIONS, QUESTIONS,
        ("fund_council.council_name", "council.council_name"), "council.council_name",
        ("council.ask_consent", "fund_council.identify_lead"), marks_papers=True, in_person=True,
        log_of=("council_secretariat",), parties=BY_OFFICE,
        unread=UNREAD),
    CaseKind("technology.fund", "technology", T("指定基金", "designated fund"), IN_FORCE, (fund, fund_year), VERSIONS,
        QUESTIONS, title="fund.fund", opened_by=("fund.consult",),
        unread=UNREAD),
    CaseKind("technology.research_commission", "technology", T("調査研究の委託", "commissioned research study"),
        IN_FORCE, (research_commission,), VERSIONS, QUESTIONS, ("research_commission.body",),
        "research_commission.questions", ("research_commission.plan", "research_commission.study_itself"),
        unread=UNREAD),
)
