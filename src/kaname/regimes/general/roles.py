"""Who acts in the general part, in law and in practice."""

from kaname.law import T
from kaname.procedure.declare import Role

CABINET = Role("cabinet", T("内閣", "Cabinet"))
PM = Role("prime_minister", T("内閣総理大臣", "Prime Minister"))
GOVERNMENT = Role("review_government", T("政府", "Government"))
AGENCY_HEADS = Role("agency_heads", T("関係行政機関の長", "heads of the agencies concerned"))
DESK = Role("desk", T("相談窓口", "consultation desk"))
SECTION = Role("answering_section", T("回答を担当する者", "whoever answers"))
