"""An application prepared part by part: kept as typed, checked as it grows, handed to the act, one person's own."""

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from browser import assert_clean
from django.conf import settings
from django.test import Client

from access.folk import person
from kaname.ledger import clock, reading
from kaname.papers.packages.typed import as_typed
from kaname.regimes.supply.filing.parts import PARTS
from kaname.regimes.supply.plan import FILING

JOINT = Path(__file__).parents[1] / "supply" / "cases" / "plan_s5_joint.jsonl"
WHOLE = json.loads(JOINT.read_text(encoding="utf-8").splitlines()[1])["data"]
NEW = "/supply/applications/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2023, 3, 10))


@pytest.fixture
def applicant(db):
    return person("Hana", "applicant", kind="supply.plan", party="見本内燃機株式会社")


def login(who, language="ja") -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def text(answer, status=200) -> str:
    assert answer.status_code == status, answer
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())))


def begun(client) -> str:
    return client.post(NEW)["Location"]


def filled(client, data=WHOLE, leave=()) -> str:
    """A preparation with every part posted, its fields as a person would type them."""
    here, fields = begun(client), {f.id: f for f in FILING}
    for id, part in PARTS.items():
        own = {f.id for f in part.fields} - set(leave)
        typed = as_typed(fields, {k: v for k, v in data.items() if k in own})
        client.post(f"{here}{id}/", {**typed, "step": "save"})
    return here


def test_each_part_is_kept_beside_the_others_and_the_missing_are_counted(applicant):
    client = login(applicant)
    here = begun(client)
    assert "あと 18 か所" in text(client.get(here))
    going = client.post(f"{here}product/", {"product": "ship_parts", "item": "2ストローク機関", "step": "on"})
    assert going["Location"] == f"{here}applicants/"
    client.post(f"{here}money/", {"funds": "６０億", "funding": "借入金", "step": "save"})
    page = client.post(f"{here}money/", {"funds": "6,000,000,000", "funding": "借入金", "step": "save"})
    assert "保存しました" in text(page)
    said = text(client.get(here))
    assert (
        "あと 14 か所" in said and "2ストローク機関" in said and "国土交通省" in said and "増産、代替品、その他" in said
    )
    assert "あと 14 か所" in text(client.get(NEW))


def test_what_cannot_be_read_stays_as_it_was_typed(applicant):
    client = login(applicant)
    here = begun(client)
    page = client.post(f"{here}measures/", {"period_start": "2023-02-31", "step": "on"})
    assert page.status_code == 422 and 'value="2023-02-31"' in page.content.decode()
    assert "読めない欄があります" in text(client.get(here))
    assert client.post(f"{here}file/").headers["Location"] == f"{here}check/", "it is not handed over so"


def test_the_check_of_a_part_is_drawn_alone_while_one_types(applicant):
    client = login(applicant)
    here = begun(client)
    answer = client.post(f"{here}money/", {"funds": "100", "grant": "101", "funding": "x", "step": "effect"})
    said = text(answer)
    assert "<html" not in answer.content.decode() and "助成金の額 101円が資金の額 100円を超える" in said


def test_whole_it_is_handed_to_the_joint_application_and_filed_under_its_key(applicant):
    client = login(applicant)
    here = filled(client)
    check = text(client.get(f"{here}check/"))
    assert "2023年3月10日（金）に申請できます" in check and "2023年4月10日（月）まで" in check
    assert "2024-04-01" in check and "2024-07-01" in check and "共同で認定を申請する：確認へ" in check
    to = client.post(f"{here}file/")["Location"]
    assert to == "/new/supply.plan/check/?act=plan.joint"
    last = client.get(to)
    values = dict(re.findall(r'name="(key|seq|whose)" value="([^"]*)"', last.content.decode()))
    receipt = client.post(to, values)["Location"]
    case = receipt.split("/")[2]
    standing = reading.standing(case)
    assert standing.state("plan") == "submitted" and standing.parties["applicant"] == "見本内燃機株式会社"
    assert standing.fact("plan.funds") == WHOLE["funds"] and len(standing.fact("plan.applicants")) == 2
    assert "この申請は出しました" in text(client.get(here)) and f"/cases/{case}/" in client.get(here).content.decode()
    assert client.post(f"{here}file/")["Location"] == f"{here}check/", "it is not filed twice"


def test_alone_it_becomes_the_other_act_and_a_gap_is_a_warning_not_a_wall(applicant):
    client = login(applicant)
    one = WHOLE | {"applicants": WHOLE["applicants"][:1], "same_industry": None}
    here = filled(client, one, leave=("goals",))
    check = text(client.get(f"{here}check/"))
    assert "取組の目標がない" in check and "認定を申請する：確認へ" in check and "追加の書類を求められる" in check
    assert client.post(f"{here}file/")["Location"] == "/new/supply.plan/check/?act=plan.submit"


def test_the_day_of_filing_decides_which_orders_are_in_force(applicant):
    client = login(applicant)
    here = filled(client, WHOLE | {"product": "ventilators"})
    assert "2025-12-26 から施行" in text(client.get(f"{here}check/?filing=2025-12-25"))
    assert "2025年12月26日（金）に申請できます" in text(client.get(f"{here}check/?filing=R7.12.26"))
    assert client.get(f"{here}check/?filing=R7.13.26").status_code == 400


def test_a_preparation_is_its_makers_alone(applicant):
    client, other = login(applicant), login(person("Jiro", "applicant", kind="supply.plan"))
    here = filled(client)
    for path in (here, f"{here}product/", f"{here}check/"):
        assert other.get(path).status_code == 404
    assert other.post(f"{here}file/").status_code == 404
    assert "2ストローク機関" not in text(other.get(NEW))
    client.post(f"{here}file/", {"step": "drop"})
    assert client.get(here).status_code == 404


def test_who_may_not_file_is_told_so_and_can_still_check(db):
    client = login(person("Meti", "product_minister", kind="supply.plan"))
    here = filled(client)
    assert "申請する権限がありません" in text(client.get(f"{here}check/"))
    assert client.post(f"{here}file/")["Location"] == f"{here}check/"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_both_languages(applicant, language):
    client = login(applicant, language)
    data = WHOLE | {
        k: "x" for k, v in WHOLE.items() if isinstance(v, str) and k not in ("product", "period_start", "period_end")
    }
    here = filled(
        client,
        data
        | {
            "applicants": [{"party": "X", "key": "A", "year_end": "2023-03-31"}],
            "same_industry": None,
            "articles": ["x"],
            "accounts": ["x"],
            "proof": ["x"],
            "no_organised_crime": [],
        },
    )
    for path in (NEW, here, f"{here}check/", *(f"{here}{id}/" for id in PARTS)):
        found = re.findall(r"[ぁ-ん]{3,}", text(client.get(path)).replace("日本語", ""))
        assert bool(found) is (language == "ja"), (path, found)


def test_the_pages_hold_what_every_page_holds(site, browse):
    who = site.person("電池 光", roles=("applicant",), sealed=True)
    client = site.client(who)
    here = filled(client, WHOLE, leave=("goals", "proof"))
    page = browse(who)
    for path in (NEW, here, f"{here}applicants/", f"{here}papers/", f"{here}check/"):
        assert_clean(page, path)
