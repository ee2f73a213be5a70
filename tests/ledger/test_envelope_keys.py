"""Envelope keys: partners learn them at a contact, seal for no revoked one, and by a suite that both take."""

import json
import os
import subprocess
import sys

import pytest
from acts import opened, played
from click.testing import CliRunner

import kaname_verify
from kaname.cli import root
from kaname.ledger import clock, envelope, envelope_keys, key_book, keys, recovery, signed, suites
from kaname.ledger.envelope_keys import DOMAIN, FORMAT
from kaname.ledger.exchange import send, take_in
from kaname.ledger.keys import KeyProblem
from kaname.ledger.proof import contact
from kaname.ledger.signed import Untrusted
from kaname.site.home import home


@pytest.fixture
def both(at):
    """Two offices that have pinned each other and said nothing yet: their keys."""
    here = keys.own_key()
    with at("ministry"):
        keys.pin("here", here)
        ministry = keys.own_key()
    keys.pin("ministry", ministry)
    return here, ministry


def tells(at):
    """The ministry has told of its keys."""
    with at("ministry"):
        raw = contact.write("here")
    contact.take_in(raw)


def suite_of(raw):
    return raw[: raw.index(b"\n")].split(b" ")[1].decode(), raw[15:17].decode()


def test_a_contact_brings_the_key_and_from_then_on_it_is_sealed_for(at, both):
    case = opened().case
    before = send(case, "ministry")
    assert suite_of(before) == (suites.X25519.name, "/1")
    tells(at)
    after = send(case, "ministry")
    assert suite_of(after) == (suites.P256.name, "/2")
    with at("ministry"):
        assert (take_in(before).new, take_in(after).new) == (1, 0)
        assert suite_of(send(played()[0].case, "here"))[1] == "/2"  # the bundle told of ours
    with at("stranger"), pytest.raises(Untrusted):
        envelope.opened(after)


def test_renewed_the_former_opens_for_a_year_and_is_erased(at, both, monkeypatch):
    tells(at)
    raw = envelope.seal(b"x", both[1])
    with at("ministry"):
        was = [one.name for one in envelope_keys.own().keys]
        envelope_keys.renew()
        assert envelope.opened(raw) == b"x"
    assert suite_of(envelope.seal(b"x", both[1]))[1] == "/2"
    tells(at)
    assert envelope_keys.to_seal_for(both[1]).name not in was
    now = clock.now()
    for days, opens in ((364, True), (366, False)):
        monkeypatch.setattr(clock, "now", lambda days=days: now + clock.timedelta(days=days))
        with at("ministry"):
            assert envelope_keys.tidy() == (0 if opens else len(was))
            held = {path.name for path in (home() / "envelope_keys").iterdir()}
            assert set(was) <= held if opens else not set(was) & held
            if opens:
                assert envelope.opened(raw) == b"x"
            else:
                with pytest.raises(Untrusted):
                    envelope.opened(raw)


def test_a_revoked_key_is_refused_for_sealing_and_opens_nothing(at, both):
    tells(at)
    with at("ministry"):
        late, was = contact.write("here"), envelope_keys.own().keys
        raw = envelope.seal(b"x", both[1])
        envelope_keys.renew(revoke=True)
        with pytest.raises(Untrusted):
            envelope.opened(raw)
        assert not {one.name for one in was} & {p.name for p in (home() / "envelope_keys").iterdir()}
    tells(at)
    told = envelope_keys.held_of(both[1])
    assert {one.name for one in was} <= set(told.revoked)
    contact.take_in(late)  # an older one, late on its way
    assert envelope_keys.held_of(both[1]) == told
    with at("ministry"):  # it says that all it has are revoked: nothing is sealed for it
        of = envelope_keys.own()
        said = {"at": "2099-01-01T00:00:00.000000Z", "format": FORMAT, "from": both[1], "keys": [],
                "revoked": [one.name for one in of.keys]}  # fmt: skip
        gone = signed.write(DOMAIN, said)
        both_ways = signed.write(DOMAIN, {**said, "keys": [one._asdict() for one in of.keys]})
    with pytest.raises(Untrusted, match="revoked"):
        envelope_keys.learn(both[1], both_ways)
    with pytest.raises(kaname_verify.Bad, match="revoked"):
        kaname_verify.check(both_ways, [both[1]])
    assert envelope_keys.learn(both[1], gone)
    with pytest.raises(KeyProblem, match="no key to seal for"):
        envelope.seal(b"x", both[1])


def test_an_office_that_keeps_to_the_listed_suite_seals_by_nothing_else(at, both, settings):
    settings.KANAME_SUITES = ("p256",)
    with pytest.raises(KeyProblem, match="first: kaname anchor contact"):
        envelope.seal(b"x", both[1])
    settings.KANAME_SUITES = ("x25519",)
    tells(at)
    settings.KANAME_SUITES = ("p256",)
    with pytest.raises(KeyProblem, match="no key to seal for"):
        envelope.seal(b"x", both[1])
    with at("ministry"):
        envelope_keys.renew()
    tells(at)
    assert suite_of(envelope.seal(b"x", both[1])) == (suites.P256.name, "/2")


def test_each_takes_its_own_favourite_of_what_is_told(at, both, settings):
    settings.KANAME_SUITES = ("x25519", "mlkem768-x25519", "p256")
    tells(at)
    for favourite in ("mlkem768-x25519", "p256", "x25519"):
        settings.KANAME_SUITES = tuple(dict.fromkeys((favourite, "x25519")))
        raw = envelope.seal(b"x", both[1])
        assert suite_of(raw) == (suites.SHORT[favourite].name, "/2")
        with at("ministry"):
            assert envelope.opened(raw) == b"x"


def test_only_the_pinned_office_tells_of_its_keys(at, both):
    with at("stranger"):
        stranger = keys.own_key()
        theirs = envelope_keys.statement()
    with pytest.raises(Untrusted):
        envelope_keys.learn(both[1], theirs)
    assert not envelope_keys.learn(stranger, theirs) and envelope_keys.held_of(stranger) is None
    with at("ministry"):
        raw = envelope_keys.statement()
    for wrong in (raw[:-1], raw + b"x", raw.replace(b"p256", b"p257"), b"", raw.replace(both[1].encode(), b"0" * 64)):
        with pytest.raises(Untrusted):
            envelope_keys.learn(both[1], wrong)
    assert envelope_keys.learn(both[1], raw) and not envelope_keys.learn(both[1], raw)
    assert kaname_verify.check(raw, [both[1]]) == "kaname-envelope-key/1: everything holds"


@pytest.mark.parametrize("change", [
    {"at": "yesterday"}, {"keys": {}}, {"keys": ["x"]}, {"revoked": ["x"]}, {"more": 1}, {"keys": [{"suite": "x"}]},
    {"keys": [{"suite": "x", "public": "zz"}]}, {"keys": [{"suite": "", "public": "00" * 32}]},
    {"keys": [{"suite": "x", "public": "00" * 32}] * 17}, {"keys": [{"suite": suites.P256.name, "public": "00" * 65}]},
])  # fmt: skip
def test_a_statement_of_another_form_is_refused(at, change):
    mine = keys.own_key()
    said = {**json.loads(envelope_keys.statement().split(b"\n")[0]), **change}
    raw = signed.write(DOMAIN, said)
    with pytest.raises(Untrusted):
        envelope_keys.told(raw, [mine])
    if suites.P256.name not in str(change):  # whether a point lies on its curve the second verifier does not ask
        with pytest.raises(kaname_verify.Bad):
            kaname_verify.check(raw, [mine])


def test_a_suite_of_a_later_version_is_passed_over(at, both):
    with at("ministry"):
        said = json.loads(envelope_keys.statement().split(b"\n")[0])
        said["keys"] = [{"suite": "hpke-of-later", "public": "00" * 40}, *said["keys"]]
        raw = signed.write(DOMAIN, said)
    envelope_keys.learn(both[1], raw)
    assert suite_of(envelope.seal(b"x", both[1])) == (suites.P256.name, "/2")


def test_contacts_of_versions_before_are_still_heard(at, both):
    with at("ministry"):
        said = json.loads(contact.write("here").split(b"\n")[0])
        del said["contact"]["envelope"]
        raw = signed.write(contact.DOMAIN, said)
    assert contact.take_in(raw) == (both[1], [])
    assert kaname_verify.check(raw, [both[1]]) == "kaname-contact/1: everything holds"


def test_a_new_signing_key_tells_of_the_same_envelope_keys(at, both):
    tells(at)
    told = []
    with at("ministry"):
        before = envelope_keys.own()
        keys.renew("2026-11-26T00:00:00.000000Z", told.append)
        assert envelope_keys.own() == before
    keys.succeed("ministry", told[0])
    assert envelope_keys.held_of(keys.offices()["ministry"]) == before.told
    tells(at)
    with at("ministry"):
        now = keys.own_key()
        envelope_keys.renew()
    tells(at)
    assert envelope_keys.held_of(now).at > before.at


def test_two_renewals_at_once_forget_nothing(sqlite_office):
    """Each takes its turn: all that was ever told opens on."""
    names = [one.name for one in envelope_keys.own().keys]
    code = ("from kaname.cli.office import settings; settings()\n"
            "from kaname.ledger import envelope_keys as e, key_book\n"
            "key_book.write = lambda *a, **k: None\nfor _ in range(5): e.renew()")  # fmt: skip
    env = {**os.environ, **sqlite_office.env, "DJANGO_SETTINGS_MODULE": "kaname.site.settings"}
    both = [subprocess.Popen([sys.executable, "-c", code], env=env) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    of = envelope_keys.own()
    assert len(of.former) == 20 and set(names) <= {one.name for one in of.former}
    assert len(list((home() / "envelope_keys").iterdir())) == 22


def test_a_kit_brings_them_back_and_partners_are_told_of_new_ones(sqlite_office, tmp_path, monkeypatch):
    raw, was = envelope.seal(b"x", keys.own_key()), envelope_keys.own()
    three = recovery.make(("a", "b", "c"))
    kit = recovery.kit()
    assert f"envelope_keys/{was.keys[0].name}" in recovery.held_files()
    (tmp_path / "new").mkdir()
    monkeypatch.setenv("KANAME_HOME", str(tmp_path / "new"))
    recovery.recover(kit, three[0], three[1])
    assert envelope.opened(raw) == b"x"
    assert envelope_keys.own().at > was.at and {o.name for o in envelope_keys.own().former} == {
        o.name for o in was.keys
    }


def test_a_kit_of_before_brings_no_revoked_key_back(sqlite_office, tmp_path, monkeypatch):
    raw = envelope.seal(b"x", keys.own_key())
    three, was = recovery.make(("a", "b", "c")), envelope_keys.own()
    kit = recovery.kit()
    envelope_keys.renew(revoke=True)
    (tmp_path / "new").mkdir()
    monkeypatch.setenv("KANAME_HOME", str(tmp_path / "new"))
    recovery.recover(kit, three[0], three[1])
    gone = {one.name for one in was.keys}
    assert gone <= set(envelope_keys.own().revoked) and gone.isdisjoint(o.name for o in envelope_keys.own().former)
    assert gone.isdisjoint(path.name for path in (home() / "envelope_keys").iterdir())
    with pytest.raises(Untrusted):
        envelope.opened(raw)


def test_a_former_key_is_revoked_by_its_name(sqlite_office, tmp_path, monkeypatch):
    """At once and for good: an older kit does not bring it back, others open on, partners are told."""
    raws, was = [envelope.seal(b"x", keys.own_key())], envelope_keys.own()
    three, kit = recovery.make(("a", "b", "c")), recovery.kit()
    envelope_keys.renew()
    raws.append(envelope.seal(b"x", keys.own_key()))
    middle = envelope_keys.renew()
    gone = envelope_keys.to_seal_for(keys.own_key()).suite  # the suite of the first envelope
    gone = next(one.name for one in was.keys if one.suite == gone)
    envelope_keys.revoke_former(gone[:16], "boss")
    now = envelope_keys.own()
    assert now.keys == middle.keys and now.at > middle.at and now.revoked == (gone,)
    assert gone not in {one.name for one in now.former} and not (home() / "envelope_keys" / gone).exists()
    line = key_book.lines()[0]
    assert (line.what, line.data) == ("envelope_revoked", {"by": "boss", "keys": [], "revoked": [gone]})
    with pytest.raises(Untrusted):
        envelope.opened(raws[0])
    assert envelope.opened(raws[1]) == b"x"
    assert gone in envelope_keys.told(envelope_keys.statement(), [keys.own_key()]).revoked
    envelope_keys.revoke_former(gone)  # once is once
    assert len(key_book.lines("envelope_revoked")) == 1 and envelope_keys.own() == now
    (tmp_path / "new").mkdir()
    monkeypatch.setenv("KANAME_HOME", str(tmp_path / "new"))
    recovery.recover(kit, three[0], three[1])  # where the key was still a present one
    assert gone in envelope_keys.own().revoked and not (home() / "envelope_keys" / gone).exists()
    with pytest.raises(Untrusted):
        envelope.opened(raws[0])


def test_what_names_no_former_key_revokes_nothing(sqlite_office):
    was = envelope_keys.renew()
    present, former = was.keys[0].name, was.former[0].name
    for name, why in ((present[:16], "a present key"), ("0" * 16, "expected the name"), (former[:7], "expected the")):
        with pytest.raises(KeyProblem, match=why):
            envelope_keys.revoke_former(name)
    assert envelope_keys.own() == was and not key_book.lines("envelope_revoked")


def test_who_is_pinned_anew_is_heard_again(at, both):
    """What the key of before has signed is left as it lies, and hinders nothing."""
    tells(at)
    with at("ministry"):
        (home() / "signing_key").unlink()  # the machine is lost, and no kit was made
        (home() / envelope_keys.STATE).unlink()
        now = keys.own_key()
    (home() / "offices" / "ministry.pub").unlink()
    keys.pin("ministry", now)
    assert suite_of(envelope.seal(b"x", now))[1] == "/1" and envelope_keys.held_of(now) is None
    with at("ministry"):
        keys.pin("here", both[0])
    tells(at)
    assert suite_of(envelope.seal(b"x", now))[1] == "/2"


def test_the_command_shows_tells_renews_and_learns(at, both, tmp_path):
    def run(*args, code=0):
        done = CliRunner().invoke(root, ["keys", "envelope", *args], env={"KANAME_LANG": "en"})
        assert done.exit_code == code, done.output
        return done.output

    shown = run()
    assert suites.P256.name in shown and "none has come yet" in shown
    before = envelope_keys.own()
    assert run("--renew").count("opens until") == 2 and key_book.lines()[0].what == "envelope"
    run("--revoke")
    assert key_book.lines()[0].what == "envelope_revoked" and len(envelope_keys.own().revoked) == 2
    assert {one.name for one in before.keys} == {one.name for one in envelope_keys.own().former}
    former = before.keys[0].name
    assert former[:16] not in run("--revoke", former[:16]) and former in envelope_keys.own().revoked
    assert "expected the name" in run("--revoke", "nosuchkey", code=2)
    with at("ministry"):
        run("--out", str(tmp_path / "theirs"))
    assert f"ministry  {suites.P256.name}" in run("--learn", f"ministry={tmp_path / 'theirs'}")
    assert "is pinned" in run("--learn", f"nobody={tmp_path / 'theirs'}", code=2)
    assert json.loads(run("--json"))["partners"] == {"ministry": suites.P256.name}
