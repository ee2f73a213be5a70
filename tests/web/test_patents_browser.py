"""The patent pages in Chromium: clean everywhere, usable by keys alone and without script."""

from datetime import date
from pathlib import Path

import pytest
from browser import assert_clean, expect, follow, shot

from kaname.ledger import clock
from web.world import ROLES, case

SCRAMJET = "F02K 7/14"
DOCKET = Path(__file__).parents[2] / "src/kaname/demo/docket.csv"


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 12, 1))


@pytest.fixture
def clerk(site, today):
    return site.person("架空 花子", roles=ROLES)


@pytest.fixture
def designated(clerk):
    case("c5_02_end_of_february")
    return case("c5_05_full_life", 9)


PAGES = ("designations/", "renewals/", "sharing/", "statistics/?year=2024", "docket/?to=20271231")


@pytest.mark.parametrize("page", PAGES)
def test_registers_are_clean(page, browse, clerk, designated):
    tab = browse(clerk)
    assert_clean(tab, f"/patents/{page}")
    shot(tab, f"patents-{page.partition('/')[0]}")


def test_the_checklist_is_clean(browse, clerk, designated):
    tab = browse(clerk)
    assert_clean(tab, f"/cases/{designated}/measures/")
    shot(tab, "patents-measures")


# -- planner ---------------------------------------------------------------------------------------------------------


def test_the_planner_is_clean(browse, clerk):
    tab = browse(clerk)
    for path in (
        "",
        "?on=20260915",
        "?filed=no",
        "?on=20260915&asked=20261001&if_nonsend=20261110",
        "file_in_japan/?filed=no",
    ):
        assert_clean(tab, f"/patents/planner/{path}")
        shot(tab, f"patents-planner-{len(path)}")


def test_the_first_free_day_takes_twelve_keys(browse, clerk):
    """From the open page: eight figures and Enter."""
    tab = browse(clerk)
    tab.goto("/patents/planner/")
    expect(tab.locator("#f-on")).to_be_focused()
    keys = [*"20260915", "Enter"]
    for key in keys:
        tab.keyboard.press(key)
    expect(tab.locator(".answer")).to_contain_text("2026年12月16日")
    assert len(keys) <= 12


def test_a_step_that_closes_a_way_stops_the_reader(browse, clerk):
    tab = browse(clerk)
    tab.goto("/patents/planner/?filed=no")
    follow(tab, "text=日本に特許出願する")
    assert "事前確認で支障なしとの回答を受ける" in tab.inner_text(".fork")
    follow(tab, "text=予定に戻る")
    assert "/patents/planner/?filed=no" in tab.url


# -- screening -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", [True, False])
def test_one_step_from_symbols_to_the_answer_and_one_more_to_settle_it(script, browse, clerk):
    tab = browse(clerk, script=script)
    tab.goto("/patents/screening/")
    tab.fill("#f-ipc", SCRAMJET)
    tab.fill("#f-filing_date", "R7.2.28")
    follow(tab, "text=該当するか確かめる")
    assert "付加要件しだい" in tab.inner_text(".screened")
    assert "2025年6月1日" in tab.inner_text(".screened")
    follow(tab, "text=四つのどれも満たさない")
    assert "非該当" in tab.inner_text(".screened .tag")
    assert "#row-0" in tab.url
    follow(tab, "button:has-text('はい') >> nth=0")
    assert tab.inner_text(".screened .tag").split() == ["禁", "該当"]


def test_the_screening_pages_are_clean(browse, clerk):
    tab = browse(clerk)
    assert_clean(tab, "/patents/screening/")
    shot(tab, "patents-screening")
    tab.set_input_files("#f-file", str(DOCKET))
    follow(tab, "button.button:has-text('Screen')")
    tab.wait_for_selector(".screened")
    assert_clean(tab, tab.url.removeprefix(tab.site))
    shot(tab, "patents-result")
    tab.set_viewport_size({"width": 390, "height": 900})
    shot(tab, "patents-result-390")


def test_columns_are_offered_where_names_differ(browse, clerk, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("番号,出願日,IPC\nX-1,2025-02-28,B64C 39/02;F41H 11/00\n", encoding="cp932")
    tab = browse(clerk)
    tab.goto("/patents/screening/")
    tab.set_input_files("#f-file", str(other))
    follow(tab, "text=該当するか確かめる")
    path = tab.url.removeprefix(tab.site)
    assert path.endswith("/columns/")
    follow(tab, "text=この対応で確かめる")
    assert "列を選んでください" in tab.inner_text("#errors")
    assert_clean(tab, path, languages=("ja",))
    tab.select_option("#f-application_id", "番号")
    follow(tab, "text=この対応で確かめる")
    assert "X-1" in tab.inner_text(".screened") and "cp932" in tab.inner_text("main")


HOSTILE = {
    "nothing.csv": (b"", "空"), "book.xlsx": (b"PK\x03\x04" + bytes(200), "Excel"),
    "bytes.csv": (bytes(range(256)) * 64, "文字コード"), "wide.csv": (b"c," * 1_000_000 + b"c\n1\n", "表に見えない"),
    "head.csv": (b"application_id,filing_date,ipc\n", "見出し行だけ"), "cut.gz": (b"\x1f\x8b\x08\x00abc", "読めない"),
}  # fmt: skip


def test_what_is_no_table_is_told_beside_the_field(browse, clerk, tmp_path):
    tab = browse(clerk)
    for name, (content, said) in HOSTILE.items():
        tab.goto("/patents/screening/")
        tab.set_input_files("#f-file", {"name": name, "mimeType": "text/csv", "buffer": content})
        follow(tab, "text=該当するか確かめる")
        assert tab.locator("#errors").count()
        assert said in tab.inner_text("#f-file-error"), name
        assert tab.title().startswith("エラー：")


def test_cells_like_formulas_stay_cells(browse, clerk, tmp_path):
    tab = browse(clerk)
    tab.goto("/patents/screening/")
    rows = b"application_id,filing_date,ipc,title\n=cmd|'/c calc'!A1,2025-02-28,B64C 39/02,<script>alert(1)</script>\n"
    tab.set_input_files("#f-file", {"name": "f.csv", "mimeType": "text/csv", "buffer": rows})
    follow(tab, "text=該当するか確かめる")
    assert "<script>alert(1)</script>" in tab.inner_text(".screened")
    with tab.expect_download() as found:
        tab.click("text=CSV")
    assert "\n'=cmd" in Path(found.value.path()).read_text("utf-8-sig")
    assert not [c for c in tab.complaints if "alert" in c]
