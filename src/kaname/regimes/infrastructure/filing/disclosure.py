"""What a vendor says of itself (party-level items of the sector orders): the content of a vendor passport.

A list that is None has not been filled in; an empty one says that there is none.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any


class Quiet:
    """Prints nothing of itself: what a vendor seals must not get into logs or tracebacks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"


@dataclass(frozen=True, slots=True, repr=False)
class Holder(Quiet):
    """議決権を直接に保有する者. `ratio`: per cent of all votes."""

    name: str = ""
    country: str = ""
    ratio: Decimal | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Officer(Quiet):
    """役員."""

    name: str = ""
    birth_date: date | None = None
    nationality: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Sale(Quiet):
    """外国政府等との取引: sales to one foreign body in one fiscal year. `ratio`: per cent of the year's total sales."""

    year_end: date | None = None
    country: str = ""
    body: str = ""
    ratio: Decimal | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Factory(Quiet):
    """製造する工場又は事業場の所在地."""

    address: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Certificate(Quiet):
    """Evidence: `registry` (登記事項証明書) or `officer` (旅券の写し等, `about` the number of the officer from 1).

    `document`: its number or name; `file`: the reference of the paper itself, where the vendor has handed it in.
    """

    sort: str = ""
    about: int = 0
    issued_on: date | None = None
    expires_on: date | None = None
    document: str = ""
    file: str = ""

    @property
    def is_open(self) -> bool:
        """Papers about people hold birth dates and nationalities; that of the registry is public."""
        return self.sort == "registry"


@dataclass(frozen=True, slots=True, repr=False)
class Disclosure:
    """One vendor's own statement. `year_end`: month and day on which its fiscal years end (03-31)."""

    name: str = ""
    individual: bool = False
    representative: str = ""
    address: str = ""
    country: str = ""
    law: str = ""  # 設立準拠法国; an individual's nationality
    year_end: str = ""
    holders: tuple[Holder, ...] | None = None
    officers: tuple[Officer, ...] | None = None
    sales: tuple[Sale, ...] | None = None
    factories: tuple[Factory, ...] | None = None
    certificates: tuple[Certificate, ...] = field(default=())

    def __repr__(self) -> str:
        return f"Disclosure({self.name!r})"


# What a vendor may give to the authority alone.
SEALABLE = ("holders", "officers", "sales", "factories", "certificates")


def without(disclosure: Disclosure, sealed: Iterable[str]) -> Disclosure:
    """The disclosure without those parts, as if they had not been filled in."""
    gone: dict[str, Any] = {part: () if part == "certificates" else None for part in sealed}
    return replace(disclosure, **gone)
