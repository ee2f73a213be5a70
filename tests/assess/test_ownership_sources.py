"""Holdings out of real and of broken files: read whole, every fault in its place, nothing lost."""

import gzip
import json
from copy import deepcopy
from datetime import date

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ownership_cases import shared

from kaname.assess.ownership import report
from kaname.assess.ownership.bods import read_bods
from kaname.assess.ownership.bods_write import statements
from kaname.assess.ownership.book import Kind, sentence
from kaname.assess.ownership.ftm import read_ftm
from kaname.assess.ownership.network import Right, network
from kaname.assess.ownership.source import add_entities, open_book
from kaname.assess.ownership.target import holders
from kaname.files.problems import BadInput

TODAY = date(2026, 11, 26)
HEAD = "holder,company,votes,capital,since,until,holder_country,holder_kind\n"


def faults(path, **options) -> list[str]:
    """`line field: sentence` of every fault, those of the network of today among them."""
    with open_book(str(path), TODAY, **options) as book:
        day = report.Day.of(book, TODAY)
        found = [*book.faults, *dict.fromkeys((*day.votes.faults, *day.capital.faults))]
        return [f"{line} {fault.field}: {sentence(fault).en}" for line, fault in book.place(found)]


def written(tmp_path, text: str, name: str = "h.csv"):
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


def test_a_real_network_with_contradictory_dated_statements():
    """Three shares of one holder hold on one day of 2022; what the others hold leaves it 48, the least of them."""
    with open_book(str(shared("data", "ownership", "sanctioned_network_sample.ftm.jsonl.gz")), TODAY) as book:
        assert (book.form, book.rows, len(book.entities), book.columns.size) == ("ftm", 86, 17, 14)
        assert not book.faults
        company, holder = "NK-abdzbEBkqyT29GyREbiURZ", "NK-aU5ybkbRFJucf8YMwsJvDw"
        old = report.Day.of(book, date(2022, 6, 1))
        assert "(48, 50, 51)" in old.capital.faults[0].found.en
        assert {r["holder"]: r["capital"] for r in holders(old, company)}[holder] == "48"
        assert next(r for r in report.companies(old) if r["company"] == company)["controllers"] == ""
        now = report.Day.of(book, TODAY)
        assert not now.capital.faults
        assert next(r for r in report.companies(now) if r["company"] == company)["controllers"] == holder
        assert {e.kind for e in book.entities} == {Kind.COMPANY, Kind.PERSON}


def test_every_legal_entity_of_gleif_is_taken_with_its_country(tmp_path):
    """No claim of ownership is made about them: each is held by a made-up person."""
    source = shared("data", "ownership", "gleif_level1_sample.parquet")
    names = pq.read_table(source, columns=["LEI", "Country"])
    leis = names["LEI"].to_pylist()
    path = written(tmp_path, "holder,company,share\n" + "".join(f"made-up,{lei},1\n" for lei in leis))
    with open_book(str(path), TODAY) as book:
        told = add_entities(str(source), book)
        assert told == []
        wanted = dict(zip(leis, names["Country"].fill_null("").to_pylist(), strict=True))
        assert {e.id: e.country for e in book.entities if e.id != "made-up"} == wanted
        assert [f.field for f in book.faults] == ["holder"]  # the made-up person is not in the table
        assert network(book, TODAY).holder.size == len(set(leis))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a,b,NaN,,,,,", "2 votes: 'NaN': not a number"), ("a,b,-1,,,,,", "2 votes: '-1': a negative share"),
        ("a,b,,100.01,,,,", "2 capital: '100.01': over 100 %"), ("a,b,x,,,,,", "2 votes: 'x': no number"),
        ("a,b,5,,2025-02-29,,,", "2 since: '2025-02-29'; expected a real day"),
        ("a,b,5,,2026-04-01,2026-03-31,,", "2 until: ends 2026-03-31, before it begins 2026-04-01"),
        (" ,b,5,,,,,", "2 holder: ' '; expected an identifier"), ("a,,5,,,,,", "2 company: ''; expected an identifier"),
        ("a,b,5,,,,Japan,", "2 holder_country: 'Japan'; expected a country code"),
        ("a,b,5,,,,JP,king", "2 holder_kind: 'king'; expected company, person, state"),
        ("a,b,60,,,,,\nc,b,50,,,,,", "3 share: the shares of b add up to 110 %"),
        ("a,b,5,,,,JP,\na,c,5,,,,US,", "3 holder_country: 'US', before it was 'JP'; expected one value"),
        ("a,b,5", "2 -: "), ("a,b,60..50,,,,,", "2 votes: '60..50': a range whose lower end"),
    ],
)  # fmt: skip
def test_what_is_bad_in_a_row_is_one_fault_in_its_place(tmp_path, row, said):
    (found,) = faults(written(tmp_path, f"{HEAD}{row}\n"))
    assert found.startswith(said)
    assert "expected" in found


def test_a_figure_that_cannot_be_read_leaves_the_holding_open(tmp_path):
    path = written(tmp_path, f"{HEAD}a,b,bad,,,,,\nc,b,70,,,,,\n")
    with open_book(str(path), TODAY) as book:
        net = network(book, TODAY)
        assert sorted(str(net.share(e)) for e in range(2)) == ["0..30", "70"]


def test_a_share_alone_stands_for_votes_and_capital_and_an_empty_cell_for_an_unknown_figure(tmp_path):
    with open_book(str(written(tmp_path, "holder,company,share\na,b,30\nc,b,\n")), TODAY) as book:
        for right in Right:
            net = network(book, TODAY, right)
            assert [str(net.share(e)) for e in np.argsort(net.low)] == ["0..70", "30"]
            assert not net.lent.any()


def test_no_column_of_shares_at_all_leaves_all_open(tmp_path):
    with open_book(str(written(tmp_path, "holder,company\na,b\n")), TODAY) as book:
        assert str(network(book, TODAY).share(0)) == "0..100"


@pytest.mark.parametrize("name", ["h.csv.gz", "h.jsonl", "h.parquet"])
def test_the_same_rows_in_every_kind_of_table(tmp_path, name):
    rows = [
        {"holder": "a", "company": "b", "votes": 60.5, "since": "2025-04-01"},
        {"holder": "c", "company": "b", "votes": 30},
    ]
    path = tmp_path / name
    if name.endswith("parquet"):
        import pyarrow as pa

        pq.write_table(pa.table({"holder": ["a", "c"], "company": ["b", "b"], "votes": [60.5, 30.0],
                                 "since": [date(2025, 4, 1), None]}), path)  # fmt: skip
    elif name.endswith("jsonl"):
        path = written(tmp_path, "".join(json.dumps(row) + "\n" for row in rows), name)
    else:
        path = written(tmp_path, "holder,company,votes,since\na,b,60.5,令和7年4月1日\nc,b,30,\n", name)
    with open_book(str(path), TODAY) as book:
        assert not book.faults
        assert [network(book, day).holder.size for day in (date(2025, 3, 31), date(2025, 4, 1))] == [1, 2]
        assert str(network(book, TODAY).share(0)) == "60.5"


def test_statements_may_stand_one_a_line_and_a_broken_line_costs_that_line(tmp_path):
    def entity(one):
        company = {"isComponent": False, "entityType": {"type": "registeredEntity"}}
        return {"statementId": one * 32, "statementDate": "2026-01-01", "declarationSubject": "c", "recordId": one,
                "recordType": "entity", "recordDetails": company}  # fmt: skip

    interest = {"type": "shareholding", "share": {"exact": 12.5}}
    details = {"isComponent": False, "subject": "c", "interestedParty": "h", "interests": [interest]}
    relation = {**entity("r"), "recordType": "relationship", "recordDetails": details}
    lines = [json.dumps(s) for s in (entity("c"), entity("h"), relation)]
    text = "\n".join([*lines[:2], '{"broken', "NaN", *lines[2:]])
    found = faults(written(tmp_path, text, "s.jsonl"))
    assert [f.split(";")[0] for f in found] == ["3 -: '{\"broken'", "4 -: 'NaN'"]
    with open_book(str(written(tmp_path, text, "s.jsonl")), TODAY) as book:
        assert (book.form, book.columns.size) == ("bods", 1)
        assert book.columns.capital[0].tolist() == [125 * 10**9, 125 * 10**9]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("x.json", "", "empty"), ("x.json", "{", "no JSON"), ("x.json", "[" * 100_000, "no JSON"),
        ("x.json", '"a"', "statement"),
        ("x.json", "[NaN]", "NaN is no number"), ("x.csv", "", "empty"), ("x.csv", "holder,company\n", "no rows"),
        ("x.csv", "owner,company\na,b\n", "no such column"),
        ("x.csv", "holder,holder,company\na,b,c\n", "more than one"),
    ],
)  # fmt: skip
def test_a_file_that_is_something_else_is_told_in_one_line(tmp_path, name, text, said):
    path = written(tmp_path, text, name)
    try:
        found = " ".join(faults(path))
    except BadInput as error:
        found = " ".join(error.lines("en"))
        assert error.problems[0].text.ja != error.problems[0].text.en
    assert said in found


def test_entities_of_followthemoney_that_are_broken_are_faults(tmp_path):
    lines = [
        {"id": "c", "schema": "Company", "caption": "C", "properties": {"jurisdiction": ["jp"], "name": ["C"]}},
        {"id": "o1", "schema": "Ownership", "properties": {"owner": ["ghost"], "asset": ["c"], "percentage": ["NaN"]}},
        {"id": "o2", "schema": "Ownership", "properties": {"owner": ["c"], "percentage": ["10"]}},
        {"id": "o3", "schema": "Ownership",
         "properties": {"owner": ["c"], "asset": ["c"], "startDate": ["2025"], "endDate": ["2024-05"]}},
        {"id": "o4", "schema": "Ownership", "properties": {"owner": ["c"], "asset": ["c"], "startDate": ["soon"]}},
        {"no": "entity"},
    ]  # fmt: skip
    found = faults(written(tmp_path, "".join(json.dumps(line) + "\n" for line in lines), "x.ftm"), form="ftm")
    assert [f.split(":")[0] for f in sorted(found)] == [
        "2 owner", "2 percentage", "3 asset", "4 endDate", "5 startDate", "6 -",
    ]  # fmt: skip
    assert "counts, its country is unknown" in sorted(found)[0]


def test_ten_thousand_faults_are_told_as_quickly_as_ten(tmp_path):
    path = written(tmp_path, HEAD + "a,b,bad,,,,,\n" * 10_000)
    assert len(faults(path)) == 10_000


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_spoilt_record_is_a_crash(data):
    """Values of real records exchanged for any others: faults or one clear refusal, and the rest is answered."""
    suite = json.loads(gzip.decompress(shared("data", "conformance", "bods_0_4_cases.json.gz").read_bytes()))
    network_of = shared("data", "ownership", "sanctioned_network_sample.ftm.jsonl.gz")
    lines = [json.loads(line) for line in gzip.decompress(network_of.read_bytes()).splitlines()]
    sound = [case for name, case in sorted(suite.items()) if name.startswith(("valid", "additional"))]
    statements_ = data.draw(st.booleans())
    records = deepcopy(data.draw(st.sampled_from(sound)) if statements_ else lines[::9])
    for _ in range(data.draw(st.integers(1, 4))):
        holder, key = data.draw(st.sampled_from(list(_places(records)) or [(records, None)]))
        if key is not None:
            holder[key] = data.draw(st.sampled_from(WEIRD) | st.text(max_size=3))
    try:
        made = read_bods("x", records, TODAY) if statements_ else read_ftm("x", list(enumerate(records, 1)))
    except BadInput:
        return
    day = report.Day.of(made, TODAY)
    rows = list(report.companies(day))
    assert len(rows) <= len(made.entities)
    for entity in made.entities[:2]:
        assert len(list(holders(day, entity.id))) < len(made.entities)
    assert len(list(statements(made, TODAY))) == len(made.entities) + made.columns.size
    assert len(made.place(made.faults)) == len(made.faults)


WEIRD = (None, True, 0, -5, 1e308, 100.5, 10**30, "NaN", "9999-12-31", "0000-00-00", "entity", "shareholding")


def _places(value):
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])
