"""A docket (出願一覧) as columns of text in, the same rows with their screening and days out.

Every row in gives one row out. What cannot be used is a Problem; the row still gets the best answer that is left.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kaname.assess.ipc import SymbolList
from kaname.days import DayError, FirstDay, Move, months, parse_era
from kaname.days.bulk import ends
from kaname.law import T, Text
from kaname.regimes.patents import wording
from kaname.regimes.patents.bulk import BEFORE, NO_DATE, OUTCOMES, Bulk, Reasons, Verdicts
from kaname.regimes.patents.items import VERSIONS
from kaname.regimes.patents.screening import REQUIREMENTS, Outcome, Requirement

REQUIRED = ("application_id", "filing_date", "ipc")
REQUIREMENT_COLUMNS = tuple(f"requirement_{r}" for r in REQUIREMENTS)
TEXTS = ("title", "abstract", "claims")
OPTIONAL = (*TEXTS, "base_date", "base_date_78", *REQUIREMENT_COLUMNS)

OUTPUT = pa.schema(
    [(name, pa.string()) for name in ("application_id", "items", "fields", "requirement_needed", "outcome")]
    + [(name, pa.date32()) for name in ("send_by", "ban_ends_if_silent", "ban_ends_latest")]
    + [(name, pa.string()) for name in ("reasons_ja", "reasons_en")]
)

Days = NDArray[np.datetime64]

_BEGIN = VERSIONS[0].since
_YEARS = (np.datetime64("1900-01-01"), np.datetime64("2199-12-31"))
_ANSWERS = {
    **dict.fromkeys(("true", "1", "yes", "y", "はい", "有"), True),
    **dict.fromkeys(("false", "0", "no", "n", "いいえ", "無"), False),
}
_A_DAY = T("2025-02-28のような日付", "a day such as 2025-02-28")
_IN_SCOPE = T(f"{_BEGIN}以後の日（それより前の出願は法附則2条により対象外）",
              f"{_BEGIN} or later (earlier filings are outside: suppl. Art. 2)")  # fmt: skip
_NOT_EARLIER = T("出願日以後の日", "a day not before the filing date")
_YES_NO = T(
    "true / false / 1 / 0 / yes / no / はい / いいえ、又は空欄", "true, false, 1, 0, yes, no, はい, いいえ or empty"
)
_A_SYMBOL = T("現行のIPCの記号（例 B64C 39/02）", "a symbol of the IPC in force, such as B64C 39/02")
_NO_VERSION = T(
    "出願日が読めないため、適用される版を選べない。", "The filing date cannot be read, so no version can be chosen."
)
_OUTCOME_NAMES = pa.array([o.value for o in OUTCOMES])
_OUT = OUTCOMES.index(Outcome.OUT)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one field of some rows (numbered from 0 within the batch), and what was expected."""

    field: str
    rows: NDArray[np.int64]
    found: pa.Array
    expected: Text


@dataclass(frozen=True, slots=True)
class Screened:
    """`table()`: the output columns, row by row as given. `counts`: rows by (outcome, field), and by (outcome, 0).

    The table is put together when asked for, so that a caller can do it in another thread.
    """

    table: Callable[[], pa.RecordBatch]
    problems: list[Problem]
    counts: Counter[tuple[str, int]]


class Docket:
    """Screens batches of one docket. `as_of`: later filings are refused, and reasons say which periods are over."""

    def __init__(self, listed: SymbolList | None = None, as_of: date | None = None) -> None:
        self._bulk, self._as_of = Bulk(listed), as_of
        self._numbers: dict[int, str] = {}

    def screen(self, columns: Mapping[str, pa.Array]) -> Screened:
        """`columns`: Arrow strings under the names of REQUIRED and, where given, OPTIONAL; a null is an empty cell."""
        problems: list[Problem] = []
        filed_on = self._filing_days(columns["filing_date"], problems)
        requirement = _requirement(columns, len(filed_on), problems)
        empty = pa.nulls(len(filed_on), pa.string())
        texts = tuple(columns.get(t, empty) for t in TEXTS) if any(t in columns for t in TEXTS) else ()
        verdicts, reasons = self._bulk.screen(columns["ipc"], filed_on, requirement, texts)
        problems += _symbol_problems(reasons)
        send_by, ban_ends, ban_ends_latest = _clocks(columns, filed_on, problems)
        days = send_by, ban_ends, ban_ends_latest
        names = columns["application_id"]
        return Screened(lambda: self._table(names, verdicts, reasons, days), problems, _counts(verdicts))

    def _table(self, names: pa.Array, verdicts: Verdicts, reasons: Reasons, days: tuple[Days, ...]) -> pa.RecordBatch:
        send_by, ban_ends, ban_ends_latest = days
        undated = (verdicts.outcome == _OUT) | np.isnat(send_by)
        ja, en = self._reason_columns(verdicts, reasons, undated, send_by, ban_ends_latest)
        return pa.RecordBatch.from_pydict(
            {
                "application_id": names,
                "items": self._lists(verdicts.items),
                "fields": self._lists(verdicts.fields),
                "requirement_needed": pa.array(["no", "yes"]).take(_index(verdicts.needed.astype(np.int64) - 1)),
                "outcome": _OUTCOME_NAMES.take(pa.array(verdicts.outcome)),
                "send_by": pa.array(send_by, mask=undated),
                "ban_ends_if_silent": pa.array(ban_ends, mask=undated),
                "ban_ends_latest": pa.array(ban_ends_latest, mask=undated),
                "reasons_ja": ja,
                "reasons_en": en,
            },
            OUTPUT,
        )

    def _filing_days(self, column: pa.Array, problems: list[Problem]) -> Days:
        days = _days(column, "filing_date", problems, blank_is_wrong=True)
        _note(problems, "filing_date", column, days < np.datetime64(_BEGIN), _IN_SCOPE)
        if self._as_of:
            late = days > np.datetime64(self._as_of)
            _note(
                problems,
                "filing_date",
                column,
                late,
                T(f"{self._as_of}以前の日", f"{self._as_of} or earlier (--as-of)"),
            )
            days[late] = np.datetime64("NaT")
        return days

    def _lists(self, masks: NDArray[np.uint64]) -> pa.Array:
        """Bit masks as numbers separated by `;`; nothing for no bit."""
        encoded = pa.array(masks).dictionary_encode()
        for mask in encoded.dictionary.to_pylist():
            if mask not in self._numbers:
                self._numbers[mask] = ";".join(str(n) for n in range(64) if mask >> n & 1)
        texts = [self._numbers[mask] or None for mask in encoded.dictionary.to_pylist()]
        return pa.array(texts, pa.string()).take(encoded.indices)

    def _reason_columns(
        self, verdicts: Verdicts, reasons: Reasons, undated: NDArray[np.bool_], send_by: Days, latest: Days
    ) -> tuple[pa.Array, pa.Array]:
        which = np.full(len(undated), -1, np.int64)
        which[reasons.rows] = reasons.which
        which[verdicts.version == BEFORE] = len(reasons.cases)
        which[verdicts.version == NO_DATE] = len(reasons.cases) + 1
        columns = [
            pa.array([*(case.ja for case in reasons.cases), wording.BEFORE.ja, _NO_VERSION.ja]).take(_index(which)),
            pa.array([*(case.en for case in reasons.cases), wording.BEFORE.en, _NO_VERSION.en]).take(_index(which)),
        ]
        if self._as_of is None:
            return columns[0], columns[1]
        today = np.datetime64(self._as_of)
        passed = np.select([undated, latest <= today, send_by < today], [0, 2, 1], 0)
        tails = [T("", ""), *(t.fill(day=self._as_of) for t in wording.PASSED)]
        ja, en = (
            pc.binary_join_element_wise(column, pa.array(words).take(pa.array(passed)), "", null_handling="skip")
            for column, words in zip(columns, ([t.ja for t in tails], [t.en for t in tails]), strict=True)
        )
        return ja, en


def _index(numbers: NDArray[np.int64]) -> pa.Array:
    """Indices for `take`; a negative one takes nothing."""
    return pa.array(numbers, mask=numbers < 0)


def _note(problems: list[Problem], name: str, column: pa.Array, wrong: NDArray[np.bool_], expected: Text) -> None:
    rows = np.flatnonzero(wrong)
    if rows.size:
        problems.append(Problem(name, rows, pc.fill_null(column.take(pa.array(rows)), ""), expected))


def _days(column: pa.Array, name: str, problems: list[Problem], *, blank_is_wrong: bool = False) -> Days:
    """The days of a column; NaT for an empty cell and for what is no day, which is noted."""
    try:
        days: Days = pc.cast(column, pa.date32()).to_numpy(zero_copy_only=False).astype("datetime64[D]")
    except pa.ArrowInvalid:
        days = np.array([_day(text or "") for text in column.to_pylist()], "datetime64[D]")
    days = np.where((days < _YEARS[0]) | (days > _YEARS[1]), np.datetime64("NaT"), days)
    wrong = np.isnat(days)
    if not blank_is_wrong and wrong.any():
        wrong &= pc.fill_null(pc.match_substring_regex(column, r"\S"), False).to_numpy(zero_copy_only=False)
    _note(problems, name, column, wrong, _A_DAY)
    return days


def _day(text: str) -> date | None:
    """One day in another spelling: 2025/2/8, 20250208, 令和7年2月8日."""
    plain = normalize("NFKC", text).strip().replace("/", "-").replace(".", "-")
    try:
        if plain.count("-") == 2 and plain[:1].isdigit():
            return date(*(int(part) for part in plain.split("-")))
        return date.fromisoformat(plain) if plain.isdigit() else parse_era(plain)
    except (ValueError, DayError):
        return None


def _requirement(columns: Mapping[str, pa.Array], rows: int, problems: list[Problem]) -> NDArray[np.uint8]:
    """The additional requirement of each row: met if any answer is yes, unmet if all four are no, else unknown."""
    met, unmet = np.zeros(rows, np.bool_), np.ones(rows, np.bool_)
    for name in REQUIREMENT_COLUMNS:
        if name not in columns:
            unmet[:] = False
            continue
        encoded = pc.fill_null(columns[name], "").dictionary_encode()
        words = [normalize("NFKC", w).strip().lower() for w in encoded.dictionary.to_pylist()]
        answers = np.array([{True: 1, False: 0}.get(_ANSWERS.get(w), 2 if not w else 3) for w in words], np.int8)  # type: ignore[arg-type]
        answer = answers[encoded.indices.to_numpy()]
        met |= answer == 1
        unmet &= answer == 0
        _note(problems, name, columns[name], answer == 3, _YES_NO)
    return np.where(met, Requirement.MET, np.where(unmet, Requirement.UNMET, Requirement.UNKNOWN)).astype(np.uint8)


def _clocks(columns: Mapping[str, pa.Array], filed_on: Days, problems: list[Problem]) -> tuple[Days, Days, Days]:
    """Last day for sending (Art. 66(1), three months), first free day if nothing is sent, first free day at the latest
    (Art. 78(1), ten months from the day of Art. 78(3)). NaT where there is no day to count from."""
    base_66 = _base(columns, "base_date", filed_on, filed_on, problems)
    base_78 = _base(columns, "base_date_78", filed_on, base_66, problems)
    one = np.timedelta64(1, "D")
    known = np.where(np.isnat(base_66) | np.isnat(base_78), np.datetime64(_BEGIN), base_66)
    send_by = ends(known, months(3), FirstDay.EXCLUDED, Move.NONE)[2]
    latest = ends(np.where(np.isnat(base_78), known, base_78), months(10), FirstDay.EXCLUDED, Move.NONE)[2]
    missing = np.isnat(base_66) | np.isnat(base_78)
    send_by, latest = (np.where(missing, np.datetime64("NaT"), days) for days in (send_by, latest))
    return send_by, send_by + one, latest + one


def _base(columns: Mapping[str, pa.Array], name: str, filed_on: Days, default: Days, problems: list[Problem]) -> Days:
    if name not in columns:
        return default
    before = len(problems)
    days = _days(columns[name], name, problems)
    early = days < filed_on
    _note(problems, name, columns[name], early, _NOT_EARLIER)
    given = ~np.isnat(days)
    base = np.where(given, days, default)
    for problem in problems[before:]:
        base[problem.rows] = np.datetime64("NaT")
    return base


def _symbol_problems(reasons: Reasons) -> list[Problem]:
    """Symbols that cannot be used, and cells without any."""
    found = [case.screening.troubles for case in reasons.cases]
    for number, case in enumerate(reasons.cases):
        if not found[number] and case.screening.outcome is Outcome.INVALID:
            found[number] = ("",)
    bad = np.flatnonzero(np.array([bool(troubles) for troubles in found], np.bool_)[reasons.which])
    pairs = [
        (row, trouble)
        for row, which in zip(reasons.rows[bad].tolist(), reasons.which[bad].tolist(), strict=True)
        for trouble in found[which]
    ]
    if not pairs:
        return []
    rows, texts = zip(*sorted(pairs), strict=True)
    return [Problem("ipc", np.array(rows, np.int64), pa.array(texts), _A_SYMBOL)]


def _counts(verdicts: Verdicts) -> Counter[tuple[str, int]]:
    counts: Counter[tuple[str, int]] = Counter()
    both = pa.array(verdicts.fields << np.uint64(3) | verdicts.outcome).value_counts()
    for value, times in zip(both.field(0).to_pylist(), both.field(1).to_pylist(), strict=True):
        outcome = OUTCOMES[value & 7].value
        counts[outcome, 0] += times
        for number in range(1, 26):
            if value >> 3 >> number & 1:
                counts[outcome, number] += times
    return counts
