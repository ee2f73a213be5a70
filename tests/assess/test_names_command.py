"""`kaname assess names`: formats in and out, decisions remembered, every mistake one line, no row lost."""

import csv
import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kaname.cli import root

LIST = """id,name,aliases,corporate_number
L1,架空重工業株式会社,Kaku Heavy Industries;カクウジュウコウギョウ,6020001008662
L2,Muster Maschinen GmbH,,
"""
VENDORS = [
    "id,name,corporate_number",
    "V1,㈱架空重工業,",
    "V2,KAKU HEAVY INDUSTRY CO. LTD.,",
    "V3,Somebody Else Ltd,6020001008662",
    "V4,Nobody Like That,",
]


class Ran:
    def __init__(self, capsys, *args, lang="en"):
        self.status = root.main(["assess", "names", *map(str, args), "--lang", lang], standalone_mode=False)
        self.out, self.err = capsys.readouterr()
        *self.lines, last = self.err.splitlines() or [""]
        self.summary = json.loads(last) if last.startswith("{") else None
        if self.summary is None:
            self.lines.append(last)


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding)
    return path


def read(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def files(tmp_path):
    write(tmp_path / "end_users.csv", LIST)
    write(tmp_path / "vendors.csv", "\n".join(VENDORS) + "\n")
    return tmp_path


def screened(capsys, files, *more, vendors="vendors.csv", out="found.csv"):
    ran = Ran(capsys, files / vendors, "--list", files / "end_users.csv", "-o", files / out, *more)
    return ran, read(files / out)


def test_one_row_for_each_finding_and_for_each_name_without(capsys, files):
    ran, rows = screened(capsys, files)
    assert (ran.status, ran.lines) == (0, [])
    assert [(r["id"], r["outcome"], r["listed"], r["rule"]) for r in rows] == [
        ("V1", "similar", "架空重工業株式会社", "letters"),
        ("V2", "similar", "Kaku Heavy Industries", "letters"),
        ("V3", "same_number", "架空重工業株式会社", "number"),
        ("V4", "none", "", ""),
    ]
    assert rows[0]["reasons_en"] == (
        "Similar name, 1.000 (all letters). 架空重工業 = 架空重工業. Forms left out: 株式会社 | 株式会社."
    )
    assert "除いた会社の種類：株式会社 | 株式会社" in rows[0]["reasons_ja"]
    assert "industry ~ industries" in rows[1]["reasons_en"] or "no pair for industry" in rows[1]["reasons_en"]
    assert ran.summary["lists"] == [{"list": "end_users", "entities": 2, "names": 4, "nameless": 0}]
    assert ran.summary["outcome"]["similar"] == 2
    assert ran.summary["rows"] == 4


def test_no_text_says_that_somebody_is_somebody(capsys, files):
    _, rows = screened(capsys, files)
    said = " ".join(row["reasons_en"] + row["outcome"] for row in rows)
    for word in (" is the ", "sanctioned", "hit", "match"):
        assert word not in said


def test_a_decision_holds_until_a_name_changes(capsys, files):
    _, rows = screened(capsys, files)
    rows[0] |= {"decision": "cleared", "decided_by": "Tanaka", "decided_on": "2026-11-24"}
    rows[1] |= {"decision": "confirmed", "decided_by": "Suzuki", "decided_on": "2026-11-25", "note": "see file 7"}
    with (files / "decided.csv").open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    ran, again = screened(capsys, files, "--decisions", files / "decided.csv", "--fail")
    assert [r["outcome"] for r in again] == ["cleared", "confirmed", "same_number", "none"]
    assert (again[1]["decided_by"], again[1]["decided_on"], again[1]["note"]) == ("Suzuki", "2026-11-25", "see file 7")
    assert "Cleared by Tanaka on 2026-11-24." in again[0]["reasons_en"]
    assert ran.status == 1  # the same number still waits
    # The list learns another alias of L1: what was decided about it has to be looked at again.
    write(files / "end_users.csv", LIST.replace("Kaku Heavy", "Kakuju;Kaku Heavy"))
    _, changed = screened(capsys, files, "--decisions", files / "decided.csv")
    assert [r["outcome"] for r in changed] == ["changed", "changed", "same_number", "none"]
    assert "The names have changed since Tanaka cleared the pair on 2026-11-24" in changed[0]["reasons_en"]
    assert changed[0]["decision"] == ""


def test_the_order_of_aliases_and_other_columns_change_no_decision(capsys, files):
    _, rows = screened(capsys, files)
    write(
        files / "end_users.csv",
        LIST.replace("Kaku Heavy Industries;カクウジュウコウギョウ", "カクウジュウコウギョウ|Kaku Heavy Industries"),
    )
    assert [r["pair"] for r in screened(capsys, files)[1]] == [r["pair"] for r in rows]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"decision": "ok"}, "decision: 'ok'; expected cleared or confirmed"),
        (
            {"decision": "cleared", "decided_on": "yesterday", "decided_by": "T"},
            "decided_on: 'yesterday'; expected a day",
        ),
        ({"decision": "cleared", "decided_on": "2026-11-24"}, "decided_by: ''; expected a value"),
    ],
)
def test_half_a_decision_clears_nobody(capsys, files, changes, told):
    _, rows = screened(capsys, files)
    rows[0] |= changes
    with (files / "decided.csv").open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    ran = Ran(capsys, files / "vendors.csv", "--list", files / "end_users.csv", "--decisions", files / "decided.csv")
    assert ran.status == 2
    assert any(f"decided.csv:2: {told}" in line for line in ran.lines)


def test_bad_rows_are_told_and_the_others_screened(capsys, files):
    bad = [
        "id,name,corporate_number",
        "B1,,",
        "B2,株式会社,",
        "B3,㈱架空重工業,1234567890123",
        "B4,---,",
        "B5,too,many,cells",
    ]
    write(files / "bad.csv", "\n".join(bad) + "\n")
    ran, rows = screened(capsys, files, vendors="bad.csv")
    assert ran.status == 2
    assert [(r["id"], r["outcome"]) for r in rows] == [
        ("B1", "invalid"), ("B2", "none"), ("B3", "similar"), ("B4", "invalid"),
    ]  # fmt: skip
    assert [line.split("bad.csv:")[1] for line in ran.lines] == [
        "2: name: ''; expected a name with letters",
        "3: name: '株式会社'; expected a name with more than a corporate form",
        "4: corporate_number: '1234567890123'; expected a corporate number of 13 digits with the right check digit",
        "5: name: '---'; expected a name with letters",
        "6: -: 4 columns; expected 3 columns",
    ]
    assert ran.summary["bad"] == {"name": 3, "corporate_number": 1, "-": 1}
    strict, rows = screened(capsys, files, "--strict", vendors="bad.csv")
    assert (strict.status, len(strict.lines), rows) == (2, 1, [])


def test_hard_names_are_screened_and_none_is_lost(capsys, files):
    names = [
        "架空" * 5000,
        "Muster\u202e Maschinen\u202c GmbH",
        "Mustеr Maschinen",
        "\u200bMUSTER  MASCHINEN",
        "مستر",
        "Ⅻ",
        "🏭",
    ]
    write(
        files / "hard.jsonl", "".join(json.dumps({"id": f"H{i}", "name": name}) + "\n" for i, name in enumerate(names))
    )
    with (files / "hard.jsonl").open("a", encoding="utf-8") as lines:
        lines.write('{"id": "H7", "name": "half \\ud800"}\nno json\n')
    ran, rows = screened(capsys, files, vendors="hard.jsonl")
    assert [(r["id"], r["outcome"]) for r in rows] == [
        ("H0", "none"), ("H1", "similar"), ("H2", "similar"), ("H3", "similar"), ("H4", "none"), ("H5", "none"),
        ("H6", "invalid"),
    ]  # fmt: skip
    assert rows[0]["name"] == names[0]
    assert "Some characters cannot be seen" in rows[1]["reasons_en"]
    assert "Latin letters are mixed with others in a word" in rows[2]["reasons_en"]
    assert [line.split("hard.jsonl:")[1] for line in ran.lines] == [
        "7: name: '🏭'; expected a name with letters",
        '8: -: \'{"id": "H7", "name": "half \\\\ud800"}\'; expected one JSON object a line',
        "9: -: 'no json'; expected one JSON object a line",
    ]


def test_every_format_gives_the_same_rows(capsys, files):
    _, rows = screened(capsys, files)
    vendors = [dict(zip(VENDORS[0].split(","), row.split(","), strict=True)) for row in VENDORS[1:]]
    write(files / "vendors.jsonl", "".join(json.dumps(v, ensure_ascii=False) + "\n" for v in vendors))
    pq.write_table(pa.Table.from_pylist(vendors), files / "vendors.parquet")
    with gzip.open(files / "vendors.csv.gz", "wt", encoding="utf-8") as out:
        out.write("\n".join(VENDORS) + "\n")
    for name in ("vendors.jsonl", "vendors.parquet", "vendors.csv.gz"):
        assert screened(capsys, files, vendors=name, out="found.csv.gz")[1] == rows
    write(files / "sjis.csv", "\n".join(VENDORS) + "\n", "cp932")
    assert screened(capsys, files, "--encoding", "cp932", vendors="sjis.csv")[1] == rows
    ran = Ran(capsys, files / "sjis.csv", "--list", files / "end_users.csv")
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert "add --encoding cp932" in ran.lines[0]
    as_json = Ran(capsys, files / "vendors.csv", "--list", files / "end_users.csv", "--json")
    assert [json.loads(line)["outcome"] for line in as_json.out.splitlines()] == [r["outcome"] for r in rows]


def test_entities_of_follow_the_money_bring_all_their_names(capsys, files):
    number = {"registrationNumber": ["6020001008662"]}
    entities = [
        ("E1", "Company", {"name": ["Muster AG"], "alias": ["Beispiel; Werke"], "country": ["jp"], **number}),
        ("E2", "Ownership", {"owner": ["E1"], "asset": ["E3"]}),
        ("E3", "Company", {"name": ["Other"], "country": ["ru"], **number}),  # a number of another country
    ]
    records = [{"id": e[0], "schema": e[1], "properties": e[2]} for e in entities]
    write(files / "entities.ftm.json", "".join(json.dumps(each) + "\n" for each in records))
    write(files / "asked.csv", "name,corporate_number\nBEISPIEL WERKE,\nUnlike,6020001008662\n")
    ran = Ran(capsys, files / "asked.csv", "--list", f"own={files / 'entities.ftm.json'}", "-o", files / "found.csv")
    rows = read(files / "found.csv")
    assert ran.status == 0
    assert [(r["entity_id"], r["list"], r["listed"], r["outcome"]) for r in rows] == [
        ("E1", "own", "Beispiel; Werke", "similar"),
        ("E1", "own", "Muster AG", "same_number"),
    ]
    assert ran.summary["lists"] == [{"list": "own", "entities": 2, "names": 3, "nameless": 1}]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere.csv", "--list", "end_users.csv"], "nowhere.csv: no such file"),
        (["vendors.csv", "--list", "nowhere.csv"], "nowhere.csv: no such file"),
        (["vendors.csv"], "--list"),
        (["vendors.csv", "--list", "end_users.csv", "--threshold", "0.3"], "expected a number from 0.5 to 1"),
        (["vendors.csv", "--list", "end_users.csv", "--threshold", "nan"], "expected a number from 0.5 to 1"),
        (["vendors.csv", "--list", "end_users.csv", "--column", "name=nom"], "no column nom; expected one of id, name"),
        (["vendors.csv", "--list", "end_users.csv", "--column", "nom=name"], "no field nom; expected one of id, name"),
        (["vendors.csv", "--list", "end_users.csv", "--column", "name"], "no =; expected NAME=SOURCE"),
        (["vendors.csv", "--list", "end_users.csv", "--list", "end_users.csv"], "two lists of this name"),
        (["vendors.csv", "--list", "end_users.csv", "-o", "end_users.csv"], "input and output are the same"),
        (
            ["vendors.csv", "--list", "end_users.csv", "--decisions", "vendors.csv"],
            "expected the output of kaname assess",
        ),
        (["numbers.csv", "--list", "end_users.csv"], "no column of names; the file has a, b"),
        (["vendors.csv", "--list", "numbers.csv"], "no column of names; the file has a, b"),
        (["vendors.csv", "--list", "empty.csv"], "empty; expected a header and rows"),
    ],
)
def test_a_call_that_cannot_work_says_why(capsys, files, monkeypatch, arguments, told):
    monkeypatch.chdir(files)
    write(files / "numbers.csv", "a,b\n1,2\n")
    write(files / "empty.csv", "")
    ran = Ran(capsys, *arguments)
    assert ran.status == 2
    assert told in ran.err
    assert (files / "end_users.csv").read_text("utf-8") == LIST


def test_standard_input_other_columns_and_japanese(capsys, files, monkeypatch):
    import io
    import sys

    stream = io.TextIOWrapper(io.BytesIO("番号,社名\n1,㈱架空重工業\n2,\n".encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    more = ("--column", "id=番号", "--column", "name=社名")
    ran = Ran(capsys, "-", "--list", files / "end_users.csv", "-o", files / "found.csv", *more, lang="ja")
    assert [r["outcome"] for r in read(files / "found.csv")] == ["similar", "invalid"]
    assert ran.lines == ["-:2: 社名: 「」；文字のある名称が要る"]
