"""What is put away leaves the inbox and comes back when it must; who sees to a case; what is taken back."""

from datetime import timedelta

import pytest

from access.folk import person
from kaname.access import api as access
from kaname.access.api import Group
from kaname.access.models import Mandate, Office
from kaname.task import inbox as work
from kaname.task import marks
from kaname.task.inbox import Show
from kaname.task.marks import CannotBeDone
from kaname.task.models import Assignment, Mark, What
from web import world

pytestmark = pytest.mark.django_db
DATED = (Group.OVERDUE, Group.TODAY, Group.WEEK, Group.LATER)


@pytest.fixture
def folk():
    return world.people()


@pytest.fixture
def turn(monkeypatch):
    """Another day."""

    def to(day):
        monkeypatch.setattr("kaname.ledger.clock.today", lambda: day)

    return to


def lines(who, show=Show.OPEN, groups=DATED):
    return [item for box in work.inbox(who, show, groups=groups) for item in box.items]


def keys(who, show=Show.OPEN):
    return [marks.named(item) for item in lines(who, show)]


def late_one(folk, days=88):
    return world.filed(folk["attorney"], access.today() - timedelta(days))


def test_what_is_seen_goes_and_comes_back_when_the_case_moves(folk):
    case = late_one(folk)
    (key,) = keys(folk["jpo"])
    assert marks.see(folk["jpo"], [key]).count == 1
    assert keys(folk["jpo"]) == [] and keys(folk["jpo"], Show.AWAY) == [key] == keys(folk["jpo"], Show.ALL)
    assert work.put_away(folk["jpo"]) == (1, 1)
    world.act(folk["jpo"], case, "first_review.start_review", access.today())
    assert keys(folk["jpo"]) == [key]


def test_what_is_seen_is_back_on_its_last_day(folk, turn):
    late_one(folk)
    (item,) = lines(folk["jpo"])
    marks.see(folk["jpo"], [marks.named(item)])
    turn(item.day - timedelta(1))
    assert lines(folk["jpo"]) == []
    turn(item.day)
    assert [i.name for i in lines(folk["jpo"])] == [item.name]


def test_asleep_until_the_day_and_never_past_the_last_day(folk, turn):
    late_one(folk, 80)
    (item,) = lines(folk["jpo"])
    today = access.today()
    marks.snooze(folk["jpo"], [marks.named(item)], today + timedelta(2))
    turn(today + timedelta(1))
    assert lines(folk["jpo"]) == []
    turn(today + timedelta(2))
    assert len(lines(folk["jpo"])) == 1
    marks.snooze(folk["jpo"], [marks.named(item)], today + timedelta(300))
    turn(item.day)
    assert len(lines(folk["jpo"])) == 1


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_sleep_has_a_day_ahead(folk, days):
    late_one(folk)
    with pytest.raises(CannotBeDone) as wrong:
        marks.snooze(folk["jpo"], keys(folk["jpo"]), access.today() + timedelta(days))
    assert wrong.value.field == "until" and not Mark.objects.exists()


def test_a_mark_is_of_its_owner_alone_and_names_only_what_is_seen(folk):
    late_one(folk)
    (key,) = keys(folk["jpo"])
    stranger = person("Nobody")
    for name in (key, "", "|", "a|b|c|d|e", key + "x", "\0|||"):
        assert marks.see(stranger, [name]).count == 0
    assert marks.see(folk["pm"], ["nosuch|duty|x|jpo|"]).count == 0
    assert keys(folk["jpo"]) == [key]


def test_steps_are_taken_back_one_by_one(folk):
    late_one(folk), late_one(folk, 87)
    first, second = keys(folk["jpo"])
    marks.see(folk["jpo"], [first])
    marks.snooze(folk["jpo"], [first, second], access.today() + timedelta(1))
    assert keys(folk["jpo"]) == []
    assert marks.undo(folk["jpo"])[0] is What.SNOOZE
    assert keys(folk["jpo"]) == [second] and Mark.objects.get().seq == 1
    assert marks.undo(folk["jpo"])[0] is What.SEEN
    assert keys(folk["jpo"]) == [first, second]
    assert marks.undo(folk["jpo"]) is None


def test_assigned_cases_are_in_one_inbox_of_the_office(folk):
    case = late_one(folk)
    ann = person("Ann", "jpo", kind=world.KIND)
    assert marks.assign(folk["jpo"], [case], ann.public_id).count == 1
    assert keys(folk["jpo"]) == [] and len(keys(folk["jpo"], Show.OTHERS)) == 1
    assert len(keys(ann)) == len(keys(ann, Show.MINE)) == 1
    assert marks.who_sees_to(folk["jpo"], [case]) == {case: ann}
    assert marks.undo(folk["jpo"])[1].count == 1
    assert len(keys(folk["jpo"])) == 1 and not Assignment.objects.exists()


def test_who_left_or_holds_nothing_any_more_hides_nothing(folk):
    case = late_one(folk)
    ann = person("Ann", "jpo", kind=world.KIND)
    marks.assign(folk["jpo"], [case], ann.public_id)
    Mandate.objects.filter(person=ann).update(valid_until=access.today() - timedelta(1))
    assert len(keys(folk["jpo"])) == 1
    Mandate.objects.filter(person=ann).update(valid_until=None)
    assert keys(folk["jpo"]) == []
    ann.is_active = False
    ann.save()
    assert len(keys(folk["jpo"])) == 1


def test_nobody_gets_a_case_they_may_not_know_of(folk):
    case = late_one(folk)
    nobody = person("Nobody")
    done = marks.assign(folk["jpo"], [case], nobody.public_id)
    assert (done.count, [c for c, _ in done.left]) == (0, [case])
    with pytest.raises(CannotBeDone):
        elsewhere = person("Far", "jpo")
        elsewhere.office = Office.objects.create(sort="company", name_ja="別社", name_en="Other")
        elsewhere.save()
        marks.assign(folk["jpo"], [case], elsewhere.public_id)
    assert marks.assign(nobody, [case], nobody.public_id).count == 0


def test_what_a_colleague_changed_since_is_not_taken_back(folk):
    case = late_one(folk)
    ann = person("Ann", "jpo", kind=world.KIND)
    marks.assign(folk["jpo"], [case], folk["jpo"].public_id)
    marks.assign(ann, [case], ann.public_id)
    what, done = marks.undo(folk["jpo"])
    assert (what, done.count, len(done.left)) == (What.ASSIGN, 0, 1)
    assert Assignment.objects.get().person == ann


def test_an_assignment_is_told_to_its_office_alone(folk):
    case = late_one(folk)
    other = person("Far", "jpo", kind=world.KIND)
    other.office = Office.objects.create(sort="company", name_ja="別社", name_en="Other")
    other.save()
    marks.assign(other, [case], other.public_id)
    assert len(keys(folk["jpo"])) == 1 and marks.who_sees_to(folk["jpo"], [case]) == {}
