"""P02, P03, P12 and P13 against the researched facts: who, from, to, basis, period. Differences stand with a reason."""

import pytest
from ch3_facts import load
from op_world import KINDS

from kaname.days import Move
from kaname.law.penalties import ALIASES
from kaname.procedure.declare import COUNTED, Act, Force

NAMES = {
    "P02_DESIGNATION": ("designation", "DES_"), "P03_GRACE": ("grace", "GRC_"),
    "P12_REPORT_INSPECTION": ("report_inspection", "RPT_"),
    "P13_INFORMATION_AND_COOPERATION": ("information_and_cooperation", "INF_"),
}  # fmt: skip
NOT_BEGUN = {("grace", "not_applicable"), ("report_inspection", "none")}

REASONS = {
    "the run begins with the act: a case that has not begun has no state": (
        "designation.ask_report: from", "designation.designate: from"),
    "a procedure of its own with a run for each year or change, due by its own clock": (
        "designation.self_report_card: from to who", "designation.self_report_message: from to who",
        "designation.self_report_relay: from to who"),
    "an order of the minister is entered by whoever keeps the case; the law does the rest": (
        "grace.start_facility: who", "grace.start_maint: who"),
    "done by the officials whom the minister sends": ("report_inspection.inspect: who",),
}  # fmt: skip
EXTRA = {
    "designation.change_name": "the deed that Art. 50(3) forbids without a notice",
    "designation.obstruct_report": "the offence of Art. 96(iv)",
    "relay_report.change": "the event from which the report is due without delay",
    "message_report.same_band": "the year in which no report is due",
    "report_inspection.obstruct": "the offence of Art. 96(v)",
}
FURTHER_CONSEQUENCES = {
    "grace.lifted": "no grace outlives the designation", "card_report.begins": "the year opens by time",
    "card_report.late": "a report after 30 June is late", "message_report.begins": "the year opens by time",
    "message_report.late": "a report after the month is late",
}  # fmt: skip


def declared():
    found = {}
    for kind in KINDS:
        for p in kind.procedures:
            for element in (*p.acts, *p.consequences):
                for name in (element.id, *getattr(element, "aliases", ())):
                    found[name if "." in name else f"{p.id}.{name}"] = (p, element)
    return found


def facts():
    for p in load()["procedures"]:
        if p["id"] in NAMES:
            ours, prefix = NAMES[p["id"]]
            for act in p["acts"]:
                yield f"{ours}.{act['id'].removeprefix(prefix).lower()}", act, p


def cites(element):
    return {b.citation for b in element.basis if hasattr(b, "citation") and b.law.id == "espa"}


def differences():
    found = {}
    ours = declared()
    for name, act, _ in facts():
        assert name in ours, f"{name} is not declared"
        procedure, element = ours[name]
        found.update({(name, aspect): detail for aspect, detail in compare(act, procedure, element)})
    return found


def compare(act, procedure, element):
    who = {r.id for r in element.roles} if isinstance(element, Act) else {"system"}
    if {act["who"]} != who:
        yield "who", f"facts {act['who']}, declared {sorted(who)}"
    begun = {s for s in act["from"] if (procedure.id, s) not in NOT_BEGUN} | (
        {""} if any((procedure.id, s) in NOT_BEGUN for s in act["from"]) else set()
    )
    if begun != {s for s, _ in element.moves}:
        yield "from", f"facts {sorted(begun)}, declared {sorted({s for s, _ in element.moves})}"
    targets = set(act["from"]) if act["to"] == "same" else {act["to"]}
    if targets != {t for _, t in element.moves}:
        yield "to", f"facts {sorted(targets)}, declared {sorted({t for _, t in element.moves})}"
    if (article := act["legal_basis"].split("(")[0].split(" ")[0]).isdigit():
        cited = cites(element)
        if not any(c.partition("(")[0] == article for c in cited):
            yield "basis", f"facts {act['legal_basis']}, declared {sorted(cited)}"


def listed():
    return {
        (e.partition(": ")[0], a) for entries in REASONS.values() for e in entries for a in e.partition(": ")[2].split()
    }


def test_every_difference_from_the_facts_is_listed():
    assert {k: v for k, v in differences().items() if k not in listed()} == {}


def test_no_listed_difference_is_gone():
    assert listed() - set(differences()) == set()


def test_every_further_act_and_consequence_has_a_reason():
    named = {name for name, _, _ in facts()}
    further = {}
    for kind in KINDS:
        for p in kind.procedures:
            for element in (*p.acts, *p.consequences):
                names = {n if "." in n else f"{p.id}.{n}" for n in (element.id, *getattr(element, "aliases", ()))}
                if not names & named:
                    further[f"{p.id}.{element.id}"] = isinstance(element, Act)
    assert {n for n, act in further.items() if act} == set(EXTRA)
    assert {n for n, act in further.items() if not act} == set(FURTHER_CONSEQUENCES)


def test_states_are_those_of_the_facts():
    for p in load()["procedures"]:
        if p["id"] in NAMES:
            ours = next(q for kind in KINDS for q in kind.procedures if q.id == NAMES[p["id"]][0])
            assert {s for s in p["states"] if (ours.id, s) not in NOT_BEGUN} == set(ours.states)


CLOCKS = {
    "CLK_REPORT_58_1": "designation.report_due", "CLK_CARD_REPORT": "card_report.card_report_due",
    "CLK_MESSAGE_REPORT": "message_report.message_report_due", "CLK_RELAY_REPORT": "relay_report.relay_report_due",
    "CLK_GRACE": "grace.grace", "CLK_GRACE_FACILITY": "grace.grace", "CLK_GRACE_MAINT": "grace.grace",
    "CLK_REPORT_58_2": "report_inspection.report_due",
}  # fmt: skip


def test_clocks_are_those_of_the_facts():
    ours = {f"{p.id}.{c.id}": c for kind in KINDS for p in kind.procedures for c in p.clocks}
    seen = set()
    for _, act, _ in facts():
        period = act["clock"] or {}
        clock = ours.get(CLOCKS.get(period.get("id"), ""))
        if clock is None:
            continue
        seen.add(period["id"])
        moves = clock.kind.move is not Move.NONE
        if period.get("length") == "without_delay":
            assert clock.force is Force.WITHOUT_DELAY
            continue
        (count,) = clock.counts
        if isinstance(period.get("length"), int):
            assert getattr(count.length, {"months": "months", "month": "months"}[period["unit"]]) == period["length"]
            assert (count.first_day is COUNTED) == period.get("first_day_counts", False)
        else:
            assert count.length is None
        if period.get("holiday_shift") is False or period.get("counting") is None:
            assert not moves
        if period.get("counting") == "CNT_HOLIDAY_SHIFT_FILINGS":
            assert moves
    assert seen == set(CLOCKS)


def test_penalties_are_those_of_the_facts():
    wanted = {"PEN_96_4", "PEN_96_5", "PEN_96_6"}
    used = {
        x.penalty for kind in KINDS for p in kind.procedures for x in (*p.bans, *p.duties, *p.acts)
        if isinstance(x.penalty, str)
    }  # fmt: skip
    assert used == {ALIASES[id] for id in wanted}


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.id)
def test_every_question_named_has_its_note(kind):
    from pathlib import Path

    notes = Path(__file__).parents[2] / "docs" / "law"
    for number in kind.notes:
        assert len(list(notes.glob(f"{number:04}-*.md"))) == 1, number
