"""Where the answer to a form leads: to a page of this office, whatever it was asked for as the way back. Every door."""

import pytest
from django.shortcuts import redirect
from django.urls import reverse
from folk import person
from knock import BODIES, at
from visitor import client

from kaname.access.gate.doors import Rule, addresses, rule_of
from kaname.web.way_back import page_here
from web.sweep.walk import outside

NOT_HERE = (
    "//elsewhere.example/", "/\\elsewhere.example", "https:elsewhere.example", "javascript:go()", "\\\\elsewhere",
    "http://localhost@elsewhere.example/", "inbox", "no.such-view", "?x", "é", "",
)  # fmt: skip
READ_IT = ("language", "task_marks", "task_undo", "welcome", "kept")  # these are asked with each of them
_DEAR = ("glance_slides", "glance_report")  # files drawn for who asks
_LED = ("Location", "HX-Redirect", "HX-Location", "HX-Push-Url", "Refresh", "Content-Location", "Link")
_KNOWN = ("https://laws.e-gov.go.jp/", "https://www.wic-net.com/", "mailto:")  # as every page may


def wrong(who, tries=NOT_HERE, only="") -> set[str]:
    """The doors that lead elsewhere, or fail, when a form asks for such a way back."""
    found = set()
    doors = [a for a in addresses() if rule_of(a.name) is not Rule.TOKEN and a.name.startswith(only)]
    doors = [a for a in doors if not a.name.startswith(("admin:", *_DEAR))]
    for number, door in enumerate(doors):
        browser = client(who, **{"HX-Request": "true"} if number % 2 else {})
        browser.raise_request_exception = False
        for asked in tries if door.name in READ_IT else (tries[number % len(tries)],):
            form = {**BODIES.get(door.name, {}), "next": asked}
            answer = browser.post(at(door, "nosuchcase"), form, query_params={"next": asked})
            told = [value for name, value in answer.headers.items() if name in _LED]
            led = outside("" if answer.streaming else answer.content.decode(errors="replace"), *told)
            if answer.status_code >= 500 or [to for to in led if not to.startswith(_KNOWN)]:
                found.add(door.name)
    return found


@pytest.mark.parametrize("known", [True, False])
def test_no_answer_to_a_form_leads_elsewhere_or_fails(db, known):
    assert wrong(person("Hana", "jpo", "applicant") if known else None) == set()


def test_a_way_back_is_a_path_of_this_office(db):
    for asked in NOT_HERE:
        assert page_here(asked) == ""
    for asked, led in (("/cases/?q=a#b", "/cases/?q=a#b"), ("/x\r\nSet-Cookie: a=b", "/x%0D%0ASet-Cookie:%20a=b")):
        assert client().post(reverse("language"), {"next": asked})["Location"] == led


@pytest.mark.parametrize("believed", ["//elsewhere.example/", "no-such-view"])
def test_a_door_that_believes_the_form_is_found(db, monkeypatch, believed):
    monkeypatch.setattr("kaname.web.views.settings.page_here", lambda asked: asked)
    monkeypatch.setattr("kaname.web.views.settings.HttpResponseRedirect", redirect)
    assert wrong(None, (believed,), "l") == {"language"}
