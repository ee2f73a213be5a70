"""The page of tokens holds what every page holds, empty and with a token."""

from browser import assert_clean, shot

from kaname.access import tokens


def test_tokens_page(site, browse):
    person = site.person("要 花子", roles=("applicant",))
    page = browse(person)
    page.goto(f"{site.url}/settings/tokens/")
    assert_clean(page, "/settings/tokens/")
    token, _ = tokens.make(person, "夜間の取込み", ("read", "act"), 30)
    page.goto(f"{site.url}/settings/tokens/")
    assert page.get_by_text(token.hint).count() == 2
    assert_clean(page, "/settings/tokens/")
    shot(page, "tokens")
