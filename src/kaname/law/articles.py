"""The index of all articles of the Act: number, subject, chapter, section, in force from, amendments.

A subject says what the article is about; it is not always the heading printed in the statute.
Sources: Act No. 43 of 2022, consolidated text in force 2026-06-01; chapters and sections as in the table of contents
of the bill (208th Diet, Cabinet bill No. 37; www.shugiin.go.jp, itdb_gian, g20809037).
Of the supplementary provisions (附則) only Arts. 1, 2 and 4 were read; Art. 3 stands here as unverified, and the
articles after 4 are not listed (note 17 in docs/law).
"""

from dataclasses import dataclass
from datetime import date

from kaname.law.commencement import Amendment, amendments, commencements, commences, in_force
from kaname.law.dated import Confidence
from kaname.law.laws import ESPA
from kaname.law.provision import Provision, parse
from kaname.law.text import T, Text


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter (章) or, inside Chapter 2, a section (節): its number, title, first and last article."""

    number: int
    title: Text
    first: int
    last: int
    sections: "tuple[Chapter, ...]" = ()

    def holds(self, number: int) -> bool:
        return self.first <= number <= self.last


CHAPTERS = (
    Chapter(1, T("総則", "General Provisions"), 1, 5),
    Chapter(2, T("特定重要物資の安定的な供給の確保", "Stable Supply of Specified Critical Products"), 6, 48, (
        Chapter(1, T("安定供給確保基本指針等", "Basic Guideline and Designation"), 6, 8),
        Chapter(2, T("供給確保計画", "Supply Plans"), 9, 12),
        Chapter(3, T("株式会社日本政策金融公庫法の特例", "Special Case of the Japan Finance Corporation Act"), 13, 25),
        Chapter(4, T("中小企業投資育成株式会社法及び中小企業信用保険法の特例",
                     "Special Cases for Small Business Investment and Credit Insurance"), 26, 28),
        Chapter(5, T("特定重要物資等に係る市場環境の整備", "Market Environment for Critical Products"), 29, 30),
        Chapter(6, T("安定供給確保支援法人による支援", "Support by Support Corporations"), 31, 41),
        Chapter(7, T("安定供給確保支援独立行政法人による支援", "Support by Support Agencies (独立行政法人)"), 42, 43),
        Chapter(8, T("特別の対策を講ずる必要がある特定重要物資", "Critical Products Needing Special Measures"), 44, 45),
        Chapter(9, T("雑則", "Miscellaneous"), 46, 48),
    )),
    Chapter(3, T("特定社会基盤役務の安定的な提供の確保", "Stable Provision of Essential Services"), 49, 59),
    Chapter(4, T("特定重要技術の開発支援", "Support for the Development of Critical Technologies"), 60, 64),
    Chapter(5, T("特許出願の非公開", "Non-disclosure of Patent Applications"), 65, 85),
    Chapter(6, T("雑則", "Miscellaneous Provisions"), 86, 91),
    Chapter(7, T("罰則", "Penalties"), 92, 99),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Article:
    """One article (条). `note` is the number of the open question about it in docs/law/, if there is one."""

    provision: Provision
    subject: Text
    confidence: Confidence = Confidence.HIGH
    note: int | None = None

    @property
    def number(self) -> str:
        """As cited: `66`, `suppl. 2`."""
        return self.provision.citation

    @property
    def chapter(self) -> Chapter | None:
        """The chapter, None for the supplementary provisions."""
        if self.provision.suppl:
            return None
        return next(c for c in CHAPTERS if c.holds(int(self.provision.article)))

    @property
    def section(self) -> Chapter | None:
        """The section of Chapter 2, None elsewhere."""
        sections = self.chapter.sections if self.chapter else ()
        return next((s for s in sections if s.holds(int(self.provision.article))), None)

    @property
    def in_force_from(self) -> date | None:
        """The day its earliest part came into force; None where the day is not recorded."""
        return commences(self.provision)

    @property
    def commencements(self) -> tuple[tuple[Provision, date], ...]:
        """The article and those of its parts that commence on a day of their own."""
        return commencements(self.number)

    @property
    def amendments(self) -> tuple[Amendment, ...]:
        return amendments(self.provision)

    def in_force(self, day: date) -> bool | None:
        """Whether any part is in force on a day; None where the day is not recorded."""
        return in_force(self.provision, day)


_SUBJECTS = (
    ("1", "目的", "Purpose"),
    ("2", "基本方針", "Basic policy"),
    ("3", "関係行政機関への資料提出等の求め、勧告及び情報提供", "Requests, recommendations, information to agencies"),
    ("4", "国の責務", "Duty of the State"),
    ("5", "規制措置の留意事項", "Proportionality of regulation"),
    ("6", "安定供給確保基本指針", "Basic guideline on stable supply"),
    ("7", "特定重要物資の指定", "Designation of specified critical products"),
    ("8", "安定供給確保取組方針", "Policy for stable-supply measures"),
    ("9", "供給確保計画の認定", "Certification of a supply plan"),
    ("10", "供給確保計画の変更", "Change of a certified plan"),
    ("11", "供給確保計画の認定の取消し", "Cancellation of certification"),
    ("12", "定期の報告", "Periodic report"),
    ("13", "供給確保促進円滑化業務等実施基本指針", "Basic guideline for two-step loans"),
    ("14", "公庫の行う供給確保促進円滑化業務", "Two-step loan operations of the Japan Finance Corporation"),
    ("15", "供給確保促進円滑化業務実施方針", "Implementation policy of the Japan Finance Corporation"),
    ("16", "指定金融機関の指定", "Designation of financial institutions"),
    ("17", "指定金融機関の指定の公示等", "Public notice of the designation"),
    ("18", "供給確保促進業務規程の変更の認可等", "Change of operating rules"),
    ("19", "協定", "Agreement"),
    ("20", "帳簿の記載", "Books of the designated financial institution"),
    ("21", "監督命令", "Supervisory order to the designated financial institution"),
    ("22", "供給確保促進業務の休廃止", "Suspension or abolition of promotion business"),
    ("23", "指定金融機関の指定の取消し等", "Revocation of the designation"),
    ("24", "取消し等に伴う業務の結了", "Winding-up of operations"),
    ("25", "株式会社日本政策金融公庫法の適用", "Application of the Japan Finance Corporation Act"),
    ("26", "中小企業者の定義", "Definition of small and medium-sized business"),
    ("27", "中小企業投資育成株式会社法の特例", "Special case for small business investment"),
    ("28", "中小企業信用保険法の特例", "Special case for credit insurance"),
    ("29", "公正取引委員会との関係", "Relation to the Fair Trade Commission"),
    ("30", "関税定率法との関係", "Relation to the Customs Tariff Act"),
    ("31", "安定供給確保支援法人の指定及び業務", "Support corporations: designation and work"),
    ("32", "指定の公示等", "Public notice of the designation"),
    ("33", "安定供給確保支援業務規程", "Operating rules of the support corporation"),
    ("34", "安定供給確保支援法人基金", "Fund of the support corporation"),
    ("35", "事業計画等", "Business plan and accounts"),
    ("36", "区分経理", "Separate accounting"),
    ("37", "秘密保持義務", "Confidentiality"),
    ("38", "帳簿の記載", "Books of the support corporation"),
    ("39", "監督命令", "Supervisory order to the support corporation"),
    ("40", "安定供給確保支援業務の休廃止", "Suspension or abolition of support work"),
    ("41", "指定の取消し等", "Revocation of the designation"),
    ("42", "安定供給確保支援独立行政法人の指定及び業務", "Support agencies: designation and work"),
    ("43", "安定供給確保支援独立行政法人基金", "Fund of the support agency"),
    ("44", "特別の対策を講ずる必要がある特定重要物資の指定等", "Designation for special measures"),
    ("45", "施設委託管理者", "Entrusted facility manager"),
    ("46", "資料の提出等の要求", "Requests for cooperation"),
    ("47", "資金の確保", "Securing funds"),
    ("48", "報告徴収及び立入検査", "Surveys, reports and inspections"),
    ("49", "特定社会基盤役務基本指針", "Basic guideline on essential infrastructure services"),
    ("50", "特定社会基盤事業者の指定", "Designation of essential infrastructure operators"),
    ("51", "指定の解除", "Lifting of the designation"),
    ("52", "導入等計画書の届出、禁止期間、勧告及び命令", "Introduction plan, standstill, recommendation and order"),
    ("53", "届出義務に関する経過措置", "Grace period for the filing duty"),
    ("54", "導入等計画書の変更の届出及び報告", "Filing and report of changes of the plan"),
    ("55", "導入後等の勧告", "Recommendation after introduction"),
    ("56", "勧告・命令前の協議及び手続の政令委任", "Consultation before a recommendation or order; procedure"),
    ("57", "情報の提供", "Information to operators"),
    ("58", "報告徴収及び立入検査", "Reports and inspections"),
    ("59", "協力の要請", "Requests for cooperation"),
    ("60", "特定重要技術研究開発基本指針", "Basic guideline on R&D of critical technologies"),
    ("61", "特定重要技術の定義及び国の施策", "Definition of critical technologies; measures of the State"),
    ("62", "協議会", "R&D council"),
    ("63", "指定基金及び指定基金協議会", "Designated fund and its council"),
    ("64", "調査研究及びその委託", "Research study and its commission"),
    ("65", "特許出願非公開基本指針", "Basic guideline on non-disclosure of patent applications"),
    ("66", "内閣総理大臣への送付", "First review and sending to the Prime Minister"),
    ("67", "内閣総理大臣による保全審査", "Security review by the Prime Minister"),
    ("68", "保全審査中の発明公開の禁止", "Ban on publishing the invention during the review"),
    ("69", "保全審査の打切り", "Termination of the review; dismissal"),
    ("70", "保全指定", "Security designation"),
    ("71", "保全指定をしない場合の通知", "Notice that no designation is made"),
    ("72", "特許出願の取下げ等の制限", "No withdrawal or conversion while designated"),
    ("73", "保全対象発明の実施の制限", "Working only with a permit"),
    ("74", "保全対象発明の開示禁止", "Disclosure ban"),
    ("75", "保全対象発明の適正管理措置", "Proper management measures"),
    ("76", "発明共有事業者の変更", "Change of sharing operators"),
    ("77", "保全指定の解除等", "Lifting of the designation"),
    ("78", "外国出願の禁止", "Ban on foreign filing"),
    ("79", "外国出願の禁止に関する事前確認", "Prior confirmation for foreign filing"),
    ("80", "損失の補償", "Compensation of loss"),
    ("81", "後願者の通常実施権", "Licence of a later applicant"),
    ("82", "特許法等の特例", "Special rules to the Patent Act and others"),
    ("83", "勧告及び改善命令", "Recommendation and order on management measures"),
    ("84", "報告徴収及び立入検査", "Reports and inspections"),
    ("85", "送達", "Service"),
    ("86", "主務大臣等", "Competent ministers"),
    ("87", "権限の委任", "Delegation of powers"),
    ("88", "行政手続法の適用除外", "Exclusion of the Administrative Procedure Act"),
    ("89", "経過措置", "Transitional measures in orders"),
    ("90", "国際約束", "International commitments"),
    ("91", "命令への委任", "Delegation to orders"),
    ("92", "導入等計画の違反、命令違反、保全対象発明の実施・開示等の罪",
     "Offences: introduction plans, orders, working or disclosing designated inventions"),
    ("93", "調査に係る秘密の漏えい等の罪", "Offence: secrets of the supply survey"),
    ("94", "外国出願の禁止違反の罪", "Offence: foreign filing against the ban"),
    ("95", "支援法人、協議会、保全審査等に係る秘密の漏えい等の罪",
     "Offences: secrets of support corporations, councils and security review"),
    ("96", "帳簿、届出、報告、検査等に関する罪", "Offences: books, notices, reports, inspections"),
    ("97", "両罰規定", "Corporate liability"),
    ("98", "過料（公庫の取締役等）", "Non-penal fine: directors of the Japan Finance Corporation"),
    ("99", "過料（基金の運用）", "Non-penal fine: investment of a fund"),
    ("suppl. 1", "施行期日", "Commencement"),
    ("suppl. 2", "出願中の特許出願に関する経過措置", "Pending patent applications"),
    ("suppl. 3", "（内容未確認）", "(content not verified)"),
    ("suppl. 4", "検討", "Review clause"),
)  # fmt: skip

# Where something stays open: how well the entry is secured, and the note in docs/law/ that says what is not known.
_DOUBTS: dict[str, tuple[Confidence, int]] = {
    "52": (Confidence.MEDIUM, 14),
    "53": (Confidence.MEDIUM, 14),
    "87": (Confidence.HIGH, 15),
    "suppl. 3": (Confidence.LOW, 17),
    "suppl. 4": (Confidence.MEDIUM, 14),
}

ARTICLES = tuple(
    Article(parse(ESPA, number), T(ja, en), *_DOUBTS.get(number, (Confidence.HIGH, None)))
    for number, ja, en in _SUBJECTS
)
_BY_NUMBER = {a.number: a for a in ARTICLES}


def article(place: str | Provision) -> Article:
    """The article that holds a place: `article("66")`, `article("66(1)")`, `article("suppl. 2")`.

    Raises LookupError if the Act has no such article in the index, ValueError if the citation cannot be read.
    """
    provision = parse(ESPA, place) if isinstance(place, str) else place
    number = f"{'suppl. ' if provision.suppl else ''}{provision.article}"
    if provision.law != ESPA or number not in _BY_NUMBER:
        raise LookupError(f"{provision.en}: not in the index; expected an article of the Act, 1 to 99 or suppl. 1 to 4")
    return _BY_NUMBER[number]
