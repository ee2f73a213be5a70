"""When may this invention be filed abroad? One lane for each way out of the ban of Art. 78(1), on a supposed ledger.

Nothing is counted here: a lane is a ledger that could come about, folded by the kernel, and its first free day is the
first on which the ban is not in force. A way that cannot be gone is closed by the kernel's own reasons.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kaname.law import Bases, T, Text
from kaname.procedure import Accepted, Entry, Reason, Refused, Standing, at, bans, decide, fold, next_change, warnings
from kaname.procedure.declare import CaseKind
from kaname.procedure.standing import Running
from kaname.regimes.patents.foreign_filing_ban import japan_first, no_sending_notice
from kaname.regimes.patents.kinds import application, confirmation

FILE, THREE, TEN, YEAR = (
    "first_review.file", "foreign_filing_ban.three_months", "foreign_filing_ban.ten_months",
    "foreign_filing_ban.priority_year",
)  # fmt: skip
BAN, ABROAD = "file_abroad", "foreign_filing_ban.file_abroad"
ANSWER = "foreign_filing_ban.release_cleared_answer"


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of the ban: what must happen, the acts that make it so, and the clock that limits or ends it.

    `acts`: the acts in order with their forms; the last takes effect on the day that is not known yet, unless `time`:
    then only time passes. `frees`: the consequences by which the law frees that way.
    """

    id: str
    label: Text
    happens: Text
    acts: "tuple[_Act, ...]" = ()
    clock: str = ""
    time: bool = False
    before_filing: bool = False
    frees: tuple[str, ...] = ()


_Act = tuple[str, Mapping[str, Any]]  # with its form
_SENT: _Act = ("first_review.notify_sent", {})
_INTENTION: _Act = ("security_review.notify_intention", {})
_ANSWER: _Act = ("security_review.answer_keep", {})
_FINDINGS = {"risk_high": True, "impact_weighed": True, "suitable": True}

WAYS = (
    Way("silence", T("送付の通知なく三月が経過する", "three months pass without a notice of sending"),
        T("特許庁から送付の通知が発せられない", "the Patent Office issues no notice of sending"),
        clock=THREE, time=True, frees=("release_no_sending_notice",)),
    Way("nonsend", T("送付しない旨の通知を受ける", "a non-sending notice is received"),
        T("送付しない旨の通知を申し出て、通知を受ける", "you ask for a non-sending notice and receive it"),
        (("first_review.request_nonsend_notice", {}), ("first_review.notify_nonsend", {})),
        clock="first_review.nonsend_request", frees=("release_nonsend_notice",)),
    Way("ten_months", T("送付されても保全指定なく十月が経過する", "sent, but ten months pass without designation"),
        T("送付の通知の後、保全指定の通知を受けない", "a notice of sending comes, a notice of designation does not"),
        (_SENT,), clock=TEN, time=True, frees=("release_ten_months",)),
    Way("no_need", T("保全指定をしない旨の通知を受ける", "a notice that none is designated is received"),
        T("送付の通知の後、指定の必要がないと決まり、通知を受ける",
            "after sending it is decided that there is no need, and you receive the notice"),
        (_SENT, ("security_review.decline", {})), clock=TEN,
        frees=("release_no_designation",)),
    Way("public", T("発明が公になる", "the invention becomes public"),
        T("適法に発明が公になる", "the invention lawfully becomes public"),
        (("foreign_filing_ban.becomes_public", {"public": True}),), frees=("becomes_public", "published")),
    Way("designation_ends", T("保全指定され、その終了の通知を受ける", "designated, and notice of the end is received"),
        T("保全指定の解除又は満了の通知を受ける",
            "you receive the notice that the designation was lifted or has expired"),
        (_SENT, _INTENTION, _ANSWER, ("designation.designate", _FINDINGS),
            ("designation.lift", {"no_longer_needed": True}), ("designation.notify_end", {})),
        frees=("release_end_of_designation",)),
    Way("confirmation", T("事前確認で支障なしとの回答を受ける", "a prior confirmation clears the invention"),
        T("日本に出願する前に事前確認を申し出て、支障なしとの回答を受ける",
            "before filing in Japan you ask for prior confirmation and receive the clearing answer"),
        before_filing=True, frees=("cleared_when_entered", "cleared_on_receipt")),
)  # fmt: skip

_CLEARED: tuple[_Act, ...] = (
    ("prior_confirmation.request", {"japanese_application_filed": False}),
    ("prior_confirmation.refer", {"within_66_1": True}),
    ("prior_confirmation.pm_answers", {"clearly_no_effect": True}),
    ("prior_confirmation.answer_cleared", {}),
)


@dataclass(frozen=True, slots=True)
class Lane:
    """One way out as it stands. `status`: free (it freed), passed (another way frees before, or there is no ban),
    open (a day is known), waits (a day is not known yet), closed.

    `first_free`: the first day on which filing abroad is free that way. `window`: the days within which what must
    happen can happen, where the law sets them. `reasons`: why it is closed. `clocks`: those that carry the answer.
    `kind`, `ledger`: what was folded.
    """

    way: Way
    status: str
    first_free: date | None = None
    window: tuple[date, date | None] | None = None
    reasons: tuple[Reason, ...] = ()
    clocks: tuple[Running, ...] = ()
    kind: str = application.id
    ledger: tuple[Entry, ...] = ()

    @property
    def basis(self) -> Bases:
        return tuple(dict.fromkeys(b for r in self.clocks for b in r.clock.basis))


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer: where the application stands on `today`, its lanes, its marks on the scale, and warnings.

    `marks`: name of the mark and its last day, filing first. `free_since`: the ban does not stand (any more).
    """

    today: date
    standing: Standing
    filed: bool
    lanes: tuple[Lane, ...]
    marks: tuple[tuple[str, date], ...]
    priority: tuple[date, date] | None
    banned: bool
    free_since: date | None
    warnings: tuple[Reason, ...]

    def lane(self, id: str) -> Lane:
        return next(lane for lane in self.lanes if lane.way.id == id)


def plan(
    entries: Sequence[Entry], today: date, happens_on: Mapping[str, date] | None = None, planned: Entry | None = None
) -> Plan:
    """The plan for a ledger of `patents.application` (empty: not yet filed in Japan).

    `happens_on`: for a way that waits for a notice, the day on which it is supposed to be received. `planned`: the
    filing in Japan as it is thought of, where there is none yet.
    """
    supposed, filed = happens_on or {}, bool(entries)
    ledger = _numbered(entries or ([planned] if planned else []))
    day = max([today, *(e.on for e in ledger)])
    standing = fold(application, ledger, day)
    lanes = tuple(
        _confirmation_lane(way, standing, filed, today, supposed.get(way.id))
        if way.before_filing
        else _lane(way, ledger, standing, supposed.get(way.id))
        for way in WAYS
    )
    year = standing.clocks.get(YEAR)
    start = year.starts[year.winner] if year else None
    priority = (start, year.last_day) if year and start and year.last_day else None
    banned = _banned(standing) or not ledger
    since = None if banned else _free_since(standing)
    return Plan(today, standing, filed, lanes, _marks(standing), priority, banned, since, tuple(warnings(standing)))


def first_free(standing: Standing) -> date | None:
    """The first day, from the standing's own on, on which filing abroad is not banned, if nothing but time passes."""
    while _banned(standing):
        change = next_change(standing)
        if change is None:
            return None
        standing = at(standing.kind, standing, change)
    return standing.as_of


def _banned(standing: Standing) -> bool:
    return any(b.of.ban.id == BAN for b in bans(standing))


def _numbered(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple(replace(e, seq=e.seq or n) for n, e in enumerate(entries, 1))


def _free_since(standing: Standing) -> date | None:
    """Since when: the day of release; for what the ban never reached, the filing day."""
    found: date | None = standing.fact("foreign_filing_ban.released_on")
    track = standing.tracks["foreign_filing_ban"]
    return found or (track.since if track.since > date.min else standing.fact("first_review.filed_on"))


def _marks(standing: Standing) -> tuple[tuple[str, date], ...]:
    """The filing day and the ends of the clocks as the kernel counts them, whether they run, were met or stopped."""
    three = standing.clocks.get(THREE) or standing.clocks.get("first_review.three_months")
    clocks = (("three", three), ("ten", standing.clocks.get(TEN)), ("year", standing.clocks.get(YEAR)))
    found = [("filing", standing.fact("first_review.filed_on")), *((id, c.last_day) for id, c in clocks if c)]
    return tuple((name, day) for name, day in found if day)


# -- lanes -----------------------------------------------------------------------------------------------------------


def _lane(way: Way, ledger: tuple[Entry, ...], standing: Standing, supposed: date | None) -> Lane:
    if not ledger:
        return Lane(way, "closed", reasons=(Reason(_NOT_FILED, application.procedures[0].basis),))
    if not _banned(standing):
        return _freed(way, ledger, standing)
    done, here = [*ledger], standing
    for act, data in way.acts[: None if way.time else -1]:
        if _is_done(here, act):
            continue
        answer = _tried(here, act, data, here.as_of, done)
        if isinstance(answer, Refused):
            return Lane(way, "closed", reasons=answer.reasons)
        done, here = [*done, answer.entry], answer.standing
    return _by_time(way, here, tuple(done)) if way.time else _by_notice(way, here, done, supposed)


def _freed(way: Way, ledger: tuple[Entry, ...], standing: Standing) -> Lane:
    cause = standing.tracks["foreign_filing_ban"].cause.partition(".")[2]
    if cause not in way.frees:
        return Lane(way, "passed", ledger=ledger)
    clock = standing.clocks.get(way.clock)
    return Lane(way, "free", _free_since(standing), clocks=(clock,) if clock else (), ledger=ledger)


_NOT_FILED = T("日本にまだ出願していない", "no application has been filed in Japan yet")
_NEVER = T("時の経過によっては解除されない", "time alone does not release it any more")


def _by_time(way: Way, here: Standing, ledger: tuple[Entry, ...]) -> Lane:
    clock = here.clocks.get(way.clock)
    if clock and clock.status == "pending":
        return Lane(way, "waits", clocks=(clock,), ledger=ledger)
    if clock is None or clock.status != "running":
        sent = way.clock == THREE and here.fact("first_review.sent_notice_on") is not None
        why = no_sending_notice.lacks if sent else _NEVER
        return Lane(way, "closed", reasons=(Reason(why, no_sending_notice.basis),), clocks=(clock,) if clock else ())
    free = first_free(here)
    if free and clock.last_day and free <= clock.last_day:  # an answer under way frees before the time is over
        return Lane(way, "passed", free, clocks=(clock,), ledger=ledger)
    return Lane(way, "open" if free else "closed", free, clocks=(clock,), ledger=ledger)


def _by_notice(way: Way, here: Standing, done: list[Entry], supposed: date | None) -> Lane:
    """The last act of the way, received on the day supposed; without one the lane waits within its window."""
    act, data = way.acts[-1]
    received = max(supposed, here.as_of) if supposed else None
    by_itself = first_free(here)
    if _is_done(here, act) and by_itself:  # given, and on its way
        return Lane(way, "open", by_itself, ledger=tuple(done))
    if received and by_itself and by_itself <= received:  # what is supposed comes too late to matter
        return Lane(way, "passed", by_itself, ledger=tuple(done))
    answer = _tried(here, act, data, received or here.as_of, done)
    if isinstance(answer, Refused):
        return Lane(way, "closed", reasons=answer.reasons)
    clock = here.clocks.get(way.clock)
    window = (here.as_of, clock.last_day if clock else None)
    clocks = (clock,) if clock else ()
    if received is None:
        return Lane(way, "waits", window=window, clocks=clocks, ledger=tuple(done))
    free = first_free(answer.standing)
    return Lane(way, "open" if free else "waits", free, window, clocks=clocks, ledger=(*done, answer.entry))


def _is_done(standing: Standing, act: str) -> bool:
    return (act, "") in standing.done


def _tried(here: Standing, act: str, data: Mapping[str, Any], on: date, done: Sequence[Entry]) -> Accepted | Refused:
    """The act on a day, received on the same."""
    on = max(on, here.as_of)
    of_act = {a.id: a for p in here.kind.procedures if p.id == act.partition(".")[0] for a in p.acts}
    form = {**data, "received_on": on} if of_act[act.partition(".")[2]].received else dict(data)
    by = of_act[act.partition(".")[2]].roles[0].id
    return decide(here, Entry(act, on, form, by=by), ledger=done)


def _confirmation_lane(way: Way, standing: Standing, filed: bool, day: date, supposed: date | None) -> Lane:
    if standing.tracks["foreign_filing_ban"].cause.partition(".")[2] in way.frees:
        return _freed(way, (), standing)
    if _is_done(standing, ANSWER) and (free := first_free(standing)):  # its answer is on its way
        return Lane(way, "open", free)
    here, done = fold(confirmation, (), day), list[Entry]()
    *before, (last, found) = _CLEARED
    for act, data in before:
        form = {"japanese_application_filed": filed} if act == "prior_confirmation.request" else data
        answer = _tried(here, act, form, day, done)
        if isinstance(answer, Refused):
            return Lane(way, "closed", reasons=answer.reasons, kind=confirmation.id)
        here, done = answer.standing, [*done, answer.entry]
    if supposed is None:
        return Lane(way, "waits", window=(day, None), kind=confirmation.id, ledger=tuple(done))
    cleared = _tried(here, last, found, supposed, done)
    if isinstance(cleared, Refused):
        return Lane(way, "closed", reasons=cleared.reasons, kind=confirmation.id)
    ledger = (*done, cleared.entry)
    return Lane(way, "open", first_free(cleared.standing), (day, None), kind=confirmation.id, ledger=ledger)


# -- forks -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fork:
    """A step that closes other ways. The reader is stopped before it and shown what would be lost."""

    id: str
    label: Text
    act: str
    kind: CaseKind
    data: Mapping[str, Any]
    note: Text


FORKS = (
    Fork("file_in_japan", T("日本に特許出願する", "file in Japan"), FILE, application, {"listed": True},
        T("出願すると、事前確認（79条）は申し出られなくなります。",
            "Once you have filed, prior confirmation (Art. 79) is no longer open.")),
    Fork("request_nonsend", T("送付しない旨の通知を申し出る", "ask for a non-sending notice"),
        "first_review.request_nonsend_notice", application, {},
        T("申出は三月の期間内に一度です。通知は、送付しないと判断された場合に限り届きます。",
            "You may ask within the three months. The notice comes only if the Patent Office decides not to send.")),
    Fork("withdraw", T("送付前に出願を取り下げる", "withdraw before sending"), "first_review.gone_before_sending",
        application, {"how": "withdrawn"},
        T("取り下げると、期間の経過によって禁止が解けることはなくなります。取下げ後に事前確認を申し出られるかは不明です（論点6）。",
            "After a withdrawal time no longer releases the ban. Whether prior confirmation is open again is unclear "
            "(question 6).")),
    Fork("file_abroad", T("今、外国に出願する", "file abroad now"), ABROAD, application, {},
        T("禁止中の外国出願には罰則があり、日本の出願は却下され得ます。",
            "Filing abroad under the ban is punished, and the Japanese application may be dismissed.")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """What a fork would do: the kernel's refusal, or the lanes before and after."""

    fork: Fork
    refused: tuple[Reason, ...]
    closes: tuple[tuple[Lane, Lane], ...] = ()
    opens: tuple[tuple[Lane, Lane], ...] = ()


def take(fork: Fork, entries: Sequence[Entry], today: date) -> Step:
    """The step tried on the day: every reason against it, or each way that it closes and opens."""
    before = plan(entries, today)
    if fork.act == ABROAD and not before.filed:  # the ban is older than any application
        return Step(fork, (Reason(japan_first.lacks, japan_first.basis, code="ban"),))
    answer = decide(before.standing, Entry(fork.act, before.standing.as_of, fork.data, by="applicant"),
                    ledger=_numbered(entries))  # fmt: skip
    if isinstance(answer, Refused):
        return Step(fork, answer.reasons)
    after = plan((*entries, answer.entry), today)
    pairs = tuple(zip(before.lanes, after.lanes, strict=True))
    return Step(
        fork, (),
        tuple(p for p in pairs if p[0].status != "closed" and p[1].status == "closed"),
        tuple(p for p in pairs if p[0].status == "closed" and p[1].status != "closed"),
    )  # fmt: skip
