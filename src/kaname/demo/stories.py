"""The stories of the demonstration, read from a file each regime, and the acts of one told with its first day given."""

import json
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from kaname.procedure import Entry

_TITLE = re.compile(
    r"= (?P<title>.*): (?P<kind>\S+)(?: from (?P<from>\d+))?(?: (?P<each>each))?(?: of (?P<party>\S+))?"
)
_DAY = re.compile(r"@(?P<day>\d+)(?P<end>[mf]?)(?:T(?P<time>\d\d:\d\d))?")
_STEP = re.compile(
    r"(?P<day>\d+) (?P<act>\S+)(?: run (?P<run>\S+))?(?: as (?P<by>\S+))?(?: for (?P<party>\S+))?"
    r"(?P<happened> happened)?"
    r"(?: \$(?P<sort>\w+))?(?: (?P<data>\{.*\}))?"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a story. `sort`: of what the case has of its own (`Cast.own`); `happened`: a forbidden deed.

    `party`: who does it, where that is not the party of the case.
    """

    day: int
    act: str
    data: Mapping[str, Any]
    run: str = ""
    by: str = ""
    sort: str = ""
    happened: bool = False
    party: str = ""

    @property
    def is_act(self) -> bool:
        """Otherwise time passes, that is all."""
        return self.act != "nothing"

    def entry(self, first: date, more: Mapping[str, Any], party: str = "", by: str = "") -> Entry:
        """The act of the story that began on a day. `more`: what this case has of its own, under the step's fields."""
        data = {name: _dated(value, first) for name, value in {**more, **self.data}.items()}
        run = ":".join(_dated(part, first) for part in self.run.split(":"))
        return Entry(self.act, first + timedelta(self.day), data, run, by or self.by, party and (self.party or party))


@dataclass(frozen=True, slots=True)
class Story:
    """A title, the kind of case, what happens, and from which of its steps on it is told.

    `each`: told in full, once of every party. `party`: told of this one.
    """

    title: str
    kind: str
    steps: tuple[Step, ...]
    told_from: int = 1
    each: bool = False
    party: str = ""


def _dated(value: Any, first: date) -> Any:
    """A value with its days set: "@330" is the 330th day of the story, "@330m" the last of the month it lies in,
    "@330f" the last of the fiscal year, "@330T12:00" an hour of it in Japan."""
    if isinstance(value, list):
        return [_dated(one, first) for one in value]
    if isinstance(value, dict):
        return {name: _dated(one, first) for name, one in value.items()}
    if not (isinstance(value, str) and (told := _DAY.fullmatch(value))):
        return value
    day = first + timedelta(int(told["day"]))
    if told["time"]:
        return f"{day.isoformat()}T{told['time']}:00+09:00"
    if told["end"] == "f":
        return date(day.year + (day.month > 3), 3, 31).isoformat()
    return (day.replace(day=monthrange(day.year, day.month)[1]) if told["end"] else day).isoformat()


@cache
def stories(name: str) -> tuple[Story, ...]:
    """Every story of a file. Raises ValueError naming the line that cannot be read."""
    found: list[tuple[re.Match[str], list[Step]]] = []
    for number, line in enumerate((files("kaname") / "demo" / name).read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if title := _TITLE.fullmatch(line):
            found.append((title, []))
        elif step := _STEP.fullmatch(line):
            found[-1][1].append(_step(step))
        else:
            raise ValueError(f"{name}:{number}: expected `= title: kind` or `day act ...`, found {line!r}")
    return tuple(
        Story(t["title"], t["kind"], tuple(steps), int(t["from"] or 1), bool(t["each"]), t["party"] or "")
        for t, steps in found
    )


def _step(found: re.Match[str]) -> Step:
    return Step(
        int(found["day"]), found["act"], json.loads(found["data"] or "{}"), found["run"] or "", found["by"] or "",
        found["sort"] or "", bool(found["happened"]), found["party"] or "",
    )  # fmt: skip
