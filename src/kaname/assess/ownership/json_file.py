"""JSON out of a file for the readers of statements: an array, or one object a line; also gzipped; numbers exact."""

import json
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

from kaname.files.batches import Fault
from kaname.files.streams import opened, unusable
from kaname.law import T

_OBJECT = T("1行に1つのJSONオブジェクト", "one JSON object a line")
_LARGEST = 1 << 30  # bytes that are read at once

Lines = list[tuple[int, Any]]  # (number of the line, or of the place in the array, from 1; value)


def load(name: str) -> tuple[bool, Any, list[Fault]]:
    """(whether there is one value a line, the values, lines that are no JSON). Raises BadInput."""
    try:
        with ExitStack() as held:
            raw = opened(name, held).read(_LARGEST + 1)
        text = raw.decode("utf-8-sig")
    except (OSError, EOFError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise unusable(
            name, T(f"読めない：{why}；JSONのファイルが要る", f"cannot be read: {why}; expected a JSON file")
        ) from error
    except UnicodeDecodeError as error:
        at = raw[: error.start].count(b"\n") + 1
        raise unusable(name, T("UTF-8でない；JSONはUTF-8で", "not UTF-8; expected JSON in UTF-8"), at) from error
    if len(raw) > _LARGEST:
        raise unusable(name, T("1 GiBを超える；分けて与える", "over 1 GiB; expected smaller files"))
    if not text.strip():
        raise unusable(name, T("空のファイル；届出の配列が要る", "empty; expected an array of statements"))
    if text.lstrip()[0] == "[" or "\n" not in text.strip():
        return False, _whole(name, text), []
    lines: Lines = []
    faults: list[Fault] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            lines.append((number, _parsed(line)))
        except (ValueError, RecursionError):
            faults.append(Fault(number - 1, "-", line[:40], _OBJECT, lost=True, line=number))
    if not lines:
        return False, _whole(name, text), []
    return True, lines, faults


def _whole(name: str, text: str) -> Any:
    try:
        return _parsed(text)
    except json.JSONDecodeError as error:
        wrong = T(f"JSONとして読めない：{error.msg}；正しいJSONが要る", f"no JSON: {error.msg}; expected sound JSON")
        raise unusable(name, wrong, error.lineno) from error
    except (ValueError, RecursionError) as error:
        reason = "nested too deep" if isinstance(error, RecursionError) else str(error)
        wrong = T(f"JSONとして読めない：{reason}；正しいJSONが要る", f"no JSON: {reason}; expected sound JSON")
        raise unusable(name, wrong) from error


def _parsed(text: str) -> Any:
    value = json.loads(text, parse_float=Decimal, parse_constant=_constant)
    if "\\ud" in text.lower():
        json.dumps(value, ensure_ascii=False, default=str).encode()  # half a character cannot be written down again
    return value


def _constant(word: str) -> Any:
    raise ValueError(f"{word} is no number")
