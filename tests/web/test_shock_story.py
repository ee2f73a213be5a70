"""A story in the browser: an analyst loses a supplier, sees which way the loss goes, puts a plan in, carries it."""

from datetime import date
from urllib.parse import quote

from browser import assert_clean, shot
from supply_cases import told

from access.folk import key, recorded
from kaname.access import api as access
from kaname.demo import evidence
from kaname.desk import shock_runs, shocks
from kaname.procedure import Entry
from web.test_plan_worth import STATED


def test_an_analyst_builds_a_shock_and_sees_what_a_plan_is_worth(site, browse):
    page = browse(site.person("分析 桜", roles=("product_minister",)))
    page.goto("/supply/")
    page.get_by_role("link", name="供給網の途絶を試す").click()
    page.get_by_role("link", name="架空の供給網で試す").first.click()
    page.get_by_label("失われるもの").fill("夢見半導体")
    page.get_by_role("button", name="計算する").click()
    assert "夢見半導体が生産の100.0\u00a0%を失うと" in page.inner_text("main")
    page.get_by_text("対策と前提").click()
    page.get_by_label("対策（1行に1つ）").fill("stock 架空システム 60\nsource 架空工作機械部品 夢見半導体 0.5")
    page.get_by_role("button", name="計算する").click()
    assert page.get_by_role("heading", name="対策の価値").is_visible()
    shot(page, "shock_network")
    page.get_by_role("button", name="様式に入れる").click()
    page.wait_for_url("**/new/**")
    assert "systemic_risk" in page.content()


def test_the_pages_are_clean_and_work_without_script(site, browse):
    person = site.person("分析 桜", roles=("product_minister",))
    evidence.furnish(person)
    tables = {one.name: one.public_id for one in shocks.listed(person)}
    page = browse(person, script=False)
    page.goto("/supply/shocks/")
    page.get_by_role("link", name="架空の取引.csv").click()
    page.get_by_text("対策と前提").click()
    page.get_by_label("企業の表").select_option(tables["架空の企業.csv"])
    page.get_by_role("button", name="計算する").click()
    assert "この供給網の生産の" in page.inner_text("main")
    page = browse(person)
    lost = f"lost={quote('夢見半導体')}&measures={quote('stock 架空システム 60')}"
    drawn = f"{tables['架空の企業の規模.csv']}/?table={tables['架空の産業連関表.csv']}&draws=30&replaceable=03"
    for at in ("", f"example/?{lost}", f"{tables['架空の産業連関表.csv']}/?cuts=01=50%25,02=0.1", drawn):
        assert_clean(page, f"/supply/shocks/{at}", most=400_000)


def test_an_analyst_compares_with_a_certified_plan_and_carries_the_difference_into_a_product_case(site, browse):
    person = site.person("分析 桜", roles=("product_minister",))
    case = told("plan_s1_annual_report", 4)
    note = Entry("plan.note_numbers", date(2026, 3, 1), {"numbers": STATED}, by="product_minister")
    recorded(access.act(person, case, note, idempotency_key=key()))
    page = browse(person)
    page.goto("/supply/shocks/example/")
    page.get_by_role("link", name="夢見半導体", exact=True).click()
    assert "夢見半導体が生産の100.0\u00a0%を失うと" in page.inner_text("main")
    page.get_by_text("対策と前提").click()
    page.get_by_role("checkbox", name="蓄電池").check()
    page.get_by_role("button", name="計算する").click()
    page.get_by_role("button", name="計画と点検の頁に残す").click()
    page.get_by_text("計画の頁と、物資の点検の頁に残しました").wait_for()
    page.get_by_role("link", name="蓄電池：").first.click()
    page.wait_for_url("**/worth/")
    assert "へ減ります" in page.inner_text("main")
    assert_clean(page, f"/cases/{case}/worth/")
    assert_clean(page, "/supply/pdca/batteries/")
    page.goto(f"/supply/shocks/example/?lost={quote('夢見半導体')}&plans={case}")
    page.get_by_role("button", name="Put it into the form").click()  # the last look was at the English pages
    page.wait_for_url("**/new/**")
    assert "value_added_lost_with_measures" in page.content()


def test_a_chain_and_a_long_calculation_are_clean(site, browse, monkeypatch):
    monkeypatch.setattr(shock_runs, "start", lambda run: None)
    person = site.person("分析 桜", roles=("product_minister",))
    evidence.furnish(person)
    tables = {one.name: one for one in shocks.listed(person)}
    run = shock_runs.begin(person, tables["架空の取引.csv"], tables["架空の企業.csv"], [], [])
    page = browse(person)
    assert_clean(page, "/supply/shocks/chain/?at=N9", most=400_000)
    assert_clean(page, f"/supply/shocks/runs/{run.public_id}/")
    still = browse(person, script=False)
    still.goto(f"/supply/shocks/runs/{run.public_id}/")
    assert "終わった部分 0 / 1" in still.inner_text("main")
    shock_runs.work(run.pk)
    page.goto(f"/supply/shocks/runs/{run.public_id}/")
    page.get_by_role("heading", name="Firms ranked by their loss").wait_for()  # English since the last look
    assert_clean(page, f"/supply/shocks/runs/{run.public_id}/", most=400_000)


def test_an_analyst_cuts_imports_eases_a_chain_and_has_the_days_worked_out(site, browse, monkeypatch):
    monkeypatch.setattr(shock_runs, "start", lambda run: None)
    person = site.person("分析 桜", roles=("product_minister",))
    evidence.furnish(person)
    tables = {one.name: one.public_id for one in shocks.listed(person)}
    page = browse(person)
    page.goto("/supply/shocks/example/")
    page.get_by_label("種類").select_option("imports")
    page.get_by_label("失われるもの").fill("素材")
    page.get_by_label("失う割合").fill("50%")
    page.get_by_role("button", name="計算する").click()
    page.get_by_role("heading", name="輸入が減って最初に失うもの").wait_for()
    assert "素材の輸入が50.0\u00a0%減ると" in page.inner_text("main") and "輸入の素材が足りず" in page.inner_text(
        "main"
    )
    shot(page, "shock_imports")
    page.goto("/supply/shocks/chain/")
    page.get_by_text("対策", exact=True).click()
    page.get_by_label("対策（1行に1つ）").fill("source 架空の封止材 0.3")
    page.get_by_role("button", name="失ってみる").click()
    page.get_by_role("heading", name="対策の価値").wait_for()
    assert "止まるものは3から0になります" in page.inner_text("main")
    shot(page, "shock_chain_measures")
    links = f"{tables['架空の取引.csv']}/?firms={tables['架空の企業.csv']}&lost={quote('夢見半導体')}&days=40"
    page.goto(f"/supply/shocks/{links}")
    page.get_by_role("button", name="日ごとの計算を始める").click()
    page.get_by_role("heading", name="日ごとに計算しています").wait_for()
    shock_runs.run_free()
    page.reload()
    page.get_by_role("heading", name="付加価値を最も失う企業").wait_for()
    run = page.url.rstrip("/").rpartition("/")[2]
    asked = f"kind=imports&lost={quote('素材、部品')}&part=30%25"
    for at in (f"example/?{asked}", f"chain/?measures={quote('source 架空の封止材 0.3')}", f"runs/{run}/"):
        assert_clean(page, f"/supply/shocks/{at}", most=400_000)
