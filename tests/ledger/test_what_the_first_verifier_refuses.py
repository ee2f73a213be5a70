"""What another office signed, as this one reads it: taken as it was meant, each departure refused in words of its own.

What is read here was made without Kaname (`made_by_hand`); the second verifier is shown the same.
"""

from dataclasses import asdict
from hashlib import sha256

import pytest
from made_by_hand import (
    CASE,
    DAY,
    FIELDS,
    INSTANT,
    KEY,
    OFFICE,
    OTHER,
    PAPERS,
    SALT,
    SEALED,
    STRANGER,
    anchor,
    bundle,
    chained,
    line_of,
    name_of,
    objects,
    put,
    receipt,
    sent,
    signed,
    with_paper,
    within,
)

from kaname.ledger import bundle as container
from kaname.ledger import keys, rows
from kaname.ledger import signed as two_lines
from kaname.ledger.proof import anchors, receipts
from kaname.ledger.signed import Untrusted
from kaname.ledger.strict_json import loads

TO = "bundle/3"
READ = {
    TO: lambda raw: container.read(raw, [STRANGER], [STRANGER, KEY]),
    "receipt/1": lambda raw: receipts.read(raw, [STRANGER, KEY]),
    "anchor/1": lambda raw: anchors.read(raw.decode(), [STRANGER, KEY]),
}

MADE = {TO: lambda: sent(bundle()), "receipt/1": lambda: signed(receipt()), "anchor/1": lambda: signed(anchor())}


def refused(raw, words, form=TO):
    with pytest.raises(Untrusted) as wrong:
        READ[form](raw)
    assert words in wrong.value.text.en and wrong.value.text.ja
    assert str(wrong.value) == wrong.value.text.en
    assert form != TO or type(wrong.value) is container.BadBundle


# -- two signed lines --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", READ)
def test_of_two_signed_lines_nothing_may_differ(form):
    raw = MADE[form]()
    line, _, after = raw.partition(b"\n")
    signature, rest = after[:128], after[129:]
    said = loads(line)
    READ[form](raw)
    begins = "does not begin with a line and its signature"
    for cut in (b"", b"\n", b"\n" + after, line, line + b"\n", line + b"\n" + signature,
                line + b"\n" + signature + b" " + rest):  # fmt: skip
        refused(cut, begins, form)
    refused(line + b"\n" + signature.upper() + b"\n" + rest, "not of 128 lower-case hexadecimal digits", form)
    for wrong in (signed(said, by=OTHER, kind="x/1"), signed(said, kind="x/1"), line + b"\n" + b"0" * 128 + b"\n"):
        refused(wrong + rest, "not signed by a pinned office", form)
    refused(signed(said, by=OTHER) + rest, "the sender named is not the one who signed", form)
    refused(raw + b"x", "followed by bytes that nobody has signed for", form)
    for spaced in (line + b" ", line.replace(b":", b": ", 1)):
        refused(signed(said, line=spaced) + rest, "not in its canonical writing", form)


@pytest.mark.parametrize(("line", "words"), [
    (b'{"from":1,"from":1}', "from: stands twice"), (b"[]", "not in its canonical writing"),
    (b'{"a":{"b":"\\u0000"}}', "a.b: holds a NUL"),
    (b"{", "not JSON at character 1"), (b'"from"', "not in its canonical writing"),
    (b"\xff", "not UTF-8 at byte 0"),
])  # fmt: skip
def test_a_signed_line_that_is_no_object_is_refused_with_its_place(line, words):
    refused(signed({}, kind="bundle/3", line=line), words)


def test_a_line_may_be_so_long_and_no_longer():
    def of(length):
        empty = line_of({"from": KEY, "text": ""})
        return signed({}, kind="x", line=line_of({"from": KEY, "text": "x" * (length - len(empty))}))

    most = 1 << 16
    assert len(two_lines.read(b"kaname/x", of(most), [KEY])["text"]) > most - 100
    for largest, raw in ((most, of(most + 1)), (100, of(101))):
        with pytest.raises(Untrusted, match=rf"larger than {largest >> 10} kB"):
            two_lines.read(b"kaname/x", raw, [KEY], largest)
    with pytest.raises(Untrusted, match="larger than 64 kB"):
        two_lines.read(b"kaname/x", of(most + 1), [KEY])
    said, rest = two_lines.begin(b"kaname/x", of(100) + b"more", [KEY], 100)
    assert (said["from"], rest) == (KEY, b"more")
    assert len(of(100)) == 100 + two_lines.SIGNATURE_BYTES


def test_what_is_written_here_is_what_was_made_by_hand(monkeypatch):
    monkeypatch.setattr(keys, "signing_key", lambda: OFFICE)
    assert two_lines.write(b"kaname/anchor/1", anchor()) == signed(anchor())


# -- the parts of each -------------------------------------------------------------------------------------------------

# The reader of a receipt looks at what it hands on, that of an anchor at types; all else the second verifier does.
RECEIPTS, ANCHORS, BUNDLES = (FIELDS[form][2] for form in ("receipt/1", "anchor/1", TO))
LOOKED_AT = {
    "receipt/1": {
        ("case",): ({}, None, 1), ("case", "id"): (1, None), ("entry",): ({}, None, 1),
        ("entry", "digest"): RECEIPTS["entry", "digest"],
        ("entry", "recorded_at"): RECEIPTS["entry", "recorded_at"], ("entry", "seq"): RECEIPTS["entry", "seq"],
        ("format",): ("", "kaname-receipt/2", None),
    },
    "anchor/1": {
        **{(name,): (None, 1.5, []) for name in anchor() if name != "from"}, ("depth",): ("1", True),
        ("number",): ("1", True, None, 0, -1), ("format",): ("kaname-anchor/2", ""),
    },
    TO: {
        **{path: values for path, values in BUNDLES.items() if path not in (("to",), ("contact",))},
        ("format",): ("", "kaname-bundle/2", None), ("entries",): (*BUNDLES["entries",], []),
    },
}  # fmt: skip
PLACES = [(form, path) for form, fields in LOOKED_AT.items() for path in fields]


def told(form, path):
    """The words for it: of a bundle they name the place."""
    whole = form != TO or path == ("format",)
    return f"not of the form kaname-{form}" if whole else f"{where(path)} is not of the form laid down"


def where(path):
    """How a place is named: the columns of an entry by their names, parts of lists by their numbers."""
    found = path[0] + "".join(f"[{name}]" if isinstance(name, int) else f".{name}" for name in path[1:])
    inside = path[0] in ("sealed", "documents") and len(path) == 3
    return (
        {"sealed": "entries"}.get(found, found).rpartition(".")[0]
        if inside
        else {"sealed": "entries"}.get(found, found)
    )


@pytest.mark.parametrize(("form", "path"), PLACES, ids=[f"{f}-{'.'.join(map(str, p))}" for f, p in PLACES])
def test_a_field_that_is_not_of_its_form_is_named(form, path):
    for value in LOOKED_AT[form][path]:
        said = put({"receipt/1": receipt, "anchor/1": anchor, TO: bundle}[form](), path, value)
        raw = signed(said, kind=form) + (b"".join(PAPERS) if form == TO else b"")
        refused(raw, told(form, path), form)


@pytest.mark.parametrize("make", [bundle, anchor])
def test_a_field_too_few_or_too_many_is_refused(make):
    form = make()["format"].removeprefix("kaname-")
    for path in objects(make()):
        for name in [*within(make(), path), None]:
            if path[:1] == ("contact",):
                continue  # looked at by who hears it
            said = make()
            if name is None:
                within(said, path)["more"] = 1
            else:
                del within(said, path)[name]
            with pytest.raises(Untrusted):
                READ[form](signed(said, kind=form) + b"".join(PAPERS))


# -- what is taken -----------------------------------------------------------------------------------------------------


def test_a_bundle_is_read_as_it_was_meant():
    said, read = bundle(), READ[TO](sent(bundle()))
    assert (read.case, read.kind, read.opened_on, read.issued_at) == (CASE, "small.permit", DAY, INSTANT)
    assert (read.sender, read.recipient, read.contact) == (KEY, STRANGER, said["contact"])
    assert [{**row._asdict(), "data": loads(row.data), "sealed": loads(row.sealed)} for row in read.ledger] == said[
        "entries"
    ]
    (money,), (about,) = read.secrets[2], read.secrets[3]
    assert read.secrets.keys() == {2, 3} and (money.field, about.field) == ("money", "about")
    assert (money.salt.hex(), loads(money.value)) == (SALT, SEALED)
    first, second = read.papers
    assert [first.content, second.content] == PAPERS
    assert [paper.said() for paper in read.papers] == said["documents"]
    assert (first.veiled, second.veiled) == (False, True)  # only a sealed value names the second


def test_a_bundle_is_written_as_it_is_read(monkeypatch):
    monkeypatch.setattr(keys, "signing_key", lambda: OFFICE)
    raw = sent(bundle())
    read = READ[TO](raw)
    assert container.write(read) == raw
    turned = {
        **asdict(read),
        "papers": read.papers[::-1],
        "ledger": read.ledger,
        "secrets": dict([*read.secrets.items()][::-1]),
    }
    assert container.write(container.Bundle(**turned)) == raw
    gone = {seq: [rows.Secret(s.field, None, None) for s in found] for seq, found in read.secrets.items()}
    bare = container.write(container.Bundle(**{**turned, "secrets": gone, "papers": ()}))
    assert loads(bare.split(b"\n")[0])["sealed"] == []
    for one in (rows.Secret("money", None, b"1"), rows.Secret("money", b"\0" * 16, None)):
        bare = container.write(container.Bundle(**{**turned, "secrets": {2: [one]}, "papers": ()}))
        assert loads(bare.split(b"\n")[0])["sealed"] == []


def test_of_several_values_of_an_entry_each_is_read():
    said = bundle()
    said["sealed"].insert(1, {"field": "other", "salt": "cd" * 16, "seq": 2, "value": None})
    assert [(s.field, s.value) for s in READ[TO](sent(said)).secrets[2]][1] == ("other", b"null")


def test_a_sealed_value_stands_once():
    """Of two only the last would be held against the entry; a document that the other names was taken with it."""
    said = bundle()
    said["sealed"].insert(0, {**said["sealed"][1], "value": "another"})
    refused(sent(said), "sealed[2] is not of the form laid down")
    said["sealed"][0]["seq"] = 2
    assert len(READ[TO](sent(said)).secrets[2]) == 2


def test_a_day_that_the_calendar_lacks_is_refused():
    """A list of cases, once it has one, could not be written out any more."""
    said = bundle()
    said["case"]["opened_on"] = "2026-02-30"
    refused(sent(chained(said)), "case.opened_on is not of the form laid down")
    refused(sent({**bundle(), "issued_at": "2026-02-30" + INSTANT[10:]}), "issued_at is not of the form laid down")


def test_a_bundle_is_for_whom_it_names():
    raw = sent(bundle())
    assert container.read(raw, ["0" * 64, STRANGER], [KEY])
    with pytest.raises(container.BadBundle, match="meant for another office"):
        container.read(raw, ["0" * 64, KEY], [KEY])


def papers(said, *contents):
    return signed(said) + b"".join(contents)


def test_each_document_is_there_to_the_byte_and_named_by_an_entry():
    said = bundle()
    first, second = said["documents"]
    for contents in ((PAPERS[0], PAPERS[1][:-1]), (PAPERS[0],)):
        refused(papers(said, *contents), f"document {second['id']} is not the one that was signed for")
    for contents in ((PAPERS[0][:-1], PAPERS[1]), PAPERS[::-1], ()):
        refused(papers(said, *contents), f"document {first['id']} is not the one that was signed for")
    refused(papers(said, *PAPERS, b"x"), "followed by bytes that nobody has signed for")
    for documents in ([second, first], [first, first]):
        contents = [PAPERS[0 if one is first else 1] for one in documents]
        refused(papers({**said, "documents": documents}, *contents), "documents[1] is not of the form laid down")
    for size in (0, -1):
        none = {**first, "sha256": sha256(b"").hexdigest(), "size": size}
        refused(papers({**said, "documents": [none]}), "documents[0] is not of the form laid down")
    longer = {**second, "size": second["size"] + 1}
    refused(papers({**said, "documents": [first, longer]}, *PAPERS), f"document {second['id']} is not the one")
    one = {**first, "sha256": sha256(b"x").hexdigest(), "size": 1}
    refused(papers({**said, "documents": [one]}, b"x"), f"no entry names the document {first['id']}")
    for other in ({**second, "salt": "0" * 32}, {**second, "id": "d" * 16}):
        refused(papers({**said, "documents": [first, other]}, *PAPERS), f"no entry names the document {other['id']}")
    refused(papers({**said, "sealed": said["sealed"][:1]}, *PAPERS), f"no entry names the document {second['id']}")
    for name in ("", "a" * 201, "a\x00", "a\x1f", "a\x7f"):
        refused(
            papers({**said, "documents": [{**first, "name": name}]}, PAPERS[0]),
            "documents[0]" if "\0" not in name else "NUL",
        )
    for name in ("a" * 200, "書 類.pdf"):
        assert READ[TO](papers({**said, "documents": [{**first, "name": name}]}, PAPERS[0])).papers[0].name == name
    for media_type in ("", "A", "a" * 97, "a b"):
        refused(papers({**said, "documents": [{**first, "media_type": media_type}]}, PAPERS[0]), "documents[0]")
    assert READ[TO](with_paper(b"x")).papers[0].content == b"x"


def test_references_are_found_in_the_open_and_in_sealed_values():
    read = READ[TO](sent(bundle()))
    open_, veiled = (paper.reference for paper in read.papers)
    assert container.references(read.ledger, read.secrets) == {open_, veiled}
    assert container.references(read.ledger, {}) == {open_}
    gone = {3: [rows.Secret("about", None, None)]}
    assert container.references(read.ledger, gone) == {open_}
    said = bundle()
    said["entries"][1]["data"] = {"of": [{"list": [veiled]}, f"see {open_}"]}  # a text that mentions one is none
    del said["entries"][0]["data"]["paper"]
    ledger = [rows.Row(**{**e, "data": line_of(e["data"]).decode(), "sealed": "{}"}) for e in said["entries"]]
    assert container.references(ledger, {}) == {veiled}


def test_no_bundle_is_larger_than_all_that_it_may_hold(monkeypatch):
    assert (container.LARGEST, container.MOST_DOCUMENTS) == (64 << 20, 192 << 20)
    assert container.LARGEST_FILE == (256 << 20) + two_lines.SIGNATURE_BYTES
    raw = sent(bundle())
    monkeypatch.setattr(container, "LARGEST_FILE", len(raw))
    assert READ[TO](raw)
    refused(raw + b"x", "larger than 0 MB")
    monkeypatch.setattr(container, "LARGEST", raw.index(b"\n") - 1)
    refused(raw, "larger than 16 kB" if len(raw) > 16_000 else "larger than")


def test_an_anchor_and_a_receipt_are_read_as_they_were_meant():
    said, text = anchor(2, "0" * 64), signed(anchor(2, "0" * 64)).decode()
    read = anchors.read(text, [KEY])
    assert read == (2, name_of(said), "0" * 64, INSTANT, 2, "0" * 64, KEY, text)
    entry = receipt()["entry"]
    assert receipts.read(signed(receipt()), [KEY]) == (CASE, 2, entry["digest"], KEY)
