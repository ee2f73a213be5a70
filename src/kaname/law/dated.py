"""Dated values: which version of a value applies on a day, and why.

A version begins on `since` and ends with `until`, its last day; without `until` it lasts until the next one begins.
Days that no version covers have no value. Two versions can never apply on one day: that is refused when declared.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Generic, TypeVar

from kaname.law.provision import Bases
from kaname.law.text import T, Text


class Confidence(StrEnum):
    """How well a statement of law is secured; low is shown as unverified (未確認) wherever it appears."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def label(self) -> Text:
        return _LABEL[self]

    @property
    def unverified(self) -> bool:
        return self is Confidence.LOW


_LABEL = {
    Confidence.HIGH: T("条文等で確認済み", "confirmed in the text of the law or two sources"),
    Confidence.MEDIUM: T("一の資料又は解釈による", "one good source or a sound reading"),
    Confidence.LOW: T("未確認", "unverified"),
}

V = TypeVar("V")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Version(Generic[V]):
    """A value and the days on which it applies; `transition` says in words whom the older value still governs."""

    value: V
    since: date
    until: date | None = None
    promulgated: date | None = None
    transition: Text | None = None
    basis: Bases = ()
    source: Text | None = None
    confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True, init=False)
class Dated(Generic[V]):
    """The versions of one value, oldest first: `Dated(Version(14, date(2022, 5, 18)), Version(15, date(2025, 4, 1)))`.

    Raises ValueError where versions overlap, end before they begin, or none is given.
    """

    versions: tuple[Version[V], ...]

    def __init__(self, *versions: Version[V]) -> None:
        ordered = tuple(sorted(versions, key=lambda v: v.since))
        if not ordered:
            raise ValueError("a dated value needs at least one version")
        for version in ordered:
            if version.until and version.until < version.since:
                raise ValueError(f"version {version.value!r} ends on {version.until}, before it begins {version.since}")
        for older, newer in pairwise(ordered):
            if newer.since == older.since or (older.until and older.until >= newer.since):
                raise ValueError(
                    f"versions {older.value!r} and {newer.value!r} both apply on {newer.since}; "
                    f"end the older one before that day"
                )
        object.__setattr__(self, "versions", ordered)

    def version(self, day: date) -> Version[V] | None:
        """The version that applies on a day, with its dates and source; None if there is none."""
        begun = [v for v in self.versions if v.since <= day]
        return begun[-1] if begun and (begun[-1].until is None or day <= begun[-1].until) else None

    def on(self, day: date) -> V | None:
        """The value on a day, or None if no version covers it."""
        found = self.version(day)
        return found.value if found else None

    @property
    def days(self) -> tuple[date, ...]:
        """Every day on which the value begins, changes or has just ended, in order."""
        begins = {v.since for v in self.versions}
        ended = {v.until + timedelta(days=1) for v in self.versions if v.until}
        return tuple(sorted(begins | ended))


@dataclass(frozen=True, slots=True)
class DatedTable(Generic[K, V]):
    """Dated values by key: products, sectors, items of a list. `on(day)` gives the list as it stands on that day."""

    rows: Mapping[K, Dated[V]]

    def __getitem__(self, key: K) -> Dated[V]:
        return self.rows[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def on(self, day: date) -> dict[K, V]:
        """The rows that have a value on a day, in order of declaration."""
        return {key: found.value for key, dated in self.rows.items() if (found := dated.version(day))}

    @property
    def days(self) -> tuple[date, ...]:
        """Every day on which any row changes, in order."""
        return tuple(sorted({day for dated in self.rows.values() for day in dated.days}))
