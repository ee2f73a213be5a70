"""Papers for programs: issued, listed, handed out as they went out, many at once."""

import io
import json
import zipfile
from datetime import date

import pytest

from access.folk import person
from api.calls import Caller
from kaname.access import tokens
from kaname.access.tokens import Scope
from papers.test_letters import words
from web import world as office


@pytest.fixture
def jpo(db, monkeypatch, tmp_path):
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    folk = office.people()
    case = office.filed(folk["attorney"], date(2026, 11, 2))
    office.act(folk["jpo"], case, "first_review.send", date(2026, 11, 20), ground="listed")
    seq = office.act(folk["jpo"], case, "first_review.notify_sent", date(2026, 11, 24))
    return folk, case, seq


def caller(who, *scopes):
    return Caller(tokens.make(who, "test", [Scope(s) for s in scopes], 30)[1])


def test_a_program_issues_a_paper_and_gets_it_as_it_went_out(jpo):
    folk, case, seq = jpo
    program = caller(folk["jpo"], "read", "act")
    made = program.post(f"/cases/{case}/letters/{seq}/issue", None)
    assert made.status_code == 200, made.content
    one = made.json()
    assert one["of"] == seq and one["state"] == "" and len(one["sha256"]) == 64
    assert program.post(f"/cases/{case}/letters/{seq}/issue", None).json() == one
    assert program.get(f"/cases/{case}/issues").json()["items"] == [one]
    raw = b"".join(program.get(f"/cases/{case}/issues/{one['entry']}").streaming_content)
    assert one["number"] in words(raw)
    assert program.get(f"/cases/{case}/issues/1").status_code == 404
    refused = caller(folk["attorney"], "read", "act").post(f"/cases/{case}/letters/{seq}/issue", None)
    assert refused.status_code == 422
    assert caller(folk["jpo"], "read").post(f"/cases/{case}/letters/{seq}/issue", None).status_code == 403


def test_many_letters_come_as_an_archive(jpo):
    folk, _, _ = jpo
    program = caller(folk["jpo"], "read")
    found = program.get("/letters?kind=patents.application&act=first_review.notify_sent&from=2026-11-01")
    made = zipfile.ZipFile(io.BytesIO(b"".join(found.streaming_content)))
    (line,) = json.loads(made.read("manifest.json"))["letters"]
    assert made.read(line["file"])[:5] == b"%PDF-"
    assert program.get("/letters?kind=patents.application&act=no.such").status_code == 404
    assert program.get("/letters?kind=no&act=no.such").status_code == 404
    stranger = caller(person("stranger", "jpo", kind="supply.plan"), "read")
    empty = stranger.get("/letters?kind=patents.application&act=first_review.notify_sent")
    assert json.loads(zipfile.ZipFile(io.BytesIO(b"".join(empty.streaming_content))).read("manifest.json")) == {
        "letters": []}  # fmt: skip
