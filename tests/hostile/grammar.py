"""Inputs that mean harm, made from a seed: texts, JSON, changed bytes. The same seed gives the same input."""

import json
import random
from copy import deepcopy

# One of each sort that some reader, writer or program has fallen for.
NASTY = (
    "=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.example/")', "-2+3+cmd|' /C calc'!A0", "'=1", '"=1', "|=1", "%=1",
    "#import \"/etc/passwd\"", "#read(\"/etc/passwd\")", "#let x = 1", "$x^2$", "#(1+1)", "*太字*", "_斜体_",
    "= 見出し",
    "// c", "`raw`", "<label>", "@ref", "\\#", "#", "]", "[", "{", "}", "\\", "#sys.inputs", "#plugin(\"x\")",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg/onload=alert(1)>", "' onmouseover='x",
    "</title>", "</textarea><b>", "javascript:alert(1)", "{{ 7*7 }}", "{% load x %}", "${7*7}", "<!--", "]]>", "&lt;",
    "&#60;b&#62;", "x\r\nBcc: evil@example.com", "x\nSubject: y", "x\r\n\r\nbody", "x\u2028y", "x\u2029y", "x\x0by",
    "x\x0cy", "x\x85y", "=?utf-8?q?x?=", "x\r\nEND:VCALENDAR", "x\nATTACH:http://x.example/", "a;b,c:d",
    "DESCRIPTION:x", "\\n", "\\;", "\u202egnp.exe", "\u200b", "\ufeff", "\ufffe", "e\u0301", "\u00e9", "ﬁ", "𠮷野家",
    "👩‍👩‍👧", "İ", "ß", "Ⅷ", "㈱", "\u0000", "\x01", "\x1b[31m", "\x7f", "\ud800", "\udfff", "a" * 5000, "あ" * 5000,
    " ", "", "null", "NaN", "1e400", "-0", "0x1", "９", "٣", "..", "../../etc/passwd", "C:\\x", "/etc/passwd",
    "file:///etc/passwd", "%00", "%0d%0aX: y", "' OR 1=1 --", "\"; DROP TABLE x; --", "pk", "-case__sealed",
    "person__password", "id) UNION SELECT 1", "?", "__class__", "{0.__class__}", "%s", "%(x)s", "%n",
)  # fmt: skip
_LETTERS = "aZ09 ._-=+@#$*<>&\"'\\/|;,:()[]{}%\t\r\nあ亜アｱ漢々〇ー・、。（）「」　０Ａé\u0301ﾞ𠮷👩\u200d\u202e\u2028"


def text(lot: random.Random, halves: bool = False) -> str:
    """A nasty string, or several grown together. `halves`: with halves of surrogate pairs, which no UTF-8 has."""
    parts = []
    for _ in range(lot.choice((1, 1, 1, 2, 3, 6))):
        match lot.randrange(4):
            case 0 | 1:
                parts.append(lot.choice(NASTY))
            case 2:
                parts.append("".join(lot.choice(_LETTERS) for _ in range(lot.randrange(1, 30))))
            case _:
                parts.append("".join(chr(lot.randrange(0x20, 0x3000)) for _ in range(lot.randrange(1, 12))))
    found = "".join(parts)
    return found if halves else found.encode("utf-8", "ignore").decode()


def mutated(lot: random.Random, seed: bytes, most: int = 16) -> bytes:
    """Bytes changed, cut, doubled, put in; from one place to `most`."""
    raw = bytearray(seed)
    for _ in range(lot.choice((1, 1, 2, 4, most))):
        if len(raw) < 8:
            break
        at = lot.randrange(len(raw))
        match lot.randrange(6):
            case 0:
                raw[at] = lot.randrange(256)
            case 1:
                del raw[at : at + lot.randrange(1, 64)]
            case 2:
                raw[at:at] = bytes(raw[at : at + lot.randrange(1, 64)]) * lot.randrange(1, 9)
            case 3:
                del raw[at:]
            case 4:
                raw[at:at] = text(lot, halves=True).encode("utf-8", "surrogatepass")[:200]
            case _:
                raw[at : at + 4] = lot.choice((b"9999", b"0 0 ", b"-1 R", b"\xff\xff\xff\xff", b"<<[(", b"\x00\x00"))
    return bytes(raw)


# -- JSON with more than one meaning, and an oracle that knows it ----------------------------------------------------

_WRONG_NUMBERS = ("NaN", "Infinity", "-Infinity", "1e400", "9007199254740992", "-9007199254740993", "1" * 5000, "01",
                  "1.", ".5", "+1", "0x10", "1_000")  # fmt: skip
_WRONG_TEXTS = ('"\\u0000"', '"\\ud800"', '"\\udfffx"', '"a\tb"', '"\\x41"', "'a'", '"\x00"', '"a')
_RIGHT = ("0", "-1", "1.5", "9007199254740991", "true", "false", "null", '""', '"a"', '"あ"', '"\\u3042"',
          '"\\ud840\\udc0b"', '"\\n"', '"\\\\"', "1e3", '"e\u0301"', "[]", "{}")  # fmt: skip


def json_text(lot: random.Random, wrongs: int) -> str:
    """An object with so many things in it that the strict readers must refuse, at any depth."""
    wanted = [lot.choice(("number", "text", "twice", "nfc", "deep", "name")) for _ in range(wrongs)]
    return _object(lot, wanted, 0)


def _object(lot: random.Random, wanted: list[str], depth: int) -> str:
    pairs = [f'"k{n}": {_value(lot, depth)}' for n in range(lot.randrange(0, 5))]
    for sort in wanted:
        match sort:
            case "number":
                pairs.append(f'"n{len(pairs)}": {lot.choice(_WRONG_NUMBERS)}')
            case "text":
                pairs.append(f'"t{len(pairs)}": {lot.choice(_WRONG_TEXTS)}')
            case "twice":
                pairs += ['"w": 1', '"x": 2', '"w": 3']
            case "nfc":
                pairs += ['"\u00e9": 1', '"e\u0301": 2']
            case "name":
                pairs.append('"a\\u0000": 1' if lot.random() < 0.5 else '"\\ud800": 1')
            case _:
                many = lot.choice((70, 300, 5000))
                pairs.append(f'"d": {"[" * many}{"]" * many}')
    lot.shuffle(pairs)
    whole = "{" + ", ".join(pairs) + "}"
    if depth < 3 and lot.random() < 0.5:
        return _object_around(lot, whole, depth + 1)
    return whole


def _object_around(lot: random.Random, inner: str, depth: int) -> str:
    around = f'{{"in": {inner}, "z": {_value(lot, depth)}}}' if lot.random() < 0.5 else f'{{"l": [1, {inner}]}}'
    return _object_around(lot, around, depth + 1) if depth < 3 and lot.random() < 0.4 else around


def _value(lot: random.Random, depth: int) -> str:
    if depth < 3 and lot.random() < 0.2:
        return "[" + ", ".join(_value(lot, depth + 1) for _ in range(lot.randrange(4))) + "]"
    if lot.random() < 0.2:
        return json.dumps(text(lot).replace("\0", ""))
    return lot.choice(_RIGHT)


# -- sound values and tables, changed where it hurts -----------------------------------------------------------------

_ODD = (None, True, False, 0, 1, -1, 2**53, 1.5, 1e300, "", "0", "x", [], {}, [[]], [None], {"": ""}, "9999-12-31",
        "0001-01-01", "2026-02-30", "2024-02-29", "-0", "1e400", "NaN", "\ud800")  # fmt: skip
_CELLS = ("", "0", "-1", "1e308", "-1e-320", "1e400", "nan", "inf", "-inf", "0x10", "1_000", "1,000", "１２", "٣", "½",
          "1e", "+1", "--1", "9" * 400, "0.1" + "0" * 60, "true", "null", "2026", "99999", "-2026", "2026-02-30",
          "000000", "JPN", "JP", "ZZZ", "*", "TOTAL", "Inf%", "100.0000000001", "5..10", "10..5", "..",
          "1e9999999999")  # fmt: skip


def spots(value: object, path: tuple = ()) -> list[tuple]:
    """Every place in a value of JSON but its top."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for name, item in pairs for found in ((*path, name), *spots(item, (*path, name)))]


class Sound:
    """A sound value of JSON. Its text and its places are found once: it is altered in thousands."""

    def __init__(self, value: object) -> None:
        self.text = json.dumps(value)
        self.places = spots(value)

    def altered(self, lot: random.Random) -> object:
        """Something else in it, one too many, one too few or two that have changed places; up to four times."""
        value = json.loads(self.text)
        for _ in range(lot.choice((1, 1, 1, 2, 4))):
            *way, last = lot.choice(self.places)
            try:
                holder = value
                for name in way:
                    holder = holder[name]
                _change(lot, holder, last)
            except (LookupError, TypeError, ValueError):  # an earlier change took it away
                continue
        return value


def _change(lot: random.Random, holder: object, at: object) -> None:
    match lot.randrange(7):
        case 0:
            del holder[at]
        case 1 if isinstance(holder, list):
            holder.insert(lot.randrange(len(holder) + 1), holder[at])
        case 2 if isinstance(holder, dict):
            holder[lot.choice((text(lot)[:40], str(at).upper(), f"{at} "))] = holder[at]
        case 3:
            other = lot.choice([*holder]) if isinstance(holder, dict) else lot.randrange(len(holder))
            holder[at], holder[other] = holder[other], holder[at]
        case 4:
            holder[at] = text(lot, halves=lot.random() < 0.2)
        case 5:
            holder[at] = [holder[at]] if lot.random() < 0.5 else {"x": holder[at]}
        case _:
            holder[at] = deepcopy(lot.choice(_ODD))  # or the next change would be one of all that is odd


def altered_rows(lot: random.Random, rows: list[list[str]]) -> list[list[str]]:
    """A table with cells, rows or columns changed, doubled, exchanged or gone; now and then its head."""
    rows = [list(row) for row in rows]
    for _ in range(lot.choice((1, 1, 1, 2, 4))):
        row = lot.randrange(len(rows)) if lot.random() < 0.2 else lot.randrange(1, len(rows)) if len(rows) > 1 else 0
        if not rows[row]:
            continue
        column = lot.randrange(len(rows[row]))
        match lot.randrange(8):
            case 0 if len(rows) > 2:
                del rows[row]
            case 1:
                rows.insert(lot.randrange(len(rows) + 1), list(rows[row]))
            case 2:
                rows[row].insert(column, lot.choice(_CELLS))
            case 3:
                for one in rows:
                    del one[column : column + 1]
            case 4:
                rows[row][column] = text(lot)[:200]
            case 5:
                rows[row] = rows[row][:column]
            case _:
                rows[row][column] = lot.choice(_CELLS)
    return rows


def csv_of(lot: random.Random, rows: list[list[str]]) -> bytes:
    """As people's programs write it, well or badly."""
    quote = lot.choice(("", "", '"'))
    lines = (",".join(f"{quote}{cell.replace(chr(34), chr(34) * 2)}{quote}" for cell in row) for row in rows)
    return lot.choice(("\n", "\r\n")).join(lines).encode("utf-8", "replace") + b"\n"
