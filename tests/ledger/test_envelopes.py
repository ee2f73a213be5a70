"""What leaves the house opens in the office it was sealed for, and nowhere else; not a byte of it can be changed."""

import random

import pytest
from acts import opened, played
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

import kaname_verify
from figures import tries
from kaname.access import bundles
from kaname.ledger import envelope, keys
from kaname.ledger.bundle import BadBundle
from kaname.ledger.exchange import export, send, take_in
from kaname.ledger.keys import KeyProblem
from kaname.ledger.models import Case, Entry
from kaname.ledger.signed import Untrusted
from ledger.test_sealing import found_in


@pytest.fixture
def sent(at):
    here = keys.own_key()
    with at("ministry"):
        raw, ministry = send(played()[0].case, here), keys.own_key()
    keys.pin("ministry", ministry)
    return raw


def test_a_sealed_case_arrives_whole_and_is_taken_once(at, sent):
    assert (take_in(sent).new, take_in(sent).new) == (8, 0)
    assert take_in(envelope.opened(sent)).new == 0  # bare, as versions before have sent it


def test_nothing_of_the_case_or_the_sender_can_be_seen_from_outside(at, sent, tmp_path):
    inside = envelope.opened(sent)
    (tmp_path / "sealed").write_bytes(sent)
    (tmp_path / "bare").write_bytes(inside)
    with at("ministry"):
        case, ministry = Case.objects.get().public_id, keys.own_key()
    for word in ("12000000", "permit.apply", case, ministry, "small.permit"):
        assert found_in(word, tmp_path / "bare") == {"bare"}  # planted: a bundle as it went out before
        assert found_in(word, tmp_path / "sealed") == set()


def test_nobody_else_opens_it(at, sent):
    for name in ("stranger", "ministry"):  # the sender neither
        with at(name):
            with pytest.raises(Untrusted, match="not sealed for this office"):
                envelope.opened(sent)
            with pytest.raises(BadBundle, match="not sealed for this office"):
                take_in(sent)
            assert Entry.objects.count() == (0 if name == "stranger" else 8)


def test_every_bit_every_cut_and_every_addition_is_refused_alike(at):
    raw = envelope.seal(b"kaname", keys.own_key())
    told = set()
    changed = [bytes(c ^ (1 << bit if i == at_ else 0) for i, c in enumerate(raw))
               for at_ in range(len(raw)) for bit in range(8)]  # fmt: skip
    for wrong in (*changed, *(raw[:cut] for cut in range(16, len(raw))), raw + b"\0", raw + raw):
        if not envelope.is_sealed(wrong):
            continue  # its first word was changed: it is no envelope, and no bundle either
        with pytest.raises(Untrusted) as refused:
            envelope.opened(wrong)
        told.add(refused.value.text.en)
    assert len(told) == 1
    assert envelope.opened(raw) == b"kaname"


def test_no_envelope_is_like_another(at):
    made = {envelope.seal(b"same", keys.own_key()) for _ in range(tries(300, ci=2000))}
    assert len({one[-52:-20] for one in made}) == len(made)  # the encapsulated key


def test_sealed_in_the_name_of_another_suite_or_key_it_does_not_open(at):
    raw, mine = envelope.seal(b"x", keys.own_key()), keys.own_key().encode()
    for before, after in ((envelope.SUITE.encode(), b"hpke-none"), (mine, b"0" * 64), (b" ", b"  ")):
        with pytest.raises(Untrusted):
            envelope.opened(raw.replace(before, after, 1))


def test_what_was_sealed_for_a_former_key_is_still_opened(at, sent):
    keys.renew("2026-11-26T00:00:00.000000Z", lambda told: None)
    assert take_in(sent).new == 8


def test_only_a_key_is_sealed_for(at):
    for none in ("f" * 64, "01" + "0" * 62, "0" * 64):
        with pytest.raises(KeyProblem):
            envelope.seal(b"x", none)


def test_people_send_envelopes_only(at, monkeypatch):
    from access.folk import person

    hana, case = person("Hana", "applicant", sealed=True), opened().case
    keys.pin("ministry", keys.own_key())
    assert envelope.is_sealed(bundles.export(hana, case, "ministry"))
    assert not envelope.is_sealed(export(case, "ministry"))


def test_the_second_verifier_says_who_can_open_it(at, sent):
    with pytest.raises(kaname_verify.Bad, match="kaname import --keep"):
        kaname_verify.check(sent, ["0" * 64])
    with at("ministry"):
        ministry = keys.own_key()
    assert kaname_verify.check(envelope.opened(sent), [ministry]) == "kaname-bundle/3: everything holds"


# -- known answers -----------------------------------------------------------------------------------------------------


def test_the_key_that_opens_is_that_of_libsodium():
    """test/default/ed25519_convert of libsodium."""
    seed = bytes.fromhex("421151a459faeade3d247115f94aedae42318124095afabe4d1451a559faedee")
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex()
    known = "f1814f0e8ff1043d8a44d25babff3cedcae6c22c3edaa48f857ae70de2baae50"
    assert envelope._public(public).public_bytes_raw().hex() == known
    assert envelope._private(seed).public_key().public_bytes_raw().hex() == known


def test_both_forms_of_a_key_belong_together():
    lot = random.Random(4)
    for _ in range(tries(100, ci=1000)):
        seed = lot.randbytes(32)
        public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex()
        assert envelope._public(public).public_bytes_raw() == envelope._private(seed).public_key().public_bytes_raw()


def test_ciphers_give_the_published_answers():
    """AES-256-GCM: McGrew and Viega, cases 13 and 14. HKDF-SHA256: RFC 5869, A.1."""
    cipher = AESGCM(bytes(32))
    assert cipher.encrypt(bytes(12), b"", None).hex() == "530f8afbc74536b9a963b4f1c4cb738b"
    known = "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
    assert cipher.encrypt(bytes(12), bytes(16), None).hex() == known
    info = bytes.fromhex("f0f1f2f3f4f5f6f7f8f9")
    found = HKDF(SHA256(), 42, bytes(range(13)), info).derive(b"\x0b" * 22).hex()
    assert found == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
