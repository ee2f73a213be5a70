"""Who acts in the general part, in law and in practice."""

from kaname.law import T, Text
from kaname.procedure.declare import Role

CABINET = Role("cabinet", T("内閣", "Cabinet"))
PM = Role("prime_minister", T("内閣総理大臣", "Prime Minister"))
GOVERNMENT = Role("review_government", T("政府", "Government"))
AGENCY_HEADS = Role("agency_heads", T("関係行政機関の長", "heads of the agencies concerned"))
DESK = Role("desk", T("相談窓口", "consultation desk"))
SECTION = Role("answering_section", T("回答を担当する者", "whoever answers"))

# Consultation between authorities: who asks and who is asked is named by the inquiry itself, so that both know of it.
ASKING = Role("asking_authority", T("協議・照会をする機関", "authority that asks"))
ASKED = Role("asked_authority", T("協議・照会を受けた機関", "authority that is asked"), named_by="inquiry.asked")
DRAFTER = Role("opinion_drafter", T("起案者", "drafter"), named_by="opinion.authority")


def _grade(id: str, label: Text) -> Role:
    return Role(id, label, named_by="opinion.authority")


# The grades that countersign (決裁), from below; an office takes those that its own rules ask for.
GRADES = (
    _grade("assistant_head", T("課長補佐級", "deputy section head")),
    _grade("section_head", T("課長級", "section head")),
    _grade("councillor", T("審議官級", "councillor")),
    _grade("director_general", T("局長級", "director general")),
    _grade("vice_minister", T("事務次官級", "vice-minister")),
    _grade("head_of_authority", T("大臣・長官", "head of the authority")),
)
