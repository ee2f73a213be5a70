"""BODS 0.4: the conformance cases with the verdict that each states, the published schema, and what is written."""

import gzip
import json
import re
from copy import deepcopy
from datetime import date

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ownership_cases import exactly, shared

from kaname.assess.ownership.bods import read_bods
from kaname.assess.ownership.bods_checks import checks
from kaname.assess.ownership.bods_rules import form
from kaname.assess.ownership.bods_write import statements
from kaname.assess.ownership.book import Book, Entity, Holding, Kind, book
from kaname.assess.ownership.network import Right, network
from kaname.assess.ownership.shares import UNIT, UNKNOWN, Share
from kaname.files.problems import BadInput

TODAY = date(2026, 11, 26)
# Two names in the suite stand for checks that it calls otherwise elsewhere.
SYNONYMS = {"statement_person_identifiers_correct_scheme": "statement_person_identifiers_have_correct_scheme",
            "statement_person_sensible_birth_date": "statement_person_birth_date_sensible"}  # fmt: skip


@pytest.fixture(scope="module")
def cases():
    return json.loads(gzip.decompress(shared("data", "conformance", "bods_0_4_cases.json.gz").read_bytes()))


@pytest.fixture(scope="module")
def schema():
    """The published schema, formats of days and addresses included."""
    names = ("statement", "entity-record", "person-record", "relationship-record", "components")
    files = [
        json.loads(shared("data", "conformance", "bods_0_4_schema", f"{name}.json").read_text("utf-8"))
        for name in names
    ]
    registry = jsonschema_rs.Registry([(f["$id"], f) for f in files])
    return jsonschema_rs.validator_for(files[0], registry=registry, validate_formats=True)


def well_formed(document) -> bool:
    return isinstance(document, list) and not any(wrong for s in document for wrong in form(s))


def test_every_case_is_there(cases):
    assert len(cases) == 317


def test_the_form_of_every_case_is_judged_as_the_schema_judges_it(cases, schema):
    judged = {name: well_formed(document) for name, document in cases.items()}
    assert judged == {name: schema.is_valid(document) for name, document in cases.items()}
    named = {name: name.startswith("valid-") for name in cases if name.startswith(("valid-schema", "invalid-schema"))}
    assert {name: judged[name] for name in named} == named
    assert len(named) > 200


def test_every_further_check_gives_the_verdict_of_its_cases(cases):
    asked = 0
    for name, document in cases.items():
        if not (found := re.fullmatch(r"additional-checks/(\w+)-(in)?valid-\d+\.json", name)):
            continue
        asked += 1
        codes = {wrong.code for _, wrong in checks(document, TODAY)}
        check = SYNONYMS.get(found[1], found[1])
        assert (check in codes) == bool(found[2]), name
        if not found[2]:
            assert not codes, name  # and nothing else is found in a case that is sound
    assert asked > 70


def test_every_case_is_read_and_what_is_unsound_is_a_fault(cases):
    """An unknown register is no more than noted: no list of registers has them all."""
    only_noted = "additional-checks/statement_entity_identifier_scheme_known-invalid"
    for name, document in cases.items():
        try:
            made = read_bods(name, document, TODAY)
        except BadInput:
            assert name == "invalid-schema/statements_not_array.json"
            continue
        stated = re.search(r"(in)?valid-", name)
        if stated and not name.startswith(only_noted):
            assert bool(made.faults) == bool(stated[1]), name
        if name.startswith(only_noted):
            assert made.notes or made.faults
        assert all(0 < line <= len(document) for line, _ in made.place(made.faults))


@given(st.data())
@settings(max_examples=400, deadline=None)
def test_a_spoilt_statement_is_judged_as_the_schema_judges_it(cases, schema, data):
    """Values of a sound case exchanged, taken away, put elsewhere."""
    name = data.draw(st.sampled_from([n for n in sorted(cases) if n.startswith("valid-schema")]))
    document = deepcopy(cases[name])
    for _ in range(data.draw(st.integers(1, 2))):
        places = list(_places(document))
        holder, key = data.draw(st.sampled_from(places))
        values = [
            "",
            "x",
            "2020-02-30",
            "2020-01-01",
            "http://a",
            True,
            0,
            100.5,
            -1,
            None,
            [],
            {},
            ["a"],
            {"name": "n"},
        ]
        if isinstance(holder, dict) and data.draw(st.booleans()):
            del holder[key]
        else:
            holder[key] = data.draw(st.sampled_from(values))
    assert well_formed(document) == schema.is_valid(document)


def _places(value):
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


def relation(record="r1", day="2026-01-01", status=None, party="h", **interest):
    found = {
        "statementId": f"{record}-{day}".ljust(32, "0"), "statementDate": day, "declarationSubject": "c",
        "recordId": record, "recordType": "relationship",
        "recordDetails": {"isComponent": False, "subject": "c", "interestedParty": party, "interests": [interest]},
    }  # fmt: skip
    return {**found, **({"recordStatus": status} if status else {})}


def parties():
    for record, kind, details in (
        ("c", "entity", {"isComponent": False, "entityType": {"type": "registeredEntity"}, "name": "Company C",
                         "jurisdiction": {"name": "Japan", "code": "JP"}}),
        ("h", "person", {"isComponent": False, "personType": "knownPerson", "names": [{"fullName": "H"}],
                         "nationalities": [{"name": "France", "code": "FR"}]}),
    ):  # fmt: skip
        yield {"statementId": record.ljust(32, "0"), "statementDate": "2026-01-01", "declarationSubject": "c",
               "recordId": record, "recordType": kind, "recordDetails": details}  # fmt: skip


def read(*relations) -> Book:
    return read_bods("f.json", [*parties(), *relations], TODAY)


def shares(made: Book, day: date, right=Right.VOTES):
    net = network(made, day, right)
    return [str(net.share(e)) for e in range(net.holder.size)]


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ({"exact": 25}, "25"), ({"minimum": 25, "maximum": 50}, "25..50"), ({}, "0..100"), (None, "0..100"),
        ({"exclusiveMinimum": 25, "maximum": 50}, "25.0000000001..50"), ({"exclusiveMaximum": 5}, "0..4.9999999999"),
    ],
)  # fmt: skip
def test_shares_are_exact_or_bounds(share, expected):
    interest = {"type": "votingRights", **({"share": share} if share is not None else {})}
    (found,) = read(relation(**interest)).columns.votes.tolist()
    low, high = (f"{n / (UNIT // 100):.10f}".rstrip("0").rstrip(".") for n in found)
    assert (low if low == high else f"{low}..{high}") == expected


def test_an_interest_ends_before_its_last_day_and_a_statement_with_the_next():
    first = relation(day="2024-01-01", status="new", type="votingRights", share={"exact": 30}, startDate="2020-04-01")
    second = relation(day="2025-01-01", status="updated", type="votingRights", share={"exact": 40},
                      startDate="2020-04-01", endDate="2026-03-31")  # fmt: skip
    made = read(first, second)
    assert not made.faults
    days = {date(2020, 3, 31): [], date(2020, 4, 1): ["30"], date(2024, 12, 31): ["30"], date(2025, 1, 1): ["40"],
            date(2026, 3, 30): ["40"], date(2026, 3, 31): []}  # fmt: skip
    assert {day: shares(made, day) for day in days} == days
    closed = relation(day="2025-06-01", status="closed", type="votingRights", share={"exact": 30})
    made = read(first, closed)
    assert [shares(made, date(2025, month, 1)) for month in (5, 6)] == [["30"], []]


def test_indirect_interests_are_kept_apart_and_told():
    made = read(relation(type="shareholding", directOrIndirect="indirect", share={"exact": 60}))
    assert made.columns.indirect.tolist() == [True]
    assert shares(made, TODAY, Right.CAPITAL) == []
    assert "its chain" in made.notes[0].found.en


def test_a_party_that_is_not_named_is_somebody_unknown():
    made = read(relation(party={"reason": "unknown"}, type="shareholding", share={"exact": 10}))
    assert [e.name for e in made.entities if e.id.startswith("unspecified:")] == ["unknown"]
    assert shares(made, TODAY, Right.CAPITAL) == ["10"]


def test_days_and_places_of_a_person_are_in_no_fault():
    person = next(s for s in parties() if s["recordType"] == "person")
    person["recordDetails"] |= {"birthDate": "1699-12-24", "deathDate": 17, "nationalities": [{"code": "QQZZ"}],
                                "identifiers": [{"scheme": "SECRET-ID-77", "id": "K123"}]}  # fmt: skip
    told_ = str(read_bods("f", [person], TODAY).faults)
    assert len(read_bods("f", [person], TODAY).faults) >= 4
    assert not re.search("1699|12-24|QQZZ|SECRET|K123", told_)


def test_what_is_written_is_valid_and_reads_back(schema):
    entities = [Entity("s", "State S", "CN", Kind.STATE), Entity("c", "会社", "JP", Kind.COMPANY),
                Entity("p", "", "US", Kind.PERSON), Entity("q", "Q", "", Kind.UNKNOWN)]  # fmt: skip
    holdings = [
        Holding("s", "c", votes=exactly("33.34"), capital=UNKNOWN, since=date(2025, 4, 1), until=date(2026, 3, 31)),
        Holding("p", "c", votes=Share(UNIT // 4, UNIT // 2)), Holding("q", "c", capital=exactly(5), indirect=True),
        Holding("c", "q", capital=exactly("0.0000000001")),
    ]  # fmt: skip
    made = book(entities, holdings)
    document = json.loads(json.dumps(list(statements(made, TODAY)), default=float))
    assert schema.is_valid(document), [e.message for e in schema.iter_errors(document)]
    again = read_bods("again", document, TODAY)
    assert not again.faults
    assert [(e.id, e.name, e.country) for e in again.entities] == [(e.id, e.name, e.country) for e in entities]
    for day in (date(2025, 3, 31), date(2026, 3, 31), TODAY):
        for right in Right:
            assert shares(again, day, right) == shares(made, day, right)


def test_a_book_of_the_cases_writes_valid_statements(cases, schema):
    """Whatever was read of a sound case can be written again."""
    for name, document in cases.items():
        if name.startswith("valid-schema"):
            written = list(statements(read_bods(name, document, TODAY), TODAY))
            assert schema.is_valid(json.loads(json.dumps(written, default=float))), name
