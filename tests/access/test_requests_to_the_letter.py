"""Asking to take a copy and answering, piece by piece: what, by whom, for how long, and who is shown it."""

from datetime import timedelta

import pytest
from designated import designated
from folk import circle, person

from kaname.access.custody import decisions, managers, requests
from kaname.access.custody.models import Answered, Asked, Copy, Decision
from kaname.access.custody.requests import NotAsked
from kaname.access.errors import NotAllowed, Unknown
from kaname.access.models import Membership
from kaname.ledger import clock, destroyed, sealing
from kaname.ledger.errors import UnknownCase
from kaname.ledger.kinds import kinds
from kaname.ledger.models import Case

WHAT = "document abcdefgh234567ab"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def later(act_office, monkeypatch):
    """An office whose clock stands still until a test lets it go by."""
    now = [clock.now()]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    return lambda by=timedelta(seconds=1): now.append(now.pop() + by)


@pytest.fixture
def room():
    """Two who read and act in a designated case of their compartment, and one who only sees it."""
    people = [person(name, "applicant", sealed=True) for name in ("Hana", "Ken")]
    people.append(person("Ren", "jpo"))
    return *people, designated(circle("room", *people))


def ask(who, case, what=WHAT, form="download", copies=1, why="why"):
    return requests.ask(who, case.public_id, what, form, copies, why)


def chain():
    return list(Decision.objects.order_by("pk").values_list("field", "door"))


def test_each_form_and_each_state_has_its_name():
    assert {form for _, forms in requests.WHAT.values() for form in forms} == set(requests.FORMS)
    assert [(one, name.en) for one, name in requests.FORMS.items()] == [
        ("download", "download"), ("print", "print"), ("export", "export"),
    ]  # fmt: skip
    assert [(one, name.en) for one, name in requests.STATES.items()] == [
        ("waiting", "waiting"), ("approved", "approved"), ("used", "used up"), ("expired", "expired"),
        ("refused", "refused"), ("withdrawn", "withdrawn"), ("revoked", "revoked"),
    ]  # fmt: skip


def test_only_what_is_designated_needs_approval(room):
    case, before = room[-1], designated(entries=5)
    assert requests.applies(case) and not requests.applies(before)
    assert not requests.applies(Case(kind=next(id for id, of in kinds().items() if not of.custody)))
    assert list(Case.objects.filter(requests.held_back())) == [case]
    assert list(Decision.objects.filter(requests.held_back("case__"))) == []
    reader = person("Mio", "applicant", sealed=True)
    with pytest.raises(NotAsked, match="no approval is needed"):
        ask(reader, before)


@pytest.mark.parametrize(("what", "form"), [
    (WHAT, "download"), (WHAT, "print"), (WHAT, "export"), ("letter 1", "print"), ("letter 999999999", "download"),
    ("package 20", "export"), ("value 3 data.title_2", "export"), ("bundle", "export"),
])  # fmt: skip
def test_what_can_leave_and_in_which_form(room, what, form):
    hana, *_, case = room
    ask(hana, case, what, form)
    assert Asked.objects.values_list("what", "form").get() == (what, form)


@pytest.mark.parametrize(("what", "form", "copies", "why", "field"), [
    ("secret x", "download", 1, "why", "what"), ("", "download", 1, "why", "what"),
    ("document", "export", 1, "why", "what"),
    ("document ABCDEFGH234567ab", "print", 1, "why", "what"), (f"{WHAT} x", "print", 1, "why", "what"),
    ("letter 0", "print", 1, "why", "what"), ("letter 1234567890", "print", 1, "why", "what"),
    ("package 0", "export", 1, "why", "what"), ("value 0 a", "export", 1, "why", "what"),
    ("value 1 A", "export", 1, "why", "what"),
    (f"value 1 {'a' * 101}", "export", 1, "why", "what"), ("bundle x", "export", 1, "why", "what"),
    (WHAT, "fax", 1, "why", "form"), ("letter 1", "export", 1, "why", "form"), ("package 1", "print", 1, "why", "form"),
    ("value 1 a", "print", 1, "why", "form"), ("bundle", "download", 1, "why", "form"),
    (WHAT, "print", 0, "why", "copies"),
    (WHAT, "print", 21, "why", "copies"), (WHAT, "print", 1, " \r\n ", "why"), (WHAT, "print", 1, "x" * 1001, "why"),
])  # fmt: skip
def test_a_request_that_cannot_be_made_says_in_which_field(room, what, form, copies, why, field):
    hana, *_, case = room
    with pytest.raises(NotAsked) as wrong:
        ask(hana, case, what, form, copies, why)
    assert wrong.value.field == field and not Asked.objects.exists() and chain() == []


def test_a_request_is_shown_as_it_was_asked_and_its_reason_lies_sealed(room):
    hana, ken, ren, case = room
    id = ask(hana, case, copies=20, why=f"  line\r\n{'x' * 995} ")
    shown = requests.one(ken, id)
    assert (shown.id, shown.case, shown.person, shown.what, shown.form, shown.copies, shown.at) == (
        id, case.public_id, hana, WHAT, "download", 20, clock.now(),
    )  # fmt: skip
    assert shown.why == f"line\n{'x' * 995}" and (shown.state, shown.label.en) == ("waiting", "waiting")
    assert (shown.by, shown.answer, shown.answered_at, shown.approved, shown.until, shown.taken, shown.left) == (
        None, None, None, 0, None, 0, 0,
    )  # fmt: skip
    words = bytes(Asked.objects.get().words)
    assert sealing.key_of(words) == sealing.newest(case.circle) and b"xxx" not in words
    assert chain() == [(f"asked {id} download 20", "custody")]
    for who in (ren, person("Out", "applicant", sealed=True)):
        with pytest.raises(Unknown):
            requests.one(who, id)
    with pytest.raises(Unknown):
        requests.one(hana, "nosuchrequest")


def test_an_approval_is_shown_with_its_answer_and_what_is_left_of_it(room, later, settings):
    hana, ken, _, case = room
    id = ask(hana, case, copies=3)
    later()
    requests.answer(ken, id, "approved", " because ")
    shown = requests.one(hana, id)
    hours = timedelta(hours=settings.KANAME_APPROVAL_HOURS)
    assert (shown.state, shown.by, shown.answer, shown.answered_at) == ("approved", ken, "because", clock.now())
    assert (shown.approved, shown.until, shown.taken, shown.left) == (3, clock.now() + hours, 0, 3)
    row = Asked.objects.get()
    for number in (1, 2, 3):
        Copy.objects.create(asked=row, ordinal=number, case=case, number=number, door="api", at=clock.now())
        shown = requests.one(hana, id)
        assert (shown.taken, shown.left, shown.state) == (number, 3 - number, "used" if number == 3 else "approved")
    assert chain()[-1] == (f"approved {id} 3", "custody")


@pytest.mark.parametrize(("copies", "hours"), [(1, 1), (2, 168), (None, 5), (1, None)])
def test_fewer_copies_and_other_hours_are_approved_as_said(room, copies, hours, settings, later):
    hana, ken, _, case = room
    id = ask(hana, case, copies=2)
    requests.answer(ken, id, "approved", "x", copies, hours)
    shown, length = requests.one(hana, id), hours or settings.KANAME_APPROVAL_HOURS
    assert (shown.approved, shown.until) == (copies or 2, clock.now() + length * HOUR)
    later(length * HOUR - timedelta(seconds=1))
    assert requests.one(hana, id).state == "approved"
    later()
    assert requests.one(hana, id).state == "expired"


@pytest.mark.parametrize(("verdict", "copies", "hours", "why", "field"), [
    ("perhaps", None, None, "x", "verdict"), ("withdrawn", None, None, "x", "verdict"),
    ("approved", 0, None, "x", "copies"),
    ("approved", 3, None, "x", "copies"), ("approved", None, 0, "x", "hours"), ("approved", None, 169, "x", "hours"),
    ("approved", None, None, "", "why"), ("refused", None, None, "x" * 1001, "why"),
])  # fmt: skip
def test_an_answer_that_cannot_be_given_says_in_which_field(room, verdict, copies, hours, why, field):
    hana, ken, _, case = room
    id = ask(hana, case, copies=2)
    with pytest.raises(NotAsked) as wrong:
        requests.answer(ken, id, verdict, why, copies, hours)
    assert wrong.value.field == field and not Answered.objects.exists()


def test_a_refusal_gives_no_copies_and_no_time(room):
    hana, ken, _, case = room
    id = ask(hana, case)
    requests.answer(ken, id, "refused", "no")
    shown = requests.one(hana, id)
    assert (shown.state, shown.answer, shown.approved, shown.until) == ("refused", "no", 0, None)
    assert chain()[-1] == (f"refused {id} 0", "custody")


def test_who_may_not_answer_does_not(room):
    hana, ken, ren, case = room
    id = ask(hana, case)
    for how in (lambda who: requests.answer(who, id, "approved", "x"), lambda who: requests.revoke(who, id, "x")):
        with pytest.raises(NotAllowed, match="the manager answers this"):
            how(hana)
        with pytest.raises(Unknown):
            how(ren)
    ken.mandates.update(may_act=False)
    with pytest.raises(NotAllowed):
        requests.answer(ken, id, "approved", "x")
    assert not Answered.objects.exists()


def test_who_asked_takes_back_what_nobody_answered(room):
    hana, ken, _, case = room
    id = ask(hana, case)
    with pytest.raises(Unknown):
        requests.withdraw(ken, id)
    requests.withdraw(hana, id)
    shown = requests.one(hana, id)
    assert (shown.state, shown.by, shown.answer, shown.approved) == ("withdrawn", hana, "", 0)
    for how in (lambda: requests.withdraw(hana, id), lambda: requests.answer(ken, id, "approved", "x")):
        with pytest.raises(NotAsked, match="answered already"):
            how()
    with pytest.raises(NotAsked, match="was not approved"):
        requests.revoke(ken, id, "x")
    assert chain()[-1] == (f"withdrawn {id} 0", "custody") and Answered.objects.count() == 1


def test_an_approval_is_revoked_once(room):
    hana, ken, _, case = room
    id = ask(hana, case)
    with pytest.raises(NotAsked, match="was not approved"):
        requests.revoke(ken, id, "x")
    requests.answer(ken, id, "approved", "x")
    with pytest.raises(NotAsked):
        requests.revoke(ken, id, " ")
    requests.revoke(ken, id, "things have changed")
    assert requests.one(hana, id).state == "revoked"
    with pytest.raises(NotAsked, match="answered already"):
        requests.revoke(ken, id, "again")
    assert chain()[-1] == (f"revoked {id} 0", "custody")
    second = Answered.objects.get(ordinal=2)
    assert requests.words_of(id, "revoked", bytes(second.words)) == "things have changed"
    refused = ask(hana, case)
    requests.answer(ken, refused, "refused", "x")
    with pytest.raises(NotAsked, match="was not approved"):
        requests.revoke(ken, refused, "x")


def test_of_two_answers_in_one_moment_one_is_taken(room, monkeypatch):
    hana, ken, _, case = room
    id = ask(hana, case)

    def taken(*_):
        raise decisions.Taken

    monkeypatch.setattr(decisions, "step", taken)
    with pytest.raises(NotAsked, match="answered already"):
        requests.answer(ken, id, "approved", "x")


def test_requests_of_a_case_newest_first_and_of_no_other(room, later):
    hana, ken, ren, case = room
    ids = [ask(hana, case), ask(ken, case)]
    later()
    ids.append(ask(hana, case))
    other = designated(circle("other", hana))
    ask(hana, other)
    assert [one.id for one in requests.of_case(ken, case.public_id)] == ids[::-1]
    with pytest.raises(NotAllowed):
        requests.of_case(ren, case.public_id)
    with pytest.raises(UnknownCase):
        requests.of_case(ken, other.public_id)


def test_what_waits_for_an_answer_is_told_oldest_first_to_who_may_give_it(room):
    hana, ken, ren, case = room
    ids = [ask(hana, case) for _ in range(3)]
    kens = ask(ken, case)
    requests.answer(ken, ids[1], "refused", "x")
    assert [one.id for one in requests.waiting(ken)] == [ids[0], ids[2]]
    assert [one.id for one in requests.waiting(hana)] == [kens] and requests.waiting(ren) == []
    managers.name(hana, case.public_id, hana.public_id)
    assert [one.id for one in requests.waiting(ken)] == [ids[0], ids[2]] and len(requests.waiting(hana)) == 1
    mio = person("Mio", "applicant", sealed=True)
    Membership.objects.create(compartment=case.placement.compartment, person=mio, valid_from=clock.today())
    assert [one.id for one in requests.waiting(mio)] == [ids[0], ids[2]], "what the manager asks, not what Ken asks"


def test_words_are_gone_with_the_key_of_the_circle(room):
    hana, ken, _, case = room
    id = ask(hana, case)
    requests.answer(ken, id, "approved", "x")
    destroyed.write(destroyed.Note(case.circle, "2026-01-01T00:00:00.000000Z", "a", "b", "over"))
    shown = requests.one(hana, id)
    assert (shown.why, shown.answer, shown.state) == (None, None, "approved")


def test_where_no_kind_has_custody_nothing_is_asked_of_the_database(room, monkeypatch, django_assert_num_queries):
    hana, *_, case = room
    id = ask(hana, case)
    monkeypatch.setattr(requests, "kinds", dict)
    with django_assert_num_queries(0), pytest.raises(Unknown):
        requests.one(hana, id)
    assert not Case.objects.filter(requests.held_back()).exists()


def test_reasons_are_bound_to_their_request_and_step(room):
    hana, _, _, case = room
    id = ask(hana, case)
    words = bytes(Asked.objects.get().words)
    assert requests.words_of(id, "asked", words) == "why" == sealing.open_text(f"custody/{id}/asked", words).decode()
    assert requests.words_of(id, "approved", words) is None and requests.words_of("other", "asked", words) is None


def test_an_approval_without_an_end_has_ended(room):
    hana, ken, _, case = room
    id = ask(hana, case)
    row = Asked.objects.get()
    Answered.objects.create(asked=row, ordinal=1, verdict="approved", person=ken, copies=1, words=b"", at=clock.now())
    assert requests.one(hana, id).state == "expired"
