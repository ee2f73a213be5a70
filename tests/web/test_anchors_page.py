"""The page of what others hold, the signed receipt to save, the verifier to take away."""

import pytest

import kaname_verify
from kaname.access import api as access
from kaname.ledger import keys
from kaname.ledger.models import TimeStamp
from kaname.ledger.proof import anchors
from web import world
from web.test_case_pages import login, text


@pytest.fixture
def folk(db):
    return world.people()


def test_the_page_says_in_a_sentence_how_far_others_hold_the_record(folk):
    case = world.filed(folk["attorney"], access.today())
    clerk = login(folk["jpo"])
    assert "他の機関はまだ何も預かっていません" in text(clerk.get("/anchors/"))
    assert "kaname anchor make" in text(clerk.get("/anchors/"))
    made = anchors.make()
    page = text(clerk.get("/anchors/"))
    assert made.digest in page
    assert keys.own_key() in page
    assert case not in page  # it tells nothing of any case


def test_a_time_stamp_is_shown_with_the_files_that_prove_it(folk):
    world.filed(folk["attorney"], access.today())
    made = anchors.make()
    clerk = login(folk["jpo"])
    assert clerk.get("/anchors/1.tsr").status_code == 404
    TimeStamp.objects.create(number=1, authority="見本時刻", at=made.made_at, answer=b"as it came")
    page = text(clerk.get("/anchors/"))
    assert "見本時刻" in page
    assert 'href="/anchors/1.tsr"' in clerk.get("/anchors/").content.decode()
    assert clerk.get("/anchors/1.tsr").content == b"as it came"
    assert clerk.get("/anchors/1.txt").content.decode() == made.statement
    assert {clerk.get(f"/anchors/{name}").status_code for name in ("2.txt", "1.pdf")} == {404}


def test_the_signed_receipt_is_saved_from_the_page_of_the_receipt(folk):
    case = world.filed(folk["attorney"], access.today())
    mine, address = login(folk["attorney"]), f"/cases/{case}/receipt/1/"
    page = mine.get(address)
    assert page.status_code == 200, page.status_code
    assert "署名した受領証を保存する" in text(page)
    saved = mine.get(f"{address}?format=signed")
    assert saved["Content-Disposition"].endswith('.receipt"')
    assert kaname_verify.check(saved.content, [keys.own_key()]) == "kaname-receipt/1: everything holds"


def test_the_verifier_is_taken_away_whole(folk):
    answer = login(folk["jpo"]).get("/anchors/kaname_verify.py")
    assert b"def check(" in answer.content
    assert answer["Content-Disposition"] == 'attachment; filename="kaname_verify.py"'
