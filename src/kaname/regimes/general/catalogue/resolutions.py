"""What committees of both Houses asked of the government when they passed the amendment of 2024 (附帯決議).

Only the points on critical infrastructure are known, in short from the government deck; the resolutions' own texts, and
those on the Act of 2022 and of 2026, were not seen (note 0503 in docs/law). An office enters what it has read itself:
see `read_points`.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from io import StringIO

from kaname.law import Bases, Practice, T, Text
from kaname.law.laws import art
from kaname.regimes.general.catalogue.sources import DECK, UPDATE_INDEX


class Status(StrEnum):
    OPEN = "open"
    ENACTED = "enacted"
    DONE = "done"

    @property
    def label(self) -> Text:
        return _STATUS[self]


_STATUS = {
    Status.OPEN: T("対応中", "open"),
    Status.ENACTED: T("立法済・未施行", "enacted, not in force"),
    Status.DONE: T("対応済", "done"),
}


@dataclass(frozen=True, slots=True)
class Resolution:
    """A resolution of a committee. `bill`: on which bill; `note`: the open question that its own text was not seen."""

    id: str
    committee: Text
    on: date
    bill: Text
    source: Text
    basis: Bases
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One thing asked of the government. `status_since`: from when the later status holds; before it is open."""

    id: str
    resolution: str
    item: Text
    status: Status = Status.OPEN
    status_since: date | None = None
    source: Text = DECK
    entered: bool = False  # by an office, not from the package

    def status_on(self, day: date) -> Status:
        """Where it stands on a day."""
        return self.status if self.status_since is None or self.status_since <= day else Status.OPEN


_BILL = T("令和6年法律第28号（港湾運送の追加）", "Act No. 28 of 2024, port transport")
_ASKED: Bases = (Practice("附帯決議", "resolution of a committee"),)
LOWER = Resolution("lower_2024", T("衆議院内閣委員会", "Cabinet Committee, House of Representatives"),
    date(2024, 4, 5), _BILL, DECK, _ASKED, note=503)
UPPER = Resolution("upper_2024", T("参議院内閣委員会", "Cabinet Committee, House of Councillors"),
    date(2024, 5, 9), _BILL, DECK, _ASKED, note=503)
RESOLUTIONS = (LOWER, UPPER)

_PROMULGATED_38 = date(2026, 6, 17)
_GOVERNMENTS = T("地方公共団体の情報システム調達を調べ、制度への追加を含めて検討すること",
    "study local government IT procurement, including adding it to the regime")
_SMALL = T("中小規模の事業者の指定に当たり特に配慮すること",
    "take special care before designating small and mid-size operators")
_BURDEN = T("勧告・命令に当たり負担に配慮し、あらかじめ情報を提供すること",
    "mind the burden when recommending or ordering; give information in advance")

POINTS = (
    Point("W_HR_1", LOWER.id, T("医療の追加を検討すること", "consider adding health care"), Status.ENACTED,
        _PROMULGATED_38),
    Point("W_HR_2", LOWER.id, _GOVERNMENTS),
    Point("W_HR_3", LOWER.id, _SMALL),
    Point("W_HR_4", LOWER.id, _BURDEN),
    Point("W_HC_1", UPPER.id, T("対象事業を不断に見直し、外国のサイバー事案の情報を集め共有すること",
        "keep reviewing covered businesses; gather and share information on foreign cyber incidents")),
    Point("W_HC_2", UPPER.id, T("安全確保を強めつつ医療を更に検討すること",
        "examine health care further while strengthening security"), Status.ENACTED, _PROMULGATED_38),
    Point("W_HC_3", UPPER.id, _GOVERNMENTS),
    Point("W_HC_4", UPPER.id, _SMALL),
    Point("W_HC_5", UPPER.id, _BURDEN),
)


@dataclass(frozen=True, slots=True)
class Review:
    """A clause by which the Act is to be looked at again."""

    id: str
    label: Text
    basis: Bases
    source: Text
    note: int | None = None


REVIEWS = (
    Review("act_2022", T("施行後三年を目途とする検討（目途であり期限ではない）",
        "review about three years after entry into force, a target and no deadline"),
        art("suppl. 4"), UPDATE_INDEX, 14),
)


@dataclass(frozen=True, slots=True)
class Watched:
    """A point with its resolution, as it stands on a day."""

    resolution: Resolution
    point: Point
    status: Status


def watch(as_of: date, entered: tuple[tuple[Resolution, Point], ...] = ()) -> tuple[Watched, ...]:
    """The points asked by a day, each with its status then; those an office entered come after those of the package."""
    by_id = {r.id: r for r in RESOLUTIONS}
    told = [*((by_id[p.resolution], p) for p in POINTS), *entered]
    return tuple(Watched(r, p, p.status_on(as_of)) for r, p in told if r.on <= as_of)


# -- what an office has read itself ----------------------------------------------------------------------------------

COLUMNS = ("committee", "on", "bill", "item", "status", "status_since", "source")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in which line of the file, and what was expected."""

    line: int
    column: str
    text: Text


def read_points(text: str) -> tuple[tuple[tuple[Resolution, Point], ...], tuple[Fault, ...]]:
    """Points of resolutions from a CSV file with COLUMNS; a line without source is refused. Returns rows and faults."""
    lines = csv.DictReader(StringIO(text.removeprefix("\ufeff")))
    missing = [c for c in COLUMNS if c not in (lines.fieldnames or ())]
    if missing:
        said = T("列がない：{missing}。見出しは {columns}", "columns missing: {missing}; the head is {columns}")
        return (), (Fault(1, missing[0], said.fill(missing=", ".join(missing), columns=",".join(COLUMNS))),)
    rows: list[tuple[Resolution, Point]] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, 2):
        row = {name: (line.get(name) or "").strip() for name in COLUMNS}
        wrong = tuple(_wrong(number, row))
        faults.extend(wrong)
        if not wrong:
            rows.append(_row(number, row))
    return tuple(rows), tuple(faults)


def _wrong(number: int, row: dict[str, str]) -> Iterator[Fault]:
    for name in ("committee", "item", "source"):
        if not row[name]:
            yield Fault(number, name, T("空である。これのない点は載せない", "is empty; without it no point is taken"))
    for name in ("on", "status_since"):
        if (row[name] or name == "on") and _day(row[name]) is None:
            yield Fault(number, name, T("「{given}」は日ではない。2024-04-05 の形で",
                "{given!r} is no day; write 2024-04-05").fill(given=row[name]))
    if row["status"] not in set(Status):
        yield Fault(number, "status", T("「{given}」は状態ではない。open、enacted、done のいずれか",
            "{given!r} is no status; one of open, enacted, done").fill(given=row["status"]))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _row(number: int, row: dict[str, str]) -> tuple[Resolution, Point]:
    """One language is what the office wrote; it stands in both."""
    def both(text: str) -> Text:
        return T(text, text)

    on = date.fromisoformat(row["on"])
    resolution = Resolution(f"entered_{row['committee']}_{on}", both(row["committee"]), on, both(row["bill"]),
        both(row["source"]), _ASKED)
    return resolution, Point(f"entered_{number}", resolution.id, both(row["item"]), Status(row["status"]),
        _day(row["status_since"]), both(row["source"]), entered=True)
