"""What would mend a refusal: the acts that are possible now and after which a reason would no longer stand.

Found by trying, not by rule: each act that fits the standing is applied, and the refused act judged again. An act that
ends what the refused one belongs to opens no way to it: with a plan given up its bans go, and so does the introduction.
"""

from collections.abc import Iterable, Mapping

from kaname.days import DayError
from kaname.procedure.decide import Refused, decide
from kaname.procedure.fold import at, step
from kaname.procedure.index import ActOf, index
from kaname.procedure.show import May
from kaname.procedure.standing import Entry, Reason, Standing

BY_ACTS = ("state", "condition", "ban", "clock", "run")  # codes of reasons that an act can take away


def mends(
    standing: Standing, refused: Entry, reasons: Iterable[Reason], possible: Iterable[May]
) -> Mapping[Reason, list[May]]:
    """For each reason the acts that would take it away. `possible`: what may be done now (`show.may`)."""
    found: dict[Reason, list[May]] = {r: [] for r in reasons if r.code in BY_ACTS}
    if not found:
        return {}
    now = at(standing.kind, standing, max(refused.on, standing.as_of))
    for m in possible:
        if not m.ready or m.of.act.deed or m.of.name == refused.act:
            continue
        left = _left(now, refused, m.of, m.run)
        for reason, acts in found.items():
            if left is not None and reason not in left:
                acts.append(m)
    return {r: acts for r, acts in found.items() if acts}


def _left(now: Standing, refused: Entry, of: ActOf, run: str) -> tuple[Reason, ...] | None:
    """The reasons that would still stand after an act; None where it cannot be applied."""
    by = of.act.roles[0].id if len(of.act.roles) == 1 else ""
    try:
        after = step(now.kind, now, Entry(of.name, now.as_of, {}, run, by, seq=now.seq + 1))
        answer = decide(after, refused) if after else None
    except (DayError, OverflowError):
        return None
    if after is None or (isinstance(answer, Refused) and _given_up(after, refused)):
        return None
    return answer.reasons if isinstance(answer, Refused) else ()


def _given_up(after: Standing, refused: Entry) -> bool:
    procedure = index(after.kind).acts[refused.act].procedure
    state = after.state(procedure.id, refused.run if procedure.per else "")
    return bool(state) and procedure.is_end(state)
