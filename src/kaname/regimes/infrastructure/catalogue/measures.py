"""Risk management measures (リスク管理措置), in our own words. Most are UNVERIFIED (note 0301).

The orders ask only for "measures against interference"; the list stands in the basic guideline and the forms,
    which were
recalled and not read again. Ids are stable, wording is not. Any later change of a declared measure is significant.
"""

from dataclasses import dataclass

from kaname.law import T, Text
from kaname.law.dated import Confidence
from kaname.regimes.infrastructure.catalogue.disclosures import (
    COMPONENT_SUPPLIER,
    ENTRUSTEE,
    INTRODUCTION,
    MAINTENANCE,
    SUB_ENTRUSTEE,
    SUPPLIER,
)

EDITION = "draft-0"  # guideline of 2023-04-28; the revision of 2026-09-11 was not seen
OPERATOR = "operator"
ANSWERS = ("implemented", "partly", "not_applicable", "not_implemented")
REASON_NEEDED = ANSWERS[1:]
BOTH = (INTRODUCTION, MAINTENANCE)
_SUPPLY, _WORK = (SUPPLIER, COMPONENT_SUPPLIER), (ENTRUSTEE, SUB_ENTRUSTEE)
_HIGH, _MEDIUM, _LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW


@dataclass(frozen=True, slots=True)
class Group:
    """A group of measures; the three are confirmed by a law-firm outline (medium)."""

    id: str
    name: Text
    plans: tuple[str, ...]
    confidence: Confidence = Confidence.MEDIUM


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: who takes it (`parties`), what shows it (`evidence`)."""

    id: str
    group: str
    theme: Text
    item: Text
    evidence: tuple[Text, ...]
    parties: tuple[str, ...]
    confidence: Confidence = Confidence.LOW

    @property
    def plans(self) -> tuple[str, ...]:
        return GROUPS[self.group].plans

    @property
    def label(self) -> Text:
        """The measure with its mark where it is unverified."""
        if not self.confidence.unverified:
            return self.item
        return T(f"{self.item.ja}（未確認）", f"{self.item.en} (unverified)")


GROUPS = {g.id: g for g in (
    Group("RMG_INT", T("特定重要設備の導入に係る措置", "measures on the introduction"), (INTRODUCTION,)),
    Group("RMG_MNT", T("重要維持管理等の委託に係る措置", "measures on the entrustment"), (MAINTENANCE,)),
    Group("RMG_GOV", T("管理体制の確認のために必要な措置", "measures to check the vendor's governance"), BOTH),
)}

_MAKING = T("製造等の過程での不正な変更の防止", "no improper change during making")
_CHOICE = T("供給者の選定と継続性", "supplier choice and continuity")
_WITHSTAND = T("検知と耐性", "detect and withstand")
_WORKING = T("作業中の不正な変更の防止", "no improper change during work")
_AGAIN = T("再委託の管理", "re-entrustment control")
_STOP = T("役務の突然の停止の防止", "no sudden stop of service")

MEASURES = {m.id: m for m in (
    Measure("RMM_INT_1A", "RMG_INT", _MAKING, T("受入検査等による不正なコードの確認と、導入前の脆弱性試験",
        "acceptance inspection or other check for malicious code, and vulnerability testing before introduction"),
        (T("試験計画", "test plan"), T("試験報告", "test report"), T("受入記録", "acceptance record")), (OPERATOR,)),
    Measure("RMM_INT_1B", "RMG_INT", _MAKING, T("納入時の安全基準（最新の修正、不正プログラム対策）を定め、確認する",
        "supplier meets set security requirements at delivery and the operator checks it"),
        (T("要件一覧", "requirement list"), T("納入点検表", "delivery checklist"), T("SBOM（あれば）",
            "SBOM if any")), _SUPPLY),
    Measure("RMM_INT_1C", "RMG_INT", _MAKING, T("定めた手順と信頼できる品質保証体制での開発・製造",
        "development and production follow set procedures under a reliable quality assurance system"),
        (T("認証", "certificates"), T("手順一覧", "procedure list"), T("監査報告", "audit report")), _SUPPLY),
    Measure("RMM_INT_1D", "RMG_INT", _MAKING, T("製造環境への立入り・アクセスを許可された者に限る",
        "access to the making environment is limited physically and logically to authorised staff"),
        (T("アクセス規程", "access policy"), T("入退記録の例", "entry log sample")), _SUPPLY),
    Measure("RMM_INT_1E", "RMG_INT", _MAKING, T("不正な変更の疑いがあるときの調査・立入りを契約で確保する",
        "contract secures detailed investigation and on-site checks when an improper change is suspected"),
        (T("契約条項", "contract clause"),), _SUPPLY),
    Measure("RMM_INT_2A", "RMG_INT", _CHOICE, T("設備の寿命を通じた保守（故障・脆弱性）の継続",
        "supplier can keep up service over the life of the facility"),
        (T("保守方針", "support policy"), T("保守終了日", "end-of-support date")), _SUPPLY),
    Measure("RMM_INT_2B", "RMG_INT", _CHOICE, T("一者しか保守できない場合の代替手段の検討",
        "substitute means are considered where only one supplier can maintain"), (T("継続性の検討",
            "continuity study"),),
        (OPERATOR,)),
    Measure("RMM_INT_3A", "RMG_INT", _WITHSTAND, T("妨害の兆候を見る監視（アクセス、記録、異常）",
        "monitoring that shows signs of interference (access, logs, anomalies)"),
        (T("監視設計", "monitoring design"), T("警報の例", "sample alert")), (OPERATOR,)),
    Measure("RMM_INT_3B", "RMG_INT", _WITHSTAND, T("冗長化、バックアップ等による役務の継続",
        "redundancy, back-up or fallback so that the service goes on"),
        (T("構成", "architecture"), T("バックアップ試験", "back-up test")), (OPERATOR,)),
    Measure("RMM_INT_3C", "RMG_INT", _WITHSTAND, T("事故対応計画・事業継続計画が設備を対象とする",
        "incident response and business continuity plans cover the facility"),
        (T("計画", "plans"), T("演習記録", "exercise record")), (OPERATOR,)),
    Measure("RMM_MNT_1A", "RMG_MNT", _WORKING, T("設計情報・設備情報の管理とアクセスの制限",
        "design data and facility information are managed, access is limited physically and logically"),
        (T("アクセス一覧", "access list"), T("入退記録", "entry log")), _WORK),
    Measure("RMM_MNT_1B", "RMG_MNT", _WORKING, T("操作・作業記録の保存と、定期又は必要に応じた確認",
        "operation and work logs are kept and checked regularly or when needed"),
        (T("記録の手順", "log procedure"), T("確認記録", "review record")), _WORK, _MEDIUM),
    Measure("RMM_MNT_1C", "RMG_MNT", _WORKING, T("資産・脆弱性・修正の最新の情報による管理",
        "assets, vulnerabilities and patches are managed with current information"),
        (T("資産一覧", "asset list"), T("修正記録", "patch record")), _WORK),
    Measure("RMM_MNT_1D", "RMG_MNT", _WORKING, T("従業者へのサイバーセキュリティ教育",
        "staff get cyber security training"),
        (T("教育記録", "training record"),), _WORK),
    Measure("RMM_MNT_2A", "RMG_MNT", _AGAIN, T("再委託に事前の承認を要することを契約で定める",
        "re-entrustment needs the operator's prior approval by contract"),
        (T("契約条項", "contract clause"), T("承認記録", "approval log")), (ENTRUSTEE,), _MEDIUM),
    Measure("RMM_MNT_2B", "RMG_MNT", _AGAIN, T("再委託先の安全対策の情報が事業者に届く",
        "information on the sub-entrustee's cyber security is passed up to the operator"),
        (T("調査票", "questionnaire"), T("報告", "report")), _WORK, _MEDIUM),
    Measure("RMM_MNT_2C", "RMG_MNT", _AGAIN, T("再委託先の作業区域を特定し立入りを管理する（省略の特例の条件でもある）",
        "defined work area with entry control at the sub-entrustee (also a condition of the omission rule)"),
        (T("区域図", "site plan"), T("立入規則", "entry rules")), (SUB_ENTRUSTEE,), _HIGH),
    Measure("RMM_MNT_2D", "RMG_MNT", _AGAIN, T("再委託先の不正な操作の監査（省略の特例の条件でもある）",
        "audit of improper operation at the sub-entrustee (also a condition of the omission rule)"),
        (T("監査計画", "audit plan"), T("報告", "report")), (SUB_ENTRUSTEE,), _HIGH),
    Measure("RMM_MNT_3A", "RMG_MNT", _STOP, T("契約に反する中断・停止のおそれの確認",
        "check that the entrustee is not likely to interrupt or stop the work against the contract"),
        (T("財務・継続性の確認", "financial and continuity check"),), (OPERATOR,)),
    Measure("RMM_GOV_1", "RMG_GOV", T("法令遵守の実績", "compliance record"),
        T("日本法・国際基準の違反歴（おおむね三年）の確認",
        "check of the vendor's record (about three years) of breaching Japanese law or international standards"),
        (T("申告", "declaration"), T("報道・制裁の検索", "media and sanction search")), (*_SUPPLY, *_WORK)),
    Measure("RMM_GOV_2", "RMG_GOV", T("外国の影響", "foreign influence"),
        T("外国の法的環境・指示により供給・作業が左右されない"
        "ことの確認と、契約上の通知義務", "check that supply and work are not swayed by a foreign legal environment or "
        "instructions; contract duty to tell"), (T("申告", "declaration"), T("法的検討", "legal memo"), T("条項",
            "clause")),
        (*_SUPPLY, *_WORK)),
    Measure("RMM_GOV_3", "RMG_GOV", T("情報を得る権利", "right to information"),
        T("名称、所在、役員、資本、計画・実績、製造場所、"
        "従業者の所属・技能・国籍を知る契約上の権利",
            "contract right to learn name, places, officers, ownership, plans and "
        "record, manufacturing places, staff's affiliation, skill and nationality"), (T("条項", "clause"),),
        (*_SUPPLY, *_WORK)),
)}  # fmt: skip
