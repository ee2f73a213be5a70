"""An office on each of the two databases, a mail server and a program that hears webhooks, both as bad as asked."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.test import override_settings
from mail_server import MailServer

from api.conftest import made_world
from kaname.api import rate
from ledger.conftest import (  # noqa: F401
    office,
    postgresql_cluster,
    postgresql_office,
    sqlite_office,
    sqlite_template,
)


@pytest.fixture
def world(office):  # noqa: F811
    rate.forget()
    return made_world()


@pytest.fixture
def mails():
    """A mail server, and an office that sends by it."""
    with MailServer() as server, override_settings(**server.settings()):
        yield server


class Ears(HTTPServer):
    """Hears webhooks: `heard` (number, headers, body); `answers` are given in turn, the last one for ever."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Ear)
        self.heard, self.answers = [], [200]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hear?secret=path"


class _Ear(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answers = self.server.answers
        status = answers.pop(0) if len(answers) > 1 else answers[0]
        self.server.heard.append((self.headers["webhook-id"], dict(self.headers), body))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", self.server.url)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def ears():
    """A program that hears, and an office that may reach it."""
    server = Ears()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with override_settings(KANAME_WEBHOOK_INSIDE=frozenset({"127.0.0.1"})):
        yield server
    server.shutdown()
    server.server_close()
