"""Random histories of rights: after each change the very first request is answered by the new rights."""

from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import timedelta
from random import Random

import pysqlite3
import pytest
import throwaway
from django.http import HttpResponse
from django.urls import clear_url_caches, path
from folk import LONG_AGO, circle, person
from inhabited import KIND, file, opened
from visitor import client

from figures import seeds, tries
from kaname.access import api as access
from kaname.access import tokens
from kaname.access.gate import doors, sessions
from kaname.access.gate.doors import Rule, rules
from kaname.access.models import Compartment, Mandate, Membership, Person, Placement
from kaname.ledger import clock
from kaname.ledger.errors import UnknownCase
from kaname.site import urls
from kaname.site.databases import embedded

PARTS, CHANGES = 2, 8  # tests that share the histories; changes in each
HISTORIES = tries(15, ci=500, soak=5_000)


@pytest.fixture
def office_with_a_door(act_office, sqlite_template, monkeypatch):
    """Empties the office, which lies in memory. It has a door of a case that costs little, and says a word instead of a
    page where there is nothing: what is asked is who gets in."""
    throwaway.connect(embedded(":memory:"))
    table = {**rules(), "seen": Rule.CASE}
    seen = path("seen/<str:case>/", lambda request, case: HttpResponse("seen"), name="seen")
    monkeypatch.setattr(urls, "urlpatterns", [seen, *urls.urlpatterns])
    monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponse("nothing", status=404))
    monkeypatch.setattr(doors, "rules", lambda: table)
    clear_url_caches()
    with closing(pysqlite3.connect(sqlite_template)) as empty:
        throwaway.put(empty)
        yield lambda: throwaway.put(empty)
    monkeypatch.undo()
    clear_url_caches()


class History:
    """Two people, two cases, a circle, and what happens to their rights."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.people = [person(f"P{seed}x{n}") for n in range(2)]
        self.keeper = person(f"Keeper{seed}", "jpo")
        self.room = circle(f"room {seed}", self.keeper)
        day = clock.today()
        self.cases = [opened(file("架空社", f"題{seed}", day)), opened(file("空想社", f"題{seed}", day), self.room)]
        self.browsers = {who.pk: client(who) for who in self.people}

    def change(self) -> str:
        """One change through the front door of access, drawn; its name."""
        who = Person.objects.get(pk=self.random.choice(self.people).pk)
        kinds = (self._grant, self._grant, self._grant_case, self._end, self._join, self._join, self._leave, self._move)
        doing = self.random.choice((*kinds, self._end_person) if self.random.random() < 0.2 else kinds)
        with suppress(access.AccessError, UnknownCase):
            doing(who)
        return doing.__name__

    def _grant(self, who):
        party = self.random.choice(("", "架空社", "空想社"))
        access.people.grant(None, who, "applicant", kind=self.random.choice(("", KIND)), party=party, from_=LONG_AGO)

    def _grant_case(self, who):
        access.people.grant(None, who, "jpo", case=self.random.choice(self.cases).public_id)

    def _end(self, who):
        for mandate in Mandate.objects.filter(person=who):
            access.people.end_mandate(None, mandate.public_id)

    def _join(self, who):
        access.compartments.join(self.keeper, self.room.public_id, who)

    def _leave(self, who):
        access.compartments.leave(self.keeper, self.room.public_id, who)

    def _move(self, who):
        case = self.random.choice(self.cases)
        where = "" if Placement.objects.filter(case=case).exists() else self.room.public_id
        access.place(self.keeper, case.public_id, where)

    def _end_person(self, who):
        access.people.end_person(None, who)

    def may_see(self, who: Person, case) -> bool:
        """The oracle, from the rows as they lie."""
        day, row = clock.today(), Person.objects.get(pk=who.pk)
        parties = set(case.parties.values_list("role", "party"))
        covered = any(
            m.runs_on(day) and m.case_id in (None, case.pk) and m.kind in ("", KIND)
            and (not m.party or (m.role, m.party) in parties)
            for m in Mandate.objects.filter(person=who)
        )  # fmt: skip
        room = Compartment.objects.filter(placements__case=case).first()
        inside = room is None or any(m.runs_on(day) for m in Membership.objects.filter(person=who, compartment=room))
        return row.is_active and covered and inside

    def ask(self, who: Person, case) -> bool:
        """The first request after a change; a session that has ended logs in anew where it can, and asks again."""
        answer = self.browsers[who.pk].get(f"/seen/{case.public_id}/")
        if answer.status_code == 302:
            row = Person.objects.get(pk=who.pk)
            self.browsers[who.pk] = client(row) if row.is_active else client()
            answer = self.browsers[who.pk].get(f"/seen/{case.public_id}/")
        return answer.status_code == 200


def wrong_answers(emptied: Callable[[], None], histories: Iterable[int]) -> list[str]:
    """What was answered wrongly in the first history in which something was."""
    found: list[str] = []
    for seed in histories:
        emptied()
        history = History(seed)
        for _ in range(CHANGES):
            done = history.change()
            who, case = history.random.choice(history.people), history.random.choice(history.cases)
            if history.ask(who, case) != history.may_see(who, case):
                found.append(f"{seed}: after {done}")
        if found:
            break
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_the_first_request_after_a_change_is_answered_by_the_new_rights(office_with_a_door, part):
    assert wrong_answers(office_with_a_door, (seed * PARTS + part for seed in seeds(HISTORIES))) == []


def test_rights_remembered_from_the_login_are_found(office_with_a_door, monkeypatch):
    """Planted: the mandates of a person are kept, and sessions do not end when they change."""
    kept, honest = {}, access.mandates
    for module in ("predicate", "heaps", "may"):
        monkeypatch.setattr(
            f"kaname.access.{module}.mandates",
            lambda who, day: kept.setdefault(who.pk, honest(who, day)),
        )
    monkeypatch.setattr("kaname.access.rights.forget_sessions", lambda person: None)
    assert wrong_answers(office_with_a_door, range(30))


def test_a_membership_remembered_is_found(office_with_a_door, monkeypatch):
    """Planted: once a member, always a member."""
    honest = access.compartments.leave

    def leave(by, room, who):
        before = list(Membership.objects.filter(person=who).values_list("pk", "valid_until"))
        honest(by, room, who)
        for pk, until in before:
            Membership.objects.filter(pk=pk).update(valid_until=until, ended_at=clock.now())

    monkeypatch.setattr("kaname.access.compartments.leave", leave)
    monkeypatch.setattr(History, "may_see", _strict(History.may_see))
    assert wrong_answers(office_with_a_door, range(30))


def _strict(may_see):
    """The oracle by what was said, not by what was written: a membership that somebody ended is over."""

    def asked(self, who, case):
        ended = Membership.objects.filter(person=who, ended_at__isnull=False)
        room = Compartment.objects.filter(placements__case=case).first()
        running = Membership.objects.filter(person=who, compartment=room, ended_at__isnull=True).exists()
        return may_see(self, who, case) and (room is None or running or not ended.exists())

    return asked


def test_a_token_of_a_program_ends_with_its_person(office_with_a_door):
    hana = person("Hana", "applicant")
    case = opened(file("架空社", "題", clock.today()))
    program = client(Authorization=f"Bearer {tokens.make(hana, 't', ['read'], 9)[1]}")
    where = f"/api/v1/cases/{case.public_id}"
    assert program.get(where).status_code == 200
    access.people.end_mandate(None, hana.mandates.get().public_id)
    assert program.get(where).status_code == 404
    access.people.end_person(None, hana)
    assert program.get(where).status_code == 401


def test_a_right_that_runs_out_by_itself_is_over_on_the_next_day(office_with_a_door, monkeypatch):
    hana = person("Hana", "applicant", valid_until=clock.today())
    case = opened(file("架空社", "題", clock.today()))
    browser = client(hana)
    assert browser.get(f"/seen/{case.public_id}/").status_code == 200
    now = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(sessions, "IDLE", timedelta(days=9))
    monkeypatch.setattr(sessions, "WHOLE", timedelta(days=9))
    assert browser.get(f"/seen/{case.public_id}/").status_code == 404
