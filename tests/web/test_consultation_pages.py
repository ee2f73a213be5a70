"""The pages of a consultation: asked in one form, taken up, signed, sent; in both languages, and nothing leaks."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from access.designated import designated, document
from access.folk import recorded
from access.visitor import PASSWORD, client, proved
from consult.authorities import ASKED, Two, grant, hidden_plan
from kaname.consult import api as consult
from kaname.consult.models import Link
from kaname.ledger import clock
from kaname.ledger.models import Case


@pytest.fixture
def two(act_office):
    return Two()


@pytest.fixture
def act_office(site):
    return site


def page(who, name, *args, language="en", status=200, **query):
    who.refresh_from_db()  # a right that was gained has ended the sessions of before
    at = client(who)
    at.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = at.get(reverse(name, args=args), query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def hidden_inputs(text):
    return dict(re.findall(r'name="(whose|key|seq)" value="([^"]*)"', text))


def asked_by_form(two, case, at=None, **more):
    """The form filled in, checked and recorded: the address of the receipt."""
    at = at or client(two.meti)
    form, check = reverse("consultation_ask", args=[case]), reverse("consultation_check", args=[case])
    typed = {"sort": "consultation", "asked": ASKED, "subject": "認定の案", "question": "意見があるか。",
             "reply_by": f"{clock.today():%Y}/12/28", "act.on": f"{clock.today():%Y/%m/%d}", **more}  # fmt: skip
    hidden = hidden_inputs(at.get(form).content.decode())
    answer = at.post(form, {**hidden, **typed, "step": "check"})
    if answer.status_code != 302:
        return answer
    assert answer["Location"] == check
    last = at.get(check).content.decode()
    assert "意見があるか。" in last
    return at.post(check, hidden_inputs(last))


@pytest.mark.django_db(transaction=True)
def test_one_form_asks_and_the_case_page_tells_where_it_lies(two):
    done = asked_by_form(two, two.plan, tell_entries=["1"], waiting_act="plan.consult")
    assert done.status_code == 302 and "/receipt/1/" in done["Location"], done.content.decode()[:3000]
    (of,) = consult.asked_about(two.meti, two.plan)
    assert of.act == "plan.consult"
    for language, words in (("en", ("authority that is asked", "asked")), ("ja", ("協議・照会を受けた機関", "照会中"))):
        said = page(two.meti, "consultation", two.plan, language=language)
        assert all(word in said for word in (*words, ASKED, "認定の案"))
    assert "認定の案" in page(two.meti, "act", two.plan, "plan.consult")
    assert "認定の案" in page(two.meti, "consultations")
    assert "認定の案" in page(two.meti, "consultation", two.plan, csv="1")


@pytest.mark.django_db(transaction=True)
def test_the_asked_take_it_up_sign_and_send_it(two):
    inquiry = recorded(two.ask(act="plan.consult")).case
    drafter = client(two.drafter)
    assert "Begin an opinion" in page(two.drafter, "consultation", inquiry)
    begin = reverse("consultation_begin", args=[inquiry])
    assert drafter.post(begin, {"key": "a" * 16}).status_code == 422, "no level chosen"
    again = [drafter.post(begin, {"key": "a" * 16, "route": ["section_head", "director_general"]}) for _ in range(2)]
    assert again[0]["Location"] == again[1]["Location"], "a double click begins one"
    opinion = again[0]["Location"].split("/")[2]
    recorded(two.draft(opinion, "期間を明らかにされたい。", "comments"))
    assert "課長級の決裁待ち" in page(two.meti, "consultation", inquiry, language="ja")
    assert "期間を明らかに" not in page(two.meti, "consultation", inquiry)
    page(two.meti, "consultation", opinion, status=404)
    assert "期間を明らかに" in page(two.head, "consultation", opinion)
    sign = page(two.head, "act", opinion, "opinion.sign_section_head")
    assert 'name="person"' not in sign and 'name="name"' not in sign, "who signs is never typed"
    page(two.drafter, "consultation_answer", inquiry, status=302)
    recorded(two.do(two.head, opinion, "opinion.sign_section_head"))
    recorded(two.do(two.director, opinion, "opinion.sign_director_general"))
    levels = page(two.director, "consultation", opinion)
    assert "Head" in levels and "Director" in levels
    assert "期間を明らかに" in page(two.drafter, "consultation_answer", inquiry)
    sent = drafter.post(reverse("consultation_answer", args=[inquiry]), {"key": "b" * 16})
    assert sent.status_code == 302 and "/receipt/" in sent["Location"], sent["Location"]
    assert "期間を明らかにされ" in page(two.meti, "consultation", inquiry)
    gate = page(two.meti, "act", two.plan, "plan.consult")
    assert "with comments" in gate and "An answer alone records nothing" in gate


@pytest.mark.django_db(transaction=True)
def test_what_is_typed_is_kept_where_it_cannot_go_on(two):
    answer = asked_by_form(two, two.plan, question="")
    assert answer.status_code == 422
    assert "認定の案" in answer.content.decode()
    assert not Link.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_case_in_a_compartment_asks_for_the_people_who_are_to_know(two):
    plan, _ = hidden_plan(two)
    assert asked_by_form(two, plan).status_code == 422
    done = asked_by_form(two, plan, tell_people=[two.drafter.public_id])
    assert done.status_code == 302
    (of,) = consult.asked_about(two.meti, plan)
    said = page(two.drafter, "consultation", of.case)
    assert plan not in said and "About the case" not in said
    assert plan in page(two.meti, "consultation", of.case)
    page(two.window, "consultation", of.case, status=404)


@pytest.mark.django_db(transaction=True)
def test_who_may_not_ask_has_no_form_and_a_consultation_is_not_asked_about(two):
    inquiry = recorded(two.ask()).case
    page(two.meti, "consultation_ask", inquiry, status=302)
    page(two.window, "consultation_ask", two.plan, status=404)
    page(two.meti, "consultation_begin", two.plan, status=404)
    page(two.window, "consultation", two.plan, status=404)
    page(two.window, "consultation_begin", inquiry, status=302)


@pytest.mark.django_db(transaction=True)
def test_a_copy_of_what_is_sealed_goes_along_after_a_proof_and_of_what_is_designated_after_approval(two):
    two.meti.set_password(PASSWORD)
    two.meti.save()
    paper = document(Case.objects.get(public_id=two.plan), two.meti)
    first = asked_by_form(two, two.plan, tell_documents=[paper])
    assert "/accounts/" in first["Location"] and not consult.asked_about(two.meti, two.plan)
    at = proved(client(two.meti), two.meti)
    assert "/receipt/1/" in asked_by_form(two, two.plan, at, tell_documents=[paper])["Location"]
    of = designated()
    for role in ("jpo", "asking_authority"):
        grant(two.meti, role, of.kind)
    answer = asked_by_form(
        two, of.public_id, proved(client(two.meti), two.meti), tell_documents=[document(of, two.meti)]
    )
    assert reverse("custody", args=[of.public_id]) in answer["Location"]
    assert not consult.asked_about(two.meti, of.public_id)
