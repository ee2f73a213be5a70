"""The pages of custody: a member asks, a second one approves, the file comes; each fault in words."""

import pytest
from designated import WORDS, designated, document
from django.test import Client
from django.urls import reverse
from folk import circle, person
from visitor import client

from kaname.access.custody import api as custody
from kaname.access.custody.models import Copy


@pytest.fixture
def three(act_office, tmp_path, monkeypatch):
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    people = [person("Hana", "applicant", sealed=True), person("Ken", "applicant", sealed=True), person("Ren", "jpo")]
    case = designated(circle("輪", *people))
    return *people, case, document(case, people[0])


def at(case, name="custody", *more):
    return reverse(name, args=[case.public_id, *more])


def test_a_file_comes_after_a_second_person_approved_and_the_register_knows_it(three):
    hana, ken, _, case, paper = three
    hers, his = client(hana), client(ken)
    refused = hers.get(f"/documents/{paper}/")
    assert refused.status_code == 302 and refused["Location"].endswith(f"what=document+{paper}#ask")
    form = hers.get(refused["Location"])
    assert f'<option value="document {paper}" selected>' in form.content.decode()
    wrong = hers.post(at(case), {"what": f"document {paper}", "form": "download", "copies": "x", "why": "照合"})
    assert (
        wrong.status_code == 400
        and 'id="f-copies-error"' in wrong.content.decode()
        and "照合" in wrong.content.decode()
    )
    hers.post(at(case), {"what": f"document {paper}", "form": "download", "copies": "1", "why": "照合"})
    (asked,) = custody.waiting(ken)
    assert asked.id in his.get("/").content.decode() and asked.id not in hers.get("/").content.decode()
    assert "照合" in his.get(at(case, "custody_request", asked.id)).content.decode()
    assert his.post(at(case, "custody_request", asked.id), {"verdict": "approved", "copies": "1"}).status_code == 400
    his.post(at(case, "custody_request", asked.id), {"verdict": "approved", "copies": "1", "hours": "2", "why": "可"})
    given = hers.get(f"/documents/{paper}/")
    assert b"".join(given.streaming_content).decode() == WORDS
    assert hers.get(f"/documents/{paper}/").status_code == 302 and Copy.objects.count() == 1
    hers.post(at(case), {"number": "1", "fate": "destroyed", "words": "溶解"})
    assert "溶解" in his.get(at(case)).content.decode()
    assert "approval" not in his.get(at(case, "custody_decided")).content.decode().partition("<main")[0]


def test_who_sees_the_case_and_not_what_is_sealed_is_told_so(three):
    *_, ren, case, _ = three
    for name in ("custody", "custody_decided"):
        assert client(ren).get(at(case, name)).status_code == 403


@pytest.mark.parametrize("given", [{"number": "x"}, {"number": "9", "fate": "lost", "words": "x"}])
def test_a_copy_that_is_none_is_not_there(three, given):
    hana, *_, case, _ = three
    assert client(hana).post(at(case), given).status_code == 404


def test_a_manager_is_named_on_the_page(three):
    hana, ken, ren, case, _ = three
    client(hana).post(at(case), {"manager": ken.public_id})
    assert custody.manager(case) == ken
    assert client(hana).post(at(case), {"manager": ren.public_id}).status_code == 400
    client(hana).post(at(case), {"manager": ""})
    assert custody.manager(case) is None


def test_a_case_of_a_kind_without_custody_has_no_such_page(act_office):
    assert Client().get("/cases/x/custody/").status_code in (302, 404)
