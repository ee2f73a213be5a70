"""Penalties, timeline, consultations and briefings in the browser and out of it; the figures are of visible cases."""

import json
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from browser import assert_clean

from kaname.access import api as access
from kaname.access import tokens
from kaname.ledger.judging import Receipt
from kaname.procedure import Entry

CASES = Path(__file__).parents[1] / "general" / "cases"
SAMPLES = {"consultation_reused": 6, "consultation_withdrawn": 1, "briefing_held": 5, "briefing_recorded": 1}
PAGES = ("/penalties/?on=2025-05-31", "/timeline/", "/outreach/?on=2026-11-26", "/outreach/answers/?on=2026-09-20")


def fill(person) -> None:
    """The worked cases of desk and briefings, written through the office's own door."""
    for name, upto in SAMPLES.items():
        case = ""
        for number, line in enumerate((CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()[:upto]):
            told = json.loads(line)
            by = "answering_section" if "answer" in told["act"] else "desk"
            entry = Entry(told["act"], date.fromisoformat(told["on"]), told["data"], told.get("run", ""), by)
            key = f"{name}/{number}"
            if case:
                answer = access.act(person, case, entry, idempotency_key=key)
            else:
                answer = access.open_case(person, f"general.{name.partition('_')[0]}", entry, idempotency_key=key)
            assert isinstance(answer, Receipt), answer
            case = answer.case


@pytest.fixture
def desk(site):
    clerk = site.person("要 花子", roles=("desk", "answering_section"))
    fill(clerk)
    return clerk


def page(site, person, path, status=200) -> str:
    answer = site.client(person).get(path)
    assert answer.status_code == status, path
    return unescape(answer.content.decode())


def test_the_pages_of_the_general_part_are_clean(site, browse, desk):
    tab = browse(desk)
    for path in PAGES:
        assert_clean(tab, site.url + path)


def test_penalties_are_filtered_and_what_cannot_be_read_is_told_at_its_field(site, desk):
    told = page(site, desk, "/penalties/?violated=78(1)&on=2025-05-31")
    assert "1年以下の懲役" in told and "拘禁刑若しくは" not in told
    assert "当てはまる罰則はありません" in page(site, desk, "/penalties/?violated=48(3)")
    wrong = page(site, desk, "/penalties/?violated=zz&on=x", 400)
    assert "f-violated-error" in wrong and "f-on-error" in wrong
    csv = b"".join(site.client(desk).get("/penalties/?csv=1").streaming_content).decode("utf-8-sig")
    assert len(csv.splitlines()) == 31


def test_the_timeline_of_the_decks_day_and_the_day_before_the_act(site, desk):
    told = page(site, desk, "/timeline/?on=2024-06-04")
    assert "第二次" in told and "令和8年" not in told.partition("<main")[2].partition("両院")[0]
    assert "この日までには何もありません" in page(site, desk, "/timeline/?on=2022-05-17")


def test_what_an_office_has_read_of_resolutions_stands_with_its_source(site, desk):
    head = "committee,on,bill,item,status,status_since,source"
    rows = ("見本委員会,2022-04-06,法案,見本の項目,open,,会議録", "見本委員会,2022-04-06,法案,出典のない項目,open,,")
    (site.path.parent / "resolutions.csv").write_text("\n".join((head, *rows)), encoding="utf-8")
    told = page(site, desk, "/timeline/")
    assert "見本の項目" in told and "会議録" in told
    assert "出典のない項目" not in told and "3行目" in told


def test_the_figures_and_the_answers_are_those_the_reader_may_know_of(site, desk):
    stranger = site.person("架空 太郎")
    mine, other = (page(site, p, "/outreach/?on=2025-12-31") for p in (desk, stranger))
    assert "2件の質問を受け、1件に回答し、1件が回答を待っています" in mine and "参加は310人" in mine
    assert "0件の質問を受け" in other and "外国出願" not in other
    stale = page(site, desk, "/outreach/answers/?q=子会社&on=2026-09-20")
    assert "法令がその後変わりました" in stale and "令和8年法律第38号" in stale
    assert "法令がその後変わりました" not in page(site, desk, "/outreach/answers/?on=2026-10-05")
    assert "当てはまる回答例はありません" in page(site, stranger, "/outreach/answers/")


def test_the_figures_over_the_api_are_those_of_the_page(site, desk):
    secret = tokens.make(desk, "t", ("read",), 30)[1]
    client, bearer = site.client(None), {"authorization": f"Bearer {secret}"}
    found = client.get("/api/v1/outreach?on=2025-12-31", headers=bearer).json()
    assert (found["questions"], found["people"], found["downloads"]) == (2, 310, 1270)
    answers = client.get("/api/v1/outreach/answers?q=子会社&on=2026-09-20", headers=bearer).json()["answers"]
    assert [m["on"] for m in answers[0]["moved"]] == ["2026-09-11", "2026-09-18"]
