"""The catalogue against the researched facts, symbol by symbol, and against a count of its own."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from kaname.assess.ipc import Place
from kaname.regimes.patents.editions import shipped
from kaname.regimes.patents.items import BELOW, FIELDS, VERSIONS, Item, Version, version_on

SHARED = Path(os.environ.get("KANAME_SHARED", Path(__file__).parents[2].parent / "shared"))
FILE = SHARED / "facts" / "ch5_patents.yaml"


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    if not FILE.exists():
        pytest.skip(f"facts of Chapter 5 absent: {FILE}")
    return yaml.safe_load(FILE.read_text("utf-8"))


def places_of(version: Version) -> list[Place]:
    return [p for item in version.items for part in item.parts for term in part.terms for p in term.places]


@pytest.mark.parametrize(("version", "entries", "different"), [(0, 228, 160), (1, 227, 159)])
def test_recount_of_entries_and_symbols(version: int, entries: int, different: int) -> None:
    found = places_of(VERSIONS[version])
    assert (len(found), len(set(found))) == (entries, different)


def test_every_place_of_the_order_exists() -> None:
    listed = shipped()
    assert [str(p) for v in VERSIONS for p in places_of(v) if p.symbol not in listed] == []


def items_in(facts: dict[str, Any], version: int) -> list[dict[str, Any]]:
    now = facts["order_items"]["items"]
    return now if version else now[:44] + facts["order_items_version_2024"]["items"]


def places_in(item: dict[str, Any]) -> list[set[str]]:
    return [{s["symbol"] for s in group["any_of"]} for group in item["all_of"]]


def as_text(place: Place) -> str:
    return str(place).replace(" ", "")


def places_by_term(item: Item) -> list[set[str]]:
    """Item 13 alone has two parts, which divide one list of the order."""
    if len(item.parts) == 2:
        return [{as_text(p) for part in item.parts for p in part.terms[0].places}]
    return [{as_text(p) for p in term.places} for term in item.parts[0].terms]


@pytest.mark.parametrize("version", [0, 1])
def test_items_agree_with_the_facts(facts: dict[str, Any], version: int) -> None:
    for item, fact in zip(VERSIONS[version].items, items_in(facts, version), strict=True):
        assert item.number == fact["item"]
        assert places_by_term(item) == places_in(fact)
        assert set(item.fields) == set(fact["fields"])
        needs = {part.needs for part in item.parts}
        assert {True: {True}, False: {False}, "partial": {True, False}}[fact["additional_requirement"]] == needs
        assert (list(item.limit.ja) if item.limit else None) == (fact["limited_to"] or {}).get("terms_ja")
        for group, term in zip(fact["all_of"], item.parts[0].terms, strict=True):
            written = {s["symbol"]: s["subgroups"] for s in group["any_of"]}
            assert all(written[as_text(p)] == p.subtree for p in term.places)


def test_unlisted_places_below_listed_ones_agree(facts: dict[str, Any]) -> None:
    ours = {as_text(place): [as_text(p) for p in below] for place, below in BELOW.items()}
    theirs = {}
    for item in facts["order_items"]["items"]:
        theirs |= item.get("near_misses", {}).get("by_symbol", {})
    assert ours == theirs


def test_fields_agree(facts: dict[str, Any]) -> None:
    found = {f["no"]: (f["name_ja"], f["name_en"], f["group"]) for f in facts["fields"]["list"]}
    assert {f.number: (f.name.ja, f.name.en, f.group) for f in FIELDS} == found
    for fact in facts["fields"]["list"]:
        items = {i.number for i in VERSIONS[1].items if fact["no"] in i.fields}
        assert items == set(fact["order_items"])


def test_the_additional_requirement_applies_to_fields_10_to_19() -> None:
    for version in VERSIONS:
        needing = {part.field for item in version.items for part in item.parts if part.needs}
        free = {part.field for item in version.items for part in item.parts if not part.needs}
        assert needing == set(range(10, 20))
        assert free == set(range(1, 26)) - needing


def test_the_filing_day_chooses_the_version() -> None:
    first, second = VERSIONS
    assert version_on(date(2024, 4, 30)) is None
    assert version_on(date(2024, 5, 1)) is first
    assert version_on(date(2024, 12, 31)) is first
    assert version_on(date(2025, 1, 1)) is second
