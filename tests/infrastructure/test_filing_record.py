"""A disclosure as plain data: the same back, every fault by its path, never with the value."""

import json
from datetime import date
from decimal import Decimal

import pytest
from filing_world import told, vendor
from hypothesis import given
from hypothesis import strategies as st

from kaname.regimes.infrastructure.filing import record
from kaname.regimes.infrastructure.filing.disclosure import Disclosure, Holder, Officer

_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20).map(str.strip)
_HOLDER = st.builds(Holder, name=_TEXT, country=st.sampled_from(["JP", "中国", ""]),
                    ratio=st.none() | st.decimals(0, 100, places=3))  # fmt: skip
_OFFICER = st.builds(Officer, name=_TEXT, birth_date=st.none() | st.dates(), nationality=st.sampled_from(["JP", ""]))
_SAID = st.builds(
    Disclosure, name=_TEXT, individual=st.booleans(), address=_TEXT,
    holders=st.none() | st.lists(_HOLDER, max_size=3).map(tuple),
    officers=st.none() | st.lists(_OFFICER, max_size=3).map(tuple),
)  # fmt: skip


@given(_SAID)
def test_what_is_written_down_is_read_back(said):
    back, problems = record.read(json.loads(json.dumps(record.plain(said))))
    assert back == said and not problems


def test_none_and_not_filled_in_are_two_things():
    assert record.read({"holders": []})[0].holders == () and record.read({})[0].holders is None
    assert record.plain(Disclosure(holders=()))["holders"] == [] and "holders" not in record.plain(Disclosure())


@pytest.mark.parametrize(
    ("data", "paths"),
    [
        (told(colour="red"), ["colour"]),
        (told(holders="none"), ["holders"]),
        (told(holders=[{"name": "A", "ratio": "many"}, 7]), ["holders[1].ratio", "holders[2]"]),
        (told(holders=[{"ratio": "-1"}, {"ratio": "NaN"}, {"ratio": True}, {"ratio": "1e9"}]),
         [f"holders[{i}].ratio" for i in (1, 2, 3, 4)]),
        (told(officers=[{"birth_date": "1970-02-30", "nationality": 3}]),
         ["officers[1].birth_date", "officers[1].nationality"]),
        (told(year_end="13-01", individual="yes"), ["individual", "year_end"]),
        (told(certificates=[{"sort": "diploma", "about": -1}]), ["certificates[1].about", "certificates[1].sort"]),
        (told(name="a\0b"), ["name"]),
        (told(name="\ud800"), ["name"]),
        (told(name="x" * 2001), ["name"]),
        (told(holders=[{}] * 2001), ["holders"]),
        ([], [""]),
    ],
)  # fmt: skip
def test_every_fault_is_told_by_its_path(data, paths):
    _, problems = record.read(data)
    assert sorted(p.field for p in problems) == paths and all(p.text.ja and p.text.en for p in problems)


def test_a_fault_does_not_take_the_rest_along():
    said, problems = record.read(told(officers=[{"name": "A", "birth_date": "somewhen", "nationality": "jp"}]))
    assert [p.field for p in problems] == ["officers[1].birth_date"] and "somewhen" not in repr(problems)
    assert said.officers[0].nationality == "JP" and said.name == "星野計器"


def test_days_and_shares_as_people_write_them():
    said = vendor(
        holders=[{"name": "A", "country": "ＪＰ", "ratio": "１２．５％"}],
        officers=[{"name": "B", "birth_date": "昭和45年1月2日", "nationality": "jp"}],
    )
    assert (said.holders[0].ratio, said.holders[0].country) == (Decimal("12.5"), "JP")
    assert said.officers[0].birth_date == date(1970, 1, 2)
