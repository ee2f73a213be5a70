"""Receipts, proofs, anchors and contacts by API: for who may know of the case, checked without us."""

import pytest

import kaname_verify
from api.calls import Caller, is_problem
from kaname.ledger import keys
from kaname.ledger.models import Anchor, TimeStamp
from kaname.ledger.proof import anchors, contact

BYTES = "application/octet-stream"


@pytest.fixture
def kumo(world):
    return Caller(world.token("kumo"))


def test_a_signed_receipt_and_the_proof_of_a_case_hold_without_us(world, kumo):
    case = kumo.open()["case"]
    raw = kumo.get(f"/cases/{case}/entries/1/receipt").content
    assert raw == kumo.get(f"/cases/{case}/entries/1/receipt").content
    assert kaname_verify.check(raw, [keys.own_key()]) == "kaname-receipt/1: everything holds"
    is_problem(kumo.get(f"/cases/{case}/entries/2/receipt"), 404, "not_found")
    is_problem(kumo.get(f"/cases/{case}/proof"), 409, "elsewhere")  # nothing covers it yet, and what to do
    anchors.make()
    assert kaname_verify.check(kumo.get(f"/cases/{case}/proof").content, [keys.own_key()])
    stranger = Caller(world.token("stranger"))
    for path in ("entries/1/receipt", "proof"):
        is_problem(stranger.get(f"/cases/{case}/{path}"), 404, "not_found")


def test_anchors_are_listed_with_who_holds_them(kumo):
    kumo.open()
    assert kumo.get("/anchors").json() == {
        "key": keys.own_key(), "protected": None, "anchors": [], "contradictions": [],
    }  # fmt: skip
    anchors.make()
    assert [a["number"] for a in kumo.get("/anchors").json()["anchors"]] == [1]


def test_an_anchor_is_given_whole_with_its_time_stamps(kumo):
    kumo.open()
    made = anchors.make()
    TimeStamp.objects.create(number=1, authority="Mihon Time", at=made.made_at, answer=b"\0as it came")
    stamp = {"authority": "Mihon Time", "at": made.made_at}
    assert kumo.get("/anchors").json()["anchors"][0]["stamps"] == [stamp]
    assert kumo.get("/anchors/1").json() == {
        "number": 1, "statement": made.statement, "stamps": [{**stamp, "answer": "AGFzIGl0IGNhbWU="}],
    }  # fmt: skip
    is_problem(kumo.get("/anchors/2"), 404, "not_found")


def test_offices_meet_by_api_and_who_contradicts_is_told(world, kumo):
    kumo.open()
    anchors.make()
    keys.pin("mirror", keys.own_key())  # an office that meets itself: both ways in one process
    admin = Caller(world.token("admin", "export", "admin"))
    answer = admin.post("/contacts", contact.write("mirror"), content_type=BYTES)
    assert kaname_verify.check(answer.content, [keys.own_key()]) == "kaname-contact/1: everything holds"
    admin.post("/contacts", answer.content, content_type=BYTES)
    told = kumo.get("/anchors").json()
    assert told["protected"] == Anchor.objects.get().made_at
    assert told["anchors"][0]["countersigned"] == ["mirror"]
    is_problem(admin.post("/contacts", b"x", content_type=BYTES), 422, "bundle")
    is_problem(kumo.post("/contacts", b"x", content_type=BYTES), 403, "scope")
