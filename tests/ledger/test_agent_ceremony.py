"""Shares, kits, drills and recovery where the key agent holds the masters: no process of the office sees a master."""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from click.testing import CliRunner
from django.test import override_settings

from access.folk import person
from kaname.access.keeping import keeping
from kaname.cli import root
from kaname.ledger import ceremony, envelope, envelope_keys, key_book, keys, recovery, sealing, shares, store
from kaname.ledger.agent_keys import AgentAway, NoKit, NoSharesThere
from kaname.ledger.master import masters
from kaname.ledger.recovery import NotRecovered
from kaname.ledger.shares import NotAShare
from kaname.site.home import home

HOLDERS = ["ada@example.jp", "b@example.jp", "c@example.jp"]


@pytest.fixture
def office(sqlite_office, monkeypatch):
    with tempfile.TemporaryDirectory(prefix="kn") as folder:
        monkeypatch.setenv("KANAME_KEYS_SOCKET", f"{folder}/s")
        with override_settings(KANAME_MASTER_KEYS="kaname.ledger.agent_keys.AgentKeys"):
            masters.cache_clear()
            yield sqlite_office
    masters.cache_clear()


@pytest.fixture
def machines(tmp_path_factory):
    """Where agents live: not within the office's folder."""
    return tmp_path_factory.mktemp("machines")


@pytest.fixture
def agent_at(machines, monkeypatch):
    """`with running("a"):` the agent as a process of its own, in a folder of its own; `as_agent("a")`: its user."""

    @contextmanager
    def running(name):
        env = {**os.environ, "KANAME_HOME": str(machines / name)}
        command = [sys.executable, "-m", "kaname", "keys", "agent", "--socket", os.environ["KANAME_KEYS_SOCKET"]]
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE) as agent:
            agent.stdout.readline()
            store.forget()
            try:
                yield machines / name
            finally:
                agent.terminate()
        store.forget()

    @contextmanager
    def as_agent(name):
        with monkeypatch.context() as patch:
            patch.setenv("KANAME_HOME", str(machines / name))
            yield

    return running, as_agent


def files(folder):
    """What a recovery could lose: all but the databases, and the empty file by which commands keep a restore away."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != ".at_work_lock")
    return {path: path.read_bytes() for path in found if "sqlite" not in path.name}


def test_the_whole_way_both_machines_are_lost(office, agent_at, machines, monkeypatch):
    running, as_agent = agent_at
    ada = person("Ada", admin=True)
    with running("agent") as folder:
        blobs = {circle: sealing.seal_text("x", b"draft", circle) for circle in ("", "vault")}
        sent, mine = envelope.seal(b"a case", keys.own_key()), keys.own_key()
        with pytest.raises(NoSharesThere):
            recovery.kit()
        with pytest.raises(NotRecovered, match="kaname keys ceremony"):
            recovery.make(HOLDERS)
        with as_agent("agent"):
            three = ceremony.make(HOLDERS)
        assert "There is no kit" in keeping(ada).to_do[0].en
        assert len(keeping(ada).holders) == 3
        before = {path: raw for path, raw in files(folder).items() if path.name != "ceremonies"}
        kit = recovery.kit(ada.public_id)
        # no master, no half, no envelope key came into the office's folder or book, in any form
        secrets = [raw for path, raw in before.items() if path.parent.name in ("circle_keys", "envelope_keys")
                   or path.name.startswith("sealing_key")]  # fmt: skip
        assert len(secrets) >= 4
        for raw in files(home()).values():
            assert not [one for one in secrets if one in raw or one.hex().encode() in raw]
        assert not [one for one in secrets if one in kit]
        with as_agent("agent"):
            assert ceremony.drill(three[1], three[2], raw=kit) == [] and ceremony.drill(three[0], three[1]) is None
        assert [line.what for line in key_book.lines()][:1] == ["kit"] and keeping(ada).to_do == ()
        shown = CliRunner().invoke(root, ["keys", "status"], env={"KANAME_LANG": "en"})
        assert (
            shown.exit_code == 0
            and "recovery shares were made" in shown.output
            and "recovery was tried" in shown.output
        )
        masters().current("new-circle")
        assert "Keys have changed since the last kit" in keeping(ada).to_do[0].en
    assert "does not answer" in keeping(ada).to_do[0].en
    with as_agent("new"):
        for share in three:
            with pytest.raises(NotAShare, match="same share"):
                ceremony.recover(kit, share, share)
        assert not (machines / "new" / "sealing_key").exists()
        ours, rest = ceremony.recover(kit, three[0], three[2])
    assert {"sealing_key", "circle_keys/vault"} <= set(ours) and {"signing_key", "envelope_state"} <= set(rest)
    (home() / "signing_key").unlink()
    (home() / envelope_keys.STATE).unlink()
    with running("new"):
        recovery.kit()  # too early: nothing of what waits is lost by it
        done = CliRunner().invoke(root, ["keys", "recover", "--replace"], env={"KANAME_LANG": "en"})
        assert done.exit_code == 0 and "keys are back" in done.output, done.output
        assert "other keys that lay here are kept in" in done.output  # the kit had drawn some
        assert keys.own_key() == mine and envelope.opened(sent) == b"a case"
        assert [sealing.open_text("x", blob) for blob in blobs.values()] == [b"draft", b"draft"]
        assert not (machines / "new" / "for_office").exists()
        with pytest.raises(NotRecovered, match="holds nothing for the office"):
            recovery.fetch()


def test_an_office_that_has_all_its_keys_is_asked_twice(office, agent_at, machines):
    """Only the agent's machine was lost. What the kit holds of the office is older than what it has."""
    running, as_agent = agent_at
    with running("agent"):
        sealing.seal_text("x", b"draft")
        with as_agent("agent"):
            three = ceremony.make(HOLDERS)
        kit = recovery.kit()
        envelope_keys.renew()
    with as_agent("new"):
        ceremony.recover(kit, three[0], three[1])
    with running("new"):
        before, waits = files(home()), files(machines / "new")
        done = CliRunner().invoke(root, ["keys", "recover"], env={"KANAME_LANG": "en"})
        assert done.exit_code == 2 and "open all it holds; not replaced: envelope_state" in done.output, done.output
        assert "ask again with --replace" in done.output
        assert files(home()) == before and files(machines / "new") == waits  # nothing is lost, here or there
        found = recovery.fetch(replace=True)
        lost = {raw for path, raw in before.items() if path.name == envelope_keys.STATE}
        assert {path.read_bytes() for path in found.aside.rglob("*") if path.is_file()} == lost
        assert not (machines / "new" / "for_office").exists()
    done = CliRunner().invoke(root, ["keys", "recover", "x.kit", "--replace"], env={"KANAME_LANG": "en"})
    assert done.exit_code == 2 and "not with FILE" in done.output


def test_an_office_that_is_not_asked_twice_is_found(office, agent_at, machines, monkeypatch):
    """Planted: no office is sound."""
    monkeypatch.setattr(recovery, "_sound", lambda differing: None)
    with pytest.raises(AssertionError):
        test_an_office_that_has_all_its_keys_is_asked_twice(office, agent_at, machines)


def test_new_shares_make_the_old_ones_void_and_renew_the_master(office, agent_at):
    running, as_agent = agent_at
    with running("agent"):
        blob = sealing.seal_text("x", b"draft", "vault")
        with as_agent("agent"):
            old = ceremony.make(HOLDERS)
        master, kit = masters().current(), recovery.kit()
        with as_agent("agent"):
            new = ceremony.make(HOLDERS, "rice")
            for pair in ((old[0], old[1]), (new[0], new[1])):  # without its passphrase the new one neither
                with pytest.raises(NotRecovered, match="another set"):
                    ceremony.drill(*pair)
            with pytest.raises(NotRecovered, match="another set"):
                ceremony.recover(kit, new[0], new[1], "rice")
            assert ceremony.drill(new[0], new[1], "rice") is None
        assert masters().current() != master
        done = CliRunner().invoke(root, ["rekey"], env={"KANAME_LANG": "en"})
        assert done.exit_code == 0, done.output
        store.forget()
        assert sealing.open_text("x", blob) == b"draft"
        assert {row.master for row in sealing.key_rows("WHERE circle = ''")} <= {masters().current()}


def test_a_destroyed_compartment_is_not_put_back_from_a_kit_of_later(office, agent_at, machines):
    from kaname.ledger import destruction

    running, as_agent = agent_at
    with running("agent"):
        keys.own_key()
        blob = sealing.seal_text("x", b"draft", "vault")
        with as_agent("agent"):
            three = ceremony.make(HOLDERS)
        early = recovery.kit()
        destruction.destroy("vault", "a", "b", "over")
        late = recovery.kit()
    for name, kit, back in (("late", late, False), ("early", early, True)):
        with as_agent(name):
            ceremony.recover(kit, three[0], three[1])
        assert (machines / name / "circle_keys" / "vault").exists() == back
    with running("early"):  # a kit of before; but the office's book knows
        recovery.fetch()
        assert not (machines / "early" / "circle_keys" / "vault").exists()
        with pytest.raises(Exception, match="destroyed"):
            sealing.open_text("x", blob)


def test_by_commands_of_its_user_without_a_database(office, machines):
    env = {"KANAME_LANG": "en", "KANAME_HOME": str(machines / "agent")}

    def run(*args, typed=(), code=0):
        typed = "".join(f"{line}\n" for line in typed)
        done = CliRunner().invoke(root, ["keys", "ceremony", *args], env=env, input=typed)
        assert done.exit_code == code, done.output
        return done.output

    people = [part for one in HOLDERS for part in ("--for", one)]
    assert "no master key in this KANAME_HOME" in run("shares", *people, code=2)  # as another user, say
    (machines / "agent" / "sealing_key").write_bytes(bytes(32))
    (machines / "agent" / "sealing_key").chmod(0o600)
    told = run("shares", *people)
    papers = [" ".join(w for line in part.splitlines()[1:12] for w in line.split() if w.isalpha())
              for part in told.split("Share ")[1:]]  # fmt: skip
    assert [len(shares.read(paper).words.split()) for paper in papers] == [33] * 3
    assert "shares 1 and 3 fit" in run("drill", typed=(papers[0], papers[2]))
    assert "another set" in run("drill", typed=[one.words for one in shares.split(bytes(32))[:2]], code=2)
    assert "three different people" in run("shares", *people[:4], code=2)
    assert not list((machines / "agent").glob("*sqlite*"))
    book = (machines / "agent" / "ceremonies").read_text()
    assert [line.split('"what":"')[1].split('"')[0] for line in book.splitlines()] == ["shares", "drill"]
    assert not [word for word in papers[0].split() if f'"{word}"' in book]


def test_no_share_is_typed_in_the_office(office, tmp_path):
    """A kit of before the agent took the masters over would bring them into the office's folder."""
    (tmp_path / "office.kit").write_bytes(b"kaname-recovery/1")
    for args in (["drill"], ["recover", str(tmp_path / "office.kit")]):
        done = CliRunner().invoke(root, ["keys", *args], env={"KANAME_LANG": "en"}, input="a word\n")
        assert done.exit_code == 2 and "kaname keys ceremony" in done.output, done.output
        assert "33 words" not in done.output, "asked for before it was refused"
    with pytest.raises(NotRecovered, match="kaname keys ceremony"):
        recovery.recover(b"", *shares.split(bytes(32))[:2])
    with pytest.raises(NotRecovered, match="kaname keys ceremony"):
        recovery.drill(*shares.split(bytes(32))[:2])


def test_why_the_agent_wrote_no_kit_is_told(office, agent_at, machines):
    running, as_agent = agent_at
    with running("agent"):
        masters().current()
        with as_agent("agent"):
            ceremony.make(HOLDERS)
        (machines / "agent" / "sealing_key.bak").write_bytes(b"x")
        with pytest.raises(NoKit, match=r"sealing_key\.bak is no name of a key file"):
            recovery.kit()


def test_two_ceremonies_at_once_both_stand_in_the_book(agent_at):
    _, as_agent = agent_at
    with as_agent("agent"), ThreadPoolExecutor(4) as many:
        list(many.map(lambda n: ceremony._write("drill", n=n), range(20)))
        assert {line["n"] for line in ceremony.lines()} == set(range(20))


def test_the_agent_away_is_told(office):
    with pytest.raises(AgentAway):
        recovery.kit()


def test_planted_an_agent_that_hands_its_keys_out_is_seen(office, agent_at, monkeypatch):
    """What the first test looks for: were the kit not sealed, the masters would lie in it."""
    _, as_agent = agent_at
    monkeypatch.setattr(recovery, "sealed", lambda files: (b"".join(files.values()), "x"))
    with as_agent("agent"):
        ceremony.FileKeys().current("vault")
        ceremony.make(HOLDERS)
        kit = bytes.fromhex(ceremony.kit({})["kit"])
        assert (home() / "sealing_key").read_bytes() in kit
