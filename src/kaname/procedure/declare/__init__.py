"""The words in which a procedure of the Act is declared: plain frozen dataclasses and named functions, nothing hidden.

A declaration file reads in this order: who, what is asked, conditions, sums, procedure. Names are lower snake case.
Inside its own procedure an element is called by its bare id (`three_months`); from outside by `procedure.id`.
"""

from kaname.procedure.declare.acts import Act, Ban, Consequence, Duty, Plainly
from kaname.procedure.declare.days import (
    COUNTED,
    EXCLUDED,
    Clock,
    Count,
    DayRule,
    Extend,
    Force,
    Kind,
    Reading,
    Shorten,
    act_day,
    day_rule,
    received,
)
from kaname.procedure.declare.forms import Field, FieldType, Keep, Option, Take, Worked, keep
from kaname.procedure.declare.kinds import Authority, CaseKind, Custody, Procedure, State, dated, end, waits
from kaname.procedure.declare.moves import Moves, Trigger, done, end_of, enters, go, opens, receipt, stay
from kaname.procedure.declare.questions import AnyCondition, Asked, Both, Condition, Either, Not, atoms, condition
from kaname.procedure.declare.who import NoPenalty, Role

__all__ = [
    "COUNTED",
    "EXCLUDED",
    "Act",
    "AnyCondition",
    "Asked",
    "Authority",
    "Ban",
    "Both",
    "CaseKind",
    "Clock",
    "Condition",
    "Consequence",
    "Count",
    "Custody",
    "DayRule",
    "Duty",
    "Either",
    "Extend",
    "Field",
    "FieldType",
    "Force",
    "Keep",
    "Kind",
    "Moves",
    "NoPenalty",
    "Not",
    "Option",
    "Plainly",
    "Procedure",
    "Reading",
    "Role",
    "Shorten",
    "State",
    "Take",
    "Trigger",
    "Worked",
    "act_day",
    "atoms",
    "condition",
    "dated",
    "day_rule",
    "done",
    "end",
    "end_of",
    "enters",
    "go",
    "keep",
    "opens",
    "receipt",
    "received",
    "stay",
    "waits",
]
