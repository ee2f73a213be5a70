"""The shape of the catalogue: sectors, their businesses, who may be designated, which facilities count.

All of it is data. A test answers true, false, or None while a figure is missing; adding a sector adds rows, no code.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kaname.law import Provision, T, Text
from kaname.law.dated import Confidence

Value = bool | Decimal
Figures = Mapping[str, Value]


class Unit(StrEnum):
    """What a figure is measured in; a share is a number from 0 to 1."""

    FLAG = "flag"
    COUNT = "count"
    SHARE = "share"
    YEN = "yen"
    KW = "kW"
    KM = "km"
    M3_DAY = "m3/day"
    M3_HOUR = "m3/hour"
    M3_YEAR = "m3/year"


_UNIT = {Unit.COUNT: "", Unit.SHARE: ""}  # counted things and shares go without


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure or a yes/no fact that a criterion asks about; `id` is its name in files and on the command line."""

    id: str
    label: Text
    unit: Unit = Unit.FLAG


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the working: what was compared, and the answer (None: the figure is missing)."""

    text: Text
    met: bool | None


class Test:
    """What criteria are made of. `ask` answers; `working` shows each comparison; `figures` names what is read."""

    def ask(self, given: Figures) -> bool | None:
        raise NotImplementedError

    def working(self, given: Figures) -> Iterator[Line]:
        raise NotImplementedError

    @property
    def figures(self) -> tuple[Figure, ...]:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Limit(Test):
    """A figure against a threshold: at least (以上), or above (超) where `strict`.

    From `doubtful` on, below the threshold, the law can be read either way (rounding): the answer stays open.
    """

    figure: Figure
    value: Decimal
    strict: bool = False
    doubtful: Decimal | None = None

    def ask(self, given: Figures) -> bool | None:
        have = given.get(self.figure.id)
        if have is None or isinstance(have, bool):
            return None
        met = have > self.value if self.strict else have >= self.value
        return None if not met and self.doubtful is not None and have >= self.doubtful else met

    def working(self, given: Figures) -> Iterator[Line]:
        have, unit = given.get(self.figure.id), _UNIT.get(self.figure.unit, f" {self.figure.unit}")
        shown = T("未記入", "not given") if have is None else T(f"{have:,}{unit}", f"{have:,}{unit}")
        limit = f"{self.value:,}{unit}"
        wanted = T(f"{limit} 超", f"above {limit}") if self.strict else T(f"{limit} 以上", f"at least {limit}")
        yield Line(T(f"{self.figure.label.ja}：{shown.ja}（基準 {wanted.ja}）",
                     f"{self.figure.label.en}: {shown.en} (threshold {wanted.en})"), self.ask(given))

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (self.figure,)


@dataclass(frozen=True, slots=True)
class Holds(Test):
    """A fact answered yes or no."""

    figure: Figure

    def ask(self, given: Figures) -> bool | None:
        have = given.get(self.figure.id)
        return have if isinstance(have, bool) else None

    def working(self, given: Figures) -> Iterator[Line]:
        said = {True: T("はい", "yes"), False: T("いいえ", "no"), None: T("未記入", "not given")}[self.ask(given)]
        yield Line(T(f"{self.figure.label.ja}：{said.ja}", f"{self.figure.label.en}: {said.en}"), self.ask(given))

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (self.figure,)


@dataclass(frozen=True, slots=True, init=False)
class AllOf(Test):
    """Every part must hold."""

    parts: tuple[Test, ...]

    def __init__(self, *parts: Test) -> None:
        object.__setattr__(self, "parts", parts)

    def ask(self, given: Figures) -> bool | None:
        return _all(p.ask(given) for p in self.parts)

    def working(self, given: Figures) -> Iterator[Line]:
        for part in self.parts:
            yield from part.working(given)

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(f for p in self.parts for f in p.figures)


@dataclass(frozen=True, slots=True, init=False)
class AnyOf(Test):
    """One part suffices."""

    parts: tuple[Test, ...]

    def __init__(self, *parts: Test) -> None:
        object.__setattr__(self, "parts", parts)

    def ask(self, given: Figures) -> bool | None:
        answers = [p.ask(given) for p in self.parts]
        return True if True in answers else None if None in answers else False

    def working(self, given: Figures) -> Iterator[Line]:
        for part in self.parts:
            yield from part.working(given)

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(f for p in self.parts for f in p.figures)


def _all(answers: Iterable[bool | None]) -> bool | None:
    found = list(answers)
    return False if False in found else None if None in found else True


EVERY = AllOf()  # every operator of the business


def at_least(figure: Figure, value: str | int) -> Limit:
    return Limit(figure, Decimal(value))


def above(figure: Figure, value: str | int) -> Limit:
    return Limit(figure, Decimal(value), strict=True)


@dataclass(frozen=True, slots=True)
class Criterion:
    """Who may be designated (指定基準), in words and as a test, with the days on which it stands in the order."""

    rule: Text
    test: Test
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    confidence: Confidence = Confidence.HIGH
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Facility:
    """A critical facility (特定重要設備) and its components (構成設備). `test`: limits on the single facility."""

    id: str
    name: Text
    components: tuple[Text, ...]
    test: Test = EVERY
    since: date | None = None
    until: date | None = None
    confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True)
class Business:
    """A business of a sector (特定社会基盤事業), as the Cabinet Order names it."""

    id: str
    name: Text
    criteria: tuple[Criterion, ...]
    facilities: tuple[Facility, ...]
    order: str | None = None  # where another order than the sector's applies
    ministry: Text | None = None
    work: tuple[Text, ...] = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure that a criterion or a facility of the business asks about."""
        return tuple(f for c in self.criteria for f in c.test.figures) + tuple(
            f for x in self.facilities for f in x.test.figures)

    def criterion(self, day: date) -> Criterion | None:
        """The criterion in force on a day."""
        return next((c for c in self.criteria if applies(c, day)), None)

    def facilities_on(self, day: date) -> tuple[Facility, ...]:
        return tuple(f for f in self.facilities if applies(f, day))


@dataclass(frozen=True, slots=True)
class Competence:
    """Which ministry, under which order, from a day on."""

    ministry: Text
    order: str
    since: date


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector of Art. 50(1). `since` None: enacted, not in force; `at_latest` is then the outer day."""

    id: str
    code: str
    name: Text
    item: Provision
    since: date | None
    competences: tuple[Competence, ...]
    businesses: tuple[Business, ...]
    sources: tuple[str, ...]
    confidence: Confidence = Confidence.HIGH
    at_latest: date | None = None
    component_limit: Text | None = None
    note: int | None = None

    def competence(self, day: date) -> Competence:
        """The ministry competent on a day (the first one before that)."""
        return next((c for c in reversed(self.competences) if c.since <= day), self.competences[0])

    def order(self, business: Business | None, day: date) -> str:
        """The key of the order that applies to a business."""
        return business.order if business and business.order else self.competence(day).order

    def ministry(self, business: Business | None, day: date) -> Text:
        return business.ministry if business and business.ministry else self.competence(day).ministry


def applies(row: Criterion | Facility, day: date) -> bool:
    """Whether a dated row of the catalogue stands in the order on a day."""
    return (row.since is None or row.since <= day) and (row.until is None or day <= row.until)
