"""The class of a change, worked out from what changed (Art. 54(1), (4)): the classifier asked from within a case.

The gravest of the changes decides. Where the facts leave it open, the careful course is proposed. The operator may give
another class with a recorded reason.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from kaname.law import T, Text
from kaname.law.laws import art
from kaname.procedure.declare import Field, FieldType, Option, Worked, condition
from kaname.procedure.view import View
from kaname.regimes.infrastructure.change import SUBJECTS, Change, NotAChange, Plan, Stage
from kaname.regimes.infrastructure.change_classifier import Classified, classify
from kaname.regimes.infrastructure.change_rules import Class
from kaname.regimes.infrastructure.orders import orders

_ASPECTS = {id: label for _, aspects, _ in SUBJECTS.values() for id, label in aspects.items()}
_OURS = {Class.SIGNIFICANT: "significant", Class.REPORT: "reportable", Class.MINOR: "minor", Class.NOTHING: "minor"}
GRAVEST_FIRST = ("significant", "reportable", "minor")

# -- what is asked ---------------------------------------------------------------------------------------------------

CHANGES = Field("changes", T("変更する事項", "what changes"), FieldType.ROWS, art("54(1)", "54(4)"), columns=(
    Field("subject", T("対象", "subject"), FieldType.CHOICE,
        options=tuple(Option(id, label) for id, (label, _, _) in SUBJECTS.items())),
    Field("aspect", T("事項", "aspect"), FieldType.CHOICE,
        options=tuple(Option(id, label) for id, label in _ASPECTS.items())),
    Field("before", T("変更前", "before"), FieldType.TEXT, help=T("国、割合、月数又は期間",
        "country, share, months or period")),
    Field("after", T("変更後", "after"), FieldType.TEXT)))

# -- sums ------------------------------------------------------------------------------------------------------------

def of_the_case(v: View) -> tuple[Plan, Stage]:
    """Which plan changes, and at which stage: the window is narrower after an introduction."""
    maintenance = v.state("entrusted_maintenance_plan")
    if maintenance:
        stage = {"maintenance_running": Stage.RUNNING, "maintenance_ended": Stage.ENDED}.get(maintenance,
            Stage.BEFORE)
        return Plan.MAINTENANCE, stage
    return Plan.INTRODUCTION, Stage.AFTER if v.state("introduction_plan") == "introduced" else Stage.BEFORE

def _asked(v: View, row: Mapping[str, Any]) -> Classified:
    plan, stage = of_the_case(v)
    said = (row.get("subject") or "", row.get("aspect") or "", row.get("before"), row.get("after"))
    return classify(Change(plan, stage, *said, emergency_notice=bool(v.state("emergency"))))

def _classified(v: View) -> Iterator[Classified]:
    for row in v.given("changes") or ():
        yield _asked(v, row)

def worked_class(v: View) -> Worked | None:
    """The class of all the changes together, and the reason for each. None while none is told, or one is not read."""
    try:
        found = list(_classified(v))
    except NotAChange:
        return None
    if not found:
        return None
    classes = {_OURS[c.safe or Class.SIGNIFICANT if c.says is Class.ASK else c.says] for c in found}
    return Worked(next(c for c in GRAVEST_FIRST if c in classes), tuple(c.why[0].text for c in found))

def _what_is_wrong(v: View) -> Text:
    try:
        list(_classified(v))
    except NotAChange as error:
        return error.text
    return T("読める", "it can be read")

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("変更する事項がこの計画書にあること", "what changes is an item of this plan"),
    T("変更する事項が読めない", "what changes cannot be read"), art("54(1)", "54(4)") + orders("significant"),
    tells=_what_is_wrong)
def changes_readable(v: View) -> bool | None:
    try:
        list(_classified(v))
    except NotAChange:
        return False
    return True
