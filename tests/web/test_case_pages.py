"""The pages of a case: the answer first, the same bytes for hidden as for absent, a constant number of statements."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.visitor import proved
from kaname.access import api as access
from kaname.ledger.models import Entry
from web import world

pytestmark = pytest.mark.django_db
ABSENT = "a" * 26
CLOCK = "foreign_filing_ban.three_months"


def login(person, language="ja") -> Client:
    client = Client(headers={"accept-language": language, "Sec-Fetch-Site": "same-origin"})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return proved(client, person)


def text(answer) -> str:
    """A page as a reader hears it: words without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", unescape(answer.content.decode())))


@pytest.fixture
def folk():
    return world.people()


@pytest.fixture
def case(folk):
    return world.filed(folk["attorney"])


def unmasked(answer, case: str) -> str:
    """The bytes of a page without what differs from one answer to the next: the mask of the CSRF token."""
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
    return token.sub("", answer.content.decode()).replace(case, "")


def doors(case: str) -> list[str]:
    """Every address of a case."""
    return [
        *(reverse(name, args=[case]) for name in
          ("case", "case_acts", "case_history", "case_papers", "case_people", "case_flow", "try")),
        reverse("why", args=[case, CLOCK]), reverse("why_ics", args=[case, CLOCK]), reverse("receipt", args=[case, 1]),
        reverse("act", args=[case, "first_review.file_translation"]),
        reverse("act_check", args=[case, "first_review.file_translation"]),
        reverse("act", args=[case, "correct"]) + "?entry=1", reverse("case_sealed", args=[case, 1]),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_opens_in_both_languages(folk, case, language):
    client = login(folk["attorney"], language)
    for address in doors(case):
        assert client.get(address).status_code in (200, 302) or "sealed" in address, address


def test_a_hidden_case_is_answered_with_the_bytes_of_an_absent_one(case):
    stranger = world.person("Kumo", "applicant", kind=world.KIND, party="ほかの社")
    client = login(stranger)
    for hidden, absent in zip(doors(case), doors(ABSENT), strict=True):
        seen, nothing = client.get(hidden), client.get(absent)
        assert seen.status_code == nothing.status_code == 404, hidden
        assert unmasked(seen, case) == unmasked(nothing, ABSENT), hidden
        posted, nothing = client.post(hidden), client.post(absent)
        assert (posted.status_code, len(posted.content)) == (nothing.status_code, len(nothing.content)), hidden


def test_no_page_opens_without_a_login(case):
    for address in [*doors(case), reverse("new"), reverse("new_case", args=[world.KIND])]:
        assert reverse("account_login") in Client().get(address)["Location"], address


# -- the answer ------------------------------------------------------------------------------------------------------


def test_the_answer_comes_first_with_its_days_and_its_condition(folk):
    case = world.filed(folk["attorney"], date(2025, 2, 28))
    page = text(login(folk["attorney"]).get(reverse("case", args=[case]) + "?as_of=2025-03-05"))
    said = (
        "2025年5月31日（土）まで、外国出願はできません。"
        "2025年6月1日（日）からできます（条件：期間内に66条3項の通知が発せられていないこと）。"
    )
    assert said in page
    assert page.index(said) < page.index("概要") < page.index("翌日（自由になる日）")


def test_the_answer_is_for_the_one_who_reads(folk):
    case = world.filed(folk["attorney"], date(2025, 2, 28))
    page = text(login(folk["jpo"], "en").get(reverse("case", args=[case]) + "?as_of=2025-03-05"))
    assert "Until 31 May 2025 (Sat), forbidden: publication, grant and refusal." in page


def test_a_ban_that_time_has_ended_is_told_as_freedom_not_as_a_permission(folk):
    case = world.filed(folk["attorney"], date(2025, 2, 28))
    page = text(login(folk["attorney"]).get(reverse("case", args=[case]) + "?as_of=2025-07-01"))
    assert "2025年6月1日（日）から、外国出願を妨げる禁止はありません（期間の経過による）。" in page
    assert "許可" not in page.partition("概要")[0]


def test_the_past_is_marked_and_leads_back_to_today(folk, case):
    page = login(folk["attorney"]).get(reverse("case", args=[case]) + "?as_of=R8.11.3").content.decode()
    assert "2026年11月3日（火・祝）" in page and "今日に戻る" in page


def test_what_was_known_then(folk):
    case = world.filed(folk["attorney"], date.today() - timedelta(20))
    page = text(login(folk["attorney"]).get(reverse("case_history", args=[case]) + "?known_at=2020-01-01"))
    assert "特許出願をする" not in page


def test_acts_of_mine_are_links_and_those_of_others_are_waited_for(folk, case):
    page = login(folk["attorney"]).get(reverse("case", args=[case])).content.decode()
    assert reverse("act", args=[case, "first_review.request_nonsend_notice"]) in page
    assert reverse("act", args=[case, "first_review.send"]) not in page
    assert "内閣総理大臣に送付する" in page.partition('id="waiting"')[2]


def test_a_reader_without_a_role_is_told_so(folk, case):
    reader = world.person("Reader", "applicant", kind=world.KIND, may_act=False)
    assert "読むだけの権限" in text(login(reader).get(reverse("case_acts", args=[case])))


# -- sealed ----------------------------------------------------------------------------------------------------------


def test_what_is_sealed_stands_on_no_page(folk, case):
    for who in ("attorney", "jpo"):
        client = login(folk[who])
        for address in doors(case):
            assert "秘密の発明" not in client.get(address).content.decode(), (who, address)
    assert "封緘" in text(login(folk["attorney"]).get(reverse("case_history", args=[case])))


def test_what_is_sealed_is_read_by_who_may_and_the_reading_is_logged(folk, case):
    address = reverse("case_sealed", args=[case, 1])
    reader = login(folk["jpo"])
    assert "秘密の発明" not in text(reader.get(address)), "not before it is asked for"
    assert "秘密の発明" in text(reader.post(address))
    assert "Jiro · 記録1 title" in text(reader.get(reverse("case_people", args=[case])))
    refused = login(folk["attorney"]).post(address)
    assert refused.status_code == 403 and "秘密の発明" not in text(refused)


# -- why -------------------------------------------------------------------------------------------------------------


def test_why_this_date_shows_every_step_with_its_provision(folk):
    case = world.filed(folk["attorney"], date(2025, 2, 28))
    client = login(folk["attorney"])
    page = text(client.get(reverse("why", args=[case, "first_review.nonsend_request"]) + "?both=1"))
    for said in ("起点 2025-02-28", "初日不算入", "2025-05-31 は土曜日", "2025年6月2日（月）", "on to"):
        assert said in page, said


def test_the_working_comes_alone_where_another_page_asks(folk, case):
    part = login(folk["attorney"]).get(reverse("why", args=[case, CLOCK]), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode() and "起点" in part.content.decode()
    assert "HX-Request" in part["Vary"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2025/6/2", "同じ日になりました"),
        ("2025/5/31", "手順4で違う"),  # forgot the move over Saturday and Sunday
        ("R7.6.3", "末日の翌日"),
        ("20250701", "起算日から順に比べてください"),
    ],
)
def test_a_second_count_says_where_it_parts(folk, typed, said):
    case = world.filed(folk["attorney"], date(2025, 2, 28))
    client = login(folk["jpo"])
    address = reverse("why", args=[case, "first_review.nonsend_request"])
    client.post(address, {"typed": typed})
    page = text(client.get(address))
    assert said in page and "Jiro：" in page and "Hana" in page, "both names are kept"


def test_a_count_that_cannot_be_read_is_given_back(folk, case):
    answer = login(folk["jpo"]).post(reverse("why", args=[case, CLOCK]), {"typed": "さらいしゅう"})
    assert answer.status_code == 422 and "さらいしゅう" in answer.content.decode()


def test_the_calendar_entry_is_a_whole_day_and_keeps_its_id(folk, case):
    client = login(folk["attorney"])
    body = client.get(reverse("why_ics", args=[case, CLOCK])).content.decode()
    assert "DTSTART;VALUE=DATE:20270202" in body and "DTEND;VALUE=DATE:20270203" in body
    assert all(len(line.encode()) <= 75 for line in body.split("\r\n"))
    uid = re.search(r"UID:.*", body)[0]
    world.act(folk["jpo"], case, "first_review.ask_materials", date(2026, 11, 10))
    assert uid in client.get(reverse("why_ics", args=[case, CLOCK])).content.decode()


# -- try it ----------------------------------------------------------------------------------------------------------


def test_acts_are_tried_one_upon_the_other_and_nothing_is_saved(folk, case):
    client = login(folk["attorney"])
    address = reverse("try", args=[case])
    first = client.get(address, {"act": "first_review.send", "act.on": "2026/11/20", "ground": "listed", "go": "1"})
    assert "送付済" in text(first)
    chain = {"w": "act=first_review.send&act.on=2026%2F11%2F20&ground=listed", "act": "first_review.send",
             "act.on": "2026/11/21", "go": "1"}  # fmt: skip
    again = text(client.get(address, chain))
    assert "1. 内閣総理大臣に送付する" in again and "2. 内閣総理大臣に送付する" in again and "できません" in again
    assert Entry.objects.count() == 1


def test_a_try_tells_the_penalty_of_a_banned_deed(folk, case):
    page = login(folk["attorney"]).get(
        reverse("try", args=[case]),
        {"act": "foreign_filing_ban.file_abroad", "act.on": "2026/11/20", "act.by": "applicant", "go": "1"},
    )
    assert "1年以下の拘禁刑" in text(page)


# -- history, flow, people -------------------------------------------------------------------------------------------


def test_the_history_tells_people_and_law_apart_and_marks_corrections(folk, case):
    access.act(
        folk["attorney"], case, world.Entry("correct", date.today(), {"entry": 1, "data": {"listed": False}}),
        idempotency_key=world.key(),
    )  # fmt: skip
    page = text(login(folk["attorney"]).get(reverse("case_history", args=[case])))
    assert "記録2により訂正" in page and "記録1を訂正した" in page and "（法律の効果）" in page


def test_the_chart_says_you_are_here(folk, case):
    page = login(folk["attorney"]).get(reverse("case_flow", args=[case]) + "?procedure=first_review").content.decode()
    assert "state-here" in page and "▶ 現在" in page and "style=" not in page.partition("<svg")[2]


def test_people_are_named_and_nothing_else(folk, case):
    page = login(folk["attorney"]).get(reverse("case_people", args=[case])).content.decode()
    assert "Jiro" in page and "jiro@example.jp" not in page


# -- statements ------------------------------------------------------------------------------------------------------


def test_the_number_of_statements_does_not_grow_with_the_case(folk, case):
    client = login(folk["attorney"])
    pages = [a for a in doors(case) if "act/" not in a]

    def counts() -> list[int]:
        found = []
        for address in pages:
            client.get(address)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(address)
            found.append(len(queries))
        return found

    few = counts()
    for n in range(6):
        world.act(folk["jpo"], case, "first_review.ask_materials", date(2026, 11, 10 + n)) if n % 2 == 0 else \
            world.act(folk["attorney"], case, "first_review.supply_materials", date(2026, 11, 10 + n))  # fmt: skip
    assert counts() == few
    assert few[0] <= 13, few  # the last: lines and ticks of the checklist


# -- a file passes from office to office ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_file_that_was_sent_stands_in_the_inbox_of_whom_it_was_sent_to(folk, case, language):
    inbox = reverse("inbox")
    said = {"ja": "保全審査：送付を受けた", "en": "security review: received"}[language]
    assert said not in text(login(folk["pm"], language).get(inbox))
    world.act(folk["jpo"], case, "first_review.notify_sent", world.FILED + timedelta(3))
    page = login(folk["pm"], language).get(inbox)
    assert said in text(page) and reverse("case", args=[case]) in page.content.decode()
    assert said not in text(login(folk["attorney"], language).get(inbox))


def test_a_notice_without_its_day_of_receipt_is_told_on_the_case_page_until_it_is_recorded(folk, case):
    world.act(folk["jpo"], case, "first_review.notify_sent", world.FILED + timedelta(3))
    on = world.FILED + timedelta(4)
    seq = world.act(folk["pm"], case, "security_review.notify_intention", on, invention="x", places="y")
    address = reverse("case", args=[case]) + f"?as_of={on + timedelta(3)}"
    assert "「維持の意思を確認する通知」の到達日がない" in text(login(folk["pm"]).get(address))
    assert "'notify the intention' has no day of receipt" in text(login(folk["pm"], "en").get(address))
    day = (on + timedelta(1)).isoformat()
    world.act(folk["pm"], case, "deliver", on + timedelta(2), entry=seq, received_on=day)
    assert "到達日がない" not in text(login(folk["pm"]).get(address))


@pytest.mark.parametrize("known_at", ["0001-01-01", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_an_instant_at_the_end_of_the_calendar_is_none(folk, case, known_at):
    answer = login(folk["attorney"]).get(reverse("case", args=[case]), {"known_at": known_at})
    assert answer.status_code == 200
