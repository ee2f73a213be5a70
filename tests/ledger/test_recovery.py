"""Keys that are lost with their machine: a kit and any two of three shares bring them back, and nothing less does."""

import os
import shutil
import subprocess
import sys
from itertools import combinations, permutations

import pytest
import throwaway
from click.testing import CliRunner

from access import sealed_room
from access.folk import person
from access.sealed_room import KINDS, furnished, opened
from kaname.access import api as access
from kaname.cli import root
from kaname.ledger import destroyed, key_book, keys, recovery, shares
from kaname.ledger.backup import backup
from kaname.ledger.guards import guards
from kaname.ledger.kinds import kinds
from kaname.ledger.recovery import NotRecovered
from kaname.ledger.restore import restore
from kaname.ledger.shares import NotAShare
from kaname.ledger.verify import verify
from kaname.site.databases import embedded
from kaname.site.home import home

HOLDERS = ("a", "b", "c")


@pytest.fixture
def room(sqlite_office, monkeypatch):
    made = furnished(monkeypatch)
    assert opened(made) == (set(KINDS), 0)
    return made


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """`machine("new")`: this process as one just started, without a key; database and papers are there."""

    def started(name):
        folder = tmp_path / name
        folder.mkdir(mode=0o700, exist_ok=True)
        if (papers := home() / "documents").exists():  # a backup brings them, encrypted
            (folder / "documents").symlink_to(papers.resolve())
        monkeypatch.setenv("KANAME_HOME", str(folder))
        sealed_room.forget()
        return folder

    return started


def files():
    """Every file of KANAME_HOME that is a key, by name."""
    return recovery.held_files()


def test_any_two_of_three_bring_everything_back(room, machine):
    three, held = recovery.make(HOLDERS), files()
    kit = recovery.kit()
    assert {"sealing_key", f"circle_keys/{room.circle}"} <= set(held)
    for n, (first, second) in enumerate(permutations(three, 2)):
        machine(f"new{n}")
        assert opened(room)[0] == set() and opened(room)[1] >= 10
        recovery.recover(kit, first, second)
        sealed_room.forget()
        assert opened(room) == (set(KINDS), 0) and guards() == []
        assert {name: raw for name, raw in files().items() if name in held} == held
    told = [line.data["shares"] for line in key_book.lines("recovered")]
    assert sorted(told) == [[1, 2], [1, 2], [1, 3], [1, 3], [2, 3], [2, 3]]
    assert key_book.faults() == [] and verify().faults == []


def test_one_share_brings_nothing_back(room, machine):
    three, kit = recovery.make(HOLDERS), recovery.kit()
    folder = machine("new")
    for share in three:
        with pytest.raises(NotAShare, match="same share"):
            recovery.recover(kit, share, share)
    assert [p.name for p in folder.iterdir()] == ["documents"] and opened(room)[0] == set()


def test_planted_a_kit_of_which_one_share_is_enough_is_seen(room, machine, monkeypatch):
    """What the tests above look for: were one share enough, all of it would open."""
    three, kit = recovery.make(HOLDERS), recovery.kit()
    secret = shares.join(three[0], three[1])
    monkeypatch.setattr(shares, "join", lambda first, second, passphrase="": secret)
    machine("new")
    recovery.recover(kit, three[0], three[0])
    sealed_room.forget()
    assert opened(room) == (set(KINDS), 0)


def test_the_whole_way_by_commands_on_a_new_machine(sqlite_office, settings, monkeypatch, tmp_path):
    """The machine burns: what is left is a backup, a kit, and two papers."""
    settings.KANAME_KINDS = "kaname.regimes.KINDS"
    kinds.cache_clear()
    room = furnished(monkeypatch, kind="patents.application", act=sealed_room.FILE)
    ada = person("Ada", admin=True)
    people = [part for who in (ada, room.hana, room.jiro) for part in ("--for", who.email)]
    told = run("keys", "shares", *people, "--by", ada.email)
    papers = words_of(told)
    assert len(papers) == 3 and all(len(paper.split()) == 33 for paper in papers)
    run("keys", "kit", str(tmp_path / "office.kit"), "--by", ada.email)
    proof = run("keys", "drill", "--kit", str(tmp_path / "office.kit"), "--by", ada.email, typed=papers[1:])
    assert "shares 2 and 3 fit" in proof and "holds all keys of today" in proof
    run("backup", str(tmp_path / "office.sqlite3"))
    run("keys", "kit", str(tmp_path / "office.kit"), code=2)  # a kit is never written over
    assert "uses no key agent; expected the file" in run("keys", "recover", code=2)  # it was forgotten
    env = {**os.environ, "KANAME_HOME": str(tmp_path / "new"), "KANAME_LANG": "en", "KANAME_DATABASE_URL": ""}
    env["DJANGO_SETTINGS_MODULE"] = "kaname.site.settings"

    def there(*args, typed=""):
        command = [sys.executable, "-m", "kaname", *args]
        done = subprocess.run(command, env=env, input=typed, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    assert there("restore", str(tmp_path / "office.sqlite3"))[0] != 0  # without keys it is no office
    code, told = there("keys", "recover", str(tmp_path / "office.kit"), typed=f"{papers[0]}\n{papers[2]}\n")
    assert code == 0 and "keys are back" in told, told
    code, told = there("restore", str(tmp_path / "office.sqlite3"))
    assert "Restored from" in told, told
    assert there("verify")[0] == 0 and there("show", room.case)[0] == 0
    assert there("keys", "status")[1].count("recovered from shares") == 1
    assert (tmp_path / "new" / "sealing_key").read_bytes() == (home() / "sealing_key").read_bytes()


def run(*args, typed=(), code=0):
    done = CliRunner().invoke(root, list(args), env={"KANAME_LANG": "en"}, input="".join(f"{x}\n" for x in typed))
    assert done.exit_code == code, done.output
    return done.output


def words_of(told):
    """The three papers, as holders would copy them from the screen."""
    parts = told.split("Share ")[1:]
    return [" ".join(w for line in part.splitlines()[1:12] for w in line.split() if w.isalpha()) for part in parts]


# -- nothing is kept, all is written down ------------------------------------------------------------------------------


def test_no_share_and_no_secret_lies_anywhere(room):
    three = recovery.make(HOLDERS, by="ada")
    recovery.kit()
    seed = shares.join(three[0], three[1])
    backup(home() / "copy.sqlite3")
    for path in (p for p in home().rglob("*") if p.is_file()):
        raw = path.read_bytes()
        assert seed not in raw and seed.hex().encode() not in raw, path
        for share in three:
            value = shares.Mnemonic.from_mnemonic(share.words).value
            assert value not in raw and " ".join(share.words.split()[4:8]).encode() not in raw, path
    line = key_book.lines("shares")[0].data
    assert line == {"by": "ada", "holders": ["a", "b", "c"], "number": three[0].set, "set": recovery.present()}


def test_a_drill_changes_nothing(room):
    three, kit = recovery.make(HOLDERS), recovery.kit()
    before = {p: p.read_bytes() for p in home().rglob("*") if p.is_file() and "sqlite" not in p.name}
    for first, second in combinations(three, 2):
        assert recovery.drill(first, second, raw=kit).lacking == []
    assert {p: p.read_bytes() for p in home().rglob("*") if p.is_file() and "sqlite" not in p.name} == before
    assert [line.what for line in key_book.lines()[:3]] == ["drill"] * 3
    with pytest.raises(NotAShare):
        recovery.drill(three[0], three[0])
    with pytest.raises(NotRecovered, match="another set"):
        recovery.drill(*shares.split(bytes(32))[:2])
    assert len(key_book.lines("drill")) == 3


def test_a_drill_says_what_a_kit_lacks(room):
    three, kit = recovery.make(HOLDERS), recovery.kit()
    told = recovery.digest()
    other = furnished_too(room)
    lacking = recovery.drill(three[0], three[1], raw=kit).lacking
    assert lacking == [f"circle_keys/{other}"] and recovery.digest() != told
    assert recovery.drill(three[0], three[1], raw=recovery.kit()).lacking == []


def furnished_too(room):
    from access.folk import circle, key

    made = circle("two", room.hana, room.jiro).public_id
    access.open_case(room.hana, "small.permit", sealed_room.APPLY, idempotency_key=key(), compartment=made)
    return made


# -- refused: nothing is lost ------------------------------------------------------------------------------------------


def test_whatever_is_refused_changes_nothing(room, machine):
    three, kit = recovery.make(HOLDERS), recovery.kit()
    other, line = shares.split(bytes(range(32))), kit.index(b"\n") + 1
    bad = [
        (kit, other[0], other[1]), (b"", three[0], three[1]), (b"kaname-recovery/1\n", three[0], three[1]),
        (kit[:line] + kit[line + 1 :], three[0], three[1]), (kit[:-1], three[0], three[1]), (kit + b"0", *three[:2]),
        (kit.replace(b"sha256", b"sha512", 1), three[0], three[1]),
    ]  # fmt: skip
    bad += [(kit[:n] + bytes([kit[n] ^ 1]) + kit[n + 1 :], three[0], three[2]) for n in range(0, len(kit), 37)]
    folder = machine("new")
    for raw, first, second in bad:
        with pytest.raises((NotRecovered, NotAShare)):
            recovery.recover(raw, first, second)
    assert [p.name for p in folder.iterdir()] == ["documents"] and key_book.lines("recovered") == []
    with pytest.raises(NotRecovered, match="passphrase is wrong"):
        recovery.recover(kit, three[0], three[1], "not this")


def test_nobody_writes_a_kit_by_the_public_key_alone(room, machine):
    """Who has seen `recovery_key` of a stolen disk could; who only guesses its public half could not."""
    three, kit = recovery.make(HOLDERS), recovery.kit()
    public = (home() / "recovery_key").read_bytes()[:32]
    line = kit[: kit.index(b"\n") + 1]
    inside = b'{"at":"","files":{"sealing_key":"' + b"00" * 32 + b'"}}'
    forged = line + recovery._HPKE.encrypt(inside, recovery.X25519PublicKey.from_public_bytes(public), info=line)
    machine("new")
    with pytest.raises(NotRecovered, match="was changed"):
        recovery.recover(forged, three[0], three[1])


@pytest.mark.parametrize("name", ["../x", "circle_keys/../../x", "/etc/x", "kaname.sqlite3", "circle_keys/a/b", ""])
def test_a_kit_writes_nothing_but_keys(name):
    assert not recovery._NAME.fullmatch(name)


def test_a_kit_holds_only_names_that_are_taken_back(room):
    (home() / "offices").mkdir(exist_ok=True)
    (home() / "offices" / "ministry.pub").write_text("00" * 32)
    (home() / "offices" / "spoken_of").write_text("ministry")
    assert [name for name in files() if not recovery._NAME.fullmatch(name)] == []


@pytest.mark.parametrize("name", ["sealing_key.bak", "offices/ministry.pub~"])
def test_a_kit_that_could_not_be_opened_is_not_written(room, name):
    recovery.make(HOLDERS)
    (home() / "offices").mkdir(exist_ok=True)
    (home() / name).write_bytes(b"x")
    with pytest.raises(NotRecovered, match=f"{name} is no name of a key file"):
        recovery.kit()
    assert key_book.lines("kit") == []


def test_a_sound_office_is_not_given_other_keys(room):
    three, kit = recovery.make(HOLDERS), recovery.kit()
    recovery.make(HOLDERS)
    before = files()
    with pytest.raises(NotRecovered, match="not replaced"):
        recovery.recover(kit, three[0], three[1])
    assert files() == before and opened(room) == (set(KINDS), 0)


def test_what_a_new_machine_had_drawn_is_kept_aside(room, machine):
    keys.own_key()
    three, kit = recovery.make(HOLDERS), recovery.kit()
    right = home()
    folder = machine("new")
    keys.own_key()
    (folder / "sealing_key").write_bytes(b"x" * 32)
    (folder / "sealing_key").chmod(0o600)
    drawn = (folder / "signing_key").read_bytes()
    done = recovery.recover(kit, three[0], three[1])
    assert (done.aside / "signing_key").read_bytes() == drawn and (done.aside / "sealing_key").read_bytes() == b"x" * 32
    assert b"x" * 32 in files().values()  # as an earlier master: what it has wrapped opens on
    assert (folder / "sealing_key").read_bytes() == (right / "sealing_key").read_bytes()


# -- one was lost: renewed ---------------------------------------------------------------------------------------------


def test_after_a_renewal_old_shares_are_worth_nothing(room, machine):
    old, old_kit = recovery.make(HOLDERS, passphrase="rice"), recovery.kit()
    new = recovery.make(("d", "e", "f"))
    kit = recovery.kit()
    assert opened(room) == (set(KINDS), 0)
    for first, second in combinations(old, 2):
        with pytest.raises(NotRecovered, match="another set"):
            recovery.drill(first, second, "rice")
        with pytest.raises(NotRecovered, match="another set"):
            recovery.recover(kit, first, second, "rice")
    for mine, theirs in ((old[0], new[1]), (new[2], old[1])):
        with pytest.raises(NotAShare):
            recovery.recover(kit, mine, theirs)
    machine("thief")  # with the old kit, and a database of today
    recovery.recover(old_kit, old[0], old[1], "rice")
    sealed_room.forget()
    assert opened(room)[0] == set()
    machine("new")
    recovery.recover(kit, new[0], new[2])
    sealed_room.forget()
    assert opened(room) == (set(KINDS), 0)
    assert [line.what for line in reversed(key_book.lines())][:5] == ["shares", "kit", "shares", "renewed", "kit"]


def test_planted_a_renewal_that_leaves_the_master_is_seen(room, machine, monkeypatch):
    old, old_kit = recovery.make(HOLDERS), recovery.kit()
    monkeypatch.setattr(recovery.reseal, "rekey", lambda: None)
    recovery.make(HOLDERS)
    machine("thief")
    recovery.recover(old_kit, old[0], old[1])
    sealed_room.forget()
    assert opened(room) == (set(KINDS), 0)


# -- destruction by two members ----------------------------------------------------------------------------------------

OLD, NEW = "old", "new"


@pytest.mark.parametrize(("kit", "copy"), [(NEW, OLD), (OLD, NEW), (NEW, NEW), (OLD, OLD)])
def test_a_destroyed_compartment_does_not_come_back_from_old_shares(
    room, machine, sqlite_template, tmp_path, kit, copy
):
    """Kit or backup from after the destruction: it stays shut, also to who removes every note by hand and tries again.

    Both from before: it opens, for everything is there as it was. That is what has to be destroyed by hand, told in
    docs/sealing.md; and it proves that this test would see it."""
    three = recovery.make(HOLDERS)
    kits, copies = {OLD: recovery.kit()}, {OLD: tmp_path / "old.sqlite3", NEW: tmp_path / "new.sqlite3"}
    backup(copies[OLD])
    access.destruction.ask(room.hana, room.circle, "over")
    access.destruction.confirm(room.jiro, room.circle)
    kits[NEW] = recovery.kit()
    backup(copies[NEW])
    folder = machine("new")
    shutil.copy(sqlite_template, folder / "kaname.sqlite3")
    throwaway.connect(embedded(folder / "kaname.sqlite3"))
    found = recovery_of(kits[kit], three, copies[copy], room)
    shutil.rmtree(folder / "destroyed", ignore_errors=True)
    destroyed.look()
    sealed_room.forget()
    again = opened(room)[0]
    assert (found, again) == ((set(KINDS), set(KINDS)) if (kit, copy) == (OLD, OLD) else (set(), set()))


def recovery_of(kit, three, copy, room):
    """On a new machine, whose database knows of nothing yet."""
    recovery.recover(kit, three[0], three[1])
    restore(copy)
    sealed_room.forget()
    return opened(room)[0]


def test_a_kit_from_before_and_the_book_of_after_leave_the_half_out(room, machine):
    three, old_kit = recovery.make(HOLDERS), recovery.kit()
    access.destruction.ask(room.hana, room.circle, "over")
    access.destruction.confirm(room.jiro, room.circle)
    folder = machine("new")
    done = recovery.recover(old_kit, three[0], three[2])
    assert done.destroyed == [room.circle] and not (folder / "circle_keys" / room.circle).exists()
    assert destroyed.of(room.circle).reason == "over"


def test_planted_a_recovery_that_forgets_what_was_destroyed_is_seen(room, machine, monkeypatch):
    """The half comes back where neither the notes nor the book are asked."""
    three, old_kit = recovery.make(HOLDERS), recovery.kit()
    access.destruction.ask(room.hana, room.circle, "over")
    access.destruction.confirm(room.jiro, room.circle)
    monkeypatch.setattr(recovery, "_destroyed", lambda files: set())
    monkeypatch.setattr(recovery, "finish", lambda: None)
    folder = machine("new")
    recovery.recover(old_kit, three[0], three[2])
    assert (folder / "circle_keys" / room.circle).exists()
