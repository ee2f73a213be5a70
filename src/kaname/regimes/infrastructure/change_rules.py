"""The rules of significant (重要な変更), minor (軽微な変更) and reported changes, in the order in which they are asked.

The orders list the significant and the minor changes; every other change of an item of the plan is reported
(Art. 54(4)). Each rule answers yes, no,
    or None where a fact is missing. What the lists do not clearly reach: note 0343.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kaname.law import T, Text
from kaname.law.dated import Confidence
from kaname.regimes.infrastructure.catalogue.countries import country_of
from kaname.regimes.infrastructure.change import Change, Plan, Stage, percent, same_period, shortened

_INTRO, _MAINT = (Plan.INTRODUCTION,), (Plan.MAINTENANCE,)
_MAKERS, _WORKERS = ("supplier", "component_supplier"), ("entrustee", "sub_entrustee")
_SEAT = ("address",)
_LAW = ("governing_law", "nationality")


class Class(StrEnum):
    """What the change asks for: a proposal before, a report after it, a note in one's own log, nothing, more facts."""

    SIGNIFICANT = "significant"
    REPORT = "report"
    MINOR = "minor"
    NOTHING = "nothing"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `safe`: the careful course where the class is ask."""

    id: str
    says: Class
    text: Text
    plans: tuple[Plan, ...]
    subjects: tuple[str, ...]
    aspects: tuple[str, ...]
    applies: Callable[[Change], bool | None] = lambda change: True
    confidence: Confidence = Confidence.HIGH
    question: int | None = None
    safe: Class | None = None

    def fits(self, change: Change) -> bool:
        return change.plan in self.plans and change.subject in self.subjects and change.aspect in self.aspects


# -- questions --------------------------------------------------------------------------------------------------------


def country_changes(change: Change) -> bool | None:
    """Whether the country differs; None where one of the two is not told, or not known as a country."""
    if change.before is None or change.after is None:
        return None
    if change.before.strip().casefold() == change.after.strip().casefold():
        return False
    old, new = country_of(change.before), country_of(change.after)
    return None if old is None or new is None else old != new


def same_country(change: Change) -> bool | None:
    found = country_changes(change)
    return None if found is None else not found


def law_changes(change: Change) -> bool | None:
    """The item is the country itself, so a change without further words is one of the country."""
    return country_changes(change) is not False


def not_yet_entrusted(change: Change) -> bool:
    return change.stage is Stage.BEFORE


def _before_work(question: Callable[[Change], bool | None]) -> Callable[[Change], bool | None]:
    return lambda change: question(change) if not_yet_entrusted(change) else False


def _after_start(question: Callable[[Change], bool | None]) -> Callable[[Change], bool | None]:
    return lambda change: False if not_yet_entrusted(change) else question(change)


def is_shortened(change: Change) -> bool | None:
    return shortened(change.before, change.after)


def not_shortened(change: Change) -> bool | None:
    found = is_shortened(change)
    return None if found is None else not found


def unchanged(change: Change) -> bool:
    """The same share or period before and after. A country may stay while the address or the factory moves."""
    if change.aspect == "period":
        return same_period(change.before, change.after)
    before, after = percent(change.before, "before"), percent(change.after, "after")
    return before is not None and before == after


# -- holders of votes -------------------------------------------------------------------------------------------------

NAMED_FROM = Fraction(5, 100)
BANDS = (Fraction(1, 4), Fraction(1, 3), Fraction(1, 2))  # 25% to under one third, to under 50%, 50% and above


def band(share: Fraction) -> int:
    """0 below 25%, 1 from 25%, 2 from one third, 3 from 50%."""
    return sum(share >= limit for limit in BANDS)


def _shares(change: Change) -> tuple[Fraction, Fraction] | None:
    before, after = percent(change.before, "before"), percent(change.after, "after")
    if change.aspect == "holder_added":
        before = Fraction(0)
    return None if before is None or after is None else (before, after)


def _holder(test: Callable[[Fraction, Fraction], bool]) -> Callable[[Change], bool | None]:
    def asked(change: Change) -> bool | None:
        shares = _shares(change)
        return None if shares is None else test(*shares)

    return asked


never_named = _holder(lambda old, new: old < NAMED_FROM and new < NAMED_FROM)
newly_named = _holder(lambda old, new: old < NAMED_FROM <= new)
no_longer_named = _holder(lambda old, new: new < NAMED_FROM <= old)
below_a_quarter = _holder(lambda old, new: old < BANDS[0] and new < BANDS[0])
into_higher_band = _holder(lambda old, new: band(new) > band(old))

# -- the rules --------------------------------------------------------------------------------------------------------

_S, _R, _M, _N, _A = Class.SIGNIFICANT, Class.REPORT, Class.MINOR, Class.NOTHING, Class.ASK
_PARTIES = (*_MAKERS, *_WORKERS)
_MEDIUM, _LOW = Confidence.MEDIUM, Confidence.LOW

RULES: tuple[Rule, ...] = (
    Rule("UNCHANGED", _N, T("前後が同じで、変更がない", "the same before and after: nothing changes"), tuple(Plan),
        (*_PARTIES, "entrustment", "sub_entrustment"), ("holders", "foreign_sales", "period"), unchanged),
    Rule("SIG_1", _S, T("設備の概要の変更", "the outline of the facility changes"), tuple(Plan), ("facility",),
        ("outline",)),
    Rule("SIG_2", _S, T("導入の内容の変更", "the content of the introduction changes"), _INTRO, ("introduction",),
        ("content",)),
    Rule("SIG_3", _S, T("供給者の名称の変更", "the name of the facility's supplier changes"), _INTRO, ("supplier",),
        ("name",)),
    Rule("SIG_3", _S, T("供給者の住所の国の変更", "the country of the supplier's address changes"), _INTRO,
        ("supplier",), _SEAT,
        country_changes),
    Rule("SIG_3", _S, T("供給者の設立準拠法国・国籍の変更",
        "the supplier's governing-law country or nationality changes"), _INTRO,
        ("supplier",), _LAW, law_changes),
    Rule("SIG_4", _S, T("設備の製造場所の国の変更", "the facility is made in another country"), _INTRO, ("supplier",),
        ("factory",),
        country_changes),
    Rule("SIG_5", _S, T("構成設備の種類・名称・機能の変更（導入前）",
        "kind, name or function of a component changes before the introduction"), _INTRO, ("component",),
        ("kind", "name", "function", "added", "removed")),
    Rule("SIG_6", _S, T("構成設備の供給者の名称の変更", "the name of a component's supplier changes"), _INTRO,
        ("component_supplier",), ("name",)),
    Rule("SIG_6", _S, T("構成設備の供給者の住所の国の変更", "the country of its address changes"), _INTRO,
        ("component_supplier",),
        _SEAT, country_changes),
    Rule("SIG_6", _S, T("構成設備の供給者の設立準拠法国・国籍の変更",
        "its governing-law country or nationality changes"), _INTRO,
        ("component_supplier",), _LAW, law_changes),
    Rule("SIG_7", _S, T("構成設備の製造場所の国の変更", "the component is made in another country"), _INTRO,
        ("component_supplier",), ("factory",), country_changes),
    Rule("SIG_8", _S, T("委託の内容・時期の変更", "content or time of the entrustment changes"), _MAINT,
        ("entrustment",),
        ("content", "time")),
    Rule("SIG_8", _S, T("委託の期間の変更（短縮を除く）",
        "the period of the entrustment changes, and is not shortened"), _MAINT,
        ("entrustment",), ("period",), not_shortened),
    Rule("SIG_9", _S, T("委託の相手方の名称の変更（いつでも）", "the entrustee's name changes, at any time"), _MAINT,
        ("entrustee",), ("name",)),
    Rule("SIG_9", _S, T("委託の相手方の住所の国の変更（委託前）",
        "the entrustee's country changes before the entrustment"), _MAINT,
        ("entrustee",), _SEAT, _before_work(country_changes)),
    Rule("SIG_9", _S, T("委託の相手方の設立準拠法国・国籍の変更（委託前）",
        "the entrustee's governing-law country or nationality changes before the entrustment"), _MAINT,
            ("entrustee",), _LAW,
        _before_work(law_changes)),
    Rule("SIG_10", _S, T("再委託の内容・時期の変更", "content or time of a sub-entrustment changes"), _MAINT,
        ("sub_entrustment",),
        ("content", "time")),
    Rule("SIG_10", _S, T("再委託の期間の変更（短縮を除く）",
        "the period of a sub-entrustment changes, and is not shortened"), _MAINT,
        ("sub_entrustment",), ("period",), not_shortened),
    Rule("SIG_11", _S, T("再委託の相手方の名称の変更、新たな再委託（何段階目でも、いつでも）",
        "a sub-entrustee's name changes or a new one is added, of any tier, at any time"), _MAINT, ("sub_entrustee",),
        ("name", "added")),
    Rule("SIG_11", _S, T("再委託の相手方の住所の国の変更（委託前）", "its country changes before the entrustment"),
        _MAINT,
        ("sub_entrustee",), _SEAT, _before_work(country_changes)),
    Rule("SIG_11", _S, T("再委託の相手方の設立準拠法国・国籍の変更（委託前）",
        "its governing-law country or nationality changes before the entrustment"), _MAINT, ("sub_entrustee",), _LAW,
        _before_work(law_changes)),
    Rule("SIG_12", _S, T("届け出たリスク管理措置の変更", "a declared risk management measure changes"), tuple(Plan),
        ("measures",),
        ("declared",)),
    Rule("DROPPED", _A, T("再委託の相手方がなくなる扱いは定めがない",
        "the orders do not say what a sub-entrustee dropping out is"), _MAINT,
        ("sub_entrustee",), ("removed",), confidence=_LOW, question=343, safe=_S),
    Rule("NOT_CHANGED", _N, T("国は変わっていない", "the country stays the same"), tuple(Plan), _PARTIES, _LAW,
        same_country),
    Rule("MIN_1", _M, T("同じ国の中での住所の変更", "the address changes inside the same country"), tuple(Plan),
        _PARTIES, _SEAT,
        same_country),
    Rule("MIN_3", _M, T("同じ国の中での製造場所の変更", "the place of manufacture changes inside the same country"),
        _INTRO, _MAKERS,
        ("factory",), same_country),
    Rule("NEVER_NAMED", _N, T("前後とも5%未満で、計画書に記載されない者",
        "below 5% before and after: never an item of the plan"), tuple(Plan),
        _PARTIES, ("holders", "holder_added"), never_named),
    Rule("REP_3", _R, T("5%以上の保有者が新たに現れた", "a new holder of 5% or more appears"), tuple(Plan), _PARTIES,
        ("holders", "holder_added"), newly_named, _MEDIUM),
    Rule("REP_3", _R, T("5%以上の保有者の名称・国籍等の変更", "the name or nationality of a holder changes"),
        tuple(Plan), _PARTIES,
        ("holder_name",), confidence=_MEDIUM),
    Rule("BELOW_FIVE", _A, T("5%未満となった者の扱いは明らかでない",
        "what a holder falling below 5% is, is not settled"), tuple(Plan),
        _PARTIES, ("holders",), no_longer_named, _LOW, 313, _R),
    Rule("BELOW_FIVE", _A, T("保有者でなくなった者の扱いは明らかでない",
        "what a holder that is gone is, is not settled"), tuple(Plan),
        _PARTIES, ("holder_removed",), confidence=_LOW, question=313, safe=_R),
    Rule("REP_4", _R, T("増加により25%、3分の1又は50%以上の区分に新たに入った",
        "an increase lifts the holder into a higher band (25%, one third, 50%)"), tuple(Plan), _PARTIES, ("holders",),
        into_higher_band),
    Rule("MIN_2", _M, T("5%以上の保有者の割合の変更で、上の区分に入らない",
        "the share of a holder of 5% or more changes, into no higher band"), tuple(Plan), _PARTIES, ("holders",),
        lambda c: _shares(c) is not None),
    Rule("REP_1", _R, T("役員の就任・退任・国籍等の変更", "an officer is appointed, leaves or changes nationality"),
        tuple(Plan),
        _PARTIES, ("officers",)),
    Rule("REP_2", _R, T("代表者の変更", "the representative changes"), tuple(Plan), _PARTIES, ("representative",)),
    Rule("REP_5", _R, T("内容を変えない導入の時期の変更", "the time of the introduction moves, its content stays"),
        _INTRO,
        ("introduction",), ("time",), confidence=_MEDIUM),
    Rule("REP_6", _R, T("委託・再委託の期間の短縮", "the period is shortened"), _MAINT, ("entrustment",
        "sub_entrustment"), ("period",),
        is_shortened, _MEDIUM),
    Rule("REP_7", _R, T("委託後の、相手方の住所の国又は設立準拠法国の変更",
        "after the start of the work the party moves to another country or changes its governing law"), _MAINT,
            _WORKERS,
        _SEAT, _after_start(country_changes), _MEDIUM),
    Rule("REP_7", _R, T("委託後の、相手方の住所の国又は設立準拠法国の変更",
        "after the start of the work the party moves to another country or changes its governing law"), _MAINT,
            _WORKERS,
        _LAW, _after_start(law_changes), _MEDIUM),
    Rule("BELOW_QUARTER", _N, T("前後とも25%未満で、計画書に記載されない取引高",
        "below 25% before and after: never an item of the plan"), tuple(Plan), _PARTIES, ("foreign_sales",),
        lambda c: below_a_quarter(c) is True, _MEDIUM),
    Rule("RESIDUAL", _R, T("重要な変更にも軽微な変更にも当たらない変更", "neither significant nor minor"),
        tuple(Plan), _PARTIES,
        ("foreign_sales",)),
)  # fmt: skip

# Art. 54(4), second limb: after the introduction only this is reported, on a form of its own.
AFTER_INTRODUCTION = Rule("REP_8", _R, T("導入後の構成設備の種類・名称・機能の変更",
    "kind, name or function of a component changed after the introduction"), _INTRO, ("component",),
    ("kind", "name", "function", "added", "removed"))
