"""Whose clock can be right, by what others have signed: each doubt with both instants, to the second it begins."""

from datetime import UTC, datetime, timedelta

import pytest
from made_by_hand import KEY, STRANGER, anchor, text

from kaname.ledger import clock, keys, rows
from kaname.ledger.models import Anchor, Countersignature, TimeStamp, Witnessed
from kaname.ledger.proof import clocks
from kaname.ledger.proof.clocks import Doubt, doubts

NOON = datetime(2026, 11, 26, 3, tzinfo=UTC)
EARLIER = NOON - timedelta(days=2)
MOST, TICK = timedelta(minutes=5), timedelta(microseconds=1)


@pytest.fixture
def here(sqlite_office, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    keys.pin("ministry", KEY)


def made(number, at):
    Anchor.objects.create(number=number, made_at=rows.instant(at), digest=f"{number}", statement="x")


def witnessed(office, number, at):
    Witnessed.objects.create(
        office=office, number=number, digest="x", statement=text({**anchor(number), "made_at": rows.instant(at)})
    )


def countersigned(office, number, at):
    said = {"anchor": "x", "at": rows.instant(at), "format": "kaname-countersigned/1", "from": KEY}
    Countersignature.objects.create(office=office, number=number, statement=text(said))


def stamped(authority, number, at):
    TimeStamp.objects.create(authority=authority, number=number, at=rows.instant(at), answer=b"")


def test_an_office_that_signs_what_has_not_come_yet(here):
    assert clocks.TOLERATED == MOST and doubts() == []
    witnessed(KEY, 1, NOON + MOST)
    assert doubts() == []
    witnessed(KEY, 2, NOON + MOST + TICK)
    witnessed(STRANGER, 1, NOON - timedelta(days=9))
    assert doubts() == [Doubt(KEY, NOON, NOON + MOST + TICK, True)]
    witnessed(KEY, 3, NOON)
    assert doubts() == [], "once clocks are set right the doubt is gone"


def test_the_last_moment_of_the_calendar_is_told_like_any_other(here):
    last = datetime.max.replace(tzinfo=UTC)
    made(1, NOON)
    countersigned(KEY, 1, last)
    assert doubts() == []
    stamped("time", 1, last)
    assert doubts() == [Doubt("time", NOON, last, True)]


def test_an_office_that_countersigned_before_the_anchor_was_made(here):
    countersigned(KEY, 1, NOON - timedelta(days=1))
    assert doubts() == [], "the anchor is not here"
    made(1, NOON)
    made(2, EARLIER)
    assert doubts() == [Doubt(KEY, NOON, NOON - timedelta(days=1), False)]
    countersigned(KEY, 2, EARLIER - MOST)
    assert doubts() == []
    countersigned(STRANGER, 2, EARLIER - MOST - TICK)
    assert doubts() == [Doubt(STRANGER, EARLIER, EARLIER - MOST - TICK, False)]


def test_an_authority_that_stamped_before_the_anchor_was_made_or_after_now(here):
    stamped("Time", 1, NOON - timedelta(days=1))
    assert doubts() == [], "the anchor is not here"
    made(1, NOON)
    made(2, EARLIER)
    made(3, NOON - timedelta(days=3))
    assert doubts() == [Doubt("Time", NOON, NOON - timedelta(days=1), False)]
    stamped("Time", 2, EARLIER - MOST)
    assert doubts() == []
    stamped("Other", 2, EARLIER - MOST - TICK)
    assert doubts() == [Doubt("Other", EARLIER, EARLIER - MOST - TICK, False)]
    TimeStamp.objects.all().delete()
    stamped("Time", 3, NOON + MOST)
    assert doubts() == []
    stamped("Other", 3, NOON + MOST + TICK)
    assert doubts() == [Doubt("Other", NOON, NOON + MOST + TICK, True)]


def test_the_largest_doubt_comes_first(here):
    day = timedelta(days=1)
    made(1, NOON)
    witnessed(STRANGER, 1, NOON + 2 * day)
    witnessed(KEY, 1, NOON + 2 * day)
    countersigned(KEY, 1, NOON - 3 * day)
    stamped("Time", 1, NOON + day)
    assert [(d.office, d.ahead) for d in doubts()] == [
        (KEY, False), *((office, True) for office in sorted((KEY, STRANGER))), ("Time", True),
    ]  # fmt: skip


def test_a_doubt_is_told_with_both_instants(here):
    theirs = NOON + timedelta(days=1, minutes=7)
    ahead, before = (Doubt(KEY, NOON, theirs, ahead).text for ahead in (True, False))
    signed_at = "clocks differ: ministry signed at 2026-11-27 03:07 UTC, but here it"
    assert ahead.en == f"{signed_at} is 2026-11-26 03:00 UTC; find out whose is right"
    assert before.en == f"{signed_at} already was 2026-11-26 03:00 UTC; find out whose is right"
    assert (
        "ministry は 2026-11-27 03:07 UTC に署名したが、ここでは今 2026-11-26 03:00 UTC" in ahead.ja
        and "先に" in before.ja
    )
