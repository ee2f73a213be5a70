"""The room of a council as one page sees it: who is in it, what lies on the table under which terms, what is due.

Read off the standing of a case and the entries of its items; nothing here decides who may see it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kaname.law import T, Text
from kaname.procedure import Entry, Standing
from kaname.procedure.standing import Track, track_key
from kaname.regimes.technology.persons import MEMBERSHIP, OUT, SHARING, Engaged

KIND = "technology.council"
SORTS = ("council", "fund_council")
BY_OFFICE = {
    "lead": T("研究代表者", "the lead researcher"),
    "minister": T("組織した大臣", "the minister who formed it"),
    "prime_minister": T("内閣総理大臣", "the Prime Minister"),
}


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of the council and the persons who work for it. `name` of an office is its title."""

    run: str
    name: Text
    state: str
    label: Text
    consented_on: date | None
    joined_on: date | None
    left_on: date | None
    persons: tuple[Engaged, ...]

    @property
    def inside(self) -> bool:
        return self.state in ("member", "suspended")


@dataclass(frozen=True, slots=True)
class Item:
    """Something shared, or asked for. `terms`: what was agreed on its handling, in words; `papers`: references."""

    run: str
    title: str
    state: str
    label: Text
    since: date
    secret: bool | None
    terms: tuple[Text, ...]
    handed: tuple[str, ...]
    holders: tuple[str, ...]
    expires: date | None
    check_by: date | None
    papers: tuple[str, ...]

    @property
    def open(self) -> bool:
        return self.state not in OUT

    @property
    def waits_for_check(self) -> bool:
        return self.state == "publication_review"


@dataclass(frozen=True, slots=True)
class Room:
    """A council. `of_fund`: that of a designated fund (Art. 63(4)); `formed_on` null: not formed yet."""

    of_fund: bool
    name: str
    research: str
    lead: str
    state: str
    label: Text
    formed_on: date | None
    seats: tuple[Seat, ...]
    items: tuple[Item, ...]

    @property
    def checks(self) -> tuple[Item, ...]:
        """What waits for the check before publication, by the day hoped for."""
        return tuple(sorted((i for i in self.items if i.waits_for_check), key=lambda i: i.check_by or date.max))

    def held_by(self, person: str) -> tuple[Item, ...]:
        """What a person has to return or destroy."""
        return tuple(item for item in self.items if person in item.holders)


def room_of(
    standing: Standing, entries: Iterable[Entry] = (), papers: Mapping[int, Sequence[str]] | None = None
) -> Room:  # fmt: skip
    """The room of a case of kind `technology.council`; without entries the items are told without terms and papers.

    `papers`: references that sealed fields name, by entry, as far as the reader may know of them.
    """
    sort = next((s for s in SORTS if s in standing.tracks), SORTS[0])
    track = standing.tracks.get(sort)
    told = list(entries)

    def fact(name: str) -> Any:
        return standing.fact(f"{sort}.{name}")

    return Room(
        sort == "fund_council", _text(fact("council_name")), _text(fact("research")), _text(fact("lead_researcher")),
        track.state if track else "", _label(standing, track) if track else T("", ""), _day(fact("organised_on")),
        tuple(_seat(standing, t) for t in _runs(standing, MEMBERSHIP)),
        tuple(_item(standing, t, [e for e in told if e.run == t.run and e.act.startswith(f"{SHARING}.")], papers or {})
              for t in _runs(standing, SHARING)),
    )  # fmt: skip


def _runs(standing: Standing, procedure: str) -> Iterator[Track]:
    return (t for t in standing.tracks.values() if t.procedure == procedure)


def _label(standing: Standing, track: Track) -> Text:
    return standing.kind.procedure(track.procedure).label_of(track.state)


def _seat(standing: Standing, track: Track) -> Seat:
    def fact(name: str) -> Any:
        return standing.fact(f"{track_key(MEMBERSHIP, track.run)}.{name}")

    name = _text(fact("member"))
    return Seat(
        track.run, T(name, name) if name else BY_OFFICE.get(track.run, T(track.run, track.run)), track.state,
        _label(standing, track), _day(fact("consented_on")), _day(fact("joined_on")), _day(fact("left_on")),
        tuple(_engaged(row) for row in fact("persons") or ()),
    )  # fmt: skip


def _engaged(row: Iterable[Any]) -> Engaged:
    name, organisation, role, explained, scope, registered, until = row
    return Engaged(name, organisation, role, _day(explained), scope, _day(registered), _day(until))


def _item(standing: Standing, track: Track, told: list[Entry], papers: Mapping[int, Sequence[str]]) -> Item:
    key = track_key(SHARING, track.run)
    handed = tuple(row[0] for row in standing.fact(f"{key}.handed") or ())
    back = {row[0] for row in standing.fact(f"{key}.back") or ()}
    gone = track.state == "returned_or_destroyed"
    check, expires = standing.clocks.get(f"{key}.review_by"), standing.clocks.get(f"{key}.expires")
    return Item(
        track.run, _text(standing.fact(f"{key}.title")), track.state, _label(standing, track), track.since,
        standing.fact(f"{key}.secret"), tuple(_terms(told)), handed,
        () if gone else tuple(p for p in handed if p not in back),
        expires.last_day if expires and expires.status == "running" else None,
        check.last_day if check and check.status == "running" else None, tuple(_papers(told, papers)),
    )  # fmt: skip


# -- what was agreed, in words -----------------------------------------------------------------------------------------


def _terms(told: Iterable[Entry]) -> Iterator[Text]:
    """The terms agreed last; a particular that was not agreed is not told."""
    agreed = [e for e in told if e.act == f"{SHARING}.agree_handling"]
    if not agreed:
        return
    data = agreed[-1].data
    yield T("秘密とする", "a secret") if data.get("secret") else T("秘密としない", "no secret")
    if people := data.get("recipients"):
        yield T(f"受け取る者：{'、'.join(people)}", f"recipients: {', '.join(people)}")
    if places := data.get("places"):
        yield T(f"取扱場所：{places}", f"places: {places}")
    if media := data.get("media"):
        yield T(f"媒体：{media}", f"media: {media}")
    if (limit := data.get("copy_limit")) is not None:
        yield T(f"複製は{limit}部まで" if limit else "複製しない", f"{limit} copies at most" if limit else "no copies")


def _papers(told: Iterable[Entry], sealed: Mapping[int, Sequence[str]]) -> Iterator[str]:
    """References of the documents that the acts on an item name."""
    for entry in told:
        yield from sealed.get(entry.seq, ())
        for value in entry.data.values():
            for one in value if isinstance(value, (list, tuple)) else (value,):
                if isinstance(one, str) and one.startswith("document:"):
                    yield one


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None
