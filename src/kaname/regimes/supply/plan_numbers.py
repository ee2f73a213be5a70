"""Counter-measures in numbers (対策の数値): days of stock, spare capacity, a second source, as a plan states them.

The law asks for goals and content in words and names no number; plans state numbers by practice, and not all of them.
They are kept beside the words, each with the place in the plan where it stands, so that the loss with and without the
plan can be worked out. A plan without them is as good a plan.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kaname.law import Bases, Practice, T, Text
from kaname.law.laws import art
from kaname.procedure.declare import Condition, Field, FieldType, Option, condition
from kaname.procedure.view import View

STATED: Bases = (*art("9(3)(ii)", "9(3)(iii)"), Practice("認定供給確保計画に書かれた数値（法令は数値を求めない）",
    "numbers stated in certified plans; no law asks for them"))
STOCK, CAPACITY, SOURCE = "stock", "capacity", "source"
SORTS: dict[str, Text] = {
    STOCK: T("在庫・備蓄", "stock"), CAPACITY: T("余力（増産）", "spare capacity"),
    SOURCE: T("第二の調達先", "second source"),
}  # fmt: skip

NUMBERS = Field("numbers", T("対策の数値", "measures in numbers"), FieldType.ROWS, STATED,
    help=T("計画に数値があるときだけ。法令は数値を求めない（未確認）",
        "only where the plan states numbers; no law asks for them (unverified)"), columns=(
        Field("sort", T("対策", "measure"), FieldType.CHOICE,
            options=tuple(Option(id, label) for id, label in SORTS.items())),
        Field("firm", T("誰の", "whose"), FieldType.TEXT, help=T("在庫、余力又は調達先を持つ事業者の名称",
            "the business that keeps the stock, has the capacity or buys")),
        Field("goods", T("何の、又は誰からの", "of what, or from whom"), FieldType.TEXT,
            help=T("調達先のときは今の供給者又は品目", "for a second source the present supplier or the goods")),
        Field("days", T("日数（在庫）", "days (stock)"), FieldType.INTEGER),
        Field("percent", T("割合（％。余力、調達先）", "per cent (capacity, second source)"), FieldType.PERCENT),
        Field("where", T("計画のどこ", "where in the plan"), FieldType.TEXT)))


@dataclass(frozen=True, slots=True)
class Number:
    """A measure as a plan states it. `amount`: days of stock, else a part (0.2) of sales or of what was bought."""

    sort: str
    firm: str
    goods: str
    amount: float
    where: str = ""


def numbers(rows: Iterable[Any] | None) -> tuple[Number, ...]:
    """The rows that say enough to be worked with."""
    return tuple(found for row in rows or () if (found := _number(row)))


def _number(row: Any) -> Number | None:
    sort, firm, goods = (str(row.get(name) or "").strip() for name in ("sort", "firm", "goods"))
    given = row.get("days" if sort == STOCK else "percent")
    if sort not in SORTS or not firm or given in (None, "") or (sort == SOURCE and not goods):
        return None
    amount = float(str(given)) / (1 if sort == STOCK else 100)
    return Number(sort, firm, "" if sort != SOURCE else goods, amount, str(row.get("where") or ""))


def line(one: Number) -> str:
    """As tables and the builder of scenarios write it: `stock FIRM 60`, `source FIRM SUPPLIER 0.5`."""
    names = (one.firm, one.goods) if one.sort == SOURCE else (one.firm,)
    plain = ('"' + name.replace('"', "") + '"' if len(name.split()) > 1 else name for name in names)
    return " ".join((one.sort, *plain, f"{one.amount:g}"))


def sound(name: str = "numbers") -> Condition:
    """That each row can be worked with, and that what it says can be."""

    @condition(T("対策の数値に、対策、誰の、数（日数又は割合）があること",
        "each number tells the measure, whose it is, and days or per cent"),
        T("対策、誰の、日数（在庫）又は割合（余力、調達先。調達先は今の供給者も）の欠けた、又は範囲外の行がある",
            "a row lacks the measure, whose it is, days (stock) or per cent (capacity; second source, with the present "
            "supplier), or is out of range"), STATED)
    def numbers_whole(v: View) -> bool | None:
        rows = [row for row in v.given(name) or () if any(row.values())]
        found = numbers(rows)
        return len(found) == len(rows) and all(0 <= one.amount <= _MOST[one.sort] for one in found)

    return numbers_whole


_MOST = {STOCK: 3660, CAPACITY: 10, SOURCE: 1}  # days, parts
