"""What a plan must disclose (記載事項) and attach (添付書類). One field set in all orders; only numbers differ."""

from dataclasses import dataclass

from kaname.law import Bases, T, Text
from kaname.law.dated import Confidence
from kaname.law.laws import art
from kaname.regimes.infrastructure.catalogue.orders import RULES

INTRODUCTION, MAINTENANCE = "introduction", "maintenance"
BOTH = (INTRODUCTION, MAINTENANCE)
SUPPLIER, COMPONENT_SUPPLIER, ENTRUSTEE, SUB_ENTRUSTEE = "supplier", "component_supplier", "entrustee", "sub_entrustee"
PARTIES = (SUPPLIER, COMPONENT_SUPPLIER, ENTRUSTEE, SUB_ENTRUSTEE)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One item of a plan. `level`: plan, component, sub_entrustment, party or attachment.

    `omissible`: may be left out for a sub-entrustment under the omission rule (both conditions of OMISSION met).
    """

    id: str
    level: str
    name: Text
    rule: Text
    basis: Bases
    plans: tuple[str, ...] = BOTH
    roles: tuple[str, ...] = ()
    evidence: tuple[Text, ...] = ()
    omissible: bool = False
    confidence: Confidence = Confidence.HIGH


_MUST = T("必須", "required")
_REGISTRY = (T("登記事項証明書等", "registry certificate"),)
_EVERY_TIER = T("再委託の各段階で必須。省略の特例あり",
    "required for every tier; may be omitted under the omission rule")
_INTRO, _MAINT = (INTRODUCTION,), (MAINTENANCE,)
_PARTY = (RULES["party_items"],)

DISCLOSURES = {d.id: d for d in (
    Disclosure("D_FAC_OUTLINE", "plan", T("特定重要設備の概要", "outline of the facility"), _MUST, art("52(2)(i)")),
    Disclosure("D_INT_CONTENT", "plan", T("導入の内容", "content of the introduction"), _MUST, art("52(2)(ii)(イ)"),
        _INTRO),
    Disclosure("D_INT_TIME", "plan", T("導入の時期", "time of the introduction"), _MUST, art("52(2)(ii)(イ)"), _INTRO),
    Disclosure("D_MNT_CONTENT", "plan", T("委託の内容", "content of the entrustment"), _MUST, art("52(2)(iii)(イ)"),
        _MAINT),
    Disclosure("D_MNT_PERIOD", "plan", T("委託の時期又は期間", "time or period of the entrustment"), _MUST,
        art("52(2)(iii)(イ)"), _MAINT),
    Disclosure("D_RMM", "plan", T("特定妨害行為を防止するための措置（リスク管理措置）", "risk management measures"),
        T("必須。措置の一覧を参照", "required; see the measures"), (*art("52(2)(iv)"), RULES["measures"]),
        evidence=(T("各措置を示す書類", "documents showing each ticked measure"),)),
    Disclosure("D_SUB_OMIT", "plan", T("再委託に係る記載省略の旨", "omission for a sub-entrustment"),
        T("任意。二つの条件を満たすとき再委託ごとに", "optional per sub-entrustment if both conditions hold"),
        (RULES["omission"],), _MAINT, evidence=(T("条件を満たすことを証する書類",
            "document proving both conditions"),)),
    Disclosure("D_CMP_KIND", "component", T("構成設備の種類（区分）", "kind of the component"), T("構成設備ごとに必須",
        "required for each component"), (RULES["components"],), _INTRO),
    Disclosure("D_CMP_NAME", "component", T("構成設備の名称", "name of the component"), T("構成設備ごとに必須",
        "required for each component"), (RULES["components"],), _INTRO),
    Disclosure("D_CMP_FUNC", "component", T("構成設備の機能", "function of the component"), T("構成設備ごとに必須",
        "required for each component"), (RULES["components"],), _INTRO),
    Disclosure("D_SUB_CONTENT", "sub_entrustment", T("再委託の内容", "content of the sub-entrustment"), _EVERY_TIER,
        (RULES["sub_entrustment"],), _MAINT, omissible=True),
    Disclosure("D_SUB_PERIOD", "sub_entrustment", T("再委託の時期又は期間", "time or period of the sub-entrustment"),
        _EVERY_TIER, (RULES["sub_entrustment"],), _MAINT, omissible=True),
    Disclosure("D_PTY_NAME", "party", T("名称（個人は氏名）", "name"), _MUST, _PARTY, roles=PARTIES,
        evidence=_REGISTRY),
    Disclosure("D_PTY_REP", "party", T("代表者の氏名", "name of the representative"), T("法人等は必須",
        "required for entities"),
        _PARTY, roles=PARTIES, evidence=_REGISTRY),
    Disclosure("D_PTY_ADDR", "party", T("住所", "address"), _MUST, _PARTY, roles=PARTIES, evidence=_REGISTRY),
    Disclosure("D_PTY_LAW", "party", T("設立準拠法国等", "country of the governing law"),
        T("法人等は必須。個人は国籍等", "required for entities; individuals give nationality instead"), _PARTY,
            roles=PARTIES,
        evidence=_REGISTRY),
    Disclosure("D_PTY_HOLDER", "party", T("議決権5%以上を直接に保有する者",
        "direct holders of 5% or more of the votes"),
        T("総議決権の5%以上を直接に保有する者ごとに氏名・国籍等・割合。間接保有は求められない",
            "each DIRECT holder of 5% or more of all votes; indirect holding is not asked"), (RULES["holders"],),
        roles=PARTIES, omissible=True),
    Disclosure("D_PTY_OFFICER", "party", T("役員の氏名・生年月日・国籍等", "officers: name, birth date, nationality"),
        T("株式会社は取締役（委員会設置会社は執行役も）、持分会社は業務執行社員、社団・財団・協同組合は理事、"
          "組合は組合員又は業務執行者、その他はこれらに準ずる者",
            "stock company: directors (and executive officers where committees are used); membership company: "
            "executing members; associations, foundations, cooperatives: directors; partnership: (managing) partners; "
            "others alike"),
        _PARTY, roles=PARTIES, evidence=(T("旅券の写し、戸籍・住民票等",
            "passport copy, register extract and the like"),),
        omissible=True),
    Disclosure("D_PTY_FGOV", "party", T("外国政府等との取引高割合25%以上",
        "sales to bodies of one foreign country of 25% or more"),
        T("直近三事業年度のいずれかで、同一の国・地域の機関への取引高が25%以上のとき、年度・機関名・割合",
            "if in any one of the three fiscal years of the window sales to bodies of the SAME country or region reach "
            "25%: the year, each body and its ratio; countries are not added up"), (RULES["foreign_sales"],),
        roles=PARTIES, omissible=True),
    Disclosure("D_PTY_FACTORY", "party", T("製造する工場又は事業場の所在地", "place of manufacture"), _MUST, _PARTY,
        _INTRO,
        roles=(SUPPLIER, COMPONENT_SUPPLIER)),
    Disclosure("A_REGISTRY", "attachment", T("登記事項証明書（これに準ずるもの）", "registry certificate"),
        T("各当事者。総務省は国内登記の者について省略を認める運用",
            "every party; MIC lets filers leave it out for parties "
          "registered in Japan (practice)"), (RULES["document_age"],), roles=PARTIES),
    Disclosure("A_OFFICER_ID", "attachment", T("役員の旅券の写し等", "officers' identity documents"),
        T("各当事者の役員。供給者から直接提出する運用は未確認",
            "every officer; direct delivery by vendors is practice, "
          "to be verified"), (RULES["document_age"],), roles=PARTIES, omissible=True, confidence=Confidence.MEDIUM),
    Disclosure("A_CHANGE_OMIT", "attachment", T("変更時の添付省略", "attachments left out at a change"),
        T("名称・代表者・住所・準拠法に変更がなければ登記事項証明書、役員に変更がなければ役員の書類を省略できる。"
          "54条4項の報告では名称は条件でない",
            "registry certificate if name, representative, address and law are unchanged; officers' documents if "
            "officers are; for reports under 54(4) the name is not among the conditions"),
        (RULES["change_attachments"],)),
    Disclosure("A_FULL_AFTER_RECOMMENDATION", "attachment", T("応諾後の計画書の添付",
        "attachments of a plan changed on a "
        "recommendation"), T("改めて全て。変更の案に係るときのみ省略可",
            "in full again; omission only for change-of-plan cases"),
        (*art("52(8)"), RULES["change_attachments"])),
)}  # fmt: skip

# Both must hold for one sub-entrustment before what is `omissible` may be left out (orders Art. 17, MIC 18).
OMISSION = (
    T("再委託の内容及び期間を把握する体制がある",
        "arrangements to know the content and period of that re-entrustment"),
    T("作業区域の特定・立入制限と、作業記録の保存・確認その他の不正操作の監査を、再委託先について確認する体制がある",
        "arrangements to confirm that the sub-entrustee fixes the work area and restricts entry, and keeps and checks "
        "work records or otherwise audits for improper operation"),
)


def omissible(role: str = SUB_ENTRUSTEE) -> frozenset[str]:
    """The items that may be left out for a sub-entrustment; nothing for any other party."""
    return frozenset(d.id for d in DISCLOSURES.values() if d.omissible) if role == SUB_ENTRUSTEE else frozenset()
