"""A story in the browser: an analyst loses a supplier, sees which way the loss goes, puts a plan in, carries it."""

from urllib.parse import quote

from browser import assert_clean, shot

from kaname.demo import evidence
from kaname.desk import shocks


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
