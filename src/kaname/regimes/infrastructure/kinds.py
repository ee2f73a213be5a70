"""The case kinds of Chapter 3, one line each. Within a kind what one event does is told in order."""

from kaname.law import T, Text
from kaname.procedure.declare import CaseKind, Procedure
from kaname.regimes.infrastructure.prior_consultation import prior_consultation
from kaname.regimes.infrastructure.questions import QUESTIONS
from kaname.regimes.infrastructure.versions import IN_FORCE, VERSIONS

PLAN = (prior_consultation,)


def _kind(id: str, label: Text, procedures: tuple[Procedure, ...], reference: str = "", title: str = "") -> CaseKind:
    return CaseKind(f"infrastructure.{id}", "infrastructure", label, IN_FORCE, procedures, VERSIONS, QUESTIONS,
        reference, title)


KINDS = (
    _kind("plan", T("導入等計画書", "introduction plan"), PLAN),
)
