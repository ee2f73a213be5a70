"""What an act would do: what changes, or every reason against it with what would mend it. Nothing is written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kaname.law import T, Text
from kaname.procedure import Accepted, Entry, Reason, Refused, Standing, may
from kaname.procedure.changes import Change, changes
from kaname.procedure.index import index
from kaname.procedure.mend import mends
from kaname.procedure.show import May

ORDER = ("state", "clock", "ban", "duty")


@dataclass(frozen=True, slots=True)
class Why:
    """A reason with the acts that would take it away, and whether it is about a field of the form."""

    reason: Reason
    acts: list[May]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """The answer to an act being filled in. `blank`: only fields are missing, nothing else stands against it."""

    accepted: bool
    changes: list[Change]
    warnings: tuple[Reason, ...]
    whys: list[Why]
    may_have_happened: bool = False

    @property
    def blank(self) -> bool:
        return not self.accepted and all(w.reason.code == "needs" for w in self.whys)

    @property
    def line(self) -> Text:
        """The effect in one line, for narrow pages and for readers of screens."""
        if self.accepted:
            n = len(self.changes)
            return T(
                f"できます。{n}点が変わります。",
                f"This can be done. {n} {'thing changes' if n == 1 else 'things change'}.",
            )
        n = len(self.whys)
        if self.blank:
            return T(
                f"あと{n}項目を記入してください。",
                f"{n} {'field is' if n == 1 else 'fields are'} still to be filled in.",
            )
        return T(
            f"まだできません。理由が{n}点あります。", f"Not yet: {n} {'reason' if n == 1 else 'reasons'} against it."
        )


def effect(before: Callable[[Accepted], Standing], answer: Accepted | Refused, standing: Standing, entry: Entry,
           fields: Iterable[str]) -> Effect:  # fmt: skip
    """The effect of an entry. `before(accepted)`: the standing without it on the same day; `standing`: as it is now."""
    if isinstance(answer, Accepted):
        return Effect(True, sorted_changes(changes(before(answer), answer.standing)), answer.warnings, [])
    of = index(standing.kind).acts.get(entry.act)
    deed = bool(of and of.act.deed and all(r.code == "ban" for r in answer.reasons))
    return Effect(False, [], (), whys(standing, entry, answer.reasons, fields), deed)


def sorted_changes(found: Sequence[Change]) -> list[Change]:
    return sorted(found, key=lambda c: ORDER.index(c.sort))


def whys(standing: Standing, entry: Entry, reasons: Sequence[Reason], fields: Iterable[str]) -> list[Why]:
    """Each reason with its help. Reasons about what is only missing come last: they are no obstacle."""
    if entry.act not in index(standing.kind).acts:
        return [Why(r, [], r.field) for r in reasons]
    helped = mends(standing, entry, reasons, may(standing, max(entry.on, standing.as_of)))
    known = set(fields)
    found = [Why(r, helped.get(r, []), r.field if r.field in known else "") for r in reasons]
    return sorted(found, key=lambda w: w.reason.code == "needs")
