"""`kaname supply`: money, plans and effect on the command line; rows that cannot be used and the exit status."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kaname.cli import root

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
MONEY, PLANS, FIGURES = (str(EXAMPLES / f"supply_{n}.csv") for n in ("money", "plans", "figures"))


def run(*args: str, text: str | bytes = "", lang: str = "en"):
    found = CliRunner().invoke(root, ["supply", *args], input=text, env={"KANAME_LANG": lang, "LANG": "C.UTF-8"})
    assert found.exception is None or isinstance(found.exception, SystemExit), found.output
    return found


def data(*args: str):
    return json.loads(run(*args, "--json").stdout)


def test_the_deck_stands_without_a_file_and_without_a_database():
    found = data("funds", "--as-of", "2024-06-04")
    assert found["totals"]["contributed"] == 1_944_300_000_000
    assert [(t["printed"], t["added"]) for t in found["deck_totals"] if t["difference"]] == [
        (69_100_000_000, 68_950_000_000), (917_200_000_000, 917_300_000_000)]  # fmt: skip


def test_later_rows_are_seen_from_their_day_on():
    before, after = (data("funds", MONEY, "--as-of", day) for day in ("2025-03-30", "2025-03-31"))
    of = {d["as_of"]: next(r for r in d["rows"] if r["product"] == "batteries") for d in (before, after)}
    assert of["2025-03-30"]["spent"] == 12_100_000_000 and of["2025-03-31"]["spent"] == 76_150_000_000


def test_bad_rows_are_told_on_standard_error_and_the_others_count():
    rows = "蓄電池,R6,執行,1,億円,2025-03-31,x\n蓄電池,R6,執行,W,億円,2025-06-30,x\n"
    text = f"product,fiscal_year,what,amount,unit,as_of,source\n{rows}"
    found = run("funds", "-", "--json", "--as-of", "2026-01-01", text=text.encode("cp932"))
    assert found.exit_code == 2
    assert "-:3: amount: cannot read 'W' as an amount" in found.stderr
    assert next(r for r in json.loads(found.stdout)["rows"] if r["product"] == "batteries")["spent"] == 12_200_000_000
    strict = run("funds", "-", "--strict", text=text)
    assert strict.exit_code == 2 and strict.stdout == ""


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_table_is_told_in_both_languages(lang):
    for args in (("funds", MONEY), ("plans", PLANS), ("pdca", "batteries", FIGURES), ("pdca", "antimicrobials")):
        found = run(*args, lang=lang)
        assert found.exit_code == 0
        assert ("基金" in found.stdout or "蓄電池" in found.stdout or "抗菌" in found.stdout) is (lang == "ja")


def test_filters_of_the_register():
    found = data("plans", PLANS, "--least", "20億円", "--applicant", "材料")
    assert [p["number"] for p in found["plans"]] == ["見本第2号"]
    assert {c["product"]: c["published"] for c in found["counts"]}["batteries"] == 15
    wrong = run("plans", PLANS, "--least", "20 USD")
    assert wrong.exit_code == 2 and "expected 円" in wrong.stderr


def test_the_price_of_a_point_is_whole_yen_with_its_working():
    found = data("pdca", "batteries", FIGURES, "--money", MONEY, "--as-of", "2025-03-31")
    assert [(p["what"], p["yen"], p["working"]) for p in found["per_point"]] == [
        ("decided", 263_760_000_000, "659,400,000,000 / 2.5"), ("spent", 30_460_000_000,
            "76,150,000,000 / 2.5")]  # fmt: skip
    later = data("pdca", "batteries", FIGURES, "--since", "2020-01-01", "--as-of", "2025-03-31")
    assert later["per_point"] == [] and any("before and after" in q for q in later["open"])


def test_a_file_that_is_no_table_is_refused():
    for text, says in (("", "no rows"), ("a,b\n1,2\n", "no such column")):
        found = run("plans", "-", text=text)
        assert found.exit_code == 2 and says in found.stderr
    missing = run("funds", "nowhere.csv")
    assert missing.exit_code == 2 and "nowhere.csv" in missing.stderr


def test_an_answer_of_assess_trade_gives_the_dependence(tmp_path):
    shares = tmp_path / "trade.csv"
    shares.write_text("year,measure,partner,of,value,source\n2021,top_1,CHN,,0.8,x\n2024,top_1,CHN,,0.75,x\n")
    found = data("pdca", "batteries", "--trade", str(shares), "--as-of", "2025-03-31")
    assert [(d["points"], d["before"]["value"]) for d in found["dependence"]] == [("-5", "80")]
    assert [p["yen"] for p in found["per_point"]] == [62_300_000_000, 2_420_000_000]


@pytest.mark.parametrize(("day", "many"), [
    ("2022-12-22", 0), ("2022-12-23", 11), ("2024-02-01", 11), ("2024-02-02", 12), ("2025-12-23", 12),
    ("2025-12-24", 16),
])  # fmt: skip
def test_products_of_a_day(day, many):
    found = data("products", "--as-of", day)["products"]
    assert len(found) == many and all(p["in_force"] for p in found)


def test_each_product_has_its_ministry_and_the_day_from_which_plans_are_filed():
    found = {p["product"]: p for p in data("products", "--as-of", "2026-01-05")["products"]}
    first = dict.fromkeys(("magnets", "machine_tools_robots", "aircraft_parts", "semiconductors", "batteries", "cloud",
                           "natural_gas", "minerals"), ("METI", "2022-12-23", "2023-01-19"))  # fmt: skip
    assert {id: (p["ministry"], p["designated_on"], p["plans_from"]) for id, p in found.items()} == first | {
        "antimicrobials": ("MHLW", "2022-12-23", "2023-01-19"), "fertilizer": ("MAFF", "2022-12-23", "2022-12-28"),
        "ship_parts": ("MLIT", "2022-12-23", "2022-12-28"),
        "electronic_components": ("METI", "2024-02-02", "2024-02-02"),
        "ventilators": ("MHLW and METI", "2025-12-24", "2025-12-26"), "drones": ("METI", "2025-12-24", "2025-12-24"),
        "satellites": ("METI", "2025-12-24", "2025-12-24"), "rocket_parts": ("METI", "2025-12-24", "2025-12-24"),
    }  # fmt: skip
    asked = {id for id, p in found.items() if p["technology_from"]}
    assert asked == {"machine_tools_robots", "aircraft_parts", "semiconductors", "batteries", "electronic_components"}
    assert found["ship_parts"]["wider"] and not data("products", "--product", "ship_parts", "--as-of", "2025-12-23")[
        "products"][0]["wider"]  # fmt: skip


def test_a_product_asked_about_before_its_designation_is_a_no_and_assumptions_are_unverified():
    early = run("products", "--product", "ventilators", "--as-of", "2025-12-23")
    assert early.exit_code == 1 and "not designated on this day" in early.stdout
    assert run("products", "--product", "ventilators", "--as-of", "2025-12-24").exit_code == 0
    of_another = ("products", "--product", "ventilators", "--ministry", "meti", "--as-of", "2025-12-24")
    assert run(*of_another).exit_code == 1, "not under the order of that ministry"
    assert "NEDO (unverified)" in run("products", "--product", "magnets").stdout
    body = {day: data("products", "--product", "fertilizer", "--as-of", day)["products"][0]["support_body"]
            for day in ("2023-02-14", "2023-02-15")}  # fmt: skip
    assert body["2023-02-14"] is None and body["2023-02-15"]["since"] == "2023-02-15"
