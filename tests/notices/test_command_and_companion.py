"""`kaname notices`, and the sender that the office keeps beside it."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner
from office_process import environment, kaname

from kaname.cli import root
from kaname.ledger import clock
from kaname.notices import outbox
from kaname.notices.models import Beat, Outgoing
from kaname.site.mail import server


@pytest.fixture
def call(office, monkeypatch, tmp_path):
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))

    def run(*args, status=0, lang="en"):
        found = CliRunner().invoke(root, ("notices", *args), env={"KANAME_LANG": lang})
        assert found.exit_code == status, (found.output, found.exception)
        return found.output

    return run


def test_one_round_tells_what_it_did(call, world):
    assert json.loads(call("run", "--once", "--json")) == {"sent": 0, "void": 0, "later": 0, "dead": 0}
    assert "0 sent" in call("run", "--once") and "送信 0" in call("run", "--once", lang="ja")
    assert Beat.objects.exists()
    assert "no new reminders" in call("list", "kumo@example.jp")
    assert json.loads(call("list", "kumo@example.jp", "--json")) == []


def test_what_was_given_up_is_shown_and_sent_again(call, world):
    outbox.put([outbox.message("k", "mail", world.kumo, {"digest": "2026-05-01"}, clock.now())])
    assert json.loads(call("messages", "--dead", "--json")) == []
    Outgoing.objects.update(state="dead", fault="refused (550)")
    (row,) = json.loads(call("messages", "--dead", "--json", status=1))
    assert (row["fault"], row["to"]) == ("refused (550)", world.kumo.public_id)  # no address in what may be copied
    call("again", row["id"])
    assert "was given up" in call("again", row["id"], status=2)
    assert "waiting" in call("messages")


@pytest.mark.parametrize(
    "url", ["http://mail.example", "smtp://", "smtp://mail.example:x", "smtp://mail.example?tls=maybe", "mail.example",
            "smtp://mail.example?what=1"]
)  # fmt: skip
def test_a_wrong_mail_server_is_one_line_without_the_password(tmp_path, url):
    secret = url.replace("://", "://user:hunter2@")
    with pytest.raises(ValueError, match="KANAME_SMTP") as wrong:
        server(secret)
    assert "hunter2" not in str(wrong.value)
    if url == "smtp://mail.example:x":
        done = kaname(tmp_path, "notices", "run", "--once", KANAME_SMTP=secret)
        assert done.returncode == 2 and "hunter2" not in done.stderr and len(done.stderr.splitlines()) == 1


def test_mail_servers_are_read():
    found = server("smtp://u%40x:p%2F@mail.example")
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"], found["EMAIL_PORT"]) == ("u@x", "p/", 587)
    assert found["EMAIL_USE_TLS"] and not found["EMAIL_USE_SSL"]
    assert server("smtps://mail.example")["EMAIL_USE_SSL"] and server("") == {}
    assert not server("smtp://localhost:25?tls=no")["EMAIL_USE_TLS"]


def test_a_sender_ends_when_told_and_with_its_office(tmp_path):
    assert kaname(tmp_path, "migrate").returncode == 0
    command = [sys.executable, "-m", "kaname", "notices", "run"]
    told = subprocess.Popen(command, env=environment(tmp_path))
    orphan = subprocess.Popen([*command, "--beside", "1"], env=environment(tmp_path))  # not the child of process 1
    assert orphan.wait(120) == 0
    time.sleep(3)
    os.kill(told.pid, signal.SIGTERM)
    assert told.wait(60) in (0, -signal.SIGTERM)
