"""The money of the K Program's fund, as published. Yen are whole; an amount nobody published is None and says why."""

from dataclasses import dataclass
from datetime import date

from kaname.law import T, Text
from kaname.law.dated import Confidence
from kaname.regimes.technology.catalogue.calls import OKU
from kaname.regimes.technology.catalogue.sources import DECK, Source, cited
from kaname.regimes.technology.catalogue.when import When

HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a budget that goes to one agency; `stated`: by the source, else the remainder or a likely half."""

    agency: str
    yen: int
    stated: bool


@dataclass(frozen=True, slots=True)
class Money:
    """One amount. `when`: the fiscal year of a budget, else the day the source speaks of."""

    id: str
    label: Text
    when: When | None
    yen: int | None
    sources: tuple[Source, ...]
    confidence: Confidence
    shares: tuple[Share, ...] = ()
    shares_confidence: Confidence | None = None
    estimate: bool = False
    note: Text | None = None


BUDGETS = (
    Money("fy2021", T("令和3年度補正予算", "supplementary budget of fiscal 2021"), When("FY2021"), 2_500 * OKU,
        cited("sanae", "imaeda"), HIGH, (Share("jst", 1_250 * OKU, True), Share("nedo", 1_250 * OKU, False)), MEDIUM,
        note=T("文部科学省分は資料にあり、経済産業省分は残り",
            "the MEXT half is stated, the other is the remainder")),
    Money("fy2022", T("令和4年度第2次補正予算", "second supplementary budget of fiscal 2022"), When("FY2022"),
        2_500 * OKU, cited("sanae", "know"), MEDIUM,
        (Share("jst", 1_250 * OKU, False), Share("nedo", 1_250 * OKU, False)), LOW,
        note=T("総額は確か、配分はおそらく半分ずつ", "the total is sure, the split is probably half and half")),
)  # fmt: skip
TOTAL = Money("total", T("基金の総額", "total placed in the funds"), When(str(DECK)), 5_000 * OKU, cited("seed"), HIGH)
OTHERS = (
    Money("mext_spent", T("文部科学省分の2022年度支出", "spent of the MEXT half in fiscal 2022"), When("FY2022"),
        320_000_000, cited("imaeda"), MEDIUM),
    Money("first_three", T("NEDOの最初の3件の合計", "first three projects of NEDO together"), When("2023-03-27"),
        800 * OKU, cited("sankei"), MEDIUM, estimate=True,
        note=T("約。5年から7年で", "about, over five to seven years")),
    Money("additions", T("その後の積増し", "later additions to the fund"), None, None, cited("nippon"), LOW,
        note=T("確認していない。2026年の有識者提言に基金の拡大がある",
            "not found; a larger fund was among the proposals of experts in 2026")),
)  # fmt: skip

MONEY = {m.id: m for m in (*BUDGETS, TOTAL, *OTHERS)}


def budgets(as_of: date) -> tuple[Money, ...]:
    """The budgets that had surely been made by a day: each with the end of its fiscal year."""
    return tuple(m for m in BUDGETS if m.when and m.when.by(as_of))


def placed(as_of: date) -> int:
    """What had surely been placed in the fund by a day, in yen."""
    return sum(m.yen or 0 for m in budgets(as_of))
