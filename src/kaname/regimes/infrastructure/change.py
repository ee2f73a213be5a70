"""A change to a filed plan, as it is told to the classifier: what changed, from what, to what, at which stage."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from kaname.law import T, Text
from kaname.regimes.infrastructure.versions import REVIEW


class Plan(StrEnum):
    """Which plan was filed. A plan for both is asked twice, once for each part."""

    INTRODUCTION = "introduction"
    MAINTENANCE = "maintenance"


class Stage(StrEnum):
    """Before the introduction or the start of the work; after the introduction; while the work runs; after its end."""

    BEFORE = "before"
    AFTER = "after"
    RUNNING = "running"
    ENDED = "ended"


STAGES = {Plan.INTRODUCTION: (Stage.BEFORE, Stage.AFTER), Plan.MAINTENANCE: (Stage.BEFORE, Stage.RUNNING, Stage.ENDED)}

_PARTY = {
    "name": T("名称（相手方の交替を含む）", "name (also: another party takes its place)"), "address": T("住所",
        "address"),
    "governing_law": T("設立準拠法国等", "country of the governing law"), "nationality": T("国籍等（個人）",
        "nationality (individuals)"),
    "representative": T("代表者", "representative"), "officers": T("役員", "officers"),
    "holders": T("議決権の割合（%）", "share of a holder's votes (%)"), "holder_added": T("新たな議決権保有者（%）",
        "a new holder (%)"),
    "holder_removed": T("議決権保有者でなくなった者", "a holder is gone"),
    "holder_name": T("議決権保有者の名称・国籍等", "name or nationality of a holder"),
    "foreign_sales": T("外国政府等との取引高の割合", "share of sales to foreign governments"),
}
_MAKER = {**_PARTY, "factory": T("製造場所", "place of manufacture")}
_PERIOD = {"content": T("内容", "content"), "time": T("時期", "time"), "period": T("期間（月数又は始期/終期）",
    "period (months, or start/end)")}
_ADDED = {"added": T("追加", "one is added"), "removed": T("削除", "one drops out")}

# subject -> what can change about it; which plan holds it
SUBJECTS: dict[str, tuple[Text, dict[str, Text], tuple[Plan, ...]]] = {
    "facility": (T("特定重要設備", "the facility"), {"outline": T("概要", "outline")}, tuple(Plan)),
    "introduction": (T("導入", "the introduction"), {"content": _PERIOD["content"], "time": _PERIOD["time"]},
        (Plan.INTRODUCTION,)),
    "supplier": (T("設備の供給者", "the supplier of the facility"), _MAKER, (Plan.INTRODUCTION,)),
    "component": (T("構成設備", "a component"), {"kind": T("種類", "kind"), "name": T("名称（交換を含む）",
        "name (also: replaced)"),
        "function": T("機能", "function"), **_ADDED}, (Plan.INTRODUCTION,)),
    "component_supplier": (T("構成設備の供給者", "the supplier of a component"), _MAKER, (Plan.INTRODUCTION,)),
    "entrustment": (T("委託", "the entrustment"), _PERIOD, (Plan.MAINTENANCE,)),
    "entrustee": (T("委託の相手方", "the entrustee"), _PARTY, (Plan.MAINTENANCE,)),
    "sub_entrustment": (T("再委託", "a sub-entrustment"), _PERIOD, (Plan.MAINTENANCE,)),
    "sub_entrustee": (T("再委託の相手方（何段階目でも）", "a sub-entrustee of any tier"), {**_PARTY, **_ADDED},
        (Plan.MAINTENANCE,)),
    "measures": (T("リスク管理措置", "the risk management measures"), {"declared": T("届け出た措置",
        "what was declared")}, tuple(Plan)),
}  # fmt: skip


class NotAChange(ValueError):
    """A change that no plan can have; `text` says what was expected, `field` where."""

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(text.en)
        self.field, self.text = field, text


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `before` and `after` are countries, percentages, months or days, as the aspect asks.

    `omitted`: the item of a sub-entrustment was left out of the plan under the omission rule. `emergency_notice`: what
    was filed is an emergency notice (Art. 54(5)); `emergency`: the change itself is one (Art. 54(1) proviso).
    `accepted_on`: the day the change proposal was, or would be, accepted. `order`: the ministry's order.
    """

    plan: Plan
    stage: Stage
    subject: str
    aspect: str
    before: str | None = None
    after: str | None = None
    omitted: bool = False
    emergency_notice: bool = False
    emergency: bool = False
    accepted_on: date | None = None
    order: str | None = None

    def __post_init__(self) -> None:
        if self.subject not in SUBJECTS:
            raise NotAChange("subject", _one_of(self.subject, SUBJECTS))
        name, aspects, plans = SUBJECTS[self.subject]
        if self.plan not in plans:
            fit = ", ".join(k for k, v in SUBJECTS.items() if self.plan in v[2])
            raise NotAChange("subject", T(f"この計画書に{name.ja}はない；{fit} のいずれか",
                f"no {self.subject} in a plan of {self.plan}; expected one of {fit}"))
        if self.aspect not in aspects:
            raise NotAChange("aspect", _one_of(self.aspect, aspects))
        if self.stage not in STAGES[self.plan]:
            raise NotAChange("stage", _one_of(self.stage, STAGES[self.plan]))
        if self.accepted_on is not None and self.accepted_on < REVIEW:
            raise NotAChange("accepted_on", T(f"54条は {REVIEW} から。{self.accepted_on} の受理はない",
                f"Art. 54 is in force from {REVIEW}: nothing was accepted on {self.accepted_on}"))


def _one_of(given: str, known: Iterable[str]) -> Text:
    given, names = str(given), ", ".join(map(str, known))
    return T(f"「{given}」は選べない；{names} のいずれか", f"{given!r} is not a choice; expected one of {names}")


def percent(value: str | None, field: str) -> Fraction | None:
    """A share in percent, exactly: `33.4`, `33.4%`, `100/3`. Raises NotAChange, also for `1/3`: it means a third."""
    if value is None:
        return None
    try:
        found = Fraction(value.strip().removesuffix("%").removesuffix("％").strip())
    except (ValueError, ZeroDivisionError):
        found = Fraction(-1)
    if not 0 <= found <= 100 or ("/" in value and 0 < found <= 1):
        raise NotAChange(field, T(f"「{value}」は割合として読めない；0から100までの数（33.4、100/3）を",
            f"cannot read {value!r} as a percentage; expected a number from 0 to 100, such as 33.4 or 100/3"))
    return found / 100


def same_period(before: str | None, after: str | None) -> bool:
    """Whether both are told by their days, and are the same. As many months as before may still lie at another time."""
    if before is None or after is None:
        return False
    old = _period(before, "before")
    return not isinstance(old, int) and old == _period(after, "after")


def shortened(before: str | None, after: str | None) -> bool | None:
    """Whether a period became shorter: fewer months, or a new period inside the old one. None: not told.

    Raises NotAChange for what is neither months nor `start/end`.
    """
    if before is None or after is None:
        return None
    old, new = _period(before, "before"), _period(after, "after")
    if isinstance(old, int) and isinstance(new, int):
        return new < old
    if isinstance(old, int) or isinstance(new, int):
        raise NotAChange("after", T("変更前後を同じ形で書くこと（月数どうし、又は始期/終期どうし）",
            "before and after in different forms; expected both in months or both as start/end"))
    return old != new and old[0] <= new[0] and new[1] <= old[1]


def _period(value: str, field: str) -> int | tuple[date, date]:
    try:
        if "/" in value:
            start, _, end = value.partition("/")
            found = date.fromisoformat(start.strip()), date.fromisoformat(end.strip())
            if found[0] <= found[1]:
                return found
        elif int(value) > 0:
            return int(value)
    except ValueError:
        pass
    raise NotAChange(field, T(f"「{value}」は期間として読めない；月数（36）か 2025-04-01/2028-03-31 の形で",
        f"cannot read {value!r} as a period; expected months (36) or 2025-04-01/2028-03-31"))
