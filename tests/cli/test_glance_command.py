"""`kaname glance`: text, JSON and a folder of CSV; a day before the Act is bad input."""

import csv
import json


def test_the_cover_and_the_answers_are_told_in_both_languages(kaname):
    for lang, words in (("en", ("85 plans", "19,443", "JPY 1,944.3 bn")), ("ja", ("85 計画", "19,443 億円", "12物資"))):
        found = kaname("glance", "--as-of", "2024-06-04", lang=lang)
        assert found.exit_code == 0
        assert all(word in found.output for word in words), found.output


def test_json_is_the_open_data_without_the_records_of_an_office(kaname):
    found = json.loads(kaname("glance", "--as-of", "2024-06-04", "--json").stdout)
    value = {f["id"]: f["value"] for f in found["figures"]}
    assert value["supply.plans"] == 85
    assert all(v is None for id, v in value.items() if ".recorded" in id or id.startswith("overall."))
    assert any("No records" in w["en"] for w in found["warnings"])


def test_a_folder_holds_every_table(kaname, tmp_path):
    found = kaname("glance", "--as-of", "2024-06-04", "--csv", "out/of/it")
    assert found.exit_code == 0
    files = {p.stem: p for p in (tmp_path / "out/of/it").iterdir()}
    assert {"figures", "supply.money.table", "timeline.act"} <= set(files)
    rows = list(csv.DictReader(files["supply.money.table"].open(encoding="utf-8-sig", newline="")))
    assert [r["contributed_2022"] for r in rows if r["id"] == "semiconductors"] == ["3686"]


def test_before_the_act_is_bad_input(kaname):
    found = kaname("glance", "--as-of", "2022-05-17")
    assert found.exit_code == 2
    assert "there was no Act" in found.stderr + found.output
