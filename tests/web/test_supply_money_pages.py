"""Money, register, data and effect of stable supply: in a browser clean everywhere; loaded, told by line, removed."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from browser import assert_clean, shot
from django.conf import settings
from django.test import Client

from access.folk import person
from kaname.access.models import Office
from kaname.desk import supply
from kaname.desk.models import SupplyTable
from kaname.ledger import clock

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
BAD = "product,applicants,certified_on\nbatteries,甲,2024-09-06\ntanks,乙,2024-09-06\n"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 1))


def loaded(who, kind: str, name: str = "", text: str = "") -> SupplyTable:
    content = text.encode() if text else (EXAMPLES / f"supply_{name}.csv").read_bytes()
    return supply.keep(who, kind, f"{name or 'table'}.csv", io.BytesIO(content))


def login(who, language: str = "ja") -> Client:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def said(page) -> str:
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def meti(db):
    return person("Meti", "product_minister", kind="supply.plan")


# -- what the pages say ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_dashboard_says_the_deck_and_both_of_its_totals(meti, language):
    text = said(login(meti, language).get("/supply/funds/?as_of=20240604"))
    for figure in ("19,443", "7,811", "689.5", "691", "9,172", "9,173"):
        assert figure in text
    assert bool(re.findall(r"[ぁ-ん]{3,}", text)) is (language == "ja")


def test_later_money_is_seen_from_its_day_on(meti):
    loaded(meti, "funds", "money")
    at = login(meti)
    assert "1,330" in said(at.get("/supply/funds/")) and "1,330" not in said(at.get("/supply/funds/?as_of=20250330"))
    wrong = at.get("/supply/funds/?as_of=soon")
    assert wrong.status_code == 400 and "soon" in said(wrong)


def test_the_dashboard_as_csv_is_whole_yen(meti):
    text = b"".join(login(meti, "en").get("/supply/funds/?csv=1").streaming_content).decode("utf-8-sig")
    assert "storage batteries,2022,contributed to the fund,year,331600000000,2024-06-04" in text


def test_the_register_filters_and_tells_imports_apart(meti):
    loaded(meti, "plans", "plans")
    at = login(meti)
    every = said(at.get("/supply/register/"))
    assert "見本電池株式会社" in every and "取込み：fictional" in every and "85" in every
    few = said(at.get("/supply/register/?product=batteries&most=20"))
    assert "空想材料株式会社" in few and "見本電池株式会社" not in few
    for query in ("least=much", "since=soon", "most=1+USD"):
        assert at.get(f"/supply/register/?{query}").status_code == 400
    csv = b"".join(at.get("/supply/register/?csv=1&applicant=肥料").streaming_content).decode("utf-8-sig")
    assert csv.count("\n") == 2 and "800000000" in csv


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_missing_is_a_question_and_never_a_number(meti, language):
    at = login(meti, language)
    text = said(at.get("/supply/pdca/batteries/"))
    assert ("依存度の数がない" in text) is (language == "ja")
    assert ("no figure of dependence is known" in text) is (language == "en")
    loaded(meti, "figures", "figures")
    known = said(at.get("/supply/pdca/batteries/?as_of=20250331"))
    assert "56.7%" in known and "1,246" in known
    assert said(at.get("/supply/pdca/batteries/?since=20200101")) != known
    assert at.get("/supply/pdca/tanks/").status_code == 404


def test_a_table_is_loaded_told_by_line_and_removed(meti):
    at = login(meti)
    assert at.post("/supply/data/", {"kind": "plans"}).status_code == 400
    assert at.post("/supply/data/", {"kind": "wishes", "table": BAD}).status_code == 400
    refused = at.post("/supply/data/", {"kind": "plans", "table": BAD.replace("batteries", "boats")})
    assert refused.status_code == 400 and "2行目" in said(refused) and "boats" in refused.content.decode()
    assert at.post("/supply/data/", {"kind": "plans", "table": BAD}).status_code == 302
    one = SupplyTable.objects.get()
    text = said(at.get(f"/supply/data/{one.public_id}/"))
    assert "1行を使い、1箇所を使えませんでした" in text and "tanks" in text
    other = person("Maff", "product_minister", kind="supply.plan")
    other.office = Office.objects.create(sort="authority", name_ja="他省", name_en="Other")
    other.save()
    assert login(other).get(f"/supply/data/{one.public_id}/").status_code == 404
    login(other).post(f"/supply/data/{one.public_id}/discard/")
    assert SupplyTable.objects.exists(), "nobody else removes it"
    assert at.get(f"/supply/data/{one.public_id}/discard/").status_code == 405
    at.post(f"/supply/data/{one.public_id}/discard/")
    assert not SupplyTable.objects.exists()


# -- in a browser ----------------------------------------------------------------------------------------------------


def test_the_pages_of_money_and_effect_are_clean(site, browse):
    clerk = site.person("経産 桜", roles=("product_minister",))
    for kind, name in (("funds", "money"), ("plans", "plans"), ("figures", "figures")):
        loaded(clerk, kind, name)
    bad = loaded(clerk, "plans", text=BAD)
    tab = browse(clerk)
    for path in ("/supply/funds/", "/supply/register/", "/supply/register/?product=drones", "/supply/pdca/",
                 "/supply/pdca/batteries/", "/supply/pdca/fertilizer/", "/supply/data/?kind=funds",
                 f"/supply/data/{bad.public_id}/"):  # fmt: skip
        assert_clean(tab, path)
        shot(tab, path.strip("/").replace("/", "_").partition("?")[0])


def test_from_a_pasted_table_to_the_price_of_a_point_by_keys(site, browse):
    clerk = site.person("経産 桜", roles=("product_minister",))
    tab = browse(clerk)
    tab.goto("/supply/data/?kind=figures")
    tab.locator("#f-table").focus()
    tab.keyboard.insert_text((EXAMPLES / "supply_figures.csv").read_text(encoding="utf-8"))
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**/supply/data/*/")
    assert "4行のすべてを使います" in tab.inner_text(".answer")
    tab.goto("/supply/pdca/batteries/")
    assert "2.5ポイント下がりました" in tab.inner_text(".answer p:first-child")
    assert "1,246" in tab.inner_text("main")
