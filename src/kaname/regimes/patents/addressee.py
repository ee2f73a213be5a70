"""相手方: whom an act of Arts. 83 and 84 is addressed to, the designated applicant or one sharing operator."""

from kaname.law import Bases, T, Text
from kaname.procedure.declare import Condition, Field, FieldType
from kaname.procedure.view import View
from kaname.regimes.patents.parties import operators
from kaname.regimes.patents.roles import DESIGNATED, SHARER

# Of a duty (`Duty.by_fact`): that of the addressee (その者に対し). Where none is named, the applicant's.
ADDRESSED = ("addressee", (("applicant", DESIGNATED), ("", SHARER)))


def addressee(basis: Bases) -> Field:
    return Field("addressee", T("相手方", "addressee"), FieldType.TEXT, basis,
        help=T("applicant、又は発明共有事業者の記号", "applicant, or the short id of a sharing operator"))  # fmt: skip


def by_addressee(id: str, label: Text, lacks: Text, basis: Bases) -> Condition:
    """Asked of who is known to act: an operator goes by its short id, anybody else acts for the applicant."""

    def acts(v: View) -> bool | None:
        named = v.fact("addressee")
        if not named or not v.actor:
            return True
        return v.actor == named or (named == "applicant" and v.actor not in operators(v))

    return Condition(id, label, lacks, basis, acts)
