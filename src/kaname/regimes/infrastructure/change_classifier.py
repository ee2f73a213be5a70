"""Which kind of change is it, and what must be done (Art. 54; orders Arts. 23-25, MIC 24-26)?

`classify(change)` answers significant, report, minor, nothing or ask, with rule, provision, form, days and penalty.
First the window: after an introduction only components are reported, after the end of the entrusted work nothing is.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from kaname.days import FirstDay, Move, end
from kaname.law import Bases, T, Text
from kaname.law.dated import Confidence
from kaname.law.laws import art
from kaname.regimes.infrastructure.answers import Need, Why
from kaname.regimes.infrastructure.catalogue import under_order
from kaname.regimes.infrastructure.catalogue.countries import country_of
from kaname.regimes.infrastructure.catalogue.forms import FORMS, Form
from kaname.regimes.infrastructure.change import Change, Plan, Stage
from kaname.regimes.infrastructure.change_rules import AFTER_INTRODUCTION, RULES, Class, Rule
from kaname.regimes.infrastructure.grace_days import FOUR_MONTHS, THIRTY_DAYS

_OMISSIBLE = {("sub_entrustment", "content"), ("sub_entrustment", "time"), ("sub_entrustment", "period"),
    *(("sub_entrustee", a) for a in ("holders", "holder_added", "holder_removed", "holder_name", "officers",
        "foreign_sales"))}  # fmt: skip
_WITHOUT_DELAY = T("遅滞なく（日数の定めなし）", "without delay (no number of days)")


@dataclass(frozen=True, slots=True)
class Standstill:
    """The days of a significant change whose proposal was accepted: banned through, free from."""

    last_banned_day: date
    first_free_day: date
    if_extended_last_day: date


@dataclass(frozen=True, slots=True)
class Classified:
    """The class and what follows. `safe` is the careful course where the class is ask."""

    change: Change
    says: Class
    rule: str
    why: tuple[Why, ...]
    when: Text
    form: Form | None = None
    penalty: str | None = None
    needs: tuple[Need, ...] = ()
    safe: Class | None = None
    standstill: Standstill | None = None


def classify(change: Change) -> Classified:
    """The class of a change. Raises NotAChange for values that cannot be read."""
    if closed := _outside_the_window(change):
        return closed
    if change.omitted and (change.subject, change.aspect) in _OMISSIBLE:
        return _made(change, Class.NOTHING, "OMITTED", T("省略の特例により計画書に記載していない事項",
            "left out of the plan under the omission rule: not an item of the plan"), under_order("omission",
                change.order))
    unknown: Rule | None = None
    for rule in (r for r in RULES if r.fits(change)):
        answer = rule.applies(change)
        if answer:
            return _by(change, rule)
        if answer is None:
            unknown = unknown or rule
    if unknown:
        return _unknown(change, unknown)
    return _made(change, Class.REPORT, "RESIDUAL", T("重要な変更にも軽微な変更にも当たらない変更",
        "neither significant nor minor"))


def _outside_the_window(change: Change) -> Classified | None:
    """Art. 54(1), (4): before the introduction; before the start and until the end of the entrusted work."""
    introduced = change.plan is Plan.INTRODUCTION and (change.stage is Stage.AFTER or change.emergency_notice)
    if introduced and AFTER_INTRODUCTION.fits(change):
        return _by(change, AFTER_INTRODUCTION)
    if introduced:
        return _made(change, Class.NOTHING, "AFTER_INTRODUCTION", T("導入後は構成設備の変更だけが報告の対象",
            "after the introduction only component changes are reported"))
    if change.stage is Stage.ENDED:
        return _made(change, Class.NOTHING, "ENDED", T("委託の期間は終わった。新たな委託は新たな計画書による",
            "the entrusted work is over; a new term needs a new plan"))
    return None


def _by(change: Change, rule: Rule) -> Classified:
    return _made(change, rule.says, rule.id, rule.text, confidence=rule.confidence, question=rule.question,
        safe=rule.safe)


def _unknown(change: Change, rule: Rule) -> Classified:
    said = T("変更前", "what it was"), T("変更後", "what it became")
    values = ((id, label, getattr(change, id)) for id, label in zip(("before", "after"), said, strict=True))
    needs = tuple(Need(id, _as_country(label, value)) for id, label, value in values
        if value is None or country_of(value) is None)
    text = T(f"変更前後が分からない：「{rule.text.ja}」かどうか決まらない",
        f"before and after are not told, so this stays open: {rule.text.en}")
    safe = Class.SIGNIFICANT if rule.says is Class.SIGNIFICANT else Class.REPORT
    return _made(change, Class.ASK, rule.id, text, needs=needs, safe=safe)


def _as_country(label: Text, value: str | None) -> Text:
    if value is None:
        return label
    return T(f"{label.ja}の国（「{value}」からは分からない）", f"the country of {label.en} ({value!r} does not tell)")


def _made(change: Change, says: Class, rule: str, text: Text, basis: Bases | None = None,
          confidence: Confidence = Confidence.HIGH, question: int | None = None, needs: tuple[Need, ...] = (),
          safe: Class | None = None) -> Classified:  # fmt: skip
    rests = basis if basis is not None else _basis(change, says, safe)
    whys = [Why(text, rests, confidence, question)]
    if change.emergency_notice:
        whys.append(Why(T("緊急導入等届出書にも変更の規定が準用される",
            "the rules on changes apply to emergency notices too"), art("54(5)")))
    when, form, penalty = _what_follows(change, says, rule)
    days = _standstill(change.accepted_on) if says is Class.SIGNIFICANT and not change.emergency else None
    return Classified(change, says, rule, tuple(whys), when, form, penalty, needs, safe, days)


def _basis(change: Change, says: Class, safe: Class | None) -> Bases:
    match safe or says:
        case Class.SIGNIFICANT:
            return (*art("54(1)"), *under_order("significant", change.order))
        case Class.REPORT | Class.MINOR:
            return (*art("54(4)"), *under_order("other_changes", change.order))
    return art("54(1)", "54(4)")


def _what_follows(change: Change, says: Class, rule: str) -> tuple[Text, Form | None, str | None]:
    """When, on which form, under which penalty."""
    maintenance = change.plan is Plan.MAINTENANCE
    if says is Class.SIGNIFICANT and change.emergency:
        return _WITHOUT_DELAY, FORMS["F_EMERG_CHANGE"], "PEN-92-1-5"
    if says is Class.SIGNIFICANT:
        form = FORMS["F_CHANGE_MAINT" if maintenance else "F_CHANGE_INTRO"]
        return T("変更の前に変更の案を届け出て、受理の日から30日を待つ",
            "propose it before, then wait thirty days from acceptance"), form, "PEN-92-1-1"
    if says is Class.REPORT:
        form = FORMS["F_REPORT_COMPONENT" if rule == AFTER_INTRODUCTION.id else "F_REPORT_CHANGE"]
        return _WITHOUT_DELAY, form, "PEN-96-7"
    if says is Class.MINOR:
        return T("届出・報告は要らない。社内の記録に残す", "no filing, no report; keep it in your own log"), None, None
    if says is Class.ASK:
        return T("事実を確かめるか、主務省に尋ねる", "find out the facts, or ask the ministry"), None, None
    return T("何も要らない", "nothing"), None, None


def _standstill(accepted_on: date | None) -> Standstill | None:
    """Art. 54(2) with 52(3)-(4): the day of acceptance is day one; nothing moves over closed days."""
    if accepted_on is None:
        return None
    last = end(accepted_on, THIRTY_DAYS, FirstDay.COUNTED, Move.NONE).last_day
    longest = end(accepted_on, FOUR_MONTHS, FirstDay.COUNTED, Move.NONE).last_day
    return Standstill(last, last + timedelta(days=1), longest)
