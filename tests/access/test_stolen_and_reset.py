"""Who steals a backup and the folder of data opens nothing sealed; nor does an administrator who resets a login."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from visitor import PASSWORD, client, is_in, log_in

from access import sealed_room
from access.folk import person
from access.sealed_room import KINDS, WORD, furnished, opened
from kaname.access import api as access
from kaname.access.errors import Unknown
from kaname.access.login.invitations import invite, reset
from kaname.access.models import Membership
from kaname.ledger import clock
from kaname.ledger.backup import backup, looking_at
from kaname.ledger.errors import UnknownCase
from kaname.ledger.master import masters
from kaname.papers.api import find, papers
from kaname.site.home import home
from ledger.test_sealing import found_in

KEY_FILES = ("sealing_key", "circle_keys")


@pytest.mark.parametrize("place", [None, ""])
def test_without_either_key_file_nothing_of_any_kind_opens(sqlite_office, monkeypatch, place):
    """In a compartment, and in the open: there the master alone is enough, and without it nothing opens."""
    room = furnished(monkeypatch, place)
    backup(home() / "stolen.sqlite3")
    for name in KEY_FILES if place is None else KEY_FILES[:1]:
        with away(name), looking_at(home() / "stolen.sqlite3"):
            found, shut = opened(room)
            assert found == set() and shut >= 10
    with looking_at(home() / "stolen.sqlite3"):
        assert opened(room) == (set(KINDS), 0)  # planted: a thief who has the keys, too


class away:
    """Within the block a file or folder of KANAME_HOME is elsewhere."""

    def __init__(self, name):
        self.path = home() / name

    def __enter__(self):
        self.path.rename(self.path.with_name("away"))
        sealed_room.forget()

    def __exit__(self, *_):
        self.path.with_name("away").rename(self.path)
        sealed_room.forget()


def test_no_key_and_no_sealed_word_lies_in_a_backup_or_the_data(sqlite_office, monkeypatch):
    room = furnished(monkeypatch)
    backup(home() / "stolen.sqlite3")
    data = [p for p in home().rglob("*") if p.is_file() and p.parent.name != "circle_keys" and "_key" not in p.name]
    assert found_in("offen-4711-公開", *data)  # the sweep does find what lies open
    assert found_in(WORD, *data) == set()
    keys = [p.read_bytes() for p in (home() / "circle_keys").iterdir()] + [(home() / "sealing_key").read_bytes()]
    assert len(keys) >= 2
    for path in data:
        raw = path.read_bytes()
        assert not [key for key in keys if key in raw or key.hex().encode() in raw], path
    assert room.circle in {p.name for p in (home() / "circle_keys").iterdir()}


@pytest.mark.parametrize("renew", [invite, reset])
def test_a_reset_opens_none_of_the_sealed_things(sqlite_office, monkeypatch, renew):
    """The administrator makes a link for a member, logs in as them, and meets no compartment; nor does the member,
    until another member brings them in again."""
    room, ada = furnished(monkeypatch), person("Ada", admin=True)
    assert len(find(room.hana, WORD).hits) == 2
    link = renew(ada, room.hana)
    thief = client()
    where = reverse("welcome", args=[link])
    thief.post(where, {"password1": PASSWORD, "password2": PASSWORD, "password": PASSWORD})
    log_in(room.hana.email, at=thief)
    assert is_in(thief)
    room.hana.refresh_from_db()
    assert reached(room, thief) == set()
    access.compartments.join(room.jiro, room.circle, room.hana)
    assert reached(room, None) == {"value", "papers", "notes", "search"}


def reached(room, browser):
    """What the person of Hana, and a browser logged in as her, reaches of the room."""
    found = set()
    doors = {
        "value": lambda: access.reveal(room.hana, room.case, 1, "money"),
        "papers": lambda: papers(room.hana, room.case),
        "notes": lambda: access.find(room.hana, room.case),
        "search": lambda: find(room.hana, WORD).hits,
    }
    for name, door in doors.items():
        try:
            if door():
                found.add(name)
        except (UnknownCase, Unknown):
            continue
    for tab in ("", "papers/", "notes/", "checklist/", f"papers/{room.paper}/") if browser else ():
        if browser.get(f"/cases/{room.case}/{tab}").status_code != 404:
            found.add(tab)
    return found


def test_planted_a_reset_that_leaves_memberships_is_seen(sqlite_office, monkeypatch):
    room, ada = furnished(monkeypatch), person("Ada", admin=True)
    invite(ada, room.hana)
    Membership.objects.filter(person=room.hana).update(valid_until=clock.today() + timedelta(days=9))
    assert reached(room, None) == {"value", "papers", "notes", "search"}


def test_no_key_opens_to_who_asks_the_database(sqlite_office, monkeypatch):
    """Wrapped keys differ from every key in use, and each is bound to its circle, version and number."""
    furnished(monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT wrapped), count(DISTINCT master) FROM ledger_sealing_key")
        keys, wrapped, names = cursor.fetchone()
    assert keys == wrapped == names == 1
    furnished_too = masters().current("another-circle")
    assert furnished_too != masters().current()
