"""One survey to several businesses at once: a run for each, each asked once however often it is sent."""

from datetime import date

import pytest

from kaname.access import api as access
from kaname.desk.supply_plans import responses
from kaname.ledger import clock
from kaname.ledger.models import Case, Entry
from web.test_supply_boards import login, of_products_and_surveys, text

PAGE = "/supply/surveys/send/"
KEY = "0123456789abcdef" * 2
TYPED = {
    "key": KEY, "businesses": "見本商事\r\n架空重工\r\n\r\n空想電池\r\n見本商事\r\n", "goods": "人工呼吸器",
    "asked": "生産と在庫", "answer_by": "2024-08-30", "needed": "yes", "in_field": "yes",
}  # fmt: skip


@pytest.fixture
def minister(db, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2024, 7, 3))
    return of_products_and_surveys()


def test_each_business_has_its_own_run(minister):
    sent = login(minister).post(PAGE, TYPED)
    assert sent.status_code == 302, text(sent)
    assert Case.objects.get().public_id in sent["Location"]
    asked = responses(minister)
    assert sorted(one.business for one in asked) == ["架空重工", "空想電池", "見本商事"]
    assert {(one.state, one.goods, str(one.answer_by)) for one in asked} == {("sent", "人工呼吸器", "2024-08-30")}


def test_sent_twice_it_is_recorded_once(minister):
    client = login(minister)
    assert client.post(PAGE, TYPED)["Location"] == client.post(PAGE, TYPED)["Location"]
    assert (Case.objects.count(), Entry.objects.count()) == (1, 3)


def test_what_broke_off_goes_on_where_it_was(minister, monkeypatch):
    act, calls = access.act, []

    def breaks(*args, **named):
        calls.append(args)
        if len(calls) == 2:
            raise OSError("power cut")
        return act(*args, **named)

    client = login(minister)
    monkeypatch.setattr(access, "act", breaks)
    with pytest.raises(OSError, match="power cut"):
        client.post(PAGE, TYPED)
    assert Entry.objects.count() == 2
    assert client.post(PAGE, TYPED).status_code == 302
    assert (Case.objects.count(), Entry.objects.count()) == (1, 3)


@pytest.mark.parametrize(("change", "says"), [
    ({"in_field": "no"}, "not goods in the minister's field"),
    ({"businesses": " \r\n"}, "businesses asked, one a line: enter a value"),
    ({"businesses": "\r\n".join(f"見本{n}" for n in range(201))}, "Name 1 to 200 businesses"),
    ({"goods": ""}, "goods or inputs asked about: enter a value"),
    ({"answer_by": "2024-02-30"}, "2024-02-30"),
])  # fmt: skip
def test_what_cannot_be_recorded_leaves_nothing(minister, change, says):
    answer = login(minister, "en").post(PAGE, TYPED | change)
    assert answer.status_code == 400 and says in answer.content.decode().replace("&#x27;", "'")
    assert not Case.objects.exists() and not Entry.objects.exists()


def test_who_may_not_send_is_told_and_records_nothing(minister):
    minister.mandates.filter(kind="supply.survey").delete()
    client = login(minister, "en")
    assert "Ask an administrator for a mandate" in text(client.get(PAGE))
    client.post(PAGE, TYPED)
    assert not Case.objects.exists()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_is_reached_from_the_answers(minister, language):
    client = login(minister, language)
    assert PAGE in client.get("/supply/surveys/").content.decode()
    text(client.get(PAGE))
