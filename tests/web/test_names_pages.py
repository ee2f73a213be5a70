"""The pages of names in Chromium: clean everywhere, by keys alone, without script; another office sees nothing."""

import io
from datetime import date

import pytest
from browser import assert_clean, expect, follow

from kaname.desk import names
from kaname.ledger import clock

LIST = "id,name,aliases\nL1,架空重工業株式会社,Kaku Heavy\nL2,Erika Mustermann,\n"
NAMES = 'name\n㈱架空重工業\n"MUSTERMANN, Erika"\nNobody Like That Ltd\n株式会社\n'


@pytest.fixture
def clerk(site, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 1))
    return site.person("架空 花子")


@pytest.fixture
def check(clerk):
    names.keep_list(clerk, "架空の懸念先", "経済産業省", date(2026, 3, 1), "list.csv", io.BytesIO(LIST.encode()))
    return names.keep(clerk, "取引先.csv", io.BytesIO(NAMES.encode()))


def pair(clerk, check, row: int = 0) -> str:
    return f"/names/{check.public_id}/pair/{names.result(clerk, check).rows[row]['pair']}/"


def test_the_pages_are_clean(browse, clerk, check):
    found = names.pair(clerk, check, names.USUAL, names.result(clerk, check).rows[0]["pair"])
    names.decide(clerk, found, "cleared", "所在地も役員も異なる", 0)
    tab = browse(clerk)
    for path in ("/names/", "/names/lists/", f"/names/{check.public_id}/", f"/names/{check.public_id}/?outcome=changed",
                 pair(clerk, check)):  # fmt: skip
        assert_clean(tab, path)


def test_a_pair_is_decided_by_keys_alone(browse, clerk, check):
    tab = browse(clerk)
    tab.goto(f"/names/{check.public_id}/")
    keys = ["j", "Enter", "Space", "Tab", *"other", "Control+Enter"]
    for key in keys[:2]:
        tab.keyboard.press(key)
    tab.wait_for_url("**/pair/*/**")
    expect(tab.locator('[value="cleared"]')).to_be_focused()
    for key in keys[2:]:
        tab.keyboard.press(key)
    tab.wait_for_url(f"**/names/{check.public_id}/?**")
    assert "1組が判断を待っています" in tab.inner_text(".answer")
    assert names.result(clerk, check).rows[0]["note"] == "other"


def test_without_script_the_whole_way_is_open(browse, clerk):
    tab = browse(clerk, script=False)
    tab.goto("/names/")
    follow(tab, "text=一覧を読み込む")
    for name, value in (("label", "自社"), ("origin", "自社"), ("names", "架空重工業株式会社")):
        tab.fill(f'[name="{name}"]', value)
    follow(tab, "main form[enctype] button.button")
    tab.goto("/names/")
    tab.fill('[name="names"]', "㈱架空重工業")
    follow(tab, "main form button.button")
    follow(tab, ".pairs a")
    tab.check('[value="confirmed"]')
    tab.fill('[name="note"]', "届出の要否を確かめる")
    follow(tab, "main form button.button")
    assert "すべて判断済みです" in tab.inner_text(".answer") and "要対応と判断した" in tab.inner_text(".pairs")


def test_a_colleague_sees_it_and_another_office_does_not(site, browse, clerk, check):
    colleague = site.person("同僚 太郎")
    stranger = site.person("他社 次郎", office=site.office("他社", "company", "Other"))
    assert browse(colleague).goto(pair(clerk, check)).status == 200
    tab = browse(stranger)
    assert tab.goto(pair(clerk, check)).status == 404
    tab.goto("/names/")
    assert "取引先.csv" not in tab.inner_text("main") and "架空の懸念先" not in tab.inner_text("main")
