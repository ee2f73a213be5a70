"""The calls of docs/api.md are true: run with curl, one after another, against an office that answers over HTTP."""

import re
import shutil
import subprocess
import threading
from pathlib import Path

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections

from api.conftest import made_world
from kaname.access.models import Mandate, Person
from kaname.access.tokens import make
from kaname.ledger.kinds import kinds
from test_docs_examples import _BLOCK, _CALL

DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"
CALLS = [
    (found["call"], found["shown"])
    for block in _BLOCK.findall(DOCUMENT.read_text(encoding="utf-8"))
    for found in _CALL.finditer(block)
]


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


class _Server(ThreadedWSGIServer):
    daemon_threads = True

    def finish_request(self, request, client_address):
        try:
            super().finish_request(request, client_address)
        finally:
            connections.close_all()


@pytest.fixture
def served(sqlite_office, settings):
    settings.KANAME_KINDS = "kaname.regimes.KINDS"
    settings.ALLOWED_HOSTS = ["*"]
    kinds.cache_clear()
    server = _Server(("127.0.0.1", 0), _Quiet)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_calls_in_order(served, tmp_path):
    world = made_world()
    Person.objects.filter(pk=world.kumo.pk).update(name="架空 花子")
    Mandate.objects.filter(person=world.kumo).exclude(role="applicant").delete()
    _, token = make(world.kumo, "docs", ("read", "act"), 30)
    assert len(CALLS) > 8
    script = "\n".join(f"{call}\necho; echo '=== end ==='" for call, _ in CALLS)
    ran = subprocess.run(
        ["bash", "-euc", script], cwd=tmp_path, capture_output=True, text=True, timeout=600, check=False,
        env={"PATH": "/usr/bin:/bin", "OFFICE": served, "TOKEN": token, "no_proxy": "*"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    printed = ran.stdout.split("=== end ===\n")
    for (call, shown), found in zip(CALLS, printed, strict=False):
        pattern = ".*".join(re.escape(part) for part in shown.strip().split("..."))
        assert re.fullmatch(pattern, found.strip(), re.DOTALL), (call, found)


def test_every_problem_is_documented():
    from kaname.api.problems import CODES

    table = DOCUMENT.read_text(encoding="utf-8")
    for code, (status, _) in CODES.items():
        assert code == "fault" or re.search(rf"^\|[^|]*\b{status}\b[^|]*\|[^|]*`{code}`", table, re.MULTILINE), code
