"""An upload of eight gigabytes is refused before it is read: neither the disk nor memory knows of it."""

import pytest
from django.conf import settings
from django.test import Client

from access.folk import person
from kaname.access.models import Person
from kaname.papers import vault
from kaname.papers.models import Document
from papers.test_documents import filed

HUGE = 8 << 30
BOUNDARY = "----part"
HEAD = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
    "Content-Type: application/pdf\r\n\r\n%PDF-"
).encode()


class Endless:
    """A body that never ends, and tells how much of it was taken."""

    def __init__(self):
        self.taken = 0

    def read(self, size=-1):
        assert size >= 0, "asked for all of it"
        piece = (HEAD if not self.taken else b"") + bytes(size)
        self.taken += size
        return piece[:size]

    readline = read


@pytest.fixture
def client(db):
    client = Client()
    client.force_login(person("Hana", "applicant", sealed=True), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def send(client, url, length, kind=f"multipart/form-data; boundary={BOUNDARY}"):
    body = Endless()
    answer = client.generic("POST", url, b"", content_type=kind, **{"wsgi.input": body, "CONTENT_LENGTH": str(length)})
    return answer, body.taken


@pytest.mark.parametrize("url", ["/documents/", "/cases/{case}/documents/", "/new/patents.application/"])
def test_it_is_refused_without_reading_a_byte(client, url):
    answer, taken = send(client, url.format(case=filed(Person.objects.get(name="Hana"))), HUGE)
    assert (answer.status_code, taken) == (413, 0)
    assert "大きすぎ" in answer.content.decode() or "too large" in answer.content.decode()
    assert not Document.objects.exists() and not any(vault.folder().iterdir())


@pytest.mark.parametrize("url", ["/settings/", "/patents/screening/", "/new/patents.application/sheet.xlsx"])
def test_no_other_form_takes_it_in_either(client, url, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "FILE_UPLOAD_TEMP_DIR", str(tmp_path / "none"))
    answer, taken = send(client, url, HUGE)
    assert answer.status_code in (302, 400, 403, 405, 413)
    assert taken <= 1 << 20
