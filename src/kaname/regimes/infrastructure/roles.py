"""Who acts in Chapter 3, in law. The same roles are used by every procedure of the regime."""

from kaname.law import T
from kaname.procedure.declare import Role

OPERATOR = Role("operator", T("特定社会基盤事業者", "specified infrastructure operator"))
RUNNER = Role("business_runner", T("特定社会基盤事業を行う者", "runner of an infrastructure business"))
MINISTER = Role("sector_minister", T("主務大臣", "competent minister"))
PM = Role("prime_minister", T("内閣総理大臣", "Prime Minister"))
AGENCIES = Role("other_agencies", T("関係行政機関の長", "heads of other agencies"))
SUPPLIER = Role("supplier", T("特定重要設備の供給者", "supplier of the critical facility"))
COMPONENT_SUPPLIER = Role("component_supplier", T("構成設備の供給者", "supplier of a component"))
ENTRUSTEE = Role("entrustee", T("重要維持管理等の委託の相手方", "entrustee of critical maintenance"))
SUB_ENTRUSTEE = Role("sub_entrustee", T("再委託の相手方等", "sub-entrustee"))
INSPECTOR = Role("inspector", T("立入検査をする職員", "inspecting official"))
