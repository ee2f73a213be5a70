"""`kaname assess ownership` as a user calls it: what it prints, what it writes, how it ends."""

import json

import pyarrow.csv as pacsv
import pytest

HOLDINGS = """holder,company,votes,capital,holder_country,holder_kind
gov,mid,100,100,FR,state
mid,vendor,60,60,FR,company
hana,vendor,40,40,JP,person
"""


@pytest.fixture
def holdings(tmp_path):
    (tmp_path / "holdings.csv").write_text(HOLDINGS, "utf-8")
    return "holdings.csv"


def summary(found):
    return json.loads(found.stderr.strip().splitlines()[-1])


def test_a_table_of_companies_goes_to_standard_output_and_the_summary_beside_it(kaname, holdings):
    found = kaname("assess", "ownership", holdings, "--as-of", "2026-04-01")
    assert found.exit_code == 0
    head, *rows = (line.replace('"', "").split(",") for line in found.stdout.strip().splitlines())
    table = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(r["company"], r["controllers"], r["state_low"], r["domestic_high"]) for r in table] == [
        ("mid", "gov", "100", "0"), ("vendor", "gov", "60", "40"),
    ]  # fmt: skip
    told = summary(found)
    assert (told["as_of"], told["holdings"], told["rows"], told["bad"]) == ("2026-04-01", 3, 2, {})


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl.gz", "out.parquet"])
def test_it_writes_what_the_name_says(kaname, holdings, tmp_path, name):
    assert kaname("assess", "ownership", holdings, "-o", name).exit_code == 0
    assert (tmp_path / name).stat().st_size
    if name == "out.csv":
        assert pacsv.read_csv(tmp_path / name).num_rows == 2


def test_standard_input_and_a_name_for_a_column(kaname):
    text = HOLDINGS.replace("holder,company", "owner,company", 1)
    found = kaname("assess", "ownership", "-", "--column", "holder=owner", "--json", stdin=text)
    assert found.exit_code == 0
    assert [row["company"] for row in json.loads(found.stdout)["rows"]] == ["mid", "vendor"]


def test_json_on_standard_input_is_told_how_to_be_read(kaname, holdings, tmp_path):
    kaname("assess", "ownership", holdings, "--bods", "out.json")
    text = (tmp_path / "out.json").read_text("utf-8")
    found = kaname("assess", "ownership", "-", stdin=text)
    assert (found.exit_code, found.stderr) == (2, "-:1: looks like JSON; add --format bods, ftm or jsonl\n")
    assert kaname("assess", "ownership", "-", "--format", "bods", stdin=text).exit_code == 0


def test_the_holders_of_one_company_with_the_working_in_both_languages(kaname, holdings):
    found = kaname("assess", "ownership", holdings, "--target", "vendor", "--json")
    rows = {row["holder"]: row for row in json.loads(found.stdout)["rows"]}
    assert rows["gov"]["working_en"] == "mid: directly 100% = 100% / vendor: through mid 100% x 60% = 60%"
    assert rows["gov"]["working_ja"] == "mid：直接 100% ＝ 100% / vendor：mid を通じて 100% × 60% ＝ 60%"
    assert rows["gov"]["control_en"] == "mid: gov 100% = 100%, over 50 % / vendor: mid 60% = 60%, over 50 %"
    assert rows["gov"]["control_ja"] == "mid：gov 100% ＝ 100%、50%超 / vendor：mid 60% ＝ 60%、50%超"
    assert rows["hana"]["control_en"] == ""
    assert (rows["gov"]["controls"], rows["hana"]["controls"], rows["hana"]["holder_5"]) == ("yes", "no", "yes")


def test_what_is_written_as_bods_reads_to_the_same_answer(kaname, holdings):
    first = kaname("assess", "ownership", holdings, "--bods", "out.json")
    again = kaname("assess", "ownership", "out.json")
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert again.stdout == first.stdout


def test_entities_come_from_a_table_of_their_own(kaname, tmp_path):
    (tmp_path / "h.csv").write_text("holder,company,share\na,x,60\nb,x,40\n", "utf-8")
    (tmp_path / "e.csv").write_text("id,name,country,kind\na,Alpha,FR,state\nx,Target,JP,company\nz,,QQ,\n", "utf-8")
    found = kaname("assess", "ownership", "h.csv", "--entities", "e.csv", "--json")
    assert found.exit_code == 2
    assert found.stderr.splitlines()[:2] == [
        "e.csv:4: country: 'QQ'; expected a country code of ISO 3166 (JP, JPN)",
        "h.csv:3: holder: 'b' is not in the table of entities; its holdings count, its country is open; "
        "expected an identifier of that table",
    ]
    (row,) = json.loads(found.stdout)["rows"]
    assert (row["name"], row["state_low"], row["unknown"]) == ("Target", "60", "40")


def test_each_fault_is_a_line_and_the_rest_is_answered(kaname, tmp_path):
    (tmp_path / "h.csv").write_text("holder,company,share\na,x,60\na,y,NaN\na,y,101\n,z,5\nq,q,10\n", "utf-8")
    found = kaname("assess", "ownership", "h.csv")
    assert found.exit_code == 2
    lines = found.stderr.splitlines()
    assert [line.split(": ")[0] for line in lines[:3]] == ["h.csv:3", "h.csv:4", "h.csv:5"]
    assert lines[3].startswith("note: h.csv:6: votes: own shares of q carry no votes")
    assert summary(found)["bad"] == {"share": 2, "holder": 1}
    assert [line.split(",")[0] for line in found.stdout.splitlines()] == ['"company"', '"x"', '"y"', '"q"']
    strict = kaname("assess", "ownership", "h.csv", "--strict", "-o", "out.csv")
    assert (strict.exit_code, strict.stdout, (tmp_path / "out.csv").exists()) == (2, "", False)
    assert strict.stderr.splitlines()[:4] == lines[:4]


def test_faults_are_told_in_japanese(kaname, tmp_path):
    (tmp_path / "h.csv").write_text("holder,company,share\na,x,60\nb,x,50\n", "utf-8")
    found = kaname("assess", "ownership", "h.csv", lang="ja")
    assert found.stderr.splitlines()[0] == (
        "h.csv:3: share: x の持分の合計が 110%；それぞれ0から書かれた値までとして扱う；合計100%以下が要る"
    )


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("absent.csv",), "no such file"), (("holdings.csv", "--target", "nobody"), "--target: nobody: not in FILE"),
        (("holdings.csv", "--home", "Japan"), "--home: Japan: no country code"),
        (("holdings.csv", "-o", "holdings.csv"), "input and output are the same"),
        (("holdings.csv", "--bods", "no/such/folder/x.json"), "cannot be written"),
        (("holdings.csv", "--column", "holder"), "expected NAME=SOURCE"),
        (("holdings.csv", "--format", "bods"), "no JSON"),
        (("holdings.csv", "--as-of", "2026-02-30"), "expected a real day"),
        (("holdings.csv", "--entities", "absent.csv"), "no such file"), ((), "FILE: missing"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_call_is_one_line(kaname, holdings, args, said):
    found = kaname("assess", "ownership", *args)
    assert found.exit_code == 2
    assert len(found.stderr.strip().splitlines()) == 1
    assert said in found.stderr


def test_the_help_has_an_example_in_both_languages(kaname):
    for lang in ("ja", "en"):
        found = kaname("assess", "ownership", "--help", lang=lang)
        assert "$ kaname assess ownership holdings.csv" in found.stdout
        assert "votes, capital" in found.stdout
