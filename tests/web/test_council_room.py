"""The room of a council: what its members see, what others cannot know of, papers with the reader's name, leaving."""

import io
import re

import pikepdf
import pytest
from browser import assert_clean
from council_cases import (
    KIND,
    NAME,
    OFFICER,
    RESEARCHER,
    SECRETARY,
    TITLE,
    Council,
    asks_to_publish,
    formed,
    mandated,
    shared,
)

from access.visitor import masked, proved
from kaname.access import api as access
from kaname.access.models import Person, SealedRead
from papers.test_marks import words


@pytest.fixture
def council(site) -> Council:
    ministry, body = (
        site.office("架空省", "authority", "Kaku Ministry"),
        site.office("見本大学", "company", "Mihon Univ."),
    )
    folk = Council(
        mandated(site.person("省 桜", office=ministry), *OFFICER),
        mandated(site.person("局 薫", office=ministry), *SECRETARY),
        mandated(site.person("研 光", office=body), *RESEARCHER),
    )
    return shared(formed(folk))


@pytest.fixture
def outsider(site) -> Person:
    """Somebody with every role of the kind, who is not inside."""
    return mandated(site.person("外 一郎"), *OFFICER, *SECRETARY, *RESEARCHER)


def said(site, who, path: str, language: str = "ja") -> str:
    client = site.client(who)
    client.cookies["kaname_language"] = language
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return re.sub(r'<span class="nobr">([^<]*)</span>', r"\1", answer.content.decode())  # words that are kept whole


def test_the_room_tells_its_members_what_they_need(site, council):
    asks_to_publish(council)
    page = said(site, council.researcher, f"/cases/{council.case}/room/")
    assert NAME in page and TITLE in page and f"{TITLE}.pdf" in page
    assert "秘密とする" in page and "取扱場所：研究室2" in page and "複製しない" in page
    assert "開くと、名と時刻が入ります" in page
    assert "2026年12月1日" in page  # the check before publication
    assert "研 光（2026-03-02）" in page and "あなたの記録だけが見えます" in page
    assert "the secretariat sees" not in page
    english = said(site, council.secretary, f"/cases/{council.case}/room/", "en")
    assert "The secretariat sees everybody" in english and "no copies" in english


def test_who_sits_in_a_council_by_office_is_named_in_words(site, council):
    for path in ("", "acts/", "history/", "checklist/"):
        page = said(site, council.researcher, f"/cases/{council.case}/{path}")
        assert "研究代表者" in page and not re.search(r"[（(>](lead|minister)[）)<]", page), path
    assert "（研究代表者）" in said(site, council.officer, "/?show=all")


def test_who_is_not_inside_gets_what_does_not_exist(site, council, outsider):
    client = site.client(outsider)
    for page in ("room/", "room/leave/", "", "papers/", "people/"):
        hidden, absent = (client.get(f"/cases/{case}/{page}") for case in (council.case, "z" * 26))
        assert hidden.status_code == absent.status_code == 404
        assert masked(hidden, council.case) == masked(absent, "z" * 26)
    assert client.get(f"/documents/{council.paper}/").status_code == 404
    for page in ("/cases/", f"/cases/?kind={KIND}", "/search/?q=見本", "/", "/technology/", "/compartments/"):
        shown = said(site, outsider, page)
        assert NAME not in shown and TITLE not in shown and council.case not in shown


def opened(site, who, council):
    return proved(site.client(who), who).get(f"/documents/{council.paper}/")


def test_a_paper_leaves_with_the_reader_on_it_and_the_secretary_sees_who_opened_it(site, council):
    answer = opened(site, council.researcher, council)
    copy = b"".join(answer.streaming_content)
    assert council.researcher.name in words(copy)[0] and int(answer["Content-Length"]) == len(copy)
    with pikepdf.open(io.BytesIO(copy)) as book:
        assert len(book.pages) == 1
    line = SealedRead.objects.get(field=f"document {council.paper}")
    assert line.person == council.researcher
    opened(site, council.officer, council)
    of_all = said(site, council.secretary, f"/cases/{council.case}/room/")
    log = of_all[of_all.index("開いた記録") :]
    assert "研 光" in log and "省 桜" in log and "名と時刻" in log
    own = said(site, council.researcher, f"/cases/{council.case}/room/")
    log = own[own.index("開いた記録") :]
    assert "研 光" in log and "省 桜" not in log
    people = said(site, council.researcher, f"/cases/{council.case}/people/")
    assert "省 桜" not in people[people.index("封緘の閲覧の記録") :]


def leaving(site, who, council, **typed):
    client = site.client(who)
    client.post("/accounts/reauthenticate/", {"password": "correct horse battery"})
    form = {"key": "leave-000001", "on": "2026-11-20", "people": [council.researcher.public_id], **typed}
    return client, client.post(f"/cases/{council.case}/room/leave/", form)


def test_one_form_records_the_leaving_and_closes_every_access(site, council):
    reader = proved(site.client(council.researcher), council.researcher)
    reader.get(f"/documents/{council.paper}/")
    page = said(site, council.secretary, f"/cases/{council.case}/room/leave/?run=lead&person=研 光")
    assert TITLE in page and f"{TITLE}.pdf" in page  # what is to be given back
    way = page.split("研 光（研 光）の従事が終わります")[0].rpartition('value="')[2].partition('"')[0]
    _, answer = leaving(site, council.secretary, council, way=way)
    body = answer.content.decode()
    assert answer.status_code == 200, body
    assert "秘密を守る義務は続きます" in body and TITLE in body
    council.researcher.refresh_from_db()  # the sessions of before have ended; this is a new login
    again = site.client(council.researcher)
    for where in (f"/cases/{council.case}/room/", f"/cases/{council.case}/", f"/documents/{council.paper}/"):
        nowhere = where.replace(council.case, "z" * 26).replace(council.paper, "z" * 16)
        hidden, absent = again.get(where), again.get(nowhere)
        assert hidden.status_code == absent.status_code == 404
        assert masked(hidden, council.case, council.paper) == masked(absent, "z" * 26, "z" * 16)
    assert reader.get(f"/documents/{council.paper}/").status_code in (302, 404)  # the open session has ended
    room = said(site, council.secretary, f"/cases/{council.case}/room/")
    assert "研 光（2026-03-02、2026-11-20まで）" in room and "手元にある人：研 光" in room


def test_who_leaves_sees_the_last_page_of_the_room(site, council):
    _, answer = leaving(site, council.researcher, council, way="0")
    assert answer.status_code == 200
    assert "この画面が最後です" in answer.content.decode() and NAME not in answer.content.decode()
    standing = access.see(council.secretary, council.case).standing
    assert standing.state("membership", "lead") == "left"


def test_bad_input_closes_nothing(site, council):
    for typed in ({"way": ""}, {"way": "99"}, {"on": "none"}, {"people": ["nobody"]}):
        _, answer = leaving(site, council.researcher, council, **{"way": "0", **typed})
        assert answer.status_code == 422, typed
    _, answer = leaving(site, council.researcher, council, way="0", on="2019-01-01")
    assert answer.status_code == 422
    assert access.find(council.researcher, council.case)


def test_a_room_outside_compartments_says_so(site, council):
    other = Council(*council.inside)
    formed(other, "開いた協議会", inside=False)
    assert "区画の外にあります" in said(site, other.officer, f"/cases/{other.case}/room/")


def test_the_pages_are_clean(site, browse, council):
    asks_to_publish(council)
    page = browse(council.secretary)
    assert_clean(page, f"/cases/{council.case}/room/")
    assert_clean(page, f"/cases/{council.case}/room/leave/")
    assert_clean(page, "/technology/")
