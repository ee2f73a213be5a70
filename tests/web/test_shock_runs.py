"""A long calculation: begun on a page, done in parts that are kept, called off, gone on with, never lost."""

import csv
import io
import re
import threading
from datetime import timedelta

import pytest
from django.db import OperationalError
from told import said

from kaname.access.models import Person
from kaname.cli.jobs import _shocks
from kaname.desk import shock_runs, shocks
from kaname.desk.models import ShockPart, ShockRun
from kaname.desk.shock_runs import State
from kaname.desk.shock_works import Sort
from kaname.ledger import clock
from kaname.web.shocks.run_page import _with as saved
from shock_data import SMALL
from web.test_shock_pages import FIRMS, LINKS, SIZED, given

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def by_hand(monkeypatch):
    """No thread works at a run by itself, and a part is one firm: the test says when who works at what."""
    monkeypatch.setattr(shock_runs, "start", lambda run: None)
    monkeypatch.setattr(shock_runs, "_LEAST", dict.fromkeys(Sort, 1))


@pytest.fixture
def links(office):
    firms, links = given(office, FIRMS), given(office, LINKS)
    return f"/supply/shocks/{links.public_id}/run/?firms={firms.public_id}"


def begun(office, links: str, query: str = "") -> ShockRun:
    answer = office.post(f"{links}{query}")
    assert answer.status_code == 302 and "/runs/" in answer["Location"], said(office.get(answer["Location"]))
    return ShockRun.objects.get(public_id=answer["Location"].split("/")[-2])


def page(run: ShockRun) -> str:
    return f"/supply/shocks/runs/{run.public_id}/"


def died(monkeypatch, run: ShockRun, part: int) -> None:
    """A worker that is killed while it makes a part, and whose lease has run out since."""
    real = shock_runs._made

    def killed(work, steps):
        if steps.start == part:
            raise SystemExit
        return real(work, steps)

    monkeypatch.setattr(shock_runs, "_made", killed)
    with pytest.raises(SystemExit):
        shock_runs.work(run.pk)
    monkeypatch.setattr(shock_runs, "_made", real)
    ShockRun.objects.filter(pk=run.pk).update(lease_until=clock.now() - timedelta(seconds=1))


def test_a_run_says_how_far_it_is_and_ends_in_the_ranking_of_the_page(office, links, monkeypatch):
    run = begun(office, links)
    answer = office.get(page(run))
    assert "終わった部分 0 / 4" in said(answer) and 'hx-trigger="every 2s"' in answer.content.decode()
    assert '<noscript><meta http-equiv="refresh"' in answer.content.decode() and "data-say" in answer.content.decode()
    assert shock_runs.work(run.pk) == 4 and not ShockPart.objects.exists()
    text = said(office.get(page(run)))
    ranked = [f.id for f in shock_runs.result(ShockRun.objects.get())]
    at_once = office.get(links.replace("run/", "figures.csv").replace("?", "?lost=甲&"))
    assert ranked == [row["firm"] for row in csv.DictReader(io.StringIO(at_once.getvalue().decode("utf-8-sig")))]
    assert f"失われると最も響くのは{ranked[0]}" in text and "完了" in said(office.get("/supply/shocks/"))
    told = office.get(f"{page(run)}figures.csv").getvalue().decode("utf-8-sig")
    assert [row["firm"] for row in csv.DictReader(io.StringIO(told))] == ranked
    assert office.get(f"{page(run)}figures.csv?as=xlsx").content[:2] == b"PK"
    office.cookies["kaname_language"] = "en"
    assert "The loss of" in said(office.get(page(run)))


def test_whoever_dies_another_goes_on_behind_the_last_part_with_the_same_bits(office, links, monkeypatch):
    whole = begun(office, links)
    shock_runs.work(whole.pk)
    run = begun(office, links)
    died(monkeypatch, run, 2)
    assert "2 / 4" in said(office.get(page(run))), "what was finished stays"
    assert shock_runs.run_free() == 2
    run.refresh_from_db(), whole.refresh_from_db()
    assert run.state == State.DONE and shock_runs.result(run) == shock_runs.result(whole)


def test_what_three_workers_die_over_is_told_and_can_be_begun_again(office, links, monkeypatch):
    run = begun(office, links)
    for _ in range(shock_runs.DEATHS):
        died(monkeypatch, run, 1)
    assert shock_runs.work(run.pk) == 0
    assert "計算が三度途切れた" in said(office.get(page(run)))
    office.post(f"{page(run)}do/", {"do": "again"})
    assert shock_runs.work(run.pk) == 3 and ShockRun.objects.get().state == State.DONE


def test_a_run_is_called_off_between_two_parts_and_goes_on_later(office, links, monkeypatch):
    run = begun(office, links)
    real = shock_runs._made

    def called_off(work, steps):
        if steps.start == 1:
            office.post(f"{page(run)}do/", {"do": "cancel"})
        return real(work, steps)

    monkeypatch.setattr(shock_runs, "_made", called_off)
    assert shock_runs.work(run.pk) == 2
    assert "2／4の部分は終わっていて" in said(office.get(page(run))) and shock_runs.work(run.pk) == 0
    office.post(f"{page(run)}do/", {"do": "again"})
    monkeypatch.setattr(shock_runs, "_made", real)
    assert shock_runs.work(run.pk) == 2 and "失われると最も響くのは" in said(office.get(page(run)))


def test_two_workers_do_not_work_at_one_run(office, links, monkeypatch):
    run = begun(office, links)
    real, second = shock_runs._made, []

    def meanwhile(*asked):
        second.append(shock_runs.work(run.pk))
        return real(*asked)

    monkeypatch.setattr(shock_runs, "_made", meanwhile)
    assert shock_runs.work(run.pk) == 4 and second == [0, 0, 0, 0]


def test_measures_are_worth_a_difference_firm_by_firm(office, links):
    run = begun(office, links, "&measures=source 乙 甲 0.5&outage=30")
    shock_runs.work(run.pk)
    found = {firm.id: firm for firm in shock_runs.result(ShockRun.objects.get())}
    assert found["甲"].after < found["甲"].total and found["丁"].after == found["丁"].total
    assert "対策は" in said(office.get(page(run)))


def test_measures_that_make_a_loss_larger_say_so():
    firm = shock_runs.Firm("a", "甲", "原料", "", 0.3, 0.3, 0.1, 0.35)
    same = shock_runs.Firm("b", "乙", "原料", "", 0.1 + 0.2, 0.3, 0.1, 0.3)
    assert [saved(one)[1] for one in (firm, same)] == ["-5.0\u00a0%", "0.0\u00a0%"]


def ways_to_lose(office, address: str) -> list[str]:
    """Where the names of firms lead."""
    found = re.findall(r'<a href="([^"]*[?&;]lost=[^"]*)"', office.get(address).content.decode())
    return [href.replace("&amp;", "&") for href in found if "figures" not in href and "evidence" not in href]


def test_a_ranked_firm_leads_to_its_page_whatever_it_is_called(office):
    called = FIRMS.replace("region", "name,region").replace("原料,", '原料,"甲, Ltd.",').replace("部品,", "部品,同名,")
    firms, links = given(office, called.replace("製品,", "製品,丙社,")), given(office, LINKS)
    at = f"/supply/shocks/{links.public_id}/?firms={firms.public_id}"
    assert "甲, Ltd.が生産の100.0 %を失うと" in said(office.get(f"{at}&lost=甲, Ltd."))
    assert "同名" in said(office.get(f"{at}&lost=同名"), 400), "two firms have that name"
    for href in ways_to_lose(office, at):
        said(office.get(href))
    run = begun(office, f"/supply/shocks/{links.public_id}/run/?firms={firms.public_id}&replaceable=原料")
    shock_runs.work(run.pk)
    ranked = ways_to_lose(office, page(run))
    assert len(ranked) == 4 and all("replaceable=" in href for href in ranked)
    for href in ranked:
        said(office.get(href))


def test_what_a_long_calculation_cannot_take_is_said_before_it_is_begun(office, links):
    firms = links.partition("?")[2]
    at = links.replace("run/", "").partition("?")[0]
    assert "日ごとの計算を始める" in said(office.get(f"{at}?{firms}&lost=甲"))
    imports = said(office.get(f"{at}?{firms}&kind=imports&lost=01"), 400)
    assert "日ごとの長い計算にはできません" in imports and "日ごとの計算を始める" not in imports
    plans = said(office.get(f"{at}?{firms}&lost=甲&plans=x"), 400)
    assert "選んだ認定計画の対策は入れられません" in plans and "計算を始める" not in plans


def test_the_table_is_gone(office, links):
    run = begun(office, links)
    office.post(links.replace("run/", "discard/"))
    shock_runs.work(run.pk)
    assert "計算する表がもうない" in said(office.get(page(run)))
    office.post(f"{page(run)}do/", {"do": "discard"})
    assert not ShockRun.objects.exists()


@pytest.mark.parametrize(("query", "wrong"), [
    ("&measures=pray 甲 1", "stock 企業 日数"), ("&measures=stock 月 9", "月"), ("&replaceable=虚無", "虚無"),
    ("&plans=x", "長い計算の結果は事務所の全員が見るため"),
])  # fmt: skip
def test_what_is_asked_wrongly_is_told_before_anything_runs(office, links, query, wrong):
    answer = office.post(links + query)
    assert wrong in said(office.get(answer["Location"]), 400) and not ShockRun.objects.exists()


def test_too_many_at_once_are_refused(office, links, monkeypatch):
    monkeypatch.setattr(shock_runs, "MOST_UNDER_WAY", 1)
    begun(office, links)
    answer = office.post(links)
    assert "同時に走らせられるのは1つまで" in said(office.get(answer["Location"])) and ShockRun.objects.count() == 1


def test_another_office_sees_nothing_of_it(office, stranger, links):
    run = begun(office, links)
    assert stranger.get(page(run)).status_code == stranger.get(f"{page(run)}figures.csv").status_code == 404
    assert stranger.post(f"{page(run)}do/", {"do": "discard"}).status_code == 404
    assert stranger.post(links).status_code == 404 and "終わった部分" not in said(stranger.get("/supply/shocks/"))


def test_what_is_kept_says_nothing_to_who_reads_the_disk(office, links):
    run = begun(office, links)
    shock_runs.work(run.pk)
    run.refresh_from_db()
    for blob in (run.asked, run.result):
        assert "甲".encode() not in bytes(blob) and b"pasted" not in bytes(blob)


def test_it_is_thrown_away_in_time(office, links):
    run = begun(office, links)
    ShockRun.objects.filter(pk=run.pk).update(ends_at=clock.now())
    hana = Person.objects.get(email="hana@example.jp")
    assert shock_runs.of(hana, run.public_id) is None and shock_runs.listed(hana) == []
    assert ShockRun.objects.exists(), "who looks changes nothing"
    assert shock_runs.sweep() >= 1 and not ShockRun.objects.exists()


def test_a_thread_works_at_it_by_itself(office, links, monkeypatch):
    monkeypatch.undo()
    started = []
    monkeypatch.setattr(threading.Thread, "start", lambda self: started.append(self.name))
    run = begun(office, links)
    assert f"shocks-{run.public_id}" in started and shocks.KEPT.days == 90


def test_the_office_sees_what_is_under_way_and_what_failed_and_nothing_of_what_is_in_it(office, links, monkeypatch):
    run = begun(office, links)
    assert [(w.sort, w.state, w.reason.en) for w in _shocks()] == [("shocks", "free", "0 / 4")]
    died(monkeypatch, run, 2)
    assert [(w.id, w.state, w.reason.en) for w in _shocks()] == [(run.public_id, "free", "2 / 4")]
    office.post(links.replace("run/", "discard/"))
    shock_runs.work(run.pk)
    (failed,) = _shocks()
    assert failed.state == "failed" and "not there any more" in failed.reason.en and "甲" not in str(failed)


def test_a_full_disk_at_a_part_ends_the_run_says_so_and_leaves_what_is_finished(office, links, monkeypatch):
    run = begun(office, links)
    real, there = ShockPart.objects.bulk_create, []

    def full(rows, **how):
        there.extend(rows)
        if len(there) == 3:
            raise OperationalError("database or disk is full")
        return real(rows, **how)

    monkeypatch.setattr(ShockPart.objects, "bulk_create", full)
    with pytest.raises(OperationalError):
        shock_runs.work(run.pk)
    assert "計算が途中で止まった" in said(office.get(page(run))) and ShockPart.objects.count() == 2
    monkeypatch.undo()
    monkeypatch.setattr(shock_runs, "start", lambda run: None)
    office.post(f"{page(run)}do/", {"do": "again"})
    assert shock_runs.work(run.pk) == 2 and ShockRun.objects.get().state == State.DONE


def begun_by(office, links: str, **said_) -> ShockRun:
    answer = office.post(links, said_)
    assert answer.status_code == 302 and "/runs/" in answer["Location"], said(office.get(answer["Location"]))
    return ShockRun.objects.get(public_id=answer["Location"].split("/")[-2])


def figures(office, run: ShockRun) -> list[dict[str, str]]:
    told = office.get(f"{page(run)}figures.csv").getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(told)))


def test_days_are_those_of_the_page_whoever_takes_over(office, links, monkeypatch):
    query = "&lost=甲&part=0.5&outage=3&days=9&stock=2&measures=source 乙 甲 0.5"
    run = begun_by(office, f"{links}{query}", run="days")
    assert "日ごとに計算しています" in said(office.get(page(run)))
    died(monkeypatch, run, 4)
    assert shock_runs.run_free() == 6  # ten days, of which four are there; they are gone through again for the rest
    told = figures(office, run)
    at_once = office.get(links.replace("run/", "figures.csv").replace("?", "?of=days&") + query)
    page_ = list(csv.DictReader(io.StringIO(at_once.getvalue().decode("utf-8-sig"))))
    for name in ("day", "production", "value_added", "production_with", "value_added_with"):
        assert [row[name] for row in told] == [row[name] for row in page_]
    text = said(office.get(page(run)))
    assert "9 日、" in text and "10 日" not in text, "the day before is none of those asked for"
    assert "9 日" in said(office.get("/supply/shocks/"))
    assert (
        "甲が生産の50.0 %を3日間失う" in text
        and "9日間に付加価値の" in text
        and "付加価値を最も失う企業" in text
        and "対策があれば" in text
    )
    office.cookies["kaname_language"] = "en"
    assert "Production is lowest on day" in said(office.get(page(run)))


def test_a_worker_that_only_puts_the_parts_together_has_the_same_firms(office, links, monkeypatch):
    whole, run = (begun_by(office, f"{links}&lost=甲&days=5", run="days") for _ in range(2))
    shock_runs.work(whole.pk)
    monkeypatch.setattr(shock_runs, "_finish", lambda *_: None)
    shock_runs.work(run.pk)
    monkeypatch.undo()
    ShockRun.objects.filter(pk=run.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    assert shock_runs.work(run.pk) == 0
    run.refresh_from_db(), whole.refresh_from_db()
    assert run.state == State.DONE and shock_runs.days(run) == shock_runs.days(whole) and shock_runs.days(run)[1]


def test_draws_are_those_of_the_page_whoever_takes_over(office, monkeypatch):
    firms, table = given(office, SIZED), given(office, SMALL)
    query = f"table={table.public_id}&draws=7&seed=3&replaceable=*"
    run = begun_by(office, f"/supply/shocks/{firms.public_id}/run/?{query}")
    died(monkeypatch, run, 3)
    assert "3 / 7" in said(office.get(page(run))) and shock_runs.run_free() == 4
    at_once = office.get(f"/supply/shocks/{firms.public_id}/figures.csv?{query}").getvalue().decode("utf-8-sig")
    assert figures(office, run) == list(csv.DictReader(io.StringIO(at_once)))
    assert "7回の抽選の9割で" in said(office.get(page(run))) and "抽選した網での損失" in said(
        office.get("/supply/shocks/")
    )


@pytest.mark.parametrize(("query", "wrong"), [
    ("&lost=月", "月"), ("", "失われる企業"), ("&lost=甲&days=9999", "3,650日"),
    ("&lost=甲&kind=imports", "輸入は頁で"), ("&lost=甲&measures=pray", "stock 企業 日数"),
    ("&lost=甲&part=0", "0を超え"), ("&lost=甲&plans=x", "長い計算の結果は事務所の全員が見るため"),
])  # fmt: skip
def test_days_that_are_asked_wrongly_are_told_before_anything_runs(office, links, query, wrong):
    told = office.get(office.post(links + query, {"run": "days"})["Location"])
    assert wrong in said(told, told.status_code) and not ShockRun.objects.exists()


def test_draws_that_are_asked_wrongly_are_told_before_anything_runs(office, monkeypatch):
    firms, table = given(office, SIZED), given(office, SMALL)
    at = f"/supply/shocks/{firms.public_id}/run/?draws="
    for query, wrong in (("7", "産業連関表が要る"), (f"2001&table={table.public_id}", "2,000回")):
        told = office.get(office.post(at + query)["Location"])
        assert wrong in said(told, told.status_code)
    assert not ShockRun.objects.exists()
