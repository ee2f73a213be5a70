"""Inbox, cases and search as pages: what they say, in both languages, for whom; clean in the browser."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from browser import assert_clean
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdfium2 import PdfDocument

from access.folk import key
from kaname.access import api as access
from kaname.access.models import Mandate
from kaname.law import T
from kaname.procedure import Entry, Refused
from kaname.web.views.cases import party_names
from web import world
from web.test_case_pages import login, text

NAMES = {"cases": "/cases/", "inbox": "/", "search": "/search/"}


@pytest.fixture
def folk(db):
    return world.people()


def days_ago(n: int):
    return access.today() - timedelta(n)


@pytest.mark.parametrize(
    ("language", "due", "late"),
    [("ja", "一週間以内に期限が来るもの、過ぎたものは1件です。", "送付の期間（三月）"),
     ("en", "1 matters are due within a week or overdue.", "period for sending (three months)")],
)  # fmt: skip
def test_the_inbox_says_what_is_due_and_to_whom(folk, language, due, late):
    world.filed(folk["attorney"], days_ago(88))
    said = text(login(folk["jpo"], language).get("/"))
    assert due in said and late in said and world.PARTY in said
    assert late in text(login(folk["attorney"], language).get("/?group=waiting"))


def test_an_empty_inbox_teaches(folk):
    assert "ここに、あなたがすべきことが期日の順に並びます" in text(login(folk["pm"]).get("/"))


def test_who_only_administers_is_led_to_people_and_a_vendor_to_its_company(folk, monkeypatch):
    folk["pm"].mandates.all().delete()
    type(folk["pm"]).objects.filter(pk=folk["pm"].pk).update(administers=True)
    page = login(folk["pm"]).get("/")
    assert "管理者は案件を見ません" in text(page) and "すべて済みました" not in text(page)
    assert "ログインしました" not in text(page), "no banner above the work"
    monkeypatch.setattr("kaname.web.context.own_vendors", lambda person: type(folk["pm"]).objects.all())
    assert login(folk["pm"]).get("/")["Location"] == "/vendors/"
    assert login(folk["pm"]).get("/?show=away").status_code == 200


def test_a_choice_by_which_a_case_is_known_is_told_in_words():
    kind, known = "infrastructure.operator", "electricity.transmission"
    assert access.reference_label(kind, known) == T("電気：送電事業", "electricity: transmission")
    assert access.reference_label(kind, "第7号") == T("第7号", "第7号")
    assert party_names("technology.council", ("lead", "空想衛星株式会社")) == T(
        "研究代表者、空想衛星株式会社", "the lead researcher, 空想衛星株式会社"
    )


def test_a_group_is_paged_and_unknown_ones_are_all(folk):
    world.filed(folk["attorney"], days_ago(80))
    jpo = login(folk["jpo"])
    for address in ("/?group=later&page=2", "/?group=nonsense", "/?group=week&page=-1", "/?page=%EF%BC%92"):
        assert jpo.get(address).status_code == 200, address


def test_the_list_is_filtered_by_its_address_and_taken_away(folk):
    mine = world.filed(folk["attorney"], days_ago(80), application_number="=1+1")
    jpo = login(folk["jpo"])
    assert "第1号" in text(jpo.get("/cases/?kind=patents.application&state=filed"))
    assert "条件に合う案件はありません" in text(jpo.get("/cases/?state=sent"))
    assert "エラー" in text(jpo.get("/cases/?due_from=yesterday"))
    body = b"".join(jpo.get("/cases/?format=csv").streaming_content).decode("utf-8-sig")
    _, row = csv.reader(io.StringIO(body))
    assert row[1] == "'=1+1" and row[-1] == mine  # no spreadsheet runs it
    (only,) = json.loads(jpo.get("/cases/?format=json").content)["cases"]
    assert (only["case"], only["reference"], only["parties"]) == (mine, "=1+1", [world.PARTY])


def test_what_is_taken_away_says_in_words_what_the_page_says(folk):
    """A number that is the id of a choice means nothing to the one who opens the workbook."""
    kind, given = "infrastructure.operator", {
        "business": "electricity.transmission", "runs_business": True, "needed": True, "what": "送電線の容量",
    }  # fmt: skip
    Mandate.objects.create(person=folk["jpo"], role="sector_minister", kind=kind, valid_from=days_ago(9), sealed=True)
    asked = Entry("designation.ask_report", days_ago(5), given, by="sector_minister")
    assert not isinstance(access.open_case(folk["jpo"], kind, asked, idempotency_key=key()), Refused)
    _, row = rows_of(login(folk["jpo"]), "/cases/?format=csv&kind=infrastructure.operator")
    assert row[1] == "電気：送電事業"


def rows_of(client, address):
    return csv.reader(io.StringIO(b"".join(client.get(address).streaming_content).decode("utf-8-sig")))


def test_the_filters_offer_each_choice_once_and_only_what_the_reader_can_meet(folk):
    def offered(who):
        page = login(who).get("/cases/").content.decode()
        selects = re.findall(r'<select id="f-(kind|state)".*?</select>', page, re.DOTALL)
        assert selects == ["kind", "state"]
        return [re.findall(r'<option value="([^"]+)"[^>]*>([^<]+)', part) for part in page.split("<select")[1:3]]

    folk["jpo"].mandates.update(kind="")
    for every in offered(folk["jpo"]):
        assert len(set(every)) == len(every)
    all_kinds, all_states = map(len, offered(folk["jpo"]))
    folk["jpo"].mandates.update(kind="patents.application")
    (only,), states = offered(folk["jpo"])
    assert only[0] == "patents.application" and 0 < len(states) < all_states and all_kinds > 20


def test_whoever_knows_a_part_of_a_name_is_led_to_the_search(folk):
    world.filed(folk["attorney"], days_ago(80))
    page = login(folk["jpo"]).get("/cases/?party=架空電").content.decode()
    assert "条件に合う案件はありません" in page
    (to,) = re.findall(r'href="(/search/\?q=[^"]+)"', page)
    assert world.PARTY in text(login(folk["jpo"]).get(to))


def test_a_list_of_many_columns_lies_across_the_paper_and_its_words_stand_whole(site, browse):
    """From the dark theme too: black on white, no button, no squeezed column, the heads again on each sheet."""
    clerk = site.person("要 花子", roles=("applicant", "jpo"), sealed=True)
    for n in range(30):
        world.filed(clerk, days_ago(88), application_number=f"特願2026-{n:06d}")
    page = browse(clerk)
    page.emulate_media(color_scheme="dark")
    page.goto(site.url + "/cases/")
    sheets = PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
    try:
        assert len(sheets) == 2, "thirty cases on two sheets"
        for sheet in sheets:
            assert sheet.get_width() > sheet.get_height()
            said = sheet.get_textpage().get_text_bounded()
            assert "次の期日" in said and "まとめて行う" not in said and "↕" not in said
            assert sheet.render(scale=0.2).to_pil().getpixel((3, 3))[:3] == (255, 255, 255)
        assert "特許出願の非公開" in said, "the kind stands on one line"
    finally:
        sheets.close()


def test_search_marks_what_it_found_and_shows_titles_to_readers_alone(folk):
    world.filed(folk["attorney"])
    found = login(folk["jpo"]).get("/search/?q=秘密").content.decode()
    assert "<mark>秘密</mark>の発明" in found
    assert "秘密の発明" not in login(folk["attorney"]).get("/search/?q=架空電機").content.decode()
    assert "見つかりませんでした" in text(login(folk["attorney"]).get("/search/?what=cases&q=秘密"))
    assert login(folk["jpo"]).get("/search/?q=%00<script>").status_code == 200


@pytest.mark.parametrize("page", NAMES)
def test_pages_cost_the_same_however_many_rows(folk, page):
    address, client, costs = NAMES[page] + "?q=架空", login(folk["jpo"]), []
    client.get(address)
    for _ in range(2):
        for _ in range(3):
            world.filed(folk["attorney"], days_ago(85))
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        costs.append(len(found))
    assert costs[0] == costs[1] <= 40


def test_pages_of_lists_are_clean_in_the_browser(site, browse):
    clerk = site.person("要 花子", roles=("applicant", "jpo"), sealed=True)
    world.filed(clerk, days_ago(88))
    world.filed(clerk, days_ago(3))
    page = browse(clerk)
    for address in ("/", "/cases/?kind=patents.application", "/search/?q=架空"):
        page.goto(site.url + address)
        assert_clean(page, address)


def test_more_filters_than_a_view_holds_are_no_fault(folk):
    many = {f"x{chr(97 + n % 26)}{chr(97 + n // 26)}": "1" for n in range(60)}
    for address in ("/", "/cases/"):
        assert login(folk["jpo"]).get(address, many).status_code == 200
