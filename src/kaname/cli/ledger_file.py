"""Reading a ledger: JSON Lines, one act a line, taken strictly; every problem named by line and field.

What an act means is the kernel's matter: one out of order is no bad input, it shows as a note of the standing.
"""

import difflib
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from kaname.cli.case_days import outside
from kaname.cli.kinds import roles
from kaname.cli.params import iso_day
from kaname.cli.strict_json import BadJson, loads
from kaname.days import DayError, jst_date, parse_instant
from kaname.files.problems import ENOUGH, BadInput, Problem, near
from kaname.law import T, Text
from kaname.procedure import Entry, Reason, Standing, fold, kernel_acts
from kaname.procedure.declare import CaseKind
from kaname.procedure.forms import read_form, unknown_fields
from kaname.procedure.index import index
from kaname.procedure.kernel_acts import KERNEL_ACTS
from kaname.procedure.reasons import RUN

LARGEST = 64 << 20  # bytes; a case has hundreds of acts, a ledger beyond this is another kind of file
_BOM, _UTF16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
_LINE = '{"act": "first_review.file", "on": "2025-02-28", "data": {}}'
_TYPES: dict[str, tuple[type, Text]] = {
    "act": (str, T("行為の名（procedure.act）", "the name of an act, procedure.act")),
    "on": (str, T("2025-02-28 のような日", "a day such as 2025-02-28")),
    "data": (dict, T("項目の組 {…}", "an object of fields {...}")),
    "run": (str, T("run の名", "the name of a run")),
    "by": (str, T("役割の名", "the name of a role")),
    "party": (str, T("当事者の名", "the name of a party")),
    "at": (str, T("2025-02-28T09:30:00+09:00 のような時刻", "an instant such as 2025-02-28T09:30:00+09:00")),
    "recorded_at": (str, T("2025-02-28T09:30:00+09:00 のような時刻", "an instant such as 2025-02-28T09:30:00+09:00")),
    "seq": (int, T("1 から始まる番号", "a number, counting from 1")),
}


@dataclass(slots=True)
class Ledger:
    """The entries of a file, each with the line it stands on."""

    name: str
    entries: list[Entry] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def folded(
    kind: CaseKind, ledger: Ledger, as_of: date | None = None, known_at: datetime | None = None, *, judge: bool = False
) -> Standing:
    """The standing of a ledger, by default at its last act.

    Raises BadInput where its days lead a clock out of the known calendar.

    With `judge` the conditions of its acts are asked again, and those that say no are noted as doubtful.
    """
    try:
        return fold(kind, ledger.entries, as_of, known_at, judge)
    except (DayError, OverflowError) as error:
        said = (
            error.text if isinstance(error, DayError) else T("期間が暦の範囲を超える", "a period leaves the calendar")
        )
        raise BadInput([Problem(ledger.name, _culprit(kind, ledger, as_of), "on", said)]) from None


def out_of_order(kind: CaseKind, ledger: Ledger, standing: Standing) -> list[Problem]:
    """A problem for each act that had no effect when it was written. One that a later correction or annulment spoilt
    was in order then: it is a note of the standing, no fault of the ledger."""
    irregular = [n for n in standing.notes if n.kind == "irregular"]
    if not irregular:
        return []
    acts = [replace(e, seq=i) for i, e in enumerate(ledger.entries, 1) if e.act not in KERNEL_ACTS]
    as_written = {n.entry for n in fold(kind, acts, standing.as_of).notes if n.kind == "irregular"}
    return [
        Problem(ledger.name, ledger.lines[n.entry - 1], "act", r.text)
        for n in irregular
        if n.entry in as_written or n.act in KERNEL_ACTS
        for r in n.reasons
    ]


def _culprit(kind: CaseKind, ledger: Ledger, as_of: date | None) -> int:
    """The line of the first entry with which the ledger cannot be folded up to the day, 0 where there is none."""

    def fails(count: int) -> bool:
        try:
            fold(kind, ledger.entries[:count], as_of)
        except (DayError, OverflowError):
            return True
        return False

    first = bisect_left(range(len(ledger.entries) + 1), True, key=fails)
    return ledger.lines[first - 1] if 0 < first <= len(ledger.lines) else 0


def read_ledger(name: str, kind: CaseKind, *, may_be_empty: bool = False) -> Ledger:
    """The ledger in a file, or on standard input (`-`). Raises BadInput with every problem found."""
    with _opened(name) as file:
        reader = _Reader(Ledger(name), kind)
        reader.read(_lines(name, file))
    if reader.problems:
        raise BadInput(reader.problems)
    if not reader.ledger.entries and not may_be_empty:
        text = T(f"行為が一つもない；一行に一つ、例 {_LINE}", f"holds no act; expected one a line, such as {_LINE}")
        raise BadInput([Problem(name, 1, "act", text)])
    return reader.ledger


# -- bytes to lines -------------------------------------------------------------------------------------------------


def _opened(name: str) -> AbstractContextManager[BinaryIO]:
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        if Path(name).is_file() and Path(name).stat().st_size > LARGEST:
            raise _too_large(name)
        return Path(name).open("rb")
    except FileNotFoundError:
        text = T(
            "ファイルがない；JSON Lines の台帳又は - （標準入力）を",
            "no such file; expected a ledger in JSON Lines, or - for standard input",
        )
    except IsADirectoryError:
        text = T("フォルダーである；JSON Lines の台帳を", "is a folder; expected a ledger in JSON Lines")
    except (OSError, ValueError) as error:
        text = T(f"開けない（{error}）；読めるファイルを", f"cannot be opened ({error}); expected a readable file")
    raise BadInput([Problem(name, 0, "", text)])


def _lines(name: str, file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Numbered lines, the byte order mark taken off, never more than LARGEST bytes in all."""
    number, left = 0, LARGEST
    while line := file.readline(left + 1):
        number, left = number + 1, left - len(line)
        if left < 0:
            raise _too_large(name)
        yield number, line.removeprefix(_BOM) if number == 1 else line


def _too_large(name: str) -> BadInput:
    text = T(
        f"{LARGEST >> 20} MiB を超える；一つの事件の台帳を",
        f"is larger than {LARGEST >> 20} MiB; expected the ledger of one case",
    )
    return BadInput([Problem(name, 0, "", text)])


# -- lines to entries -----------------------------------------------------------------------------------------------


class _Reader:
    """Collects entries and problems, line by line."""

    def __init__(self, ledger: Ledger, kind: CaseKind) -> None:
        self.ledger, self.kind, self.index = ledger, kind, index(kind)
        self.problems: list[Problem] = []
        self.line = 0
        self.count = 0  # lines that hold something: what `seq` counts
        self.roles = tuple(roles(kind))

    def read(self, lines: Iterable[tuple[int, bytes]]) -> None:
        for self.line, raw in lines:
            text = self._decoded(raw)
            if text is None or len(self.problems) >= ENOUGH:
                return  # of another encoding every line would be wrong
            if text.strip():
                self.count += 1
                self._take(text)

    def _wrong(self, field: str, ja: str, en: str) -> None:
        self.problems.append(Problem(self.ledger.name, self.line, field, T(ja, en)))

    def _decoded(self, raw: bytes) -> str | None:
        try:
            return raw.decode()
        except UnicodeDecodeError as error:
            seems = T("", "")
            if raw.startswith(_UTF16):
                seems = T("（UTF-16 らしい）", " (it seems to be UTF-16)")
            elif _is_shift_jis(raw):
                seems = T("（Shift_JIS らしい）", " (it seems to be Shift_JIS)")
            self._wrong(
                f"byte {error.start + 1}",
                f"UTF-8 でない{seems.ja}；UTF-8 で保存し直すこと",
                f"not UTF-8{seems.en}; expected UTF-8: save the file again in it",
            )
            return None

    def _take(self, text: str) -> None:
        before = len(self.problems)
        try:
            value = loads(text.rstrip())
        except BadJson as error:
            self._wrong(error.place.en, error.text.ja, error.text.en)
            return
        if not isinstance(value, dict):
            self._wrong(
                "line", f"JSON オブジェクトでない；例 {_LINE}", f"not a JSON object; expected one such as {_LINE}"
            )
            return
        self._shape(value)
        entry = Entry(
            act=self._text(value, "act"), on=self._on(value), data=value.get("data") or {},
            run=self._text(value, "run"), by=self._text(value, "by"), party=self._text(value, "party"),
            at=self._instant(value, "at"), recorded_at=self._instant(value, "recorded_at"), seq=self.count,
        )  # fmt: skip
        if entry.act:
            self._meaning(entry)
        if len(self.problems) == before:
            self.ledger.entries.append(entry)
            self.ledger.lines.append(self.line)

    def _shape(self, value: dict[str, Any]) -> None:
        """Names, types and numbering; what is of the wrong type is taken out and not looked at again."""
        for name, found in list(value.items()):
            expected = _TYPES.get(name)
            if expected is None:
                hint = near(difflib.get_close_matches(name, _TYPES, 1), _TYPES)
                self._wrong(name or '""', f"台帳にこの名はない；{hint.ja}", f"a ledger has no such name; {hint.en}")
            elif found is None and name not in ("act", "on"):
                del value[name]
            elif not isinstance(found, expected[0]) or isinstance(found, bool):
                value[name] = None
                self._wrong(
                    name,
                    f"{_shown(found)} は形が違う；{expected[1].ja}を",
                    f"cannot use {_shown(found)}; expected {expected[1].en}",
                )
        for name in ("act", "on"):
            if not value.get(name) and value.get(name, "") is not None:
                self._wrong(name, f"ない；{_TYPES[name][1].ja}を", f"missing; expected {_TYPES[name][1].en}")
        seq = value.get("seq")
        if seq is not None and seq != self.count:
            self._wrong(
                "seq",
                f"番号 {seq} は続かない：台帳に欠けがある；{self.count} を",
                f"number {seq} does not follow: a ledger with a gap; expected {self.count}",
            )

    def _text(self, value: dict[str, Any], name: str) -> str:
        found = value.get(name) or ""
        if not found.isprintable():
            self._wrong(
                name, "表示できない文字がある；文字だけで書くこと", "holds unprintable characters; expected plain text"
            )
        return str(found)

    def _on(self, value: dict[str, Any]) -> date:
        text = value.get("on")
        if not text:
            return date.min
        day = iso_day(text)
        if day is None:
            self._wrong(
                "on",
                f"「{_cut(text)}」は暦にない日；{_TYPES['on'][1].ja}を",
                f"{_cut(text)!r} is no day of the calendar; expected {_TYPES['on'][1].en}",
            )
            return date.min
        if wrong := outside(day):
            self._wrong("on", wrong.ja, wrong.en)
        return day

    def _instant(self, value: dict[str, Any], name: str) -> datetime | None:
        text = value.get(name)
        if text is None:
            return None
        try:
            instant = parse_instant(text)
        except DayError as error:
            self._wrong(name, error["ja"], error["en"])
            return None
        on = value.get("on")
        if name == "at" and isinstance(on, str) and jst_date(instant).isoformat() != on:
            here = jst_date(instant)
            self._wrong(
                "at",
                f"日本では {here} の時刻だが on は {on}；同じ日を",
                f"lies on {here} in Japan but on says {on}; expected the same day",
            )
        return instant

    def _meaning(self, entry: Entry) -> None:
        """The act, its role, its run and its fields, as the kind declares them."""
        if entry.by and entry.by not in self.roles:
            hint = near(difflib.get_close_matches(entry.by, self.roles, 1), self.roles)
            self._wrong("by", f"「{entry.by}」という役割はない；{hint.ja}", f"no role {entry.by!r}; {hint.en}")
        if entry.run and not RUN.fullmatch(entry.run):
            self._wrong(
                "run", "使えない文字がある；英数字と _ . : - で", "cannot be used; expected letters, digits and _ . : -"
            )
        reasons: Iterable[Reason]
        if entry.act in KERNEL_ACTS:
            _, reasons = kernel_acts.read(entry)
        elif of := self.index.acts.get(entry.act):
            reasons = (*unknown_fields(of.fields, entry.data), *read_form(of.fields, entry.data)[1])
        else:
            known = sorted((*self.index.names & set(self.index.acts), *KERNEL_ACTS))
            close = difflib.get_close_matches(entry.act, (*self.index.acts, *KERNEL_ACTS), 3)
            hint = near(close, [] if close else known)
            self._wrong(
                "act",
                f"{self.kind.id} に「{_cut(entry.act)}」という行為はない；{hint.ja}",
                f"{self.kind.id} has no act {_cut(entry.act)!r}; {hint.en}",
            )
            return
        for reason in reasons:
            self._wrong(f"data.{reason.field}", reason.text.ja, reason.text.en)


def _is_shift_jis(raw: bytes) -> bool:
    try:
        return raw.decode("cp932").strip().isprintable()
    except UnicodeDecodeError:
        return False


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}..."


def _shown(value: Any) -> str:
    return _cut(repr(value))
