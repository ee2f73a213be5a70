"""Who acts in Chapter 4, in law and in practice. The same roles are used by every procedure of the regime."""

from kaname.law import T
from kaname.procedure.declare import Role

# -- the State -------------------------------------------------------------------------------------------------------

PM = Role("prime_minister", T("内閣総理大臣", "Prime Minister"))
CABINET_OFFICE = Role("cabinet_office", T("内閣府", "Cabinet Office"))
METI = Role("meti", T("経済産業省", "METI"))
NEED_MINISTRIES = Role("need_ministries", T("ニーズを有する関係府省庁", "ministries that need the technology"))
PROMOTION_COUNCIL = Role("economic_security_promotion_council",
    T("経済安全保障推進会議", "Council for the Promotion of Economic Security"))
INNOVATION_COUNCIL = Role("integrated_innovation_council",
    T("統合イノベーション戦略推進会議", "Council for Integrated Innovation Strategy"))
PROGRAMME_COUNCIL = Role("program_council_experts",
    T("プログラム会議（有識者）", "programme council of experts"))
RD_MINISTER = Role("rd_minister", T("研究開発大臣", "R&D minister"))
FUND_MINISTER = Role("fund_minister", T("指定基金所管大臣", "minister of the designated fund"))
FINANCE_MINISTER = Role("finance_minister", T("財務大臣", "Minister of Finance"))
DIET = Role("diet", T("国会", "the Diet"))
AGENCY_HEADS = Role("agency_heads", T("関係行政機関の長", "heads of the agencies concerned"))

# -- calls and projects ----------------------------------------------------------------------------------------------

FUNDING_AGENCY = Role("funding_agency", T("資金配分機関（JST・NEDO）", "funding agency (JST, NEDO)"))
PROGRAMME_DIRECTOR = Role("program_director", T("プログラム・ディレクター（PD）", "programme director"))
PROGRAMME_OFFICER = Role("program_officer", T("プログラム・オフィサー（PO）", "programme officer"))
REVIEWERS = Role("reviewers", T("外部有識者（評価者）", "outside reviewers"))
LEAD_RESEARCHER = Role("lead_researcher", T("研究代表者", "lead researcher"))
LEAD_INSTITUTION = Role("lead_institution", T("代表機関", "lead institution"))
CO_INSTITUTIONS = Role("co_institutions", T("分担機関", "co-operating institutions"))

# -- councils --------------------------------------------------------------------------------------------------------

COUNCIL = Role("council", T("協議会", "council"))
CONVENING_MINISTER = Role("convening_minister", T("協議会を組織する大臣", "minister who forms the council"))
MEMBERS = Role("members", T("協議会の構成員", "members of the council"))
MEMBER = Role("member", T("構成員", "member"), own_run=("member",))
CANDIDATE = Role("candidate", T("構成員の候補者", "candidate member"), own_run=("member",))
SECRETARIAT = Role("council_secretariat", T("協議会の事務局", "secretariat of the council"))
ENGAGED = Role("person_engaged",
    T("協議会の事務に従事する者（従事していた者を含む）", "person who works or worked on council business"))
PROVIDER = Role("provider", T("情報を提供する者", "provider of information"))
RECIPIENT = Role("recipient", T("情報を受ける者", "recipient of information"))

# -- the commissioned study ------------------------------------------------------------------------------------------

APPLICANT_BODY = Role("applicant_body", T("受託を希望する法人", "corporation that applies"))
RESEARCH_BODY = Role("research_body", T("調査研究の受託法人", "commissioned research body"))
OFFICERS_AND_STAFF = Role("officers_and_staff",
    T("受託法人の役員又は職員（退いた者を含む）", "officer or staff of the body, present or past"))
