"""The way of a passport in the browser: an operator prepares and invites, the vendor fills in with a phone, the
operator files, the ministry reads; every page clean in two languages, wide and narrow."""

import re
from datetime import timedelta

import pytest
from browser import assert_clean, assert_stands, expect, follow

from desk import Desk
from infrastructure.filing_world import introduction, maintenance, told
from kaname.access.models import Mandate, Person
from kaname.ledger import clock
from kaname.vendors import api

KIND, OPERATOR = "infrastructure.plan", "架空電力"
TABLE = "構成設備の名称,区分,機能,供給者\n指令サーバー,server,指令の伝送,星野計器\n記録装置,storage,記録,月光電子\n"


def who(site, name: str, role: str, party: str = "", sealed: bool = False) -> Person:
    made = site.person(name, office=site.office(party or "架空省", "company" if party else "authority", "Office"))
    Mandate.objects.create(person=made, role=role, kind=KIND, party=party, sealed=sealed, valid_from=clock.today())
    return made


def seated(plan: str, operator: Person, email: str, party: str = "星野計器", **said):
    """A vendor that has come in and handed its passport over, without a browser."""
    _, secret = api.invite(operator, plan, party, "component_supplier", email)
    came = api.accept(secret, name="星野 ひかり")
    vendor = came.vendor.public_id
    papers = [{"sort": "registry", "issued_on": clock.today().isoformat()},
              {"sort": "officer", "about": 1, "expires_on": "2040-01-01"}]  # fmt: skip
    api.save(came.person, vendor, told(name=party, certificates=papers, **said), 0)
    api.publish(came.person, vendor)
    return came.person, vendor


def test_operator_prepares_vendor_fills_in_operator_files_ministry_reads(site, browse, tmp_path):
    ono, mina = who(site, "小野", "operator", OPERATOR), who(site, "美奈", "sector_minister", sealed=True)
    operator = Desk(site, browse(ono), ono)

    # -- the operator begins a plan, takes a file in, and invites
    operator.opens("/infrastructure/plans/")
    operator.fills(title="給電指令の更新")
    follow(operator.tab, "main form:has([name=title]) button.button")
    plan = operator.tab.url.rstrip("/").rpartition("/")[2]
    file = tmp_path / "parts.csv"
    file.write_text(TABLE, encoding="utf-8")
    operator.opens(f"/infrastructure/plans/{plan}/upload/")
    operator.tab.set_input_files("#f-file", str(file))
    follow(operator.tab, "main form[method=post] button.button")
    assert operator.tab.url.endswith("/parts/")
    operator.opens(f"/infrastructure/plans/{plan}/vendors/")
    operator.tab.fill('[name="email.0"]', "hoshino@example.jp")
    operator.keys = 0
    operator.tab.focus('button[value="invite"]')
    operator.presses("Enter")
    expect(operator.tab.locator('button[value="send"]')).to_be_focused()
    operator.presses("Enter")
    operator.tab.wait_for_selector(".links")
    assert operator.keys <= 3  # any number in three keys
    link = re.search(r"/vendors/invitation/[\w-]{43}/", operator.said())[0]

    # -- the vendor comes in by the link, on a phone
    vendor = browse(None, width=390)
    vendor.goto(site.url + link)
    assert f"{OPERATOR} からのお願い" in vendor.inner_text("h1")
    vendor.fill("#f-name", "星野 ひかり")
    follow(vendor, "main form button.button")
    vendor.fill("#f-password1", "correct horse battery")
    vendor.fill("#f-password2", "correct horse battery")
    follow(vendor, "main form button.button")
    vendor.fill('input[name="login"]', "hoshino@example.jp")
    vendor.fill('input[name="password"]', "correct horse battery")
    follow(vendor, "main form button[type=submit], main form button:not([type])")
    assert "/vendors/" in vendor.url
    ours = vendor.url.rstrip("/").rpartition("/")[2]
    today = f"{clock.today():%Y/%m/%d}"
    filled = {
        "company": {"individual": "no", "representative": "星野 ひかり"},
        "seat": {"address": "東京都千代田区", "country": "JP", "law": "JP"},
        "holders": {"some": "some", "holders.0.name": "青空持株", "holders.0.country": "JP", "holders.0.ratio": "60"},
        "officers": {"officers.0.name": "星野 ひかり", "officers.0.birth_date": "S45.1.2",
                     "officers.0.nationality": "JP"},
        "sales": {"year_end": "03-31", "some": "none"},
        "factories": {"factories.0.address": "長野県諏訪市", "factories.0.country": "JP"},
        "certificates": {"certificates.0.sort": "registry", "certificates.0.issued_on": today,
                         "certificates.1.sort": "officer", "certificates.1.about": "1",
                         "certificates.1.expires_on": "2040/1/1"},
    }  # fmt: skip
    follow(vendor, "ul.tasks a >> nth=0")
    for task, typed in filled.items():  # each task leads to the next
        assert vendor.url.endswith(f"/task/{task}/")
        for name, value in typed.items():
            found = vendor.locator(f'[name="{name}"]')
            if found.first.get_attribute("type") == "radio":
                vendor.check(f'[name="{name}"][value="{value}"]')
            else:
                found.first.fill(value)
        follow(vendor, 'button[value="next"]')
    assert vendor.url.endswith(f"/vendors/{ours}/")
    assert "全部書けています" in vendor.inner_text(".answer")
    follow(vendor, "ul.tasks a:has-text('だれが何を見るか')")
    assert vendor.is_checked('[name="veil"][value="officers"]')  # sealing is on by default
    follow(vendor, 'button[value="give"]')
    follow(vendor, "ul.tasks a:has-text('確かめて渡す')")
    vendor.check("#f-right")
    follow(vendor, "main form button.button")
    assert vendor.url.endswith(f"/vendors/{ours}/")
    assert "9 のうち 9 つ済み" in vendor.inner_text("main")

    # -- the operator takes it in, sees no officer, and hands over to the form
    operator.opens(f"/infrastructure/plans/{plan}/vendors/")
    follow(operator.tab, 'button[value="take"]')
    assert "計画に入っている" in operator.said()
    assert "1970" not in operator.opens(f"/infrastructure/plans/{plan}/vendors/{ours}/")
    assert "足りず" in operator.opens(f"/infrastructure/plans/{plan}/check/")
    operator.opens(f"/infrastructure/plans/{plan}/handover/")
    follow(operator.tab, "main form button.button")
    assert "act=introduction_plan.file" in operator.tab.url
    assert "passport:" in operator.tab.content() and "指令サーバー" in operator.tab.content()

    # -- filed by an act that names the passport; the ministry reads
    from access.folk import key, recorded
    from kaname.access import api as access
    from kaname.procedure import Entry

    use = api.in_preparation(ono, plan)[0]
    entry = Entry("prior_consultation.ask", clock.today(), {"question": use.reference}, by="operator", party=OPERATOR)
    case = recorded(access.open_case(ono, KIND, entry, idempotency_key=key())).case
    ministry = Desk(site, browse(mina), mina)
    assert "星野計器" in ministry.opens("/infrastructure/vendors/")
    assert OPERATOR in ministry.opens(f"/infrastructure/vendors/{ours}/")
    assert "1970" not in ministry.opens(f"/infrastructure/vendors/{ours}/plans/{case}/1/")
    follow(ministry.tab, "main form button.button")
    assert "1970年1月2日" in ministry.said() and "記録されました" in ministry.said()

    # -- another vendor finds nothing of it
    other, _ = seated(plan, ono, "tsuki@example.jp", "月光電子")
    stranger = Desk(site, browse(other), other)
    pages = [re.sub(r'value="[\w-]{30,}"', "", _page(stranger, id).replace(id, "ID")) for id in (ours, "a" * 16)]
    assert pages[0] == pages[1]
    vendor.goto(f"{site.url}/vendors/{ours}/")
    assert "届出済み" in vendor.inner_text("main")


def _page(desk: Desk, id: str) -> str:
    desk.opens(f"/vendors/{id}/", status=404)
    return str(desk.tab.content())


@pytest.fixture
def furnished(site):
    """A plan with a vendor in every stage, filed."""
    from access.folk import key, recorded
    from kaname.access import api as access
    from kaname.procedure import Entry

    ono, mina = who(site, "小野", "operator", OPERATOR, sealed=True), who(site, "美奈", "sector_minister", sealed=True)
    plan = api.begin(ono, OPERATOR, "給電指令の更新", "introduction").public_id
    send = introduction()
    now = api.see(ono, plan)
    parts = tuple(
        type(send.components[0])(f"装置{n}", "server", "" if n % 2 else "記録", name, source=f"parts.csv:{n}")
        for n, name in enumerate(("星野計器", "月光電子", "架空部品工業", "見本ソフト", "空想回路"), 1)
    )
    from dataclasses import replace

    api.keep(ono, plan, replace(send, components=parts, parties={}), now.number)
    person, vendor = seated(plan, ono, "hoshino@example.jp")
    invitation = api.asks(person, vendor)[0].invitation
    api.give(person, vendor, invitation, clock.today() + timedelta(200), veil=("officers", "holders"))
    api.take_all(ono, plan)
    seated(plan, ono, "tsuki@example.jp", "月光電子")
    api.invite(ono, plan, "架空部品工業", "component_supplier", "buhin@example.jp")
    use = api.in_preparation(ono, plan)[0]
    entry = Entry("prior_consultation.ask", clock.today(), {"question": use.reference}, by="operator", party=OPERATOR)
    case = recorded(access.open_case(ono, KIND, entry, idempotency_key=key())).case
    api.note(mina, vendor, "持株会社の株主を確かめた。", case)
    return ono, mina, plan, person, vendor, invitation, case


def test_the_pages_of_a_vendor_are_clean(site, browse, furnished):
    ono, _, plan, person, vendor, invitation, _ = furnished
    page = browse(person)
    for path in ("", "task/company/", "task/holders/", "task/officers/", "task/sales/", "task/certificates/", "sign/",
                 "versions/1/", f"share/{invitation}/"):  # fmt: skip
        assert_clean(page, f"/vendors/{vendor}/{path}")
    held = api.of_vendor(person, vendor)[0].public_id
    assert_clean(page, f"/vendors/{vendor}/consents/{held}/end/")
    page.goto(f"{site.url}/vendors/{vendor}/task/officers/")
    page.fill('[name="officers.0.birth_date"]', "いつか")
    page.complaints.clear()
    follow(page, 'button[value="next"]')
    assert page.locator("#errors").count()
    assert_stands(page, "vendor-task-wrong", 422)
    nobody = browse(None)
    _, secret = api.invite(ono, plan, "空想回路", "component_supplier", "kairo@example.jp")
    assert_clean(nobody, f"/vendors/invitation/{secret}/")
    assert_clean(nobody, "/vendors/invitation/nothing/", status=404)


def test_the_pages_of_an_operator_are_clean(site, browse, furnished):
    ono, _, plan, _, vendor, _, _ = furnished
    page = browse(ono)
    for path in ("", f"{plan}/", f"{plan}/facility/", f"{plan}/measures/", f"{plan}/upload/", f"{plan}/parts/",
                 f"{plan}/vendors/", f"{plan}/vendors/{vendor}/", f"{plan}/check/?order=meti", f"{plan}/handover/",
                 f"{plan}/components/1/"):  # fmt: skip
        assert_clean(page, f"/infrastructure/plans/{path}")
    page.goto(f"{site.url}/infrastructure/plans/{plan}/vendors/")
    follow(page, 'button[value="remind"]')
    assert_stands(page, "plan-remind")
    follow(page, 'button[value="send"]')
    assert page.locator(".links").count()
    assert_stands(page, "plan-links")
    other = api.begin(ono, OPERATOR, "保守の委託", "maintenance").public_id
    api.keep(ono, other, maintenance(), 0)
    assert_clean(page, f"/infrastructure/plans/{other}/parts/")


def test_the_pages_of_the_authority_are_clean(site, browse, furnished):
    _, mina, _, _, vendor, _, case = furnished
    page = browse(mina)
    for path in ("", f"{vendor}/", f"{vendor}/plans/{case}/1/"):
        assert_clean(page, f"/infrastructure/vendors/{path}")
    page.goto(f"{site.url}/infrastructure/vendors/{vendor}/plans/{case}/1/")
    follow(page, "main form button.button")
    assert_stands(page, "vendor-opened")
