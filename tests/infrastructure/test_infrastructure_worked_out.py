"""Cases of Chapter 3 that nobody gave us: worked out by hand from the facts, then run through the command line.

A row of TRIES is a ledger, the act tried (with its run), its day, whether it is accepted, and what the answer must
say: words, and the provision that carries them.
"""

import json

import pytest
from click.testing import CliRunner
from plan_ledgers import KIND, clock, ledger, standing, state

from case_ledgers import kaname_of
from kaname.cli import root

OPERATOR, INSPECTION = "infrastructure.operator", "infrastructure.inspection"
KINDS = {"designation": OPERATOR, "report_inspection": INSPECTION, "information_and_cooperation": INSPECTION}
STANDSTILL, LONGEST = "extension_shortening.standstill", "extension_shortening.longest"


def consulted(on: str) -> str:
    return f"{on} consultation_with_pm.mandatory\n{on} consultation_with_pm.close\n"


def recommended(on: str) -> str:
    return consulted(on) + f'{on} recommendation_order.issue {{"great_risk": true, "received_on": "{on}"}}\n'


def designated(on: str, business: str = "gas.general_pipeline", successor: str = "false") -> str:
    return f'{on} designation.designate {{"business": "{business}", "criteria_met": true, "successor": {successor}}}\n'


FILED = "2025-06-02 introduction_plan.file\n"
ACCEPTED = FILED + "2025-06-02 introduction_plan.accept\n"  # day thirty: 1 July, a Tuesday
REFUSED = ACCEPTED + recommended("2025-06-10") + '2025-06-12 recommendation_order.refuse {"reasons": "r"}\n'
BEFORE_ORDER = REFUSED + consulted("2025-06-16")
EXTENDED = ACCEPTED + '2025-06-10 extension_shortening.extend {"ends_on": "2025-07-31"}\n'
SHORT = ACCEPTED + '2025-06-10 extension_shortening.shorten {"ends_on": "2025-06-20", "ground": "no_great_risk"}\n'
STOP = ACCEPTED + consulted("2025-06-09") + (
    '2025-06-10 recommendation_order.issue {"great_risk": true, "asks": ["stop"], "received_on": "2025-06-10"}\n'
    "2025-06-12 recommendation_order.accept\n")  # fmt: skip
REFILED = '2025-06-20 recommendation_order.file_changed {"plan": "p"}\n'
ORDERED = BEFORE_ORDER + '2025-06-18 recommendation_order.order {"received_on": "2025-06-18"}\n' + REFILED
AGREED = ACCEPTED + recommended("2025-06-10") + "2025-06-12 recommendation_order.accept\n" + REFILED
INTRODUCED = ACCEPTED + "2025-08-01 introduction_plan.introduce\n"
EMERGENCY = ('2025-08-02 emergency.do {"what": "introduction", "disrupted": true, "not_contrived": true, '
             '"urgent": true, "no_other_means": true}\n2025-08-05 emergency.file {"notice": "n"}\n')  # fmt: skip
CHANGE = ACCEPTED + (
    '2025-08-01 plan_change.propose a {"proposal": "p"}\n2025-08-01 plan_change.accept a {"complete": true}\n'
)
MAINTAINED = (
    '2025-06-02 entrusted_maintenance_plan.file {"plan": "p", "facility": "f", "content": "c", "measures": "m", '
    '"period_from": "2025-08-01", "period_until": "2028-07-31", "entrustee": "e"}\n'
    "2025-06-02 entrusted_maintenance_plan.accept\n2025-08-01 entrusted_maintenance_plan.start\n"
)
STARTS = MAINTAINED[: MAINTAINED.rindex("2025-08-01 ")]
NOTIFIED = designated("2024-05-01") + '2026-02-01 designation.name_notice {"changes_on": "2026-03-01", "name": "n"}\n'
LATER_NOTICE = '2026-02-10 designation.name_notice {"changes_on": "2026-05-01", "address": "a"}\n'
RENAMED = NOTIFIED + "2026-03-01 designation.change_name\n"


# -- counting ---------------------------------------------------------------------------------------------------------

# accepted -> day thirty, end of the fourth month
STANDSTILLS = {
    "2027-12-05": ("2028-01-03", "2028-04-04"),  # the last day of the closure, not moved
    "2028-01-31": ("2028-02-29", "2028-05-30"),
    "2028-02-29": ("2028-03-29", "2028-06-28"),
    "2026-12-29": ("2027-01-27", "2027-04-28"),  # accepted while the offices are closed
    "2027-02-28": ("2027-03-29", "2027-06-27"),  # not the end of June
    "2025-10-31": ("2025-11-29", "2026-02-28"),
}


@pytest.mark.parametrize(("on", "days"), STANDSTILLS.items(), ids=STANDSTILLS)
def test_thirty_days_and_the_cap(on, days):
    clocks = {c["id"]: c for c in standing(ledger(f"{on} introduction_plan.file\n{on} introduction_plan.accept"), on)[
        "clocks"]}  # fmt: skip
    assert (clocks["standstill"]["last_day"], clocks["longest"]["last_day"]) == days
    assert clocks["standstill"]["unmoved_last_day"] == days[0]


# received -> day ten, moved
REPLIES = {
    "2026-12-19": "2026-12-28",  # the last open day of the year
    "2026-12-20": "2027-01-04", "2026-12-22": "2027-01-04",
    "2028-02-20": "2028-02-29", "2024-04-26": "2024-05-07", "2027-04-24": "2027-05-06",
}  # fmt: skip


@pytest.mark.parametrize(("received", "due"), REPLIES.items(), ids=REPLIES)
def test_day_ten(received, due):
    case = ledger(f"{received} introduction_plan.file\n{received} introduction_plan.accept\n"
                  f"{received} extension_shortening.extend\n{recommended(received)}")  # fmt: skip
    assert clock(case, received, "recommendation_order.reply_due")[:2] == (received, due)


# designated -> last day without filing: the first day is left out, the corresponding day may be missing
GRACES = {
    "2025-08-27": "2026-02-27", "2025-08-28": "2026-02-28", "2025-08-29": "2026-02-28", "2025-08-30": "2026-02-28",
    "2025-08-31": "2026-02-28", "2027-08-31": "2028-02-29", "2024-02-29": "2024-08-31", "2026-06-30": "2026-12-31",
    "2026-07-01": "2027-01-01",
}  # fmt: skip


@pytest.mark.parametrize(("on", "last"), GRACES.items(), ids=GRACES)
def test_six_months_of_grace(on, last):
    assert clock(ledger(designated(on)), on, "grace.grace", kind=OPERATOR)[1] == last


# -- may it be done? --------------------------------------------------------------------------------------------------

RISK = {"great_risk": True}
CHANGED = {"great_risk": True, "changed_circumstances": True}
ORDER = {"no_just_cause": True}
FILING = {
    "plan": "p",
    "facility": "f",
    "content": "c",
    "supplier": "s",
    "measures": "m",
    "supply": "self",
    "third_party_facility": False,
}
URGENT = {"disrupted": True, "not_contrived": True, "urgent": True, "no_other_means": True}
# fmt: off
TRIES = [
    # filing: is a plan needed at all, by the rules of the planned day?
    ("a system of one's own before the wider scope", "", "introduction_plan.file", "2026-08-03",
     FILING | {"planned_on": "2026-09-17", "third_party_component": True}, True, "no plan is needed", "52(1)"),
    ("with components that may be foreign, since", "", "introduction_plan.file", "2026-08-03",
     FILING | {"planned_on": "2026-09-18"}, True, "", ""),
    ("without", "", "introduction_plan.file", "2026-08-03",
     FILING | {"planned_on": "2026-09-18", "third_party_component": False}, True, "facility or component", "52(1)"),
    # extension and shortening
    ("an extension to the present end extends nothing", ACCEPTED, "extension_shortening.extend", "2025-06-10",
     {"needed": True, "ends_on": "2025-07-01"}, False, "not after the present end", "52(4)"),
    ("one day more is one", ACCEPTED, "extension_shortening.extend", "2025-06-10",
     {"needed": True, "ends_on": "2025-07-02"}, True, "", ""),
    ("only one is described", EXTENDED, "extension_shortening.extend", "2025-07-10",
     {"needed": True, "ends_on": "2025-09-01"}, False, "stands at 'extended'", "52(4)"),
    ("none before acceptance", FILED, "extension_shortening.extend", "2025-06-10", {"needed": True}, False, "",
     "52(4)"),
    ("none after the operator stopped", ACCEPTED + "2025-06-05 introduction_plan.stop\n",
     "extension_shortening.extend", "2025-06-06", {"needed": True}, False, "", "52(4)"),
    ("shortened once", SHORT, "extension_shortening.shorten", "2025-06-12",
     {"ends_on": "2025-06-15", "ground": "no_great_risk"}, False, "", "52(3)"),
    ("the shortened end still binds", SHORT, "introduction_plan.introduce", "2025-06-20", {}, False, "92(1)(ii)",
     "52(3)"),
    ("free on the day after it", SHORT, "introduction_plan.introduce", "2025-06-21", {}, True, "", ""),
    # recommendation, answer, order
    ("extend first, while that is open", ACCEPTED + consulted("2025-06-20"), "recommendation_order.issue", "2025-06-25",
     RISK | {"received_on": "2025-06-25"}, True, "extend first", "52(4)"),
    ("no advice to extend what was shortened", SHORT + consulted("2025-06-11"), "recommendation_order.issue",
     "2025-06-12", RISK | {"received_on": "2025-06-12"}, True, "can no longer be extended", "52(4)"),
    ("no advice to extend what was extended", EXTENDED + consulted("2025-07-20"), "recommendation_order.issue",
     "2025-07-25", RISK | {"received_on": "2025-07-25"}, True, "can no longer be extended", "52(4)"),
    ("a refusal without reasons", ACCEPTED + recommended("2025-06-10"), "recommendation_order.refuse", "2025-06-12",
     {}, False, "reasons", "52(7)"),
    ("an order before anybody is silent", ACCEPTED + recommended("2025-06-10") + consulted("2025-06-11"),
     "recommendation_order.order", "2025-06-15", ORDER, False, "stands at 'recommended'", "52(10)"),
    ("an order needs a consultation of its own", REFUSED, "recommendation_order.order", "2025-06-20", ORDER, False,
     "about the order", "56(1)"),
    ("an order on the last day", BEFORE_ORDER, "recommendation_order.order", "2025-07-01",
     ORDER | {"received_on": "2025-07-01"}, True, "", ""),
    ("an order that arrives a day later", BEFORE_ORDER, "recommendation_order.order", "2025-07-01",
     ORDER | {"received_on": "2025-07-02"}, True, "arrives after the standstill", "52(10) proviso"),
    ("an order a day later", BEFORE_ORDER, "recommendation_order.order", "2025-07-02", ORDER, False, "", "52(10)"),
    ("stopping as recommended", STOP, "recommendation_order.comply_stop", "2025-06-15", {}, True, "", ""),
    ("introducing what one agreed to stop", STOP, "introduction_plan.introduce", "2025-07-15", {}, False, "92(1)(iii)",
     "52(8)"),
    ("the changed plan frees who accepted", AGREED, "introduction_plan.introduce", "2025-06-20", {}, True, "", ""),
    ("but not for what the recommendation was about", AGREED, "introduction_plan.introduce", "2025-06-20",
     {"as_recommended": False}, False, "92(1)(iii)", "52(8)"),
    ("nor later", AGREED, "introduction_plan.introduce", "2025-08-01", {"as_recommended": False}, False, "92(1)(iii)",
     "52(8)"),
    ("under an order the changed plan waits", ORDERED, "introduction_plan.introduce", "2025-07-01", {}, False,
     "goes on after an order", "52(9)"),
    ("for the end of the standstill", ORDERED, "introduction_plan.introduce", "2025-07-02", {}, True, "", ""),
    ("and binds after it", ORDERED, "introduction_plan.introduce", "2025-07-02", {"as_recommended": False}, False,
     "92(1)(iv)", "52(10)"),
    ("also when the ordered plan is said to be carried out",
     ORDERED + "2025-07-02 recommendation_order.comply_order\n", "introduction_plan.introduce", "2025-07-03",
     {"as_recommended": False}, False, "92(1)(iv)", "52(10)"),
    # after the standstill
    ("55(1) not while the standstill goes on after an order", ORDERED + consulted("2025-06-23"),
     "post_recommendation.recommend", "2025-07-01", CHANGED, False, "Art. 52(6) is the way", "55(1)"),
    ("55(1) asks for changed circumstances", INTRODUCED + consulted("2025-09-01"), "post_recommendation.recommend",
     "2025-09-02", RISK, False, "changed circumstances", "55(1)"),
    ("55(1) with them", INTRODUCED + consulted("2025-09-01"), "post_recommendation.recommend", "2025-09-02",
     CHANGED | {"received_on": "2025-09-02"}, True, "", ""),
    ("55(1) not before the end of the standstill", ACCEPTED + consulted("2025-06-05"), "post_recommendation.recommend",
     "2025-06-10", CHANGED, False, "Art. 52(6) is the way", "55(1)"),
    ("55(2) without them, after an emergency", EMERGENCY + consulted("2025-09-01"), "post_recommendation.recommend",
     "2025-09-02", RISK | {"received_on": "2025-09-02"}, True, "", ""),
    ("52(6) no more", INTRODUCED + consulted("2025-09-01"), "recommendation_order.issue", "2025-09-02", RISK, False, "",
     "52(6)"),
    # changes
    ("a change waits thirty days of its own", CHANGE, "plan_change.carry_out a", "2025-08-30", {}, False, "92(1)(ii)",
     "54(2)"),
    ("and is free on day thirty-one", CHANGE, "plan_change.carry_out a", "2025-08-31", {}, True, "", ""),
    ("the plan as filed may go on meanwhile", CHANGE, "introduction_plan.introduce", "2025-08-20", {}, True,
     "only as the plan was before it", "54(2)"),
    ("no change of what was never accepted", FILED, "plan_change.propose a", "2025-06-05", {"proposal": "p"}, False, "",
     "54(1)"),
    ("no proposal after the introduction", INTRODUCED, "plan_change.propose a", "2025-09-01", {"proposal": "p"}, False,
     "", "54(1)"),
    ("no proposal after the entrustment", MAINTAINED + "2028-07-31 entrusted_maintenance_plan.end\n",
     "plan_change.propose a", "2028-08-05", {"proposal": "p"}, False, "", "54(1)"),
    ("no emergency change after the introduction: components are reported", INTRODUCED, "plan_change.emergency a",
     "2025-09-01", URGENT, False, "no change to propose", "54(1)"),
    ("an emergency change before it", ACCEPTED, "plan_change.emergency a", "2025-09-01", URGENT, True, "", ""),
    ("an emergency change while the work runs", MAINTAINED, "plan_change.emergency a", "2025-09-01", URGENT, True, "",
     ""),
    ("no report after the entrustment", MAINTAINED + "2028-07-31 entrusted_maintenance_plan.end\n",
     "plan_change.report a", "2028-08-05", {"report": "r"}, False, "after the end of the entrustment nothing",
     "54(4)"),
    ("a new name is no minor change", MAINTAINED, "plan_change.classify a", "2026-08-05",
     {"class": "minor", "changes": [{"subject": "entrustee", "aspect": "name", "before": "A", "after": "B"}]}, False,
     "works out as significant", "54(1)"),
    ("a consultation about the plan is none about its change", CHANGE + consulted("2025-08-04"),
     "recommendation_order.issue a", "2025-08-06", RISK, False, "is not concluded", "56(1)"),
    ("entrusted work begins within its period", STARTS, "entrusted_maintenance_plan.start", "2025-08-01", {}, True, "",
     ""),
    ("earlier is another period", STARTS, "entrusted_maintenance_plan.start", "2025-07-31", {}, True,
     "outside the period of the plan", "54(1)"),
    ("after its last day nothing of it is left", STARTS, "entrusted_maintenance_plan.start", "2028-08-01", {}, True,
     "outside the period of the plan", "54(1)"),
    # acts before their law
    ("58(1) before November 2023", "", "designation.ask_report", "2023-10-31",
     {"runs_business": True, "needed": True}, False, "from 2023-11-01 only", "58(1)"),
    ("and from its first day", "", "designation.ask_report", "2023-11-01",
     {"runs_business": True, "needed": True, "received_on": "2023-11-01"}, True, "", ""),
    ("58(2) before November 2023", "", "report_inspection.request m", "2023-10-31",
     {"purpose": "later"}, False, "from 2023-11-01 only", "58(2)"),
    ("an inspection before November 2023", "", "report_inspection.inspect m", "2023-10-31",
     {"purpose": "later", "identity_card": True, "not_criminal": True}, False, "from 2023-11-01 only", "58(2)"),
    ("57 before Art. 57", "", "information_and_cooperation.give", "2023-11-16", {}, False,
     "from 2023-11-17 only", "57"),
    ("57 on its first day", "", "information_and_cooperation.give", "2023-11-17", {}, True, "", ""),
    ("the council before Art. 3-2", "", "information_and_cooperation.council", "2026-09-17", {"consent": True}, False,
     "from 2026-09-18 only", "3-2"),
    ("whoever joins it is told what is not verified", "", "information_and_cooperation.council", "2026-09-18",
     {"consent": True}, True, "not verified", "3-2"),
    # the operator
    ("exactly two weeks, counted twice", designated("2024-05-01"), "designation.name_notice", "2026-12-29",
     {"changes_on": "2027-01-12"}, True, "one day late if two full weeks", "50(3)"),
    ("a closed day before leaves both readings", designated("2024-05-01"), "designation.name_notice",
     "2026-12-28", {"changes_on": "2027-01-12"}, True, "", ""),
    ("after the closure it is too late", designated("2024-05-01"), "designation.name_notice", "2027-01-04",
     {"changes_on": "2027-01-12"}, False, "fewer than two weeks", "50(3)"),
    ("one notice is for one change", RENAMED, "designation.change_name", "2026-06-01", {}, False, "96(vi)", "50(3)"),
    ("the day of the second of two notices is not that of the first", NOTIFIED + LATER_NOTICE,
     "designation.change_name", "2026-03-01", {}, True, "", ""),
    ("and is left for the second change", RENAMED + LATER_NOTICE, "designation.change_name", "2026-05-01", {}, True, "",
     ""),
    ("but not before it", RENAMED + LATER_NOTICE, "designation.change_name", "2026-04-30", {}, False, "96(vi)",
     "50(3)"),
    ("no notice of who is no longer designated",
     designated("2024-05-01") + '2025-01-10 designation.lift {"criteria_no_longer_met": true}\n',
     "designation.name_notice", "2025-02-01", {"changes_on": "2025-04-01"}, False, "", "50(3)"),
]
# fmt: on


@pytest.mark.parametrize(("case", "act", "on", "data", "accepted", "said", "basis"), [r[1:] for r in TRIES],
                         ids=[r[0] for r in TRIES])  # fmt: skip
def test_try(case, act, on, data, accepted, said, basis):
    act, _, run = act.partition(" ")
    kind = KINDS.get(act.partition(".")[0], KIND)
    given = ["--data", json.dumps(data), *(["--run", run] if run else [])]
    answer = kaname_of(kind, ledger(case), "try", act, "--on", on, *given)
    found = [*answer.get("reasons", ()), *answer.get("warnings", ())]
    assert answer["accepted"] is accepted, found
    if not (said or basis):
        assert not found
    assert any(said in r["text"] and any(basis in b for b in r["basis"]) for r in found) or not (said or basis), found


def test_an_order_that_arrives_late_is_recorded_as_given():
    late = ledger(BEFORE_ORDER + '2025-07-01 recommendation_order.order {"received_on": "2025-07-02"}\n')
    assert state(late, "2025-07-03") == "ordered"


# what is tried -> the open question it rests on
OPEN = [
    (BEFORE_ORDER, KIND, "recommendation_order.order", "2025-07-01", ORDER | {"received_on": "2025-07-02"}, 322),
    (ACCEPTED, KIND, "introduction_plan.introduce", "2025-07-01", {}, 306),
    (ORDERED, KIND, "introduction_plan.introduce", "2025-07-01", {}, 319),
    (
        "",
        KIND,
        "introduction_plan.file",
        "2026-08-03",
        FILING | {"planned_on": "2026-12-01", "third_party_component": False},
        320,
    ),
    ("", INSPECTION, "information_and_cooperation.council", "2026-09-18", {"consent": True}, 320),
    (ACCEPTED, KIND, "extension_shortening.extend", "2025-07-01", {"needed": True, "received_on": "2025-07-02"}, 317),
    (designated("2024-05-01"), OPERATOR, "designation.name_notice", "2027-01-04", {"changes_on": "2027-01-12"}, 101),
    (INTRODUCED, KIND, "plan_change.propose", "2025-09-01", {"proposal": "p"}, None),
]


@pytest.mark.parametrize(("case", "kind", "act", "on", "data", "question"), OPEN, ids=[r[2] for r in OPEN])
def test_an_answer_that_rests_on_an_open_question_says_so(case, kind, act, on, data, question):
    given = ["try", act, "--on", on, "--data", json.dumps(data), *(["--run", "a"] if "plan_change" in act else [])]
    answer = kaname_of(kind, ledger(case), *given)
    found = [*answer.get("reasons", ()), *answer.get("warnings", ())]
    assert found and {r.get("unverified") for r in found} - {None} == ({question} if question else set())
    if question:
        text = CliRunner().invoke(
            root, [given[0], kind, "-", *given[1:]], input=ledger(case), env={"KANAME_LANG": "ja"}
        )
        assert f"（未確認、論点{question}）" in text.output


# -- what was read once is unverified ---------------------------------------------------------------------------------

ASKED = '2026-05-01 report_inspection.request m {"purpose": "lifting"}\n'
UNVERIFIED = [
    (OPERATOR, "2026-07-16", {}), (OPERATOR, "2026-07-17", {"2026-07-17": 303}), (KIND, "2026-09-17", {}),
    (OPERATOR, "2026-09-18", {"2026-07-17": 303, "2026-09-18": 320}), (KIND, "2026-09-18", {"2026-09-18": 320}),
    (INSPECTION, "2026-10-01", {}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "day", "told"), UNVERIFIED)
def test_the_standing_says_what_of_its_law_was_read_once(kind, day, told):
    text = ledger({OPERATOR: designated("2026-05-01"), KIND: FILED, INSPECTION: ASKED}[kind])
    assert {u["since"]: u["question"] for u in standing(text, day, kind)["unverified"]} == told


def scope(on, **facts):
    given = {"sector": "electricity", "business": "generation", "facility": "output_control", "on": on,
             "figures": {"controlled_output_kw": 600000}, "event": "introduction", **facts}  # fmt: skip
    run = CliRunner().invoke(root, ["assess", "scope", "-", "--json"], input=json.dumps(given),
                             env={"KANAME_LANG": "en", "LANG": "C.UTF-8"})  # fmt: skip
    found = json.loads(run.stdout)
    return found["route"], any(w["unverified"] for part in ("event", "operator") for w in found[part]["why"])


OWN = {"supplier": "self", "third_party_facility": False}
SCOPES = [
    ("2026-09-17", {"designated_on": "2023-11-16", **OWN, "third_party_component": True}, "nothing", False),
    ("2026-09-18", {"designated_on": "2023-11-16", **OWN, "third_party_component": True}, "plan", True),
    ("2026-09-18", {"designated_on": "2023-11-16", **OWN, "third_party_component": False}, "nothing", True),
    ("2026-09-18", {"designated_on": "2023-11-16", **OWN}, "ask", True),
    ("2026-09-18", {"designated_on": "2023-11-16", "supplier": "third"}, "plan", None),
    ("2026-10-15", {"designated_on": "2026-09-17", "successor": True, "supplier": "third"}, "nothing", None),
    ("2026-10-15", {"designated_on": "2026-09-18", "successor": True, "supplier": "third"}, "plan", True),
    ("2026-05-01", {"designated_on": "2023-11-16", "event": "entrusted_maintenance", "supplier": "subsidiary"}, "plan",
     False),
    ("2026-05-01", {"designated_on": "2023-11-16", "supplier": "public_university"}, "plan", False),
]  # fmt: skip


@pytest.mark.parametrize(("on", "facts", "route", "unverified"), SCOPES)
def test_the_wider_scope_is_told_as_unverified(on, facts, route, unverified):
    found, marked = scope(on, **facts)
    assert found == route and unverified in (None, marked)
