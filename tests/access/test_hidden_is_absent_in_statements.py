"""At every door of a case, one that is hidden and one that is not there cost the same statements, in the same order."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from folk import LONG_AGO, circle, person
from inhabited import file, opened
from knock import Visitor, doors_of_a_case
from visitor import fingerprints

from kaname.access import door
from kaname.access.models import Mandate
from kaname.access.predicate import visible_to
from kaname.api import rate
from kaname.ledger import clock
from kaname.ledger.errors import UnknownCase
from kaname.ledger.models import Case


@pytest.fixture
def visitor(act_office):
    """Someone who may see other cases, and one case hidden in a circle of others, one by the party of the mandate."""
    who = person("Outsider")
    Mandate.objects.create(person=who, role="applicant", party="架空社", valid_from=LONG_AGO)
    Mandate.objects.create(person=who, role="jpo", kind="patents.prior_confirmation", valid_from=LONG_AGO)
    day = clock.today()
    opened(file("架空社", "見える", day))
    made = Visitor(who)
    made.hidden = [
        opened(file("架空社", "隠れた", day), circle("others", person("Insider"))).public_id,
        opened(file("空想社", "他社の", day)).public_id,
    ]
    return made


def differing(visitor, hidden: list[str], *, once: bool = False) -> list[str]:
    """Doors at which the statements tell a hidden case from an absent one. `once`: by one method is enough."""
    found: list[str] = []
    for address in doors_of_a_case():
        rate.forget()  # a call that must wait looks for nothing
        for method in ("get", "post"):
            if once and found and found[-1] == f"get {address.name}":
                break
            visitor.knock(address, "z" * 26, method)  # what is only asked once (sessions, kinds of content) is asked
            asked = [_statements(visitor, address, case, method) for case in ("z" * 26, *hidden)]
            if len(set(asked)) != 1:
                found.append(f"{method} {address.name}")
    return found


def _statements(visitor, address, case: str, method: str) -> tuple[str, ...]:
    with CaptureQueriesContext(connection) as queries:
        visitor.knock(address, case, method)
    return fingerprints(queries)


def test_the_statements_are_the_same(visitor):
    assert len(doors_of_a_case()) > 5
    assert differing(visitor, visitor.hidden) == []


def planted(person, case):
    """Runs in the place of `door.find`, for whoever has imported it."""
    found = Case.objects.filter(public_id=case).first()
    if found is None or not Case.objects.filter(visible_to(person, clock.today()), pk=found.pk).exists():
        raise UnknownCase
    return found


def test_looking_first_and_asking_afterwards_is_found(visitor, monkeypatch):
    """Planted: the row is read by its id; only what is found is then checked. Every door must show it."""
    monkeypatch.setattr(door.find, "__code__", planted.__code__)
    # The predicate in a statement of theirs, no `find`.
    elsewhere = {"api:reveal_value", "api:get_filed_vendor_file", "api:ask_for_copies", "api:note_copy",
                 "api:show_custody", "api:list_decisions", "api:leak_report"}  # fmt: skip
    found = differing(visitor, visitor.hidden[:1], once=True)
    assert {a.name for a in doors_of_a_case()} - {name.split()[1] for name in found} == elsewhere
