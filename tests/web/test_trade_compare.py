"""Candidates side by side on a page: answers in both languages, lines, faults, CSV; clean in Chromium."""

import csv
import io
import re
from datetime import date

import pytest
from browser import assert_clean, shot
from django.test import Client
from supply_cases import told
from told import pasted, said

from kaname.desk import trade
from kaname.ledger import clock

HEAD = "year,product,exporter,importer,value,reported\n"
ROWS = {  # by year and exporter, in millions: 850511 falls below the line, 850760 rises over it
    "850511": {2020: (60, 40), 2021: (50, 50)},
    "850760": {2020: (60, 40), 2021: (90, 10)},
    "2504": {2020: (50, 50)},
}
TABLE = HEAD + "".join(
    f"{year},{code},{country},JPN,{value}000000,importer\n"
    for code, years in ROWS.items() for year, parts in years.items()
    for country, value in zip(("AUS", "BRA"), parts, strict=True)
)  # fmt: skip
ASK = "product=850511&product=850760&product=2504&importer=JPN&years=2020..2021"


@pytest.fixture
def here(office: Client) -> str:
    pasted(office, "/supply/evidence/", table=TABLE)
    one = trade.TradeTable.objects.get()
    return f"/supply/evidence/{one.public_id}/compare/"


@pytest.mark.django_db
def test_the_answer_names_who_is_over_the_most_lines(office, here):
    page = office.get(f"{here}?{ASK}&t_top_1=0.6&t_hhi=0.6")
    assert "あなたの線を最も多く上回るのは 850760 です（2本のうち2本）。" in said(page)
    assert "順位ではなく、要件を満たすかどうかも書いていません" in said(page)
    office.cookies["kaname_language"] = "en"
    text = said(office.get(f"{here}?{ASK}&t_top_1=0.6&t_hhi=0.6"))
    assert "Over the most of your lines: 850760 (2 of 2)." in text
    assert not re.search(r"[ぁ-ん]", text.partition("Candidates side by side")[2].partition("Sources and rules")[0])


@pytest.mark.django_db
def test_the_matrix_holds_the_latest_figure_of_each_and_says_of_which_year(office, here):
    page = office.get(f"{here}?{ASK}&t_hhi=0.6").content.decode()
    matrix = page.partition('table class="dots compared"')[2].partition("</table>")[0]
    rows = [re.findall(r'class="num">([^<]*)<', row) for row in matrix.split("<tr data-row>")[1:]]
    assert rows == [["50.0 %", "100.0 %", "0.500", "0"], ["90.0 %", "100.0 %", "0.820", "1"],
                    ["50.0 %", "100.0 %", "0.500", "0"]]  # fmt: skip
    assert matrix.count("<small>2020</small>") == 3, "graphite has no row of 2021"
    assert "重要性" in said(office.get(f"{here}?{ASK}")), "requirements without a figure are told"


@pytest.mark.django_db
def test_chosen_indicators_and_the_years_stand_in_the_csv(office, here):
    sheet = b"".join(office.get(f"{here}?{ASK}&m=hhi&t_hhi=0.6&csv=1").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert [(r["candidate"], r["year"], r["value"], r["side"]) for r in rows] == [
        ("850511", "2020", "0.52", ""), ("850511", "2021", "0.5", "under"),
        ("850760", "2020", "0.52", ""), ("850760", "2021", "0.8200000000000001", "over"),
        ("2504", "2020", "0.5", "under"), ("2504", "2021", "", ""),
    ]  # fmt: skip
    assert {r["requirement"] for r in rows} == {"r2"} and {r["measure"] for r in rows} == {"hhi"}


@pytest.mark.django_db
def test_one_that_is_not_in_the_table_keeps_its_place_and_says_why(office, here):
    text = said(office.get(f"{here}?{ASK}&product=7777"))
    assert "7777：7777 の行がない" in text and "850760" in text


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "wrong"), [
    ("product=2504&importer=JPN&years=2020", "2から30の品目"),
    ("product=1&product=7&importer=JPN&years=2020", "候補"),
    (f"{ASK}&t_hhi=much", "0以上の数"), (ASK.replace("2020..2021", "soon"), "年"),
    (ASK.replace("JPN", "??"), "国コード"),
    (f"{ASK}&production=nothing", "この事務所の表でない"),
])  # fmt: skip
def test_what_cannot_be_answered_is_told_at_its_field(office, here, query, wrong):
    page = office.get(f"{here}?{query}")
    assert wrong in said(page, 400) and 'aria-invalid="true"' in page.content.decode()


@pytest.mark.django_db
def test_before_anything_is_asked_there_is_only_the_form(office, here):
    assert "候補を並べて比べる" in said(office.get(here))


@pytest.mark.django_db
def test_another_office_does_not_compare_it(stranger, here):
    assert stranger.get(f"{here}?{ASK}").status_code == 404


@pytest.mark.django_db
def test_the_explorer_and_the_register_lead_here(office, here):
    explorer = office.get(here.replace("compare/", "")).content.decode()
    assert f'action="{here}"' in explorer and 'name="product" value="850760"' in explorer
    assert f"{here}?product=%40antimicrobials" in office.get("/supply/products/").content.decode().replace("&amp;", "&")


def test_it_holds_what_every_page_holds_and_shows_what_people_found(site, browse, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 2))
    clerk = site.person("架空 花子", roles=("product_minister",))
    one = trade.keep(clerk, "trade.csv", io.BytesIO(TABLE.encode()))
    case = told("product_minerals", kind="supply.product")
    here = f"/supply/evidence/{one.public_id}/compare/"
    tab = browse(clerk)
    assert_clean(tab, here)
    assert_clean(tab, f"{here}?{ASK}&t_hhi=0.6&product=%40minerals")
    assert tab.locator(f'a[href="/cases/{case}/requirements/"]').count() == 1
    assert tab.locator("svg.dumbbell circle.before").count() == 6, "two of the three have both years, three indicators"
    shot(tab, "trade-compare-1280")
    assert_clean(tab, f"{here}?product=2504", status=400)
