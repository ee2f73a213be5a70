"""The page of who can bring the keys back: shares, holders, drills, kits, what is to be done; no word of a share."""

import pytest
from click.testing import CliRunner
from django.urls import reverse
from visitor import client

from access import sealed_room
from access.folk import circle, key, person
from kaname.access import api as access
from kaname.cli import root
from kaname.ledger import recovery


@pytest.fixture
def people(act_office, tmp_path, monkeypatch):
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    return [person("Ada", admin=True), *(person(name, "applicant", sealed=True) for name in ("Hana", "Jiro", "Ken"))]


def made(people):
    return recovery.make([who.public_id for who in people[1:]], people[0].public_id)


def page(who):
    who.language = "en"
    who.save()
    return client(who).get(reverse("keeping")).content.decode()


def test_who_holds_shares_and_what_is_to_be_done_is_shown(people):
    ada, hana, jiro, ken = people
    assert "No shares were made yet" in page(ada) and "nothing that is sealed opens again" in page(ada)
    three = made(people)
    shown = page(ada)
    assert "by Ada" in shown and f"set {three[0].set}" in shown and "no kit for these shares" in shown
    assert all(who.name in shown for who in (hana, jiro, ken)) and shown.count("never") == 3
    kit = recovery.kit(ada.public_id)
    recovery.drill(three[0], three[1], raw=kit, by=ada.public_id)
    recovery.drill(three[2], three[1], raw=kit)
    shown = page(hana)  # who holds a share sees it as well
    assert access.keeping(hana).to_do == () and "never" not in shown and "on the host" in shown
    for share in three:
        assert " ".join(share.words.split()[3:5]) not in shown
    circle("two", hana, jiro)
    recovery.masters().current("new-circle")
    assert "Keys have changed since the last kit" in page(ada)


def test_others_learn_nothing(people):
    made(people)
    other = person("Other", "applicant", sealed=True)
    shown = page(other)
    assert "for administrators and holders" in shown and "Hana" not in shown and access.keeping(other) is None


def test_a_destruction_asks_for_new_shares(people):
    made(people)
    recovery.kit()
    _, hana, jiro, _ = people
    room = circle("room", hana, jiro).public_id
    access.open_case(hana, "patents.application", sealed_room.FILE, idempotency_key=key(), compartment=room)
    access.destruction.ask(hana, room, "over")
    access.destruction.confirm(jiro, room)
    assert "destroy every kit from before it" in page(hana)
    made(people)
    assert "destroy every kit from before it" not in page(hana)


def test_the_command_tells_the_same(people):
    made(people)
    shown = CliRunner().invoke(root, ["keys", "status", "--lang", "en"])
    assert shown.exit_code == 0 and "recovery shares were made" in shown.output and "no kit" in shown.output
    refused = CliRunner().invoke(root, ["keys", "shares", "--for", "a@x.jp", "--for", "A@x.jp", "--for", "b@x.jp"])
    assert refused.exit_code == 2 and "--for" in refused.output
