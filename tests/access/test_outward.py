"""What the office asks by itself never leads into a network: two hundred spellings, rebinding, redirects, a proxy."""

import socket
import threading

import pytest
import requests
from django.test import override_settings
from inside import HOSTS, urls

from kaname.access.login import outward as login
from kaname.notices import reach
from kaname.site import outward

PUBLIC = "93.184.216.34"


def app(server: str, inside: bool = False) -> dict:
    return {"settings": {"server_url": server, "login_at": server, "inside": inside}}


@pytest.fixture(autouse=True)
def providers():
    """Another organisation whose server is public; what its description names is whatever a test names."""
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [app("https://login.example")]}}):
        yield


@pytest.fixture
def began(monkeypatch):
    """Where connections were begun. None comes about."""
    seen = []

    def create(to, *_, **__):
        seen.append(to)
        raise ConnectionRefusedError(111, "no network here")

    monkeypatch.setattr("kaname.site.outward.socket.create_connection", create)
    monkeypatch.setattr("urllib3.util.connection.create_connection", create)
    return seen


def _by_hook(url: str) -> None:
    reach.post(url, b"{}", {})


def _by_login(url: str) -> None:
    with login.session() as asked:
        asked.get(url)


@pytest.mark.parametrize("asks", [_by_hook, _by_login])
def test_two_hundred_spellings_of_inside_addresses_are_never_asked(began, asks):
    assert len(HOSTS) >= 200
    for url in urls():
        with pytest.raises((outward.NotReached, requests.RequestException, UnicodeError)):
            asks(url)
    assert [to for to in began if to[0] != "public.example"] == []


def test_and_a_session_that_does_not_look_would_have_asked(began):
    """Planted: an ordinary session of the same library begins a connection for most of them."""
    for host in HOSTS:
        with pytest.raises(requests.RequestException), requests.Session() as plain:
            plain.trust_env = False
            plain.get(f"http://{host}/x", timeout=1)
    assert len(began) > 150


@pytest.mark.parametrize("asks", [_by_hook, _by_login])
def test_a_name_is_asked_for_once_and_the_address_looked_at_is_the_one_connected_to(began, monkeypatch, asks):
    answers = iter([PUBLIC, "127.0.0.1", "127.0.0.1"])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (next(answers), 443))])
    with pytest.raises((outward.NotReached, requests.RequestException)):
        asks("https://rebind.example/x")
    assert began == [(PUBLIC, 443)]


def test_a_secret_does_not_go_out_unencrypted_and_the_own_network_only_where_the_file_says_so(began, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (PUBLIC, 80))])
    with pytest.raises(requests.RequestException):
        _by_login("http://login.example/x")
    assert began == []
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_, **__: [(2, 1, 6, "", ("10.1.1.1", 443))])
    here = [app("https://id.corp.example", inside=True)]
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": here}}):
        for url in ("https://id.corp.example/x", "https://files.corp.example/x"):
            with pytest.raises(requests.RequestException):
                _by_login(url)
    assert began == [("10.1.1.1", 443)]  # its server, and no neighbour of it


class Line(threading.Thread):
    """Listens once, says what it was told to say, and keeps what it heard first."""

    def __init__(self, says: bytes):
        super().__init__(daemon=True)
        self.says, self.heard = says, b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.start()

    def run(self) -> None:
        line, _ = self.listener.accept()
        with line:
            while b"\r\n\r\n" not in self.heard:
                self.heard += line.recv(4096)
            line.sendall(self.says)
        self.listener.close()


def test_a_redirect_into_the_network_is_not_followed(monkeypatch):
    other = Line(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/inside\r\nContent-Length: 0\r\n\r\n")
    here = [app(f"http://127.0.0.1:{other.port}", inside=True)]
    known = override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": here}})
    with known, pytest.raises(requests.TooManyRedirects):
        _by_login(f"http://127.0.0.1:{other.port}/.well-known/openid-configuration")


@pytest.mark.parametrize(("says", "ends"), [(b"HTTP/1.1 200 OK\r\n\r\n", ""), (b"HTTP/1.1 403 No\r\n\r\n", "403"),
                                            (b"", "no answer")])  # fmt: skip
def test_a_proxy_is_asked_for_the_address_that_was_looked_at(monkeypatch, says, ends):
    proxy, real = Line(says), socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo",
        lambda host, *a, **k: [(2, 1, 6, "", (PUBLIC, 443))] if host == "hooks.example" else real(host, *a, **k),
    )  # fmt: skip
    with override_settings(KANAME_PROXY=f"http://127.0.0.1:{proxy.port}"):
        if ends:
            with pytest.raises(outward.NotReached, match=ends):
                outward.connect("hooks.example", 443, 5)
        else:
            outward.connect("hooks.example", 443, 5).close()
        with pytest.raises(outward.NotReached) as wrong:
            outward.connect("10.0.0.1", 443, 5)  # a proxy is no way round the rule
    assert wrong.value.refused
    assert proxy.heard.startswith(f"CONNECT {PUBLIC}:443 HTTP/1.1\r\n".encode())


@pytest.mark.parametrize("written", ["proxy:3128", "https://proxy:3128", "http://u:p@proxy", "http://proxy/x"])
def test_a_proxy_that_cannot_be_used_is_told(written):
    with pytest.raises(ValueError, match="expected http://host:port"):
        outward.proxy(written)
    assert outward.proxy("http://proxy:3128") == "http://proxy:3128" and outward.proxy("") == ""
