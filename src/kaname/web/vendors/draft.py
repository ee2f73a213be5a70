"""A passport's draft as the forms of its tasks hold it, and back. What cannot be read goes back as it was typed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kaname.days import DayError
from kaname.files.problems import Problem
from kaname.law import T, Text
from kaname.procedure.declare import Field, FieldType
from kaname.regimes.infrastructure.filing.finding import Finding
from kaname.web.parts.fields import row_numbers
from kaname.web.read import parse_day
from kaname.web.vendors.tasks import SOME, Task

Typed = Mapping[str, Sequence[str]]
_PLACE = re.compile(r"(?P<part>[a-z_]+)(?:\[(?P<row>\d+)\])?(?:\.(?P<column>[a-z_]+))?")


# -- into the form ------------------------------------------------------------------------------------------------


def typed_of(task: Task, data: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the draft says of the task, by the names of its form."""
    typed = {field.id: [_shown(field, data.get(field.id))] for field in task.fields}
    lines = data.get(task.part)
    if isinstance(lines, list | tuple):
        typed[SOME] = ["some" if lines else "none"]
        for n, line in enumerate(line for line in lines if isinstance(line, Mapping)):
            typed |= {f"{task.part}.{n}.{c.id}": [_shown(c, line.get(c.id))] for c in task.rows}
    return typed


def _shown(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or (field.type is FieldType.INTEGER and value == 0):
        return ""
    return str(value)


# -- out of the form ------------------------------------------------------------------------------------------------


def data_of(task: Task, typed: Typed, data: Mapping[str, Any]) -> dict[str, Any]:
    """The draft with what was typed into the form of one task in the place of what it said before."""
    found = {name: value for name, value in data.items() if name not in task.names}
    for field in task.fields:
        if (value := _kept(field, _one(typed, field.id))) != "":
            found[field.id] = value
    if task.part:
        numbers = row_numbers(task.part, typed)
        lines = [_line(task, typed, n) for n in numbers]
        if task.none is not None and not lines:
            if _one(typed, SOME) == "none":
                found[task.part] = []
        elif lines:
            found[task.part] = lines
    return found


def _line(task: Task, typed: Typed, number: int) -> dict[str, Any]:
    said = {c.id: _kept(c, _one(typed, f"{task.part}.{number}.{c.id}")) for c in task.rows}
    return {name: value for name, value in said.items() if value != ""}


def _kept(field: Field, text: str) -> Any:
    """A value as the record has it: days in their usual form where they can be read, all else as it was typed."""
    if field.type is FieldType.DAY and text:
        try:
            return parse_day(text).isoformat()
        except DayError:
            return text
    if field.id == "individual":
        return {"yes": True, "no": False}.get(text, "")
    return int(text) if field.type is FieldType.INTEGER and text.isascii() and text.isdecimal() else text


def _one(typed: Typed, name: str) -> str:
    values = typed.get(name, ())
    return values[0].strip().replace("\0", "")[:2_000] if values else ""


# -- what is wrong ------------------------------------------------------------------------------------------------


def unread(task: Task, problems: Iterable[Problem]) -> dict[str, Text]:
    """What of the task cannot be read, by the names of its form."""
    found = {_name(task, p.field): _sentence(p.text) for p in problems if _part(p.field) in task.names}
    return {name: _named(task, name, text) for name, text in found.items()}


def lacking(task: Task, findings: Iterable[Finding]) -> dict[str, Text]:
    """What the task lacks, by the names of its form; several in one place are said one after the other."""
    told: dict[str, list[Text]] = {}
    for f in findings:
        told.setdefault(_name(task, _of(f)), []).append(_sentence(f.text))
    joined = {name: T("".join(t.ja for t in ts), " ".join(t.en for t in ts)) for name, ts in told.items()}
    return {name: _named(task, name, text) for name, text in joined.items()}


def _named(task: Task, name: str, text: Text) -> Text:
    """What is wrong, with the field that it is about: the summary stands far from it."""
    of, _, rest = name.partition(".")
    row, _, column = rest.partition(".")
    fields = task.rows if rest else task.form
    label = next((f.label for f in fields if f.id == (column or of)), None)
    if label is None or of == SOME or (of == task.part and not rest):
        return text
    line = T(f"{int(row) + 1} 行目の", f"line {int(row) + 1}, ") if rest else T("", "")
    return T(f"{line.ja}{label.ja}：{text.ja}", f"{line.en}{label.en}: {text.en}")


def _of(finding: Finding) -> str:
    """The place within the vendor's own disclosure."""
    return finding.place.removeprefix(f"parties[{finding.party}]").lstrip(".")


def _part(place: str) -> str:
    found = _PLACE.match(place)
    return found["part"] if found else ""


def _name(task: Task, place: str) -> str:
    found = _PLACE.fullmatch(place)
    if found is None or found["part"] not in task.names:
        return task.part
    if found["part"] != task.part:
        return found["part"]
    if found["row"] is None:
        return SOME if task.none is not None else task.part
    column = found["column"] or (task.rows[0].id if task.rows else "")
    return f"{task.part}.{int(found['row']) - 1}.{column}"


def _sentence(text: Text) -> Text:
    return T(f"{text.ja.replace('；', '。')}。".replace("。。", "。"), f"{text.en[:1].upper()}{text.en[1:]}.")
