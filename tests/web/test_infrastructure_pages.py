"""The pages of critical infrastructure: what they say in both languages, of which cases, and what they cost."""

import csv
import io
import re
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.folk import key, person, recorded
from infrastructure.plans import OPERATOR, accept, act, extend, file, recommend
from kaname.access import api as access
from kaname.access.models import Compartment, Placement
from kaname.desk.plans import listed
from kaname.ledger import anew, clock
from kaname.ledger import api as ledger
from kaname.ledger.models import Case
from kaname.ledger.models import Standing as Projection
from kaname.procedure import Entry

pytestmark = pytest.mark.django_db
PLAN, DESIGNATION = "infrastructure.plan", "infrastructure.operator"
TODAY = date(2024, 9, 5)
PAGES = ("board/", "change/", "scope/", "sectors/", "sectors/electricity/", "operators/")
ACCEPTED = (file("2024-08-10", "2024-09-10"), accept("2024-08-18"))


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def minister():
    return person("Shunin", "sector_minister", sealed=True)


def login(who, language="ja") -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def text(answer) -> str:
    assert answer.status_code == 200, answer
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def plan(*entries: Entry, kind: str = PLAN) -> str:
    first = recorded(ledger.open_case(kind, entries[0], idempotency_key=key()))
    for entry in entries[1:]:
        recorded(ledger.perform(first.case, entry, idempotency_key=key()))
    return first.case


def designated(name=OPERATOR, business="electricity.general_transmission", on="2024-05-20") -> str:
    entry = act("designation.designate", on, by="sector_minister", business=business, name=name, criteria_met=True,
                received_on=on)  # fmt: skip
    return plan(entry, kind=DESIGNATION)


# -- everywhere ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_empty_and_full_in_both_languages(page, language, minister):
    client = login(minister, language)
    text(client.get(f"/infrastructure/{page}"))
    designated()
    plan(*ACCEPTED)
    said = text(client.get(f"/infrastructure/{page}"))
    japanese = set(re.findall(r"[ぁ-ん]{3,}", said.replace("日本語", "")))
    assert bool(japanese) is (language == "ja"), japanese


@pytest.mark.parametrize("page", PAGES)
def test_no_page_opens_without_a_login(page, client):
    assert client.get(f"/infrastructure/{page}").status_code == 302


def test_what_is_hidden_is_neither_listed_nor_drawn_nor_offered(minister):
    """Twin worlds: with a hidden plan and a hidden operator, and without them."""
    client, paths = login(minister), ("board/", "operators/", "change/?plan=introduction&stage=before&subject=facility"
                                      "&aspect=outline")  # fmt: skip
    plan(*ACCEPTED)
    before = [client.get(f"/infrastructure/{p}").content for p in paths]
    hidden = [plan(*ACCEPTED), designated("秘密電力株式会社")]
    assert [client.get(f"/infrastructure/{p}").content for p in paths[:2]] != before[:2]
    secret = Compartment.objects.create(name="secret")
    for case in hidden:
        Placement.objects.create(case=Case.objects.get(public_id=case), compartment=secret)
    token = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    after = [client.get(f"/infrastructure/{p}").content for p in paths]
    assert [token.sub(b"", a) for a in after] == [token.sub(b"", b) for b in before]


def test_the_doors_of_a_regime_are_shown_to_those_who_act_in_it(minister):
    bar = text(login(minister).get("/"))
    assert "計画の見通し" in bar and "期限台帳" not in bar
    reviewer = text(login(person("Jiro", "jpo")).get("/"))
    assert "期限台帳" in reviewer and "計画の見通し" not in reviewer
    assert "計画の見通し" in text(login(person("Ada", "jpo", "sector_minister")).get("/"))


# -- the board -------------------------------------------------------------------------------------------------------


def rows(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_the_board_says_what_is_free_next_and_what_is_planned_too_early(minister):
    designated()
    plan(*ACCEPTED)
    said = text(login(minister).get("/infrastructure/board/"))
    assert f"次に導入等ができるようになるのは、{OPERATOR}の「需給監視装置」で、2024年9月17日（火）からです" in said
    assert "1件は、予定の日が禁止期間の中にあります：第2号" in said
    (_, row) = rows(login(minister).get("/infrastructure/board/?csv"))
    assert row[1:] == ["需給監視装置", OPERATOR, "電気", "2024-09-10", "2024-08-18", "2024-09-16", "2024-09-17",
                       "2024-12-18", "", "禁止期間中"]  # fmt: skip


def test_the_last_useful_day_and_the_time_for_an_order_are_told(minister, monkeypatch):
    """Extended to 12-17: a recommendation received on 12-07 has its tenth day on 12-16, the last before the end."""
    plan(*ACCEPTED, extend("2024-09-02"))
    said = text(login(minister).get("/infrastructure/board/"))
    assert "勧告の実益のある最後の日が最も近いのは2024年12月7日（土）" in said
    plan(file("2024-08-10"), accept("2024-08-18"), extend("2024-09-02"), *recommend("2024-09-03", "2024-09-04"),
         act("recommendation_order.refuse", "2024-09-05", by="operator", reasons="理由", reply="通知"))  # fmt: skip
    page = login(minister).get("/infrastructure/board/?state=review").content.decode()
    assert page.count('class="order"') == 1 and page.count('class="flag"') == 1


@pytest.mark.parametrize(
    ("state", "count"), [("open", 3), ("before", 1), ("review", 1), ("free", 1), ("done", 1), ("nonsense", 3)]
)
def test_the_board_is_filtered_by_the_stage_of_the_plan(minister, state, count):
    plan(file("2024-09-01"))
    plan(*ACCEPTED)
    plan(file("2024-07-01"), accept("2024-07-10"))
    plan(file("2024-07-01"), accept("2024-07-10"), act("introduction_plan.introduce", "2024-08-20", by="operator"))
    assert len(rows(login(minister).get(f"/infrastructure/board/?csv&state={state}"))) == count + 1


def test_the_plans_stand_in_the_order_of_their_go_live_over_all_pages(minister):
    days = ["2024-11-20", "2024-10-01", "2024-12-31", "2024-09-30", "2024-10-15"]
    for n, day in enumerate(days):  # the standstills end the other way round
        plan(file(f"2024-08-{9 - n:02}", day), accept(f"2024-08-{18 - n:02}"))
    consulted = Entry("prior_consultation.ask", TODAY, {"question": "?"}, by="operator", party=OPERATOR)
    plan(consulted)
    pages = [listed(minister, "open", "", start, 2).rows for start in (0, 2, 4)]
    assert [len(rows) for rows in pages] == [2, 2, 1]
    assert [r.plan.go_live.isoformat() for rows in pages for r in rows] == sorted(days)
    with CaptureQueriesContext(connection) as seen:
        listed(minister, "open", "", 0, 5)
    assert sum("planned_on" in q["sql"] for q in seen) == 1


def test_the_planned_day_follows_the_ledger_in_the_projection(minister):
    case = plan(*ACCEPTED)
    row = Projection.objects.get(case__public_id=case)
    assert row.planned_on == date(2024, 9, 10)
    row.planned_on = None
    row.save()
    anew.rebuild()
    row.refresh_from_db()
    assert row.planned_on == date(2024, 9, 10)


def test_the_board_is_filtered_by_the_sector_of_the_operator(minister):
    designated()
    designated("架空銀行株式会社", "finance.banking")
    plan(*ACCEPTED)
    client = login(minister)
    assert len(rows(client.get("/infrastructure/board/?csv&sector=electricity"))) == 2
    assert len(rows(client.get("/infrastructure/board/?csv&sector=finance"))) == 1
    assert "条件に合う計画はありません" in text(client.get("/infrastructure/board/?sector=finance"))


def test_the_board_costs_the_same_statements_however_many_plans(minister):
    client, counted = login(minister), []
    designated()
    for many in (1, 12):
        for _ in range(many):
            plan(*ACCEPTED)
        client.get("/infrastructure/board/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/infrastructure/board/")
        counted.append(len(asked))
    assert counted[0] == counted[1], counted


def test_an_operator_sees_its_own_plans_alone():
    mine = person("Hana", "operator", party=OPERATOR)
    plan(*ACCEPTED)
    other = Entry(ACCEPTED[0].act, ACCEPTED[0].on, {**ACCEPTED[0].data, "facility": "他社の設備"}, by="operator",
                  party="他の電力株式会社")  # fmt: skip
    plan(other)
    said = text(login(mine).get("/infrastructure/board/"))
    assert "需給監視装置" in said and "他社の設備" not in said


def test_a_day_that_cannot_be_read_is_told_at_its_field(minister):
    plan(*ACCEPTED)
    answer = login(minister).get("/infrastructure/board/?from=yesterday")
    assert answer.status_code == 400 and "日付として読めません" in answer.content.decode()


# -- the classifier --------------------------------------------------------------------------------------------------

SUPPLIER = "/infrastructure/change/?plan=introduction&stage=before&subject=supplier&aspect="


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (SUPPLIER + "name", "重要な変更です。"),
        (SUPPLIER + "address&before=日本&after=日本", "軽微な変更です。"),
        (SUPPLIER + "address&before=日本&after=SG", "重要な変更です。"),
        (SUPPLIER + "address", "まだ決まりません。変更の前と後を書くと決まります。"),
        (SUPPLIER + "holders&before=24&after=26", "報告を要する変更です。"),
        ("/infrastructure/change/?plan=introduction&stage=after&subject=supplier&aspect=name", "手続は要りません。"),
    ],
)
def test_a_change_is_classified_from_the_address_alone(minister, query, said):
    page = text(login(minister).get(query))
    assert said in page and "54条" in page


def test_a_significant_change_tells_the_days_and_leads_to_the_act_in_the_case(minister):
    case = plan(*ACCEPTED)
    page = login(minister).get(SUPPLIER + f"name&accepted_on=2024-10-01&case={case}")
    assert "2024年10月30日（水）まで実施できません。2024年10月31日（木）から実施できます" in text(page)
    assert f"/cases/{case}/act/plan_change.propose/?run=c1" in page.content.decode()
    elsewhere = login(minister).get(SUPPLIER + "name").content.decode()
    assert f'<option value="{case}">' in elsewhere


def test_a_case_that_is_not_mine_is_not_there(minister):
    case = plan(*ACCEPTED)
    stranger = login(person("Ben", "operator", party="他の電力株式会社"))
    assert stranger.get(SUPPLIER + f"name&case={case}").status_code == 404


def test_an_answer_that_is_no_choice_is_asked_again(minister):
    said = text(login(minister).get("/infrastructure/change/?plan=introduction&stage=sometime"))
    assert "今はどの段階ですか" in said
    answer = login(minister).get(SUPPLIER + "holders&before=120&after=130")
    assert answer.status_code == 400 and "割合として読めない" in answer.content.decode()


# -- the wizard ------------------------------------------------------------------------------------------------------

POWER = "/infrastructure/scope/?sector=electricity&business=general_transmission&facility=balancing"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("&event=introduction&supplier=third&designated=yes&designated_on=20240201&on=20270301",
         ("届出が要ります", "2027年1月30日（土）までに受理")),
        ("&event=introduction&supplier=third&designated=yes&designated_on=20240201&on=20240801", ("届出は要りません",)),
        ("&event=introduction&supplier=self&designated=yes&designated_on=20240201&on=20250301", ("届出は要りません",)),
        ("&event=introduction&supplier=third", ("まだ決まりません", "指定されていますか")),
        ("&event=own_maintenance&designated=yes&designated_on=20240201&on=20270301", ("届出は要りません",)),
    ],
)  # fmt: skip
def test_the_wizard_answers_for_a_day_and_asks_what_is_missing(minister, query, said):
    page = text(login(minister).get(POWER + query))
    assert all(sentence in page for sentence in said)


def test_figures_are_read_as_people_write_them_and_refused_at_their_field(minister):
    address = "/infrastructure/scope/?sector=electricity&business=generation&figures.output_kw="
    said = text(login(minister).get(address + "１,２００,０００"))
    assert "1,200,000" in said and "500,000" in said
    answer = login(minister).get(address + "many")
    assert answer.status_code == 400 and "数として読めない" in answer.content.decode()
    assert login(minister).get("/infrastructure/scope/?sector=nowhere").status_code == 400


# -- registers -------------------------------------------------------------------------------------------------------


def test_the_sectors_are_those_of_the_day(minister):
    client = login(minister)
    assert "2024年9月5日（木） に効力のある分野は14です。" in text(client.get("/infrastructure/sectors/"))
    assert "に効力のある分野は15です。" in text(client.get("/infrastructure/sectors/?on=20250401"))
    assert "まだ施行されていません" in text(client.get("/infrastructure/sectors/health_care/"))
    assert client.get("/infrastructure/sectors/nowhere/").status_code == 404


def test_a_sector_shows_criteria_facilities_components_and_what_is_not_secured(minister):
    said = text(login(minister).get("/infrastructure/sectors/electricity/"))
    assert "出力50万kW以上" in said and "中央給電" in said and "サーバー" in said and "条文等で確認済み" in said


def test_an_operator_in_grace_is_told_with_its_last_day(minister):
    """Designated on 2024-05-20, six months without the first day: to 2024-11-20."""
    designated()
    said = text(login(minister).get("/infrastructure/operators/"))
    assert "2024年11月20日（水）までの導入・委託には届出が要りません" in said and "経過措置の期間中" in said
    (_, row) = rows(login(minister).get("/infrastructure/operators/?csv"))
    assert row == [OPERATOR, "電気：一般送配電事業", "2024-05-20", "2024-11-20", "指定されている"]
    assert access.today() == TODAY


@pytest.mark.parametrize(("language", "told"), [("ja", "? 未確認 論点306"), ("en", "? unverified, question 306")])
def test_a_reason_that_rests_on_an_open_question_says_so(minister, language, told):
    case = plan(file("2024-07-01"), accept("2024-07-10"))
    tried = {"act": "introduction_plan.introduce", "act.on": "2024-07-20", "act.by": "operator", "go": "1"}
    assert told in text(login(minister, language).get(reverse("try", args=[case]), tried))
