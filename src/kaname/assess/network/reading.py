"""A network out of tables (CSV, JSON Lines, Parquet): links, firms, which inputs are essential. Every bad row is told.

A row that cannot be read leaves a network with other shares in it: unless asked to `skip` such rows, nothing is made of
tables with a fault.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kaname.assess.network.net import ESSENTIAL, F64, I64, LINEAR, NEGLIGIBLE, Network
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import unusable
from kaname.files.tables import Batch, Fault, Reader, open_reader, read
from kaname.law import T, Text

LINKS = ("supplier", "buyer", "amount")
FIRMS = ("id", "industry")
TEXTS = ("market", "region")
NUMBERS = ("revenue", "costs", "stock")
MATRIX = ("supplier_industry", "buyer_industry", "class")
WORDS = {
    "2": ESSENTIAL, "essential": ESSENTIAL, "不可欠": ESSENTIAL, "1": LINEAR, "linear": LINEAR, "非不可欠": LINEAR,
    "0": NEGLIGIBLE, "negligible": NEGLIGIBLE, "無視可能": NEGLIGIBLE,
}  # fmt: skip
_AN_ID = T("識別子", "an identifier")
_AMOUNT = T("0以上の数", "a number not below 0")
_A_FIRM = T("企業の表にある識別子", "an identifier in the table of firms")
_OTHER = T("自分以外の企業", "another firm than itself")
_ONCE = T("一度だけ", "each only once")
_CLASS = T("0、1、2（negligible、linear、essential）", "0, 1 or 2 (negligible, linear, essential)")
_KIND = T("企業の表にある産業", "an industry in the table of firms")


@dataclass(slots=True)
class Read:
    """The network, further columns of the firms (`more`), and what was wrong with the tables."""

    network: Network
    more: dict[str, F64] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_network(
    links: str, firms: str, essential: str = "essential", *, more: Sequence[str] = (), encoding: str = "utf-8",
    form: str | None = None, skip: bool = False,
) -> Read:  # fmt: skip
    """Tables by name (`-`: standard input). `essential` is a table, or one class for all inputs. `more` are columns of
    numbers of the firms. Raises BadInput: with every bad row, unless these are to be skipped."""
    problems: list[Problem] = []
    known = _firms(firms, more, problems)
    i, j, w = _links(links, form, encoding, known.place, problems)
    classes = _classes(essential, known.industries, problems)
    if problems and not skip:
        raise BadInput(problems)
    network = Network.of(
        i, j, w, known.industry, names=known.ids, industries=known.industries, essential=classes, market=known.market,
        revenue=known.numbers.get("revenue"), costs=known.numbers.get("costs"), region=known.region,
        regions=known.regions, stock=known.numbers.get("stock", np.nan),
    )  # fmt: skip
    return Read(network, {name: known.numbers[name] for name in more}, problems)


@dataclass(slots=True)
class _Firms:
    ids: tuple[str, ...]
    place: dict[str, int]
    industries: tuple[str, ...]
    industry: I64
    market: I64 | None
    regions: tuple[str, ...]
    region: I64 | None
    numbers: dict[str, F64]


def _firms(name: str, more: Sequence[str], problems: list[Problem]) -> _Firms:
    place: dict[str, int] = {}
    columns: dict[str, list[Any]] = {}
    faults: list[Fault] = []
    with open_reader(name, None, "utf-8") as reader:
        _required(reader, (*FIRMS, *more))
        wanted = [n for n in (*FIRMS, *TEXTS, *NUMBERS, *more) if n in reader.names]
        for batch in read(reader, {n: n for n in wanted}):
            faults += batch.faults
            texts = {n: _texts(batch, n) for n in wanted}
            for row, (one, industry) in enumerate(zip(texts["id"], texts["industry"], strict=True)):
                bad = None
                if not one:
                    bad = Fault(batch.first + row, "id", "", _AN_ID)
                elif one in place:
                    bad = Fault(batch.first + row, "id", one[:40], _ONCE)
                elif not industry:
                    bad = Fault(batch.first + row, "industry", "", T("産業", "an industry"))
                if bad:
                    faults.append(bad)
                    continue
                place[one] = len(place)
                for n in wanted[2:]:
                    text = texts[n][row]
                    value: Any = text if n in TEXTS else _number(text)
                    if value is None:
                        faults.append(Fault(batch.first + row, n, text[:40], _AMOUNT))
                        value = np.nan
                    columns.setdefault(n, []).append(value)
                columns.setdefault("industry", []).append(industry)
        problems += _placed(reader, faults)
    if not place:
        raise unusable(name, T("企業がない；1行以上が要る", "no firms; expected one or more"))
    industries, codes = _coded(columns["industry"])
    markets, regions = columns.get("market"), columns.get("region")
    if markets:
        markets = [m or f"industry:{k}" for m, k in zip(markets, columns["industry"], strict=True)]
    named, where = _coded(regions) if regions else ((), None)
    return _Firms(
        tuple(place), place, industries, codes, _coded(markets)[1] if markets else None, named, where,
        {n: np.array(columns[n], np.float64) for n in (*NUMBERS, *more) if n in columns},
    )  # fmt: skip


def _links(
    name: str, form: str | None, encoding: str, place: dict[str, int], problems: list[Problem]
) -> tuple[I64, I64, F64]:
    parts: list[tuple[I64, I64, F64]] = []
    faults: list[Fault] = []
    with open_reader(name, form, encoding) as reader:
        _required(reader, LINKS)
        for batch in read(reader, {n: n for n in LINKS}):
            faults += batch.faults
            i, j = (
                _each_text(batch, side, lambda text: place.get(text, -1), -1, _A_FIRM, faults) for side in LINKS[:2]
            )
            w = _each_text(batch, "amount", _amount, np.nan, _AMOUNT, faults)
            good = (i >= 0) & (j >= 0) & ~np.isnan(w)
            for row in np.flatnonzero(good & (i == j)).tolist():
                faults.append(Fault(batch.first + row, "buyer", batch.columns["buyer"][row].as_py()[:40], _OTHER))
            good &= i != j
            parts.append((i[good].astype(np.int64), j[good].astype(np.int64), w[good]))
        if not parts:
            raise unusable(name, T("取引がない；1行以上が要る", "no links; expected one or more"))
        problems += _placed(reader, faults)
    i, j, w = (np.concatenate(column) for column in zip(*parts, strict=True))
    return i, j, w


def _classes(name: str, industries: tuple[str, ...], problems: list[Problem]) -> Any:
    """One class, or a matrix out of a table: a row a pair, or a row a supplier's industry with a column a buyer's."""
    if name in WORDS:
        return WORDS[name]
    at = {industry: k for k, industry in enumerate(industries)}
    found = np.full((len(industries), len(industries)), -1)
    faults: list[Fault] = []
    with open_reader(name, None, "utf-8") as reader:
        by_pair = set(MATRIX) <= set(reader.names)
        side = MATRIX[0] if by_pair else reader.names[0]
        columns = MATRIX if by_pair else (side, *(n for n in reader.names[1:] if n in at))
        for batch in read(reader, {n: n for n in columns}):
            faults += batch.faults
            rows = _texts(batch, side)
            for row, k in enumerate(rows):
                if k not in at and by_pair:
                    faults.append(Fault(batch.first + row, side, k[:40], _KIND))
                if k not in at:
                    continue
                pairs = [(batch.columns[MATRIX[1]][row], batch.columns[MATRIX[2]][row], MATRIX[2])] if by_pair else [
                    (n, batch.columns[n][row], n) for n in columns[1:]
                ]  # fmt: skip
                for buyer, text, shown in pairs:
                    buyer = str(buyer).strip()
                    what = WORDS.get((text.as_py() or "").strip().lower())
                    if buyer not in at or what is None:
                        faults.append(
                            Fault(batch.first + row, shown, str(text)[:40], _CLASS) if what is None
                            else Fault(batch.first + row, MATRIX[1], buyer[:40], _KIND)
                        )  # fmt: skip
                    if buyer in at:
                        found[at[k], at[buyer]] = NEGLIGIBLE if what is None else what
        problems += _placed(reader, faults)
    empty = np.argwhere(found < 0)
    if empty.size:
        k, buyer = (industries[x] for x in empty[0])
        problems.append(Problem(name, 0, "", T(
            f"{len(empty)} 組の産業に区分がない（供給者 {k}、買い手 {buyer} など）；全ての組に要る",
            f"{len(empty)} pairs of industries have no class (supplier {k}, buyer {buyer}); expected all"
            f" {len(industries)}×{len(industries)}",
        )))  # fmt: skip
    return np.maximum(found, NEGLIGIBLE)


def _each_text(
    batch: Batch, name: str, convert: Callable[[str], Any], bad: Any, expected: Text, faults: list[Fault]
) -> np.ndarray[Any, Any]:
    """A column converted, each distinct text once."""
    encoded = pc.fill_null(batch.columns[name], "").dictionary_encode()
    encoded = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    texts = [text.strip() for text in encoded.dictionary.to_pylist()]
    values = np.array([convert(text) for text in texts])
    wrong = np.isnan(values) if values.dtype.kind == "f" else values == bad
    for code in np.flatnonzero(wrong).tolist():
        faults += [
            Fault(batch.first + row, name, texts[code][:40], expected) for row in np.flatnonzero(codes == code).tolist()
        ]
    found: np.ndarray[Any, Any] = values[codes] if values.size else np.zeros(0)
    return found


def _amount(text: str) -> float:
    found = _number(text)
    return np.nan if found is None else found


def _number(text: str) -> float | None:
    """A number not below 0; NaN for nothing, None for something else."""
    if not text:
        return float("nan")
    try:
        found = float(text.replace(",", ""))
    except ValueError:
        return None
    return found if np.isfinite(found) and found >= 0 else None


def _texts(batch: Batch, name: str) -> list[str]:
    return [text.strip() for text in batch.columns[name].fill_null("").to_pylist()]


def _coded(texts: Sequence[str]) -> tuple[tuple[str, ...], I64]:
    """The different texts in their order, and which each is."""
    names = {text: k for k, text in enumerate(sorted(set(texts)))}
    return tuple(names), np.array([names[text] for text in texts], np.int64)


def _required(reader: Reader, names: Sequence[str]) -> None:
    have = ", ".join(reader.names)
    lacking = [
        Problem(reader.name, 1, name, T(f"列がない；ある列は {have}", f"no such column; the file has {have}"))
        for name in names
        if name not in reader.names
    ]
    if lacking:
        raise BadInput(lacking)


def _placed(reader: Reader, faults: list[Fault]) -> list[Problem]:
    told = []
    for line, fault in reader.place(faults):
        found = fault.found if isinstance(fault.found, Text) else T(f"「{fault.found}」", repr(fault.found))
        text = T(f"{found.ja}；{fault.expected.ja}が要る", f"{found.en}; expected {fault.expected.en}")
        told.append(Problem(reader.name, line, fault.field, text))
    return told
