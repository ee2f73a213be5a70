"""Objects told in a JSON file or by options: each field read by a named reader, every mistake named with its place."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from kaname.cli import strict_json
from kaname.cli.params import read_day
from kaname.days import DayError
from kaname.files.problems import BadInput, Problem, near
from kaname.files.streams import unusable
from kaname.law import T, Text

Reader = Callable[[Any], Any]
_YES = {"yes": True, "true": True, "はい": True, "no": False, "false": False, "いいえ": False}
_Choice = TypeVar("_Choice", bound=StrEnum)


class Unreadable(ValueError):
    """A value that a reader cannot take. `text`: what was wrong; what was expected. `part`: where inside the value."""

    def __init__(self, text: Text, part: str = "") -> None:
        super().__init__(text.en)
        self.text, self.part = text, part


@dataclass(frozen=True, slots=True)
class Told:
    """One object of the input: its line and what it says."""

    file: str
    line: int
    values: Mapping[str, Any]


# -- the file ---------------------------------------------------------------------------------------------------------


def objects(file: str) -> tuple[list[Told], bool]:
    """The objects of a file: one, a list, or one a line; whether it is just the one. Raises BadInput."""
    text = _text(file)
    if not text.strip():
        raise unusable(file, T("空のファイル；JSON オブジェクトを", "empty; expected a JSON object"))
    try:
        whole = strict_json.loads(text)
    except strict_json.BadJson as error:
        lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
        if len(lines) < 2 or not _is_json(lines[0][1]):
            line = getattr(error.__cause__ or error.__context__, "lineno", 0) or 0
            raise BadInput([Problem(file, line, error.place.en if not line else "", error.text)]) from None
        return _each_line(file, lines), False
    if whole == []:
        raise unusable(file, T("空の配列；オブジェクトを一つ以上", "an empty list; expected one object or more"))
    if isinstance(whole, list):
        return [_object(file, 0, row, f"[{n}]") for n, row in enumerate(whole)], False
    return [_object(file, 0, whole, "")], True


def _text(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise unusable(file, T(f"読めない（{error.strerror}）", f"cannot be read ({error.strerror})")) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise unusable(file, T("UTF-8 でない；UTF-8 の JSON を", "not UTF-8; expected JSON in UTF-8")) from None


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _each_line(file: str, lines: Iterable[tuple[int, str]]) -> list[Told]:
    found, problems = [], []
    for n, line in lines:
        try:
            found.append(_object(file, n, strict_json.loads(line), ""))
        except strict_json.BadJson as error:
            problems.append(Problem(file, n, "", error.text))
        except BadInput as bad:
            problems.extend(bad.problems)
    if problems:
        raise BadInput(problems)
    return found


def _object(file: str, line: int, value: Any, place: str) -> Told:
    if not isinstance(value, dict):
        raise BadInput(
            [Problem(file, line, place, T("JSON オブジェクトでない；{…} を", "no JSON object; expected {...}"))]
        )
    return Told(f"{file}{place}", line, value)


# -- its fields -------------------------------------------------------------------------------------------------------


def read(told: Told, fields: Mapping[str, Reader]) -> dict[str, Any]:
    """The fields of an object, read; null and absent are left out. Raises BadInput with every problem."""
    found: dict[str, Any] = {}
    problems = []
    for name, value in told.values.items():
        if name not in fields:
            text = near(get_close_matches(name, fields), fields)
            problems.append(
                Problem(told.file, told.line, name, T(f"不明な項目；{text.ja}", f"unknown field; {text.en}"))
            )
        elif value is not None:
            try:
                found[name] = fields[name](value)
            except Unreadable as error:
                place = f"{name}.{error.part}" if error.part else name
                problems.append(Problem(told.file, told.line, place, error.text))
    if problems:
        raise BadInput(problems)
    return found


def required(told: Told, found: Mapping[str, Any], *names: str) -> None:
    """Raises BadInput naming every field that is missing."""
    missing = [n for n in names if n not in found]
    if missing:
        raise BadInput(
            Problem(told.file, told.line, n, T("書かれていない；必要", "missing; expected a value")) for n in missing
        )


# -- readers ----------------------------------------------------------------------------------------------------------


def text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Unreadable(T("文字列でない；文字列を", "no text; expected text"))
    return str(value)


def flag(value: Any) -> bool:
    found = value if isinstance(value, bool) else _YES.get(str(value).strip().lower())
    if found is None:
        raise Unreadable(
            T(
                f"「{value}」は読めない；true か false（はい、いいえ）を",
                f"cannot read {value!r}; expected true or false",
            )
        )
    return found


def day(value: Any) -> date:
    try:
        return read_day(text(value))
    except DayError as error:
        raise Unreadable(error.text) from None


def choice(of: type[_Choice]) -> Reader:
    """A reader for one of the values of an enumeration."""

    def one(value: Any) -> _Choice:
        known = [str(c.value) for c in of]
        if str(value) not in known:
            names = ", ".join(known)
            raise Unreadable(
                T(f"「{value}」は選べない；{names} のいずれか", f"{value!r} is not a choice; expected one of {names}")
            )
        return of(str(value))

    return one


def pairs(given: Iterable[str], option: str) -> dict[str, str]:
    """`--figure NAME=VALUE`, given several times. Raises BadInput."""
    found: dict[str, str] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name or not value:
            raise BadInput([Problem(option, 0, pair, T("NAME=VALUE の形で", "expected NAME=VALUE"))])
        if name in found:
            raise BadInput([Problem(option, 0, name, T("二度ある；一度だけ書くこと", "given twice; expected once"))])
        found[name] = value
    return found
