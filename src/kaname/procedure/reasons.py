"""The sentences of a refusal, each with its provision, in one place."""

import difflib
import re
from collections.abc import Iterable
from datetime import date

from kaname.days import jst_date
from kaname.law import T, Text
from kaname.law.penalties import penalty as row
from kaname.procedure.declare import Act, Ban, NoPenalty, Procedure
from kaname.procedure.forms import EARLIEST, LATEST, in_calendar
from kaname.procedure.index import ActOf, Index
from kaname.procedure.kernel_acts import KERNEL_ACTS
from kaname.procedure.standing import Entry, Reason
from kaname.procedure.view import View

RUN = re.compile(r"[A-Za-z0-9_.:-]+")
_COMPANY_TOO = T("、法人・本人も罰金・法97条", "; the company or principal is fined too, Art. 97")


def no_such_act(index: Index, name: str) -> Reason:
    """No act of that name; cited is the procedure it seems to mean, else where the kind begins."""
    near = difflib.get_close_matches(name, [*index.acts, *KERNEL_ACTS], 3)
    ja = f"。近い名：{'、'.join(near)}" if near else ""
    en = f"; did you mean {', '.join(near)}?" if near else ""
    meant = index.procedures.get(name.partition(".")[0], index.kind.procedures[0])
    text = T(f"{index.kind.id} に行為「{name}」はない{ja}", f"{index.kind.id} has no act {name!r}{en}")
    return Reason(text, meant.basis, code="act")


def state_reason(of: ActOf, view: View) -> Reason:
    """The act does not fit the state: where the case stands, and from which states the act is possible."""
    procedure, state = of.procedure, view.state()
    if of.moves.get("") is not None and state:
        text = T("{run}「{procedure}」は既に始まっている（{now}）", "{procedure}{run} has already begun ({now})")
        return _state(of, text.fill(procedure=procedure.label, run=_run(view), now=_label(procedure, state)))
    froms = _any_of(_label(procedure, s) for s in of.moves if s)
    if state:
        text = T("「{act}」は{froms}からできる。今は「{now}」",
                 "{act!r} is possible from {froms}; the case stands at {now!r}")  # fmt: skip
        return _state(of, text.fill(act=of.act.label, froms=froms, now=_label(procedure, state)))
    text = T("「{procedure}」{run}はまだ始まっていない", "{procedure}{run} has not begun")
    return _state(of, text.fill(procedure=procedure.label, run=_run(view)))


def too_early(of: ActOf, view: View) -> tuple[Reason, ...]:
    """The procedures that must have begun first, and those that must not have begun at all."""
    if not of.procedure.after and not of.procedure.excludes:
        return ()
    labels = [view.index.procedures[p].label for p in of.procedure.after if not view.state(p)]
    text = T(
        "「{act}」の前提となる「{label}」がまだ始まっていない",
        "{act!r} comes after {label!r}, which has not begun",
    )
    early = tuple(_state(of, text.fill(act=of.act.label, label=label)) for label in labels)
    return (*early, *_excluded(of, view))


def _excluded(of: ActOf, view: View) -> tuple[Reason, ...]:
    """The procedures beside which this one cannot run in one case."""
    labels = [view.index.procedures[p].label for p in of.procedure.excludes if view.state(p)]
    text = T("この事件は「{label}」の事件である。「{own}」は別の事件とする",
             "this case holds {label!r}; {own!r} needs a case of its own")  # fmt: skip
    return tuple(_state(of, text.fill(label=label, own=of.procedure.label)) for label in labels)


def _state(of: ActOf, text: Text) -> Reason:
    return Reason(text, of.act.basis, code="state")


def _label(procedure: Procedure, state: str) -> Text:
    return procedure.label_of(state) if state in procedure.states else T(state, state)


def _any_of(labels: Iterable[Text]) -> Text:
    found = list(labels)
    return T(
        "・".join(f"「{t.ja}」" for t in found) or "開始前", " or ".join(f"'{t.en}'" for t in found) or "the start"
    )


def _run(view: View) -> str:
    return f"/{view.run}" if view.run else ""


def version_reason(act: Act, view: View) -> Reason:
    since = T(f"{act.since} から", f"from {act.since}") if act.since else T("", "")
    until = T(f"{act.until} まで", f"until {act.until}") if act.until else T("", "")
    text = T(
        f"「{act.label.ja}」は{since.ja}{until.ja}の規定による",
        f"{act.label.en!r} exists {' '.join(t for t in (since.en, until.en) if t)} only",
    )
    return Reason(text, act.basis, code="version")


def outside_calendar(entry: Entry) -> tuple[Reason, ...]:
    """A day on which no act of this law can lie is a slip of the pen."""
    if in_calendar(entry.on):
        return ()
    text = T(
        f"行為の日 {entry.on} は {EARLIEST} から {LATEST} までにない",
        f"the day {entry.on} does not lie between {EARLIEST} and {LATEST}",
    )
    return (Reason(text, field="on", code="field"),)


def of_another_day(entry: Entry) -> tuple[Reason, ...]:
    """The instant of an act lies on its day, the day in Japan: what is filed at 15:00 UTC is filed on the morrow."""
    if entry.at is None or (here := jst_date(entry.at)) == entry.on:
        return ()
    text = T(
        f"時刻 {entry.at.isoformat()} は日本では {here} で、行為の日 {entry.on} でない",
        f"the instant {entry.at.isoformat()} lies on {here} in Japan, not on the day of the act, {entry.on}",
    )
    return (Reason(text, field="at", code="field"),)


def which_run(of: ActOf, entry: Entry) -> tuple[Reason, ...]:
    """A run where the procedure has none, a name that is missing, or one that cannot be a key."""
    if of.procedure.named and not entry.run:
        text = T(
            f"「{of.procedure.label.ja}」は一つごとに run の名が要る（例 c1）",
            f"each {of.procedure.label.en!r} has a run of its own: name it (for example c1)",
        )
        return (Reason(text, of.act.basis, "run", "run"),)
    if entry.run and not of.procedure.per:
        text = T(
            f"「{of.procedure.label.ja}」は一件に一つで、run は書かない",
            f"{of.procedure.label.en!r} runs once a case; leave out the run {entry.run!r}",
        )
        return (Reason(text, of.act.basis, "run", "run"),)
    if entry.run and not RUN.fullmatch(entry.run):
        text = T("run は英数字と _ . : - で書く", "a run is named with letters, digits and _ . : -")
        return (Reason(text, of.act.basis, "run", "run"),)
    return ()


def role_reason(act: Act) -> Reason:
    ja, en = "・".join(r.label.ja for r in act.roles), " or ".join(r.label.en for r in act.roles)
    return Reason(T(f"「{act.label.ja}」をする者は{ja}", f"{act.label.en!r} is for {en}"), act.basis, code="role")


def own_run_reason(act: Act, run: str) -> Reason:
    text = T(f"「{act.label.ja}」は{run}自身がする", f"{act.label.en!r} is for {run} itself")
    return Reason(text, act.basis, code="role")


def wrong_actor(of: ActOf, entry: Entry) -> tuple[Reason, ...]:
    """A role that may not do the act, or a party that the run does not name."""
    role = next((r for r in of.act.roles if r.id == entry.by), None)
    if entry.by and role is None:
        return (role_reason(of.act),)
    if role and of.procedure.is_run_of(role) and entry.party and entry.run and entry.party != entry.run.split(":")[0]:
        return (own_run_reason(of.act, entry.run.split(":")[0]),)
    return ()


def received_before_issued(of: ActOf, issued: date, received: date | None) -> tuple[Reason, ...]:
    if received is None or received >= issued:
        return ()
    text = T("到達日が発した日より前である", "the day of receipt lies before the day of issue")
    return (Reason(text, of.act.basis, "received_on", "field"),)


def not_yet_received(of: ActOf) -> Reason:
    """The act stands without its day of receipt, on which the law lets (some of) its effects begin."""
    text = T("「{act}」の到達日がないため、到達によって生ずる効果はまだ生じていない。到達日が分かったら"
             "「到達日を記録する」（deliver）で加える",
             "{act!r} has no day of receipt: what the law ties to receipt has not taken effect. Once the day is known, "
             "record the receipt (deliver)")  # fmt: skip
    return Reason(text.fill(act=of.act.label), of.act.basis, "received_on", "receipt")


def ban_reason(ban: Ban, view: View) -> Reason:
    """The act is forbidden: by which ban, and what punishes it."""
    text = T(f"「{ban.label.ja}」は禁止されている{_punished(ban.penalty, view.on).ja}",
             f"forbidden: {ban.label.en}{_punished(ban.penalty, view.on).en}")  # fmt: skip
    return Reason(text, ban.basis, code="ban", question=ban.question)


def offence(act: Act, view: View) -> Reason:
    text = T(f"「{act.label.ja}」は違反行為である{_punished(act.penalty or '', view.on).ja}",
             f"{act.label.en!r} is an offence{_punished(act.penalty or '', view.on).en}")  # fmt: skip
    return Reason(text, act.basis, code="ban")


def _punished(penalty: str | NoPenalty, on: date) -> Text:
    said = sanction(penalty, on)
    return T(f"（{said.ja}）", f" ({said.en})")


def sanction(penalty: str | NoPenalty, on: date) -> Text:
    """What follows a breach on a day: the penalty in the words of that day, or why there is none."""
    if isinstance(penalty, NoPenalty):
        return T(f"罰則なし：{penalty.why.ja}", f"no penalty: {penalty.why.en}")
    found = row(penalty)
    too = _COMPANY_TOO if found.corporate and on >= found.in_force_from else T("", "")
    return T(f"{found.sanction(on).ja}・{found.provision.ja}{too.ja}",
             f"{found.sanction(on).en}, {found.provision.en}{too.en}")  # fmt: skip
