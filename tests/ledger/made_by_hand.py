"""One of every format that leaves the house, made without Kaname: frames and signatures as docs/proof.md has them."""

import copy
import json
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

OFFICE, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2))
KEY, STRANGER = (of.public_key().public_bytes_raw().hex() for of in (OFFICE, OTHER))
CASE, DAY, INSTANT = "abcdefghijklmnopqrstuvwxyz", "2026-05-01", "2026-05-01T01:02:03.000000Z"
SALT, SEALED = "ab" * 16, {"n": [1.5, None, True, "凧"]}


def frames(*parts):
    return sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).hexdigest()


def line_of(said):
    """The canonical writing; nothing here needs more of RFC 8785 than this."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def signed(said, kind=None, by=OFFICE, line=None):
    """Two lines. `kind`: the format the signature is of, where it is not the one named."""
    line = line_of(said) if line is None else line
    about = f"kaname/{kind or said.get('format', '').removeprefix('kaname-')}\0".encode() + line
    return line + b"\n" + by.sign(about).hex().encode() + b"\n"


def text(said):
    return signed(said).decode()


# -- one of every format -----------------------------------------------------------------------------------------------


def anchor(number=1, before="", root="0" * 64, depth=2):
    return {"before": before, "depth": depth, "format": "kaname-anchor/1", "from": KEY, "made_at": INSTANT,
            "number": number, "root": root}  # fmt: skip


def name_of(said):
    return frames(b"kaname/anchor/1", line_of(said))


def envelope_keys(revoked=("1" * 64,)):
    many = [{"public": f"{n:02x}" * 32, "suite": "x25519"} for n in range(16)]
    return {"at": INSTANT, "format": "kaname-envelope-key/1", "from": KEY, "keys": many, "revoked": list(revoked)}


def told():
    """What an office tells another of its anchors."""
    first = anchor()
    second = anchor(2, name_of(first))
    under = {"anchor": text(anchor(7)), "at": INSTANT, "format": "kaname-countersigned/1", "from": KEY}
    return {"anchors": [text(first), text(second)], "countersigned": text(under), "envelope": text(envelope_keys()),
            "held": [["a" * 26, 1, "0" * 64]], "others": [], "restored": []}  # fmt: skip


def contact():
    return {"at": INSTANT, "contact": told(), "format": "kaname-contact/1", "from": KEY, "to": STRANGER}


def receipt(entry=None):
    entry = entry or bundle()["entries"][1]
    names = ("act", "digest", "effective_on", "recorded_at", "seq")
    return {"anchor": {"digest": "2" * 64, "number": 3}, "case": {"id": CASE, "kind": "small.permit", "opened_on": DAY},
            "entry": {name: entry[name] for name in names}, "format": "kaname-receipt/1", "from": KEY}  # fmt: skip


LEAF = frames(b"kaname/leaf/1", b"\x07" * 32, CASE.encode(), b"9", b"\x08" * 32)


def proof(steps=2, place=1, **other):
    """Over a tree of so many steps; our leaf stands on the right, then on the left."""
    path, root = [f"{n:02x}" * 32 for n in range(steps)], LEAF
    for level, beside in enumerate(path):
        pair = (beside, root) if place >> level & 1 else (root, beside)
        root = frames(b"kaname/node/1", *map(bytes.fromhex, pair))
    return {"anchor": text(anchor(root=root, depth=steps)), "blind": "07" * 32, "case": CASE, "digest": "08" * 32,
            "format": "kaname-proof/1", "path": path, "place": place, "seq": 9, **other}  # fmt: skip


COMMITTED = frames(b"kaname/sealed/1", bytes.fromhex(SALT), b"money", line_of(SEALED))
PAPERS = ["文書".encode(), "別の文書".encode()]


def paper(n, content=None):
    """What is said of the document n, and how an entry names it."""
    content = content or PAPERS[n]
    digest = sha256(content).hexdigest()
    of = frames(b"kaname/sealed/1", bytes.fromhex(SALT), b"document", digest.encode())
    said = {"at": INSTANT, "id": "bc"[n] * 16, "media_type": "text/plain", "name": "a.txt", "salt": SALT,
            "sha256": digest, "size": len(content)}  # fmt: skip
    return said, f"document:{said['id']}:{of}"


def bundle():
    entries = []
    for seq in (1, 2, 3):
        entries.append({
            "act": "permit.apply", "at": "" if seq > 1 else "2026-05-01T09:00:00.5+09:00", "effective_on": DAY,
            "idempotency_key": f"key-of-{seq:04}", "law_version": DAY, "party": "架空", "person": "a\nb", "role": "",
            "run": "", "recorded_at": INSTANT.replace("03.", f"0{seq}."), "seq": seq, "data": {}, "sealed": {},
        })  # fmt: skip
    entries[0]["data"] = {"paper": paper(0)[1], "list": [1, {"deep": True}]}
    entries[1]["sealed"] = {"money": COMMITTED, "held back": "3" * 64}
    value = {"field": "money", "salt": SALT, "seq": 2, "value": SEALED}
    about = {"field": "about", "salt": SALT, "seq": 3, "value": paper(1)[1]}
    entries[2]["sealed"] = {"about": frames(b"kaname/sealed/1", bytes.fromhex(SALT), b"about", line_of(paper(1)[1]))}
    said = {"case": {"id": CASE, "kind": "small.permit", "opened_on": DAY}, "contact": told(),
            "documents": [paper(0)[0], paper(1)[0]], "entries": entries, "format": "kaname-bundle/3", "from": KEY,
            "issued_at": INSTANT, "sealed": [value, about], "to": STRANGER}  # fmt: skip
    return chained(said)


def chained(said):
    """The same, each entry fitting its digest and the one before it."""
    said = copy.deepcopy(said)
    case = said["case"]
    before = frames(
        b"kaname/case/1", line_of({"case": case["id"], "kind": case["kind"], "opened_on": case["opened_on"]})
    )
    for entry in said["entries"]:
        apart = ("data", "sealed", "prev_digest", "digest")
        head = {"case": case["id"], **{name: value for name, value in entry.items() if name not in apart}}
        entry["prev_digest"] = before
        parts = (bytes.fromhex(before), line_of(head), line_of(entry["data"]), line_of(entry["sealed"]))
        entry["digest"] = before = frames(b"kaname/entry/1", *parts)
    return said


def with_paper(content):
    """A bundle with this document alone."""
    said, (of, name) = bundle(), paper(0, content)
    said["entries"][0]["data"], said["documents"] = {"paper": name}, [of]
    return signed(chained(said)) + content


def sent(said):
    return signed(said) + b"".join(PAPERS)


# -- what each field may not be -------------------------------------------------------------------------------------

DAYS = ("", "2026-5-1", "2026-05-011", "2026-05-01\n", "٢٠٢٦-05-01", None)
INSTANTS = (
    "",
    INSTANT[:-1],
    INSTANT.replace("T", " "),
    INSTANT.replace(".000000", ""),
    INSTANT + "\n",
    "٢" + INSTANT[1:],
    1,
)
DIGESTS = ("", "0" * 63, "0" * 65, "A" * 64, "0" * 64 + "\n", 1, None)
SALTS = ("", "0" * 31, "0" * 33, "A" * 32, 1)
CASES, KINDS = ("", "a" * 25, "a" * 27, "A" * 26, "1" * 26, 1), ("", "a" * 65, "A", "a1", 1)
NUMBERS, TEXTS, LISTS, OBJECTS = (
    ("1", 1.5, True, None),
    (1, None, []),
    ({}, "", None, {"a": 1}, "x", 1),
    ([], "", None, [1], 1),
)

FIELDS = {  # what each field may not be; where it lies within what is said
    "receipt/1": (receipt, signed, {
        ("case",): ({}, None), ("case", "id"): CASES, ("case", "kind"): KINDS, ("case", "opened_on"): DAYS,
        ("entry", "act"): TEXTS, ("entry", "digest"): DIGESTS, ("entry", "effective_on"): DAYS,
        ("entry", "recorded_at"): INSTANTS, ("entry", "seq"): NUMBERS, ("anchor", "digest"): DIGESTS,
        ("anchor", "number"): NUMBERS, ("anchor",): ({}, 1, ""),
    }),
    "anchor/1": (anchor, signed, {
        ("before",): TEXTS, ("depth",): NUMBERS, ("made_at",): INSTANTS, ("number",): NUMBERS, ("root",): DIGESTS,
    }),
    "proof/1": (proof, line_of, {
        ("anchor",): (1, None), ("blind",): DIGESTS, ("case",): CASES, ("digest",): DIGESTS,
        ("path",): LISTS, ("place",): NUMBERS, ("seq",): NUMBERS,
    }),
    "contact/1": (contact, signed, {
        ("contact",): (1, None, []), ("contact", "anchors"): LISTS, ("contact", "countersigned"): TEXTS,
        ("contact", "envelope"): TEXTS, ("contact", "held"): LISTS, ("contact", "others"): (*LISTS, [1], [None]),
        ("contact", "restored"): (*LISTS, [1], [[]]), ("contact", "anchors", 0): (1, None, {}),
        ("contact", "held", 0): (1, [], {}, ["a" * 26, 1], ["a" * 26, 1, "0" * 64, 1]),
        ("contact", "held", 0, 0): (*CASES, "A" * 26, 1), ("contact", "held", 0, 1): (0, -1, "1", 1.5, True, None),
        ("contact", "held", 0, 2): DIGESTS,
    }),
    "envelope-key/1": (envelope_keys, signed, {
        ("at",): INSTANTS, ("keys",): LISTS, ("revoked",): LISTS, ("revoked", 0): ("", "0" * 63, "A" * 64, None, 1),
        ("keys", 0): ({}, None), ("keys", 0, "public"): ("00" * 31, "0" * 65, "AA" * 32, "00" * 2049, 1),
        ("keys", 0, "suite"): ("", "X", "x" * 65, 1),
    }),
    "bundle/3": (bundle, sent, {
        ("case",): (*OBJECTS, {}), ("case", "id"): CASES, ("case", "kind"): KINDS, ("case", "opened_on"): DAYS,
        ("contact",): OBJECTS, ("documents",): LISTS, ("entries",): LISTS, ("issued_at",): INSTANTS,
        ("sealed",): LISTS, ("to",): DIGESTS, ("entries", 1): (1, None, {}),
        ("entries", 1, "act"): ("", "a" * 129, 1), ("entries", 1, "effective_on"): DAYS,
        ("entries", 1, "law_version"): DAYS, ("entries", 1, "recorded_at"): INSTANTS,
        ("entries", 1, "at"): ("x", "2026-05-01", "2026-05-01T09:00:00", "2026-05-01T09:00:00.1234567+09:00", 1),
        ("entries", 1, "idempotency_key"): ("", "a" * 7, "a" * 129, "a b c d e", 1),
        ("entries", 1, "role"): ("a" * 65, 1), ("entries", 1, "party"): ("a" * 257, 1),
        ("entries", 1, "person"): ("a" * 257, 1), ("entries", 1, "run"): ("a" * 257, 1),
        ("entries", 1, "seq"): NUMBERS, ("entries", 1, "data"): OBJECTS, ("entries", 1, "sealed"): OBJECTS,
        ("sealed", 0): (1, None, [], "value"), ("sealed", 0, "field"): TEXTS, ("sealed", 0, "salt"): SALTS,
        ("sealed", 0, "seq"): NUMBERS, ("documents", 0): (1, None, {}), ("documents", 0, "at"): INSTANTS,
        ("documents", 0, "id"): ("", "b" * 15, "b" * 17, "1" * 16, 1), ("documents", 0, "media_type"): TEXTS,
        ("documents", 0, "name"): TEXTS, ("documents", 0, "salt"): SALTS, ("documents", 0, "sha256"): DIGESTS,
        ("documents", 0, "size"): NUMBERS,
    }),
}  # fmt: skip


def put(said, path, value):
    """What is said with something else in one place, the chain made to fit where it still can."""
    said = holder = copy.deepcopy(said)
    for name in path[:-1]:
        holder = holder[name]
    holder[path[-1]] = value
    return chained(said) if path[0] == "entries" and len(path) > 2 else said


def objects(said, path=()):
    """Where the objects lie of which every field is laid down."""
    if isinstance(said, dict) and path[-1:] not in (("data",), ("sealed",), ("value",)):
        yield path
        for name, value in said.items():
            yield from objects(value, (*path, name))
    elif isinstance(said, list):
        for at, value in enumerate(said[:2]):
            yield from objects(value, (*path, at))


def within(said, path):
    for name in path:
        said = said[name]
    return said


# Contacts of versions before told of no envelope keys.
ENOUGH = {("contact/1", ("contact",), "envelope"), ("bundle/3", ("contact",), "envelope")}
