"""A compartment's key that two members have destroyed: nothing of it opens, from nowhere; all the rest goes on."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from visitor import PASSWORD, client, log_in

from access import sealed_room
from access.folk import circle, key, person
from access.sealed_room import KINDS, furnished, opened
from api.calls import Caller
from kaname.access import api as access
from kaname.access import attached, tokens
from kaname.access.errors import NotAllowed, Unknown
from kaname.access.models import Destruction
from kaname.ledger import clock, destroyed, destruction, key_book, sealing
from kaname.ledger.backup import backup, looking_at
from kaname.ledger.errors import Destroyed, KeysMissing
from kaname.ledger.guards import guards
from kaname.ledger.master import FileKeys, masters
from kaname.ledger.models import KeyEvent, Sealed, SealingKey
from kaname.ledger.restore import restore
from kaname.ledger.verify import verify
from kaname.papers import letters, upkeep
from kaname.papers.api import papers
from kaname.procedure import Entry as Act
from kaname.procedure import Refused
from kaname.site.home import home
from papers.test_documents import DAY

WHY = "保存期間の満了 / no longer needed"


@pytest.fixture
def room(office, monkeypatch):
    made = furnished(monkeypatch)
    assert opened(made) == (set(KINDS), 0)  # the test can see what it looks for
    return made


def gone(room):
    access.destruction.ask(room.hana, room.circle, WHY)
    return access.destruction.confirm(room.jiro, room.circle)


def test_nothing_of_it_opens_any_more_and_all_the_rest_stays(room):
    elsewhere = furnished_open(room.hana)
    before = [entry.digest for entry in access.recorded(room.hana, room.case)]
    told = gone(room)
    assert opened(room)[0] == set()
    sealed_room.forget()
    found, shut = opened(room)
    assert found == set() and shut >= 10
    assert (told.reason, told.by, told.confirmed_by) == (WHY, "Hana", "Jiro")
    assert [entry.digest for entry in access.recorded(room.hana, room.case)] == before
    assert verify().faults == [] and guards() == [] and [*upkeep.faults(), *letters.faults()] == []
    assert access.reveal(room.hana, elsewhere, 1, "money") == 7_000_000
    assert access.see(room.hana, room.case).standing.state("permit")
    assert not Sealed.objects.filter(entry__case__public_id=room.case, value__isnull=False).exists()


def furnished_open(who):
    apply = Act("permit.apply", DAY, {"name": "K", "size": "small", "money": 7_000_000}, by="applicant", party="K")
    return access.open_case(who, "small.permit", apply, idempotency_key=key()).case


def test_a_process_that_remembers_the_key_refuses_all_the_same(room):
    """Every other process of the office: it is told by the note, not by its memory."""
    remembered = dict(sealing._CIPHERS), dict(sealing._NEWEST)
    destroyed.write(destroyed.Note(room.circle, "2026-01-01T00:00:00.000000Z", "a", "b", WHY))
    sealing._CIPHERS.update(remembered[0])
    sealing._NEWEST.update(remembered[1])
    assert opened(room)[0] == set()
    with pytest.raises(Destroyed, match="no longer needed"):
        sealing.seal_text("x", b"x", room.circle)


def test_no_backup_opens_any_of_it(room, office):
    """Of SQLite: from before, looked at where it lies, with every file that is left. And a copy of the log."""
    if office.vendor != "sqlite":
        postgresql_backup(room)
        return
    backup(home() / "before.sqlite3")
    live = home() / "live.sqlite3"
    shutil.copy(office.path, live)
    if (log := office.path.with_name(f"{office.path.name}-wal")).exists():
        shutil.copy(log, home() / "live.sqlite3-wal")
    gone(room)
    (home() / "destroyed").rename(home() / "away")  # a thief has no use for notes
    for copy in ("before.sqlite3", "live.sqlite3"):
        with looking_at(home() / copy):
            assert opened(room)[0] == set()
            assert opened(room)[1] >= 10
    (home() / "away").rename(home() / "destroyed")


def postgresql_backup(room):
    """A dump holds rows as they were: they are put back by hand."""
    sealed = list(Sealed.objects.values())
    keys = list(SealingKey.objects.values())
    gone(room)
    for row in keys:
        SealingKey.objects.filter(pk=row["id"]).update(wrapped=row["wrapped"])
    for row in sealed:
        Sealed.objects.filter(pk=row["id"]).update(key=row["key_id"], value=row["value"])
    (home() / "destroyed").rename(home() / "away")
    sealed_room.forget()
    assert opened(room)[0] == set()


def test_planted_a_master_that_was_not_destroyed_opens_it(sqlite_room, monkeypatch):
    """The oracle sees a destruction that only emptied the live database."""
    room = sqlite_room
    backup(home() / "before.sqlite3")
    monkeypatch.setattr(FileKeys, "destroy", lambda self, circle: None)
    gone(room)
    (home() / "destroyed").rename(home() / "away")
    with looking_at(home() / "before.sqlite3"):
        assert opened(room)[0] == set(KINDS)


@pytest.fixture
def sqlite_room(sqlite_office, monkeypatch):
    return furnished(monkeypatch)


def test_a_restored_backup_is_destroyed_again(sqlite_room):
    room = sqlite_room
    backup(home() / "before.sqlite3")
    gone(room)
    restore(home() / "before.sqlite3")
    assert opened(room)[0] == set()
    assert not Sealed.objects.filter(key__circle=room.circle).exists()
    assert guards() == [] and verify().faults == []
    assert access.see(room.hana, room.case).case.public_id == room.case
    assert [line.data["reason"] for line in key_book.lines("destroyed")] == [WHY]


@pytest.fixture
def came_in(sqlite_office, monkeypatch):
    """A room that holds a case which was furnished in the open and moved in afterwards."""
    made = furnished(monkeypatch, "")
    room = circle("room", made.hana, made.jiro).public_id
    return replace(made, circle=room)


def test_what_was_written_in_the_open_goes_with_the_room_the_case_was_moved_to(came_in):
    access.place(came_in.hana, came_in.case, came_in.circle)
    assert opened(came_in) == (set(KINDS) - {"preview", "bucket"}, 0)  # both are made again later
    gone(came_in)
    sealed_room.forget()
    assert opened(came_in)[0] == set()


@pytest.mark.parametrize(("left", "kinds"), [("desk", {"measure"}), ("aside", {"note", "line"})])
def test_planted_what_does_not_move_with_its_case_stays_open(came_in, monkeypatch, left, kinds):
    monkeypatch.setattr(attached, "MOVES", [one for one in attached.MOVES if left not in one.__module__])
    access.place(came_in.hana, came_in.case, came_in.circle)
    gone(came_in)
    sealed_room.forget()
    assert opened(came_in)[0] == kinds


@pytest.mark.parametrize("stop", ["destroy", "update", "write"])
def test_stopped_half_way_it_is_finished_later(sqlite_room, monkeypatch, stop):
    room = sqlite_room

    def stopped(*args, **kwargs):
        raise OSError

    with monkeypatch.context() as patch:
        where = {"destroy": (FileKeys, "destroy"), "update": (SealingKey, "objects"), "write": (key_book, "write")}
        patch.setattr(*where[stop], stopped)
        access.destruction.ask(room.hana, room.circle, WHY)
        with pytest.raises((OSError, AttributeError)):
            access.destruction.confirm(room.jiro, room.circle)
        assert opened(room)[0] == set()
    destruction.finish()
    destruction.finish()
    sealed_room.forget()
    assert opened(room)[0] == set()
    assert not (home() / "circle_keys" / room.circle).exists()
    assert len(key_book.lines("destroyed")) == 1 and verify().faults == []


# -- who ---------------------------------------------------------------------------------------------------------------


def test_it_takes_two_members(sqlite_room):
    room, ada, other = sqlite_room, person("Ada", admin=True), person("Other", "applicant", sealed=True)
    for outsider in (ada, other):
        for step in (access.destruction.confirm, access.destruction.withdraw, access.destruction.waiting):
            with pytest.raises(Unknown):
                step(outsider, room.circle)
        with pytest.raises(Unknown):
            access.destruction.ask(outsider, room.circle, WHY)
    with pytest.raises(NotAllowed, match="reason"):
        access.destruction.ask(room.hana, room.circle, "  ")
    with pytest.raises(Unknown):
        access.destruction.confirm(room.jiro, room.circle)  # nobody has asked
    access.destruction.ask(room.hana, room.circle, WHY)
    with pytest.raises(NotAllowed, match="another member"):
        access.destruction.confirm(room.hana, room.circle)
    with pytest.raises(NotAllowed, match="asked already"):
        access.destruction.ask(room.jiro, room.circle, "again")
    assert opened(room) == (set(KINDS), 0)
    access.destruction.withdraw(room.jiro, room.circle)
    with pytest.raises(Unknown):
        access.destruction.confirm(room.jiro, room.circle)
    assert opened(room) == (set(KINDS), 0) and not Destruction.objects.filter(confirmed=True).exists()


def test_what_was_asked_long_ago_is_asked_again(sqlite_room, monkeypatch):
    room = sqlite_room
    access.destruction.ask(room.hana, room.circle, WHY)
    Destruction.objects.update(asked_at=clock.now() - timedelta(days=31))
    with pytest.raises(Unknown):
        access.destruction.confirm(room.jiro, room.circle)
    access.destruction.ask(room.jiro, room.circle, WHY)
    access.destruction.confirm(room.hana, room.circle)
    with pytest.raises(NotAllowed, match="already"):
        access.destruction.ask(room.hana, room.circle, WHY)


def test_nothing_comes_into_a_destroyed_room_or_out(sqlite_room):
    room = sqlite_room
    inside, outside = circle("two", room.hana, room.jiro), furnished_open(room.hana)
    gone(room)
    for case, to in ((room.case, ""), (room.case, inside.public_id), (outside, room.circle)):
        with pytest.raises(NotAllowed, match="destroyed"):
            access.place(room.hana, case, to)
    apply = Act("permit.apply", DAY, {"name": "K", "size": "small"}, by="applicant", party="K")
    with pytest.raises(Destroyed):
        access.open_case(room.hana, "small.permit", apply, idempotency_key=key(), compartment=room.circle)
    with pytest.raises(Destroyed):  # an act with a sealed field; one without is recorded
        correct(room, {"money": 5})
    assert not isinstance(correct(room, {"name": "Kumo"}), Refused)
    assert masters().current("other-circle") and not (home() / "circle_keys" / room.circle).exists()


def correct(room, data):
    entry = Act("correct", DAY, {"entry": 1, "data": data}, by="applicant")
    return access.act(room.hana, room.case, entry, idempotency_key=key())


def test_a_case_that_came_in_later_is_told_of(sqlite_room):
    room = sqlite_room
    assert access.destruction.reach(room.hana, room.circle).older is None
    access.place(room.hana, furnished_open(room.hana), room.circle)
    reach = access.destruction.reach(room.hana, room.circle)
    assert (reach.cases, reach.values, bool(reach.older)) == (2, 2, True)


# -- what people see ---------------------------------------------------------------------------------------------------


def test_pages_say_when_and_why_and_go_on(act_office, monkeypatch):
    room = furnished(monkeypatch, kind="patents.application", act=sealed_room.FILE)
    hana, jiro = (logged_in(who) for who in (room.hana, room.jiro))
    page = reverse("compartment", args=[room.circle])
    assert hana.post(page, {"do": "destroy", "reason": ""}).status_code == 422
    assert hana.post(page, {"do": "destroy", "reason": "time is over"}).status_code == 302
    assert "confirm_destruction" not in hana.get(page).content.decode()
    assert hana.post(page, {"do": "confirm_destruction"}).status_code == 422
    assert "time is over" in jiro.get(page).content.decode()
    assert jiro.post(page, {"do": "confirm_destruction"}).status_code == 302
    assert "destroyed on" in jiro.get(page).content.decode()
    for tab in ("", "history/", "papers/", "checklist/", "notes/", "people/", "flow/", "acts/"):
        shown = hana.get(f"/cases/{room.case}/{tab}")
        assert shown.status_code == 200, tab
        if tab != "acts/":
            assert "because: time is over" in shown.content.decode(), tab
        assert sealed_room.WORD not in shown.content.decode(), tab
    shown = hana.get(f"/cases/{room.case}/papers/{room.paper}/")
    assert shown.status_code < 500 and sealed_room.WORD not in shown.content.decode()
    assert hana.get("/search/", {"q": sealed_room.WORD}).status_code == 200
    assert [p.name for p in papers(room.hana, room.case)] == ["", ""]


def logged_in(who):
    who.language = "en"
    who.set_password(PASSWORD)
    who.save()
    browser = client()
    log_in(who.email, at=browser)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser


def test_by_api_it_takes_the_same_two_members(sqlite_room):
    """The same rules by programs: who asks does not confirm, who is no member meets nothing, the answer says all."""
    room, ada, other = sqlite_room, person("Ada", admin=True), person("Other", "applicant", sealed=True)
    at = f"/compartments/{room.circle}/destruction"
    hana, jiro, *outside = (caller(who) for who in (room.hana, room.jiro, ada, other))
    for one in outside:
        assert one.get(at).status_code == one.post(at, {"do": "ask", "reason": WHY}).status_code == 404
        assert one.post(at, {"do": "confirm"}).status_code == 404
    assert caller(room.hana, "read", "act").post(at, {"do": "ask", "reason": WHY}).status_code == 403
    assert hana.post(at, {"do": "ask", "reason": " "}).status_code in (403, 422)
    asked = hana.post(at, {"do": "ask", "reason": WHY}).json()
    assert asked["waiting"]["who"] == "Hana" and asked["destroyed"] is None and asked["cases"] == 1
    assert hana.post(at, {"do": "confirm"}).status_code == 403 and opened(room) == (set(KINDS), 0)
    assert jiro.post(at, {"do": "withdraw"}).json()["waiting"] is None
    hana.post(at, {"do": "ask", "reason": WHY})
    done = jiro.post(at, {"do": "confirm"})
    assert done.status_code == 200 and done.json()["destroyed"]["confirmed_by"] == "Jiro"
    assert opened(room)[0] == set() and hana.get(at).json()["destroyed"]["reason"] == WHY


def caller(who, *scopes):
    return Caller(tokens.make(who, "test", scopes or ("read", "act", "sealed"), 30)[1])


def test_the_book_of_keys_is_a_chain(sqlite_room):
    gone(sqlite_room)
    key_book.write("drill", by="a")
    assert key_book.faults() == []
    for change in ({"data": '{"by":"b"}'}, {"at": "2020-01-01T00:00:00.000000Z"}, {"before": ""}, {"what": "shares"}):
        held = KeyEvent.objects.values().get(number=2)
        KeyEvent.objects.filter(number=2).update(**change)
        assert len(key_book.faults()) == 1, change
        assert [f.seq for f in verify().faults] == [0]
        KeyEvent.objects.filter(number=2).update(**held)
    KeyEvent.objects.filter(number=1).delete()
    assert key_book.faults()


def test_an_office_of_before_comes_under_masters_of_circles(sqlite_room, monkeypatch):
    """A key that a version of before wrapped by the office's master is wrapped again, and old copies are told of."""
    room = sqlite_room
    row = next(row for row in sealing.key_rows("WHERE circle = %s", (room.circle,)))
    plain = masters().unwrap(row.master, row.wrapped, row.about, room.circle)
    name, wrapped = masters().wrap(plain, row.about)
    SealingKey.objects.filter(pk=row.number).update(master=name, wrapped=wrapped)
    sealed_room.forget()
    assert opened(room) == (set(KINDS), 0)
    from kaname.ledger import reseal

    assert reseal.settle() == 1 and reseal.settle() == 0
    gone(room)
    sealed_room.forget()
    assert opened(room)[0] == set()


def test_a_lost_half_is_told_from_a_destroyed_one(sqlite_room):
    room = sqlite_room
    (home() / "circle_keys" / room.circle).rename(home() / "away")
    sealed_room.forget()
    with pytest.raises(KeysMissing, match="circle_keys"):
        sealing.seal_text("x", b"x", room.circle)
    assert guards()
    (home() / "away").rename(home() / "circle_keys" / room.circle)
    assert guards() == [] and opened(room) == (set(KINDS), 0)
