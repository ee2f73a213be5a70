"""The pages of the programme: the board of 50 technologies, one of them, the registers, what a project's page adds."""

import json
from datetime import date
from pathlib import Path

import pytest
from browser import assert_clean

from access.folk import LONG_AGO, key, recorded
from kaname.access.models import Mandate, Person
from kaname.desk import technology as desk
from kaname.ledger import api as ledger
from kaname.procedure import Entry
from kaname.procedure.index import index
from kaname.regimes import KINDS

CASES = Path(__file__).parents[1] / "technology" / "cases"
ROLES = ("cabinet_office", "funding_agency", "fund_minister", "council_secretariat")
DOORS = ("", "board/", "board/SPA-04/", "concepts/", "calls/", "projects/", "rooms/")


def told(name: str, kind: str) -> str:
    """A worked ledger of the law's tests, as it lies in its file; the id of its case."""
    case, acts = "", index(KINDS[kind]).acts
    for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        e = json.loads(line)
        act, on = acts[e["act"]].act, date.fromisoformat(e["on"])
        entry = Entry(e["act"], on, e.get("data", {}), e.get("run", ""), e.get("by") or act.roles[0].id)
        if case:
            recorded(ledger.perform(case, entry, idempotency_key=key(), happened=act.deed))
        else:
            case = recorded(ledger.open_case(kind, entry, idempotency_key=key())).case
    return case


@pytest.fixture
def officer(site) -> Person:
    return site.person("省 桜", roles=ROLES, office=site.office("架空省", "authority", "Kaku Ministry"), sealed=True)


@pytest.fixture
def programme(officer) -> dict[str, str]:
    names = {"concept_life": "concept", "call_infrared": "call", "project_life": "project", "council_life": "council"}
    return {kind: told(name, f"technology.{kind}") for name, kind in names.items()}


def said(site, who, path: str) -> str:
    answer = site.client(who).get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return b"".join(answer).decode()


def test_the_board_has_every_technology_and_how_far_it_has_come(site, officer, programme):
    page = said(site, officer, "/technology/board/")
    assert page.count("/technology/board/") >= 50
    lines = {line.technology.id: line for line in desk.board(officer, date(2026, 11, 26))}
    assert len(lines) == 50
    reached = {id: line.reached for id, line in lines.items() if line.reached}
    assert desk.PROJECT in reached.values()
    assert any(line.cases[desk.CONCEPT] for line in lines.values())
    for id, line in lines.items():
        for cases in line.cases.values():
            assert all(id in case.about for case in cases)
    assert len(desk.board(officer, date(2023, 1, 1))) == 27 and desk.board(officer, date(2022, 9, 1)) == []


def test_who_sees_no_case_finds_the_technologies_as_if_there_were_none(site, officer, programme):
    other = site.person("外 一郎")
    Mandate.objects.create(person=other, role="jpo", kind="patents.application", valid_from=LONG_AGO)
    bare = said(site, other, "/technology/board/")
    for case in programme.values():
        assert case not in bare and case in said(site, officer, "/cases/")
    assert all(not line.reached for line in desk.board(other, date(2026, 11, 26)))
    client = site.client(other)
    client.get("/technology/board/?csv=1")
    for path in ("concepts/", "calls/", "projects/", "rooms/"):
        assert "案件" in said(site, other, f"/technology/{path}") and all(
            case not in said(site, other, f"/technology/{path}?csv=1") for case in programme.values()
        )


def test_filters_of_the_board(officer, programme):
    lines = desk.board(officer, date(2026, 11, 26))
    assert {x.technology.domain for x in desk.sifted(lines, domain="bio")} == {"bio"}
    assert len(desk.sifted(lines, vision=2)) == 23
    assert all(x.cases[desk.PROJECT] for x in desk.sifted(lines, stage=desk.PROJECT))
    assert [x.technology.id for x in desk.sifted(lines, words="ｓｐａ-02")] == ["SPA-02"]
    assert desk.sifted(lines, words="no such words") == []


@pytest.mark.parametrize("path", DOORS)
def test_every_page_answers_odd_questions(site, officer, programme, path):
    for query in ("?q=%00", "?state=nosuch&page=999", "?vision=9&domain=x&stage=y", "?csv=1"):
        assert site.client(officer).get(f"/technology/{path}{query}").status_code == 200
    assert site.client(officer).get("/technology/board/?on=none").status_code == 400
    assert site.client(officer).get("/technology/board/XXX-01/").status_code == 404


def test_the_page_of_a_project_tells_maturity_gates_and_money(site, officer, programme):
    page = said(site, officer, f"/cases/{programme['project']}/project/")
    assert "技術の成熟度" in page and "ステージゲート" in page and "年度ごとの予算" in page
    assert site.client(officer).get(f"/cases/{programme['concept']}/project/").status_code == 404


def test_the_pages_are_clean(site, browse, officer, programme):
    page = browse(officer)
    for path in DOORS:
        assert_clean(page, f"/technology/{path}")
    assert_clean(page, f"/cases/{programme['project']}/project/")
