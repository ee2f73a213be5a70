"""Who acts in Chapter 5, in law. The same roles are used by every procedure of the regime."""

from kaname.law import T
from kaname.procedure.declare import Role

APPLICANT = Role("applicant", T("特許出願人", "applicant"))
DESIGNATED = Role("designated_applicant", T("指定特許出願人", "designated applicant"))
SHARER = Role("sharing_operator", T("発明共有事業者", "sharing operator"), own_run=("party", "operator"))
JPO = Role("jpo", T("特許庁長官", "Commissioner of the Japan Patent Office"))
PM = Role("prime_minister", T("内閣総理大臣", "Prime Minister"))
CABINET = Role("cabinet", T("内閣", "Cabinet"))
OFFICIAL = Role("official", T("関係する公務員", "official taking part"))
INSPECTOR = Role("inspector", T("立入検査をする職員", "inspecting official"))
EXPERT = Role("expert", T("専門的知識を有する者", "outside expert"))
ANYONE = Role("anyone", T("何人も", "anyone"))
BOUND = Role("bound_person", T("指定特許出願人及び発明を知る者",
    "designated applicant and those who know the invention"), includes=(DESIGNATED,))
PLANNER = Role("foreign_filer", T("外国出願をしようとする者", "person planning a foreign filing"))
CLAIMANT = Role("claimant", T("損失を受けた者", "person who suffered loss"))
COURT = Role("court", T("裁判所", "court"))
LATER = Role("later_applicant", T("後願者", "later applicant"))
PATENTEE = Role("patentee", T("先の特許の特許権者又は専用実施権者",
    "owner or exclusive licensee of the earlier patent"))
