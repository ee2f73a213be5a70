"""Screening of whole dockets: the same answers as `screen_one`, by table, for millions of applications.

The terms of both versions become bits, the parts of the items rows of masks. Reasons are written once for each
different case (the symbols that matter, version, words, requirement), however many applications share it.
"""

from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kaname.assess.ipc import Symbol, SymbolList, loops
from kaname.assess.ipc.index import Index, Scan
from kaname.law import Text
from kaname.regimes.patents import wording
from kaname.regimes.patents.editions import shipped
from kaname.regimes.patents.items import VERSIONS
from kaname.regimes.patents.screening import LIMITS, TERMS, Case, Outcome, Requirement, Screening, Words, judge

OUTCOMES = tuple(Outcome)  # the codes of `Verdicts.outcome`
_OUT, _INVALID = np.uint8(OUTCOMES.index(Outcome.OUT)), np.uint8(OUTCOMES.index(Outcome.INVALID))
_IN, _IN_IF, _ASK, _NEAR = (
    np.uint8(OUTCOMES.index(o)) for o in (Outcome.IN, Outcome.IN_IF_REQUIREMENT, Outcome.ASK, Outcome.NEAR)
)
NO_DATE, BEFORE = -2, -1  # in place of the number of a version
_SINCE = np.array([v.since for v in VERSIONS], "datetime64[D]").view(np.int64)
_ONE = np.uint64(1)
_NAT = np.iinfo(np.int64).min
_UNKNOWN, _UNMET, _MET = np.uint8(Requirement.UNKNOWN), np.uint8(Requirement.UNMET), np.uint8(Requirement.MET)
_FOUND, _ABSENT = np.uint8(Words.FOUND), np.uint8(Words.ABSENT)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """One entry an application. `items` and `fields`: bit n for number n. `needed`: 0 nothing, 1 no, 2 yes.

    `wanted`: the terms that the reasons rest on; `version`: its number, or BEFORE, or NO_DATE.
    """

    outcome: loops.U8
    items: loops.U64
    fields: loops.U64
    needed: loops.U8
    wanted: loops.U64
    version: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Told:
    """A case decided, and its reasons run together."""

    screening: Screening
    text: Text


@dataclass(frozen=True, slots=True)
class Reasons:
    """Reasons of some rows of a column: `cases[which[i]]` belongs to row `rows[i]`."""

    rows: loops.I64
    which: loops.I64
    cases: list[Told]


class Bulk:
    """The engine for one symbol list. Keeps what it learns from batch to batch; one thread at a time."""

    def __init__(self, listed: SymbolList | None = None) -> None:
        self.listed = listed or shipped()
        self._index = Index(TERMS, self.listed)
        self._parts = _parts_table()
        self._cases: dict[bytes, Told] = {}

    def screen(
        self, ipc: pa.Array, filed_on: NDArray[np.datetime64], requirement: loops.U8, texts: tuple[pa.Array, ...] = ()
    ) -> tuple[Verdicts, Reasons]:
        """Screen a batch. `texts`: title, abstract and claims as Arrow strings, or nothing where there are none."""
        ipc = ipc.fill_null("") if ipc.null_count else ipc  # the loops see bytes, not validity
        scan = self._index.scan(ipc)
        words = self._words(scan, texts)
        verdicts = self.decide(scan, filed_on, words, requirement)
        return verdicts, self._reasons(ipc, scan, verdicts, words, requirement)

    def scan(self, ipc: pa.Array) -> Scan:
        return self._index.scan(ipc)

    def decide(self, scan: Scan, filed_on: NDArray[np.datetime64], words: loops.U8, requirement: loops.U8) -> Verdicts:
        """From masks to outcomes. `filed_on`: days, NaT for none; `words`: (limits, rows) of the codes of Words."""
        rows = scan.hit.size
        verdicts = Verdicts(
            np.empty(rows, np.uint8), np.zeros(rows, np.uint64), np.zeros(rows, np.uint64), np.zeros(rows, np.uint8),
            np.zeros(rows, np.uint64), np.empty(rows, np.int8),
        )  # fmt: skip
        days = filed_on.astype("datetime64[D]", copy=False).view(np.int64)
        decide: Any = _decide  # compiled: its signature is not typed
        decide(
            scan.hit, scan.near, scan.flags, days, words, requirement, _SINCE, *self._parts,
            verdicts.outcome, verdicts.items, verdicts.fields, verdicts.needed, verdicts.wanted, verdicts.version,
        )  # fmt: skip
        return verdicts

    def _words(self, scan: Scan, texts: tuple[pa.Array, ...]) -> loops.U8:
        """Look for limiting words, but only in the texts of applications that have a symbol they limit."""
        words = np.zeros((len(LIMITS), scan.hit.size), np.uint8)
        masks, limit_of = self._parts[0], self._parts[3]
        for number, limit in enumerate(LIMITS):
            if not texts:
                break
            limited = np.bitwise_or.reduce(masks[limit_of == number])
            rows = np.flatnonzero(scan.hit & limited)
            if not rows.size:
                continue
            title, abstract, claims = (pc.fill_null(t.take(pa.array(rows)), "") for t in texts)
            text = pc.utf8_normalize(pc.binary_join_element_wise(title, abstract, claims, "\n"), "NFKC")
            found = pc.match_substring_regex(text, "|".join((*limit.ja, *limit.en)), ignore_case=True)
            given = pc.match_substring_regex(pc.binary_join_element_wise(abstract, claims, "\n"), r"\S")
            words[number, rows] = np.where(found, Words.FOUND, np.where(given, Words.ABSENT, Words.UNKNOWN))
        return words

    def _reasons(
        self, ipc: pa.Array, scan: Scan, verdicts: Verdicts, words: loops.U8, requirement: loops.U8
    ) -> Reasons:
        told = (verdicts.wanted != 0) | ((scan.flags != 0) & (verdicts.version >= 0))
        slow = np.array([row for row in scan.slow if told[row]], np.int64)
        told[slow] = False
        rows = np.flatnonzero(told)
        heads = verdicts.version.astype(np.int64) << 8 | requirement
        for number in range(len(LIMITS)):
            heads |= words[number].astype(np.int64) << 16 + 8 * number
        encoded = self._index.cases(ipc, rows, heads[rows], verdicts.wanted[rows]).dictionary_encode()
        cases = [self._case(key) for key in encoded.dictionary.to_pylist()]
        which = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        for row in slow.tolist():
            cases.append(self._judge(int(heads[row]), *scan.slow[row]))
        which = np.concatenate([which, np.arange(len(cases) - slow.size, len(cases))])
        return Reasons(np.concatenate([rows, slow]), which, cases)

    def _case(self, key: bytes) -> Told:
        if key not in self._cases:
            head, *keys = np.frombuffer(key, np.int64).tolist()
            self._cases[key] = self._judge(head, tuple(Symbol.from_key(k) for k in keys), ())
        return self._cases[key]

    def _judge(self, head: int, symbols: tuple[Symbol, ...], malformed: tuple[str, ...]) -> Told:
        words = tuple(Words(head >> 16 + 8 * n & 0xFF) for n in range(len(LIMITS)))
        case = Case(VERSIONS[head >> 8 & 0xFF], symbols, malformed, words, Requirement(head & 0xFF))
        screening = judge(case, self.listed)
        return Told(screening, wording.sentences(screening.reasons))


def _parts_table() -> tuple[Any, ...]:
    """(versions, parts) arrays: mask of the terms, bits of item and field, number of the limit, and needs.

    The parts stand in the order of their first term; the last array (versions, 65) tells where those of a term begin.
    """
    size = max(sum(len(item.parts) for item in v.items) for v in VERSIONS)
    masks, items, fields = (np.zeros((len(VERSIONS), size), np.uint64) for _ in range(3))
    limits, needs = np.full((len(VERSIONS), size), -1, np.int8), np.zeros((len(VERSIONS), size), np.bool_)
    begins = np.zeros((len(VERSIONS), 65), np.int64)
    for v, version in enumerate(VERSIONS):
        rows = [(TERMS.mask(part.terms), item, part) for item in version.items for part in item.parts]
        first = [(mask & -mask).bit_length() - 1 for mask, _, _ in rows]
        begins[v] = np.searchsorted(sorted(first), np.arange(65))
        for p, (_, (mask, item, part)) in enumerate(sorted(zip(first, rows, strict=True), key=lambda row: row[0])):
            masks[v, p] = mask
            items[v, p], fields[v, p], needs[v, p] = 1 << item.number, 1 << part.field, part.needs
            limits[v, p] = LIMITS.index(item.limit) if item.limit else -1
    return masks, items, fields, limits, needs, begins


@numba.njit(parallel=True, nogil=True, cache=True)
def _decide(  # type: ignore[no-untyped-def]
    hit, near, flags, filed_on, words, requirement, since, masks, item_bits, field_bits, limits, needs, begins,
    outcome, items, fields, needed, wanted, version,
):  # fmt: skip
    """`screening._state` and `screening._outcome` over arrays; the last six, zero at first, are written."""
    for row in numba.prange(hit.size):
        day = filed_on[row]
        v = NO_DATE if day == _NAT else BEFORE
        for number in range(since.size):
            if day >= since[number]:
                v = number
        version[row] = v
        if v < 0:
            outcome[row] = _OUT if v == BEFORE else _INVALID
            continue
        if not hit[row] | near[row]:
            outcome[row] = _INVALID if flags[row] else _OUT
            continue
        touched = hit[row] | near[row]
        met, met_fields, barred, barred_fields = np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0)
        asked, asked_fields, beside, beside_fields = np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0)
        free, free_asked, missed, terms = False, False, False, np.uint64(0)
        left = touched
        while left:
            term = loops.lowest(left)
            left &= left - _ONE
            for p in range(begins[v, term], begins[v, term + 1]):
                mask = masks[v, p]
                if touched & mask != mask:
                    continue
                bars = needs[v, p] and requirement[row] == _UNMET
                word = words[limits[v, p], row] if limits[v, p] >= 0 else _FOUND
                if hit[row] & mask != mask:
                    if bars:
                        continue
                    missed = True
                elif bars:
                    barred |= item_bits[v, p]
                    barred_fields |= field_bits[v, p]
                    if word == _FOUND:
                        beside |= item_bits[v, p]
                        beside_fields |= field_bits[v, p]
                elif word == _FOUND:
                    met |= item_bits[v, p]
                    met_fields |= field_bits[v, p]
                    free |= not needs[v, p]
                elif word == _ABSENT:
                    missed = True
                else:
                    asked |= item_bits[v, p]
                    asked_fields |= field_bits[v, p]
                    free_asked |= not needs[v, p]
                terms |= mask
        wanted[row] = terms
        if free:
            outcome[row], items[row], fields[row], needed[row] = _IN, met | beside, met_fields | beside_fields, 1
        elif met:
            outcome[row] = _IN if requirement[row] == _MET else _IN_IF
            items[row], fields[row], needed[row] = met, met_fields, 2
        elif asked:
            outcome[row], items[row], fields[row] = _ASK, asked, asked_fields
            needed[row] = 1 if free_asked else 2
        elif missed:
            outcome[row] = _NEAR
        elif flags[row]:
            outcome[row] = _INVALID
        else:
            outcome[row], items[row], fields[row], needed[row] = _OUT, barred, barred_fields, 2 if barred else 0
