"""The catalogues against the researched facts: every sector, number, form, disclosure and measure."""

from datetime import date
from decimal import Decimal

import pytest
from ch3_facts import load

from kaname.regimes.infrastructure.catalogue import ORDERS, RULES, SECTORS, in_force, sector, under_order
from kaname.regimes.infrastructure.catalogue.disclosures import DISCLOSURES, omissible
from kaname.regimes.infrastructure.catalogue.forms import FORMS
from kaname.regimes.infrastructure.catalogue.measures import ANSWERS, GROUPS, MEASURES, REASON_NEEDED
from kaname.regimes.infrastructure.catalogue.model import Holds, Limit
from kaname.regimes.infrastructure.catalogue.sources import SOURCES

TODAY = date(2026, 9, 18)
# Facts put as words, not as a metric: their tests ask for a yes or no.
NAMED = {"office_in_every_prefecture", "nationwide_carriage"}


def facts_sectors():
    return load()["sectors"]["list"]


def limits(test):
    """Every threshold and question inside a test: (figure, operator, value)."""
    if isinstance(test, Limit):
        return {(test.figure.id, ">" if test.strict else ">=", test.value)}
    if isinstance(test, Holds):
        return {(test.figure.id, "==", True)}
    return {found for part in test.parts for found in limits(part)}


def facts_limits(criterion):
    rows = criterion.get("all_of") or criterion.get("any_of") or ([criterion] if "metric" in criterion else [])
    return {
        (r["metric"], r["op"], True if r["value"] is True else Decimal(str(r["value"]))) for r in rows
    }  # fmt: skip


def test_sectors_stand_in_the_order_of_the_facts():
    assert [(s["id"], s["ja"]) for s in facts_sectors()] == [(s.code, s.name.ja) for s in SECTORS]


def test_item_numbers_moved_up_on_the_day_of_the_ports():
    for fact in facts_sectors()[:15]:
        ours = sector(fact["id"])
        assert ours.item.on(TODAY).citation == fact["act_item"].split(",")[0].strip(), fact["id"]
    before = date(2025, 3, 31)
    assert sector("air").item.on(before).citation == "50(1)(viii)"
    assert sector("credit_card").item.on(before).citation == "50(1)(xiv)"
    assert (len(in_force(before)), len(in_force(date(2025, 4, 1)))) == (14, 15)


@pytest.mark.parametrize("number", range(15))
def test_every_threshold_is_that_of_the_facts(number):
    """The share known as `share` in the facts is called `cable_share` here; nothing else differs."""
    fact, ours = facts_sectors()[number], SECTORS[number]
    theirs = {(x if x[0] != "share" else ("cable_share", *x[1:])) for c in fact["criteria"] for x in facts_limits(c)}
    here = {x for b in ours.businesses for c in b.criteria for x in limits(c.test)}
    assert theirs <= here
    assert {x for x in here - theirs if x[2] is not True} == set(), "a threshold without a fact"


@pytest.mark.parametrize("number", range(15))
def test_any_and_all_are_those_of_the_facts(number):
    fact, ours = facts_sectors()[number], SECTORS[number]
    tests = [c.test for b in ours.businesses for c in b.criteria]
    for criterion in fact["criteria"]:
        wanted = {(x[0] if x[0] != "share" else "cable_share") for x in facts_limits(criterion)}
        if len(wanted) < 2:
            continue
        test = next(t for t in tests if wanted <= {f.id for f in t.figures})
        met = {
            f.id: True if f.id not in dict.fromkeys(x[0] for x in limits(test) if x[1] != "==") else Decimal(10**18)
            for f in test.figures
        }  # fmt: skip
        one_missing = {k: (False if v is True else Decimal(0)) if k == sorted(wanted)[0] else v for k, v in met.items()}
        assert test.ask(met) is True
        assert test.ask(one_missing) is ("any_of" in criterion)


@pytest.mark.parametrize("number", range(15))
def test_there_is_a_business_and_a_facility_for_every_one_of_the_facts(number):
    fact, ours = facts_sectors()[number], SECTORS[number]
    names = [c["sub"] for c in fact["criteria"] if c["sub"] not in ("all", *"イロハニホ")]
    assert set(names) <= {n for b in ours.businesses for n in (b.name.ja, b.name.ja.partition("（")[0])}
    assert all(b.facilities and b.criteria for b in ours.businesses)
    kinds = max((len(f.get("components", [])) for f in fact.get("facilities", [])), default=0)
    if kinds and "adapted" not in str(fact["facilities"]):
        assert max(len(f.components) for b in ours.businesses for f in b.facilities) == kinds


def test_dated_criteria_of_trucking():
    fact = next(s for s in facts_sectors() if s["id"] == "SEC06_TRUCKING")
    (old, new) = fact["criteria"]
    ours = sector("trucking").businesses[0].criteria
    assert (str(ours[0].until), str(ours[1].since)) == (old["valid_until"], new["valid_from"])
    facilities = sector("trucking").businesses[0]
    assert [f.id for f in facilities.facilities_on(date(2025, 6, 12))] == ["trucking_system_2023"]
    assert [f.id for f in facilities.facilities_on(date(2025, 6, 13))] == ["trucking_system"]


def test_water_changed_ministry():
    water = sector("water")
    assert water.order(None, date(2024, 3, 31)) == "mhlw"
    assert water.order(None, date(2024, 4, 1)) == "mlit"


def test_joint_orders_are_those_of_the_facts():
    fact = next(s for s in facts_sectors() if s["id"] == "SEC14_FINANCE")
    joint = {c["sub"] for c in fact["criteria"] if "ministry" in c}
    assert joint == {b.name.ja for b in sector("finance").businesses if b.ministry}
    assert {b.order for b in sector("finance").businesses if b.ministry} <= set(ORDERS)


def test_the_enacted_sector_is_not_in_force():
    health = sector("医療")
    assert health.since is None
    assert health not in in_force(date(2030, 1, 1))
    assert health.at_latest == date(2027, 12, 16)


def test_forms_are_those_of_the_facts():
    for fact in load()["forms"]["list"]:
        ours = FORMS[fact["id"]]
        assert ours.name.ja == fact["ja"]
        assert ours.confidence.value == fact["confidence"]
        if fact["id"] == "F_INSPECT_ID":
            assert (ours.number("fsa"), ours.number("meti"), ours.number("mlit")) == ("様式第十一", "様式第十二", None)
            continue
        default = (fact["default_form"] or "").removeprefix("METI ") or None
        assert (ours.common, ours.mic) == (default, fact["mic_form"])
    assert len(FORMS) == len(load()["forms"]["list"])


def test_the_shift_of_the_mic_order():
    shifts = {"emergency": ("10", "11"), "holders": ("11(ii)", "12(ii)"), "foreign_sales": ("11(iv)", "12(iv)"),
              "document_age": ("9(2)", "10(2)"), "omission": ("17", "18"), "shortening": ("18", "19"),
              "extension": ("19", "20"), "significant": ("23", "24")}  # fmt: skip
    for rule, (common, mic) in shifts.items():
        for order in ("fsa", "meti", "mlit", "savings"):
            assert [p.citation for p in under_order(rule, order)] == [common]
        assert [p.citation for p in under_order(rule, "mic")] == [mic]
    assert [p.citation for p in under_order("other_changes", "mic")] == ["25", "26"]
    assert under_order("facilities", "mic")[0].citation == under_order("facilities", "meti")[0].citation == "1"
    assert set(RULES["significant"].orders[0]) and len(RULES["significant"].orders) == len(ORDERS)


def test_disclosures_are_those_of_the_facts():
    facts = load()["disclosures"]
    for level in ("plan_level", "component_level", "sub_entrustment_level"):
        for d in facts[level]:
            assert (DISCLOSURES[d["id"]].name.ja, DISCLOSURES[d["id"]].confidence.value) == (d["ja"], d["confidence"])
            assert DISCLOSURES[d["id"]].plans == {"both": ("introduction", "maintenance")}.get(d["plan"], (d["plan"],))
    for d in facts["party_level"]["fields"]:
        roles = facts["party_level"]["applies_to_roles"] if d["roles"] == "all" else d["roles"]
        assert (DISCLOSURES[d["id"]].name.ja, list(DISCLOSURES[d["id"]].roles)) == (d["ja"], roles)
    assert {a["id"]: a["confidence"] for a in facts["attachments"]} == {
        d.id: d.confidence.value for d in DISCLOSURES.values() if d.level == "attachment"
    }
    assert omissible() == set(facts["sub_entrustment_omission"]["may_omit"])
    assert not omissible() & set(facts["sub_entrustment_omission"]["must_keep"])
    assert omissible("supplier") == set()


def test_measures_are_those_of_the_facts():
    facts = load()["risk_management_measures"]
    assert [g["id"] for g in facts["groups"]] == list(GROUPS)
    assert [(m["id"], m["group"], m["party"], m["confidence"], len(m["evidence"])) for m in facts["items"]] == [
        (m.id, m.group, list(m.parties), m.confidence.value, len(m.evidence)) for m in MEASURES.values()
    ]
    assert (list(ANSWERS), list(REASON_NEEDED)) == (
        facts["answer_model"]["values"], facts["answer_model"]["reason_required_when"])  # fmt: skip


def test_what_is_unverified_says_so():
    for m in MEASURES.values():
        assert ("未確認" in m.label.ja) == ("unverified" in m.label.en) == (m.confidence.value == "low")


def test_every_statement_names_a_known_source():
    for s in SECTORS:
        assert set(s.sources) <= set(SOURCES) and s.sources
        for b in s.businesses:
            for c in b.criteria:
                assert set(c.sources) <= set(SOURCES)
