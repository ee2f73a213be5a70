"""What leaves the house opens in the office it was sealed for, and nowhere else; not a byte of it can be changed."""

import pytest
from acts import opened, played

import kaname_verify
from figures import tries
from kaname.access import bundles
from kaname.ledger import envelope, envelope_keys, keys, suites
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


EVERY_SUITE = pytest.mark.parametrize("suite", ["p256", "x25519", "mlkem768-x25519", "of the signing key"])


def sealed_by(suite, settings, plain=b"kaname"):
    """An envelope for this office by one suite; or as versions before sealed it."""
    if suite not in suites.SHORT:
        return envelope.envelope_1.seal(plain, keys.own_key())
    settings.KANAME_SUITES = (suite,)
    return envelope.seal(plain, keys.own_key())


@EVERY_SUITE
def test_what_is_sealed_opens_here_and_says_by_which_key_it_does(at, settings, suite):
    raw = sealed_by(suite, settings)
    assert envelope.is_sealed(raw) and envelope.opened(raw) == b"kaname"
    assert envelope.opened(b"bare") == b"bare" and not envelope.is_sealed(b"bare")
    if suite in suites.SHORT:
        to, of = envelope_keys.to_seal_for(keys.own_key()), suites.SHORT[suite]
        line = f"kaname-envelope/2 {of.name} {to.name}\n".encode()
        assert raw.startswith(line) and len(raw) == len(line) + of.head + len(b"kaname") + 16


def test_a_key_that_is_nobodys_is_sealed_for_by_nobody(at, monkeypatch):
    nobodys = envelope_keys.Public(suites.P256.name, "00" * 65)
    monkeypatch.setattr(envelope_keys, "to_seal_for", lambda _: nobodys)
    with pytest.raises(KeyProblem, match="nothing can be sealed for this public key"):
        envelope.seal(b"x", "0" * 64)


def test_the_key_of_a_content_is_of_one_length(at, settings, monkeypatch):
    raw = sealed_by("p256", settings)
    monkeypatch.setattr(envelope_keys, "opened", lambda *_: bytes(16))
    with pytest.raises(Untrusted, match="not sealed for this office"):
        envelope.opened(raw)


@EVERY_SUITE
def test_every_bit_every_cut_and_every_addition_is_refused_alike(at, settings, suite):
    raw = sealed_by(suite, settings)
    told, step = set(), 1 if len(raw) < 500 else tries(37, ci=7)  # ML-KEM: 1,300 bytes, at sampled places
    changed = [bytes(c ^ (1 << bit if i == at_ else 0) for i, c in enumerate(raw))
               for at_ in range(0, len(raw), step) for bit in range(0, 8, step if step < 8 else 7)]  # fmt: skip
    for wrong in (*changed, *(raw[:cut] for cut in range(16, len(raw), step)), raw + b"\0", raw + raw, raw[:-1]):
        if not envelope.is_sealed(wrong):
            continue  # its first word was changed: it is no envelope, and no bundle either
        with pytest.raises(Untrusted) as refused:
            envelope.opened(wrong)
        told.add((refused.value.text.en, refused.value.text.ja, str(refused.value.__cause__)))
    assert len(told) == 1
    assert envelope.opened(raw) == b"kaname"


@EVERY_SUITE
def test_every_way_to_be_wrong_says_the_same(at, settings, suite):
    """A key that is not ours, that is no more, that is gone from the disk; a head or a name of another envelope."""
    raw, other = sealed_by(suite, settings), sealed_by(suite, settings)
    line, own = raw.index(b"\n") + 1, raw[: raw.index(b"\n")].rpartition(b" ")[2]
    none = raw.replace(b" hpke-", b" none-", 1)
    wrong = [none, raw.replace(own, b"0" * 64, 1), raw[:line] + other[line:-20] + raw[-20:], raw[:line],
             raw[: line + 3], raw.replace(b" ", b"  ", 1), raw.replace(b"\n", b"\r\n", 1)]  # fmt: skip
    swap = {b"/2": b"/1", b"/1": b"/2"}[raw[15:17]]
    wrong += [raw[:15] + swap + raw[17:], raw[:15] + b"/3" + raw[17:]]
    told = set()
    for one in wrong:
        with pytest.raises(Untrusted) as refused:
            envelope.opened(one)
        told.add(refused.value.text.en)
    with at("stranger"), pytest.raises(Untrusted) as refused:
        envelope.opened(raw)
    told.add(refused.value.text.en)
    if suite in suites.SHORT:
        envelope_keys.renew(revoke=True)
        with pytest.raises(Untrusted) as refused:
            envelope.opened(raw)
        told.add(refused.value.text.en)
    assert told == {"not sealed for this office, or changed on the way"}


@EVERY_SUITE
def test_no_envelope_is_like_another(at, settings, suite):
    many = tries(50, ci=500)
    made = {sealed_by(suite, settings, b"same")[-52:] for _ in range(many)}
    assert len(made) == many


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
