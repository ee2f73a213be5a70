"""The front door of consultations between authorities for pages, API and command line.

asked_about(person, case) -> inquiries about a case     of_inquiry(person, case) -> the one that a case is
opinions(person, inquiry)     of_opinion(person, case) -> Opinion: its text, its levels, who has signed
ask(person, case, Asked(...), ...)     begin(person, inquiry, levels, ...)     answer(person, inquiry, opinion, ...)
authorities(person), contacts(person, authority): who can be asked      disclosable(person, case): what can be told
route(authority), set_route(authority, grades)      gates(kind) -> acts for which the law wants a consultation
"""

from kaname.consult.asking import Asked, Contact, Told, ask, authorities, contacts, disclosable, may_ask, tried
from kaname.consult.opining import answer, begin, route, routes, set_route
from kaname.consult.seen import (
    INQUIRY,
    OPINION,
    Consultation,
    Level,
    Opinion,
    Signature,
    asked_about,
    listed,
    of_inquiry,
    of_opinion,
    opinions,
)
from kaname.regimes.general.catalogue.gates import gates

__all__ = [
    "INQUIRY", "OPINION", "Asked", "Consultation", "Contact", "Level", "Opinion", "Signature", "Told", "answer", "ask",
    "asked_about", "authorities", "begin", "contacts", "disclosable", "gates", "listed", "may_ask", "of_inquiry",
    "of_opinion", "opinions", "route", "routes", "set_route", "tried",
]  # fmt: skip
