"""A dated value has one version on a day or none."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaname.law import Confidence, Dated, DatedTable, Version

DAY = date(2022, 8, 1)
SPANS = st.lists(st.tuples(st.integers(0, 12), st.none() | st.integers(0, 6)), min_size=1, max_size=4)


def day(n: int) -> date:
    return DAY + timedelta(days=n)


def covers(versions: list[Version[int]], n: int) -> list[int]:
    """Slow and plain: who claims a day, an open version claiming until the next later one begins."""
    begins = sorted(v.since for v in versions)
    claims = []
    for v in versions:
        later = [b for b in begins if b > v.since]
        last = v.until or (later[0] - timedelta(days=1) if later else date.max)
        if v.since <= day(n) <= last:
            claims.append(v.value)
    return claims


@given(SPANS)
def test_overlaps_are_refused_and_all_else_answers_the_only_version_of_the_day(
    spans: list[tuple[int, int | None]],
) -> None:
    versions = [Version(i, day(a), None if n is None else day(a + n)) for i, (a, n) in enumerate(spans)]
    claims = [covers(versions, n) for n in range(20)]
    if any(len(c) > 1 for c in claims):
        with pytest.raises(ValueError, match="both apply on"):
            Dated(*versions)
    else:
        dated = Dated(*versions)
        assert [dated.on(day(n)) for n in range(20)] == [c[0] if c else None for c in claims]


def test_a_gap_between_versions_has_no_value() -> None:
    dated = Dated(Version("old", day(0), day(9)), Version("new", day(20)))
    assert [dated.on(day(n)) for n in (-1, 0, 9, 10, 19, 20, 999)] == [None, "old", "old", None, None, "new", "new"]
    assert dated.days == (day(0), day(10), day(20))


def test_two_versions_may_touch_but_not_share_a_day() -> None:
    assert Dated(Version("old", day(0), day(9)), Version("new", day(10))).on(day(10)) == "new"
    with pytest.raises(ValueError, match=f"'old' and 'new' both apply on {day(9)}"):
        Dated(Version("old", day(0), day(9)), Version("new", day(9)))


def test_versions_stand_in_order_of_time_whatever_the_order_of_writing() -> None:
    dated = Dated(Version(15, day(5)), Version(14, day(0)))
    assert [v.value for v in dated.versions] == [14, 15]
    assert dated.on(day(4)) == 14


@pytest.mark.parametrize("value", [0, False, ""])
def test_a_value_that_is_empty_is_still_a_value(value: object) -> None:
    assert Dated(Version(value, DAY)).on(DAY) == value
    assert DatedTable({"row": Dated(Version(value, DAY))}).on(DAY) == {"row": value}


def test_a_version_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Dated(Version(1, day(5), day(4)))
    with pytest.raises(ValueError, match="at least one version"):
        Dated()


def test_a_table_shows_the_rows_of_the_day() -> None:
    table = DatedTable(
        {"port": Dated(Version("viii", day(10))), "air": Dated(Version("viii", day(0)), Version("ix", day(10)))}
    )
    assert table.on(day(9)) == {"air": "viii"}
    assert table.on(day(10)) == {"port": "viii", "air": "ix"}
    assert table.days == (day(0), day(10))
    assert list(table) == ["port", "air"]
    assert (len(table), table["air"].on(day(0))) == (2, "viii")


def test_only_low_confidence_is_marked_unverified() -> None:
    assert [c for c in Confidence if c.unverified] == [Confidence.LOW]
    assert Confidence("low").label.ja == "未確認"
