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
from kaname.days import FirstDay, Length, Move, months
from kaname.days.bulk import ends
from kaname.law import T, Text
from kaname.regimes.patents import wording
from kaname.regimes.patents.bulk import BEFORE, NO_DATE, OUTCOMES, Bulk, Reasons, Verdicts
from kaname.regimes.patents.cells import ANSWERS, read_day
from kaname.regimes.patents.columns import OUTPUT, REQUIREMENT_COLUMNS, TEXTS
from kaname.regimes.patents.items import VERSIONS
from kaname.regimes.patents.screening import Outcome, Requirement

Days = NDArray[np.datetime64]

_BEGIN = VERSIONS[0].since
_YEARS = (np.datetime64("1900-01-01"), np.datetime64("2199-12-31"))
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
_NAT = np.datetime64("NaT", "D")
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
    """Screens batches of one docket, each row by the version in force on its filing day.

    With `as_of` every row is judged as if filed on that day, whatever its own; its clocks run from its own day still.
    Raises ValueError for an `as_of` before the regime began.
    """

    def __init__(self, listed: SymbolList | None = None, as_of: date | None = None) -> None:
        if as_of and as_of < _BEGIN:
            raise ValueError(f"cannot judge as of {as_of}; expected {_BEGIN} or later")
        self._bulk, self._as_of = Bulk(listed), as_of
        self._numbers: dict[int, str] = {}

    def screen(self, columns: Mapping[str, pa.Array]) -> Screened:
        """`columns`: Arrow strings under the names of REQUIRED and, where given, OPTIONAL; a null is an empty cell."""
        problems: list[Problem] = []
        filed_on = _days(columns["filing_date"], "filing_date", problems, blank_is_wrong=True)
        judged_on = filed_on
        if self._as_of:
            judged_on = np.full(filed_on.size, np.datetime64(self._as_of))
        else:
            _note(problems, "filing_date", columns["filing_date"], filed_on < np.datetime64(_BEGIN), _IN_SCOPE)
        requirement = _requirement(columns, len(filed_on), problems)
        empty = pa.nulls(len(filed_on), pa.string())
        texts = tuple(columns.get(t, empty) for t in TEXTS) if any(t in columns for t in TEXTS) else ()
        verdicts, reasons = self._bulk.screen(columns["ipc"], judged_on, requirement, texts)
        problems += _symbol_problems(reasons)
        clocks = _clocks(columns, filed_on, problems)
        names = columns["application_id"]
        return Screened(lambda: self._table(names, verdicts, reasons, filed_on, clocks), problems, _counts(verdicts))

    def _table(
        self, names: pa.Array, verdicts: Verdicts, reasons: Reasons, filed_on: Days, clocks: tuple[Days, Days, Days]
    ) -> pa.RecordBatch:
        send_by, ban_ends, ban_ends_latest = clocks
        undated = (verdicts.outcome == _OUT) | np.isnat(send_by)
        ja, en = self._reason_columns(verdicts, reasons, filed_on)
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

    def _lists(self, masks: NDArray[np.uint64]) -> pa.Array:
        """Bit masks as numbers separated by `;`; nothing for no bit."""
        encoded = pa.array(masks).dictionary_encode()
        for mask in encoded.dictionary.to_pylist():
            if mask not in self._numbers:
                self._numbers[mask] = ";".join(str(n) for n in range(64) if mask >> n & 1)
        texts = [self._numbers[mask] or None for mask in encoded.dictionary.to_pylist()]
        return pa.array(texts, pa.string()).take(encoded.indices)

    def _reason_columns(self, verdicts: Verdicts, reasons: Reasons, filed_on: Days) -> tuple[pa.Array, pa.Array]:
        texts = [*(case.text for case in reasons.cases), wording.BEFORE, _NO_VERSION]
        which = np.full(filed_on.size, -1, np.int64)
        which[reasons.rows] = reasons.which
        which[verdicts.version == BEFORE] = len(texts) - 2
        which[verdicts.version == NO_DATE] = len(texts) - 1
        if self._as_of:
            texts, which = _with_remarks(texts, which, filed_on, self._as_of)
        rows = _index(which)
        return pa.array([t.ja for t in texts]).take(rows), pa.array([t.en for t in texts]).take(rows)


def _with_remarks(
    texts: list[Text], which: NDArray[np.int64], filed_on: Days, as_of: date
) -> tuple[list[Text], NDArray[np.int64]]:
    """What the law says of each row judged as of another day, behind its text (`which`; negative: it has none)."""
    remarks = [wording.BEFORE_AS_OF, *(wording.version_as_of(v.since) for v in VERSIONS), wording.NO_DAY_AS_OF]
    since = np.array([v.since for v in VERSIONS], "datetime64[D]")
    remark = np.searchsorted(since, filed_on, "right")
    remark[np.isnat(filed_on)] = len(remarks) - 1
    nothing = int(np.searchsorted(since, np.datetime64(as_of), "right"))  # rows that the law judges no otherwise
    pairs, place = np.unique(which * len(remarks) + remark, return_inverse=True)
    joined = []
    for text, said in (divmod(pair, len(remarks)) for pair in pairs.tolist()):
        parts = [texts[text]] if text >= 0 else []
        parts += [remarks[said].fill(day=as_of)] if said != nothing else []
        joined.append(wording.sentences(parts))
    silent = np.array([not text.ja for text in joined], np.bool_)
    return joined, np.where(silent[place], -1, place)


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
        days = np.array([read_day(text or "") for text in column.to_pylist()], "datetime64[D]")
    days = np.where((days < _YEARS[0]) | (days > _YEARS[1]), _NAT, days)
    wrong = np.isnat(days)
    if not blank_is_wrong and wrong.any():
        wrong &= pc.fill_null(pc.match_substring_regex(column, r"\S"), False).to_numpy(zero_copy_only=False)
    _note(problems, name, column, wrong, _A_DAY)
    return days


def _requirement(columns: Mapping[str, pa.Array], rows: int, problems: list[Problem]) -> NDArray[np.uint8]:
    """The additional requirement of each row: met if any answer is yes, unmet if all four are no, else unknown."""
    met, unmet = np.zeros(rows, np.bool_), np.ones(rows, np.bool_)
    for name in REQUIREMENT_COLUMNS:
        if name not in columns:
            unmet[:] = False
            continue
        encoded = pc.fill_null(columns[name], "").dictionary_encode()
        words = [normalize("NFKC", w).strip().lower() for w in encoded.dictionary.to_pylist()]
        answers = np.array([{True: 1, False: 0}.get(ANSWERS.get(w), 2 if not w else 3) for w in words], np.int8)  # type: ignore[arg-type]
        answer = answers[encoded.indices.to_numpy()]
        met |= answer == 1
        unmet &= answer == 0
        _note(problems, name, columns[name], answer == 3, _YES_NO)
    return np.where(met, Requirement.MET, np.where(unmet, Requirement.UNMET, Requirement.UNKNOWN)).astype(np.uint8)


def _clocks(columns: Mapping[str, pa.Array], filed_on: Days, problems: list[Problem]) -> tuple[Days, Days, Days]:
    """Last day for sending (Art. 66(1), three months), first free day if nothing is sent, first free day at the latest
    (Art. 78(1), ten months from the day of Art. 78(3)). NaT before the regime and where no day is known to count from.

    The ten months of a division run from its parent's filing day and may be over first: then that day frees, sent or
    not.
    """
    base_66 = _base(columns, "base_date", filed_on, filed_on, problems)
    base_78 = _base(columns, "base_date_78", filed_on, base_66, problems)
    begin, one = np.datetime64(_BEGIN), np.timedelta64(1, "D")
    running = (filed_on >= begin) & ~np.isnat(base_66) & ~np.isnat(base_78)

    def last(base: Days, length: Length) -> Days:
        return np.where(running, ends(np.where(running, base, begin), length, FirstDay.EXCLUDED, Move.NONE)[2], _NAT)

    send_by, latest = last(base_66, months(3)), last(base_78, months(10)) + one
    return send_by, np.minimum(send_by + one, latest), latest


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
        base[problem.rows] = _NAT
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
