"""Random walks through custody: people join, leave, ask, approve, take copies, read; keys are destroyed; time goes by.

After each step a plain list of what happened says what must have been allowed and what not. Faults are planted in the
real code, and the walks must find each of them.
"""

from datetime import timedelta
from functools import partial
from itertools import count

import hypothesis
import pytest
from designated import TITLE, WORDS, designated, document
from folk import circle, person
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from figures import seeds, tries
from kaname.access import api as access
from kaname.access.custody import api as custody
from kaname.access.custody import decisions, gate, managers, requests
from kaname.access.custody.models import Answered, Copy
from kaname.access.errors import AccessError
from kaname.access.models import SealedRead
from kaname.ledger import clock, keys
from kaname.ledger.errors import LedgerError
from kaname.papers import api as papers
from kaname.papers import shelf

WALKS, TOGETHER, STEPS = tries(4, ci=8, soak=5_000), 4, 24
SEARCH = 200  # walks at most until a planted fault must have been found: how many it takes is chance
SOON = 22  # the seed of a walk that finds the rarest of them: no search without end at every push
WHO, REFUSED = st.integers(0, 2), (AccessError, LedgerError)
_numbers = count(1)


class Asked:
    """A request as the oracle remembers it."""

    def __init__(self, id, who, what, copies):
        self.id, self.who, self.what, self.copies = id, who, what, copies
        self.state, self.until, self.given, self.taken = "waiting", None, 0, 0


class Custody(RuleBasedStateMachine):
    """Three people of a room, a designated case in it with a document; `inside` is who belongs to the room."""

    def __init__(self):
        super().__init__()
        n = next(_numbers)
        self.people = [person(f"W{n}x{one}", "applicant", sealed=True) for one in range(3)]
        self.room = circle(f"room {n}", *self.people)
        self.case = designated(self.room)
        self.paper = document(self.case, self.people[0])
        self.inside, self.asked, self.readings, self.copies = {0, 1, 2}, [], 0, 0
        self.destroyer, self.destroyed, self.now, self.later = None, False, clock.now, timedelta(0)
        clock.now = lambda: self.now() + self.later
        self.before = SealedRead.objects.filter(case=self.case).count()

    def teardown(self):
        clock.now = self.now
        assert decisions.faults() == []

    # -- people --------------------------------------------------------------------------------------------------------

    @rule(by=WHO, who=WHO)
    def join(self, by, who):
        allowed = by in self.inside
        assert done(lambda: access.compartments.join(self.people[by], self.room.public_id, self.people[who])) == allowed
        self.inside |= {who} if allowed else set()

    @rule(by=WHO, who=WHO)
    def leave(self, by, who):
        allowed = by in self.inside and who in self.inside and len(self.inside) > 1
        assert (
            done(lambda: access.compartments.leave(self.people[by], self.room.public_id, self.people[who])) == allowed
        )
        self.inside -= {who} if allowed else set()

    @rule(hours=st.sampled_from((1, 13, 30)))
    def time_goes_by(self, hours):
        self.later += timedelta(hours=hours)

    # -- requests ------------------------------------------------------------------------------------------------------

    def what(self, whole):
        return "bundle" if whole else f"document {self.paper}"

    @rule(who=WHO, whole=st.booleans(), copies=st.integers(1, 2))
    def ask(self, who, whole, copies):
        what, ids = self.what(whole), []
        form = "export" if whole else "download"
        allowed = who in self.inside and not self.destroyed

        def asking():
            ids.append(custody.ask(self.people[who], self.case.public_id, what, form, copies, "理由"))

        assert done(asking) == allowed
        self.asked += [Asked(ids[0], who, what, copies)] if allowed else []

    @precondition(lambda self: self.asked)
    @rule(data=st.data(), who=WHO, verdict=st.sampled_from(("approved", "approved", "refused", "revoked", "withdrawn")))
    def answer(self, data, who, verdict):
        one, by = data.draw(st.sampled_from(self.asked[-4:])), self.people[who]
        fine = who in self.inside and not self.destroyed
        if verdict == "withdrawn":
            doing = partial(custody.withdraw, by, one.id)
            allowed = fine and who == one.who and one.state == "waiting"
        elif verdict == "revoked":
            doing = partial(custody.revoke, by, one.id, "x")
            allowed = fine and who != one.who and one.state == "approved"
        else:
            doing = partial(custody.answer, by, one.id, verdict, "x")
            allowed = fine and who != one.who and one.state == "waiting"
        assert done(doing) == allowed, (verdict, who, vars(one))
        if allowed:
            one.state = verdict
            if verdict == "approved":
                one.given, one.until = one.copies, clock.now() + timedelta(hours=24)

    # -- copies and readings -------------------------------------------------------------------------------------------

    def usable(self, who, what):
        mine = [one for one in self.asked if (one.who, one.what, one.state) == (who, what, "approved")]
        return sorted((one for one in mine if one.taken < one.given and one.until > clock.now()), key=lambda o: o.until)

    @rule(who=WHO)
    def download(self, who):
        got, usable = [], self.usable(who, self.what(False))

        def taking():
            opened = papers.fetch(self.people[who], self.paper)
            self.readings += 1
            self.all_is_written_down()  # before the first byte
            got.append(b"".join(opened.pieces))

        self._took(who, taking, usable)
        assert [WORDS.encode()] * len(got) == [one[: len(WORDS.encode())] for one in got]

    @rule(who=WHO)
    def export(self, who):
        def taking():
            access.export(self.people[who], self.case.public_id, keys.own_key())
            self.readings += 1

        self._took(who, taking, self.usable(who, "bundle"))

    @precondition(lambda self: any(one.state == "approved" for one in self.asked))
    @rule(data=st.data(), who=WHO)
    def take_what_was_approved(self, data, who):
        """For whomever: chance alone seldom tries another person's approval before it ends."""
        one = data.draw(st.sampled_from([one for one in self.asked if one.state == "approved"][-2:]))
        self.export(who) if one.what == "bundle" else self.download(who)

    def _took(self, who, taking, usable):
        allowed = who in self.inside and bool(usable) and not self.destroyed
        assert done(taking) == allowed, (who, sorted(self.inside), [vars(one) for one in self.asked])
        if allowed:
            usable[0].taken += 1
            self.copies += 1

    @rule(who=WHO)
    def read(self, who):
        seen = []
        allowed = who in self.inside and not self.destroyed
        assert done(lambda: seen.append(access.reveal(self.people[who], self.case.public_id, 1, "title"))) == allowed
        self.readings += allowed
        assert seen == [TITLE] * allowed

    # -- destruction ---------------------------------------------------------------------------------------------------

    @rule(who=WHO)
    def ask_destruction(self, who):
        allowed = who in self.inside and self.destroyer is None and not self.destroyed
        assert done(lambda: access.destruction.ask(self.people[who], self.room.public_id, "over")) == allowed
        self.destroyer = who if allowed else self.destroyer

    @precondition(lambda self: self.destroyer is not None and len(self.asked) > 2)
    @rule(who=WHO)
    def confirm_destruction(self, who):
        allowed = who in self.inside and who != self.destroyer and not self.destroyed
        assert done(lambda: access.destruction.confirm(self.people[who], self.room.public_id)) == allowed
        self.destroyed |= allowed

    # -- always --------------------------------------------------------------------------------------------------------

    @invariant()
    def all_is_written_down(self):
        assert SealedRead.objects.filter(case=self.case).count() == self.before + self.readings

    @invariant()
    def every_copy_stands_in_the_register(self):
        numbers = list(Copy.objects.filter(case=self.case).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, self.copies + 1))


def done(doing):
    try:
        doing()
    except REFUSED:
        return False
    return True


def walk(examples, seed=0):
    run_state_machine_as_test(hypothesis.seed(seed)(Custody), settings=settings(
        max_examples=examples, stateful_step_count=STEPS, database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck), print_blob=False,
    ))  # fmt: skip


@pytest.fixture
def walking(act_office, tmp_path, monkeypatch):
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    keys.pin("partner", keys.own_key())


def test_walks_keep_what_was_promised(walking):
    for seed in seeds(WALKS // TOGETHER, fewest=1, each=TOGETHER):
        walk(TOGETHER, seed)


def _of_anybody(person, case, what):
    found = Answered.objects.filter(asked__case=case, asked__what=what, ordinal=1, verdict="approved")
    revoked = Answered.objects.filter(asked__case=case, ordinal=2).values("asked_id")
    return found.filter(until__gt=clock.now()).exclude(asked__in=revoked).select_related("asked").order_by("until")


FAULTS = {
    "an approval of another person's request": (requests, "usable", _of_anybody),
    "who asks answers": (managers, "may_answer", lambda who, case, asker: managers.able(who, case)),
    "a gate that lets everything out": (shelf, "leaving", lambda *_: gate.Pass()),
    "a reading that nobody wrote down": (decisions, "read", lambda *_, **__: None),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_faults_are_found(walking, monkeypatch, fault):
    monkeypatch.setattr(*FAULTS[fault])
    with pytest.raises(AssertionError):
        for seed in range(SOON, SOON + SEARCH // TOGETHER):
            walk(TOGETHER, seed)
