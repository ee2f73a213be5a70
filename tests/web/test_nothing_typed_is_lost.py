"""In the browser: what was typed comes back after a lost login, and one act stays one, however it is clicked."""

from datetime import timedelta

import pytest
from browser import follow

from desk import Desk
from kaname.access import api as access
from kaname.ledger import reading
from kaname.ledger.models import Case, Entry
from kaname.web.models import Draft
from web import world

REVIEW, HEAR = "first_review.request_review", "security_review.hear_applicant"
LONG = "一時間かけた理由\n二行目 <&> も"


@pytest.fixture
def hana(site, browse):
    person = site.person("要 花子", roles=("applicant", "jpo"), sealed=True)
    return Desk(site, browse(None), person).comes()


@pytest.fixture
def case(hana):
    return world.filed(hana.person, access.today() - timedelta(20))


def loses_its_session(hana: Desk) -> None:
    hana.tab.context.clear_cookies(name="sessionid")


def loses_every_cookie(hana: Desk) -> None:
    hana.tab.context.clear_cookies()


def without_live_effect(tab) -> None:
    """The worst case: not one of the form's live requests has come through, so that no draft was saved."""
    tab.route("**/act/**", lambda r: r.abort() if "hx-request" in r.request.headers else r.continue_())


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("loses", [loses_its_session, loses_every_cookie])
def test_a_lost_login_gives_the_text_back(site, browse, hana, case, loses, script):
    hana.tab = browse(None, script=script)
    hana.comes()
    without_live_effect(hana.tab)
    hana.opens(f"/cases/{case}/act/{REVIEW}/")
    hana.fills(reasons=LONG, with_filing="yes", act__party=world.PARTY)
    loses(hana)
    hana.tab.click('button[value="check"]')
    hana.tab.wait_for_url("**/accounts/login/**")
    hana.logs_in()
    said = hana.said()
    assert "一時間かけた理由" in said and "二行目 <&> も" in said
    assert "理由" in said and "with_filing" not in said and "csrf" not in said, "under the words of the form"
    follow(hana.tab, "main form button.button")
    hana.opens(f"/cases/{case}/act/{REVIEW}/")
    assert hana.tab.input_value('[name="reasons"]').replace("\r\n", "\n") == LONG
    assert hana.tab.is_checked('[name="with_filing"][value="yes"]')
    assert hana.tab.input_value('[name="act.party"]') == world.PARTY
    assert Entry.objects.count() == 1, "nothing was recorded by the way"


@pytest.mark.parametrize("loses", [loses_its_session, loses_every_cookie])
def test_the_live_effect_leads_to_the_login_and_keeps_the_text(hana, case, loses):
    """Nobody has pressed a button: the part beside the form asks, and the session is gone."""
    hana.opens(f"/cases/{case}/act/{REVIEW}/")
    loses(hana)
    hana.fills(reasons=LONG)
    hana.tab.press('[name="reasons"]', "Tab")
    hana.tab.wait_for_url("**/accounts/login/**")
    hana.logs_in()
    assert "一時間かけた理由" in hana.said()


def test_it_comes_back_to_nobody_else(site, browse, hana, case):
    other = site.person("別人 太郎", roles=("applicant",), sealed=True)
    hana.opens(f"/cases/{case}/act/{REVIEW}/")
    hana.fills(reasons=LONG)
    loses_every_cookie(hana)
    hana.tab.click('button[value="check"]')
    hana.tab.wait_for_url("**/accounts/login/**")
    taro = Desk(site, hana.tab, other)
    taro.logs_in()
    assert "一時間かけた理由" not in taro.opens("/accounts/kept/")


def test_a_double_click_on_the_last_button_opens_one_case(hana):
    hana.opens(f"/new/{world.KIND}/")
    hana.fills(act__party=world.PARTY, title="二度押された発明")
    hana.checks()
    hana.tab.dblclick("main form[action*='check'] button.button")
    hana.tab.wait_for_url("**/receipt/1/")
    assert Case.objects.count() == Entry.objects.count() == 1
    assert not Draft.objects.exists()


def test_back_after_the_receipt_records_nothing_again(hana, case):
    """Back to the check page and the form: either leads on to the receipt, and a new act needs a new form."""
    hana.does(case, "first_review.ask_materials")
    receipt = hana.tab.url
    hana.tab.go_back()
    if hana.tab.locator("main form[action*='check']").count():  # from the browser's own memory
        hana.tab.click("main form[action*='check'] button.button")
        hana.tab.wait_for_url("**/receipt/*/")
        assert hana.tab.url == receipt
    hana.tab.go_back()
    hana.tab.wait_for_load_state()
    assert Entry.objects.count() == 2
    assert not Draft.objects.exists()
    assert hana.does(case, "first_review.supply_materials", act__party=world.PARTY) == 3
    assert hana.does(case, "first_review.ask_materials") == 4, "the same act again, by a form of its own"


def test_a_late_part_of_the_form_does_not_bring_the_draft_to_life(hana, case):
    """htmx asks for the effect while the act is recorded: the key of the form is spent."""
    hana.opens(f"/cases/{case}/act/first_review.ask_materials/")
    key = hana.tab.input_value('main form [name="key"]')
    hana.checks()
    hana.records()
    late = hana.site.client(hana.person).post(
        f"/cases/{case}/act/first_review.ask_materials/",
        {"key": key, "seq": "1", "act.on": "2026/12/01", "step": "effect"},
        headers={"HX-Request": "true", "Sec-Fetch-Site": "same-origin"},
    )
    assert late["HX-Redirect"].endswith("/receipt/2/")
    assert not Draft.objects.exists()


def test_a_refused_act_keeps_every_field(hana, case):
    hana.opens(f"/cases/{case}/act/{REVIEW}/")
    typed = {
        "invention": "発明の説明",
        "places": "請求項一",
        "reasons": LONG,
        "act__party": world.PARTY,
        "act__on": "R8.2.30",
    }
    hana.fills(**typed, with_filing="no")
    hana.checks()
    assert "エラー" in hana.tab.title()
    for name, value in typed.items():
        assert hana.tab.input_value(f'[name="{name.replace("__", ".")}"]').replace("\r\n", "\n") == value, name
    hana.fills(act__on=f"{access.today():%Y/%m/%d}")
    hana.checks()
    assert "出願とともにされていない" in hana.said("#effect"), "refused by the law this time"
    for name in ("invention", "places", "reasons"):
        assert hana.tab.input_value(f'[name="{name}"]').replace("\r\n", "\n") == typed[name], name


def test_back_and_reload_ask_for_the_form_and_not_for_sending_it_again(hana, case):
    """Chromium answers to a page that was sent with its own "confirm form resubmission", without the form."""
    hana.opens(f"/cases/{case}/act/{REVIEW}/")
    hana.fills(reasons=LONG, with_filing="yes", act__party=world.PARTY, act__on="R8.2.30")
    hana.checks()
    assert "エラー" in hana.tab.title()
    hana.fills(act__on=f"{access.today():%Y/%m/%d}")
    hana.checks()
    for go in (hana.tab.go_back, hana.tab.reload):
        assert go().request.method == "GET"
        assert hana.tab.input_value('[name="reasons"]').replace("\r\n", "\n") == LONG


def test_the_main_path_works_without_script(site, browse, hana):
    hana.tab = browse(None, script=False)
    hana.comes()
    hana.opens(f"/new/{world.KIND}/")
    hana.fills(act__party=world.PARTY, listed="yes", made_in_japan="yes", title="無言の発明")
    hana.checks()
    assert "外国出願：始まる" in hana.said()
    hana.records()
    follow(hana.tab, "main a[data-key=o]")
    case = hana.tab.url.rstrip("/").rpartition("/")[2]
    assert "外国出願はできません" in hana.said()
    assert hana.does(case, "first_review.start_review") == 2
    hana.opens(f"/cases/{case}/act/foreign_filing_ban.file_abroad/")
    hana.checks()
    assert "「外国出願」は禁止されている" in hana.said("#effect")
    assert [e.act for e in reading.entries(case)] == ["first_review.file", "first_review.start_review"]
