"""Keys and lists of keys on the disk: whole or as before, and of two that change them at once neither is forgotten."""

import json
from threading import Event, Thread

import pytest
from made_by_hand import KEY, STRANGER

from kaname.ledger import keys
from kaname.site.home import home

AT = "2026-05-01T00:00:00.000000Z"


@pytest.fixture(autouse=True)
def at_home(monkeypatch, tmp_path):
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))


def everything():
    return {str(p.relative_to(home())): p.read_bytes() for p in home().rglob("[!.]*") if p.is_file()}


def renewed():
    told = []
    keys.renew(AT, told.append)
    return json.loads(told[0].partition(b"\n")[0])["to"]


def test_what_was_known_is_not_lost_where_the_disk_is_full(monkeypatch):
    renewed()
    keys.pin("ministry", KEY)
    keys.speak_of("ministry")
    before, own = everything(), keys.own_keys()

    def full(*_):
        raise OSError("no room")

    monkeypatch.setattr(type(home()), "replace", full)
    for act in (renewed, lambda: keys.pin("other", STRANGER), lambda: keys.speak_of("ministry")):
        with pytest.raises(OSError, match="no room"):
            act()
    after = everything()
    kept_also = [name for name in after if name not in before]
    assert all(after[name] == held for name, held in before.items()) and keys.own_keys() == own
    assert kept_also == [f"opening_keys/{own[0]}"], "the present key, a second time"


def test_of_two_renewals_at_once_no_key_that_partners_are_told_is_lost():
    told, first, second = [], Event(), Event()

    def slow(raw):
        first.set()
        second.wait(0.3)
        told.append(raw)

    def other():
        first.wait(5)
        keys.renew(AT, told.append)
        second.set()

    both = Thread(target=keys.renew, args=(AT, slow)), Thread(target=other)
    for one in both:
        one.start()
    for one in both:
        one.join()
    names = [json.loads(raw.partition(b"\n")[0])["to"] for raw in told]
    assert len(names) == 2 and keys.own_key() == names[-1] and set(names) < set(keys.own_keys())
    assert all(keys.seed_of(name) for name in keys.own_keys())


def test_lists_that_two_add_to_hold_what_both_have_added():
    path = home() / "list"
    both = [Thread(target=lambda n=n: [keys._list(path, f"{n}-{i}") for i in range(10)]) for n in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(keys._listed(path)) == 20 and path.stat().st_mode & 0o777 == 0o600
