"""The four requirements of Art. 7 (特定重要物資の指定の４要件), their limbs, and the indicators that speak to them.

No number is laid down in the Act, the Cabinet Order or the guideline: an indicator is a value with its evidence, a
threshold is the user's own, and whether a requirement is met stays a person's judgement, recorded with reasons. The
guideline was read in part, so that the list of indicators may be incomplete (question 231).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kaname.law import T, Text
from kaname.law.dated import Confidence


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is looked at: how it is worked out, and which way it moves when the risk rises."""

    id: str
    name: Text
    formula: Text
    risk_when: Text
    confidence: Confidence = Confidence.MEDIUM


@dataclass(frozen=True, slots=True)
class Limb:
    """One of the tests of a requirement: either limb of importance and of dependence is enough."""

    id: str
    name: Text
    test: Text


@dataclass(frozen=True, slots=True)
class Requirement:
    """One of the four: all must be met."""

    id: str
    name: Text
    limbs: tuple[Limb, ...]
    indicators: tuple[Indicator, ...]


_RISES, _FALLS = T("上がるとき", "it rises"), T("下がるとき", "it falls")
_HIGH = Confidence.HIGH

_LIST = (
    Requirement("r1", T("重要性", "importance"), (
        Limb("r1a", T("国民の生存に必要不可欠", "indispensable to the survival of the people"),
            T("供給の途絶が国民の生存に直接影響する", "a cut in supply directly affects people's survival")),
        Limb("r1b", T("広く国民生活又は経済活動が依拠", "widely relied on by people's lives or the economy"),
            T("国民の大多数に普及し又は多くの産業に組み込まれ、経済合理的な代替品がない",
                "spread over most of the public or built into many industries, with no economically reasonable "
                "substitute"))), (
        Indicator("r1_penetration", T("普及率", "share of people or households relying on the product"),
            T("利用者／人口", "users / population"), _RISES),
        Indicator("r1_industry_breadth", T("投入として用いる産業の割合", "share of industries using it as input"),
            T("投入係数が正の産業／全産業（産業連関表）",
                "industries with a positive input coefficient / all industries of the input-output table"), _RISES),
        Indicator("r1_substitute", T("経済合理的な代替品", "economically reasonable substitute"),
            T("有無と代替品の費用の比", "yes or no, and the cost ratio of the substitute"),
            T("代替品がないとき", "there is none"), _HIGH))),
    Requirement("r2", T("外部依存性", "external dependence"), (
        Limb("r2a", T("外部に過度に依存", "excessively dependent on outside supply"),
            T("供給が少数の国・地域に偏り、途絶すれば甚大な影響がある",
                "supply is concentrated in a few countries or regions and a disruption would have grave effects")),
        Limb("r2b", T("外部に過度に依存するおそれ", "likely to become so"),
            T("社会経済・技術の動向に照らし、措置を講じなければ依存するおそれがある",
                "in view of social, economic and technology trends, dependence is likely unless Japan acts"))), (
        Indicator("r2_few_country_share", T("特定少数国への依存", "dependence on specific few countries"),
            T("その国々からの供給／国内需要", "supply from those countries / domestic demand"), _RISES),
        Indicator("r2_domestic_share", T("国内生産の割合", "domestic production"),
            T("国内生産／国内需要", "domestic production / domestic demand"), _FALLS),
        Indicator("r2_top_country_share", T("最大の輸入先の割合", "largest import source"),
            T("最大の輸入先からの輸入／国内需要、及び／総輸入",
                "imports from the largest source / domestic demand, and / total imports"), _RISES, _HIGH),
        Indicator("r2_substitution_supply", T("代替供給の可能性", "possibility of alternative supply"),
            T("定性、又は他の供給源の能力／失われる量", "qualitative, or capacity of other sources / lost volume"),
            _FALLS),
        Indicator("r2_tolerance", T("途絶への耐性", "tolerance of interruption"),
            T("深刻な害が生じるまでの在庫日数", "days of stock before serious harm"), _FALLS),
        Indicator("r2_import_dependence", T("輸入依存度", "import dependence"),
            T("輸入／（国内産出＋輸入－輸出）", "imports / (domestic output + imports - exports)"), _RISES),
        Indicator("r2_replaceability", T("国内産出による代替可能性", "replaceability by domestic output"),
            T("国内産出又は輸出と輸入の比", "domestic output or exports compared with imports"), _FALLS),
        Indicator("r2_hhi", T("輸入先の集中度（HHI）", "Herfindahl-Hirschman index of import sources"),
            T("輸入シェアの二乗の和（％なら0～10000、割合なら0～1）",
                "sum of squared import shares: 0 to 10000 in percent, 0 to 1 as fractions"), _RISES),
        Indicator("r2_value_added_ratio", T("粗付加価値率", "gross value-added ratio"),
            T("粗付加価値／産出", "gross value added / output"), _FALLS),
        Indicator("r2b_trend", T("国内比率又は最大輸入先比率の推移",
                "trend of the domestic share or of the top-country share"),
            T("5～10年の傾き", "slope over 5 to 10 years"), T("国内比率が下がるとき", "the domestic share falls")),
        Indicator("r2b_foreign_support", T("外国の集中支援・囲い込み", "concentrated support or hoarding abroad"),
            T("外国の施策の一覧", "list of foreign programmes"), _RISES))),
    Requirement("r3", T("外部から行われる行為による供給途絶等の蓋然性", "likelihood of externally caused disruption"), (
        Limb("r3", T("外部から行われる行為による途絶の蓋然性", "disruption by acts from outside is likely"),
            T("外部から行われる行為により途絶し甚大な影響が生じる可能性を評価し、その蓋然性が認められる。"
                "自然災害又は需要の急増のみでは足りない（それを機とする輸出制限は当たり得る）",
                "the possibility that acts from outside cause disruption with grave effects is assessed and found "
                "likely; natural disasters or surging demand by themselves do not count, export restrictions taken on "
                "such an occasion can")),), (
        Indicator("r3_events", T("輸出制限・威圧・途絶の実績",
            "record of export restrictions, coercion or disruptions"),
            T("供給国ごとの件数と日", "count and dates of events per source country"), _RISES),
        Indicator("r3_source_policy", T("主な供給国の輸出管理・威圧の姿勢",
                "export-control or coercion stance of top source countries"),
            T("区分", "categorical"), T("厳しくなるとき", "it becomes stricter"), Confidence.LOW))),
    Requirement("r4", T("本制度による措置の必要性", "need for measures under this regime"), (
        Limb("r4", T("本制度による措置の必要性", "need for measures under this regime"),
            T("他の制度で措置が講じられていれば必要性は小さい。国民の生存・基幹インフラの機能に関わり途絶の実績若しくは"
                "リスクの高まりがあるもの、又は将来の重要性・成長性が見込まれるものを優先する",
                "the need is small where other schemes already act; priority to survival goods or core infrastructure "
                "functions with a disruption record or rising risk, or to future importance or growth")),), (
        Indicator("r4_other_schemes", T("既存の制度", "existing schemes for the product"),
            T("一覧と対象範囲", "list with coverage"), T("少ないとき", "there are few"), _HIGH),
        Indicator("r4_disruption_record", T("近年の途絶", "disruption in recent years"),
            T("有無と日", "yes or no, with dates"), T("あるとき", "there was one"), _HIGH),
        Indicator("r4_growth", T("市場の成長と各種戦略での位置付け",
                "expected market growth and place in strategies"),
            T("成長率と戦略の一覧", "growth rate; list of strategies"), _RISES))),
)  # fmt: skip

REQUIREMENTS: Mapping[str, Requirement] = {r.id: r for r in _LIST}
INDICATORS: Mapping[str, Indicator] = {i.id: i for r in _LIST for i in r.indicators}
LIMBS: Mapping[str, Limb] = {limb.id: limb for r in _LIST for limb in r.limbs}
