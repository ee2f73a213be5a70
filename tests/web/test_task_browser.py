"""The workload, the saved views and the list of cases with them, looked at in the browser."""

from datetime import timedelta

from browser import assert_clean, follow

from kaname.access import api as access
from kaname.task import marks, views
from web import world


def test_workload_and_views_are_clean(site, browse):
    jiro = site.person("審査 次郎", roles=("jpo",))
    attorney = site.person("架空 花子", roles=("applicant",))
    cases = [world.filed(attorney, access.today() - timedelta(n)) for n in (88, 80, 60)]
    marks.assign(jiro, cases[:2], jiro.public_id)
    made = views.save(jiro, "cases", "出願済みのもの", "state=filed", shared=True, pinned=True)
    page = browse(jiro)
    assert_clean(page, site.url + "/task/load/")
    assert_clean(page, site.url + "/task/views/")
    page.goto(site.url + "/cases/?sort=number")
    page.locator("summary", has_text="Save this view").click()
    page.fill("#v-name", "By number")
    follow(page, ".saved form button")
    assert "sort=number" in page.url and {s.view.name for s in views.of(jiro)} == {made.name, "By number"}
    assert_clean(page, site.url + "/cases/?state=filed", languages=("ja",))
