"""A sealed document is opened at a page after the person has proved within five minutes that it is still them.

Hidden and absent answer alike before anybody is asked; what is open is not asked for; nothing is written down of what
was not handed out.
"""

import time

import pytest
from django.urls import reverse
from folk import circle, person
from inhabited import file, opened
from visitor import PASSWORD, client, masked, proved

from kaname.access import tokens
from kaname.access.models import Compartment, Placement, SealedRead
from kaname.ledger import clock
from kaname.ledger.models import Case
from kaname.papers import shelf
from kaname.papers.models import Document
from papers.test_documents import put
from papers.test_previews import pages

DOORS = ("document", "paper", "paper_page", "paper_picture", "paper_small")


def at(door: str, case: str, paper: str) -> str:
    number = [] if door == "paper" else [1]
    return reverse(door, args=[paper] if door == "document" else [case, paper, *number])


def drawing(who, case: str, **now) -> str:
    """A PDF among the papers of a case, named by a sealed field unless said otherwise; its id."""
    paper = put(who, pages("一"), "図面.pdf", case)
    Document.objects.filter(public_id=paper.id).update(**{"claimed_at": clock.now(), "veiled": True, **now})
    return paper.id


@pytest.fixture
def paper(hana, case):
    return drawing(hana, case)


def asked_first(answer) -> bool:
    return answer.status_code == 302 and answer.url.startswith(reverse("account_reauthenticate"))


def open_doors(browser, case, paper) -> set[str]:
    """At which doors nobody is asked."""
    return {door for door in DOORS if not asked_first(browser.get(at(door, case, paper)))}


def test_each_door_asks_once_and_leads_back_to_the_document(hana, case, paper):
    browser = client(hana)
    assert open_doors(browser, case, paper) == set() and not SealedRead.objects.exists()
    where = at("document", case, paper)
    back = browser.post(browser.get(where).url, {"password": PASSWORD})
    assert (back.status_code, back.url) == (302, where) and not SealedRead.objects.exists()
    assert b"".join(browser.get(where).streaming_content)[:4] == b"%PDF"
    assert [browser.get(at(door, case, paper)).status_code for door in DOORS[1:]] == [200] * 4  # one proof for all
    assert SealedRead.objects.filter(person=hana).count() == len(DOORS)


def test_a_proof_lasts_five_minutes(hana, case, paper, monkeypatch):
    start = time.time()
    monkeypatch.setattr(time, "time", lambda: start)
    browser = proved(client(hana), hana)
    for seconds, doors in ((299, set(DOORS)), (301, set())):
        monkeypatch.setattr(time, "time", lambda later=seconds: start + later)
        assert open_doors(browser, case, paper) == doors


def test_the_hidden_answers_as_the_absent_and_nobody_is_asked(hana, case, paper):
    """To a stranger, to one of the case who may not read what is sealed, and where the case is another."""
    stranger = person("Out", "applicant", sealed=True, password=PASSWORD, party="別社")
    Placement.objects.create(case=Case.objects.get(public_id=case), compartment=Compartment.objects.create(name="輪"))
    for browser in (client(stranger), proved(client(stranger), stranger)):
        for door in DOORS:
            hidden, absent = browser.get(at(door, case, paper)), browser.get(at(door, "z" * 26, "z" * 16))
            assert hidden.status_code == absent.status_code == 404
            assert masked(hidden, case, paper) == masked(absent, "z" * 26, "z" * 16)
    assert not SealedRead.objects.exists()


def test_in_a_case_that_one_sees_another_ones_document_is_not_there(hana, case, paper):
    other = opened(file("架空社", "別の題", clock.today())).public_id
    browser = client(hana)
    for door in DOORS[1:]:
        strange, absent = browser.get(at(door, other, paper)), browser.get(at(door, other, "z" * 16))
        assert strange.status_code == absent.status_code == 404 and masked(strange, paper) == masked(absent, "z" * 16)


def test_who_may_not_read_it_is_refused_and_not_asked(case, paper):
    ren = person("Ren", "jpo", password=PASSWORD)
    assert {client(ren).get(at(door, case, paper)).status_code for door in DOORS} == {403}


def test_what_is_open_or_ones_own_is_not_asked_for(hana, case):
    browser = client(hana)
    for paper in (drawing(hana, case, veiled=False), drawing(hana, case, claimed_at=None)):
        assert open_doors(browser, case, paper) == set(DOORS)


def test_in_a_compartment_what_is_open_is_asked_for_too(hana, case):
    paper = drawing(hana, case, veiled=False)
    Case.objects.filter(public_id=case).update(circle=circle("輪", hana).public_id)
    row = Document.objects.get(public_id=paper)
    assert shelf._asks_who(row, hana) and not shelf._asks_who(Document(case=None, uploaded_by=hana), hana)


def test_a_program_has_proved_itself_by_its_token(hana, paper):
    _, secret = tokens.make(hana, "test", ("read", "sealed"), 30)
    program = client(Authorization=f"Bearer {secret}")
    assert program.get(f"/api/v1/documents/{paper}").status_code == 200


def test_a_door_that_does_not_ask_is_found(hana, case, paper, monkeypatch):
    """Planted: no document is one to ask for."""
    monkeypatch.setattr(shelf, "_asks_who", lambda *_: False)
    assert open_doors(client(hana), case, paper) == set(DOORS)
