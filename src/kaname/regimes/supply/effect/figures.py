"""Figures about a product: goals of its policy in their own units, and what is known of capacity, stock and demand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kaname.law import T, Text
from kaname.law.dated import Confidence


class Kind(StrEnum):
    """What a figure tells. A goal is a wish for a day; the others are states on a day."""

    GOAL = "goal"
    CAPACITY = "capacity"
    STOCK = "stock"
    DEMAND = "demand"
    OUTPUT = "output"
    DEPENDENCE = "dependence"

    @property
    def label(self) -> Text:
        return _LABELS[self]


_LABELS = {
    Kind.GOAL: T("目標", "goal"), Kind.CAPACITY: T("認定計画による能力", "certified capacity"),
    Kind.STOCK: T("備蓄", "stock"), Kind.DEMAND: T("需要", "demand"), Kind.OUTPUT: T("実績", "output"),
    Kind.DEPENDENCE: T("依存度", "dependence"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `measure` tells which (ammonium phosphate; imports from the largest supplier): figures of one measure
    and unit can be compared. `on`: the day it tells of, for a goal the day by which it is to be reached.
    """

    product: str
    kind: Kind
    measure: Text
    value: Decimal
    unit: Text
    on: date
    source: Text
    confidence: Confidence = Confidence.HIGH
    loaded: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.measure.ja, self.unit.ja


@dataclass(frozen=True, slots=True)
class InWords:
    """A goal or a state that was published without a figure."""

    product: str
    text: Text
    source: Text
    confidence: Confidence = Confidence.HIGH


_POLICY = T("取組方針の目標（報道・省の資料による）", "goal of the policy (press and ministry papers)")
_MONTHS, _GWH = T("月分", "months"), T("GWh/年", "GWh a year")
AMMONIUM, POTASSIUM = T("りん酸アンモニウム", "ammonium phosphate"), T("塩化カリウム", "potassium chloride")

GOALS: tuple[Figure, ...] = (
    Figure("fertilizer", Kind.GOAL, AMMONIUM, Decimal(3), _MONTHS, date(2028, 3, 31), _POLICY),
    Figure("fertilizer", Kind.GOAL, POTASSIUM, Decimal(3), _MONTHS, date(2028, 3, 31), _POLICY),
    Figure("semiconductors", Kind.GOAL, T("国内の合計売上高", "combined domestic sales"), Decimal(15),
        T("兆円", "trillion yen"), date(2030, 12, 31), _POLICY),
    Figure("batteries", Kind.GOAL, T("国内製造能力", "domestic capacity"), Decimal(150), _GWH, date(2030, 12, 31),
        _POLICY),
    Figure("natural_gas", Kind.GOAL, T("12月から2月の毎月の確保", "held each month, December to February"), Decimal(1),
        T("カーゴ/月", "cargo a month"), date(2023, 12, 31), _POLICY),
    Figure("drones", Kind.GOAL, T("国内の生産", "domestic production"), Decimal(80000), T("台/年", "a year"),
        date(2030, 12, 31), _POLICY),
)  # fmt: skip
KNOWN: tuple[Figure, ...] = (
    Figure("fertilizer", Kind.STOCK, AMMONIUM, Decimal("2.1"), _MONTHS, date(2024, 7, 30),
        T("業界紙（2024年7月30日）", "trade press, 2024-07-30")),
)  # fmt: skip
IN_WORDS: tuple[InWords, ...] = (
    InWords("antimicrobials", T("2030年までに、途絶時にもβラクタム系を切れ目なく供給する体制",
        "by 2030 uninterrupted supply of beta-lactams even on disruption"), _POLICY, Confidence.MEDIUM),
    InWords("ship_parts", T("2027年までに国内需要を賄う能力", "capacity for domestic demand by 2027"), _POLICY),
    InWords("fertilizer", T("塩化カリウムの備蓄の目標に達した（2024年7月。数は示されていない）",
        "the goal for potassium chloride was reached in July 2024; no figure was printed"),
        T("業界紙（2024年7月30日）", "trade press, 2024-07-30")),
)  # fmt: skip
