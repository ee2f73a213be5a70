"""Bundles of the specified critical products of Chapter 2: which codes of the HS and which materials each may mean.

The Cabinet Order names goods in words and no code; no ministry was seen to publish one. The codes here are our reading
of the headings of HS 2022, each unverified, and all of a code is counted. Who knows better loads a table of their own.
"""

import csv
import functools
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Line:
    """A code, or a material as tables of production call it (names with | between are tried in turn)."""

    product: str
    part: str
    revision: str
    code: str
    material: str
    weight: Decimal
    goods: str


@functools.cache
def lines() -> tuple[Line, ...]:
    text = files("kaname.assess.trade").joinpath("designated.csv").read_text("utf-8")
    return tuple(
        Line(row["product"], row["part"], row["revision"], row["code"], row["material"],
             Decimal(row["weight"] or 0), row["goods"])
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip


def names() -> list[str]:
    """What may be asked for: products, and parts of products as product.part."""
    found = dict.fromkeys(line.product for line in lines())
    found |= dict.fromkeys(f"{line.product}.{line.part}" for line in lines() if line.part)
    return sorted(found)


def goods() -> frozenset[str]:
    """The products of which trade can tell: those with a code."""
    return frozenset(line.product for line in lines() if line.code)


def of(name: str) -> tuple[Line, ...]:
    """The lines of a product or a part of one; none where the name is not known."""
    product, _, part = name.partition(".")
    return tuple(line for line in lines() if line.product == product and part in ("", line.part))
