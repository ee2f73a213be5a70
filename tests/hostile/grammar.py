"""Inputs that mean harm, made from a seed: texts, JSON, changed bytes. The same seed gives the same input."""

import json
import random

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
