"""Every door of the office, found from the URL table, and how to knock at it: as a person at a browser or a program.

A new address is knocked at without a word here. Only a new *parameter name* has to be filled in PARAMETERS.
"""

import json
from collections.abc import Mapping, Sequence
from copy import copy, deepcopy
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from types import MappingProxyType
from typing import TypeVar

from django.test import Client
from django.urls import reverse
from visitor import client

from kaname.access import tokens
from kaname.access.gate.doors import Address, Rule, addresses, rule_of
from kaname.access.models import Person

# A value for each parameter of an address beside `case`: one with which the door opens in a case filed a while ago.
PARAMETERS = {
    "name": "first_review.send", "act": "first_review.send", "seq": 1, "kind": "patents.application",
    "key": "first_review.three_months", "id": "nosuchthing", "person": "nosuchthing", "mandate": "nosuchthing",
    "compartment": "nosuchthing", "office": "nosuchthing", "secret": "x" * 43, "pk": 1, "provider_id": "x",
    "paper": "nosuchthing", "document": "nosuchthing", "file": "nosuchthing", "token": "nosuchthing", "number": 0,
    "holder": 0, "sort": "txt", "run": "nosuchthing",
    "sector": "electricity", "product": "batteries", "plan": "nosuchthing", "application": "nosuchthing", "measure": 1,
    "part": "components", "row": 1, "page": 1, "job": "nosuchthing", "deputy": "nosuchthing", "view": "nosuchthing",
    "technology": "SPA-02", "hook": "nosuchthing", "message": "nosuchthing", "subject": "money", "table": "figures",
    "pair": "x", "vendor": "nosuchthing", "task": "nosuchthing", "consent": "nosuchthing", "invitation": "nosuchthing",
    "request_id": "nosuchthing", "asked": "nosuchthing", "version": "health_care", "term": "security-designation",
    "app_label": "access", "object_id": "1", "content_type_id": 1, "url": "x",
}  # fmt: skip
# Doors that change who is here, or answer the same to all: knocking at them tells nothing of cases.
ASIDE = ("account_", "mfa_", "openid_connect_", "socialaccount_", "admin:", "welcome", "kept", "language")

# What a door wants to be asked: without it, it would refuse before it looks for the case.
QUERIES = {"api:explain_case": {"name": "first_review"}, "api:export_case": {"to": "nobody"},
           "api:leak_report": {"since": "2026-01-01"},
           "api:glance_changes": {"from": "2024-06-04"}, "api:glance_dryrun": {"from": "2027-04-01"},
           "api:get_letters": {"kind": "patents.application", "act": "first_review.file"},
           "api:add_document": {"name": "x"}, "api:find_documents": {"text": "x"}}  # fmt: skip
_SEND = {"act": "first_review.send", "on": date.today().isoformat(), "data": {"ground": "listed"}}
_ASK, _BEGIN = {"data": {"asked": "nobody"}}, {"levels": ["section_head"]}
_COPIES = {"what": "bundle", "form": "export", "why": "x"}
_NOTE, _TICK = {"text": "x"}, {"key": "x"}
BODIES = {"api:do_act": _SEND, "api:try_act": _SEND, "api:reveal_value": {"seq": 1, "field": "title"},
          "api:ask_authority": _ASK, "api:consultations_of_case": _ASK, "api:begin_opinion": _BEGIN,
          "api:opinions_of_case": _BEGIN, "api:send_answer": {"opinion": "z" * 26}, "api:write_note": _NOTE,
          "case_notes": {**_NOTE, "do": "write"},
          "api:list_notes": _NOTE, "api:tick_line": _TICK, "api:show_checklist": _TICK,
          "api:show_custody": _COPIES, "api:ask_for_copies": _COPIES, "api:note_copy": {"fate": "lost", "words": "x"},
          "api:answer_copy_request": {"verdict": "refused", "why": "x"},
          "api:show_destruction": {"do": "confirm"}, "api:destroy_key": {"do": "confirm"}}  # fmt: skip
_NOTHING: Mapping[str, str] = MappingProxyType({})
T = TypeVar("T")


def at(address: Address, case: str = "") -> str:
    """Where a door is, its parameters filled in."""
    values = {**PARAMETERS, "case": case}
    for name in address.parameters:
        assert name in values, (
            f"{address.name} ({address.route}) has a parameter {name!r} that no test knows: add a value to "
            "PARAMETERS in tests/access/knock.py"
        )
    return reverse(address.name, kwargs={name: values[name] for name in address.parameters})


def doors_of_a_case() -> list[Address]:
    return [a for a in addresses() if "case" in a.parameters]


def doors_of_lists() -> list[Address]:
    """Doors without a case in their address; what they show must be chosen for the one who knocks."""
    found = [a for a in addresses() if "case" not in a.parameters and not a.name.startswith(ASIDE)]
    return [a for a in found if rule_of(a.name) is not Rule.ADMIN]


def dealt(cards: Sequence[T], world: int, count: int) -> list[T]:
    """Those whose turn it is in a world, `count` at a time: over many worlds each comes as often as any other."""
    return [cards[(world * count + n) % len(cards)] for n in range(min(count, len(cards)))]


@dataclass
class Visitor:
    """A person with a browser and a program."""

    person: Person
    browser: Client = field(init=False)
    program: Client = field(init=False)
    keys: count = field(default_factory=lambda: count(1))  # of its own: what is recorded covers them

    def __post_init__(self) -> None:
        self.browser = client(self.person)
        _, secret = tokens.make(self.person, "test", ("read", "act", "export", "sealed"), 30)
        self.program = client(Authorization=f"Bearer {secret}")
        for one in (self.browser, self.program):
            one.raise_request_exception = False

    def beside_a_copy(self) -> "Visitor":
        """As they are now, in a copy of the office: what they do in one copy they do not remember in another."""
        other = copy(self)
        other.browser, other.program, other.keys = copy(self.browser), copy(self.program), count(1)
        other.browser.cookies, other.program.cookies = deepcopy(self.browser.cookies), deepcopy(self.program.cookies)
        return other

    def knock(self, address: Address, case: str = "", method: str = "get", query: Mapping[str, str] = _NOTHING):
        """Ask at a door, with what it wants to be asked. What is posted is JSON for a program, a form for a browser."""
        is_api = rule_of(address.name) is Rule.TOKEN
        at_hand, where = (self.program if is_api else self.browser), at(address, case)
        if method == "get":
            answer = at_hand.get(where, {**QUERIES.get(address.name, {}), **query})
            if answer.status_code != 405 or not is_api:
                return answer
        body = BODIES.get(address.name, {})
        if not is_api:
            return at_hand.post(where, body)
        key = {"Idempotency-Key": f"knock-{next(self.keys):08}"}
        return at_hand.post(where, json.dumps(body), content_type="application/json", headers=key)
