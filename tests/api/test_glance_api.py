"""The picture of the Act by the API: JSON, CSV at addresses that stay, DCAT; records only of what a caller may see."""

import csv
import io

import pytest
from django.test import override_settings

from api.calls import Caller, is_problem

DAY = {"as_of": "2024-06-04"}


@pytest.fixture
def kumo(world):
    return Caller(world.token("kumo"))


def table(caller, id, **query):
    found = caller.get(f"/glance/tables/{id}", {**DAY, **query})
    assert found.status_code == 200, found.content
    assert found["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(found.content.decode())))


def test_the_figures_of_the_deck_are_handed_out_as_data(kumo):
    found = kumo.get("/glance", DAY).json()
    value = {f["id"]: f["value"] for f in found["figures"]}
    assert (value["supply.products"], value["supply.plans"], value["technology.technologies"]) == (12, 85, 50)
    assert value["supply.money.spent"] == "689.5", "exact, as text"
    assert value["patents.six.sent"] is None
    assert all(f["source"] or f["note"] for f in found["figures"])
    assert {t["id"] for t in found["tables"]} >= {"supply.money.table", "technology.list", "patents.fields_table"}
    for t in found["tables"]:
        assert all(len(r["cells"]) == len(t["columns"]) for r in t["rows"])


def test_a_table_has_the_same_columns_on_every_day_and_in_both_languages(kumo):
    ja, en = table(kumo, "supply.products_table"), table(kumo, "supply.products_table", lang="en")
    assert list(ja[0]) == list(en[0]) and [r["id"] for r in ja] == [r["id"] for r in en]
    assert ja[0]["product"] == "抗菌性物質製剤" and en[0]["product"] == "antimicrobial preparations"
    assert [r["plans"] for r in ja if r["id"] == "total"] == ["85"]
    later = table(kumo, "supply.products_table", as_of="2026-01-05")
    assert list(later[0]) == list(ja[0]) and len(later) == 17
    figures = {r["figure"]: r for r in table(kumo, "figures")}
    assert figures["supply.plans"]["value"] == "85" and figures["supply.plans"]["source_day"] == "2024-06-04"
    is_problem(kumo.get("/glance/tables/nothing", DAY), 404, "not_found")


def test_a_day_before_the_act_is_a_problem_that_says_why(kumo):
    for path in ("/glance", "/glance/tables/figures", "/glance/dcat"):
        wrong = is_problem(kumo.get(path, {"as_of": "2022-05-17", "lang": "en"}), 422, "invalid")
        assert wrong["errors"][0]["field"] == "as_of" and "2022-05-18" in wrong["errors"][0]["detail"]


@pytest.mark.parametrize("licence", ["", "https://example.jp/terms"])
def test_the_catalogue_tells_every_table_and_each_address_answers(kumo, licence):
    with override_settings(KANAME_LICENCE=licence):
        answer = kumo.get("/glance/dcat", DAY)
    assert answer["Content-Type"] == "application/ld+json"
    told = answer.json()
    assert told["@type"] == "dcat:Catalog"
    assert told.get("dct:license") == ({"@id": licence} if licence else None)
    assert {"@language": "en", "@value": "Kumo"} in told["dct:publisher"]["foaf:name"]
    sets = told["dcat:dataset"]
    assert len(sets) == 2 + len(kumo.get("/glance", DAY).json()["tables"])
    for one in sets[:4]:
        for way in one["dcat:distribution"]:
            address = way["dcat:downloadURL"]["@id"].removeprefix("http://testserver/api/v1")
            found = kumo.get(address)
            assert found.status_code == 200, address
            assert found["Content-Type"].partition(";")[0] == way["dcat:mediaType"]["@id"].rpartition("types/")[2]


def test_a_hidden_case_is_in_no_figure_of_who_may_not_know_of_it(world, kumo):
    before = kumo.get("/glance").json()
    case = kumo.open()["case"]
    assert world.people
    world.hide(case, "minister")
    assert kumo.get("/glance").json() == before
