"""What is known before an act is recorded: whether the mandates allow it, and where a new case will lie."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from access.folk import circle, person
from kaname.access.models import Compartment, Mandate, Membership
from kaname.ledger.models import Case
from kaname.papers.models import Document
from web import world
from web.test_attached import pdf
from web.test_case_pages import login, text

pytestmark = pytest.mark.django_db
NEW = reverse("new_case", args=["patents.application"])


def key_of(page) -> str:
    return re.search(r'name="key" value="([0-9a-f]{32})"', page.content.decode())[1]


def typed(key: str, step: str, **more: str) -> dict[str, str]:
    return {"key": key, "seq": "0", "step": step, "act.on": f"{date.today():%Y/%m/%d}", "act.party": world.PARTY,
            "listed": "yes", **more}  # fmt: skip


# -- mandates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language, said", [("ja", "権限は他の当事者のものである"), ("en", "is for another party")])
def test_a_mandate_that_does_not_reach_is_told_before_the_act_is_recorded(language, said):
    """Bound to one party, typed for another: the form says so as it does of the law, and nothing is recorded."""
    hana = person("Hana", "applicant", party="架空電機株式会社")
    client = login(hana, language)
    key = key_of(client.get(NEW))
    wrong = {"act.party": "別会社"}
    assert said in text(client.post(NEW, typed(key, "effect", **wrong)))
    answer = client.post(NEW, typed(key, "check", **wrong))
    assert answer.status_code == 422 and said in text(answer) and "別会社" in answer.content.decode()
    check = reverse("new_check", args=["patents.application"])
    assert client.get(check).status_code == 302  # no check page for what cannot be recorded
    assert client.post(check, {"key": key, "seq": "0"}).status_code in (302, 422)
    assert Case.objects.count() == 0
    assert client.post(NEW, typed(key, "check")).status_code == 302


def test_the_reasons_of_the_law_stand_beside_that_of_the_mandate():
    attorney = person("Hana", "applicant", "jpo", kind=world.KIND)
    case = world.filed(attorney, date.today() - timedelta(30))
    Mandate.objects.filter(person=attorney, role="applicant").update(party=world.PARTY)
    address = reverse("act", args=[case, "first_review.request_review"])
    client = login(attorney)
    form = {"key": key_of(client.get(address)), "seq": "1", "step": "effect", "act.party": "別会社",
            "act.on": f"{date.today():%Y/%m/%d}", "with_filing": "no"}  # fmt: skip
    page = text(client.post(address, form))
    assert "権限は他の当事者のものである" in page and "理由が2点" in page
    assert "権限は他の当事者のものである" not in text(client.post(address, {**form, "act.party": world.PARTY}))


def test_a_right_that_ended_while_the_form_was_open_is_told_on_the_check_page():
    hana = person("Hana", "applicant", party=world.PARTY)
    Mandate.objects.create(person=hana, role="applicant", party="別会社", valid_from=date(2020, 1, 1))
    client = login(hana)
    key = key_of(client.get(NEW))
    check = client.post(NEW, typed(key, "check"))["Location"]
    assert client.get(check).status_code == 200
    Mandate.objects.filter(person=hana, party=world.PARTY).delete()
    answer = client.post(check, {"key": key, "seq": "0"})
    assert answer.status_code == 422 and "権限は他の当事者のものである" in text(answer)
    assert Case.objects.count() == 0


# -- compartments ------------------------------------------------------------------------------------------------------


@pytest.fixture
def hana():
    return person("Hana", "applicant", "foreign_filer", sealed=True)


def opened(client, room: str):
    key = key_of(client.get(NEW))
    answer = client.post(NEW, typed(key, "check", **{"act.compartment": room}))
    return key, answer


def test_a_case_is_opened_into_a_compartment_from_its_page(hana):
    room = circle("極秘の輪", hana)
    client = login(hana)
    assert "極秘の輪" in text(client.get(NEW)) and "どの区画にも入れない" in text(client.get(NEW))
    key, answer = opened(client, room.public_id)
    check = client.get(answer["Location"])
    assert "極秘の輪" in text(check)
    receipt = client.post(answer["Location"], {"key": key, "seq": "0"})
    assert receipt.status_code == 302 and "/receipt/1/" in receipt["Location"]
    case = Case.objects.get()
    assert case.placement.compartment == room and case.number == 1 and case.circle == room.public_id
    other = person("Other", "applicant")
    assert login(other).get(reverse("case", args=[case.public_id])).status_code == 404
    assert login(hana).get(reverse("case", args=[case.public_id])).status_code == 200


def test_left_as_it_is_a_case_lies_in_no_compartment(hana):
    circle("極秘の輪", hana)
    client = login(hana)
    assert re.search(r'name="act.compartment" value="-"[^>]*checked', client.get(NEW).content.decode())
    key, answer = opened(client, "-")
    assert "どの区画にも入れない" in text(client.get(answer["Location"]))
    client.post(answer["Location"], {"key": key, "seq": "0"})
    assert not hasattr(Case.objects.get(), "placement")


def test_a_compartment_of_others_cannot_be_named(hana):
    circle("極秘の輪", hana)
    theirs = circle("他人の輪", person("Other", "applicant"))
    answers = [opened(login(hana), room)[1] for room in (theirs.public_id, "nosuchcompartment", "")]
    assert {a.status_code for a in answers} == {422}
    assert all("事件を始める区画を選んでください" in text(a) and "他人の輪" not in text(a) for a in answers)
    assert Case.objects.count() == 0


def test_who_leaves_the_compartment_meanwhile_opens_nothing(hana):
    room = circle("極秘の輪", hana)
    client = login(hana)
    key, answer = opened(client, room.public_id)
    Membership.objects.filter(person=hana).delete()
    again = client.post(answer["Location"], {"key": key, "seq": "0"})
    assert again.status_code in (302, 404) and Case.objects.count() == 0


def test_who_belongs_to_no_compartment_is_not_asked(hana):
    assert Compartment.objects.count() == 0
    assert "act.compartment" not in login(hana).get(NEW).content.decode()


def test_a_file_goes_into_the_compartment_with_the_case(hana):
    room = circle("極秘の輪", hana)
    client = login(hana)
    address = reverse("new_case", args=["patents.prior_confirmation"])
    form = {"key": key_of(client.get(address)), "seq": "0", "step": "check", "act.on": f"{date.today():%Y/%m/%d}",
            "act.party": "架空社", "japanese_application_filed": "no", "name": "架空社", "title": "凧",
            "act.compartment": room.public_id}  # fmt: skip
    answer = client.post(address, {**form, "drawings.file": [pdf()]})
    assert "図面.pdf（" in text(client.get(answer["Location"]))
    receipt = client.post(answer["Location"], {"key": form["key"], "seq": "0"})
    assert "封緘した項目に添えたもの" in text(client.get(receipt["Location"]))
    document = Document.objects.get()
    assert document.case.circle == room.public_id
    assert login(person("Other", "foreign_filer", sealed=True)).get(
        reverse("document", args=[document.public_id])
    ).status_code in (403, 404)
