"""Doing an act by its pages: nothing typed is lost, a double click records once, a refusal is help."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kaname.access import api as access
from kaname.ledger.errors import Busy, CommitUnknown, Full
from kaname.ledger.models import Case, Entry
from kaname.procedure.index import index
from kaname.regimes import KINDS
from kaname.web.models import Draft
from web import world
from web.test_case_pages import text

pytestmark = pytest.mark.django_db
ASK, SEND, REQUEST = "first_review.ask_materials", "first_review.send", "first_review.request_review"


def login(person, language="ja") -> Client:
    client = Client(headers={"accept-language": language, "Sec-Fetch-Site": "same-origin"})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.fixture
def folk():
    return world.people()


@pytest.fixture
def case(folk):
    return world.filed(folk["attorney"], date.today() - timedelta(20))


def hidden(page) -> dict[str, str]:
    """What the form of a page sends along unseen."""
    return dict(re.findall(r'<input type="hidden" name="(key|seq)" value="([^"]*)"', page.content.decode()))


def to_check(client, case, name, query="", **typed) -> dict[str, str]:
    """Fill in a form up to the check page; the check page's hidden fields."""
    address = reverse("act", args=[case, name]) + query
    page = client.get(address)
    answer = client.post(address, {**hidden(page), "act.on": f"{date.today():%Y/%m/%d}", **typed, "step": "check"})
    assert answer.status_code == 302, answer.content.decode()
    check = client.get(answer["Location"])
    assert check.status_code == 200
    return {"address": answer["Location"], **hidden(check)}


# -- every act has a form --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_act_has_a_form_in_both_languages(folk, case, language):
    every = {r.id for p in KINDS[world.KIND].procedures for a in p.acts for r in a.roles}
    client = login(world.person("All", *every, kind=world.KIND), language)
    for of in {of.name: of for of in index(KINDS[world.KIND]).acts.values()}.values():
        page = client.get(reverse("act", args=[case, of.name]))
        text = unescape(page.content.decode())
        assert page.status_code == 200, of.name
        assert of.act.label[language].lower() in text.lower(), of.name
        for field in of.act.fields:
            assert f"f-{field.id}" in text and field.label[language] in text, (of.name, field.id)


def test_an_act_of_another_role_can_only_be_tried(folk, case):
    answer = login(folk["attorney"]).get(reverse("act", args=[case, SEND]))
    assert answer["Location"] == f"{reverse('try', args=[case])}?act={SEND}"


# -- the main path ---------------------------------------------------------------------------------------------------


def test_form_check_receipt(folk, case):
    client = login(folk["jpo"])
    sent = to_check(client, case, SEND, ground="listed")
    done = client.post(sent.pop("address"), sent)
    assert done["Location"] == reverse("receipt", args=[case, 2])
    receipt = client.get(done["Location"]).content.decode()
    assert access.receipt(folk["jpo"], case, 2).digest in receipt
    assert not Draft.objects.exists(), "the draft goes with the receipt"


def test_the_receipt_is_there_as_json(folk, case):
    answer = login(folk["attorney"]).get(reverse("receipt", args=[case, 1]) + "?format=json")
    assert answer.json()["digest"] == access.receipt(folk["attorney"], case, 1).digest
    assert "attachment" in answer["Content-Disposition"]


def test_a_double_click_records_once_and_gives_the_same_receipt(folk, case):
    client = login(folk["jpo"])
    sent = to_check(client, case, SEND, ground="listed")
    address = sent.pop("address")
    first, second = client.post(address, sent), client.post(address, sent)
    assert first["Location"] == second["Location"] == reverse("receipt", args=[case, 2])
    assert Entry.objects.count() == 2


def test_a_case_is_opened_once_however_often_the_form_is_sent(folk):
    client = login(folk["attorney"])
    page = client.get(reverse("new_case", args=[world.KIND]))
    typed = {
        **hidden(page),
        "act.on": f"{date.today():%Y/%m/%d}",
        "act.party": world.PARTY,
        "title": "発明",
        "step": "check",
    }
    check = client.post(reverse("new_case", args=[world.KIND]), typed)
    sent = hidden(client.get(check["Location"]))
    first, second = client.post(check["Location"], sent), client.post(check["Location"], sent)
    assert Case.objects.count() == 1
    assert first["Location"] == second["Location"] == reverse("receipt", args=[Case.objects.get().public_id, 1])


# -- nothing typed is lost -------------------------------------------------------------------------------------------


def test_what_was_typed_is_there_again(folk, case):
    client = login(folk["attorney"])
    address = reverse("act", args=[case, REQUEST])
    client.post(address, {**hidden(client.get(address)), "act.on": "R8.11.24", "reasons": "長い理由", "step": "save"})
    again = client.get(address).content.decode()
    assert "長い理由" in again and "R8.11.24" in again
    assert "書きかけを開きました" in again


def test_a_refused_act_keeps_what_was_typed(folk, case):
    client = login(folk["attorney"])
    address = reverse("act", args=[case, REQUEST])
    typed = {**hidden(client.get(address)), "act.on": "", "reasons": "長い理由", "with_filing": "no", "step": "check"}
    assert "入力した内容は保存されています" not in client.get(address).content.decode(), "nothing is kept yet"
    refused = client.post(address, typed)
    assert "入力した内容は保存されています" in refused.content.decode()
    assert refused.status_code == 422
    assert "長い理由" in refused.content.decode()
    assert "出願とともにされていない" in refused.content.decode()
    assert "長い理由" in client.get(address).content.decode(), "the back button finds it too"


def test_what_cannot_be_read_is_kept_as_it_was_typed(folk, case):
    client = login(folk["jpo"])
    address = reverse("act", args=[case, SEND])
    answer = client.post(address, {**hidden(client.get(address)), "act.on": "2月30日ころ", "step": "check"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "2月30日ころ" in text and "エラー：" in text and 'href="#f-act-on"' in text


def test_an_expired_login_gives_the_text_back(folk, case):
    client = login(folk["attorney"])
    address = reverse("act", args=[case, REQUEST])
    form = hidden(client.get(address))
    session = client.session
    session["kaname_seen"] = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    session.save()
    typed = {**form, "act.on": "2026/11/24", "reasons": "一時間かけた理由", "step": "save"}
    assert reverse("account_login") in client.post(address, typed)["Location"]
    client.force_login(folk["attorney"], backend=settings.AUTHENTICATION_BACKENDS[0])
    assert "一時間かけた理由" in client.get(reverse("kept")).content.decode()
    assert "一時間かけた理由" in client.post(address, typed).content.decode(), "sent on by hand"
    assert Draft.objects.get().key == form["key"], "the same act, were it sent twice"


def test_a_draft_lies_encrypted_and_opens_for_its_owner_alone(folk, case):
    client = login(folk["attorney"])
    address = reverse("act", args=[case, REQUEST])
    client.post(address, {**hidden(client.get(address)), "reasons": "secret-words", "step": "save"})
    draft = Draft.objects.get()
    assert b"secret-words" not in bytes(draft.data)
    Draft.objects.update(person=world.person("Other", "applicant", kind=world.KIND))
    other = login(Draft.objects.get().person)
    assert "secret-words" not in other.get(address).content.decode()


def test_a_draft_can_be_thrown_away_and_not_by_one_press(folk, case):
    client = login(folk["attorney"])
    address = reverse("act", args=[case, REQUEST])
    client.post(address, {**hidden(client.get(address)), "reasons": "x", "step": "save"})
    asked = client.post(address, {**hidden(client.get(address)), "reasons": "一時間", "step": "discard"})
    assert "書きかけを捨てますか" in text(asked) and "一時間" in text(client.get(address))
    client.post(address, {"step": "discarded"})
    assert not Draft.objects.exists()


# -- a refusal is help -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_refusal_shows_its_provision(folk, case, language):
    """Every act of the kind, refused where it is: each reason stands with its provision, in the reader's language."""
    every = {r.id for p in KINDS[world.KIND].procedures for a in p.acts for r in a.roles}
    client = login(world.person("All", *every, kind=world.KIND), language)
    refusals = 0
    for of in {of.name: of for of in index(KINDS[world.KIND]).acts.values()}.values():
        page = client.get(reverse("act", args=[case, of.name])).content.decode()
        part = page.partition('id="effect"')[2]
        if 'class="reasons"' not in part:
            continue
        reasons = re.findall(r"<li>(.*?)</li>", part.partition("</ol>")[0], re.DOTALL)
        assert reasons and all('class="basis"' in r for r in reasons), (of.name, reasons)
        refusals += 1
    assert refusals > 40


def test_a_refusal_leads_to_the_act_that_mends_it(folk, case):
    page = login(folk["jpo"]).get(reverse("act", args=[case, "first_review.notify_nonsend"])).content.decode()
    assert reverse("act", args=[case, "first_review.request_nonsend_notice"]) in page.partition('id="effect"')[2]


def test_a_banned_deed_can_be_recorded_as_the_breach_it_was(folk, case):
    client = login(folk["attorney"])
    page = client.get(reverse("act", args=[case, "foreign_filing_ban.file_abroad"])).content.decode()
    assert "1年以下の拘禁刑" in page and "act.happened" in page
    sent = to_check(client, case, "foreign_filing_ban.file_abroad", **{"act.happened": "yes"})
    client.post(sent.pop("address"), sent)
    overview = client.get(reverse("case", args=[case])).content.decode()
    assert "違反" in overview


def test_a_mandate_for_another_party_is_told_beside_the_form(folk):
    bound = world.person("Bound", "applicant", kind=world.KIND, party=world.PARTY)
    case = world.filed(folk["attorney"])
    client = login(bound)
    address = reverse("act", args=[case, "first_review.request_nonsend_notice"])
    typed = {"act.on": f"{date.today():%Y/%m/%d}", "act.party": "ほかの社", "step": "check"}
    answer = client.post(address, {**hidden(client.get(address)), **typed})
    assert answer.status_code == 422 and Entry.objects.count() == 1
    assert "権限は他の当事者のもの" in answer.content.decode()


# -- the case moved --------------------------------------------------------------------------------------------------


def test_a_stale_form_shows_what_changed_and_asks_again(folk, case):
    client = login(folk["jpo"])
    sent = to_check(client, case, SEND, ground="listed")
    address = sent.pop("address")
    world.act(folk["attorney"], case, "first_review.request_nonsend_notice", date.today())
    stale = client.post(address, sent)
    text = stale.content.decode()
    assert stale.status_code == 409
    assert "送付しない旨の通知を申し出る" in text and "記録が加わりました" in text
    assert Entry.objects.count() == 2
    done = client.post(address, hidden(stale))
    assert done["Location"] == reverse("receipt", args=[case, 3])


@pytest.mark.parametrize("failure", [Busy, Full, CommitUnknown])
def test_what_the_ledger_could_not_do_is_told_and_tried_again_with_the_same_key(folk, case, failure, monkeypatch):
    client = login(folk["jpo"])
    sent = to_check(client, case, SEND, ground="listed")
    address = sent.pop("address")
    keys = []

    def failing(*args, idempotency_key, **more):
        keys.append(idempotency_key)
        raise failure

    with monkeypatch.context() as patch:
        patch.setattr(access, "act", failing)
        answer = client.post(address, sent)
    assert answer.status_code == 503
    assert failure.text.ja in answer.content.decode() and "入力した内容は保存されています" in answer.content.decode()
    again = hidden(answer)
    assert keys == [again["key"]]
    assert client.post(address, again)["Location"] == reverse("receipt", args=[case, 2])


# -- upon entries ----------------------------------------------------------------------------------------------------


def test_a_correction_records_only_what_changed(folk, case):
    client = login(folk["attorney"])
    page = client.get(reverse("act", args=[case, "correct"]) + "?entry=1").content.decode()
    assert "秘密の発明" not in page, "sealed: this mandate does not read it"
    sent = to_check(client, case, "correct", "?entry=1", **{
        "act.on": f"{date.today() - timedelta(20):%Y/%m/%d}", "act.party": world.PARTY, "reason": "番号の誤り",
        "application_number": "特願2026-000124", "listed": "yes", "made_in_japan": "yes"})  # fmt: skip
    client.post(sent.pop("address"), sent)
    recorded = access.recorded(folk["attorney"], case)[-1].entry
    assert recorded.act == "correct"
    assert recorded.data == {"entry": 1, "reason": "番号の誤り", "data": {"application_number": "特願2026-000124"}}


def test_an_annulment_shows_its_victims_before_it_is_done(folk, case):
    world.act(folk["jpo"], case, SEND, date.today(), ground="listed")
    page = login(folk["attorney"]).get(reverse("act", args=[case, "annul"]) + "?entry=1").content.decode()
    effect = page.partition('id="effect"')[2]
    assert "後の記録 2" in effect and "効力を失う" in effect
    assert effect.index("効力を失う") < effect.index("この行為をすると")


def test_a_day_of_receipt_is_added(folk, case):
    world.act(folk["jpo"], case, ASK, date.today() - timedelta(3))
    client = login(folk["jpo"])
    sent = to_check(client, case, "deliver", "?entry=2", received_on=f"{date.today() - timedelta(1):%Y/%m/%d}")
    client.post(sent.pop("address"), sent)
    assert access.recorded(folk["jpo"], case)[-1].entry.data["entry"] == 2


def test_entries_of_other_roles_are_not_mine_to_correct(folk, case):
    answer = login(folk["jpo"]).get(reverse("act", args=[case, "correct"]) + "?entry=1")
    assert answer["Location"] == reverse("case_history", args=[case])


# -- live ------------------------------------------------------------------------------------------------------------


def test_the_effect_comes_alone_for_the_part_beside_the_form_and_the_draft_is_kept(folk, case):
    client = login(folk["jpo"])
    address = reverse("act", args=[case, SEND])
    part = client.post(
        address, {**hidden(client.get(address)), "act.on": "2026/12/01", "ground": "listed", "step": "effect"}
    ).content.decode()
    assert "<html" not in part and "送付済" in part
    assert Draft.objects.count() == 1 and Entry.objects.count() == 1
