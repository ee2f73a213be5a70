"""A field of an act as a form shows it, for every declared type; and JSON values as a person would type them.

Names in the HTML: the field's id; for a part of a row `id.0.column`; an instant has `id.day` and `id.time`; a document
has the name under `id` and a file under `id.file`. `kaname.web.read.read_form` reads exactly these names back.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kaname.days import DayError
from kaname.law import Bases, Text
from kaname.procedure.declare import Field, FieldType
from kaname.procedure.helps import help_of
from kaname.web.attached import document_id
from kaname.web.parts import dates
from kaname.web.read import parse_day

Typed = Mapping[str, Sequence[str]]
_WIDGETS = {
    FieldType.TEXT: "text", FieldType.FLAG: "flag", FieldType.DAY: "day", FieldType.INSTANT: "instant",
    FieldType.INTEGER: "number", FieldType.YEN: "number", FieldType.PERCENT: "number", FieldType.PARTY: "combo",
    FieldType.PERSON: "combo", FieldType.DOCUMENT: "document", FieldType.IPC: "ipc", FieldType.ROWS: "rows",
}  # fmt: skip
_UNIT = {FieldType.YEN: Text("円", "yen"), FieldType.PERCENT: Text("％", "%")}
_SPARE = 2  # empty rows offered where no script can add one
_SELECT_FROM = 8  # options from which one choice becomes a select


@dataclass(frozen=True)
class FieldView:
    """One field, ready to be drawn by {% field view %}. `required` None: not said (no word is shown)."""

    name: str
    label: Text
    widget: str
    required: bool | None = None
    help: Text | None = None
    basis: Bases = ()
    values: tuple[str, ...] = ()
    error: Text | None = None
    options: tuple[tuple[str, Text, Bases], ...] = ()
    known: tuple[str, ...] = ()
    rows: "tuple[tuple[FieldView, ...], ...]" = ()
    mould: "tuple[FieldView, ...]" = ()
    unit: Text | None = None
    finding: bool = False
    sealed: bool = False
    long: bool = False
    times: tuple[str, ...] = field(default=())  # the time of an instant
    called: Mapping[str, Text] = field(default_factory=dict)  # names of files, by the ids of their documents
    links: tuple[str, ...] = ()  # where the files are opened, where a room of its own hands them out

    @property
    def id(self) -> str:
        return "f-" + self.name.replace(".", "-")

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def files(self) -> tuple[str, ...]:
        """The ids of the documents that the value refers to."""
        return tuple(id for line in self.value.splitlines() if (id := document_id(line.strip())))

    @property
    def attached(self) -> list[tuple[str, Text]]:
        """The files with what they are called; numbered where this person is not told."""
        return [(id, self.called.get(id) or Text(f"添えたファイル{n}", f"attached file {n}"))
                for n, id in enumerate(self.files, 1)]  # fmt: skip

    @property
    def described_by(self) -> str:
        """Ids of what stands under or over the field, for readers of screens."""
        parts = [
            (self.error, "error"),
            (self.help or self.basis or self.sealed, "hint"),
            (self.widget == "day", "echo"),
        ]
        return " ".join(f"{self.id}-{part}" for has, part in parts if has)

    @property
    def echo(self) -> Text | None:
        """How a day was read, where it can be read."""
        try:
            return dates.read_back(parse_day(self.value)) if self.widget == "day" and self.value else None
        except DayError:
            return None


def field_view(
    field: Field, typed: Typed | None = None, *, errors: Mapping[str, Text] | None = None, required: bool | None = None,
    on: date | None = None, known: Collection[str] = (), prefix: str = "", long: bool = False,
) -> FieldView:  # fmt: skip
    """A declared field with what was typed so far.

    `required`: whether it must be filled in now (a declaration may make it depend); `on`: the day by which options are
    offered; `known`: what a party or person field proposes; `long`: several lines of text.
    """
    typed, errors = typed or {}, errors or {}
    name = prefix + field.id
    if required is None and isinstance(field.required, bool):
        required = field.required
    view = FieldView(
        name=name, label=field.label, widget=_widget(field, on), required=required, help=help_of(field),
        basis=field.basis,
        values=tuple(typed.get(name, ())), error=errors.get(name), unit=_UNIT.get(field.type), finding=field.finding,
        sealed=field.sealed, options=_options(field, on), known=tuple(known), long=long,
    )  # fmt: skip
    if view.widget == "instant":
        return replace(view, values=tuple(typed.get(f"{name}.day", ())), times=tuple(typed.get(f"{name}.time", ())))
    if view.widget == "rows":
        return _with_rows(view, field, typed, errors, on)
    return view


def _widget(field: Field, on: date | None) -> str:
    if field.type is FieldType.CHOICE:
        return "checks" if field.several else "select" if len(_options(field, on)) >= _SELECT_FROM else "radios"
    if field.several and field.type is FieldType.DOCUMENT:
        return "documents"
    if field.several and field.type is not FieldType.IPC:
        return "lines"
    return _WIDGETS[field.type]


def _options(field: Field, on: date | None) -> tuple[tuple[str, Text, Bases], ...]:
    live = (o for o in field.options if not on or ((not o.since or o.since <= on) and (not o.until or on <= o.until)))
    return tuple((o.id, o.label, o.basis) for o in live)


def _with_rows(view: FieldView, field: Field, typed: Typed, errors: Mapping[str, Text], on: date | None) -> FieldView:
    filled = row_numbers(view.name, typed)
    numbers = [*filled, *range(max(filled, default=-1) + 1, max(filled, default=-1) + 1 + _SPARE)]
    row = {n: tuple(field_view(c, typed, errors=errors, on=on, prefix=f"{view.name}.{n}.") for c in field.columns)
           for n in (*numbers, "__n__")}  # fmt: skip
    return replace(view, rows=tuple(row[n] for n in numbers), mould=row["__n__"])


def row_numbers(name: str, typed: Typed) -> list[int]:
    """The numbers of the rows in which something was typed."""
    found = set()
    for key, values in typed.items():
        head, _, rest = key.removeprefix(f"{name}.").partition(".")
        if key.startswith(f"{name}.") and rest and head.isdecimal() and any(v.strip() for v in values):
            found.add(int(head))
    return sorted(found)
