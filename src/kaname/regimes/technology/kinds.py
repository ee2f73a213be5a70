"""The case kinds of Chapter 4. Within a kind what one event does is told in order."""

from kaname.law import T
from kaname.procedure.declare import CaseKind
from kaname.regimes.technology.call import call
from kaname.regimes.technology.concept import concept
from kaname.regimes.technology.project import project
from kaname.regimes.technology.proposal import proposal
from kaname.regimes.technology.questions import QUESTIONS
from kaname.regimes.technology.versions import IN_FORCE, VERSIONS

KINDS = (
    CaseKind("technology.concept", "technology", T("研究開発構想", "R&D concept"), IN_FORCE, (concept,), VERSIONS,
        QUESTIONS, title="concept.title", opened_by=("concept.propose_candidate", "concept.record_vision")),
    CaseKind("technology.call", "technology", T("公募・採択",
        "call and adoption"), IN_FORCE, (call, proposal), VERSIONS,
        QUESTIONS, ("call.call_id",), "call.concept", ("call.open_call",)),
    CaseKind("technology.project", "technology", T("研究開発課題", "R&D project"), IN_FORCE, (project,), VERSIONS,
        QUESTIONS, ("project.contract_id",), "project.title", ("project.take_up",)),
)
