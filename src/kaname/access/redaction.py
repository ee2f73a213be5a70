"""What is sealed, taken out of what people see: standings, entries, reasons. Rules still work on the rest.

The kernel reads sealed values, for conditions ask for them; pages and programs get this instead, whoever asks. A value
itself is read by `reveal`, which writes down that it was read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from kaname.law import T, Text
from kaname.ledger.kinds import sealed_fields
from kaname.procedure import Accepted, Entry, Reason, Refused, Standing
from kaname.procedure.check.probe import ask
from kaname.procedure.check.problem import elements
from kaname.procedure.declare import CaseKind, DayRule, Procedure
from kaname.procedure.index import index
from kaname.procedure.kernel_acts import CORRECT
from kaname.procedure.view import View

_SHORTEST = 2  # a single letter stands in any text by chance


class Sealed(str):
    """What stands where a value is sealed: a text that says so, wherever it is shown."""

    text = T("封緘", "sealed")


SEALED = Sealed("封緘 / sealed")


class Secrets(NamedTuple):
    """What must not be seen of a case: every text of its sealed values, what is said of the fields by these names; and
    what is open already, names of runs."""

    texts: tuple[str, ...]
    open: frozenset[str]
    fields: frozenset[str]


def secrets(kind: CaseKind, entries: Iterable[Entry], standing: Standing) -> Secrets:
    """The sealed texts of a case, longest first, so that none is left as a part of another."""
    runs = frozenset(track.run for track in standing.tracks.values())
    runs |= {part for run in runs for part in run.split(":")}
    hidden = {t for entry in entries for _, v in _sealed(kind, entry) for t in texts(v)} - runs
    return Secrets(
        tuple(sorted((t for t in hidden if len(t) >= _SHORTEST), key=len, reverse=True)), runs, sealed_fields(kind)
    )


def redacted(standing: Standing, hidden: Secrets) -> Standing:
    """A standing without what is sealed or worked out of it. It can be shown, carried on in time, judged upon."""
    names = sealed_facts(standing.kind)
    facts = {k: _veiled(v, hidden.open) if _name(k) in names else v for k, v in standing.facts.items()}
    waiting = tuple((day, redacted_entry(standing.kind, e, hidden.open)) for day, e in standing.waiting)
    notes = tuple(n._replace(reasons=without(n.reasons, hidden)) for n in standing.notes)
    return replace(standing, facts=facts, waiting=waiting, notes=notes)


def redacted_entry(kind: CaseKind, entry: Entry, open: frozenset[str]) -> Entry:
    """An entry with SEALED for each sealed value; rows keep their number and the names of runs, which are open."""
    found = dict(_sealed(kind, entry))
    if not found:
        return entry
    data = {k: _veiled(v, open) if k in found else v for k, v in entry.data.items()}
    patch = data.get("data")
    if entry.act == CORRECT and isinstance(patch, Mapping):
        data["data"] = {k: _veiled(v, open) if f"data.{k}" in found else v for k, v in patch.items()}
    return replace(entry, data=data)


def without(reasons: Iterable[Reason], hidden: Secrets) -> tuple[Reason, ...]:
    """Reasons in which no sealed text stands. One that quotes a sealed field may quote it cut short: it says less."""
    return tuple(
        replace(r, text=_UNFIT if r.code == "field" and r.field in hidden.fields else _struck(r.text, hidden))
        for r in reasons
    )


def struck(lines: Iterable[str], hidden: Secrets) -> list[str]:
    """Lines in which no sealed text stands."""
    return [_struck(T(line, line), hidden).en for line in lines]


def answered(answer: Accepted | Refused, asked: Entry, hidden: Secrets) -> Accepted | Refused:
    """An answer of the kernel for one who asked: what they typed themselves stays, what the case added is taken out."""
    typed = {t for v in asked.data.values() for t in texts(v)}
    rest = hidden._replace(
        texts=tuple(t for t in hidden.texts if t not in typed), fields=hidden.fields - set(asked.data)
    )
    if isinstance(answer, Refused):
        return replace(answer, reasons=without(answer.reasons, rest))
    kind = answer.standing.kind
    veiled = redacted_entry(kind, answer.entry, hidden.open).data
    data = {k: v if k in asked.data else veiled[k] for k, v in answer.entry.data.items()}
    return Accepted(replace(answer.entry, data=data), redacted(answer.standing, hidden), without(answer.warnings, rest))


def holds_marker(value: Any) -> bool:
    """Whether SEALED stands in what a door was handed: a form filled from a page would write it into the ledger."""
    return SEALED in set(texts(value))


# -- what is sealed --------------------------------------------------------------------------------------------------


def _sealed(kind: CaseKind, entry: Entry) -> Iterator[tuple[str, Any]]:
    """The sealed values of an entry, in a correction `data.<field>`."""
    names = sealed_fields(kind)
    for name, value in entry.data.items():
        if name in names:
            yield name, value
        elif name == "data" and entry.act == CORRECT and isinstance(value, Mapping):
            yield from ((f"data.{k}", v) for k, v in value.items() if k in names)


@cache
def sealed_facts(kind: CaseKind) -> frozenset[str]:
    """The particulars (`procedure.name`) that are sealed fields, or are worked out of sealed fields or particulars."""
    found: set[str] = set()
    while True:
        more = {name for name, reads in _kept(kind) if reads(found)} - found
        if not more:
            return frozenset(found)
        found |= more


def _kept(kind: CaseKind) -> Iterator[tuple[str, Callable[[set[str]], bool]]]:
    """Every particular of the kind, and whether it reads what is sealed, the sealed particulars being known so far."""
    for procedure in kind.procedures:
        for element in elements(procedure):
            for kept in element.keeps:
                of = index(kind).acts.get(f"{procedure.id}.{element.id}")
                fields = of.fields if of else {}
                yield f"{procedure.id}.{kept.id}", _reader(kind, procedure, kept.id, kept.value, fields)


def _reader(
    kind: CaseKind, procedure: Procedure, id: str, value: Any, fields: Mapping[str, Any]
) -> Callable[[set[str]], bool]:
    names = sealed_fields(kind)
    if value is None:
        return lambda _: id in names
    reads = ask(index(kind), procedure, _question(value), fields)
    return lambda found: not names.isdisjoint(reads.fields) or not found.isdisjoint(reads.facts)


def _question(value: Any) -> Callable[[View], Any]:
    return value.day if isinstance(value, DayRule) else value


def _name(key: str) -> str:
    """`procedure.name` of a particular's key, which may have a run: `procedure/run.name`."""
    procedure, _, rest = key.partition("/")
    return f"{procedure}.{rest.rpartition('.')[2]}" if rest else key


# -- values ----------------------------------------------------------------------------------------------------------


def texts(value: Any) -> Iterator[str]:
    """Every text in a value, numbers and days as they would be written."""
    if isinstance(value, Mapping):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from texts(item)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _veiled(value: Any, open: frozenset[str]) -> Any:
    if isinstance(value, Mapping):
        return {k: _veiled(v, open) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_veiled(v, open) for v in value)
    return value if value is None or value in open else SEALED


_UNFIT = T("封緘された値が、その項目に合わない", "a sealed value does not fit its field")


def _struck(text: Text, hidden: Secrets) -> Text:
    ja, en = text.ja, text.en
    for secret in hidden.texts:
        ja, en = ja.replace(secret, SEALED), en.replace(secret, SEALED)
    return T(ja, en)


def marker_refused() -> Refused:
    """The refusal of a form in which the mark of a sealed value was left."""
    said: Text = T(
        "封緘された値の印が入っている。値を開いてから書くか、項目を空けておくこと",
        "it holds the mark of a sealed value; reveal the value and write it, or leave the field out",
    )
    return Refused((Reason(said, code="sealed"),))
