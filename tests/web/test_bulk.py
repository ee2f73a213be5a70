"""Many cases at once, by page: in three screens, all of a filter, over several pages, with what was refused apart."""

import csv
import io
from datetime import timedelta

import pytest
from browser import assert_clean, assert_stands, expect, follow

from kaname.access import api as access
from kaname.ledger.models import Entry as Written
from kaname.task import jobs
from kaname.task.models import Job, Outcome
from web import world
from web.test_case_pages import login, text

ACT = "first_review.decline_clearly_unneeded"


@pytest.fixture
def folk(db):
    return world.people()


def filed(who, count):
    return [world.filed(who, access.today() - timedelta(60 + n), application_number=f"特願2026-{n}")
            for n in range(count)]  # fmt: skip


def newest():
    return Job.objects.order_by("-pk").first()


def test_a_choice_is_kept_over_pages_and_taken_from_the_whole_filter(folk):
    cases = filed(folk["attorney"], 3)
    jpo = login(folk["jpo"])
    assert "行が選ばれていません" in text(jpo.post("/task/bulk/", {"query": "sort=due"}, follow=True))
    said = text(jpo.post("/task/bulk/", {"case": cases[:1], "query": "state=filed"}, follow=True))
    assert "1件を選びました" in said and "条件に合う3件すべてを選ぶ" in said
    job = newest().public_id
    assert f'name="into" value="{job}"' in jpo.get(f"/cases/?into={job}&sort=number").content.decode()
    jpo.post("/task/bulk/", {"case": cases[1:2], "into": job})
    assert newest().lines.count() == 2
    assert "3件を選びました" in text(jpo.post(f"/task/jobs/{job}/change/", {"do": "all"}, follow=True))
    jpo.post(f"/task/jobs/{job}/change/", {"do": "leave", "case": cases[2]})
    assert newest().lines.count() == 2
    assert jpo.get("/cases/?into=../evil/").status_code == 200
    jpo.post(f"/task/jobs/{job}/change/", {"do": "discard"})
    assert not Job.objects.exists()
    jpo.post("/task/bulk/", {"all": "1", "query": "state=filed"})
    assert newest().lines.count() == 3


def test_previewed_done_and_taken_away(folk):
    cases = filed(folk["attorney"], 3)
    world.act(folk["jpo"], cases[0], "first_review.send", access.today(), ground="listed")
    jpo = login(folk["jpo"], "en")
    jpo.post("/task/bulk/", {"case": cases})
    at = f"/task/jobs/{newest().public_id}/"
    assert "Acts open now" in text(jpo.get(at))
    assert jpo.post(f"{at}act/{ACT}/", {"act.on": "nonsense"}).status_code == 422
    asked = {"act.on": access.today().isoformat()}
    said = text(jpo.post(f"{at}act/first_review.judge_not_sent/", asked, follow=True))
    assert "It may be done in 2 cases. It is refused in 1." in said and "Why some are refused" in said
    assert "filed → judged not to be sent" in said and "2 cases:" in said
    assert jpo.get(f"{at}letter/")["Content-Type"] == "application/pdf"
    assert Written.objects.filter(act="first_review.judge_not_sent").count() == 0
    said = text(jpo.post(f"{at}do/", {"do": "begin"}, follow=True))
    assert "2 of 3 are recorded. 1 are as they were." in said
    body = b"".join(jpo.get(f"{at}?format=csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))[1:]
    assert sorted(r[2] for r in rows) == ["recorded", "recorded", "refused"]
    assert all(access.held(folk["jpo"], r[-1], int(r[3]), r[4]) for r in rows if r[2] == "recorded")
    assert jpo.get(f"{at}?format=csv&as=xlsx").content[:2] == b"PK"
    jpo.post(f"{at}do/", {"do": "begin"})
    assert Written.objects.filter(act="first_review.judge_not_sent").count() == 2
    assert "partly failed" in text(jpo.get("/task/jobs/"))


def test_a_job_is_its_owners_alone(folk):
    jobs.begin(folk["jpo"], filed(folk["attorney"], 1))
    for address in ("", "letter/", f"act/{ACT}/"):
        assert login(folk["pm"]).get(f"/task/jobs/{newest().public_id}/{address}").status_code == 404
    for address in ("do/", "change/"):
        assert login(folk["pm"]).post(f"/task/jobs/{newest().public_id}/{address}").status_code == 404


def test_an_act_that_is_not_common_is_not_there(folk):
    jobs.begin(folk["jpo"], filed(folk["attorney"], 1))
    for act in ("first_review.file", "nonsense", "correct"):
        assert login(folk["jpo"]).get(f"/task/jobs/{newest().public_id}/act/{act}/").status_code == 404


def test_all_given_to_a_colleague(folk):
    cases = filed(folk["attorney"], 2)
    jpo = login(folk["jpo"])
    jpo.post("/task/bulk/", {"case": cases})
    sent = {"do": "assign", "to": folk["jpo"].public_id}
    assert "2件の担当を変えました" in text(jpo.post(f"/task/jobs/{newest().public_id}/change/", sent, follow=True))


def test_in_three_screens_in_the_browser(site, browse):
    jpo = site.person("審査 次郎", roles=("jpo",), sealed=True)
    attorney = site.person("架空 花子", roles=("applicant",))
    cases = filed(attorney, 3)
    world.act(jpo, cases[0], "first_review.send", access.today(), ground="listed")
    page = browse(jpo)
    page.goto(site.url + "/cases/")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("b")
    follow(page, page.get_by_role("button", name="条件に合う3件すべてを選ぶ"))
    assert_clean(page, page.url)
    follow(page, page.get_by_role("link", name="judge that it is not sent"))
    assert_stands(page, "bulk-act")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("It may be done in 2 cases.")
    assert_clean(page, page.url)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("Partly recorded")
    assert_clean(page, page.url)
    assert_clean(page, "/task/jobs/", languages=("ja",))


def test_a_long_job_shows_how_far_it_is(folk, monkeypatch):
    monkeypatch.setattr("kaname.task.jobs.AT_ONCE", 0)
    monkeypatch.setattr("kaname.task.jobs.start", lambda job, wait=False: None)
    jpo = login(folk["jpo"])
    jpo.post("/task/bulk/", {"case": filed(folk["attorney"], 2)})
    at = f"/task/jobs/{newest().public_id}/"
    jpo.post(f"{at}act/first_review.judge_not_sent/", {"act.on": access.today().isoformat()})
    said = text(jpo.post(f"{at}do/", follow=True))
    assert "実行しています" in said and "0 / 2" in said
    said = text(jpo.post(f"{at}do/", {"do": "cancel"}, follow=True))
    assert "途中で止めました" in said and "2件は手を付けていません" in said
    assert jobs.counts(newest()) == {Outcome.MAY: 2}
