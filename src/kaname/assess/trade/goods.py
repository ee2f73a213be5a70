"""Which rows of a file are of the product: by their codes and, through a concordance, by what these became."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kaname.assess.trade.concordance import Concordance
from kaname.assess.trade.layouts import BACI, CUSTOMS, Layout
from kaname.assess.trade.notes import Notes, Rule
from kaname.assess.trade.products import Bundle, Part, code_of, not_hs, revision_of, secret
from kaname.files.batches import Batch

_DIGITS = {BACI: 6, CUSTOMS: 9}  # of the codes of a layout, which may have lost a leading zero
_OTHER = "-"  # of rows under another classification than the HS
ALL = Decimal(1)


def digits_of(layout: Layout) -> int:
    """How many digits the codes of a layout have; 0 where they are as they are."""
    return _DIGITS.get(layout.name, 0)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Rows of a batch, one line each for every part of the bundle that a row belongs to."""

    row: NDArray[np.int64]
    part: NDArray[np.int64]
    digits: NDArray[np.int64]
    factor: NDArray[Any]  # how much of the row is the part's, Decimal


@dataclass(frozen=True, slots=True)
class _Place:
    """What rows of one code and revision are."""

    parts: tuple[tuple[int, Decimal], ...]  # number of the part, how much
    digits: int
    rules: tuple[tuple[Rule, str], ...]


@dataclass(slots=True)
class Goods:
    """The rows of a bundle in a file. `revision`: of rows that state none."""

    bundle: Bundle
    layout: Layout
    notes: Notes
    concordance: Concordance | None = None
    revision: str = ""
    seen: dict[str, None] = field(default_factory=dict)  # codes of the file, in order

    def of(self, batch: Batch) -> Chosen:
        """The rows that belong to the bundle, with what was settled as notes."""
        code, texts = _numbered(batch.columns["product"])
        stated, revisions = self._revisions(batch)
        used, at = np.unique(code * len(revisions) + stated, return_inverse=True)
        pairs = [divmod(key, len(revisions)) for key in used.tolist()]
        places = [self._place(texts[text], revisions[revision]) for text, revision in pairs]
        for number, place in enumerate(places):
            for rule, found in place.rules:
                self.notes.add(rule, (batch.first + np.flatnonzero(at == number) + 1).tolist(), found)
        return _chosen(places, at)

    def _revisions(self, batch: Batch) -> tuple[NDArray[np.int64], list[str]]:
        if "revision" not in batch.columns:
            return np.zeros(len(batch), np.int64), [self.revision]
        at, texts = _numbered(batch.columns["revision"])
        return at, [_OTHER if not_hs(text) else revision_of(text) or self.revision for text in texts]

    def _place(self, text: str, revision: str) -> _Place:
        code, padded = code_of(text, digits_of(self.layout))
        if revision == _OTHER:
            held = any(one.holds(code) for one in self.bundle.parts)
            return _Place((), len(code), ((Rule.NOT_HS, code),) if held else ())
        self.seen.setdefault(code)
        found: dict[int, Fraction] = {}
        rules: list[tuple[Rule, str]] = []
        for number, one in enumerate(self.bundle.parts):
            for became, weight, settled in self._became(code, one, revision):
                if weight and one.holds(became):
                    found[number] = found.get(number, Fraction(0)) + weight
                elif weight or not one.holds(code):
                    continue
                rules += [(rule, f"{revision}:{code}") for rule in settled]
        if self.concordance is None and len(found) > 1:  # one code under several revisions: that of the row
            same = [number for number in found if self.bundle.parts[number].revision == revision]
            found = {(same or list(found))[0]: Fraction(1)}
        if padded and found:
            rules.append((Rule.PADDED, text[:20]))
        elif not found and secret(code):
            rules.append((Rule.CONFIDENTIAL, text[:20]))
        elif found and not rules and code != self.bundle.parts[next(iter(found))].code:
            rules.append((Rule.DEEPER, code))
        parts = tuple((number, _decimal(weight)) for number, weight in found.items())
        return _Place(parts, len(code), tuple(dict.fromkeys(rules)))

    def _became(self, code: str, part: Part, revision: str) -> Iterator[tuple[str, Fraction, frozenset[Rule]]]:
        """What a code is in the revision of a part, and how much of it; nothing of it where there is no way there."""
        target = part.revision or (self.concordance.newest if self.concordance else "")
        if self.concordance is None or not revision or not code.isdecimal() or not part.code.isdecimal():
            yield code, Fraction(1), frozenset()
            return
        found = self.concordance.of(code, revision, target)
        if not found.parts:
            yield code, Fraction(0), found.rules
        for became, weight in found.parts:
            longer = code if became == code[:6] else became  # digits of a country's own stay where the six do
            yield longer, weight, found.rules


def _numbered(column: pa.Array) -> tuple[NDArray[np.int64], list[str]]:
    encoded = column.fill_null("").dictionary_encode()
    return encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64), encoded.dictionary.to_pylist()


def _decimal(weight: Fraction) -> Decimal:
    return ALL if weight == 1 else Decimal(weight.numerator) / Decimal(weight.denominator)


def _chosen(places: list[_Place], at: NDArray[np.int64]) -> Chosen:
    """A line for each part of each row, in the order of the file."""
    count = np.array([len(place.parts) for place in places], np.int64)[at]
    row = np.repeat(np.arange(at.size), count)
    number = at[row]
    turn = np.arange(row.size) - np.repeat(np.cumsum(count) - count, count)
    part, factor = np.empty(row.size, np.int64), np.empty(row.size, object)
    for one, (place, which) in enumerate(zip(number.tolist(), turn.tolist(), strict=True)):
        part[one], factor[one] = places[place].parts[which]
    digits = np.array([place.digits for place in places], np.int64)[number]
    return Chosen(row, part, digits, factor)
