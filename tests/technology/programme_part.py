"""T2, T3 and T9 against the facts: concept, call with its proposals, project."""

from ch4_facts import Part

PROGRAMME = Part(
    procedures={
        "T2": ("technology.concept", ("concept",)),
        "T3": ("technology.call", ("call", "proposal")),
        "T9": ("technology.project", ("project",)),
    },
    fields={
        # The act's own day is the date of what it does.
        "date": "", "decision_date": "",
        "T3.contract.period": "period_start period_end",
    },
    reasons={
        "each proposal is a run of its own, begun by handing it in; the call itself goes its own way": (
            "T3.submit_proposal: from to", "T3.withdraw: from", "T3.check_form: from"),
        "a slot is left by the call, not by the proposal that was not adopted; a case of a new call follows": (
            "T3.reopen_slot: from to",),
    },
    extra={
        "concept.record_vision": "a concept that takes up a vision decided before this office kept the case",
        "project.take_up": "the facts begin with the running project, which somebody takes up from its contract",
    },
    states={
        "proposal.submitted": "where a proposal stands until its form is checked; the facts name the call's state",
    },
)  # fmt: skip
