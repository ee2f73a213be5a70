"""`kaname-verify` shares no code with the office, and says the same of every bundle, good or bad."""

import ast
import json
import random
import subprocess
import sys
from copy import copy
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest
from acts import APPLY, STORY, key

import kaname_verify
from figures import seeds, tries
from kaname.ledger import envelope_keys, keys, signed
from kaname.ledger.bundle import DOMAIN, Bundle, read
from kaname.ledger.digest import commitment, genesis
from kaname.ledger.exchange import export
from kaname.ledger.perform import open_case, perform
from kaname.ledger.proof import anchors, contact, witness
from kaname.ledger.signed import Untrusted, write
from kaname.ledger.store import Head
from kaname.ledger.strict_json import NotStrict, canonical, loads
from kaname.ledger.verify import chain_faults, sealed_faults

MADE_UP, ON_THE_WAY = 25_000, 81_000  # in CI: what its own sender signs, and what is changed on the way
NAMES = ("Kumo", "髙橋𠮷野", "e\u0301", "a\u2028b", "😀", "=1+1")
VALUES = (*NAMES, "", 0, -1, 1 << 50, 0.5, -2.5e-7, 1e15, True, None, [], {}, ["é", {"": [1.25]}])


@pytest.fixture
def signer(sqlite_office, monkeypatch):
    """An office with its key in hand; its public key. A signature that one verifier has looked at the other is told of:
    the same bytes bear it or not. What is not signed is for `test_both_say_the_same_of_bytes_changed_on_the_way`."""
    mine, drawn, public = keys.own_key(), keys.signing_key(), keys.Ed25519PublicKey

    @lru_cache(1 << 10)
    def bears(raw, signature, message):
        public.from_public_bytes(raw).verify(signature, message)

    class Once:
        def __init__(self, raw):
            self.raw = raw

        def verify(self, signature, message):
            bears(self.raw, signature, message)

        from_public_bytes = classmethod(lambda cls, raw: cls(raw))

    monkeypatch.setattr(keys, "signing_key", lambda: drawn)
    for verifier in (keys, kaname_verify):
        monkeypatch.setattr(verifier, "Ed25519PublicKey", Once)
    return mine


def test_it_is_short_and_knows_nothing_of_us():
    source = Path(kaname_verify.__file__).read_text(encoding="utf-8")
    assert len(source.splitlines()) < 300
    found = {n.module for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ImportFrom)}
    found |= {a.name for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Import) for a in n.names}
    assert not {m for m in found if m and m.startswith(("kaname", "django"))}


def ours(raw, mine):
    """What this office says of form, signature, chain and sealed values; what an entry means is not asked here."""
    try:
        to = json.loads(raw.split(b"\n")[0])["to"]
        bundle = read(raw, [to], [mine])
        head = Head(0, bundle.case, bundle.kind, bundle.opened_on, 0, "", 0, "", "")
        wrong = [*chain_faults(head, bundle.ledger), *_sealed(bundle), *_contact(bundle, mine)]
    except (Untrusted, NotStrict, ValueError, KeyError, TypeError):
        return False
    return not wrong and isinstance(to, str) and bool(keys.HEX_KEY.fullmatch(to))


def _sealed(bundle: Bundle):
    numbers = {row.seq for row in bundle.ledger}
    yield from set(bundle.secrets) - numbers
    for row in bundle.ledger:
        sent = bundle.secrets.get(row.seq, [])
        if len({s.field for s in sent}) < len(sent):
            yield "twice"
        promised = {name: of for name, of in loads(row.sealed).items() if name in {s.field for s in sent}}
        yield from sealed_faults(row._replace(sealed=canonical(promised)), sent)


def _contact(bundle, mine):
    said = contact.checked(bundle.contact)
    told = [anchors.read(text, [mine]) for text in said.anchors]
    if said.countersigned:
        signed.read(witness.DOMAIN, said.countersigned.encode(), [mine])
    if said.envelope:
        envelope_keys.told(said.envelope.encode(), [mine])
    for one, after in pairwise(told):
        if (after.number, after.before) != (one.number + 1, one.digest):
            yield "gap"


def theirs(raw, mine):
    try:
        kaname_verify.check(raw, [mine])
    except kaname_verify.Bad:
        return False
    return True


def a_bundle(rng, acts=7):
    """What an office exports of a case of at most so many acts after the first."""
    name = rng.choice(NAMES)
    entry = replace(APPLY, data={**APPLY.data, "name": name, "money": rng.randrange(1, 1 << 50)})
    case = open_case("small.permit", entry, idempotency_key=key(), person=name[:20]).case
    for act in STORY[: rng.randrange(acts + 1)]:
        perform(case, act, idempotency_key=key())
    if rng.random() < 0.1:  # all bundles from now on tell of it
        anchors.make()
    return export(case, keys.own_key())


def some(rng):
    """What bundles say, most of them short: a long one has more links, not more sorts of places."""
    return [json.loads(a_bundle(rng, n % 2 if n % 6 else 7).split(b"\n")[0]) for n in range(24)]


def test_both_take_every_good_bundle(signer):
    """G3.6: cases as they were recorded, and many more with other names, texts, numbers and salts in their places."""
    for world in seeds(tries(12, ci=60, soak=600)):
        raw = a_bundle(random.Random(world))
        assert ours(raw, signer) and theirs(raw, signer), world
    sources = some(random.Random(5))
    for world in seeds(tries(600, ci=10_000, soak=100_000)):
        rng = random.Random(world)
        raw = write(DOMAIN, another(rng.choice(sources), rng))
        assert ours(raw, signer) and theirs(raw, signer), (world, raw)


def another(said, rng):
    """A sound bundle of the same shape: what people wrote, and when, is other; commitments and chain fit it."""
    said = {**said, "entries": [dict(entry) for entry in said["entries"]], "sealed": list(map(dict, said["sealed"]))}
    for entry in said["entries"]:
        entry["idempotency_key"] = f"made-up-{rng.getrandbits(40)}"
        entry[rng.choice(("person", "party", "run", "role"))] = rng.choice(NAMES)
        entry["data"] = {**entry["data"], rng.choice(("name", *NAMES[:: rng.choice((1, 9))])): rng.choice(VALUES)}
    for one in said["sealed"]:
        one["salt"], one["value"] = rng.randbytes(16).hex(), rng.choice(VALUES)
        of = commitment(bytes.fromhex(one["salt"]), one["field"], canonical(one["value"]).encode())
        entry = said["entries"][one["seq"] - 1]
        entry["sealed"] = {**entry["sealed"], one["field"]: of}
    return rechained(said)


def spots(value, path=()):
    """Every place in what a bundle says."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in items:
        yield from spots(item, (*path, name))


def changed(said, path, rng):
    """What its own sender could sign instead: at some place something else, one too many or one too few."""
    said = holder = copy(said)
    for name in path[:-1]:
        inner = holder[name] = copy(holder[name])
        holder = inner
    last = path[-1]
    match rng.randrange(5):
        case 0:
            del holder[last]
        case 1 if isinstance(holder, list):
            holder.insert(rng.randrange(len(holder) + 1), holder[last])
        case 2 if isinstance(holder[last], str) and holder[last]:
            text = holder[last]
            spot = rng.randrange(len(text))
            holder[last] = text[:spot] + rng.choice("0a9fZ髙 ") + text[spot + 1 :]
        case _:
            others = ["", "x", 0, 1, -1, 2, True, None, 1.5, [], {}, "0" * 64, holder[last]]
            holder[last] = rng.choice(others)
    return said


def rechained(said):
    """The chain made to fit again, so that a change is not found by its digests alone."""
    try:
        case = said["case"]
        before = genesis(case["id"], case["kind"], case["opened_on"])
        said = {**said, "entries": [dict(entry) for entry in said["entries"]]}
        for entry in said["entries"]:
            entry["prev_digest"] = before
            entry["digest"] = before = kaname_verify.framed(
                b"kaname/entry/1", bytes.fromhex(before),
                canonical({"case": case["id"], **{n: entry[n] for n in (*kaname_verify.HEAD, "seq")}}).encode(),
                canonical(entry["data"]).encode(), canonical(entry["sealed"]).encode(),
            )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError):
        pass
    return said


def test_both_say_the_same_of_what_a_sender_makes_up(signer):
    """G3.6. Most are bad; where one takes what the other refuses, this tells the world."""
    good = bad = tried = 0
    sources = [(said, [path for path in spots(said) if path]) for said in some(random.Random(7))]
    for world in seeds(tries(1500, ci=MADE_UP, soak=1_000_000), fewest=1500):
        tried, rng = tried + 1, random.Random(world)
        said, places = rng.choice(sources)
        said = changed(said, rng.choice(places), rng)
        if rng.random() < 0.5:
            said = rechained(said)
        try:
            raw = write(DOMAIN, said)
        except (TypeError, ValueError):
            continue
        one, other = ours(raw, signer), theirs(raw, signer)
        assert one == other, (world, one, other, said)
        good, bad = good + one, bad + (not one)
    assert bad > 0.6 * tried
    assert good > 0.001 * tried  # planted: some changes leave a sound bundle


def test_both_say_the_same_of_bytes_changed_on_the_way(sqlite_office):
    rng, mine = random.Random(11), keys.own_key()
    raws = [a_bundle(rng, n % 2 if n % 6 else 7) for n in range(8)]
    for seed in seeds(tries(300, ci=ON_THE_WAY, soak=200_000)):
        rng = random.Random(seed)
        raw = rng.choice(raws)
        start, end = sorted(rng.randrange(len(raw) + 1) for _ in range(2))
        twice, turned = raw[start:end] * 2, raw[start : start + 1].swapcase() + raw[start + 1 : end]
        put = rng.choice([b"", rng.randbytes(3), twice, turned])
        edited = raw[:start] + put + raw[end:]
        assert theirs(edited, mine) == (edited == raw) == ours(edited, mine)


def test_documents_are_checked_to_the_byte(sqlite_office):
    """A bundle with a document, as its own sender signs it: content, salt and digest bound to the entry."""
    said = json.loads(a_bundle(random.Random(3)).split(b"\n")[0])
    content, salt, id = "文書".encode(), "ab" * 16, "b" * 16
    digest = kaname_verify.sha256(content).hexdigest()
    named = f"document:{id}:{commitment(bytes.fromhex(salt), 'document', digest.encode())}"
    said["entries"][0]["data"]["paper"] = named
    said["documents"] = [{"at": said["issued_at"], "id": id, "media_type": "text/plain", "name": "a.txt", "salt": salt,
                          "sha256": digest, "size": len(content)}]  # fmt: skip
    raw = write(DOMAIN, rechained(said)) + content
    mine = keys.own_key()
    assert ours(raw, mine) and theirs(raw, mine)
    bare = write(DOMAIN, rechained(said))
    for wrong in (raw[:-1], raw + b"x", raw[:-1] + b"\x00", bare, raw.replace(b"a.txt", b"b.txt")):
        assert not ours(wrong, mine) and not theirs(wrong, mine)


def test_as_a_program(sqlite_office, tmp_path):
    raw = a_bundle(random.Random(1))
    (tmp_path / "case.kaname").write_bytes(raw)
    command = [sys.executable, kaname_verify.__file__, str(tmp_path / "case.kaname"), "--key"]
    done = subprocess.run([*command, keys.own_key()], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "kaname-bundle/3: everything holds\n")
    done = subprocess.run([*command, "0" * 64], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.endswith("signed in the name of a key that you did not give\n")
    (tmp_path / "case.kaname").write_bytes(b"\xff" * 100)
    done = subprocess.run([*command, keys.own_key()], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (tmp_path / "case.kaname").unlink()
    assert subprocess.run([*command, keys.own_key()], capture_output=True, check=False).returncode == 2
