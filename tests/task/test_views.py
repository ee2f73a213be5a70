"""Saved views: named, shared, pinned, opened first; nobody else's can be changed; a view shows what each may know."""

from datetime import timedelta

import pytest

from access.folk import person
from kaname.access import api as access
from kaname.task import views
from kaname.task.marks import CannotBeDone
from web import world
from web.test_case_pages import login, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def folk():
    return world.people()


def test_one_spelling_and_nothing_passing():
    assert views.kept("sort=due&page=3&kind=x&format=csv&party=") == "kind=x&sort=due"
    assert views.kept("Evil=1&<x>=2&a=%00") == "a=%00"


def test_own_and_shared_ones(folk):
    far = person("Far")
    mine = views.save(folk["jpo"], "cases", " 提出 ", "state=filed")
    assert [s.view.name for s in views.of(folk["jpo"])] == ["提出"] and views.of(folk["pm"]) == []
    views.share(folk["jpo"], mine.public_id, True)
    (seen,) = views.of(folk["pm"])
    assert not seen.mine
    for change in (views.delete, lambda p, v: views.share(p, v, False), lambda p, v: views.rename(p, v, "x")):
        with pytest.raises(LookupError):
            change(folk["pm"], mine.public_id)
    views.use(folk["pm"], mine.public_id, pinned=True, first=True)
    assert (
        views.first(views.of(folk["pm"]), "cases") == "state=filed"
        and views.first(views.of(folk["jpo"]), "cases") == ""
    )
    views.share(folk["jpo"], mine.public_id, False)
    assert views.of(folk["pm"]) == [] and views.first(views.of(folk["pm"]), "cases") == ""
    assert far and views.save(folk["jpo"], "cases", "提出", "state=sent").pk == mine.pk


@pytest.mark.parametrize(("page", "name", "query"), [
    ("nowhere", "x", ""), ("cases", "", ""), ("cases", "x" * 65, ""), ("cases", "a\nb", ""),
    ("cases", "x", "&".join(f"a{n}=1" for n in range(60))),
])  # fmt: skip
def test_what_cannot_be_kept(folk, page, name, query):
    with pytest.raises(CannotBeDone):
        views.save(folk["jpo"], page, name, query)


def test_one_opens_first_and_names_are_not_taken_twice(folk):
    one, two = (views.save(folk["jpo"], "cases", n, f"state={n}") for n in ("a", "b"))
    views.use(folk["jpo"], one.public_id, first=True)
    views.use(folk["jpo"], two.public_id, first=True)
    assert views.first(views.of(folk["jpo"]), "cases") == "state=b"
    with pytest.raises(CannotBeDone):
        views.rename(folk["jpo"], two.public_id, "a")
    views.rename(folk["jpo"], two.public_id, "c")


def test_the_list_begins_with_it_and_counts_stand_beside(folk):
    world.filed(folk["attorney"], access.today() - timedelta(80))
    jpo = login(folk["jpo"])
    said = {"page": "cases", "name": "提出", "query": "state=filed&page=2", "pinned": "1"}
    assert jpo.post("/task/views/save/", said)["Location"] == "/cases/?state=filed"
    (seen,) = views.of(folk["jpo"])
    at = f"/task/views/{seen.view.public_id}/"
    jpo.post(at, {"do": "first"})
    assert jpo.get("/cases/")["Location"] == "/cases/?state=filed"
    assert jpo.get("/cases/?sort=due").status_code == 200
    assert "提出 1" in text(jpo.get("/")) and "提出 1" in text(jpo.get("/cases/?sort=due"))
    assert "最初に開く" in text(jpo.get("/task/views/"))
    jpo.post(at, {"do": "rename", "name": ""})
    jpo.post(at, {"do": "delete"})
    assert views.of(folk["jpo"]) == [] and jpo.post(at, {"do": "pin"}).status_code == 404
    assert jpo.post("/task/views/save/", {"page": "x"})["Location"] == "/task/views/"
