"""Cookies are of this host alone, sessions are named by chance, methods are few, leaving leaves nothing behind."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.urls import reverse
from folk import person
from visitor import PASSWORD, client, is_in

from kaname.access.gate.cookies import PREFIX, Cookies

SRC = Path(__file__).parents[2] / "src"


@pytest.fixture
def secure(settings):
    """As an office is that people reach by https."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True


def comes(at):
    form = {"login": "hana@example.jp", "password": PASSWORD}
    return at.post(reverse("account_login"), form, secure=True)


@pytest.fixture
def hana(db):
    return person("Hana", "jpo", password=PASSWORD)


def test_over_https_every_cookie_is_of_this_host_alone(hana, secure):
    at = client()
    at.get(reverse("account_login"), secure=True)
    comes(at)
    at.post(reverse("settings"), {"language": "en", "theme": "dark", "keys": "on"}, secure=True)
    assert len(at.cookies) >= 3
    for name, cookie in at.cookies.items():
        assert name.startswith(PREFIX), name
        assert (cookie["secure"], cookie["path"], cookie["domain"], cookie["samesite"]) == (True, "/", "", "Lax"), name
        assert cookie["httponly"], name
    assert at.get(reverse("mfa_index"), secure=True).status_code == 200


def test_a_cookie_that_does_not_say_so_itself_is_secure_too(secure, rf):
    answer = HttpResponse()
    answer.set_cookie("plain", "1")
    assert Cookies(lambda request: answer)(rf.get("/")).cookies[PREFIX + "plain"]["secure"] is True


def test_a_cookie_of_a_neighbour_is_not_believed(hana, secure):
    at = client()
    comes(at)
    other = client()
    other.cookies["sessionid"] = at.cookies[PREFIX + "sessionid"].value
    assert other.get(reverse("mfa_index"), secure=True).status_code == 302
    other.cookies[PREFIX + "sessionid"] = at.cookies[PREFIX + "sessionid"].value
    assert other.get(reverse("mfa_index"), secure=True).status_code == 200


def test_no_cookie_is_large(hana, secure):
    at = client()
    at.get(reverse("account_login"), secure=True)
    comes(at)
    assert max(len(name) + len(cookie.value) for name, cookie in at.cookies.items()) < 600


def test_over_https_the_whole_name_is_https(hana, secure):
    said = client().get("/help/", secure=True).headers["Strict-Transport-Security"]
    assert said == "max-age=31536000; includeSubDomains"


def test_an_office_with_an_address_of_its_own_is_set_so(tmp_path):
    """The settings themselves, as a process reads them."""
    code = ("from kaname.site import settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, "
            "s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.CSRF_COOKIE_HTTPONLY, s.DEBUG)")  # fmt: skip
    env = {
        **os.environ,
        "KANAME_HOME": str(tmp_path),
        "KANAME_ORIGIN": "https://office.example",
        "PYTHONPATH": str(SRC),
    }
    said = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["True", "True", "True", "True", "False"]


def test_a_session_is_named_by_chance_and_anew_at_the_login(hana):
    names = []
    for _ in range(2):
        at = client()
        at.get(reverse("account_login"))
        at.post(reverse("account_login"), {"login": "hana@example.jp", "password": PASSWORD})
        names.append(at.cookies["sessionid"].value)
    assert all(re.fullmatch(r"[a-z0-9]{32}", name) for name in names)  # 165 bits
    assert names[0] != names[1]
    at.cookies["sessionid"] = names[0]
    assert is_in(at)
    at.post(reverse("account_login"), {"login": "hana@example.jp", "password": PASSWORD})
    at.post(reverse("account_logout"))
    old = client()
    old.cookies["sessionid"] = names[0]
    assert not is_in(old)


def test_leaving_clears_what_the_browser_keeps(hana):
    at = client(hana)
    assert at.post(reverse("account_logout")).headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client(hana).get("/help/").headers


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND", "DEBUG", "PUT", "DELETE", "PATCH"])
def test_methods_that_nobody_asks_for_are_refused_everywhere(hana, method):
    at = client(hana)
    for path in ("/", "/help/", "/cases/", "/no/such/", "/accounts/login/", "/static/web/icon.svg"):
        answer = at.generic(method, path)
        assert answer.status_code == 405 and answer.headers["X-Content-Type-Options"] == "nosniff", (path, method)


def test_trace_echoes_nothing(hana):
    answer = client(hana).generic("TRACE", "/api/v1/me", headers={"X-Canary": "canary"})
    assert answer.status_code == 405 and b"canary" not in answer.content


def test_no_other_site_is_let_read_an_answer(hana):
    for path in ("/", "/help/", "/api/v1/me", "/no/such/", "/api/v1/openapi.json"):
        for method in ("get", "options"):
            answer = getattr(client(hana), method)(path, headers={"Origin": "https://evil.example"})
            assert not [name for name in answer.headers if name.startswith("Access-Control")], path


def test_no_answer_tells_versions(hana):
    for path in ("/", "/help/", "/api/v1/me", "/no/such/", "/healthz"):
        answer = client(hana).get(path)
        told = " ".join(f"{name}: {value}" for name, value in answer.headers.items()).lower()
        assert not re.search(r"django|granian|python|x-powered-by|\bserver:", told), path


def test_the_password_is_masked_and_may_be_pasted(db):
    page = client().get(reverse("account_login")).content.decode()
    field = re.search(r'<input[^>]*name="password"[^>]*>', page)
    assert field and 'type="password"' in field[0] and "onpaste" not in page
    assert 'autocomplete="current-password"' in field[0]
