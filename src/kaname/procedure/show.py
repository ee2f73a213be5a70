"""A standing as plain data for a door: tracks, clocks, duties, bans, what may be done, notes, warnings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from kaname.days import GAZETTED_THROUGH
from kaname.law import Bases, Lang, T, Text, cited
from kaname.procedure.apply import broken_bans, is_in_force, receipt_of
from kaname.procedure.decide import is_required, not_filled, where
from kaname.procedure.declare import CaseKind, Force, Procedure, Role
from kaname.procedure.explain import explain_clock, safe_day
from kaname.procedure.fold import next_change
from kaname.procedure.index import ActOf, BanOf, DutyOf, index
from kaname.procedure.judge import LACKS, NEEDS, verdict
from kaname.procedure.reasons import not_yet_received, sanction
from kaname.procedure.standing import Entry, Reason, Running, Standing, Track, track_key
from kaname.procedure.timing import is_late
from kaname.procedure.view import View

_UNFILLED = Entry("", date.min)


@dataclass(frozen=True, slots=True)
class May:
    """Whether an act can be done now: ready, blocked (`why`), or in need of input (`needs`)."""

    of: ActOf
    run: str
    ready: bool
    why: tuple[Reason, ...]
    needs: tuple[Reason, ...]


class DutyNow(NamedTuple):
    """A duty as it stands: open, done, overdue or void."""

    of: DutyOf
    run: str
    party: str
    since: date | None
    due: date | None
    status: str
    late: bool = False
    by: Role | None = None  # whom a particular of the run says that it binds


class BanNow(NamedTuple):
    """A ban in force; `until` is the last day known today, None where no day is. `label`: what is left of it."""

    of: BanOf
    run: str
    label: Text
    since: date | None
    until: date | None


def may(standing: Standing, on: date | None = None) -> list[May]:
    """Every act of the kind, in every run it could be done in, judged with an empty form."""
    tables = index(standing.kind)
    found = []
    for p in standing.kind.procedures:
        runs = [t.run for t in standing.tracks.values() if t.procedure == p.id] if p.per else [""]
        for act in p.acts:
            of = tables.acts[f"{p.id}.{act.id}"]
            new = [""] if p.per and "" in of.moves and "" not in runs else []
            found += [_may(standing, of, run, on or standing.as_of) for run in (*runs, *new)]
    return found


def _may(standing: Standing, of: ActOf, run: str, on: date) -> May:
    view = View(index(standing.kind), standing, of.procedure, run, on, Entry(of.name, on, run=run))
    why = [*where(of, view), *broken_bans(of, view)]
    needs = [not_filled(f) for f in of.act.fields if is_required(f, view)]
    for condition in of.act.conditions:
        asked = verdict(condition, view)  # while its answer is open, nothing of it stands against the act
        why += [r for r in asked.reasons if asked.met is False and r.code == LACKS]
        needs += [r for r in asked.reasons if r.code == NEEDS]
    return May(of, run, not why, tuple(why), tuple(dict.fromkeys(needs)))


def stage(standing: Standing) -> Track | None:
    """How far the case has come: the track of the first procedure that has begun; None before any has."""
    return next((t for p in standing.kind.procedures if (t := standing.tracks.get(p.id))), None)


def duties(standing: Standing) -> list[DutyNow]:
    """All duties of the case, in order of declaration."""
    clocks: dict[str, list[Running]] = {}
    for running in standing.clocks.values():
        clocks.setdefault(f"{running.procedure}.{running.clock.id}", []).append(running)
    found = []
    for of in index(standing.kind).duties:
        if of.clock:
            found += [_by_clock(standing, of, running) for running in clocks.get(of.clock, ())]
        elif of.duty.states:
            for track in standing.tracks.values():
                if track.procedure == of.procedure.id and track.state in of.duty.states:
                    party, whose = _party(standing, of, track.run), _whose(standing, of, track.run)
                    found.append(DutyNow(of, track.run, party, _day(track), None, "open", by=whose))
        for bound in standing.bound:
            if bound.duty == of.duty.id and bound.procedure == of.procedure.id:
                status = "done" if bound.done_on else "void" if bound.void_on else "open"
                party = bound.person or _party(standing, of, bound.run)
                found.append(DutyNow(of, bound.run, party, bound.since, None, status))
    return found


_STATUS = {"met": "done", "stopped": "void", "ended": "overdue"}


def _by_clock(standing: Standing, of: DutyOf, running: Running) -> DutyNow:
    status = _STATUS.get(running.status, "open")
    if running.status == "running" and running.last_day and running.last_day < standing.as_of:
        status = "overdue"
    if running.clock.force is Force.TARGET and status == "overdue":
        status = "open"
    if status == "overdue" and not of.duty.lasts:
        track = standing.tracks.get(track_key(running.procedure, running.run))
        if track and (of.procedure.is_end(track.state) or track.state in of.duty.moot):
            status = "void"  # with the run, or with what could have followed, its unfulfilled duties are over
    party = _party(standing, of, running.run)
    whose = _whose(standing, of, running.run)
    return DutyNow(of, running.run, party, running.since, running.last_day, status, is_late(running), whose)


def owes(d: DutyNow) -> Role:
    """The role that owes a duty: where declared that of the run's addressee, or of the party it is named for."""
    return d.by or (d.of.duty.by_named if d.run else None) or d.of.duty.by


def _whose(standing: Standing, of: DutyOf, run: str) -> Role | None:
    return _addressed(standing, of, run)[0]


def _party(standing: Standing, of: DutyOf, run: str) -> str:
    if of.duty.key_part and run:
        return run.split(":")[of.procedure.per.index(of.duty.key_part)]
    role, named = _addressed(standing, of, run)
    return named or standing.parties.get((role or of.duty.by).id, "")


def _addressed(standing: Standing, of: DutyOf, run: str) -> tuple[Role | None, str]:
    """The role that a particular of the run says a duty binds, and the party where it names that itself."""
    if of.duty.by_fact is None:
        return None, ""
    fact, roles = of.duty.by_fact[0], dict(of.duty.by_fact[1])
    said = str(standing.facts.get(f"{track_key(of.procedure.id, run)}.{fact}") or "")
    if not said:
        return None, ""
    return (roles[said], "") if said in roles else (roles.get(""), said if "" in roles else "")


def _day(track: Track) -> date | None:
    return track.since if track.since > date.min else None


def bans(standing: Standing) -> list[BanNow]:
    """The bans in force at the end of the standing's day."""
    tables = index(standing.kind)
    found = []
    for of in tables.bans:
        for track in standing.tracks.values():
            if track.procedure == of.procedure.id and track.state in of.ban.states:
                view = View(tables, standing, of.procedure, track.run, standing.as_of, _UNFILLED)
                if is_in_force(of.procedure, of.ban, view):
                    found.append(_ban(standing, of, track))
    return found


def _ban(standing: Standing, of: BanOf, track: Track) -> BanNow:
    key = track_key(track.procedure, track.run)
    since = standing.facts.get(f"{key}.@{of.ban.id}") or _day(track)
    ends = [_clock(standing, name, track.run, of.procedure) for name in of.ends_with]
    until = min((r.later for r in ends if r and r.status == "running" and r.later), default=None)
    return BanNow(of, track.run, of.ban.label_of(track.state), since, until)


def _clock(standing: Standing, name: str, run: str, procedure: Procedure) -> Running | None:
    owner, _, clock = name.partition(".")
    return standing.clocks.get(f"{track_key(owner, run if procedure.per else '')}.{clock}")


def warnings(standing: Standing) -> list[Reason]:
    """What the reader should know though nothing is refused: declared warnings, overdue duties, forecast holidays."""
    tables = index(standing.kind)
    found: list[Reason] = []
    for track in standing.tracks.values():
        procedure = tables.procedures[track.procedure]
        view = View(tables, standing, procedure, track.run, standing.as_of, None)
        for c in procedure.warns:
            v = verdict(c, view)
            found += v.reasons if v.met is False else ()
    for d in duties(standing):
        if d.status == "overdue":
            text = T(f"期限 {d.due} を過ぎた：{d.of.duty.label.ja}", f"overdue since {d.due}: {d.of.duty.label.en}")
            found.append(Reason(text, d.of.duty.basis, code="overdue"))
    return list(dict.fromkeys((*found, *_under_way(standing), *_provisional(standing))))


def _under_way(standing: Standing) -> Iterable[Reason]:
    """Acts of procedures that still run whose receipt was never recorded, though the law waits for it."""
    tables = index(standing.kind)
    for (name, run), (_, times) in standing.done.items():
        if name not in tables.bites_on_receipt:
            continue
        of = tables.acts[name]
        track = standing.tracks.get(track_key(of.procedure.id, run))
        arrived = standing.done.get((receipt_of(name), run), (None, 0))[1]
        arrives = sum(tables.acts[e.act].name == name and e.run == run for _, e in standing.waiting)
        if times > arrived + arrives and not (track and of.procedure.is_end(track.state)):
            yield not_yet_received(of)


def _provisional(standing: Standing) -> Iterable[Reason]:
    """Last days that moved over holidays not yet gazetted."""
    for r in standing.clocks.values():
        forecast = r.last_day and r.last_day.year > GAZETTED_THROUGH and r.last_day != r.unmoved_last_day
        if r.status == "running" and forecast:
            text = T(
                f"「{r.clock.label.ja}」の末日 {r.last_day} は告示前の祝日による（暫定）",
                f"the last day {r.last_day} of '{r.clock.label.en}' rests on holidays not yet gazetted (provisional)",
            )
            yield Reason(text, code="provisional")


# -- as plain data ------------------------------------------------------------------------------------------------


def as_data(standing: Standing, lang: Lang = "ja") -> dict[str, Any]:
    """The standing as JSON-able data in one language; the shape of `kaname standing --json`."""
    change = next_change(standing)
    return {
        "kind": standing.kind.id,
        "as_of": standing.as_of.isoformat(),
        "version": standing.kind.version(standing.as_of).isoformat(),
        "unverified": unread_data(standing.kind, standing.as_of, lang),
        "tracks": {k: _track_data(standing, t, lang) for k, t in standing.tracks.items()},
        "clocks": [clock_data(r, standing.as_of, lang) for r in standing.clocks.values()],
        "duties": [_duty_data(d, standing.as_of, lang) for d in duties(standing)],
        "bans": [_ban_data(b, standing.as_of, lang) for b in bans(standing)],
        "may": [_may_data(m, standing.as_of, lang) for m in may(standing)],
        "notes": [
            {
                "entry": n.entry,
                "kind": n.kind,
                "act": n.act,
                "on": n.on.isoformat(),
                "reasons": _said(n.reasons, lang, n.on),
            }
            for n in standing.notes
        ],
        "warnings": _said(warnings(standing), lang, standing.as_of),
        "next_change_on": _iso(change),
    }


def unread_data(kind: CaseKind, day: date, lang: Lang) -> list[dict[str, Any]]:
    """The changes of the law up to a day whose words were not read: since when, and the open question."""
    return [
        {"since": since.isoformat(), "question": question, "text": kind.notes[question][lang]}
        for since, question in kind.unverified(day).items()
    ]


def reason_data(reason: Reason, lang: Lang, on: date) -> dict[str, Any]:
    """One reason: sentence, provisions, and the field, code and open question where there are any."""
    more = (("field", reason.field), ("code", reason.code), ("unverified", reason.question))
    return {"text": reason.text[lang], "basis": _cites(reason.basis, lang, on)} | {k: v for k, v in more if v}


def clock_data(r: Running, as_of: date, lang: Lang) -> dict[str, Any]:
    free = r.last_day + timedelta(1) if r.last_day else None
    reading = r.clock.reading
    readings = [{"label": reading.label[lang], "last_day": _iso(r.later), "question": reading.question,
                 "first_free_day": _iso(r.later + timedelta(1))}] if reading and r.later else []  # fmt: skip
    return {
        "id": r.clock.id, "procedure": r.procedure, "run": r.run, "label": r.clock.label[lang], "status": r.status,
        "met_on": _iso(r.met_on), "late": is_late(r), "force": r.clock.force.value, "kind": r.clock.kind.value,
        "start": _iso(r.starts[r.winner] if r.starts else r.since), "first_counted_day": _iso(r.first_counted_day),
        "last_day": _iso(r.last_day), "unmoved_last_day": _iso(r.unmoved_last_day), "first_free_day": _iso(free),
        "safe_day": _iso(safe_day(r.clock, r.last_day)),
        "readings": readings, "basis": _cites(r.clock.basis, lang, as_of), "unverified": r.clock.question,
        "working": [line.strip() for line in explain_clock(r).lines(lang, as_of)[1:]],
    }  # fmt: skip


def _track_data(standing: Standing, t: Track, lang: Lang) -> dict[str, Any]:
    label = index(standing.kind).procedures[t.procedure].label_of(t.state)
    return {"state": t.state, "since": _iso(_day(t)), "label": label[lang]}


def _duty_data(d: DutyNow, as_of: date, lang: Lang) -> dict[str, Any]:
    duty = d.of.duty
    return {
        "id": duty.id, "procedure": d.of.procedure.id, "run": d.run, "label": duty.label[lang], "by": owes(d).id,
        "to": duty.to.id if duty.to else None, "party": d.party, "since": _iso(d.since), "due": _iso(d.due),
        "status": d.status, "late": d.late, "lasts": duty.lasts, "effort": duty.effort,
        "basis": _cites(duty.basis, lang, as_of), "penalty": sanction(duty.penalty, as_of)[lang],
        "unverified": duty.question,
    }  # fmt: skip


def _ban_data(b: BanNow, as_of: date, lang: Lang) -> dict[str, Any]:
    ban = b.of.ban
    return {
        "id": ban.id, "procedure": b.of.procedure.id, "run": b.run, "label": b.label[lang], "binds": ban.binds.id,
        "covers": list(ban.covers), "since": _iso(b.since), "until": _iso(b.until),
        "basis": _cites(ban.basis, lang, as_of), "penalty": sanction(ban.penalty, as_of)[lang],
        "unverified": ban.question,
    }  # fmt: skip


def _may_data(m: May, as_of: date, lang: Lang) -> dict[str, Any]:
    return {
        "act": m.of.name, "run": m.run, "label": m.of.act.label[lang], "by": [r.id for r in m.of.act.roles],
        "ready": m.ready and not m.needs, "why": _said(m.why, lang, as_of), "needs": _said(m.needs, lang, as_of),
    }  # fmt: skip


def _said(reasons: Iterable[Reason], lang: Lang, on: date) -> list[dict[str, Any]]:
    return [reason_data(r, lang, on) for r in reasons]


def _cites(basis: Bases, lang: Lang, on: date) -> list[str]:
    return [cited((b,), lang, on) for b in basis]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
