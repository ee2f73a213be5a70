"""What a picture of the Act is made of: figures and blocks, without markup or address of a host.

Web page, PDF, slide and open data are drawn from these same values, so that none of them can say another number. Every
figure states its source and leads to the records behind it. A figure that nobody knows is `None` and says why; it is
never smoothed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kaname.law import Text

Value = int | Decimal | date | str | None


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so, of which day; `url` where it is published."""

    label: Text
    as_of: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number or word. `id` is stable over days and languages (`supply.products`); open data and the comparison of
    two days are keyed by it.

    `unit`: 億円, 件 ... `records`: the address within the office of what is behind it (`/supply/products/?as_of=...`).
    `note`: what a reader must know beside it (the deck disagrees with itself; nobody has published it). `verified`:
    False where the facts are of low confidence: drawn with the mark "unverified". `estimate`: drawn with 約.
    """

    id: str
    label: Text
    value: Value
    unit: Text | None = None
    source: Source | None = None
    records: str = ""
    note: Text | None = None
    verified: bool = True
    estimate: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    """A few big numbers."""

    id: str
    title: Text
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One quantity over the categories of `Bars`, in their order; None where there is no value."""

    label: Text
    values: tuple[int | Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars from zero. `title` is the finding, `subtitle` measure, unit and day; `categories` label the bars,
    each series is one colour. The table beside it is drawn from the same values."""

    id: str
    title: Text
    subtitle: Text
    categories: tuple[Text, ...]
    series: tuple[Series, ...]
    unit: Text
    source: Source | None = None
    records: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """`id` names it in open data; `number`: right aligned; `unit` stands in the head."""

    id: str
    label: Text
    number: bool = False
    unit: Text | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` in the order of the columns; a cell that is a Text speaks both languages. `records`: where it leads."""

    id: str
    cells: tuple[Value | Text, ...]
    records: str = ""
    verified: bool = True
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    source: Source | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """One dated fact. `ahead`: after the day of the picture, drawn as what is to come; `day` None: not fixed yet."""

    id: str
    day: date | None
    label: Text
    source: Source | None = None
    records: str = ""
    ahead: bool = False
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Timeline:
    id: str
    title: Text
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """One box of a flow; `count`: how many records stand there, None where it is not counted."""

    id: str
    label: Text
    count: int | None = None
    records: str = ""
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """Stages one after the other (the review of a plan), left to right."""

    id: str
    title: Text
    stages: tuple[Stage, ...]
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Prose:
    """A few sentences; `open_question`: something the records cannot answer, shown as such."""

    id: str
    title: Text
    sentences: tuple[Text, ...]
    source: Source | None = None
    open_question: bool = False


Block = Numbers | Bars | Table | Timeline | Flow | Prose


@dataclass(frozen=True, slots=True)
class Page:
    """One subject. `answer`: the sentence that a reader in haste takes away."""

    id: str
    title: Text
    answer: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The Act on one day: a cover with three numbers a regime, then one page a subject."""

    as_of: date
    title: Text
    cover: tuple[Numbers, ...]
    pages: tuple[Page, ...]
    warnings: tuple[Text, ...] = ()

    def figures(self) -> Iterator[Figure]:
        """Every figure, the cover's first."""
        for numbers in self.cover:
            yield from numbers.figures
        for page in self.pages:
            for block in page.blocks:
                if isinstance(block, Numbers):
                    yield from block.figures
