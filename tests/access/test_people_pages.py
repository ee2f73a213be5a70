"""Administration by page: people, links, mandates, offices, circles; asked again who one is; the admin site."""

import re
import time
from datetime import date, timedelta
from html import escape, unescape

import pytest
from django.urls import reverse
from folk import circle, key, person, recorded
from visitor import PASSWORD, client, is_in, log_in, masked

from kaname.access import api as access
from kaname.access.admin import site
from kaname.access.models import Compartment, Mandate, Membership, Office, Person
from kaname.ledger import clock
from kaname.procedure import Entry

FILE = Entry("first_review.file", date(2026, 5, 1), {"title": "x", "listed": True}, by="applicant", party="架空社")


@pytest.fixture
def ada(db):
    return person("Ada", admin=True, password=PASSWORD)


@pytest.fixture
def desk(ada):
    """An administrator who has just proved who they are."""
    browser = client()
    log_in(ada.email, at=browser)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    browser.get(reverse("help"))  # what the login had to say is said
    return browser


def test_a_person_is_added_comes_in_and_is_ended(desk, ada):
    office = Office.objects.get()
    typed = {"email": "Hana@example.jp", "name": "要 花子", "office": office.public_id, "language": "ja",
             "administers": "no"}  # fmt: skip
    page = desk.post(reverse("person_new"), typed).content.decode()
    link = page.partition("http://testserver")[2].partition('"')[0]
    assert client().post(link, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    hana, browser = Person.objects.get(email="hana@example.jp"), client()
    log_in(hana.email, at=browser)
    assert is_in(browser) and browser.get(reverse("people")).status_code == 404
    assert "要 花子" in desk.get(reverse("people")).content.decode()
    desk.post(reverse("person_end", args=[hana.public_id]))
    assert not is_in(browser)


def test_a_mandate_is_given_seen_by_day_and_ended(desk):
    hana = person("Hana")
    where = reverse("mandate_new", args=[hana.public_id])
    typed = {"role": "jpo", "kind": "patents.application", "may_act": "yes", "sealed": "no", "from": "R8.4.1",
             "until": "2027/3/31"}  # fmt: skip
    assert desk.post(where, typed).status_code == 302
    mandate = Mandate.objects.get()
    assert (mandate.role, mandate.valid_from, mandate.valid_until) == ("jpo", date(2026, 4, 1), date(2027, 3, 31))
    on = {day: desk.get(reverse("people"), {"on": day}).content.decode() for day in ("2026/3/31", "2026/4/1")}
    assert ["特許庁長官" in page for page in on.values()] == [False, True]
    desk.post(reverse("mandate_end", args=[mandate.public_id]), {"last": ""})
    assert Mandate.objects.get().valid_until == clock.today() - timedelta(days=1)


@pytest.mark.parametrize(("change", "field"), [
    ({"role": "nobody"}, "role"), ({"until": "2020/1/1"}, "until"), ({"from": "yesterday"}, "from"),
    ({"case": "a" * 26}, "case"), ({"may_act": ""}, "may_act"),
])  # fmt: skip
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(desk, change, field):
    hana = person("Hana")
    typed = {"role": "jpo", "party": "長い名の会社", "may_act": "yes", "sealed": "no", "from": "2026/5/1", **change}
    answer = desk.post(reverse("mandate_new", args=[hana.public_id]), typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and f'href="#f-{field}"' in page and "長い名の会社" in page
    assert not Mandate.objects.exists()


def test_a_case_mandate_tells_an_administrator_nothing(desk):
    """A hidden case and one that does not exist: the same answer; a mandate for it is not in the lists."""
    hana, jiro = person("Hana", "applicant"), person("Jiro")
    case = recorded(access.open_case(hana, "patents.application", FILE, idempotency_key=key()))
    typed = {"role": "jpo", "may_act": "yes", "sealed": "no"}
    answers = {
        masked(desk.post(reverse("mandate_new", args=[jiro.public_id]), {**typed, "case": id}), id)
        for id in (case.case, "a" * 26)
    }
    assert len(answers) == 1
    before = masked(desk.get(reverse("person", args=[jiro.public_id])))
    made = access.people.grant(None, jiro, "jpo", case=case.case)
    assert masked(desk.get(reverse("person", args=[jiro.public_id]))) == before
    assert desk.get(reverse("mandate_end", args=[made.public_id])).status_code == 404


def test_nobody_changes_their_own_rights(desk, ada):
    assert desk.post(reverse("mandate_new", args=[ada.public_id]), {
        "role": "jpo", "may_act": "yes", "sealed": "yes"}).status_code == 422  # fmt: skip
    assert desk.post(reverse("person_end", args=[ada.public_id])).status_code == 422
    assert not Mandate.objects.exists() and Person.objects.get(pk=ada.pk).is_active


CHANGES = [("person_new", []), ("offices", []), ("compartment_new", []), ("person_invite", ["x"]),
           ("person_end", ["x"]), ("mandate_new", ["x"]), ("mandate_end", ["x"]), ("compartment", ["x"]),
           ("office_keys", ["x"])]  # fmt: skip


@pytest.mark.parametrize(("name", "args"), CHANGES)
def test_a_change_asks_again_who_one_is(ada, name, args, monkeypatch):
    browser = client()
    log_in(ada.email, at=browser)
    assert browser.post(reverse(name, args=args), {"x": "1"}).url.startswith(reverse("account_reauthenticate"))
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert browser.post(reverse(name, args=args), {"x": "1"}).status_code in (404, 422)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 301)
    assert browser.post(reverse(name, args=args), {"x": "1"}).url.startswith(reverse("account_reauthenticate"))


def test_what_was_typed_before_the_question_is_done_after_it(ada):
    browser = client()
    log_in(ada.email, at=browser)
    typed = {"sort": "company", "name_ja": "新社", "name_en": "New"}
    asked = browser.post(reverse("offices"), typed)
    browser.post(asked.url, {"password": PASSWORD, "next": reverse("offices")})
    assert Office.objects.filter(name_ja="新社").exists()


def test_a_form_whose_address_has_a_query_is_done_after_the_proof_too(db):
    """allauth looks for the form by its whole address and knows it by its path."""
    browser = client()
    log_in(person("Kanri", admin=True, password=PASSWORD).email, at=browser)
    where = f"{reverse('offices')}?from=%2Fpeople%2F&x=1"
    asked = browser.post(where, {"sort": "company", "name_ja": "問い社", "name_en": ""})
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert "先ほど送ったことがそのまま行われます" in browser.get(asked.url).content.decode()
    wrong = browser.post(asked.url, {"password": "guessed", "next": where}).content.decode()
    again = next(v for v in re.findall(r'name="next" value="([^"]*)"', wrong) if v.startswith(reverse("offices")))
    done = browser.post(asked.url, {"password": PASSWORD, "next": unescape(again)})
    said = done.content.decode()
    assert done.status_code == 422 and 'value="問い社"' in said, "done as it was sent: refused, with what was typed"
    assert f'<form action="{escape(where)}"' in said, "and sent once more it goes to its own address, query and all"


def test_the_proof_says_what_follows(ada):
    """A form is done, a file comes, a page is opened: a file is not spoken of where none is asked for."""
    browser = client()
    log_in(ada.email, at=browser)
    proof = reverse("account_reauthenticate")
    for there, comes in ((reverse("letters"), True), (reverse("mfa_index"), False), ("", False)):
        assert (
            "ファイルは確認するとすぐに届きます" in browser.get(proof, {"next": there}).content.decode()
        ) is comes, there


# -- compartments ----------------------------------------------------------------------------------------------------


@pytest.fixture
def member(db):
    hana = person("Hana", "applicant", password=PASSWORD)
    browser = client()
    log_in(hana.email, at=browser)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    browser.get(reverse("help"))
    browser.person = hana
    return browser


def test_a_member_brings_in_and_takes_out(member):
    room, jiro = circle("Kite", member.person), person("Jiro")
    where = reverse("compartment", args=[room.public_id])
    assert member.post(where, {"do": "join", "person": "nobody@example.jp"}).status_code == 422
    assert member.post(where, {"do": "join", "person": jiro.email}).url == where
    assert "Jiro" in member.get(where).content.decode()
    member.post(where, {"do": "leave", "person": jiro.public_id})
    assert "Jiro" not in member.get(where).content.decode()


def test_a_member_moves_a_case_in(member):
    room = circle("Kite", member.person)
    case = recorded(access.open_case(member.person, "patents.application", FILE, idempotency_key=key())).case
    where = reverse("compartment", args=[room.public_id])
    assert member.post(where, {"do": "place", "case": "a" * 26}).status_code == 422
    assert member.post(where, {"do": "place", "case": case}).status_code == 302
    assert access.in_compartment(member.person, case)
    assert member.post(where, {"do": "leave", "person": member.person.public_id}).status_code == 422


def test_a_compartment_of_others_does_not_exist(member, desk):
    room = Compartment.objects.create(name="Kite")
    for browser in (member, desk):
        for id in (room.public_id, "nosuchroom"):
            assert browser.get(reverse("compartment", args=[id])).status_code == 404
            assert browser.post(reverse("compartment", args=[id]), {"do": "join", "person": "x"}).status_code == 404
        assert "Kite" not in browser.get(reverse("compartments")).content.decode()


def test_an_administrator_makes_one_and_is_not_in_it(desk, ada, member):
    typed = {"name": "Kite", "person": member.person.email}
    assert desk.post(reverse("compartment_new"), typed).status_code == 302
    assert list(Membership.objects.values_list("person", flat=True)) == [member.person.pk]
    assert desk.post(reverse("compartment_new"), {**typed, "person": ada.email}).status_code == 422


# -- the admin site --------------------------------------------------------------------------------------------------


def test_the_admin_site_shows_people_and_changes_nothing(desk, ada):
    assert {m._meta.label for m in site._registry} == {"access.Office", "access.Person"}
    pages = ["/admin/", "/admin/access/person/", f"/admin/access/person/{ada.pk}/change/", "/admin/access/office/"]
    for page in pages:
        answer = desk.get(page)
        assert answer.status_code == 200 and "argon2" not in answer.content.decode()
        assert b"<script>" not in answer.content and b"style=" not in answer.content
    for page in ("/admin/access/person/add/", f"/admin/access/person/{ada.pk}/delete/"):
        assert desk.get(page).status_code == 403
    change = f"/admin/access/person/{ada.pk}/change/"
    assert desk.post(change, {"name": "Eve"}).status_code == 403
    assert Person.objects.get(pk=ada.pk).name == "Ada"


def test_for_everybody_else_the_admin_site_is_not_there(member):
    for page in ("/admin/", "/admin/access/person/", "/admin/login/", "/admin/no/such/"):
        assert masked(member.get(page), page) == masked(member.get("/nothing/"), "/nothing/")
