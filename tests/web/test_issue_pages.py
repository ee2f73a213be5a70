"""Papers on pages: issued with the act or after it, downloaded as they went out, many at once."""

import io
import json
import zipfile
from datetime import date

import pypdf
import pytest

from kaname.access import api as access
from kaname.papers import letters
from papers.test_letters import words
from web import world
from web.test_case_pages import login, text


@pytest.fixture
def folk(db, monkeypatch, tmp_path):
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    return world.people()


@pytest.fixture
def sent(folk):
    case = world.filed(folk["attorney"], date(2026, 11, 2))
    world.act(folk["jpo"], case, "first_review.send", date(2026, 11, 20), ground="listed")
    return case, world.act(folk["jpo"], case, "first_review.notify_sent", date(2026, 11, 24))


def test_the_papers_page_issues_and_hands_out_the_same_bytes(folk, sent):
    case, seq = sent
    jpo = login(folk["jpo"])
    page = jpo.get(f"/cases/{case}/papers/").content.decode()
    assert f"/cases/{case}/letters/{seq}/issue" in page
    assert f"/cases/{case}/letters/1/issue" not in page  # the applicant's own
    after = jpo.post(f"/cases/{case}/letters/{seq}/issue", follow=True)
    (one,) = letters.issued(folk["jpo"], case)
    assert one.number in text(after) and one.sha256[:16] in text(after)
    assert f"/cases/{case}/letters/{seq}/issue" not in after.content.decode()
    first, again = (b"".join(jpo.get(f"/cases/{case}/letters/{one.seq}/issued.pdf").streaming_content)
                    for _ in range(2))  # fmt: skip
    assert first == again and one.number in words(first)
    assert jpo.get(f"/cases/{case}/letters/{seq}/issue").status_code == 405
    assert jpo.get(f"/cases/{case}/letters/99/issued.pdf").status_code == 404


def test_who_may_not_issue_is_told_why(folk, sent):
    case, seq = sent
    answer = login(folk["attorney"]).post(f"/cases/{case}/letters/{seq}/issue")
    assert answer.status_code == 422 and not letters.issued(folk["jpo"], case)


def test_the_check_page_shows_the_paper_and_issues_it_with_the_act(folk):
    case = world.filed(folk["attorney"], date(2026, 11, 2))
    world.act(folk["jpo"], case, "first_review.send", date(2026, 11, 20), ground="listed")
    jpo, form = login(folk["jpo"]), f"/cases/{case}/act/first_review.notify_sent/"
    typed = {"on": "2026-11-24", "step": "check", "by": "jpo"}
    page = jpo.post(form, typed, follow=True)
    said = page.content.decode()
    assert 'name="issue"' in said and "letter.pdf" in said
    key = said.split('name="key" value="')[1].split('"')[0]
    seq = said.split('name="seq" value="')[1].split('"')[0]
    done = jpo.post(f"{form}check/", {"key": key, "seq": seq, "issue": "1"}, follow=True)
    assert done.status_code == 200
    (one,) = letters.issued(folk["jpo"], case)
    assert one.of == access.recorded(folk["jpo"], case)[-2].entry.seq


def test_many_letters_come_as_one_archive_or_one_pdf(folk, sent):
    case, seq = sent
    others = [world.filed(folk["attorney"], date(2026, 11, 3)) for _ in range(3)]
    issued = letters.issue(folk["jpo"], case, seq)
    jpo = login(folk["jpo"])
    assert "行為を選ぶ" in text(jpo.get("/letters/"))
    asked = {"act": "patents.application/first_review.notify_sent"}
    assert "1通" in text(jpo.get("/letters/", asked))
    made = zipfile.ZipFile(io.BytesIO(b"".join(jpo.get("/letters/", asked | {"as": "zip"}).streaming_content)))
    (line,) = json.loads(made.read("manifest.json"))["letters"]
    assert line["paper"] == issued.number and line["sha256"] == issued.sha256
    assert made.read(line["file"]) == b"".join(letters.again(folk["jpo"], case, issued.seq).pieces)
    filings = {"act": "patents.application/first_review.file", "from": "2026-11-03", "to": "R8.11.3", "as": "pdf"}
    joined = b"".join(jpo.get("/letters/", filings).streaming_content)
    assert len(pypdf.PdfReader(io.BytesIO(joined)).pages) >= len(others)
    assert "条件に合う書面はありません" in text(jpo.get("/letters/", asked | {"from": "2030-01-01"}))
    wrong = jpo.get("/letters/", {"act": "patents.application/first_review.start_review", "from": "いつか"})
    assert "書面になる行為" in text(wrong)


def test_nobody_gets_letters_of_cases_that_are_not_theirs(folk, sent):
    stranger = world.person("stranger", "jpo", kind="supply.plan")
    assert letters.select(stranger, "patents.application", "first_review.file") == []
    case, seq = sent
    assert login(stranger).post(f"/cases/{case}/letters/{seq}/issue").status_code == 404


def test_a_letter_that_cannot_be_made_holds_up_no_other(folk, sent):
    wanted = letters.select(folk["jpo"], "patents.application", "first_review.notify_sent")
    gone = wanted[0]._replace(seq=77)
    out = io.BytesIO()
    told = letters.archive(folk["jpo"], [gone, *wanted], out, issue=True)
    assert told[0].problem and not told[0].file and told[1].paper
    assert json.loads(zipfile.ZipFile(out).read("manifest.json"))["letters"][0]["problem"]
