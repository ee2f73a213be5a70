"""The checklist of a case: what the declaration asks, ticks with name and time, own lines, lines of the office."""

from datetime import timedelta
from html import unescape

import pytest
from browser import assert_clean, expect, follow

from kaname.access import api as access
from kaname.aside import checklist
from kaname.aside.models import Tick
from kaname.ledger.errors import UnknownCase
from kaname.ledger.kinds import kinds
from kaname.ledger.models import Entry
from kaname.procedure.declare import FieldType
from kaname.procedure.index import index
from kaname.web.case.demands import demands
from kaname.web.case.page import page as case_page
from web import world

CANARY = "点検CANARY-LINE-8q1z"


@pytest.fixture
def folk(site):
    return world.people()


@pytest.fixture
def case(folk):
    return world.filed(folk["attorney"], access.today() - timedelta(40))


def text(site, person, path, status=200) -> str:
    answer = site.client(person).get(path)
    assert answer.status_code == status, path
    return unescape(answer.content.decode())


def groups(person, case):
    seen = access.see(person, case)
    return demands(seen.standing.kind, case_page(seen.standing, seen.roles))


def test_every_field_an_act_always_asks_and_every_paper_is_a_line(folk, case):
    of = index(kinds()["patents.application"]).acts
    found = {g.act: g for g in groups(folk["jpo"], case) if g.act}
    assert "first_review.send" in found and found["first_review.send"].counts  # a clock waits for it
    for name, group in found.items():
        asked = {f.label.en for f in of[name].fields.values() if f.required is True}
        assert asked <= {line.label.en for line in group.lines}, name
    papers = [x.key.split("/") for g in found.values() for x in g.lines if x.sort.en == "paper"]
    assert all(of[key[1]].fields[key[-1]].type is FieldType.DOCUMENT for key in papers)
    keys = [line.key for g in groups(folk["jpo"], case) for line in g.lines]
    assert len(keys) == len(set(keys))


def test_a_ban_of_mine_is_a_line_with_its_provision(folk, case):
    (bans,) = [g for g in groups(folk["attorney"], case) if g.title.en == "Bans to keep"]
    assert all(line.basis for line in bans.lines) and bans.counts


def test_a_tick_bears_name_and_time_moves_the_progress_and_is_no_act(site, folk, case):
    client, path, before = site.client(folk["jpo"]), f"/cases/{case}/checklist/", Entry.objects.count()
    key = next(line.key for g in groups(folk["jpo"], case) if g.counts for line in g.lines)
    client.post(path, {"tick": key})
    client.post(path, {"tick": [key], "was": [key]})  # nothing changed
    assert [(t.key, t.done, t.person.name) for t in Tick.objects.all()] == [(key, True, "Jiro")]
    assert "印：Jiro" in text(site, folk["jpo"], path) and "のうち1を点検済み" in text(
        site, folk["jpo"], f"/cases/{case}/"
    )
    client.post(path, {"was": [key]})
    assert [t.done for t in Tick.objects.order_by("pk")] == [True, False]  # both stand
    client.post(path, {"tick": ["no/such/line"]})
    assert Tick.objects.count() == 2 and Entry.objects.count() == before


def test_own_lines_are_sealed_seen_by_who_sees_the_case_and_taken_away_by_who_added_them(site, folk, case):
    path = f"/cases/{case}/checklist/"
    site.client(folk["attorney"]).post(path, {"add": "1", "text": CANARY})
    assert CANARY in text(site, folk["jpo"], path)
    lying = b"".join(p.read_bytes() for p in site.path.parent.rglob("*") if p.is_file())
    assert b"CANARY-LINE-8q1z" not in lying and b"first_review" in lying
    (line,) = checklist.lines(folk["attorney"], access.find(folk["attorney"], case))
    assert site.client(folk["jpo"]).post(path, {"remove": line.key}).status_code == 404
    assert site.client(folk["attorney"]).post(path, {"remove": line.key}).status_code == 302
    assert CANARY not in text(site, folk["jpo"], path)
    assert site.client(folk["attorney"]).post(path, {"add": "1", "text": " "}).status_code == 400
    stranger = world.person("taro", "operator", kind="infrastructure.plan")
    text(site, stranger, path, 404)
    with pytest.raises(UnknownCase):
        checklist.tick(stranger, case, line.key, True)


def test_an_office_s_lines_stand_on_every_case_of_the_kind_and_only_there(site, folk, case):
    chief = world.person("chief", "jpo", kind=world.KIND, admin=True)
    assert site.client(folk["jpo"]).get("/checklists/").status_code == 404
    site.client(chief).post("/checklists/", {"kind": world.KIND, "text": "委任状を確かめる"})
    assert "委任状を確かめる" in text(site, folk["jpo"], f"/cases/{case}/checklist/")
    other = site.person("他所 太郎", roles=("jpo",))  # of another office
    assert "委任状を確かめる" not in text(site, other, f"/cases/{case}/checklist/")
    (line,) = checklist.templates(chief, [world.KIND])
    site.client(chief).post("/checklists/", {"end": line.public_id})
    assert "委任状を確かめる" not in text(site, folk["jpo"], f"/cases/{case}/checklist/")
    assert site.client(chief).post("/checklists/", {"kind": "none", "text": "x"}).status_code == 400


def test_the_pages_are_clean_and_a_line_is_ticked_in_the_browser(browse, folk, case):
    chief = world.person("chief", "jpo", kind=world.KIND, admin=True)
    checklist.want(chief, world.KIND, "委任状を確かめる")
    checklist.add(chief, case, "電話で確かめる")
    tab = browse(chief)
    tab.goto(f"/cases/{case}/checklist/")
    tab.check("#ticks input[name=tick] >> nth=0")
    follow(tab, "#ticks .buttons button")
    expect(tab.locator("#ticks")).to_contain_text("印：chief")
    for path in (f"/cases/{case}/checklist/", "/checklists/", f"/cases/{case}/"):
        assert_clean(tab, path)
