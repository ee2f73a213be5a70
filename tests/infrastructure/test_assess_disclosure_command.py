"""`kaname assess disclosure`: T5 through the command line, in both languages; mistakes with their place."""

import json

import pytest
from click.testing import CliRunner

from kaname.cli import root

VENDOR = {
    "year_end": "03-31",
    "sales": [
        {"year_end": "2025-03-31", "country": "X", "body": "ministry", "ratio": 15},
        {"year_end": "2025-03-31", "country": "X", "body": "city", "ratio": "6%"},
        {"year_end": "2025-03-31", "country": "X", "body": "central bank", "ratio": "5.0"},
        {"year_end": "2025-03-31", "country": "Y", "body": "agency", "ratio": 20},
        {"year_end": "2024-03-31", "country": "X", "body": "ministry", "ratio": 20},
        {"year_end": "2024-03-31", "country": "Y", "body": "agency", "ratio": 20},
    ],
    "holders": [
        {"name": "low", "ratio": "4.99"}, {"name": "just", "ratio": "5.00"},
        {"name": "through", "ratio": 30, "direct": False},
    ],
    "papers": [{"name": "old", "made_on": "2025-03-01"}, {"name": "new", "made_on": "2025-03-02"}],
}  # fmt: skip


def run(fact, *args, lang="en"):
    call = ["assess", "disclosure", "-", *args]
    return CliRunner().invoke(root, call, input=json.dumps(fact), env={"KANAME_LANG": lang, "LANG": "C.UTF-8"})


def judged(fact, filing, *args):
    found = run(fact, "--filing", filing, "--json", *args)
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_t5_a():
    found = judged(VENDOR, "2025-05-30")
    assert found["window"] == {"cut_off": "2025-03-30", "years": ["2024-03-31", "2023-03-31", "2022-03-31"]}
    assert (found["foreign_sales"]["verdict"], found["listed"]) == ("outside", [])


def test_t5_b():
    found = judged(VENDOR, "2025-06-02", "--order", "mic")
    assert found["window"] == {"cut_off": "2025-04-02", "years": ["2025-03-31", "2024-03-31", "2023-03-31"]}
    (x,) = found["listed"]
    assert (x["year_end"], x["country"], x["percent"], len(x["bodies"])) == ("2025-03-31", "X", "26", 3)
    assert [h["name"] for h in found["holders"]] == ["just"]
    assert [p["verdict"] for p in found["papers"]] == ["outside", "inside"]
    assert found["papers"][0]["why"][0]["basis"] == ["MIC Order Art. 10(2)"]
    assert found["foreign_sales"]["why"][0]["basis"] == ["MIC Order Art. 12(iv)"]


def test_actual_year_ends_of_a_company_that_changed_them():
    moved = {"year_ends": ["2022-03-31", "2022-12-31", "2023-12-31", "2024-12-31"], "sales": []}
    assert judged(moved, "2025-06-02")["window"]["years"] == ["2024-12-31", "2023-12-31", "2022-12-31"]


def test_texts_in_both_languages():
    ja, en = (run(VENDOR, "--filing", "2025-06-02", lang=lang).output for lang in ("ja", "en"))
    assert "外国政府等との取引高: 該当" in ja and "記載する議決権保有者：just 5%" in ja
    assert "sales to foreign governments: inside" in en and "holders to be named: just 5%" in en
    assert "$ kaname assess disclosure" in run({}, "--help").output


def test_nothing_told_is_nothing_judged():
    found = judged({}, "2025-06-02")
    assert (found["foreign_sales"], found["holders"], found["papers"]) == (None, [], [])


@pytest.mark.parametrize(
    ("fact", "place"),
    [
        ({"sales": VENDOR["sales"]}, "year_end: missing"),
        ({"year_end": "31 March"}, "year_end: cannot read"),
        ({"year_end": "02-30"}, "year_end: cannot read"),
        ({"year_end": "03-31", "sales": [{"year_end": "2025-03-31", "country": "X", "body": "b", "ratio": 101}]},
         "sales[1]: ratio: cannot read 101"),
        ({"year_end": "03-31", "sales": [{"country": "X"}]}, "sales[1]: year_end: missing"),
        ({"year_end": "03-31", "sales": [{"year_end": "2025-03-30", "country": "X", "body": "b", "ratio": 30}]},
         "sales[1]: year_end: no end of a fiscal year"),
        ({"year_ends": ["2025-03-31"], "sales": [{"year_end": "2024-12-31", "country": "X", "body": "b", "ratio": 30}]},
         "sales[1]: year_end: no end of a fiscal year"),
        ({"year_end": "03-31", "sales": [{"year_end": "2025-03-31", "country": c, "body": "b", "ratio": 60}
                                         for c in "XY"]}, "sales (2025-03-31): the shares add up to 120%"),
        ({"holders": [{"name": "A", "ratio": "60"}, {"name": "B", "ratio": "41"}]}, "add up to 101%"),
        ({"holders": [{"name": "A", "ratio": "1/3"}]}, "holders[1]: ratio: cannot read '1/3'"),
        ({"holders": {"name": "A"}}, "holders: no list"),
        ({"holders": [{"name": "A", "ratio": "5", "indirect": True}]}, "holders[1]: indirect: unknown field"),
        ({"papers": [{"name": "p", "made_on": "2025-02-30"}]}, "papers[1]: made_on:"),
    ],
)  # fmt: skip
def test_mistakes_are_named_with_their_place(fact, place):
    found = run(fact, "--filing", "2025-06-02")
    assert found.exit_code == 2
    assert place in found.output
    assert "Traceback" not in found.output
