"""What no link leads to, looked at like every page: answers to forms, refusals, what an error says (flows.py)."""

import pytest
from browser import turns

from web.sweep.flows import FLOWS, Flow, Stands, walked
from web.sweep.look import look_at
from web.sweep.test_every_page import keep


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.key)
def test_an_answer_holds_everything(tour, flow: Flow):
    found = {}
    tab = tour.tab(flow.who)
    for language in turns(flow.key, ("ja", "en")):
        stands = walked(flow, language)
        assert stands.status == flow.status, f"{stands.at}: {stands.status}"
        told = look_at(tab, stands, language, name=flow.key.replace(" ", "-"))
        keep(flow.key, flow.who, stands.at, language, told)
        if told:
            found[language] = told
    assert not found, "\n".join(f"{flow.key} {language}: {line}" for language, lines in found.items() for line in lines)


def test_a_fault_in_an_answer_is_found(tour):
    stands = walked(next(flow for flow in FLOWS if flow.key == "new refused"), "en")
    broken = stands.text.replace("<label", "<span").replace("</label", "</span").replace("<h1", "<h4", 1)
    told = "\n".join(look_at(tour.tab("company"), Stands(stands.at, 422, broken, stands.policy), "en"))
    assert "label" in told and "0 x h1" in told
