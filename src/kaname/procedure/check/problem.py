"""What `check` answers: one problem of a declaration, and the walk over all its parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from typing import Any

from kaname.law import Practice, Provision, T, Text
from kaname.law.provision import Shared
from kaname.procedure.declare import Act, CaseKind, Consequence, Extend, Procedure, Shorten


@dataclass(frozen=True)
class Problem:
    """What is wrong and where: `code` for tests and tools, `where` as `procedure.element.part`, `text` for people."""

    code: str
    where: str
    text: Text

    def __str__(self) -> str:
        return f"{self.where}: {self.text.en} [{self.code}]"


def problem(code: str, where: str, ja: str, en: str) -> Problem:
    return Problem(code, where, T(ja, en))


def unknown(code: str, where: str, what: Text, name: str, known: Mapping[str, Any] | frozenset[str]) -> Problem:
    """A name that nothing bears, with the nearest one that something does."""
    near = get_close_matches(name, sorted(known), n=1)
    hint = T(f"（{near[0]} か）", f"; did you mean {near[0]!r}?") if near else T("", "")
    return problem(code, where, f"{what.ja}「{name}」はない{hint.ja}", f"there is no {what.en} {name!r}{hint.en}")


def elements(p: Procedure) -> tuple[Act | Consequence, ...]:
    """What can move a procedure: its acts, then what the law does."""
    return (*p.acts, *p.consequences)


def changes(act: Act) -> tuple[Extend | Shorten, ...]:
    """How an act sets the ends of clocks."""
    return (*act.extends, *act.shortens)


def parts(kind: CaseKind) -> Iterator[tuple[str, Any]]:
    """Every part of a kind with the path to it, each object once: procedures, acts, fields, conditions, texts ..."""
    seen: set[int] = set()
    for p in kind.procedures:
        yield from _inside(p, p.id, seen)
    yield "label", kind.label
    yield from _inside(kind.notes, "notes", seen)


def _inside(thing: Any, where: str, seen: set[int]) -> Iterator[tuple[str, Any]]:
    if isinstance(thing, Mapping):
        for key, value in thing.items():
            yield from _inside(value, f"{where}.{key}", seen)
    elif isinstance(thing, tuple):
        for value in thing:
            yield from _inside(value, f"{where}.{value.id}" if _has_id(value) else where, seen)
    elif is_dataclass(thing) and not isinstance(thing, Provision | Shared) and id(thing) not in seen:
        seen.add(id(thing))
        yield where, thing
        if isinstance(thing, Text | Practice):
            return
        for f in fields(thing):
            value = getattr(thing, f.name)
            yield from _inside(value, f"{where}.{value.id if _has_id(value) else f.name}", seen)


def _has_id(thing: Any) -> bool:
    return isinstance(getattr(thing, "id", None), str)
