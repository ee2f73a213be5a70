"""How the keys stand, told to whom: holders and what they have proven, kits, what is to be done, the book."""

from datetime import UTC, datetime, timedelta

import pytest
from folk import person

from kaname.access import api as access
from kaname.access import keeping
from kaname.days import JST
from kaname.ledger import clock, envelope_keys, key_book, keys, recovery
from kaname.ledger.agent_keys import AgentAway, AgentKeys
from kaname.ledger.master import masters
from kaname.site.home import home
from kaname.site.logs import pseudonym

BEGUN = datetime(2026, 3, 1, 20, tzinfo=UTC)
AT = BEGUN.astimezone(JST)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def later(sqlite_office, monkeypatch):
    """An office whose clock stands still until a test lets it go by."""
    now = [BEGUN]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    return lambda by=DAY: now.append(now.pop() + by)


@pytest.fixture
def people():
    return [person("Ada", admin=True), *(person(name) for name in ("Hana", "Jiro", "Ken"))]


def made(people):
    return recovery.make([who.public_id for who in people[1:]], people[0].public_id)


def told(people):
    return access.keeping(people[0])


def to_do(*texts):
    return keeping.to_do() == texts


def test_administrators_and_holders_are_told_and_nobody_else(people):
    ada, hana, jiro, ken = people
    assert access.keeping(hana) is None and access.keeping(ada)
    recovery.make([hana.public_id, jiro.email, "somebody"])
    assert access.keeping(ken) is None and access.keeping(ada) == access.keeping(hana) == access.keeping(jiro)
    recovery.make([ken.public_id])
    assert access.keeping(hana) is None and access.keeping(ken), "who holds a share of the present set"


def test_before_shares_were_made_that_is_what_is_to_be_done(people, monkeypatch):
    """And no agent is asked where there is none."""
    monkeypatch.delattr(recovery, "agent_says")
    key_book.write("kit", by=people[1].public_id, digest="d")
    shown = told(people)
    assert (shown.made, shown.by, shown.set, shown.holders, shown.kit) == (None, "", 0, (), None)
    assert shown.to_do == keeping.to_do() == (keeping._NONE,)
    assert shown.book == (keeping.Event(1, AT, key_book.WHAT["kit"], "Hana"),)


def test_who_holds_which_share_and_when_it_was_proven_last(people, later):
    made(people)
    later()
    three = recovery.make([people[1].public_id, people[2].email, "gone"], people[0].email)
    shown = told(people)
    assert (shown.made, shown.by, shown.set) == (AT + DAY, "Ada", three[0].set)
    assert shown.holders == tuple(keeping.Holder(n, name, None) for n, name in enumerate(("Hana", "Jiro", "—"), 1))
    for first, second in ((0, 1), (1, 2)):
        later()
        recovery.drill(three[first], three[second])
    assert [one.tried for one in told(people).holders] == [AT + 2 * DAY, AT + 3 * DAY, AT + 3 * DAY]
    later()
    made(people)
    assert [one.tried for one in told(people).holders] == [None] * 3, "the papers of before are worth nothing"


def test_what_is_to_be_done_until_nothing_is_left(people, later):
    three = made(people)
    assert to_do(keeping._NO_KIT, keeping._UNTRIED) and told(people).kit is None
    later()
    recovery.kit()
    assert to_do(keeping._UNTRIED) and told(people).kit == AT + DAY
    recovery.drill(three[0], three[1])
    assert to_do(keeping._UNTRIED)
    later()
    recovery.drill(three[1], three[2])
    assert to_do()
    masters().current("attic")
    assert to_do(keeping._OLD_KIT)
    later()
    recovery.kit()
    assert to_do() and told(people).kit == AT + 3 * DAY, "the newest counts"
    later(363 * DAY)
    assert to_do()
    later()
    assert to_do(keeping._TRIED_LONG_AGO), "one of them more than a year ago"
    key_book.write("destroyed", circle="attic")
    assert to_do(keeping._TRIED_LONG_AGO, keeping._DESTROYED_SINCE)
    made(people)
    assert to_do(keeping._NO_KIT, keeping._UNTRIED), "of today's shares and of what came after them"
    (home() / recovery.KEY).write_bytes(bytes(64))
    assert to_do(keeping._OTHER)


def test_the_book_is_shown_newest_first_with_names_and_no_more_than_fifty_lines(people, later):
    for n in range(51):
        key_book.write("drill", by="" if n % 2 else people[2].public_id, shares=[])
        later()
    book = told(people).book
    assert [one.number for one in book] == list(range(51, 1, -1))
    assert [one.by for one in book[:3]] == ["Jiro", "", "Jiro"]
    assert book[0] == keeping.Event(51, AT + 50 * DAY, key_book.WHAT["drill"], "Jiro") and book[0].at.tzinfo == JST


def test_who_is_meant_by_a_name_of_the_log_is_told(people, django_assert_num_queries):
    name = pseudonym("person", people[1].public_id)
    assert keeping.people([name, "nobody"]) == [f"{name} (Hana hana@example.jp)", "nobody"]
    with django_assert_num_queries(0):
        assert keeping.people([]) == []


def test_the_keys_that_partners_seal_for_and_the_suites_of_theirs(people, settings):
    first = envelope_keys.own()
    envelope_keys.renew(revoke=True)
    middle, now = envelope_keys.own(), envelope_keys.renew()
    keys.pin("before", "1" * 64)
    keys.pin("here", keys.own_key())
    shown = told(people).envelopes
    assert shown == keeping.envelopes() and shown.at == now.at
    assert shown.keys == tuple(keeping.EnvelopeKey(one.suite, one.name, "") for one in now.keys) and shown.keys
    until = (AT + 365 * DAY).astimezone(UTC)
    assert [(one.suite, one.name) for one in shown.former] == [("", one.name) for one in middle.keys]
    assert all(abs(datetime.fromisoformat(one.until) - until) < DAY for one in shown.former)
    assert shown.revoked == len(first.keys)
    assert shown.partners == (("before", ""), ("here", now.keys[0].suite))
    settings.KANAME_SUITES = ["p256"]
    assert dict(keeping.envelopes().partners)["before"] == "", "none that could be sealed for is none"


# -- where somebody else holds the masters -----------------------------------------------------------------------------


@pytest.fixture
def with_agent(monkeypatch):
    """A key agent that says so, in place of the files."""

    def held(lines=(), away=None, **said):
        def says():
            if away:
                raise away
            return {"lines": list(lines), "set": "s", "digest": "d", **said}

        for module in (keeping, recovery):
            monkeypatch.setattr(module, "masters", AgentKeys)
        monkeypatch.setattr(recovery, "agent_says", says)

    return held


def line(day, what, **more):
    return {"at": f"2026-03-0{day}T00:00:00.000000Z", "what": what, **more}


def test_the_book_of_the_agent_is_read_with_the_offices_own(people, with_agent, later):
    ada, hana, jiro, _ = people
    holders = [hana.email, jiro.email, "x"]
    key_book.write("kit", by=ada.public_id, digest="d")
    later()
    key_book.write("envelope", by=ada.public_id)
    shares = line(1, "shares", holders=holders, number=7, set="s")
    with_agent([shares, line(2, "kit"), line(3, "drill", shares=[1, 2, 3])])
    assert [(one.number, one.what) for one in keeping.lines_of_both()] == [
        (0, "drill"), (2, "envelope"), (1, "kit"), (0, "shares"),
    ]  # fmt: skip
    shown = told(people)
    assert shown.to_do == () and shown.set == 7 and shown.kit == AT and access.keeping(jiro) == shown
    assert [one.name for one in shown.holders] == ["Hana", "Jiro", "—"]
    assert all(one.tried.day == 3 for one in shown.holders)
    with_agent([shares], set="other")
    assert to_do(keeping._OTHER)
    with_agent([shares], digest="other")
    assert to_do(keeping._OLD_KIT, keeping._UNTRIED)


def test_where_the_agent_is_away_that_is_told_and_the_offices_book_is_shown(people, with_agent):
    key_book.write("envelope", by="")
    with_agent(away=AgentAway())
    shown = told(people)
    assert [text.en for text in shown.to_do] == [AgentAway.text.en] and len(shown.book) == 1


def test_of_a_key_service_its_own_copies_are_told(people, monkeypatch):
    monkeypatch.setattr(keeping, "masters", lambda: object())
    assert to_do(keeping._ELSEWHERE) and keeping.lines_of_both() == []
