"""The stories of the demonstration, read from `stories.txt`, and the acts of one told with its first day given."""

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from kaname.procedure import Entry

_TITLE = re.compile(r"= (?P<title>.*): (?P<kind>\S+)")
_STEP = re.compile(
    r"(?P<day>\d+) (?P<act>\S+)(?: run (?P<run>\S+))?(?: as (?P<by>\S+))?(?P<happened> happened)?"
    r"(?: \$(?P<sort>\w+))?(?: (?P<data>\{.*\}))?"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a story. `sort`: of the invention that is filed; `happened`: a deed that was forbidden."""

    day: int
    act: str
    data: Mapping[str, Any]
    run: str = ""
    by: str = ""
    sort: str = ""
    happened: bool = False

    @property
    def is_act(self) -> bool:
        """Otherwise time passes, that is all."""
        return self.act != "nothing"

    def entry(self, first: date, more: Mapping[str, Any], party: str = "", by: str = "") -> Entry:
        """The act of the story that began on a day. `more`: what this case has of its own, under the step's fields."""
        data = {name: _dated(value, first) for name, value in {**more, **self.data}.items()}
        return Entry(self.act, first + timedelta(self.day), data, self.run, by or self.by, party)


@dataclass(frozen=True, slots=True)
class Story:
    """A title, the kind of case, and what happens."""

    title: str
    kind: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Invention:
    """What an application says of itself."""

    sort: str
    ipc: str
    title: str
    abstract: str


def _dated(value: Any, first: date) -> Any:
    if isinstance(value, str) and re.fullmatch(r"@\d+", value):
        return (first + timedelta(int(value[1:]))).isoformat()
    return value


@cache
def stories() -> tuple[Story, ...]:
    """Every story. Raises ValueError naming the line that cannot be read."""
    found: list[tuple[str, str, list[Step]]] = []
    for number, line in enumerate((files("kaname") / "demo" / "stories.txt").read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if title := _TITLE.fullmatch(line):
            found.append((title["title"], title["kind"], []))
        elif step := _STEP.fullmatch(line):
            found[-1][2].append(_step(step))
        else:
            raise ValueError(f"stories.txt:{number}: expected `= title: kind` or `day act ...`, found {line!r}")
    return tuple(Story(title, kind, tuple(steps)) for title, kind, steps in found)


def _step(found: re.Match[str]) -> Step:
    return Step(
        int(found["day"]), found["act"], json.loads(found["data"] or "{}"), found["run"] or "", found["by"] or "",
        found["sort"] or "", bool(found["happened"]),
    )  # fmt: skip


@cache
def inventions() -> Mapping[str, tuple[Invention, ...]]:
    """The invented inventions by their sort."""
    with (files("kaname") / "demo" / "inventions.csv").open(encoding="utf-8") as file:
        every = [Invention(**line) for line in csv.DictReader(file)]
    return {sort: tuple(i for i in every if i.sort == sort) for sort in dict.fromkeys(i.sort for i in every)}
