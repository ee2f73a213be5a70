"""`kaname-verify` by itself: one of every format, made by hand, is taken; each departure is refused in words."""

import json
import sys
from hashlib import sha256

import pytest
from made_by_hand import (
    ENOUGH,
    FIELDS,
    INSTANT,
    KEY,
    OFFICE,
    OTHER,
    PAPERS,
    STRANGER,
    anchor,
    bundle,
    chained,
    contact,
    envelope_keys,
    line_of,
    name_of,
    objects,
    proof,
    put,
    receipt,
    sent,
    signed,
    text,
    told,
    with_paper,
    within,
)  # fmt: skip

import kaname_verify

SURROGATE, DEEP = "\ud800", 64
WHOLE = {
    "receipt/1": lambda: signed(receipt()), "anchor/1": lambda: signed(anchor()),
    "proof/1": lambda: line_of(proof()) + b"\n", "contact/1": lambda: signed(contact()),
    "envelope-key/1": lambda: signed(envelope_keys()), "bundle/3": lambda: sent(bundle()),
}  # fmt: skip


def refused(raw, words, held=None, keys=(KEY,)):
    with pytest.raises(kaname_verify.Bad) as wrong:
        kaname_verify.check(raw, keys, held)
    assert words in str(wrong.value)


@pytest.mark.parametrize("form", WHOLE)
def test_what_was_made_by_hand_is_taken_and_said_so(form):
    assert kaname_verify.check(WHOLE[form](), [STRANGER, KEY]) == f"kaname-{form}: everything holds"
    assert kaname_verify.CHECKS[f"kaname-{form}"](WHOLE[form](), [KEY])["format"] == f"kaname-{form}"


@pytest.mark.parametrize("form", [form for form in WHOLE if form != "proof/1"])
def test_of_two_signed_lines_no_part_may_differ(form):
    raw = WHOLE[form]()
    line, _, after = raw.partition(b"\n")
    signature, rest = after[:128], after[129:]
    refused(raw, "signed in the name of a key that you did not give", keys=[STRANGER])
    refused(line + b"\n" + b"0" * 128 + b"\n" + rest, "the signature is not that of its sender")
    refused(line + b"\n" + signature.upper() + b"\n" + rest, "no line with its signature")
    refused(line + b"\n" + signature + b" " + rest, "no line with its signature")
    refused(line + b"\n" + signature, "no line with its signature")
    for more in (b"x", b"\n", b"\xff"):
        refused(raw + more, "followed by bytes that nobody has signed for")
    said = json.loads(line)
    refused(signed(said, by=OTHER) + rest, "the signature is not that of its sender")
    refused(signed(said, kind="another/1") + rest, "the signature is not that of its sender")
    refused(signed({**said, "from": "x"}) + rest, "signed in the name of a key that you did not give", keys=["x"])


# -- JSON --------------------------------------------------------------------------------------------------------------


def nested(levels):
    found = []
    for _ in range(levels - 1):
        found = [found]
    return found


@pytest.mark.parametrize(("value", "fits"), [
    (nested(DEEP - 4), True), (nested(DEEP - 3), False), ((1 << 53) - 1, True), (1 << 53, False), (-(1 << 53), False),
    (float(1 << 53), False), (1.5, True), ("\0", False), (SURROGATE, False), ([SURROGATE], False), ({"\0": 1}, False),
    ({SURROGATE: 1}, False), ({"a": {"b": "\0"}}, False), (None, True), (False, True), ({"": {}}, True),
    ({"\u00e9": 1, "e\u0301": 2}, False),
])  # fmt: skip
def test_json_of_more_than_one_meaning_is_refused(value, fits):
    said = bundle()
    said["entries"][0]["data"]["more"] = value
    raw = sent(chained(said))
    if fits:
        assert kaname_verify.check(raw, [KEY])
    else:
        refused(raw, "not strict JSON")


@pytest.mark.parametrize(("line", "words"), [
    (b'{"a": 1}', "not an object in its canonical writing"), (b"[]", "not an object in its canonical writing"),
    (b'{"a":1,"a":1}', "not strict JSON (a name stands twice)"), (b"\xff", "not strict JSON"), (b"", "not strict JSON"),
    (b'{"a":NaN}', "not strict JSON"), (b"[" * 100_000, "not strict JSON"),
    (b'{"format":"x"}', "not one of the formats"),
    (b"kaname-envelope/2 hpke", "sealed for an office"),
])  # fmt: skip
def test_a_line_that_is_no_object_is_refused(line, words):
    refused(line + b"\n", words)


# -- each field of each format -----------------------------------------------------------------------------------------

PLACES = [(form, path) for form, (_, _, fields) in FIELDS.items() for path in fields]


@pytest.mark.parametrize(("form", "path"), PLACES, ids=[f"{f}-{'.'.join(map(str, p))}" for f, p in PLACES])
def test_a_field_that_is_not_of_its_form_is_named(form, path):
    make, ready, fields = FIELDS[form]
    named = path[-1] if isinstance(path[-1], str) and path[0] not in ("keys", "revoked") else ""
    for value in fields[path]:
        raw = ready(put(make(), path, value))
        refused(raw, "form")
        refused(raw, named)


@pytest.mark.parametrize("form", FIELDS)
def test_a_field_too_few_or_too_many_is_refused(form):
    make, ready, _ = FIELDS[form]
    for path in objects(make()):
        for name in [*within(make(), path), None]:
            if (form, path, name) in ENOUGH:
                continue
            said = make()
            if name is None:
                within(said, path)["more"] = 1
            else:
                del within(said, path)[name]
            with pytest.raises(kaname_verify.Bad):
                kaname_verify.check(ready(said), [KEY])


# -- proofs ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("steps", "place"), [(0, 0), (1, 0), (1, 1), (2, 2), (3, 5), (60, 5)])
def test_a_leaf_on_any_side_leads_to_its_root(steps, place):
    assert kaname_verify.check(line_of(proof(steps, place)), [KEY])


@pytest.mark.parametrize(("said", "words"), [
    (lambda: proof(61, 0), "not a path as signed for"),
    (lambda: proof(2, -1), "not a path as signed for"),
    (lambda: proof(2, 4), "not a path as signed for"),
    (lambda: proof(path=[]), "not a path as signed for"),
    (lambda: proof(path=["0" * 64] * 3), "not a path as signed for"),
    (lambda: proof(path=[1, 2]), "the path is not of digests"),
    (lambda: proof(path=["0" * 62, "0" * 64]), "the path is not of digests"),
    (lambda: proof(path=["0" * 64] * 2), "does not lead to the root"),
    (lambda: {**proof(), "place": 2}, "does not lead to the root"),
    (lambda: proof(seq=8), "does not lead to the root"),
    (lambda: proof(case="a" * 26), "does not lead to the root"),
    (lambda: proof(blind="0" * 64), "does not lead to the root"),
    (lambda: proof(digest="0" * 64), "does not lead to the root"),
    (lambda: proof(anchor=signed(anchor(), by=OTHER).decode()), "the signature is not that of its sender"),
])  # fmt: skip
def test_a_proof_leads_to_the_root_that_was_signed_or_is_refused(said, words):
    refused(line_of(said()), words)


# -- contacts and envelope keys ----------------------------------------------------------------------------------------


def contact_with(**other):
    return {**contact(), "contact": {**told(), **other}}


def countersigned(by=OFFICE, **other):
    said = {"anchor": "", "at": INSTANT, "format": "kaname-countersigned/1", "from": KEY, **other}
    return signed({name: value for name, value in said.items() if value is not None}, by=by).decode()


NEXT = text(anchor(2, name_of(anchor())))
CONTACTS = {
    "a number left out": (dict(anchors=[text(anchor()), text(anchor(3, name_of(anchor())))]), "does not continue"),
    "a number twice": (dict(anchors=[text(anchor()), text(anchor(1, name_of(anchor())))]), "does not continue"),
    "after another": (dict(anchors=[text(anchor()), text(anchor(2, "0" * 64))]), "does not continue"),
    "the second of three": (dict(anchors=[text(anchor()), NEXT, text(anchor(3, "0" * 64))]), "does not continue"),
    "an anchor of another": (dict(anchors=[signed(anchor(), by=OTHER).decode()]), "the signature is not that of its"),
    "an anchor and more": (dict(anchors=[text(anchor()) + "x"]), "followed by bytes"),
    "countersigned by another": (dict(countersigned=countersigned(OTHER)), "the signature is not that of its sender"),
    "countersigned in another's name": (
        dict(countersigned=countersigned(OTHER, **{"from": STRANGER})), "signed in the name of a key"),
    "countersigned, a field too many": (dict(countersigned=countersigned(more=1)), "contact.countersigned"),
    "countersigned, no instant": (dict(countersigned=countersigned(at=None)), "contact.countersigned"),
    "countersigned, no anchor": (dict(countersigned=countersigned(anchor=None)), "contact.countersigned"),
    "countersigned, another format": (dict(countersigned=text(anchor())), "not of the format kaname-countersigned/1"),
    "envelope keys of another": (
        dict(envelope=signed({**envelope_keys(), "from": STRANGER}, by=OTHER).decode()), "signed in the name of a key"),
    "envelope keys changed": (dict(envelope=signed(envelope_keys(), by=OTHER).decode()), "the signature is not that"),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTACTS)
def test_what_an_office_tells_in_a_contact_is_looked_at(name):
    other, words = CONTACTS[name]
    for keys in ([KEY], [KEY, STRANGER]):
        refused(signed(contact_with(**other)), words, keys=keys)
        refused(sent({**bundle(), "contact": {**told(), **other}}), words, keys=keys)


def test_an_office_may_have_little_to_tell():
    for none in (dict(anchors=[]), dict(countersigned=""), dict(envelope=""), dict(anchors=[text(anchor(5, "x"))])):
        assert kaname_verify.check(signed(contact_with(**none)), [KEY])
    before = contact()
    del before["contact"]["envelope"]
    assert kaname_verify.check(signed(before), [KEY])


def test_sixteen_envelope_keys_are_told_and_none_that_was_revoked():
    said = envelope_keys()
    refused(signed({**said, "keys": [*said["keys"], {"public": "ff" * 32, "suite": "p256"}]}), "keys not of their form")
    refused(signed({**said, "revoked": ["1" * 64, "x"]}), "keys not of their form")
    name = b"kaname/envelope-key/1\0x25519\0" + bytes.fromhex(said["keys"][3]["public"])
    refused(signed(envelope_keys(["1" * 64, sha256(name).hexdigest()])), "a key that was revoked is still told")
    assert kaname_verify.check(signed({**said, "keys": [], "revoked": []}), [KEY])
    one = [{"public": "ab" * 2048, "suite": "a-1"}]
    assert kaname_verify.check(signed({**said, "keys": one}), [KEY])


# -- bundles -----------------------------------------------------------------------------------------------------------


def changed(change, fits=True):
    said = bundle()
    change(said)
    return sent(chained(said) if fits else said)


def entry(place, /, **values):
    return lambda said: said["entries"][place].update(values)


ENTRIES = {
    "none": (lambda said: said["entries"].clear(), True, "no entries"),
    "the first left out": (lambda said: said["entries"].pop(0), True, "entry 1 has the number 2"),
    "one left out": (lambda said: said["entries"].pop(1), True, "entry 2 has the number 3"),
    "a number twice": (entry(1, seq=1), True, "entry 2 has the number 1"),
    "a link that leads nowhere": (entry(1, prev_digest="0" * 64), False, "entry 2 does not continue"),
    "the first of another case": (lambda said: said["case"].update(id="a" * 26), False, "entry 1 does not continue"),
    "the first of another kind": (lambda said: said["case"].update(kind="x"), False, "entry 1 does not continue"),
    "opened on another day": (lambda said: said["case"].update(opened_on="2026-05-02"), False, "entry 1 does not"),
    "another digest": (entry(2, digest="0" * 64), False, "entry 3 was changed"),
    "another act": (entry(1, act="x"), False, "entry 2 was changed"),
    "another person": (entry(1, person="x"), False, "entry 2 was changed"),
    "other data": (entry(1, data={"x": 1}), False, "entry 2 was changed"),
    "other commitments": (entry(0, sealed={"x": "0" * 64}), False, "entry 1 was changed"),
    "at the same instant": (entry(1, recorded_at=INSTANT.replace("03.", "01.")), True, "entry 2 is not later"),
    "time runs back": (entry(2, recorded_at=INSTANT.replace("03.", "01.")), True, "entry 3 is not later"),
    "no such day": (entry(1, effective_on="2026-02-30"), True, "entry 2.effective_on is no day"),
    "no such day of law": (entry(1, law_version="2026-02-30"), True, "entry 2.law_version is no day"),
    "no such instant": (entry(1, recorded_at="2026-02-30T00:00:00.000000Z"), True, "entry 2.recorded_at is no day"),
    "no such hour": (entry(1, at="2026-05-01T25:00:00+09:00"), True, "entry 2.at is no day"),
    "a value of no entry": (lambda said: said["sealed"][0].update(seq=9), True, "the sealed money is not as promised"),
    "a value of another entry": (lambda said: said["sealed"][0].update(seq=1), True, "the sealed money is not"),
    "a value of another name": (lambda said: said["sealed"][0].update(field="x"), True, "the sealed x is not"),
    "another value": (lambda said: said["sealed"][0].update(value=1), True, "the sealed money is not as promised"),
    "another salt": (lambda said: said["sealed"][0].update(salt="0" * 32), True, "the sealed money is not as promised"),
    "a value twice": (lambda said: said["sealed"].append(said["sealed"][0]), True, "the sealed money is not"),
    "a value that is none": (lambda said: said["sealed"][0].pop("value"), True, "a sealed value is not of its form"),
    "values in place of it": (lambda said: said["sealed"].insert(0, ["value"]), True, "a sealed value is not"),
}  # fmt: skip


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_or_a_value_that_does_not_fit_is_named(name):
    change, fits, words = ENTRIES[name]
    refused(changed(change, fits), words)


def test_values_may_be_held_back_and_texts_as_long_as_they_may_be():
    said = bundle()
    said["entries"][2].update(act="a\n" * 64, role="a" * 64, party="\n" * 256, run="a" * 256, person="髙" * 256)
    said["entries"][1].update(idempotency_key="A_.:/=+-" * 16, at="2026-05-01T09:00:00-09:30")
    del said["sealed"][0]
    assert kaname_verify.check(sent(chained(said)), [KEY])
    said["documents"], said["sealed"] = [], []
    assert kaname_verify.check(signed(chained(said)), [KEY])


def papers(said, *contents):
    return signed(said) + b"".join(contents)


def test_each_document_is_there_to_the_byte_and_named_by_an_entry():
    said = bundle()
    first, second = said["documents"]
    refused(papers(said, PAPERS[0], PAPERS[1][:-1]), f"document {second['id']} is not of its form")
    refused(papers(said, PAPERS[0][:-1], PAPERS[1]), f"document {first['id']} is not the one signed for")
    refused(papers(said, *PAPERS[::-1]), f"document {first['id']} is not the one signed for")
    refused(papers(said, *PAPERS, b"x"), "followed by bytes that nobody has signed for")
    for documents in ([second, first], [first, first]):
        contents = [PAPERS[0 if one is first else 1] for one in documents]
        refused(papers({**said, "documents": documents}, *contents), "is not of its form")
    for size in (0, -1):
        none = {**first, "sha256": sha256(b"").hexdigest(), "size": size}
        refused(papers({**said, "documents": [none]}), f"document {first['id']} is not of its form")
    unnamed = "no entry names the document"
    refused(papers({**said, "documents": [first, {**second, "salt": "0" * 32}]}, *PAPERS), unnamed)
    refused(papers({**said, "documents": [first, {**second, "id": "d" * 16}]}, *PAPERS), unnamed)
    refused(papers({**said, "sealed": said["sealed"][:1]}, *PAPERS), unnamed)
    refused(sent(chained({**said, "entries": [{**said["entries"][0], "data": {}}, *said["entries"][1:]]})), unnamed)
    assert kaname_verify.check(papers({**said, "documents": [first]}, PAPERS[0]), [KEY])
    assert kaname_verify.check(with_paper(b"x"), [KEY])


# -- receipts held against bundles, and the program --------------------------------------------------------------------


def test_a_receipt_is_held_against_its_bundle():
    raw, mine = sent(bundle()), receipt()
    assert kaname_verify.check(raw, [KEY], signed(mine)) == (
        "kaname-bundle/3: everything holds, and entry 2 is that of the receipt"
    )
    refused(raw, "the receipt is of another case", signed({**mine, "case": {**mine["case"], "id": "a" * 26}}))
    gone = "the entry of the receipt is not in the bundle"
    refused(raw, gone, signed({**mine, "entry": {**mine["entry"], "digest": "0" * 64}}))
    refused(raw, gone, signed({**mine, "entry": {**mine["entry"], "seq": 1}}))
    refused(raw, gone, signed({**mine, "entry": {**mine["entry"], "seq": 4}}))
    refused(raw, "the signature is not that of its sender", signed(mine, by=OTHER))
    refused(signed(mine), "a receipt is held against a bundle", signed(mine))
    assert kaname_verify.check(signed({**mine, "anchor": None}), [KEY])


@pytest.fixture
def program(tmp_path, monkeypatch, capsys):
    """Run with these words, it says so much and ends with that number."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case").write_bytes(sent(bundle()))
    (tmp_path / "mine").write_bytes(signed(receipt()))

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["a name of its own", *words])
        try:
            ended = kaname_verify.main()
        except SystemExit as end:
            ended = end.code
        return ended, *capsys.readouterr()

    return run


def test_the_program_says_what_holds_and_what_does_not(program):
    assert program("case", "--key", KEY, "--key", STRANGER) == (0, "kaname-bundle/3: everything holds\n", "")
    said = "kaname-bundle/3: everything holds, and entry 2 is that of the receipt\n"
    assert program("case", "--key", KEY, "--receipt", "mine") == (0, said, "")
    said = "case: signed in the name of a key that you did not give\n"
    assert program("case", "--key", STRANGER) == (1, "", said)
    for wrong in (["case"], ["--key", KEY], ["none", "--key", KEY], ["case", "--key", KEY, "--receipt", "none"]):
        ended, out, err = program(*wrong)
        assert (ended, out) == (2, "") and err.startswith("usage: kaname-verify ")
    ended, out, _ = program("--help")
    assert ended == 0 and "check a receipt, a bundle" in out and "without Kaname." in out
    assert "public key of the office that signed" in out and "a receipt whose entry the bundle must hold" in out


def test_a_file_that_is_too_large_is_not_read_to_its_end(program, tmp_path, monkeypatch):
    assert kaname_verify.LARGEST == 256 << 20
    size = (tmp_path / "case").stat().st_size
    monkeypatch.setattr(kaname_verify, "LARGEST", size)
    assert program("case", "--key", KEY)[0] == 0
    with (tmp_path / "case").open("ab") as file:
        file.write(b"x" * 10)
    assert program("case", "--key", KEY) == (1, "", "case: larger than 0 MB\n")
    monkeypatch.setattr(kaname_verify, "LARGEST", size - 1)
    assert program("case", "--key", KEY) == (1, "", "case: larger than 0 MB\n")


def test_a_day_that_the_calendar_lacks_is_refused_wherever_it_stands():
    said, none = bundle(), "2026-02-30"
    said["case"]["opened_on"] = none
    refused(sent(chained(said)), "case.opened_on is no day")
    refused(sent({**bundle(), "issued_at": none + INSTANT[10:]}), "bundle.issued_at is no day")
    refused(signed({**anchor(), "made_at": none + INSTANT[10:]}), "anchor.made_at is no day")
    refused(signed(put(receipt(), ("entry", "recorded_at"), none + INSTANT[10:])), "entry.recorded_at is no day")
    refused(sent(put(bundle(), ("entries", 1, "at"), none + "T09:00:00+09:00")), "entry 2.at is no day")


def test_anchors_are_numbered_from_one():
    kaname_verify.check(signed(anchor(1)), [KEY])
    for number in (0, -1):
        refused(signed(anchor(number)), "anchors are numbered from 1")
