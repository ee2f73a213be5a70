"""What an act asks for (記載事項), takes from other cases and keeps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kaname.law import Bases, Text
from kaname.procedure.declare.days import DayRule
from kaname.procedure.declare.questions import AnyCondition

if TYPE_CHECKING:
    from kaname.procedure.standing import Standing
    from kaname.procedure.view import View


class FieldType(StrEnum):
    TEXT = "text"
    FLAG = "flag"  # true or false; left out = 未記入 (not filled in)
    DAY = "day"
    INSTANT = "instant"
    INTEGER = "integer"
    YEN = "yen"
    PERCENT = "percent"  # exact decimal, written as text or number
    PARTY = "party"
    PERSON = "person"
    DOCUMENT = "document"
    IPC = "ipc"  # list of classification symbols
    CHOICE = "choice"
    ROWS = "rows"


@dataclass(frozen=True)
class Option:
    """One option of a choice, with its provision and the days between which it can be chosen."""

    id: str
    label: Text
    basis: Bases = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Field:
    """What an act asks for. `required` may be a condition (required-if). `proposes` works a value out of the case: a
    different value given needs a reason, under `reason_for_<id>` in the same data. `columns` describe the rows.
    `oneself`: nobody types it, the door writes down of the person who acts what it names (`access.oneself`).
    """

    id: str
    label: Text
    type: FieldType
    basis: Bases = ()
    required: "bool | AnyCondition" = False
    options: tuple[Option, ...] = ()
    columns: "tuple[Field, ...]" = ()
    several: bool = False
    sealed: bool = False
    finding: bool = False  # a judgement the law leaves to the officer: recorded, never computed
    help: Text | None = None
    proposes: Callable[["View"], Any] | None = None
    long: bool = False  # comes in paragraphs
    oneself: str = ""  # "id" | "name" | "absent", "absent_id": in whose place
    form: Text | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Worked:
    """A worked value with its steps, as `Field.proposes` may answer: each line says what was done and by which rule."""

    value: Any
    steps: tuple[Text, ...]


@dataclass(frozen=True)
class Take:
    """What an act takes from another case. Read by `decide` from the other standing, copied into the entry."""

    id: str
    label: Text
    kind: str
    read: Callable[["Standing"], Mapping[str, Any]]


@dataclass(frozen=True)
class Keep:
    """A particular (記載事項): a value that later rules read. Without `value`, the field of the same name."""

    id: str
    value: "DayRule | Callable[[View], Any] | None" = None


def keep(id: str, value: "DayRule | Callable[[View], Any] | None" = None) -> Keep:
    return Keep(id, value)
