"""The specified critical products (特定重要物資) of Cabinet Order Art. 1, each from the day of its designation.

Funds, plans and goals are those of the government deck of 2024-06-04; what came later is dated. Money is whole yen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kaname.law import T, Text
from kaname.law.dated import Confidence
from kaname.regimes.supply.catalogue.orders import ORDERS, CertificationOrder
from kaname.regimes.supply.versions import DECIDED, FIRST_PRODUCTS, FOUR_MORE, TECHNOLOGY, TWELFTH

DECK = date(2024, 6, 4)  # the day of the figures


def oku(amount: str | None) -> int | None:
    """An amount printed in 億円 (100 million yen) as whole yen; None where nothing is printed."""
    return None if amount is None else int(Decimal(amount) * 100_000_000)


@dataclass(frozen=True, slots=True)
class SupportBody:
    """Who pays the grants: an agency (the 1955 Act on subsidies applies) or a corporation (its own rules)."""

    name: Text
    agency: bool
    confidence: Confidence = Confidence.HIGH
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Fund:
    """A product's money: years of the fund, the State's contributions, decided and spent (fiscal 2023, estimate)."""

    set_up: int
    ends_on: date | None
    fiscal_2022: int | None
    fiscal_2023: int | None
    decided: int | None
    spent: int | None
    note: Text | None = None

    @property
    def is_fund(self) -> bool:
        """Whether it stands in the deck's fund table: ship parts are paid from the yearly budgets."""
        return self.ends_on is not None


@dataclass(frozen=True, slots=True)
class Product:
    """One product. `technology_from`: since when its policy asks for protection of technology. `certified`: plans
    certified on the deck's day (None: not printed). `wider`: later changes of its scope by the order; `by_policy`: what
    its policy took up within it.
    """

    id: str
    item: int
    label: Text
    designated_on: date
    order: str
    support_body: SupportBody | None
    fund: Fund | None = None
    certified: int | None = None
    technology_from: date | None = None
    parts: tuple[Text, ...] = ()
    goals: tuple[Text, ...] = ()
    rates: tuple[Text, ...] = ()
    wider: tuple[tuple[date, Text], ...] = ()
    by_policy: tuple[tuple[date, Text], ...] = ()
    confidence: Confidence = Confidence.HIGH

    @property
    def decided_on(self) -> date:
        """The day on which the Cabinet decided the order that names it."""
        return DECIDED[self.designated_on]

    def scope_on(self, day: date) -> tuple[Text, ...]:
        """What had come into its scope since the designation, by a day."""
        return tuple(what for since, what in self.wider if since <= day)

    @property
    def under(self) -> CertificationOrder:
        """The certification order that its plans follow."""
        return ORDERS[self.order]

    @property
    def plans_from(self) -> date:
        """The first day on which a plan can be filed: it is designated, and the certification order is in force."""
        return max(self.designated_on, self.under.since)

    def body_on(self, day: date) -> SupportBody | None:
        """The support body, not before its own designation where that day is known."""
        body = self.support_body
        return None if body and body.since and body.since > day else body


_NIBIOHN = SupportBody(T("医薬基盤・健康・栄養研究所", "NIBIOHN"), agency=True)
_NEDO = SupportBody(T("新エネルギー・産業技術総合開発機構", "NEDO"), agency=True)
_NEDO_ASSUMED = SupportBody(_NEDO.name, agency=True, confidence=Confidence.MEDIUM)
_JOGMEC = SupportBody(T("エネルギー・金属鉱物資源機構", "JOGMEC"), agency=True)
_FERTILIZER = SupportBody(T("肥料経済研究所", "Fertilizer Economy Research Institute"), agency=False,
    since=date(2023, 2, 15))
_SHIPS = SupportBody(T("日本船舶技術研究協会", "Japan Ship Technology Research Association"), agency=False,
    since=date(2023, 2, 15))


def _fund(ends: int | None, r4: str | None, r5: str | None, decided: str | None, spent: str | None,
          set_up: int = 2022, note: Text | None = None) -> Fund:  # fmt: skip
    """`ends`: the calendar year of the 31 March on which the fund ends."""
    return Fund(set_up, date(ends, 3, 31) if ends else None, oku(r4), oku(r5), oku(decided), oku(spent), note)


_LIST = (
    Product("antimicrobials", 1, T("抗菌性物質製剤", "antimicrobial preparations"), FIRST_PRODUCTS, "mhlw", _NIBIOHN,
        _fund(2028, "553", None, "228", "2"), 2,
        parts=(T("βラクタム系抗菌薬", "beta-lactam antimicrobials"),),
        goals=(T("2030年までに、途絶時にもβラクタム系を切れ目なく供給する体制",
            "by 2030 uninterrupted supply of beta-lactams even on disruption"),)),
    Product("fertilizer", 2, T("肥料", "fertilizer"), FIRST_PRODUCTS, "maff", _FERTILIZER,
        _fund(2037, "160", "1", "24", "24"), 7,
        parts=(T("りん酸アンモニウム", "ammonium phosphate"), T("塩化カリウム", "potassium chloride")),
        goals=(T("令和9年度末までに年間需要の三月分を常時保有",
            "three months of yearly demand held at all times by the end of fiscal 2027"),),
        rates=(T("積増し分の保管費：全額、施設：3分の2", "storage of the added stock: all; facilities: two thirds"),)),
    Product("magnets", 3, T("永久磁石", "permanent magnets"), FIRST_PRODUCTS, "meti", _NEDO_ASSUMED,
        _fund(2031, "253", None, "11", "0.3"), 3,
        parts=(T("ネオジム磁石", "neodymium magnets"), T("サマリウムコバルト磁石", "samarium-cobalt magnets"),
            T("省レアアース磁石", "magnets with less rare earth")),
        rates=(T("生産設備 1/3、リサイクル設備 1/2、技術開発 1/2",
            "production equipment 1/3; recycling equipment 1/2; technology development 1/2"),)),
    Product("machine_tools_robots", 4, T("工作機械及び産業用ロボット", "machine tools and industrial robots"),
        FIRST_PRODUCTS, "meti", _NEDO_ASSUMED, _fund(2031, "416", "78", "395", "25"), 5, TECHNOLOGY,
        parts=(T("CNC", "CNC"), T("サーボ機構", "servo mechanisms"), T("CNCシステム", "CNC systems"),
            T("減速機", "reducers"), T("PLC", "PLC"), T("ボールねじ", "ball screws"),
            T("リニアガイド", "linear guides"), T("リニアスケール", "linear scales"),
            T("鋳物代替素形材（ミネラルキャスト）", "casting substitute (mineral cast)")),
        rates=(T("1/3", "1/3"),)),
    Product("aircraft_parts", 5, T("航空機の部品", "aircraft parts"), FIRST_PRODUCTS, "meti", _NEDO_ASSUMED,
        _fund(2031, "417", "327", "248", "6"), 10, TECHNOLOGY,
        parts=(T("大型鍛造品", "large forgings"), T("鋳造品", "castings"), T("CMC", "CMC"), T("SiC繊維", "SiC fibre"),
            T("炭素繊維", "carbon fibre"), T("スポンジチタン", "titanium sponge")),
        rates=(T("設備 1/3（他は読み取れない）", "equipment 1/3 (the rest was not readable)"),)),
    Product("semiconductors", 6, T("半導体素子及び集積回路", "semiconductor devices and integrated circuits"),
        FIRST_PRODUCTS, "meti", _NEDO_ASSUMED, _fund(2031, "3686", "4376", "3369", "198"), 18, TECHNOLOGY,
        parts=(T("従来型半導体", "conventional semiconductors"), T("製造装置", "manufacturing equipment"),
            T("部素材", "parts and materials"), T("原料（黄りん、ヘリウム、希ガス、蛍石等）",
                "raw materials (yellow phosphorus, helium, rare gases, fluorite and others)")),
        goals=(T("2030年に国内売上高合計15兆円超", "combined domestic sales above 15 trillion yen in 2030"),)),
    Product("batteries", 7, T("蓄電池", "storage batteries"), FIRST_PRODUCTS, "meti", _NEDO,
        _fund(2031, "3316", "2658", "3115", "121"), 15, TECHNOLOGY,
        parts=(T("蓄電池", "batteries"), T("部素材", "parts and materials"),
            T("製造装置", "manufacturing equipment")),
        goals=(T("2030年までに国内製造能力150GWh/年", "domestic capacity of 150 GWh a year by 2030"),),
        rates=(T("設備 1/3（中小企業 1/2）、技術開発 1/2", "equipment 1/3 (SME 1/2); technology development 1/2"),)),
    Product("cloud", 8, T("クラウドプログラム", "cloud programs"), FIRST_PRODUCTS, "meti", _NEDO_ASSUMED,
        _fund(2028, "200", "1166", "174", "78"), 11,
        parts=(T("基盤クラウドプログラム", "base cloud programs"), T("高度な電子計算機", "advanced computers"))),
    Product("natural_gas", 9, T("可燃性天然ガス", "combustible natural gas"), FIRST_PRODUCTS, "meti", _JOGMEC,
        _fund(2033, "236", "330", "235", "235"), 1, parts=(T("天然ガス", "natural gas"),),
        goals=(T("2023年12月から、12月から2月に毎月一カーゴ",
            "one cargo a month in December to February from December 2023"),)),
    Product("minerals", 10, T("金属鉱産物（重要鉱物）", "critical minerals"), FIRST_PRODUCTS, "meti", _JOGMEC,
        _fund(2031, "1058", None, "12", "0.2"), 2,
        parts=(T("マンガン", "manganese"), T("ニッケル", "nickel"), T("コバルト", "cobalt"), T("リチウム", "lithium"),
            T("グラファイト", "graphite"), T("レアアース", "rare earths"), T("ガリウム", "gallium"),
            T("ゲルマニウム", "germanium"), T("ウラン", "uranium")),
        rates=(T("申請者の費用の1/2", "1/2 of the applicant's cost"),),
        wider=((TWELFTH, T("ウランを追加", "uranium added")),)),
    Product("ship_parts", 11, T("船舶の部品", "ship parts"), FIRST_PRODUCTS, "mlit", _SHIPS,
        _fund(None, None, None, "50", "8", note=T(
            "基金でなく国庫債務負担行為（5年、総額106億円）。令和4年度63億円、令和5年度25億円（総額の内数）",
            "no fund but a treasury obligation (five years, 10.6 billion yen in all): 6.3 billion in fiscal 2022, "
            "2.5 billion in fiscal 2023 within the total")), 11,
        parts=(T("機関（2ストローク、4ストローク）", "engines (2-stroke, 4-stroke)"), 
            T("クランクシャフト", "crankshafts"),
            T("ソナー", "sonar"), T("プロペラ", "propellers")),
        goals=(T("2027年までに国内需要を賄う能力", "capacity for domestic demand by 2027"),),
        wider=((FOUR_MORE, T("船体の部品を追加", "hull parts added")),),
        by_policy=((TWELFTH, T("4ストローク機関を追加", "4-stroke engines added")),)),
    Product("electronic_components", 12, T("先端電子部品（コンデンサー及びろ波器）",
        "advanced electronic components (capacitors and filters)"), TWELFTH, "meti", _NEDO_ASSUMED,
        _fund(2031, None, "212", None, None, set_up=2023), None, TECHNOLOGY,
        parts=(T("積層セラミックコンデンサー", "MLCC"), T("フィルムコンデンサー", "film capacitors"),
            T("SAWフィルター", "SAW filters"), T("BAWフィルター", "BAW filters"),
            T("製造装置", "manufacturing equipment"), T("部素材", "parts and materials")),
        wider=((FOUR_MORE, T("磁気センサーを追加", "magnetic sensors added")),)),
    Product("ventilators", 13, T("人工呼吸器", "ventilators"), FOUR_MORE, "joint", None),
    Product("drones", 14, T("無人航空機", "unmanned aircraft"), FOUR_MORE, "meti", None,
        goals=(T("2030年に年8万台", "80,000 a year in 2030"),)),
    Product("satellites", 15, T("人工衛星", "satellites"), FOUR_MORE, "meti", None),
    Product("rocket_parts", 16, T("ロケットの部品", "rocket parts"), FOUR_MORE, "meti", None),
)

PRODUCTS: Mapping[str, Product] = {p.id: p for p in _LIST}


def in_force(day: date) -> tuple[Product, ...]:
    """The products designated on a day, in the order of Cabinet Order Art. 1."""
    return tuple(p for p in PRODUCTS.values() if p.designated_on <= day)


# Totals as the deck prints them; where they differ from the sum of the rows, both are shown and neither is forced.
PRINTED_TOTALS: Mapping[str, int | None] = {
    "fiscal_2022": oku("10295"), "fiscal_2023": oku("9148"), "decided": oku("7811"), "spent": oku("691")}


def added(column: str) -> int:
    """The sum of the rows of one column of the fund table."""
    return sum(getattr(p.fund, column) or 0 for p in PRODUCTS.values() if p.fund and p.fund.is_fund)


def certified_plans() -> int:
    """The plans certified on the deck's day."""
    return sum(p.certified or 0 for p in PRODUCTS.values())
