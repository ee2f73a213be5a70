"""When the office cannot answer: a page that says why, gives back what was typed, and leaves no content in the log."""

import io
import json
import logging
import re
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client

from kaname.access.gate.doors import rules
from kaname.access.models import Office, Person
from kaname.ledger import clock
from kaname.site.logs import Json

CANARY = "カナリア-7f3a"


@pytest.fixture
def client(settings):
    settings.ROOT_URLCONF, settings.KANAME_DOORS = "faulty_urls", "faulty_urls.DOORS"
    rules.cache_clear()
    yield Client(raise_request_exception=False)
    rules.cache_clear()


@pytest.fixture
def log():
    """What is written into the log meanwhile."""
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(Json())
    logging.getLogger().addHandler(handler)
    yield handler.stream
    logging.getLogger().removeHandler(handler)


EXPECTED = {
    "full": (507, "ディスクに空きがありません"), "disk": (507, "ディスクに空きがありません"),
    "busy": (503, "混み合っています"), "unknown": (503, "二重に記録されることはありません"),
    "away": (503, "データベースに届きません"), "ours": (500, "あなたの操作のせいではありません"),
    "twice": (500, "あなたの操作のせいではありません"),
}  # fmt: skip


@pytest.mark.parametrize("how", EXPECTED)
def test_each_trouble_has_its_page_and_gives_back_what_was_typed(client, how):
    status, words = EXPECTED[how]
    found = client.post(
        f"/fail/{how}/?run=a", {"title": f"{CANARY}\n二行目", "idempotency_key": "k-1", "password": "x"}
    )
    text = found.content.decode()
    assert found.status_code == status
    assert words in text
    assert f'<textarea name="title" hidden>\n{CANARY}\n二行目</textarea>' in text
    assert '<textarea name="idempotency_key" hidden>\nk-1</textarea>' in text
    assert f'action="/fail/{how}/?run=a"' in text
    assert 'name="password"' not in text
    assert found["Cache-Control"] == "no-store"
    assert ("Retry-After" in found) == (status == 503)


def test_in_the_language_of_the_reader(client):
    text = client.get("/fail/full/", headers={"Accept-Language": "en"}).content.decode()
    assert '<html lang="en">' in text
    assert "The disk of this office is full." in text
    assert "Send again" not in text, "nothing was typed"


def test_a_hidden_case_looks_like_a_page_that_is_not_there(client, db):
    hidden, absent = client.get("/fail/no-case/"), client.get("/no/such/page/")
    assert hidden.status_code == absent.status_code == 404
    assert _masked(hidden) == _masked(absent)


def _masked(found):
    """Without the address that was asked for, and without tokens."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", found.content.decode())
    return text.replace(found.request["PATH_INFO"], "")


def test_a_program_gets_a_problem_it_can_read(client):
    found = client.get("/api/v1/fail/away/")
    assert (found.status_code, found["Content-Type"]) == (503, "application/problem+json")
    body = json.loads(found.content)
    assert (body["code"], body["status"]) == ("database", 503)
    assert len(body["request"]) == 12


def test_a_failure_outside_of_any_view_has_its_page_too(client, monkeypatch):
    def lost(*_, **__):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(SessionStore, "load", lost)
    client.cookies["sessionid"] = "x" * 32
    found = client.get("/")
    assert found.status_code == 503
    assert "データベースに届きません" in found.content.decode()


@pytest.mark.parametrize("how", ["ours", "away", "twice"])
def test_the_log_tells_where_it_failed_and_not_what_was_in_it(client, how, log):
    found = client.post(f"/fail/{how}/", {"title": CANARY})
    lines = log.getvalue().splitlines()
    number = found.content.decode().partition('class="mono">')[2][:12]
    assert any("faulty_urls.py" in line and " fail" in line for line in lines)
    assert not [line for line in lines if CANARY in line]
    assert all(json.loads(line)["request"] == number for line in lines), "the number on the page leads to the log"


def test_reading_goes_on_where_the_session_finds_no_room(client, db, monkeypatch, settings):
    office = Office.objects.create(sort="attorney", name_ja="架空", name_en="Invented")
    person = Person.objects.create_user("reader@demo.example", "a long enough password", name="読", office=office)
    client.force_login(person)
    session = client.session
    session["kaname_began"] = session["kaname_seen"] = (clock.now() - timedelta(minutes=20)).isoformat()
    session.save()
    tried = []

    def full(self, *_, **__):
        tried.append(self)
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(SessionStore, "save", full)
    assert client.get("/help/").status_code == 200
    assert len(tried) == 1
