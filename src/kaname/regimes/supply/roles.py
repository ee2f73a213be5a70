"""Who acts in Chapter 2, in law. The same roles are used by every procedure of the regime."""

from kaname.law import T
from kaname.procedure.declare import Role

APPLICANT = Role("applicant", T("申請者", "applicant"))
CERTIFIED = Role("certified_business", T("認定供給確保事業者", "certified business"))
MINISTER = Role("product_minister", T("主務大臣", "competent minister"))
SUPPORT_BODY = Role("support_body", T("安定供給確保支援法人又は支援独立行政法人", "support corporation or agency"))
LENDER = Role("lending_institution", T("貸付けを行う金融機関", "lending institution"))
INSTITUTION = Role("institution", T("指定金融機関（申請者を含む）", "designated institution, or one that applies"))
FINANCE_MINISTERS = Role("ministers", T("内閣総理大臣及び財務大臣", "Prime Minister and Minister of Finance"))
JFC = Role("finance_corporation", T("日本政策金融公庫", "Japan Finance Corporation"))
FTC = Role("jftc", T("公正取引委員会", "Japan Fair Trade Commission"))
INVESTOR = Role("investment_company", T("中小企業投資育成株式会社", "small and medium business investment company"))
GUARANTOR = Role("guarantee_corporation", T("信用保証協会", "credit guarantee corporation"))
GOODS_MINISTER = Role("minister", T("物資の生産、輸入又は販売の事業を所管する大臣", "minister in charge of the goods"))
BUSINESS = Role("business",
    T("物資の生産、輸入又は販売の事業を行う者", "business producing, importing or selling goods"))
OFFICIAL = Role("survey_official", T("調査の事務に関与する者", "whoever handles the answers of the survey"))
BODY_MINISTERS = Role("body_ministers", T("内閣総理大臣及び主務大臣", "Prime Minister and competent minister"))
BODY_STAFF = Role("body_staff",
    T("支援法人の役員又は職員（退いた者を含む）", "officer or staff of the corporation, present or past"))
LEGISLATURE = Role("legislature", T("国会", "the Diet"))
INSPECTOR = Role("inspector", T("立入検査をする職員", "inspecting official"))
FACILITY_MANAGER = Role("facility_manager", T("施設委託管理者", "entrusted facility manager"))
CABINET = Role("cabinet", T("内閣", "Cabinet"))
PM = Role("prime_minister", T("内閣総理大臣", "Prime Minister"))
CABINET_OFFICE = Role("cabinet_office", T("内閣府", "Cabinet Office"))
GOVERNMENT = Role("government", T("政府（調査を担当する大臣）", "government, the ministers of the investigation"))
