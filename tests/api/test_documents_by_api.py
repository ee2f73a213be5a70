"""Documents through the API: the same rights as on the pages, and a scope for what is sealed."""

import io

import pytest

from api.calls import Caller, is_problem
from kaname.access.models import Mandate, SealedRead
from kaname.papers import api as papers
from kaname.papers import shelf
from kaname.papers.models import Document

BYTES = "application/octet-stream"
PDF = b"%PDF-1.7\n" + "カナリア図面".encode() * 40


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def kumo(world):
    return Caller(world.token("kumo", "read", "act", "sealed"))


def put(caller, content=PDF, name="drawing.pdf", **query):
    asked = "&".join(f"{k}={v}" for k, v in {"name": name, **query}.items())
    return caller.post(f"/documents?{asked}", content, content_type=BYTES)


def bytes_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def lying(home) -> list:
    return list((home / "documents").glob("*")) if (home / "documents").exists() else []


def test_a_document_goes_in_is_listed_and_comes_out(world, kumo, own_home):
    case = kumo.open()["case"]
    answer = put(kumo, case=case)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert made["reference"] == f"document:{made['id']}:{Document.objects.get().commitment}"
    assert (made["name"], made["media_type"], made["size"]) == ("drawing.pdf", "application/pdf", len(PDF))
    assert [d["id"] for d in kumo.get(f"/cases/{case}/documents").json()["items"]] == [made["id"]]
    out = kumo.get(f"/documents/{made['id']}")
    assert bytes_of(out) == PDF and out["Content-Type"] == "application/pdf"
    assert out["Content-Disposition"].startswith("attachment") and out["Cache-Control"] == "no-store"
    assert PDF[:40] not in b"".join(p.read_bytes() for p in lying(own_home))
    assert SealedRead.objects.filter(door="api").count() == 1


def claim(world, made, veiled: bool) -> None:
    """As if an act had named it in an open, or a sealed field."""
    Document.objects.filter(public_id=made["id"]).update(claimed_at="2026-01-01T00:00:00Z", veiled=veiled)


def test_what_a_sealed_field_names_takes_the_mandate_and_the_scope(world, kumo):
    case = kumo.open()["case"]
    made = put(kumo, case=case).json()
    claim(world, made, veiled=True)
    plain = Caller(world.token("kumo", "read"))
    listed = plain.get(f"/cases/{case}/documents").json()["items"]
    assert [(d["id"], d["name"]) for d in listed] == [(made["id"], "")]
    is_problem(plain.get(f"/documents/{made['id']}"), 403, "mandate")
    minister = Caller(world.token("minister", "read", "sealed"))  # the scope without the mandate
    is_problem(minister.get(f"/documents/{made['id']}"), 403, "mandate")
    assert minister.get(f"/cases/{case}/documents").json()["items"][0]["name"] == ""
    assert bytes_of(kumo.get(f"/documents/{made['id']}")) == PDF
    claim(world, made, veiled=False)
    assert bytes_of(plain.get(f"/documents/{made['id']}")) == PDF
    assert plain.get(f"/cases/{case}/documents").json()["items"][0]["name"] == "drawing.pdf"


def test_hidden_and_absent_answer_alike(world, kumo):
    case = kumo.open()["case"]
    made = put(kumo, case=case).json()
    claim(world, made, veiled=False)
    world.hide(case, "kumo")
    minister = Caller(world.token("minister", "read", "act", "sealed"))
    gone = [minister.get(f"/documents/{id}") for id in (made["id"], "a" * 16, "no/such"[:2])]
    assert {(a.status_code, a.content) for a in gone} == {(404, gone[0].content)}
    lists = [minister.get(f"/cases/{c}/documents") for c in (case, "a" * 26)]
    assert {(a.status_code, a.content) for a in lists} == {(404, lists[0].content)}
    handed = [put(minister, case=c) for c in (case, "a" * 26)]
    assert {(a.status_code, a.content) for a in handed} == {(404, handed[0].content)}
    assert Document.objects.count() == 1
    assert bytes_of(kumo.get(f"/documents/{made['id']}")) == PDF


def test_what_waits_for_an_act_is_its_givers_alone(world, kumo):
    made = put(kumo).json()
    is_problem(Caller(world.token("minister", "read", "sealed")).get(f"/documents/{made['id']}"), 404, "not_found")
    assert bytes_of(Caller(world.token("kumo", "read")).get(f"/documents/{made['id']}")) == PDF


@pytest.mark.parametrize(
    "content, query, status, code",
    [
        (b"MZ\x90\x00" + bytes(400), {}, 422, "invalid"),
        (PDF, {"name": ""}, 422, "invalid"),
        (PDF, {"case": "short"}, 404, "not_found"),
        (PDF, {"nmae": "x"}, 422, "invalid"),
    ],
)
def test_what_is_not_taken_leaves_nothing(world, kumo, own_home, content, query, status, code):
    is_problem(put(kumo, content, **query), status, code)
    assert not Document.objects.exists() and lying(own_home) == []


def test_a_body_that_is_too_large_or_not_announced_leaves_nothing(world, kumo, own_home, monkeypatch):
    monkeypatch.setattr(shelf, "LARGEST", 500)
    is_problem(put(kumo), 422, "invalid")
    is_problem(kumo.post("/documents?name=a.pdf", PDF, content_type="application/pdf"), 415, "media_type")
    huge = kumo.post("/documents?name=a.pdf", PDF, content_type=BYTES, **{"content-length": str(99 << 20)})
    is_problem(huge, 413, "too_large")
    is_problem(Caller(world.token("kumo", "read")).post("/documents?name=a.pdf", PDF, content_type=BYTES), 403, "scope")
    assert not Document.objects.exists() and lying(own_home) == []


def test_a_right_that_ends_ends_here_too(world, kumo):
    case = kumo.open()["case"]
    made = put(kumo, case=case).json()
    Mandate.objects.filter(person=world.kumo).update(valid_until="2025-01-01")
    is_problem(kumo.get(f"/documents/{made['id']}"), 404, "not_found")
    is_problem(put(kumo, case=case), 404, "not_found")
    assert Document.objects.count() == 1


def test_an_empty_body_is_told(world, own_home):
    with pytest.raises(shelf.NotTaken, match="empty"):
        papers.take(world.kumo, io.BytesIO(), "a.pdf")
    assert lying(own_home) == []
