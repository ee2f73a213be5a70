"""Every address of the URL table and every operation of the API has a rule, and the rule is kept."""

import pytest
from django.http import HttpResponse
from django.urls import clear_url_caches, include, path, reverse
from folk import person
from visitor import client, masked

from kaname.access import tokens
from kaname.access.errors import Unknown
from kaname.access.gate import doors
from kaname.access.gate.doors import NoRule, Rule, addresses, rule_of
from kaname.ledger.errors import UnknownCase
from kaname.ledger.master import ASKING
from kaname.site import urls
from kaname.site.logs import pseudonym
from kaname.task import views


def faults() -> list[str]:
    """Addresses without rule, with a rule that does not fit their parameters, and rules in vain."""
    found, names = [], set()
    for address in addresses():
        names |= {address.name, f"{address.name.partition(':')[0]}:"}
        try:
            rule = rule_of(address.name)
        except NoRule:
            found.append(f"{address.name} ({address.route}) has no rule: add it to kaname/site/doors.py")
            continue
        if ("case" in address.parameters) != (rule is Rule.CASE) and rule is not Rule.TOKEN:
            found.append(f"{address.name} ({address.route}) has the rule {rule}: does it name a case, or not?")
    return found


def test_every_address_has_a_rule():
    assert faults() == []


def test_the_rule_of_a_namespace_is_for_what_lies_in_it():
    assert rule_of("admin:index") is Rule.ADMIN
    for name in ("admin", "nowhere", "nowhere:index"):
        with pytest.raises(NoRule, match=name):
            rule_of(name)


def _view(request, **_):
    return HttpResponse("seen")


@pytest.fixture
def planted(monkeypatch):
    """Doors that somebody forgot to write into the table."""
    more = ([path("last/", _view, name="last"), path("", include([path("<int:page>/", _view)]))], "more")
    forgotten = [
        path("forgotten/", _view, name="forgotten"), path("nameless/", _view),
        path("inner/", include(([path("deep/", _view, name="deep"), path("<str:case>/", include(more))], "inner"))),
        path("help/<str:case>/", _view, name="help"),
    ]  # fmt: skip
    monkeypatch.setattr(urls, "urlpatterns", [*forgotten, *urls.urlpatterns])
    clear_url_caches()
    yield
    monkeypatch.undo()
    clear_url_caches()


def test_a_forgotten_door_is_found(planted):
    named = [fault.split(" ")[0] for fault in faults()]
    assert named == [
        "forgotten", "(nameless/)", "inner:deep", "inner:more:last", "inner:more:(inner/<str:case>/<int:page>/)",
        "help",
    ]  # fmt: skip


def test_an_address_is_told_with_all_that_leads_to_it(planted):
    found = {address.name: address for address in addresses()}
    assert found["inner:deep"][1:] == ("inner/deep/", (), _view)
    assert found["inner:more:last"][1:] == ("inner/<str:case>/last/", ("case",), _view)
    assert found["inner:more:(inner/<str:case>/<int:page>/)"].parameters == ("case", "page")


@pytest.mark.parametrize("where", ["/forgotten/", "/nameless/", "/inner/deep/"])
def test_and_is_not_opened_to_anybody(planted, db, where):
    for browser in (client(), client(person("Ada", "jpo", admin=True))):
        browser.raise_request_exception = False
        answer = browser.get(where)
        assert answer.status_code == 500 and b"seen" not in answer.content
    with pytest.raises(NoRule, match=r"add it to the table kaname\.site\.doors"):
        client().get(where)


@pytest.mark.parametrize("fault", [UnknownCase, Unknown, LookupError])
def test_what_a_view_may_not_tell_is_not_there_and_other_faults_stay_faults(monkeypatch, five, db, fault):
    def view(request, **_):
        raise fault

    monkeypatch.setattr(urls.urlpatterns[0], "callback", view)
    browser = client()
    browser.raise_request_exception = False
    answer = browser.get(reverse("public"))
    if fault is LookupError:
        assert answer.status_code == 500
    else:  # to the byte as where there is no such address
        assert masked(answer, "/five/public/") == masked(browser.get("/no/such/page/"), "/no/such/page/")


@pytest.fixture
def asking(monkeypatch):
    """On whose behalf each view ran."""
    seen = []

    def view(request, **_):
        seen.append(ASKING.get())
        return HttpResponse("seen")

    monkeypatch.setitem(globals(), "_view", view)
    return seen


@pytest.fixture
def five(monkeypatch):
    """One door of each rule."""
    table = {name: Rule(name) for name in Rule}
    made = [path(f"five/{n}/" + ("<str:case>/" if n == "case" else ""), _view, name=n) for n in table]
    monkeypatch.setattr(urls, "urlpatterns", [*made, *urls.urlpatterns])
    monkeypatch.setattr(doors, "rules", lambda: {**table, "account_login": Rule.PUBLIC, "help": Rule.PUBLIC})
    clear_url_caches()
    yield
    monkeypatch.undo()
    clear_url_caches()


def test_each_rule_lets_in_whom_it_says(five, db):
    hana, ada = person("Hana", "jpo"), person("Ada", "jpo", admin=True)
    got = {
        name: [client(who).get(reverse(name)).status_code for who in (None, hana, ada)]
        for name in ("public", "person", "admin", "token")
    }
    assert got == {
        "public": [200, 200, 200], "person": [302, 200, 200], "admin": [302, 404, 200], "token": [200, 200, 200],
    }  # fmt: skip
    assert client(hana).get("/five/case/nosuchcase/").status_code == 404
    assert client().get("/five/case/nosuchcase/").status_code == 302


def test_where_one_may_not_go_there_is_nothing(five, db):
    hana = client(person("Hana", "jpo"))
    where = ("/five/admin/", "/five/case/nosuchcase/", "/no/such/page/")
    assert len({masked(hana.get(address), address) for address in where}) == 1


def test_keys_are_asked_for_in_the_name_of_who_is_logged_in_and_of_nobody_afterwards(asking, five, db):
    hana, ada = person("Hana", "jpo"), person("Ada", "jpo", admin=True)
    for who, name in ((hana, "person"), (None, "public"), (ada, "admin"), (hana, "token")):
        client(who).get(reverse(name))
    assert asking == [pseudonym("person", hana.public_id), "", pseudonym("person", ada.public_id), ""]


def test_what_nothing_can_be_called_is_not_there(office):
    """A NUL in an address, which PostgreSQL would not even look for: no fault, and no database that is away."""
    hana = person("Hana", "applicant")
    for name, kwargs in (
        ("document", {"document": "\0"}),
        ("task_job", {"job": "\0"}),
        ("compartment", {"compartment": "a\0"}),
    ):
        assert client(hana).get(reverse(name, kwargs=kwargs)).status_code == 404, name
    _, secret = tokens.make(hana, "t", ["read"], 9)
    told = client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/documents/%00")
    assert told.status_code == 404 and told.json()["code"] == "not_found"


def test_a_view_that_is_shared_breaks_no_list_of_others(office):
    views.save(person("Ren", "applicant"), "cases", "x", "party=%00&state=%00", shared=True)
    assert client(person("Hana", "applicant")).get(reverse("cases")).status_code == 200
