"""Tokens by page and by command: shown once, ended at once, no one else's."""

import re
import time

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from kaname.access import tokens
from kaname.access.models import Token
from kaname.cli import root

PASSWORD = "seven small paper cranes"


@pytest.fixture
def browser(world):
    world.kumo.set_password(PASSWORD)
    world.kumo.save()
    client = Client()
    client.cookies["kaname_language"] = "en"
    client.post(reverse("account_login"), {"login": world.kumo.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_a_token_is_made_shown_once_and_ended(browser, world):
    page = browser.get(reverse("tokens"))
    assert page.status_code == 200 and b"No tokens yet" in page.content and b'value="admin"' not in page.content
    made = browser.post(reverse("tokens"), {"name": "nightly", "scope": ["read", "act"], "days": "30"})
    secret = re.search(rb'id="secret">(kaname_[A-Za-z0-9_-]{43})<', made.content)[1].decode()
    assert tokens.holder(secret).person == world.kumo
    token = Token.objects.get()
    assert token.scopes == "read act"
    again = browser.get(reverse("tokens")).content
    assert secret.encode() not in again and token.hint.encode() in again
    assert browser.post(reverse("token_end", args=[token.public_id])).status_code == 302
    assert tokens.holder(secret) is None
    assert browser.post("/settings/tokens/%00/end/").status_code == 404


def test_a_new_token_asks_for_the_password_again(browser, world, monkeypatch):
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 600)
    answer = browser.post(reverse("tokens"), {"name": "nightly", "scope": "read", "days": "30"})
    assert answer.status_code == 302 and "reauthenticate" in answer["Location"]
    assert not Token.objects.exists()


def test_a_wrong_form_is_told_and_kept(browser):
    for wrong, field in (
        ({"name": "", "scope": "read", "days": "30"}, "name"),
        ({"name": "x", "days": "30"}, "scope"),
        ({"name": "kept", "scope": "admin", "days": "30"}, "scope"),
        ({"name": "kept", "scope": "read", "days": "9" * 5000}, "days"),
    ):
        page = browser.post(reverse("tokens"), wrong)
        assert page.status_code == 422 and f'href="#f-{field}"'.encode() in page.content
        assert f'value="{wrong["name"]}"'.encode() in page.content
    assert not Token.objects.exists()


def test_tokens_of_others_are_out_of_reach(browser, world):
    token, secret = tokens.make(world.minister, "theirs", ("read",), 30)
    assert b"theirs" not in browser.get(reverse("tokens")).content
    browser.post(reverse("token_end", args=[token.public_id]))
    assert tokens.holder(secret)


def test_without_a_login_there_is_no_page():
    assert Client().get("/settings/tokens/").status_code == 302


def call(*args: str):
    found = CliRunner().invoke(root, ["token", *args], env={"KANAME_LANG": "en"})
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


def test_the_command_makes_lists_and_ends(world):
    made = call("add", "Kumo@example.jp", "--name", "nightly", "--scope", "read", "--days", "7")
    secret = made.stdout.split()[0]
    assert tokens.holder(secret).person == world.kumo
    listed = call("list", "kumo@example.jp").stdout
    token = Token.objects.get()
    assert token.public_id in listed and "in force" in listed and secret not in listed
    assert call("end", "kumo@example.jp", token.public_id).exit_code == 0
    assert tokens.holder(secret) is None
    assert call("end", "kumo@example.jp", token.public_id).exit_code == 2


@pytest.mark.parametrize(
    ("args", "told"),
    [(("add", "none@example.jp", "--name", "x", "--scope", "read"), "no person"),
     (("add", "kumo@example.jp", "--name", "x", "--scope", "all"), "expected one or more scopes"),
     (("add", "kumo@example.jp", "--name", "x", "--scope", "admin"), "administrators only"),
     (("add", "kumo@example.jp", "--name", "x", "--scope", "read", "--days", "400"), "1 to 366 days")],
)  # fmt: skip
def test_a_mistake_is_one_line_with_status_2(world, args, told):
    found = call(*args)
    assert found.exit_code == 2 and told in found.stderr and len(found.stderr.splitlines()) == 1
