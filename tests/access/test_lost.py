"""The page and the call of what a restore lost: for administrators, each entry with how it comes back."""

import pytest
from django.urls import reverse
from visitor import client

from access.folk import person
from api.calls import Caller, is_problem
from kaname.access import api as access
from kaname.access import tokens
from kaname.ledger.proof import restores
from kaname.ledger.proof.restores import Lost

CASE = "a" * 26


@pytest.fixture
def ada(act_office, tmp_path, monkeypatch):
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    found = person("Ada", admin=True)
    found.language = "en"
    found.save()
    return found


def called(who, *scopes):
    return Caller(tokens.make(who, "test", scopes, 30)[1])


def test_before_and_after_a_restore(ada):
    page = reverse("lost")
    assert "never put back" in client(ada).get(page).content.decode()
    restores.raise_epoch()
    assert "nothing is known to be missing" in client(ada).get(page).content.decode()
    restores.note([Lost(CASE, 4, "0" * 64, restores.RECEIPT)])
    shown = client(ada).get(page).content.decode()
    assert CASE in shown and "1 entries were here" in shown and "there is a receipt" in shown
    assert page in client(ada).get(reverse("anchors")).content.decode()
    told = called(ada, "read", "admin").get("/office/restores").json()
    assert [(one["case"], one["seq"]) for one in told["missing"]] == [(CASE, 4)] and len(told["restores"]) == 1


def test_nobody_else_sees_it(ada):
    restores.note([Lost(CASE, 4, "0" * 64, restores.RECEIPT)])
    other = person("Other", "applicant", sealed=True)
    assert client(other).get(reverse("lost")).status_code in (403, 404)
    assert CASE not in client(other).get(reverse("anchors")).content.decode()
    with pytest.raises(access.NotAllowed):
        access.restored(other)
    is_problem(called(ada, "read").get("/office/restores"), 403, "scope")


def test_how_recovery_stands_is_told_to_who_may_know(ada):
    other = person("Other", "applicant", sealed=True)
    told = called(ada, "read").get("/office/recovery").json()
    assert told["made"] is None and told["shares"] == [] and told["to_do"]
    is_problem(called(other, "read").get("/office/recovery"), 403, "mandate")
