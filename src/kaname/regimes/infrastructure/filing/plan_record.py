"""A plan in preparation as plain data (JSON) and back. Vendors' disclosures lie with the vendors: only those that the
operator has entered itself are part of it."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from kaname.files.problems import Problem
from kaname.law import T
from kaname.regimes.infrastructure.filing import record
from kaname.regimes.infrastructure.filing.content import (
    Answer,
    Component,
    Entrustment,
    Facility,
    Omission,
    Party,
    Plan,
    Sort,
)

MOST = 200_000  # lines of a list
_TEXTS = ("operator", "content")
_LISTS: Mapping[str, type[Any]] = {"components": Component, "entrustments": Entrustment}
_READ = {"starts": record.day, "ends": record.day}


def plain(plan: Plan) -> dict[str, Any]:
    """The plan as plain data. Disclosures that came with a passport are left out."""
    found: dict[str, Any] = {
        "sort": plan.sort.value, "operator": plan.operator, "content": plan.content,
        "starts": plan.starts and plan.starts.isoformat(), "ends": plan.ends and plan.ends.isoformat(),
        "facility": asdict(plan.facility), "components": [_thin(asdict(c)) for c in plan.components],
        "entrustments": [_thin(asdict(e)) for e in plan.entrustments],
        "measures": {id: asdict(answer) for id, answer in plan.measures.items()},
        "parties": {
            key: record.plain(party.disclosure) for key, party in plan.parties.items()
            if party.disclosure is not None and not party.passport
        },
    }  # fmt: skip
    return _thin(found)


def _thin(values: dict[str, Any]) -> dict[str, Any]:
    return {n: v.isoformat() if n in _READ and v and not isinstance(v, str) else v
            for n, v in values.items() if v not in (None, "")}  # fmt: skip


def read(data: Any) -> tuple[Plan, list[Problem]]:
    """The plan that plain data says, and everything in it that could not be read, by its path."""
    problems: list[Problem] = []
    if not isinstance(data, Mapping) or data.get("sort") not in list(Sort):
        return Plan(Sort.INTRODUCTION), [
            Problem("", 0, "sort", T("introduction か maintenance を", "expected introduction or maintenance"))
        ]
    values: dict[str, Any] = {name: _value(name, name, data[name], problems) for name in _TEXTS if name in data}
    values |= {name: _value(name, name, data[name], problems) for name in _READ if name in data}
    values = {name: value for name, value in values.items() if value is not None}
    for name, of in _LISTS.items():
        lines = data.get(name, ())
        if not isinstance(lines, (list, tuple)) or len(lines) > MOST:
            problems.append(Problem("", 0, name, T(f"{MOST:,} 行までの並びを", f"expected at most {MOST:,} lines")))
            lines = ()
        values[name] = tuple(_line(of, f"{name}[{i}]", line, problems) for i, line in enumerate(lines, 1))
    values["facility"] = _line(Facility, "facility", data.get("facility", {}), problems)
    values["measures"] = {str(id): _line(Answer, f"measures[{id}]", answer, problems)
                          for id, answer in _object("measures", data, problems).items()}  # fmt: skip
    values["parties"] = {str(key): _party(str(key), said, problems)
                         for key, said in _object("parties", data, problems).items()}  # fmt: skip
    known = {"sort", *_TEXTS, *_READ, *values}
    problems += [Problem("", 0, str(name), record.NO_FIELD) for name in data if name not in known]
    return Plan(Sort(data["sort"]), **values), problems


def _object(name: str, data: Mapping[str, Any], problems: list[Problem]) -> Mapping[Any, Any]:
    found = data.get(name, {})
    if isinstance(found, Mapping) and len(found) <= MOST:
        return found
    problems.append(Problem("", 0, name, T("オブジェクトを", "expected an object")))
    return {}


def _party(key: str, said: Any, problems: list[Problem]) -> Party:
    disclosure, found = record.read(said)
    problems += [Problem("", 0, f"parties[{key}].{p.field}", p.text) for p in found]
    return Party(key, disclosure)


def _line(of: type[Any], path: str, line: Any, problems: list[Problem]) -> Any:
    required = {"name": ""} if of is Component else {"id": "", "party": ""} if of is Entrustment else {}
    required |= {"status": ""} if of is Answer else {}
    if not isinstance(line, Mapping):
        problems.append(Problem("", 0, path, T("オブジェクトを", "expected an object")))
        return of(**required)
    known = {f.name for f in fields(of)}
    problems += [Problem("", 0, f"{path}.{name}", record.NO_FIELD) for name in line if name not in known]
    values = {n: _value(f"{path}.{n}", n, line[n], problems) for n in known & set(line)}
    return of(**required | {n: v for n, v in values.items() if v is not None})


def _value(path: str, name: str, value: Any, problems: list[Problem]) -> Any:
    if value is None:
        return None
    try:
        if name == "omission":
            told = value if isinstance(value, Mapping) else {}
            return Omission(*(told.get(f.name) is True for f in fields(Omission)))
        return _READ.get(name, record.a_text)(value)
    except record.Unreadable as wrong:
        problems.append(Problem("", 0, path, wrong.text))
        return None
