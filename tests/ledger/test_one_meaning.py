"""Strict JSON to the letter: what is refused, in which place, in which words; what is taken, up to its last number."""

import json
import time

import pytest
import rfc8785

from kaname.ledger import strict_json
from kaname.ledger.strict_json import (
    DEEPEST,
    LARGEST,
    NotStrict,
    TooDeep,
    canonical,
    check,
    is_canonical,
    is_simple,
    loads,
)

TWICE, NUL = "stands twice; expected each name once", "holds a NUL; expected text without NUL"
WHOLE = "a whole number of 2^53 or more; expected a smaller one, or text"
FINITE, NO_NUMBER = (
    "not finite, or 2^53 or more; expected a finite number",
    "is no JSON number; expected a finite number",
)
HALF, ONE = "holds half a surrogate pair; expected Unicode text", "two names that are one after normalisation (NFC)"
DEEP = "nested too deeply; expected at most 64 levels"
INNERMOST = "[0]" * DEEPEST

REFUSED = [
    ('{"a":1,"a":1}', "a", TWICE), ('{"x":{"b":1,"a":1,"b":2}}', "b", TWICE), ('{"":1,"":2}', '""', TWICE),
    ('{"a":1,"b":1,"b":2}', "b", TWICE),
    ('{"\\u0000":"a"}', "\0", NUL), ('{"é":"a","\\udfff":"b"}', "\\udfff", HALF),
    ("NaN", "NaN", NO_NUMBER), ("[-Infinity]", "-Infinity", NO_NUMBER),
    ('"\\u0000"', "", NUL), ('{"\\u0000a":1}', "\0a", NUL), ('{"b":["c",{"a\\u0000":1}]}', "b[1].a\0", NUL),
    ('{"a":"\\u0000","b":[]}', "a", NUL), ('{"a":["x","\\u0000"]}', "a[1]", NUL),
    ('["a","\\ud800"]', "[1]", HALF), ('{"\\udfff":1}', "\\udfff", HALF), ('{"\\ud800":[1]}', "\\ud800", HALF),
    ('{"é":1,"e\\u0301":2}', "", ONE), ('{"a":{"é":1,"e\\u0301":2}}', "a", ONE),
    (str(LARGEST + 1), "", WHOLE), (f"[0,-{LARGEST + 1}]", "[1]", WHOLE), ('{"a":1e16}', "a", FINITE),
    ('{"a":-1e16}', "a", FINITE), ("1e999", "", FINITE), ('{"a":{"b":9007199254740992.0}}', "a.b", FINITE),
    ("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), INNERMOST, DEEP),
    ('{"a":' * 65 + "1" + "}" * 65, ".".join("a" * 64), DEEP),
    ("[" * 100_000, "", DEEP), ('{"a": ', "", "not JSON at character 6; expected JSON"),
    (b'"a\xff"', "", "not UTF-8 at byte 2; expected JSON in UTF-8"),
    ('{"a":1}'.encode("utf-16"), "", "not UTF-8 at byte 0; expected JSON in UTF-8"),
    (b'"\xed\xa0\x80"', "", "not UTF-8 at byte 1; expected JSON in UTF-8"),
    ("9" * 5000, "", "not JSON at character 0; expected JSON"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "field", "words"), REFUSED)
def test_what_is_refused_is_named_with_its_place(text, field, words):
    with pytest.raises(NotStrict) as wrong:
        loads(text)
    assert (wrong.value.field, wrong.value.text.en) == (field, words)
    assert str(wrong.value) == f"{field}: {words}" and wrong.value.text.ja
    assert (type(wrong.value) is TooDeep) == (words == DEEP)
    with pytest.raises(NotStrict) as wrong:
        loads(text, "data")
    expected = f"data{field}" if field.startswith("[") else f"data.{field}" if field else "data"
    assert wrong.value.field == expected[:200]


PLAIN = [None, True, False, 0, LARGEST, -LARGEST, 1.5, -0.0, 9007199254740991.0, "", "架空", "😀", [], {}, ["a", "é"],
         [1.0], {"a": 1.0}, {"a": [1.0], "b": "c"}, {"": ""}, {"é": "a", "e": "b"}, {"a": [{"b": None}]}]  # fmt: skip


@pytest.mark.parametrize("value", PLAIN, ids=repr)
def test_what_has_one_meaning_is_taken_and_written_as_rfc_8785_has_it(value):
    text = rfc8785.dumps(value).decode()
    assert loads(text) == loads(text.encode()) == json.loads(text)
    assert canonical(value) == text and is_canonical(text)
    assert not is_canonical(text + " ") and not is_canonical(" " + text)
    check(value)
    check((value, [value]))


def test_names_are_in_the_order_of_their_utf_16():
    mixed = {"\ufb33": 1, "😀": 2, "a": 3, "b": {"\ufb33": [0.5], "😀": 1}}
    assert canonical(mixed) == rfc8785.dumps(mixed).decode() != json.dumps(mixed, sort_keys=True, ensure_ascii=False)
    assert canonical([("x", {"ﬀ": 1, "😀": 2})]) == rfc8785.dumps([["x", {"ﬀ": 1, "😀": 2}]]).decode()
    assert canonical({"b": 1e21, "a": (1, "x")}) == '{"a":[1,"x"],"b":1e+21}'
    assert not is_canonical('{"b":1,"a":1}') and not is_canonical('{"a":1,"a":1}')


def test_what_is_no_value_of_json_has_no_writing():
    for value in (object(), {"a": b"x"}, [{1, 2}]):
        with pytest.raises(TypeError):
            canonical(value)
    for value, wrong in ((float("nan"), ValueError), ({("a",): 1}, TypeError)):
        with pytest.raises(wrong):
            strict_json.canonical_plain(value)


def nested(levels):
    found = None
    for _ in range(levels):
        found = [found]
    return found


def test_values_are_nested_so_deep_and_no_deeper():
    check(nested(DEEPEST))
    check({"a": nested(DEEPEST - 1)})
    for deep in (nested(DEEPEST + 1), {"a": nested(DEEPEST)}, (nested(DEEPEST),)):
        with pytest.raises(TooDeep):
            check(deep)
    with pytest.raises(TooDeep) as wrong:
        check({"x" * 300: nested(DEEPEST)})
    assert wrong.value.field == "x" * 200


@pytest.mark.parametrize(("value", "field", "words"), [
    (object(), "", "object is no JSON value"), ({"a": b"x"}, "a", "bytes is no JSON value"),
    ({1: 2}, "", "a name that is not text"), ({"a": {None: 1, "b": 1}}, "a", "a name that is not text"),
    ({"a": "x", "b": 1j}, "b", "complex is no JSON value"), ([float("nan")], "[0]", FINITE),
    ({"a": float("-inf")}, "a", FINITE),
    (("a", {"b": ("\0",)}), "[1].b[0]", NUL),
])  # fmt: skip
def test_what_is_no_value_of_json_is_refused(value, field, words):
    with pytest.raises(NotStrict) as wrong:
        check(value)
    assert (wrong.value.field, wrong.value.text.en) == (field, words)
    with pytest.raises(NotStrict) as wrong:
        check({"data": value})
    assert wrong.value.field.startswith("data")


def test_so_many_values_and_no_more(monkeypatch):
    assert (strict_json.MOST, strict_json.LARGEST, strict_json.DEEPEST) == (2_000_000, 2**53 - 1, 64)
    monkeypatch.setattr(strict_json, "MOST", 40)
    for opens, closes in (("[", "]"), ('{"a":', "}")):
        assert loads(opens * 20 + "1" + closes * 20 + " " * 40)
        for text in ("[" + opens * 20 + "1" + closes * 20 + ",1" * 20 + "]", "[" + '{"a":[],"b":1},' * 20 + "1]"):
            for said in (text, text.encode()):
                with pytest.raises(NotStrict, match="holds more than") as wrong:
                    loads(said, "data")
                assert wrong.value.field == "data"
    row = "[" + "1," * 39 + "1]"
    assert loads(row) == loads(row.encode()) == [1] * 40
    assert loads('"' + "a" * 100 + '"')


@pytest.mark.parametrize("text", ["", "abc", "a\nb\x7f"])
def test_plain_texts_need_no_further_look(text):
    assert is_simple(text)
    assert not any(is_simple(text + more) for more in ("\0", "é", "\ud800"))


def test_a_name_that_stands_twice_among_very_many_is_found_at_once():
    many = "".join(f'"{n}":0,' for n in range(40_000))
    started = time.process_time()
    with pytest.raises(NotStrict) as wrong:
        loads("{" + many + '"39999":0,"39998":0}')
    assert wrong.value.field == "39998", "the first of those that stand twice"
    assert time.process_time() - started < 2, "each compared with each takes ten seconds"


def test_a_path_is_no_longer_than_people_read():
    """Or a long name would be written out for each value within it."""
    for value in ({"x" * 300: {"y": 1 << 60}}, {"x" * 300: [1 << 60]}, {"x" * 300: 1 << 60}, {"ok": {"x" * 300: "\0"}}):
        with pytest.raises(NotStrict) as wrong:
            check(value)
        assert wrong.value.field == (("ok." if "ok" in value else "") + "x" * 300)[:200]
