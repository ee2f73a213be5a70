"""The pages of trade evidence in Chromium: clean everywhere, by keys alone, without script."""

from datetime import date
from importlib.resources import files
from io import BytesIO
from urllib.parse import quote

import pytest
from browser import assert_clean, shot

from kaname.desk import trade
from kaname.ledger import clock

EXAMPLE = files("kaname.assess.trade").joinpath("example.csv").read_bytes()
ASK = f"product={quote('架空鉱')}&importer=JPN&years=2020..2023"


@pytest.fixture
def clerk(site, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 1))
    return site.person("架空 花子")


@pytest.fixture
def table(clerk):
    return trade.keep(clerk, "trade.csv", BytesIO(EXAMPLE))


def test_the_pages_are_clean(browse, clerk, table):
    tab = browse(clerk)
    here = f"/supply/evidence/{table.public_id}/"
    for path in ("/supply/evidence/", here, f"{here}?importer=FRA", f"{here}product/?{ASK}&t_hhi=0.4&t_top_1=0.5",
                 f"{here}why/0/?{ASK}", f"{here}why/5/?{ASK}", f"{here}sheet/?{ASK}&t_hhi=0.4"):  # fmt: skip
        assert_clean(tab, path)
    assert_clean(tab, f"{here}product/?product=", status=400)


def test_from_an_empty_desk_to_a_chart_in_few_keys(browse, clerk):
    tab = browse(clerk)
    tab.goto("/supply/evidence/")
    tab.locator("#f-table").focus()
    tab.keyboard.insert_text(EXAMPLE.decode())
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**/supply/evidence/*/")
    for key in ("j", "Enter"):
        tab.keyboard.press(key)
    tab.wait_for_selector("svg.chart.lines")
    assert "オーストラリアに頼っています" in tab.inner_text(".answer p:first-child")
    assert tab.locator("svg.chart.lines circle").count() == 12
    shot(tab, "trade-product-1280")


def test_without_script_the_whole_way_is_open(browse, clerk):
    tab = browse(clerk, script=False)
    tab.goto("/supply/evidence/?example=1")
    tab.click("main form button.button")
    tab.click("table.dots a >> nth=0")
    tab.fill("#f-t_top_1", "0.5")
    tab.click("button[form=ask]")
    assert "上回る" in tab.inner_text("table.thresholds")
    tab.click("table.shares td a >> nth=0")
    assert "なぜこの数値か" in tab.inner_text("h1")
    assert tab.locator("table.rows tbody tr").count() > 0


def test_narrow_screens_show_the_charts_in_their_width(browse, clerk, table):
    tab = browse(clerk, width=390)
    tab.goto(f"/supply/evidence/{table.public_id}/product/?{ASK}")
    for name in ("lines", "dumbbell"):
        box = tab.locator(f"svg.chart.{name}").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    shot(tab, "trade-product-390")


def test_evidence_goes_into_the_form_of_a_case_once(site, browse, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 1))
    officer = site.person("架空 大臣", roles=("product_minister",), sealed=True)
    table = trade.keep(officer, "trade.csv", BytesIO(EXAMPLE))
    tab = browse(officer)
    path = f"/supply/evidence/{table.public_id}/sheet/?{ASK}&t_hhi=0.4"
    assert_clean(tab, path)
    tab.goto(path)
    tab.select_option("#f-to", value="+designation.risk_review")
    tab.click(".carry button")
    tab.wait_for_url("**/supply.product/**")
    rows = tab.locator(f"input[value='{table.digest}']")
    first = rows.count()
    assert first > 5
    assert tab.locator("input[name='evidence.0.requirement']:checked").get_attribute("value") == "r2"
    shot(tab, "trade-carried-1280")
    tab.goto(path)
    tab.select_option("#f-to", value="+designation.risk_review")
    tab.click(".carry button")
    tab.wait_for_url("**/supply.product/**")
    assert rows.count() == first, "the same evidence is not put twice"
