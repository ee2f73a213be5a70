"""Describing a kind: plain data, complete, as the law stands on the day."""

import json
from dataclasses import fields
from datetime import date

import pytest
from every_kind import IDS, KINDS
from small_kinds import LAW, PERMIT

from kaname.law import T
from kaname.procedure.declare import (
    Act,
    Ban,
    CaseKind,
    Clock,
    Condition,
    Consequence,
    Duty,
    Extend,
    Field,
    Option,
    Procedure,
    Reading,
    Shorten,
    State,
)
from kaname.procedure.describe import describe

DAY = date(2026, 6, 1)
each_kind = pytest.mark.parametrize("kind", KINDS, ids=IDS)


def named(elements):
    return {e["id"]: e for e in elements}


@pytest.fixture(scope="module")
def permit():
    return named(describe(PERMIT, DAY)["procedures"])["permit"]


@each_kind
def test_it_is_json_and_nothing_else(kind):
    said = describe(kind, DAY)
    assert json.loads(json.dumps(said)) == said


@each_kind
def test_it_holds_everything_in_force_and_nothing_else(kind):
    def holds(e):
        return (e.since or date.min) <= DAY <= (e.until or date.max)

    said = named(describe(kind, DAY)["procedures"])
    for p in kind.procedures:
        for group in ("acts", "clocks", "consequences"):
            assert list(named(said[p.id][group])) == [e.id for e in getattr(p, group) if holds(e)]
        for group in ("duties", "bans"):
            assert list(named(said[p.id][group])) == [e.id for e in getattr(p, group)]
        for a in (a for a in p.acts if holds(a)):
            fields = named(said[p.id]["acts"])[a.id]["fields"]
            assert list(named(fields)) == [f.id for f in a.fields if holds(f)]
        assert list(named(said[p.id]["states"])) == list(p.states)


def test_what_is_not_in_force_on_the_day_is_left_out():
    def acts(day):
        return set(named(named(describe(PERMIT, day)["procedures"])["report"]["acts"]))

    assert acts(date(2026, 3, 31)) == {"submit"}
    assert acts(date(2026, 4, 1)) == acts(date(2026, 12, 31)) == {"submit", "submit_brief"}
    assert acts(date(2027, 1, 1)) == {"submit"}


def test_options_are_those_of_the_day():
    def options(day):
        act = named(named(describe(PERMIT, day)["procedures"])["permit"]["acts"])["apply"]
        return [o["id"] for o in named(act["fields"])["size"]["options"]]

    assert options(date(2026, 3, 31)) == ["small", "large"]
    assert options(date(2026, 4, 1)) == ["small", "large", "huge"]


def test_versions_are_all_days_of_change_and_the_one_in_force():
    said = describe(PERMIT, DAY)
    assert said["versions"] == ["2024-05-01", "2026-04-01", "2027-01-01"]
    assert said["version"] == "2026-04-01"
    assert describe(PERMIT, date(2025, 1, 1))["version"] == "2024-05-01"


def test_an_act_tells_who_what_why_and_what_follows(permit):
    act = named(permit["acts"])["apply"]
    assert act["name"] == "permit.apply"
    assert act["by"] == [{"id": "applicant", "label": {"ja": "申請者", "en": "applicant"}, "own_run": False}]
    assert act["basis"] == [{"ja": "小法2条1項", "en": "Small Act Art. 2(1)", "sort": "provision"}]
    assert act["moves"] == [{"from": "", "to": "filed"}]
    assert act["starts"] == ["standstill", "notify_soon"] and act["keeps"] == ["size"]
    fields = named(act["fields"])
    assert fields["name"]["required"] is True and fields["money"]["sealed"] is True
    assert fields["guarantee"]["required"] == "if"
    assert [c["id"] for c in fields["guarantee"]["required_if"]] == ["says_large"]
    assert [(c["id"], c["type"]) for c in fields["parts"]["columns"]] == [("part", "text"), ("count", "integer")]
    assert named(permit["acts"])["recommend"]["received"] is True
    assert named(permit["acts"])["withdraw"]["unverified"] == 2
    assert named(permit["acts"])["begin"]["deed"] is True and named(permit["acts"])["begin"]["penalty"] == "P94"
    extend = named(permit["acts"])["extend"]["extends"][0]
    assert (extend["clock"], extend["cap"]["months"], extend["counted_from"]) == ("standstill", 4, "start")


def test_practice_and_silence_are_marked(permit):
    assert [b["sort"] for b in named(permit["acts"])["acknowledge"]["basis"]] == ["provision", "practice"]
    assert [b["sort"] for b in named(permit["consequences"])["stays_closed"]["basis"]] == ["silence"]


def test_a_clock_tells_how_it_counts_and_whether_it_moves(permit):
    reply, soon = named(permit["clocks"])["reply"], named(permit["clocks"])["notify_soon"]
    assert reply["counts"] == [
        {
            "length": {"ja": "10日", "en": "10 days", "years": 0, "months": 0, "weeks": 0, "days": 10},
            "from": {"id": "received", "label": {"ja": "通知を受けた日", "en": "the day the notice was received"}},
            "first_day": "counted",
        }
    ]
    assert (reply["kind"], reply["moves"], reply["force"]) == ("filing", "agency", "deadline")
    assert reply["reading"]["plus"] == 1 and reply["reading"]["unverified"] == 1
    assert soon["counts"] == [] and soon["force"] == "without_delay" and soon["moves"] == "none"


def test_bans_and_duties_tell_the_penalty_or_why_there_is_none(permit):
    ban = named(permit["bans"])["no_start"]
    assert (ban["penalty"], ban["no_penalty"]) == ("P94", None)
    assert ban["covers"] == ["permit.begin"] and ban["ends_with"] == ["permit.standstill"]
    duty = named(permit["duties"])["answer"]
    assert duty["penalty"] is None and duty["no_penalty"] == {"ja": "命令で足りる", "en": "the order"}
    assert duty["done"] == [{"event": "done", "name": "permit.accept"}, {"event": "done", "name": "permit.refuse"}]


def test_composed_questions_keep_their_parts():
    def ask(id, until=None):
        return Condition(id, T(f"{id}の問い", f"question {id}"), T("否", "no"), LAW("1"), lambda v: None, until=until)

    a, b, c, gone = ask("a"), ask("b"), ask("c"), ask("gone", date(2025, 1, 1))
    procedure = PERMIT.procedure("permit")
    acts = tuple(
        type(x)(x.id, x.label, x.by, x.basis, x.moves, conditions=(a & (b | ~c), a | gone, ~gone, gone))
        for x in procedure.acts if x.id == "refuse"
    )  # fmt: skip
    changed = type(procedure)("p", procedure.label, procedure.basis, procedure.states, "recommended", acts=acts)
    kind = CaseKind("k", "small", PERMIT.label, PERMIT.in_force, (changed,))
    first, second = describe(kind, DAY)["procedures"][0]["acts"][0]["conditions"]
    assert first["id"] == "a"
    assert second["id"] == "any(b, not(c))" and [p["id"] for p in second["any"]] == ["b", "not(c)"]
    assert second["requires"] == {
        "ja": "bの問い、又は、次に当たらないこと：cの問い",
        "en": "question b or not: question c",
    }
    assert second["any"][1]["not"][0]["id"] == "c"


TOLD_AS = {"question": "unverified", "only_if": "conditions", "proposes": "proposed", "test": None, "tells": None}


def words(cls):
    """What a class of declarations can say, by the names under which a description tells it."""
    names = (TOLD_AS.get(f.name, f.name) for f in fields(cls))
    return {name for name in names if name}


def test_no_word_of_a_declaration_is_lost(permit):
    """Functions are told by what they decide; whatever else an element is declared with stands in its description."""
    report = named(describe(PERMIT, DAY)["procedures"])["report"]
    acts, clocks = named(permit["acts"]), named(permit["clocks"])
    told = {
        Procedure: permit, State: permit["states"][0], Act: acts["apply"], Consequence: permit["consequences"][0],
        Clock: clocks["reply"], Reading: clocks["reply"]["reading"], Duty: permit["duties"][0], Ban: permit["bans"][0],
        Field: acts["apply"]["fields"][0], Option: acts["apply"]["fields"][1]["options"][0],
        Condition: acts["recommend"]["conditions"][0], Extend: acts["extend"]["extends"][0],
    }  # fmt: skip
    for cls, said in told.items():
        assert words(cls) <= set(said), (cls.__name__, words(cls) - set(said))
    assert words(Shorten) == {"clock", "to", "basis"}
    brief = named(report["acts"])["submit_brief"]
    assert (brief["since"], brief["until"], brief["judged_by"]) == ("2026-04-01", "2026-12-31", None)
