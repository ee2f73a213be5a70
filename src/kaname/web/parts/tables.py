"""Lists: a table that becomes cards under 48rem, chips over it, a pager under it. The address holds the view."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from kaname.law import Text


@dataclass(frozen=True)
class Column:
    """A column: its head, whether its figures stand right, and the query value it sorts by ("" = it does not)."""

    head: Text
    num: bool = False
    sort: str = ""


@dataclass(frozen=True)
class Row:
    """A row: the cell that names it (a link where `href`), then the others in the order of the columns, the state last.

    A cell is a text, a `law.Text`, a date (table form), safe HTML, or a `Tag`. `key`: what the box to select sends.
    `usual`: where the key `a` leads from the row. `about`: said to who hears the page after a name that several rows
    have in common (a day).
    """

    name: Any
    cells: Sequence[Any]
    href: str = ""
    key: str = ""
    usual: str = ""
    about: str | Text = ""


@dataclass(frozen=True)
class Tag:
    """A state tag in a cell."""

    state: str
    days: int | None = None


@dataclass(frozen=True)
class Table:
    """A list. `columns[0]` is the head of the names. `sorted_by`: a column's `sort`, "-" before it when downward."""

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Row]
    sub: Text | None = None
    sorted_by: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    selectable: str = ""  # the name of the boxes

    @property
    def heads(self) -> Iterable[tuple[Column, str, str]]:
        """Each column with aria-sort and the address that sorts by it."""
        for column in self.columns:
            down = self.sorted_by == f"-{column.sort}"
            up = self.sorted_by == column.sort
            order = "" if not column.sort else "descending" if down else "ascending" if up else "none"
            turned = f"-{column.sort}" if up else column.sort
            yield column, order, "?" + urlencode({**self.query, "sort": turned}) if column.sort else ""


@dataclass(frozen=True)
class Chip:
    """A filter as a link: its word, its count, whether it is on."""

    label: Text
    href: str
    count: int | None = None
    on: bool = False


@dataclass(frozen=True)
class Pager:
    """1-50 / 5,000 with the pages before and after. `page` counts from 1; `more`: the total is not counted further."""

    page: int
    size: int
    total: int
    query: Mapping[str, str] = field(default_factory=dict)
    more: bool = False

    @property
    def first(self) -> int:
        return min((self.page - 1) * self.size + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.page * self.size, self.total)

    @property
    def before(self) -> str:
        return self._href(self.page - 1) if self.page > 1 else ""

    @property
    def after(self) -> str:
        return self._href(self.page + 1) if self.last < self.total else ""

    def _href(self, page: int) -> str:
        return "?" + urlencode({**self.query, "page": page})
