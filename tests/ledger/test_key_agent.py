"""The key agent: what is sealed opens through it, it writes down who asked and stops who asks much."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from acts import played
from click.testing import CliRunner
from django.test import override_settings

from access.folk import person
from kaname.cli import root
from kaname.ledger import (
    destroyed,
    destruction,
    envelope,
    envelope_keys,
    key_agent,
    key_book,
    keys,
    reseal,
    sealing,
    store,
)
from kaname.ledger.agent_keys import AgentAway, AgentKeys, AgentStopped, ask
from kaname.ledger.errors import CannotOpen, KeysMissing
from kaname.ledger.guards import guards
from kaname.ledger.master import ASKING, masters
from kaname.ledger.signed import Untrusted
from kaname.ledger.verify import verify
from kaname.site.home import home
from kaname.site.logs import pseudonym


@pytest.fixture
def socket(monkeypatch):
    """A short path: the system takes about a hundred letters."""
    with tempfile.TemporaryDirectory(prefix="kn") as folder:
        monkeypatch.setenv("KANAME_KEYS_SOCKET", f"{folder}/s")
        yield Path(folder, "s")


@pytest.fixture
def agent(sqlite_office, socket):
    with key_agent.Agent(socket) as made:
        threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        with override_settings(KANAME_MASTER_KEYS="kaname.ledger.agent_keys.AgentKeys"):
            masters.cache_clear()
            yield made
        made.shutdown()
    masters.cache_clear()


def test_an_office_works_through_it(agent):
    played()
    assert isinstance(masters(), AgentKeys)
    texts = [(circle, sealing.seal_text("x", b"draft", circle)) for circle in ("", "vault")]
    store.forget()
    assert [sealing.open_text("x", blob) for _, blob in texts] == [b"draft", b"draft"]
    reseal.rekey(values=True)
    store.forget()
    assert [sealing.open_text("x", blob) for _, blob in texts] == [b"draft", b"draft"]
    assert verify().faults == [] and guards() == []


def test_each_unwrapping_is_written_down_before_the_key_is_handed_out(agent, caplog):
    blob = sealing.seal_text("x", b"draft", "vault")
    store.forget()
    caplog.clear()
    token = ASKING.set("a1b2c3")
    with caplog.at_level("INFO", logger="kaname.keys"):
        sealing.open_text("x", blob)
        sealing.open_text("x", blob)  # remembered: not asked again
    ASKING.reset(token)
    lines = [r for r in caplog.records if r.message == "unwrap"]
    assert [(r.person, r.part) for r in lines] == [("a1b2c3", f"uid {os.getuid()} pid {os.getpid()}")]
    assert "vault" not in caplog.text


def test_a_rotation_of_many_keys_is_no_unwrapping_and_stops_nobody(agent, caplog, monkeypatch):
    """Keys are wrapped again within the agent: none is handed out, so none is counted."""
    blobs = [sealing.seal_text("x", b"draft", f"c{i}") for i in range(12)]
    monkeypatch.setattr(key_agent, "OF_USER", 5)
    caplog.clear()
    with caplog.at_level("INFO", logger="kaname.keys"):
        assert reseal.rekey().keys == 12
    assert {r.message for r in caplog.records} == {"renew", "wrap_again"}
    assert agent.limits.stopped == set()
    store.forget()
    monkeypatch.setattr(key_agent, "OF_USER", 600)
    assert [sealing.open_text("x", blob) for blob in blobs] == [b"draft"] * 12


def test_the_sixty_first_within_a_minute_stops_that_person_alone(agent, caplog):
    blob = sealing.seal_text("x", b"draft")
    token = ASKING.set("greedy")
    for _ in range(60):
        store.forget()
        sealing.open_text("x", blob)
    for _ in range(3):
        store.forget()
        with pytest.raises(AgentStopped, match="too many keys"):
            sealing.open_text("x", blob)
    ASKING.set("other")
    assert sealing.open_text("x", blob) == b"draft"
    ASKING.reset(token)
    assert [r.person for r in caplog.records if r.message == "alarm"] == ["greedy"]
    assert ask(do="status")["stopped"] == ["greedy"]


def stopped(name):
    """Somebody who has asked for too much, and has been stopped."""
    token = ASKING.set(name)
    blob = sealing.seal_text("x", b"draft")
    with pytest.raises(AgentStopped):
        for _ in range(61):
            store.forget()
            sealing.open_text("x", blob)
    return blob, token


def released(*args, code=0):
    done = CliRunner().invoke(root, ["keys", "agent", "--release", *args], env={"KANAME_LANG": "en"})
    assert done.exit_code == code, done.output
    return done.output


def test_the_agents_user_lets_a_person_go_on_and_it_is_written_down(agent, socket, caplog):
    blob, token = stopped("greedy")
    stopped("other")
    with caplog.at_level("INFO", logger="kaname.keys"):
        assert ask(do="release", name="greedy") is True
    ASKING.set("greedy")
    assert sealing.open_text("x", blob) == b"draft"
    assert ask(do="status")["stopped"] == ["other"]  # nobody else was let go
    assert [(r.person, r.levelname) for r in caplog.records if r.message == "released"] == [("greedy", "WARNING")]
    assert "is not stopped; stopped: other" in released("greedy", code=2)
    assert "other may go on" in released("other", "--socket", str(socket))
    with pytest.raises(AgentStopped):  # a later minute of too many
        for _ in range(61):
            store.forget()
            sealing.open_text("x", blob)
    assert ask(do="status")["stopped"] == ["greedy"]
    ASKING.reset(token)


def test_the_office_cannot_release_itself(agent, monkeypatch, caplog):
    """The office is another user: who is stopped there asks, and nothing changes."""
    _, token = stopped("greedy")
    with pytest.raises(key_agent.NotYours):
        agent.answer({"do": "release", "name": "greedy"}, os.getuid() + 1, 1)
    assert ask(do="status")["stopped"] == ["greedy"]
    assert [r.part for r in caplog.records if r.message == "release refused"] == [f"uid {os.getuid() + 1} pid 1"]
    answer = agent.answer
    monkeypatch.setattr(agent, "answer", lambda asked, uid, pid: answer(asked, uid + 1, pid))
    assert "own user alone" in released("greedy", code=2)
    ASKING.reset(token)


def test_a_release_that_anybody_may_ask_for_is_found(agent, monkeypatch):
    """Planted: whoever knocks is taken for the agent's user."""
    token = stopped("greedy")[1]
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    with pytest.raises(pytest.fail.Exception), pytest.raises(key_agent.NotYours):
        agent.answer({"do": "release", "name": "greedy"}, 4711, 1)
    ASKING.reset(token)


def test_sixty_within_a_minute_and_more_later_are_let_through(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    limits = key_agent.Limits()
    for minute in range(3):
        now[0] = minute * 61.0
        for _ in range(60):
            limits.count("a", 60)
    with pytest.raises(key_agent.Stopped):
        limits.count("a", 60)
    now[0] += 1000
    with pytest.raises(key_agent.Stopped):  # for good
        limits.count("a", 60)


def test_another_user_gets_no_answer(agent):
    agent.allowed = frozenset({os.getuid() + 1})
    with pytest.raises(AgentAway):
        ask(do="current")
    agent.allowed = frozenset({os.getuid()})
    assert ask(do="current")


@pytest.mark.parametrize("asked", [{}, {"do": "give"}, {"do": "unwrap"}, {"do": "wrap", "key": "z"},
                                   {"do": "destroy", "circle": "../x"}, {"do": "holds"}])  # fmt: skip
def test_what_is_no_request_changes_nothing(agent, asked):
    with pytest.raises(CannotOpen):
        ask(**asked)
    assert not list((home() / "circle_keys").glob("*"))
    assert ask(do="status")["stopped"] == []


def test_moved_or_missing_keys_are_told_apart(agent):
    name, wrapped = masters().wrap(bytes(32), b"about", "vault")
    assert masters().unwrap(name, wrapped, b"about", "vault") == bytes(32)
    for about, circle in ((b"other", "vault"), (b"about", "elsewhere")):
        with pytest.raises((CannotOpen, KeysMissing)):
            masters().unwrap(name, wrapped, about, circle)


def test_a_circle_is_destroyed_through_it(agent):
    blob = sealing.seal_text("x", b"draft", "vault")
    destruction.destroy("vault", "a", "b", "over")
    (home() / "destroyed").rename(home() / "away")
    store.forget()
    with pytest.raises((CannotOpen, KeysMissing)):
        sealing.open_text("x", blob)
    (home() / "away").rename(home() / "destroyed")
    assert destroyed.of("vault") and guards() == []


def test_as_a_process_of_its_own_with_keys_of_its_own(sqlite_office, socket, tmp_path):
    """The office's folder holds no master; the agent is stopped, and started again."""
    folder = tmp_path / "agent"
    env = {**os.environ, "KANAME_HOME": str(folder)}
    command = [sys.executable, "-m", "kaname", "keys", "agent", "--socket", str(socket)]
    with override_settings(KANAME_MASTER_KEYS="kaname.ledger.agent_keys.AgentKeys"):
        masters.cache_clear()
        with pytest.raises(AgentAway, match="does not answer"):
            sealing.seal_text("x", b"draft")
        blob = None
        for _ in range(2):
            with subprocess.Popen(command, env=env, stdout=subprocess.PIPE) as agent:
                agent.stdout.readline()
                blob = blob or sealing.seal_text("x", b"draft")
                store.forget()
                assert sealing.open_text("x", blob) == b"draft"
                agent.terminate()
            assert not socket.exists()
            store.forget()
        with pytest.raises(AgentAway):
            sealing.open_text("x", blob)
        masters.cache_clear()
    assert (folder / "sealing_key").exists() and not (home() / "sealing_key").exists()


def test_status_says_how_the_keys_stand(agent):
    sealing.seal_text("x", b"draft", "vault")
    shown = CliRunner().invoke(root, ["keys", "status"], env={"KANAME_LANG": "en"})
    assert shown.exit_code == 0, shown.output
    assert "AgentKeys" in shown.output and masters().current() in shown.output
    hana = person("Hana")
    _, token = stopped(pseudonym("person", hana.public_id))
    shown = CliRunner().invoke(root, ["keys", "status"], env={"KANAME_LANG": "en"})
    assert f"({hana.name} {hana.email})" in shown.output  # whom to ask, before they are let go on
    ASKING.reset(token)


def test_a_user_that_is_not_there_is_named():
    assert key_agent.uids("root, 12") == {0, 12}
    with pytest.raises(ValueError, match="nosuchuser"):
        key_agent.uids("nosuchuser")


def test_it_holds_the_envelope_keys_and_gives_out_the_key_of_one_envelope(agent, caplog):
    token = ASKING.set("a1b2c3")
    raw = envelope.seal(b"a case", keys.own_key())
    with caplog.at_level("INFO", logger="kaname.keys"):
        assert envelope.opened(raw) == b"a case"
    told = [(r.message, getattr(r, "person", "")) for r in caplog.records]
    assert told[-1] == ("envelope", "a1b2c3")
    with pytest.raises(Untrusted):
        envelope.opened(raw[:-1])
    envelope_keys.renew(revoke=True)
    with pytest.raises(Untrusted):
        envelope.opened(raw)
    raw = envelope.seal(b"x", keys.own_key())
    with pytest.raises(AgentStopped):
        for _ in range(61):
            envelope.opened(raw)
    ASKING.reset(token)


def test_a_former_envelope_key_is_revoked_there_too_also_where_the_agent_was_away(agent, monkeypatch):
    raw = envelope.seal(b"a case", keys.own_key())
    former = envelope_keys.renew().former[0].name
    held = home() / "envelope_keys" / former

    def away(*_):
        raise AgentAway

    with monkeypatch.context() as patch, pytest.raises(AgentAway):
        patch.setattr(AgentKeys, "drop_envelope_key", away)
        envelope_keys.revoke_former(former)
    assert held.exists() and former in envelope_keys.own().revoked
    with pytest.raises(Untrusted):
        envelope.opened(raw)
    envelope_keys.revoke_former(former)
    assert not held.exists() and len(key_book.lines("envelope_revoked")) == 1


def begun_at(where):
    done = CliRunner().invoke(root, ["keys", "agent", "--socket", str(where)], env={"KANAME_LANG": "en"})
    return done.exit_code, done.output


def test_a_second_agent_does_not_take_the_place_of_one_that_answers(agent, socket):
    code, told = begun_at(socket)
    assert code == 2 and "cannot be used (Address already in use); expected a name in a folder" in told
    assert ask(do="status")["stopped"] == []


def test_what_is_no_socket_stays_where_it_is(sqlite_office, socket):
    """An operator who mistypes does not lose the master key."""
    key = socket.with_name("sealing_key")
    key.write_bytes(b"k" * 32)
    assert begun_at(key)[0] == 2 and key.read_bytes() == b"k" * 32
    gone = socket.with_name("gone")
    gone.symlink_to(socket.with_name("nowhere"))
    assert begun_at(gone)[0] == 2 and gone.is_symlink()


def test_the_socket_of_an_agent_that_died_is_taken_over(sqlite_office, socket):
    with key_agent.Agent(socket):
        pass
    assert socket.is_socket()
    with key_agent.Agent(socket) as made:
        assert made.fileno() >= 0
