"""JSON of every door has one meaning, or is refused with its place: by grammar with an oracle, and by changed bytes."""

import json
import random
from datetime import date
from unicodedata import normalize

import pytest
import rfc8785

from figures import seeds, tries
from hostile import grammar
from kaname.cli import ledger_file
from kaname.cli import strict_json as of_lines
from kaname.desk.sheets import path_of
from kaname.files.problems import BadInput
from kaname.law import T
from kaname.ledger import strict_json
from kaname.regimes import KINDS

EACH = 250  # texts of a seed
TEXTS = tries(4, ci=80, soak=8_000)  # seeds: 20,000 texts, 2 million in the soak
LINE = '{"act": "first_review.file", "on": "2026-06-01", "by": "applicant", "party": "架空", "data": {"title": "凧"}}'


def meanings(raw):
    """Why a text has not one meaning, by the standard library alone; what it means, where nothing is told."""
    told = []

    def named(pairs):
        names = {normalize("NFC", name) for name, _ in pairs}
        told.extend(["names"] * (len(names) < len(pairs)) + [_text(name) for name in names])
        return dict(pairs)

    try:
        value = json.loads(raw.decode(), object_pairs_hook=named, parse_constant=told.append)
    except (ValueError, RecursionError) as wrong:
        return [str(wrong)], None
    ahead = [(value, 0)]
    while ahead:
        one, depth = ahead.pop()
        match one:
            case str():
                told.append(_text(one))
            case dict() | list():
                told.append("deep" * (depth >= strict_json.DEEPEST))
                ahead += [(item, depth + 1) for item in (one.values() if isinstance(one, dict) else one)]
            case int() | float() if not isinstance(one, bool):
                told.append("number" * (not abs(one) <= strict_json.LARGEST))
    return [*filter(None, told)], value


def _text(text):
    return "text" * ("\0" in text or any("\ud800" <= c <= "\udfff" for c in text))


def one_meaning(raw):
    """Both strict readers of any bytes: what has one meaning is read as that, all else is refused in words."""
    told, value = meanings(raw)
    texts = [raw.decode()] if _is_utf8(raw) else []
    found = [_read(strict_json.loads, strict_json.NotStrict, raw)]
    found += [_read(of_lines.loads, of_lines.BadJson, text) for text in texts]
    assert all((value, True) == one for one in found) if not told else not any(taken for _, taken in found), (
        told,
        found,
    )
    return not told


def _read(loads, refused, given):
    try:
        return loads(given), True
    except refused as wrong:
        assert wrong.text.ja and wrong.text.en
        return None, False


def canonical(raw):
    """What is read has one writing: that of RFC 8785 by another's hand, read again as the same."""
    try:
        value = strict_json.loads(raw)
    except strict_json.NotStrict:
        return False
    text = strict_json.canonical(value)
    assert text == rfc8785.dumps(value).decode() and strict_json.loads(text) == value
    assert strict_json.is_canonical(text) and strict_json.is_canonical(raw.decode()) == (raw.decode() == text)
    return True


def ledger(raw):
    """Any bytes as a ledger: read and folded, or told by lines that it has."""
    kind, lines = KINDS["patents.application"], raw.count(b"\n") + 1
    try:
        with path_of(raw) as path:
            found = ledger_file.read_ledger(path, kind)
        ledger_file.folded(kind, found, date(2026, 11, 26))
    except BadInput as bad:
        assert all(0 <= p.line <= lines and p.text.ja and p.text.en for p in bad.problems)
        return False
    assert found.lines == sorted(set(found.lines)) and len(found.lines) == len(found.entries)
    return True


def wrongs(read, refused, seed):
    """Texts that a reader took and must not have taken, or did not take and must have."""
    lot = random.Random(seed)
    for _ in range(EACH):
        count = lot.choice((0, 0, 1, 1, 2))
        text = grammar.json_text(lot, count)
        try:
            value = read(text)
        except refused as wrong:
            if not count or not wrong.text.ja or not wrong.text.en:
                yield text
        else:
            if count or value != json.loads(text):
                yield text


@pytest.mark.parametrize(("read", "refused"), [(strict_json.loads, strict_json.NotStrict),
                                               (of_lines.loads, of_lines.BadJson)])  # fmt: skip
def test_what_has_two_meanings_is_refused_and_nothing_else(read, refused):
    for seed in seeds(TEXTS // 2):
        assert list(wrongs(read, refused, seed)) == []


def lax(text):
    """The standard library's reader at the door."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise strict_json.NotStrict("x", T("読めない", "not JSON")) from None


def test_a_lax_reader_is_found():
    assert len(list(wrongs(lax, strict_json.NotStrict, 1))) > EACH // 8


def test_changed_bytes_end_in_a_value_or_a_refusal_with_its_place():
    seed_text = json.dumps(json.loads(LINE), ensure_ascii=False).encode()
    for seed in seeds(TEXTS // 2):
        lot = random.Random(seed)
        for _ in range(EACH):
            raw = grammar.mutated(lot, seed_text)
            one_meaning(raw)
            canonical(raw)


def test_a_ledger_of_changed_lines_tells_each_by_its_line(tmp_path):
    kind, file = KINDS["patents.application"], tmp_path / "l.jsonl"
    for seed in seeds(tries(3, ci=80, soak=8_000)):
        lot = random.Random(seed)
        lines = [line(lot) for _ in range(EACH)]
        lot.shuffle(lines)
        file.write_bytes(b"\n".join(line for line in lines if _is_utf8(line)))
        with pytest.raises(BadInput) as bad:
            ledger_file.read_ledger(str(file), kind)
        assert all(0 < p.line <= EACH and p.field and p.text.ja and p.text.en for p in bad.value.problems)
        assert len({p.line for p in bad.value.problems}) > EACH // 4


def line(lot):
    if lot.random() < 0.7:
        return grammar.mutated(lot, LINE.encode()).replace(b"\n", b" ")
    return grammar.json_text(lot, 1).replace("\n", " ").encode("utf-8", "surrogatepass")


def _is_utf8(line):
    """Of another encoding a ledger is refused at once; here the lines behind it are meant to be looked at."""
    try:
        return bool(line.decode())
    except UnicodeDecodeError:
        return False


def test_more_values_than_a_text_may_hold_are_refused_before_they_become_objects():
    crowd = b'{"a": [' + b"[]," * (strict_json.MOST + 1) + b"1]}"
    with pytest.raises(strict_json.NotStrict, match="more than 2,000,000 values"):
        strict_json.loads(crowd)
    with pytest.raises(strict_json.NotStrict, match="more than"):
        strict_json.loads(crowd.decode())
    assert strict_json.loads(b'"' + b"x" * 3_000_000 + b'"')


def test_a_long_text_costs_no_more_than_its_length_asks():
    """Names in millions, the same and others; a text of one."""
    import time

    def cost(n):
        text = "{" + ", ".join(f'"k{i}": {i}' for i in range(n)) + "}"
        begun = time.process_time()
        strict_json.loads(text)
        return time.process_time() - begun

    assert min(cost(40_000) for _ in range(3)) < 12 * max(min(cost(10_000) for _ in range(3)), 0.001)
