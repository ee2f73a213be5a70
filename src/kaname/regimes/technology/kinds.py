"""The case kinds of Chapter 4. Within a kind what one event does is told in order."""

from kaname.law import T
from kaname.procedure.declare import CaseKind
from kaname.regimes.technology.concept import concept
from kaname.regimes.technology.questions import QUESTIONS
from kaname.regimes.technology.versions import IN_FORCE, VERSIONS

KINDS = (
    CaseKind("technology.concept", "technology", T("研究開発構想", "R&D concept"), IN_FORCE, (concept,), VERSIONS,
        QUESTIONS, title="concept.title", opened_by=("concept.propose_candidate", "concept.record_vision")),
)
