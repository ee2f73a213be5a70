"""Every mistake that declarations are known to invite is planted into a clean kind, alone, and must be found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from every_kind import IDS, KINDS
from small_kinds import LAW, PERMIT, SIZE

from kaname.days import days_n
from kaname.law import Silence, T
from kaname.procedure.check import check
from kaname.procedure.declare import (
    CaseKind,
    Clock,
    Condition,
    Consequence,
    Count,
    Custody,
    Field,
    FieldType,
    Force,
    Kind,
    NoPenalty,
    Option,
    Role,
    Shorten,
    Trigger,
    act_day,
    day_rule,
    done,
    end,
    end_of,
    enters,
    go,
    keep,
    receipt,
    received,
    stay,
    waits,
)

LABEL = T("標", "label")


def change(path: str, **changes: Any) -> CaseKind:
    """The clean kind with one element (`permit.apply`) or one procedure (`permit`) changed."""
    procedure, _, id = path.partition(".")
    return on_procedure(procedure, lambda p: _changed(p, id, changes))


def _changed(p: Any, id: str, changes: dict[str, Any]) -> Any:
    if not id:
        return replace(p, **changes)
    groups = ("acts", "clocks", "duties", "bans", "consequences")
    assert any(e.id == id for g in groups for e in getattr(p, g)), f"the clean kind has no {id}"
    return replace(p, **{g: tuple(replace(e, **changes) if e.id == id else e for e in getattr(p, g)) for g in groups})


def in_custody(procedure: str, states: tuple[str, ...] = (), measures: str = "") -> CaseKind:
    return replace(PERMIT, custody=Custody(procedure, states, LAW("1"), measures))


def on_procedure(id: str, do: Callable[[Any], Any]) -> CaseKind:
    procedures = tuple(do(p) if p.id == id else p for p in PERMIT.procedures)
    return CaseKind(PERMIT.id, PERMIT.regime, PERMIT.label, PERMIT.in_force, procedures, notes=PERMIT.notes)


def plus(procedure: str, **more: tuple[Any, ...]) -> CaseKind:
    return on_procedure(procedure, lambda p: replace(p, **{g: (*getattr(p, g), *new) for g, new in more.items()}))


def ask(test: Callable[[Any], Any], name: str = "asked") -> Condition:
    return Condition(name, LABEL, LABEL, LAW("1"), test)


def law(id: str, upon: Trigger, moves: Any, **more: Any) -> Consequence:
    return Consequence(id, LABEL, LAW("1"), (upon,), moves, **more)


def clock(id: str, **more: Any) -> Clock:
    return replace(Clock(id, LABEL, Kind.STANDSTILL, LAW("1"), (Count(days_n(1), act_day),)), **more)


@day_rule(LABEL)
def from_missing_field(view):
    return view.given("no_such_day")


RECOMMEND = next(a for a in PERMIT.procedure("permit").acts if a.id == "recommend")
FREE = next(c for c in PERMIT.procedure("permit").consequences if c.id == "free")
OPTION = Option("later", LABEL, since=date(2030, 1, 1))

MISTAKES: dict[str, tuple[str, Callable[[], CaseKind]]] = {
    # names
    "misspelt state in a move": ("unknown_state", lambda: change("permit.refuse", moves=go("refusd", "recommended"))),
    "misspelt state in a ban": ("unknown_state", lambda: change("permit.no_start", states=("filled",))),
    "misspelt state in a duty": ("unknown_state", lambda: change("sharing.own_care", states=("opened",))),
    "misspelt start": ("unknown_state", lambda: change("report", start="du")),
    "misspelt state in enters": ("unknown_state", lambda: change("sharing.all_over", upon=(enters("permit.gone"),))),
    "misspelt act in upon": ("unknown_act", lambda: change("permit.answer_runs", upon=(receipt("recomend"),))),
    "act of another kind in upon": ("unknown_act", lambda: change("permit.free", upon=(done("plan.submit"),))),
    "misspelt act in a ban": ("unknown_act", lambda: change("permit.no_start", covers=("beginn",))),
    "misspelt act in a duty": ("unknown_act", lambda: change("permit.answer", done=(done("acept"),))),
    "alias in upon": ("trigger_by_alias", lambda: change("permit.free", upon=(done("FILE_1"),))),
    "unknown event": ("unknown_event", lambda: change("permit.free", upon=(Trigger("ends", "standstill"),))),
    "unknown clock in starts": ("unknown_clock", lambda: change("permit.apply", starts=("standstil",))),
    "clock of another procedure started": (
        "unknown_clock",
        lambda: change("permit.apply", starts=("report.report_due",)),
    ),
    "unknown clock in meets": ("unknown_clock", lambda: change("permit.accept", meets=("answer",))),
    "unknown clock in stops": ("unknown_clock", lambda: change("permit.recommend", stops=("notify",))),
    "unknown clock in extends": (
        "unknown_clock",
        lambda: change("permit.extend", extends=(replace(_extend(), clock="wait"),)),
    ),
    "unknown clock in a trigger": ("unknown_clock", lambda: change("permit.free", upon=(end_of("wait"),))),
    "unknown clock of a duty": ("unknown_clock", lambda: change("permit.answer", clock="wait")),
    "unknown clock of a ban": ("unknown_clock", lambda: change("permit.no_start", ends_with=("wait",))),
    "custody of an unknown procedure": ("unknown_procedure", lambda: in_custody("permt")),
    "custody in an unknown state": ("unknown_state", lambda: in_custody("permit", ("lost",))),
    "measures by an unknown procedure": ("unknown_procedure", lambda: in_custody("permit", (), "measures")),
    "unknown procedure in enters": ("unknown_procedure", lambda: change("sharing.all_over", upon=(enters("permt.x"),))),
    "unknown penalty": ("unknown_penalty", lambda: change("permit.no_start", penalty="P93")),
    "act void for want of what is never asked": (
        "unasked",
        lambda: change("permit.order", void_unless=(ask(lambda v: v.done("recommend") is not None),)),
    ),
    "misspelt state in which a duty is moot": ("unknown_state", lambda: change("sharing.own_care", moot=("opned",))),
    "act by no role": ("no_role", lambda: change("permit.refuse", by=())),
    "unknown part of the key": ("unknown_key_part", lambda: change("sharing.own_care", key_part="member")),
    "unknown particular of an addressee": (
        "unknown_particular",
        lambda: change("sharing.own_care", by_fact=("adressee", (("x", Role("x", LABEL)),))),
    ),
    "unknown particular that names who fills a role": (
        "unknown_particular",
        lambda: change("permit.refuse", by=Role("body", LABEL, named_by="permit.bdy")),
    ),
    "act and consequence under one id": (
        "id_twice",
        lambda: plus("permit", consequences=(law("order", done("accept"), stay("filed")),)),
    ),
    "field twice": ("id_twice", lambda: change("permit.extend", fields=(_ends_on(), _ends_on()))),
    "clock twice": ("id_twice", lambda: plus("permit", clocks=(clock("reply"),))),
    "option twice": ("id_twice", lambda: change("permit.apply", fields=(_choice(OPTION, OPTION),))),
    "field under a reserved name": (
        "reserved_id",
        lambda: change("permit.recommend", fields=(replace(_ends_on(), id="received_on"),)),
    ),
    "alias is another act": ("alias_clash", lambda: change("permit.refuse", aliases=("accept",))),
    "alias in full is another act": ("alias_clash", lambda: change("permit.refuse", aliases=("report.submit",))),
    "alias twice": ("alias_clash", lambda: change("permit.refuse", aliases=("FILE_1",))),
    "id with a dot": ("bad_id", lambda: change("report.late", id="report.late")),
    "two moves from one state": (
        "two_moves",
        lambda: change("permit.refuse", moves=(("filed", "refused"), ("filed", "silent"))),
    ),
    "act possible in no state": ("no_move", lambda: change("permit.refuse", moves=())),
    "consequence upon nothing": ("no_trigger", lambda: change("permit.free", upon=())),
    "role defined in two ways": ("role_twice", lambda: change("permit.refuse", by=Role("minister", LABEL))),
    "never begins": ("never_begins", lambda: change("report", recurs=None)),
    "recurs without a key": ("recurs_without_key", lambda: change("report", per=())),
    "ban without penalty or reason": ("no_penalty", lambda: change("permit.no_start", penalty="")),
    "duty without penalty or reason": ("no_penalty", lambda: change("permit.answer", penalty="")),
    "ban of nothing": ("empty_ban", lambda: change("permit.no_start", covers=())),
    # words, forms, dates
    "missing English label": ("no_text", lambda: change("permit.refuse", label=T("拒否", ""))),
    "missing Japanese label": ("no_text", lambda: change("permit.refuse", label=T(" ", "refuse"))),
    "English label copied": ("no_text", lambda: change("permit.refuse", label=T("refuse", "refuse"))),
    "missing label of a state": (
        "no_text",
        lambda: change("sharing", states={"open": T("", "x"), "closed": end(LABEL)}),
    ),
    "missing words of a silence": ("no_text", lambda: change("permit.stays_closed", basis=(Silence(2, "仮定", ""),))),
    "empty reason for no penalty": ("no_text", lambda: change("permit.answer", penalty=NoPenalty(T("", "")))),
    "unfilled braces": ("unfilled", lambda: change("permit.refuse", label=T("拒否{day}", "refuse"))),
    "since after until": (
        "since_after_until",
        lambda: change("permit.refuse", since=date(2027, 1, 1), until=date(2026, 1, 1)),
    ),
    "unknown question": ("unknown_question", lambda: change("permit.refuse", question=9)),
    "unknown question of a silence": (
        "unknown_question",
        lambda: change("permit.refuse", basis=(Silence(9, "仮定", "assumed"),)),
    ),
    "option outside the act": (
        "outside_act",
        lambda: change("permit.apply", until=date(2025, 1, 1), fields=(_choice(OPTION), SIZE)),
    ),
    "choice without options": ("options", lambda: change("permit.refuse", fields=(_choice(),))),
    "rows without columns": ("columns", lambda: change("permit.refuse", fields=(Field("r", LABEL, FieldType.ROWS),))),
    # questions
    "condition names an unknown clock": (
        "unknown_in_condition",
        lambda: change("permit.order", conditions=(ask(lambda v: v.over("wait")),)),
    ),
    "condition names an unknown act": (
        "unknown_in_condition",
        lambda: change("permit.order", conditions=(ask(lambda v: v.done("recomend")),)),
    ),
    "condition names an unknown particular": (
        "unknown_in_condition",
        lambda: change("permit.order", conditions=(ask(lambda v: v.fact("sise")),)),
    ),
    "condition names an unknown procedure": (
        "unknown_in_condition",
        lambda: change("permit.order", conditions=(ask(lambda v: v.state("permt")),)),
    ),
    "unknown name behind an and": (
        "unknown_in_condition",
        lambda: change("permit.order", conditions=(ask(lambda v: v.done("recommend") and v.fact("sise")),)),
    ),
    "condition compares with an unknown state": (
        "unknown_state",
        lambda: change("permit.order", conditions=(ask(lambda v: v.state() == "refusd"),)),
    ),
    "condition compares with an unknown state in a tuple": (
        "unknown_state",
        lambda: change("permit.order", conditions=(ask(lambda v: v.state("report") in ("due", "late")),)),
    ),
    "condition reads a field its act lacks": (
        "field_missing",
        lambda: change("permit.order", conditions=(ask(lambda v: v.given("size")),)),
    ),
    "second question of a composed condition reads a field its act lacks": (
        "field_missing",
        lambda: change("permit.order", conditions=(ask(lambda v: True) & ~ask(lambda v: v.given("size"), "b"),)),
    ),
    "exception of a ban reads a field no covered act has": (
        "field_missing",
        lambda: change("permit.no_start", unless=(ask(lambda v: v.given("treaty")),)),
    ),
    "consequence reads a field its act lacks": (
        "field_missing",
        lambda: plus("permit", consequences=(law("x", done("accept"), stay("accepted"), only_if=ask(_reads_size)),)),
    ),
    "consequence of time reads a field": (
        "field_missing",
        lambda: change("permit.no_answer", only_if=ask(_reads_size)),
    ),
    "required-if reads a field its act lacks": (
        "field_missing",
        lambda: change("permit.refuse", fields=(replace(_ends_on(), required=ask(_reads_size)),)),
    ),
    "kept without a field": ("field_missing", lambda: change("permit.refuse", keeps=(keep("reason"),))),
    "chosen end without a field": ("field_missing", lambda: change("permit.standstill", chosen="ends_on")),
    "extension without a field": ("field_missing", lambda: change("permit.extend", fields=())),
    "shortening without a day field": (
        "field_missing",
        lambda: change("permit.acknowledge", shortens=(Shorten("standstill", LAW("1"), "free_on"),)),
    ),
    "day rule reads a field its starters lack": (
        "field_missing",
        lambda: change("permit.standstill", counts=(Count(days_n(1), from_missing_field),)),
    ),
    "duty binds persons of a missing field": ("field_missing", lambda: change("permit.secrecy", person="who")),
    "takes from a case it does not name": (
        "take_missing",
        lambda: change("permit.order", conditions=(ask(lambda v: v.context("product")),)),
    ),
    "condition raises on an empty case": (
        "raises",
        lambda: change("permit.order", conditions=(ask(lambda v: v.clock("reply").last_day > v.on),)),
    ),
    "condition reaches past the view": (
        "reaches_past",
        lambda: change("permit.order", conditions=(ask(lambda v: "reply" in v.case.clocks),)),
    ),
    "receipt of an act without receipt": ("not_received", lambda: change("permit.recommend", received=False)),
    "counts from a receipt that is not declared": (
        "not_received",
        lambda: change("permit.standstill", counts=(Count(days_n(30), received),)),
    ),
    "condition reads a receipt that is not declared": (
        "not_received",
        lambda: change("permit.refuse", conditions=(ask(lambda v: v.received_on),)),
    ),
    "cap counted from neither end": (
        "counted_from",
        lambda: change("permit.extend", extends=(replace(_extend(), counted_from="middle"),)),
    ),
    # clocks and duties
    "clock nobody starts": ("never_started", lambda: change("permit.answer_runs", starts=())),
    "clock for nothing": ("idle_clock", lambda: on_procedure("permit", _with_idle_clock)),
    "standstill end forgotten in state silent": (
        "deaf_clock",
        lambda: change("permit.stays_closed", moves=stay("recommended", "refused")),
    ),
    "reply not met by refuse": ("deaf_clock", lambda: change("permit.refuse", meets=())),
    "partial release forgets to stop a clock": ("deaf_clock", lambda: on_procedure("permit", _partial_release)),
    "deadline left running where nothing can meet it": ("left_running", lambda: change("permit.recommend", stops=())),
    "extends a clock that has ended there": (
        "extends_nothing",
        lambda: change("permit.extend", extends=(replace(_extend(), clock="reply"),), moves=stay("filed")),
    ),
    "without delay with a length": (
        "without_delay_counted",
        lambda: change("permit.notify_soon", counts=(Count(days_n(3), act_day),)),
    ),
    "deadline without a length": ("no_count", lambda: change("permit.standstill", counts=())),
    "wrong kind of period: a standstill that is met": (
        "kind_does_not_fit",
        lambda: change("permit.reply", kind=Kind.STANDSTILL),
    ),
    "deadline that nothing can meet": ("nothing_meets", lambda: on_procedure("permit", _unmet_deadline)),
    "target changes a state": ("target_moves", lambda: change("permit.standstill", force=Force.TARGET)),
    "duty of effort with a penalty": ("effort_with_penalty", lambda: change("permit.notify", penalty="P94")),
    "duty with neither end nor lasts": ("endless_duty", lambda: change("permit.secrecy", lasts=False)),
    "duty that never arises": ("duty_never_arises", lambda: change("sharing.own_care", states=())),
    "duty by a clock that nothing meets": ("duty_never_done", lambda: change("permit.notify", clock="standstill")),
    # flow
    "circle of consequences": ("circle", lambda: plus("permit", consequences=_circle())),
    "two unconditional consequences": (
        "two_consequences",
        lambda: plus("permit", consequences=(law("again", end_of("standstill"), go("silent", "filed")),)),
    ),
    "consequence behind an unconditional one": (
        "dead_consequence",
        lambda: plus(
            "permit", consequences=(law("late", end_of("standstill"), stay("filed"), only_if=ask(lambda v: True)),)
        ),
    ),
    "way out of an end state": (
        "way_out_of_end",
        lambda: change("permit.withdraw", moves=go("withdrawn", "filed", "cleared")),
    ),
    "state that waits for who cannot go on": (
        "waits_for_nobody",
        lambda: on_procedure(
            "sharing", lambda p: replace(p, states=p.states | {"open": waits(LABEL, Role("idle", LABEL))})
        ),
    ),
    "unreachable state": ("unreachable", lambda: change("permit.no_answer", moves=stay("recommended"))),
    "end state reached by nothing": ("end_unreached", lambda: change("permit.order", moves=stay("refused", "silent"))),
}


def _reads_size(view):
    return view.given("size")


def _extend():
    return next(a for a in PERMIT.procedure("permit").acts if a.id == "extend").extends[0]


def _ends_on() -> Field:
    return next(a for a in PERMIT.procedure("permit").acts if a.id == "extend").fields[0]


def _choice(*options: Option) -> Field:
    return Field("choice", LABEL, FieldType.CHOICE, options=options)


def _with_idle_clock(p):
    acts = tuple(replace(a, starts=(*a.starts, "idle")) if a.id == "apply" else a for a in p.acts)
    return replace(p, acts=acts, clocks=(*p.clocks, clock("idle")))


def _unmet_deadline(p):
    acts = tuple(replace(a, meets=()) if a.id == "acknowledge" else a for a in p.acts)
    return replace(p, acts=acts)


def _partial_release(p):
    """A new state in which the ban ends in part, reached while the standstill runs on unheard."""
    released = law("partial", receipt("recommend"), go("partly", "filed"))
    return replace(p, states={**p.states, "partly": LABEL}, consequences=(*p.consequences, released))


def _circle() -> tuple[Consequence, ...]:
    return (law("one", done("two"), stay("filed")), law("two", done("one"), stay("filed")))


@pytest.mark.parametrize("kind", KINDS, ids=IDS)
def test_every_declared_kind_is_clean(kind: CaseKind) -> None:
    assert [str(p) for p in check(kind)] == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_seeded_mistake_is_found(mistake: str) -> None:
    code, plant = MISTAKES[mistake]
    found = check(plant())
    assert code in {p.code for p in found}, f"{mistake}: found only {[str(p) for p in found]}"


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_problem_says_where_and_what_in_both_languages(mistake: str) -> None:
    for problem in check(MISTAKES[mistake][1]()):
        assert problem.where and problem.text.ja.strip() and problem.text.en.strip()
        assert problem.text.ja != problem.text.en
