"""Where the Act makes a consultation between authorities a gate: acts of other kinds, each a recorded act of its own.

A consultation may be linked to such an act. It moves nothing there: the act is done in its case, by who may do it.
"""

from collections.abc import Mapping

# Kind of case -> its acts by which the law wants other authorities consulted.
GATES: Mapping[str, tuple[str, ...]] = {
    "infrastructure.plan": ("consultation_with_pm.mandatory", "consultation_with_pm.voluntary"),  # Arts. 56(1), 59
    "patents.application": ("security_review.ask_state_bodies", "security_review.consult_agencies"),  # Art. 67(3), (6)
    "supply.plan": ("plan.consult", "plan_change.consult"),  # Art. 9(5)
    "supply.product": ("special_measures.consult", "facility_manager.rules_consult"),  # Arts. 44(2), 45(4)
    "supply.policy": ("policy.consult", "two_step_guideline.consult"),  # Arts. 8(4), 13(3)
    "technology.fund": ("fund.consult",),  # Art. 63(2)
    "technology.council": ("council.consult_pm",),  # Art. 62(2)
}


def gates(kind: str) -> tuple[str, ...]:
    """The acts of a kind for which other authorities are consulted."""
    return GATES.get(kind, ())
