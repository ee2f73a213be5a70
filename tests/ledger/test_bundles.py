"""A bundle is taken as it was signed, by whom it was meant for, once; and any other is refused with nothing written."""

import json
import random
import shutil
from dataclasses import replace
from datetime import date

import pytest
import throwaway
from acts import APPLY, STORY, key, opened, played
from django.db import connection

import kaname_verify
from figures import seeds, tries
from kaname.ledger import keys, reading, store
from kaname.ledger.bundle import DOMAIN, BadBundle, read, write
from kaname.ledger.errors import LedgerError
from kaname.ledger.exchange import export, take_in
from kaname.ledger.models import Case, Entry, Sealed
from kaname.ledger.perform import open_case, perform
from kaname.ledger.proof import receipts
from kaname.ledger.strict_json import canonical
from kaname.ledger.verify import verify
from kaname.procedure import Entry as Act
from kaname.procedure import Refused
from kaname.site.databases import embedded

SMALL = replace(APPLY, data={"name": "K", "size": "small"})


@pytest.fixture
def sent(at):
    """A bundle of the ministry for this office, which has pinned its key."""
    here = keys.own_key()
    with at("ministry"):
        case = played()[0].case
        raw, ministry = export(case, here), keys.own_key()
    keys.pin("ministry", ministry)
    return raw


def rows():
    return list(Entry.objects.order_by("seq").values_list("seq", "act", "data", "sealed", "digest"))


def test_a_case_arrives_whole(at, sent):
    with at("ministry"):
        there, standing = rows(), reading.standing(Case.objects.get().public_id, date(2026, 6, 1))
    taken = take_in(sent)
    assert (taken.entries, taken.new, taken.number) == (8, 8, 1)
    assert rows() == there
    assert reading.standing(taken.case, date(2026, 6, 1)) == standing
    assert reading.entries(taken.case)[0].data["money"] == 12_000_000
    assert verify().faults == []


def test_importing_again_changes_nothing(at, sent):
    take_in(sent)
    before = rows()
    assert take_in(sent).new == 0
    assert rows() == before


def test_a_later_bundle_extends_and_an_earlier_one_changes_nothing(at):
    here = keys.own_key()
    with at("ministry"):
        case, ministry = opened().case, keys.own_key()
        early = export(case, here)
        perform(case, STORY[0], idempotency_key=key())
        late = export(case, here)
    keys.pin("ministry", ministry)
    assert [take_in(raw).new for raw in (early, late, early)] == [1, 1, 0]
    assert Case.objects.get().head_seq == 2
    assert verify().faults == []


def test_a_copy_is_not_continued_here(at, sent):
    case = take_in(sent).case
    answer = perform(case, Act("permit.withdraw", date(2026, 6, 1)), idempotency_key=key())
    assert isinstance(answer, Refused)
    assert answer.reasons[0].code == "office"
    with pytest.raises(LedgerError, match="kept by another office"):
        export(case, keys.own_key())


def test_sealed_values_that_were_held_back_stand_as_if_destroyed(at):
    here = keys.own_key()
    with at("ministry"):
        case, ministry = opened().case, keys.own_key()
        raw = export(case, here, may_read=lambda seq, field: field != "money")
    assert b"12000000" not in raw
    keys.pin("ministry", ministry)
    take_in(raw)
    assert "money" not in reading.entries(case)[0].data
    assert Sealed.objects.get().value is None
    assert verify().faults == []


def refused(raw, match):
    with pytest.raises(BadBundle, match=match):
        take_in(raw)
    assert Entry.objects.count() == Case.objects.count() == 0


def test_an_office_that_is_not_pinned_is_refused(at, sent):
    here = keys.own_key()
    with at("stranger"):
        raw = export(opened().case, here)
    refused(raw, "not signed by a pinned office")


def test_a_bundle_meant_for_another_office_is_refused(at, sent):
    with at("stranger"):
        stranger = keys.own_key()
    with at("ministry"):
        raw = export(Case.objects.get().public_id, stranger)
    refused(raw, "meant for another office")


def test_a_pinned_office_cannot_sign_in_the_name_of_another(at, sent):
    with at("stranger"):
        line = sent.split(b"\n")[0]
        raw = line + b"\n" + keys.sign(DOMAIN + b"\0" + line).hex().encode() + b"\n"
        stranger = keys.own_key()
    keys.pin("stranger", stranger)
    refused(raw, "not the one who signed")


def test_only_the_office_that_keeps_a_case_extends_it(at, sent):
    take_in(sent)
    here = keys.own_key()
    with at("stranger"):
        stranger = keys.own_key()
    with at("ministry"):
        more = Act("sharing.join", date(2026, 6, 1), {"keeper": "Ren"}, run="b2", party="b2")
        assert not isinstance(perform(Case.objects.get().public_id, more, idempotency_key=key()), Refused)
        bundle = read(export(Case.objects.get().public_id, here), here, [keys.own_key()])
    keys.pin("stranger", stranger)
    with at("stranger"):
        raw = write(replace(bundle, sender=stranger, contact={**bundle.contact, "envelope": ""}))
    with pytest.raises(BadBundle, match="not sent by the office that keeps this case"):
        take_in(raw)
    assert Entry.objects.count() == 8


def test_whoever_holds_a_copy_can_sign_for_it_as_its_own_and_is_found_out_by_name(at, sent):
    """A chain names no office: the signature of the bundle does, and with it who keeps the case here. Who re-signs a
    copy is believed until the office speaks whose case it is; then both are named, and its receipts say which lies."""
    here = keys.own_key()
    with at("ministry"):
        case, ministry = Case.objects.get().public_id, keys.own_key()
        receipt = receipts.write(reading.head(case), store.rows_of([reading.head(case).pk])[reading.head(case).pk][0])
        copy = read(export(case, here), here, [ministry])
    with at("stranger"):
        stranger = keys.own_key()
        raw = write(replace(copy, sender=stranger, contact={**copy.contact, "anchors": [], "envelope": ""}))
    keys.pin("stranger", stranger)
    take_in(raw)
    assert Case.objects.get().origin == stranger
    with at("ministry"):
        more = Act("sharing.join", date(2026, 6, 1), {"keeper": "Ren"}, run="b2", party="b2")
        assert not isinstance(perform(case, more, idempotency_key=key()), Refused)
        genuine = export(case, here)
    with pytest.raises(BadBundle, match="kept as a case of stranger, this is sent by ministry"):
        take_in(genuine)
    assert kaname_verify.check(genuine, [ministry], receipt)
    with pytest.raises(kaname_verify.Bad, match="a key that you did not give"):
        kaname_verify.check(raw, [stranger], receipt)


def test_two_histories_of_one_case_are_told_apart(at, tmp_path):
    here = keys.own_key()
    with at("ministry"):
        case, ministry = opened().case, keys.own_key()
        connection.close()
        shutil.copy(tmp_path / "ministry" / "kaname.sqlite3", tmp_path / "stranger" / "kaname.sqlite3")
        perform(case, STORY[0], idempotency_key=key())
        one = export(case, here)
    for name in ("signing_key", "sealing_key"):
        shutil.copy(tmp_path / "ministry" / name, tmp_path / "stranger" / name)
    with at("stranger"):
        perform(case, STORY[1], idempotency_key=key())
        other = export(case, here)
    keys.pin("ministry", ministry)
    take_in(one)
    with pytest.raises(BadBundle, match="differs from the case held here from entry 2 on"):
        take_in(other)


def signed_again(raw, change):
    """Changed by the sender itself, who can sign what it likes."""
    said = json.loads(raw.split(b"\n")[0])
    change(said)
    line = canonical(said).encode()
    return line + b"\n" + keys.sign(DOMAIN + b"\0" + line).hex().encode() + b"\n"


CHANGES = {
    "an act": lambda s: s["entries"][1].update(act="permit.withdraw"),
    "a day": lambda s: s["entries"][1].update(effective_on="2026-05-08"),
    "no such day": lambda s: s["entries"][1].update(effective_on="2026-02-30"),
    "a middle link": lambda s: s["entries"].pop(3),
    "the first": lambda s: s["entries"].pop(0),
    "two swapped": lambda s: s["entries"].insert(1, s["entries"].pop(2)),
    "one twice": lambda s: s["entries"].insert(1, s["entries"][0]),
    "a sealed value": lambda s: s["sealed"][0].update(value=1),
    "a salt": lambda s: s["sealed"][0].update(salt="0" * 32),
    "a sealed value of no entry": lambda s: s["sealed"][0].update(seq=99),
    "a sealed value twice": lambda s: s["sealed"].append(s["sealed"][0]),
    "another case": lambda s: s["case"].update(id="a" * 26),
    "another kind": lambda s: s["case"].update(kind="lab.case"),
    "an unknown kind": lambda s: s["case"].update(kind="no.such"),
    "a field too many": lambda s: s.update(note=1),
    "a column too few": lambda s: s["entries"][0].pop("person"),
    "a number for a text": lambda s: s["entries"][0].update(person=1),
    "a flag for a number": lambda s: s["entries"][0].update(seq=True),
    "no entries": lambda s: s.update(entries=[]),
    "another format": lambda s: s.update(format="kaname-bundle/2"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_its_own_sender_made_up_is_refused(at, sent, name):
    with at("ministry"):
        raw = signed_again(sent, CHANGES[name])
    refused(raw, ".")


def test_json_that_is_not_canonical_is_refused_though_signed(at, sent):
    line = sent.split(b"\n")[0]
    with at("ministry"):
        raws = [
            spaced + b"\n" + keys.sign(DOMAIN + b"\0" + spaced).hex().encode() + b"\n"
            for spaced in (line + b" ", line.replace(b":", b": ", 1), line.replace(b"permit", b"\\u0070ermit", 1))
        ]
    for raw in raws:
        refused(raw, "canonical")


@pytest.fixture(scope="module")
def small(tmp_path_factory, sqlite_template, django_db_blocker):
    """A bundle of one entry, and who may read it, without an office around it."""
    from django.test import override_settings

    from kaname.ledger.kinds import kinds

    home = tmp_path_factory.mktemp("small")
    shutil.copy(sqlite_template, home / "kaname.sqlite3")
    with (
        django_db_blocker.unblock(),
        override_settings(KANAME_KINDS="ledger_kinds.KINDS"),
        pytest.MonkeyPatch.context() as patch,
    ):
        kinds.cache_clear()
        patch.setenv("KANAME_HOME", str(home))
        throwaway.connect(embedded(home / "kaname.sqlite3"))
        raw = export(open_case("small.permit", SMALL, idempotency_key=key()).case, keys.own_key())
        connection.close()
        yield raw, keys.own_key()
    kinds.cache_clear()
    store.forget()


def is_taken(raw, key):
    try:
        return read(raw, [key], [key])
    except BadBundle:
        return None


def test_every_single_bit_of_a_bundle_counts(small):
    raw, key = small
    assert is_taken(raw, key)
    for bit in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        assert not is_taken(bytes(changed), key), bit
    assert len(raw) * 8 > 7_000


def test_every_byte_before_after_and_every_cut(small):
    raw, key = small
    for byte in range(256):
        assert not is_taken(bytes([byte]) + raw, key)
        assert not is_taken(raw + bytes([byte]), key)
    for cut in range(len(raw)):
        assert not is_taken(raw[:cut], key)
        assert not is_taken(raw[cut + 1 :], key)


EDITS = tries(1_000, ci=20_000, soak=1_000_000)


def test_edits_of_a_bundle_are_refused(small):
    raw, key = small
    for seed in seeds(EDITS):
        lot = random.Random(seed)
        start, end = sorted((lot.randint(0, len(raw)), lot.randint(0, len(raw))))
        put = lot.choice((lot.randbytes(lot.randint(0, 8)), raw[start:end] * 2, raw[start:end][::-1], raw[:start]))
        changed = raw[:start] + put + raw[end:]
        assert (is_taken(changed, key) is not None) == (changed == raw), seed


def test_the_signing_key_is_the_owners_alone(at, tmp_path):
    keys.own_key()
    path = tmp_path / "here" / "signing_key"
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    with pytest.raises(RuntimeError, match="others may read it"):
        keys.own_key()


def test_a_name_keeps_its_key(at):
    keys.pin("ministry", "a" * 64)
    keys.pin("ministry", "a" * 64)
    with pytest.raises(keys.KeyProblem, match="has another key"):
        keys.pin("ministry", "b" * 64)
    with pytest.raises(keys.KeyProblem, match="64 hexadecimal"):
        keys.pin("../ministry", "a" * 64)
