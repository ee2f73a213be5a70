"""The clock of an office jumps, by hours and by years: nothing recorded runs back, no due day moves, nothing opens."""

import random
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise

import pytest
from acts import APPLY, STORY
from django.contrib.auth.models import AnonymousUser

from figures import tries
from kaname.access.gate import sessions
from kaname.access.login import throttle
from kaname.ledger import clock, keys, projection, rows, signed, store
from kaname.ledger.kinds import kind
from kaname.ledger.models import Case, Countersignature, Witnessed
from kaname.ledger.models import Entry as Row
from kaname.ledger.perform import open_case, perform
from kaname.ledger.proof import anchors, clocks, witness
from kaname.ledger.verify import verify
from kaname.notices import outbox
from kaname.procedure import Entry, fold
from kaname.procedure.pending import pending

SHAKEN, JUMPS = tries(1, ci=10, soak=100), 50  # cases, and jumps in each: a long case folds slowly
EDGES = [  # in Japan: midnight, year end, 29 February, and an hour before or after
    datetime.fromisoformat(f"{day}+09:00").astimezone(UTC) + timedelta(seconds=s)
    for day in ("2026-05-08T00:00:00", "2027-01-01T00:00:00", "2028-02-29T00:00:00", "2028-03-01T00:00:00")
    for s in (-3600, -1, 0, 1, 3600)
]
YEARS = [timedelta(days=d) for d in (-3653, -366, -1, 1, 366, 3653)]
NORMAL = datetime(2026, 11, 26, 3, tzinfo=UTC)
_keys = count(1)


@pytest.fixture
def hands(monkeypatch):
    """`hands[0]`: what the clock says; a millisecond later each time it is asked."""
    said = [NORMAL]

    def now():
        said[0] += timedelta(milliseconds=1)
        return said[0]

    monkeypatch.setattr("kaname.ledger.clock.now", now)
    return said


def jumped(lot):
    kind_of_jump = lot.randrange(4)
    if kind_of_jump == 0:
        return lot.choice(EDGES)
    if kind_of_jump == 1:
        return NORMAL - timedelta(hours=1)
    return NORMAL + (lot.choice(YEARS) if kind_of_jump == 2 else timedelta(days=lot.uniform(-3653, 3653)))


def case():
    return open_case("small.permit", APPLY, idempotency_key=f"clock-case-{next(_keys)}").case


def join(case, run):
    entry = Entry("sharing.join", STORY[1].on, {"keeper": "Hana"}, run=run, party=run)
    return perform(case, entry, idempotency_key=f"clock-act-{next(_keys)}")


def due(public_id):
    """What is pending in a case on a fixed day: every duty, period and ban with its day."""
    of = Case.objects.get(public_id=public_id)
    return pending(fold(kind(of.kind), store.entries(of.pk), STORY[-1].on))


def test_what_is_recorded_runs_forward_and_no_due_day_moves(office, hands):
    """The same acts in two cases, one of them under a clock that jumps before each."""
    lot = random.Random(3)
    for _ in range(SHAKEN):
        hands[0] = NORMAL
        shaken_beside_a_steady_one(lot, hands)
    made = list(anchors.Anchor.objects.order_by("number").values_list("made_at", flat=True))
    assert all(a < b for a, b in pairwise(made)) and len(made) == 2 * SHAKEN
    hands[0] = NORMAL
    assert verify().faults == []


def shaken_beside_a_steady_one(lot, hands):
    steady, shaken = case(), case()
    for one in (*STORY[:1], *STORY[2:4]):
        hands[0] = NORMAL
        perform(steady, one, idempotency_key=f"clock-act-{next(_keys)}")
        hands[0] = jumped(lot)
        perform(shaken, one, idempotency_key=f"clock-act-{next(_keys)}")
        assert due(shaken) == due(steady)
    for turn in range(JUMPS):
        hands[0] = jumped(lot)
        assert join(shaken, f"r{turn}").seq == turn + 5
        if turn < 14:  # each of them is owed something, and so has days of its own
            hands[0] = NORMAL
            join(steady, f"r{turn}")
            assert turn % 13 or due(shaken) == due(steady)
        if turn in (7, 29):
            anchors.make()
            projection.refresh(clock.today())
    runs = {f"r{turn}" for turn in range(14, JUMPS)}
    assert [one for one in due(shaken) if one.run not in runs] == list(due(steady))
    instants = Row.objects.filter(case__public_id=shaken).order_by("seq").values_list("recorded_at", flat=True)
    assert all(a < b for a, b in pairwise(instants)) and len(instants) == JUMPS + 4


def test_an_office_that_believes_its_clock_is_found(sqlite_office, hands, monkeypatch):
    """Planted: without `clock.after` the order of a case turns round, and `verify` says so."""
    monkeypatch.setattr("kaname.ledger.clock.after", lambda last: clock.now())
    one = case()
    hands[0] = NORMAL - timedelta(hours=1)
    join(one, "early")
    assert "was recorded no later" in verify().faults[0].text.en


# -- what must not open, nor stay shut ---------------------------------------------------------------------------------


def session_of(began):
    return {"kaname_began": began.isoformat(), "kaname_seen": began.isoformat()}


@pytest.mark.parametrize("jump", [*YEARS, timedelta(hours=-1), timedelta(hours=1)], ids=str)
def test_no_session_outlives_a_jump(sqlite_office, jump):
    assert sessions.is_over(session_of(NORMAL), AnonymousUser(), NORMAL + jump) or abs(jump) <= sessions.IDLE


@pytest.fixture(autouse=True)
def _real_now_for_sessions(monkeypatch):
    real = sessions.is_over

    def at(session, whose, now):
        with monkeypatch.context() as patch:
            patch.setattr("kaname.ledger.clock.now", lambda: now)
            return real(session, whose, now)

    monkeypatch.setattr(sessions, "is_over", at)


def test_a_throttle_neither_opens_nor_locks(office, hands):
    """Guesses go on while the clock goes back ten years: they are delayed, and by minutes, not by ten years."""
    wanted = [(throttle.ACCOUNT, "hana@example.jp")]
    while not (waits := throttle.admit(wanted)):
        pass
    hands[0] = NORMAL + YEARS[0]
    assert 0 < throttle.admit(wanted) <= throttle.LONGEST.total_seconds() and waits
    hands[0] += throttle.LONGEST
    level = throttle._level(throttle.ACCOUNT, throttle.Wait.objects.get(), clock.now())
    assert throttle.ACCOUNT.free <= level < throttle.ACCOUNT.free + 5, "years are no attempts"


def test_a_lease_taken_before_the_clock_went_back_is_over(desk, hands):
    desk.message("m1")
    assert outbox.take(clock.now())
    hands[0] = NORMAL + YEARS[0]
    outbox.Outgoing.objects.update(next_at=hands[0])
    assert len(outbox.take(clock.now())) == 1, "not in ten years"


# -- whose clock is right ----------------------------------------------------------------------------------------------


def told(at, day):
    """An anchor of another office, made at an instant."""
    said = {"before": "", "depth": 12, "format": anchors.FORMAT, "from": keys.own_key(), "made_at": rows.instant(day),
            "number": 1, "root": "0" * 64}  # fmt: skip
    text = signed.write(anchors.DOMAIN, said).decode()
    Witnessed.objects.create(office=at, number=1, digest=anchors.digest_of(text.encode()), statement=text)


def test_clocks_that_disagree_are_told(office, hands):
    assert clocks.doubts() == []
    told("a" * 64, NORMAL + timedelta(minutes=4))
    assert clocks.doubts() == [], "clocks differ by a little"
    told("b" * 64, NORMAL + timedelta(days=3))
    (doubt,) = clocks.doubts()
    assert doubt.office == "b" * 64 and doubt.ahead and "2026-11-29" in doubt.text.en
    hands[0] = NORMAL + timedelta(days=3)
    assert clocks.doubts() == [], "set right"


def test_a_countersignature_from_before_its_anchor_is_told(office, hands):
    case()
    hands[0] = NORMAL + YEARS[-1]
    made = anchors.make()
    hands[0] = NORMAL
    signature = witness._countersigned(made.statement)
    Countersignature.objects.create(number=made.number, office="c" * 64, statement=signature)
    (doubt,) = clocks.doubts()
    assert not doubt.ahead and doubt.ours - doubt.theirs > timedelta(3600)
