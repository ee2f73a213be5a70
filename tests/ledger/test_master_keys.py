"""Masters in files: each opens what it has wrapped and nothing else, in this version and in the next ones."""

import os
from contextvars import Context

import pytest

from kaname.ledger import master, suites
from kaname.ledger.errors import CannotOpen, KeysMissing
from kaname.ledger.master import ASKING, FileKeys, Wrapped, fingerprint, masters
from kaname.site.home import write_new

OFFICE, HALF = bytes(range(32)), bytes(range(32, 64))
KEY, ABOUT = bytes(range(64, 96)), b"\0001\0007"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Of an office whose master and half of a circle are known."""
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    write_new(tmp_path / "sealing_key", OFFICE)
    (tmp_path / "circle_keys").mkdir()
    write_new(tmp_path / "circle_keys/vault", HALF)
    return tmp_path


keys = FileKeys()
CIRCLES = pytest.mark.parametrize("circle", ["", "vault", "new"])


def names(folder):
    return {p.name for p in folder.iterdir() if p.name.startswith((".", "sealing"))}


def test_masters_are_called_in_the_next_version_as_in_this(folder):
    """The names stand in the database; the master of a circle is worked out anew each time."""
    assert keys.current() == fingerprint(OFFICE) == "c49d665c6095a5af"
    assert keys.current("vault") == "1a23b524c34bc8fe"


def test_what_versions_before_have_wrapped_opens_still(folder):
    wrapped = bytes.fromhex(
        "4d6558659af0719543e701fc03bae3433fc0f6ed7fca78f796b8e2b7d0654e4920b59cce4edb834e5edbd1ae8b2c717f194c21b1a832196d34e5715a"
    )
    assert keys.unwrap("1a23b524c34bc8fe", wrapped, ABOUT, "vault") == KEY


def test_the_office_has_masters_in_files_and_asks_for_nobody():
    masters.cache_clear()
    asking = Context().run(ASKING.get)  # not as other tests of this process have left it
    assert isinstance(masters(), FileKeys) and masters() is masters() and asking == ""


def test_without_its_half_a_circle_has_no_master(folder):
    assert not keys.holds(fingerprint(master._of_circle(OFFICE, b"", "new")), "new")


def test_where_there_is_no_master_one_is_drawn_once(tmp_path, monkeypatch):
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    assert not keys.holds(fingerprint(OFFICE)) and not keys.holds(fingerprint(OFFICE), "vault") and not names(tmp_path)
    assert keys.current("vault") == keys.current("vault") != keys.current() == keys.current()
    assert (tmp_path / "circle_keys").stat().st_mode & 0o777 == 0o700
    assert keys.holds(keys.current()) and keys.holds(keys.current("vault"), "vault")


@CIRCLES
def test_what_is_wrapped_opens_as_what_it_is_and_for_its_circle_alone(folder, circle):
    name, wrapped = keys.wrap(KEY, ABOUT, circle)
    assert name == keys.current(circle) and keys.unwrap(name, wrapped, ABOUT, circle) == KEY
    assert keys.wrap(KEY, ABOUT, circle)[1][:12] != wrapped[:12] and len(wrapped) == 12 + 32 + 16
    for about, blob in ((b"", wrapped), (ABOUT, wrapped[:-1]), (ABOUT, b""), (ABOUT, bytes(1) + wrapped[1:])):
        with pytest.raises(CannotOpen):
            keys.unwrap(name, blob, about, circle)
    for wrong, of in (("0" * 16, circle), (name, "other") if circle else ("", "")):
        with pytest.raises(KeysMissing, match=f"key {wrong} of"):
            keys.unwrap(wrong, wrapped, ABOUT, of)


def test_what_was_wrapped_for_a_circle_before_it_had_a_master_opens(folder):
    name, wrapped = keys.wrap(KEY, ABOUT)
    assert keys.unwrap(name, wrapped, ABOUT, "vault") == keys.unwrap(name, wrapped, ABOUT, "new") == KEY


@CIRCLES
def test_after_a_renewal_the_new_one_wraps_and_the_old_one_opens(folder, circle):
    name, wrapped = keys.wrap(KEY, ABOUT, circle)
    new = keys.renew()
    assert (
        new == keys.current() != fingerprint(OFFICE)
        and name != keys.current(circle) == keys.wrap(KEY, ABOUT, circle)[0]
    )
    assert keys.unwrap(name, wrapped, ABOUT, circle) == KEY
    assert names(folder) == {"sealing_key", f"sealing_key.{new}", f"sealing_key.{fingerprint(OFFICE)}"}
    assert (folder / f"sealing_key.{fingerprint(OFFICE)}").read_bytes() == OFFICE


@CIRCLES
def test_keys_are_wrapped_again_by_the_master_of_today_in_their_order(folder, circle):
    known = {b"%d" % n: bytes([n]) * 32 for n in range(3)}
    held = [Wrapped(*keys.wrap(key, about, circle), about) for about, key in known.items()]
    keys.renew()
    again = keys.wrap_again(held, circle)
    assert {name for name, _ in again} == {keys.current(circle)} != {held[0].name}
    opened = [keys.unwrap(name, blob, about, circle) for (name, blob), about in zip(again, known, strict=True)]
    assert opened == [*known.values()] and keys.wrap_again([], circle) == []
    assert circle or keys.wrap_again(held)[0][0] == keys.current(), "of the office where none is named"
    for wrong, error in ((held[0]._replace(name="0" * 16), KeysMissing), (held[0]._replace(about=b"x"), CannotOpen)):
        with pytest.raises(error):
            keys.wrap_again([wrong], circle)


def test_a_renewal_stopped_before_its_end_has_lost_nothing(folder, monkeypatch):
    """Both masters lie under their own names before the new one takes the place of the old."""

    def stopped(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("pathlib.Path.replace", stopped)
        keys.renew()
    assert keys.current() == fingerprint(OFFICE)
    assert sorted(name.split(".")[0] for name in names(folder)) == ["", *["sealing_key"] * 3], "and a part, hidden"
    assert keys.renew() == keys.current() != fingerprint(OFFICE)


def test_a_half_is_written_over_on_the_disk_before_its_name_goes(folder, monkeypatch):
    name, wrapped = keys.wrap(KEY, ABOUT, "vault")
    os.link(folder / "circle_keys/vault", folder / "what was on the disk")
    told = []
    monkeypatch.setattr(os, "fsync", lambda _: told.append((folder / "circle_keys/vault").read_bytes()))
    monkeypatch.setattr(master, "synced", told.append)
    keys.destroy("vault")
    left = (folder / "what was on the disk").read_bytes()
    assert told == [left, (folder / "circle_keys").resolve()] and len(left) == 32 and left != HALF
    assert not (folder / "circle_keys/vault").exists() and not keys.holds(name, "vault")
    with pytest.raises(KeysMissing):
        keys.unwrap(name, wrapped, ABOUT, "vault")
    keys.destroy("vault")
    assert len(told) == 2, "nothing where it is gone already"


@pytest.mark.parametrize("circle", ["../x", "a/b", ".", "a" * 65, "a\n"])
def test_what_is_no_name_of_a_circle_becomes_no_path(folder, circle):
    for ask in (keys.destroy, keys.current, lambda c: keys.holds("", c), lambda c: keys.wrap(KEY, ABOUT, c)):
        with pytest.raises(ValueError, match=r"x|a|\."):
            ask(circle)


def test_an_envelope_key_opens_until_it_is_dropped(folder):
    suite = suites.P256
    public = keys.new_envelope_key(suite.name)
    name, head = suites.name_of(suite.name, public), suite.sealed(KEY, public, b"info")
    assert keys.open_envelope(name, suite.name, head, b"info") == KEY
    keys.drop_envelope_key(name)
    with pytest.raises(suites.CannotOpenHead):
        keys.open_envelope(name, suite.name, head, b"info")
