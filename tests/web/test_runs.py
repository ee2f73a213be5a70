"""On an English page whatever stands there in Japanese says so, once, and only where a mark can stand."""

import pytest
from django.test import Client

from kaname.web.runs import told
from web.world import clerk, filed

MARK = '<span lang="ja" data-filed>{}</span>'.format


@pytest.mark.parametrize(("page", "marked"), [
    ("<p>No. 7 見本2026-131</p>", f"<p>No. 7 {MARK('見本')}2026-131</p>"),
    ("<td>架空精機、A（仮）</td>", f"<td>{MARK('架空精機')}、A（{MARK('仮')}）</td>"),
    ("<td>「燃焼室」・髙﨑𠮷</td>", f"<td>「{MARK('燃焼室」・髙﨑𠮷')}</td>"),
    ('<b lang="ja">法<i>二</i></b>三', f'<b lang="ja">法<i>二</i></b>{MARK("三")}'),
    ('<a title="題" href="/?q=架空">x</a>', '<a title="題" href="/?q=架空">x</a>'),
    ("<title>題</title><option>案</option><textarea>文</textarea>", None),
    ('<svg><text>図</text></svg><script type="application/json">"語"</script>', None),
    ("<p>plain words, 3 of them</p>", None),
])  # fmt: skip
def test_a_run_is_marked_where_a_mark_can_stand(page, marked):
    assert told(page) == (marked or page)


@pytest.mark.django_db
def test_a_page_is_marked_in_english_alone():
    person = clerk()
    case = filed(person, application_number="見本2026-131")
    client = Client()
    client.force_login(person)
    page = {}
    for language in ("ja", "en"):
        client.cookies["kaname_language"] = language
        page[language] = client.get(f"/cases/{case}/history/").content.decode()
    assert f"{MARK('見本')}2026-131" in page["en"]
    assert "見本2026-131" in page["ja"] and "data-filed" not in page["ja"]
