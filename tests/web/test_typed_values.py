"""What people type is read in one place: every usual form of a date and number, and the form of every declared act."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaname.days import JST, DayError, format_era
from kaname.law import T
from kaname.papers.packages.typed import as_typed
from kaname.procedure.declare import Field, FieldType
from kaname.procedure.forms import read_form as kernel_reads
from kaname.procedure.index import index
from kaname.regimes import KINDS
from kaname.web.parts import dates
from kaname.web.parts.fields import field_view, row_numbers
from kaname.web.read import parse_day, parse_percent, parse_whole, read_form

FORMS = [of.fields for kind in KINDS.values() for of in index(kind).acts.values() if of.fields]


@pytest.mark.parametrize(
    "typed",
    ["20261123", "2026/11/23", "2026-11-23", "2026.11.23", "R8.11.23", "r8/11/23", "令和8年11月23日",
     "令和八年十一月二十三日", "2026年11月23日", "２０２６１１２３", "２０２６／１１／２３", "Ｒ８．１１．２３",
     " 2026 / 11 / 23 ", "㋿8年11月23日"],
)  # fmt: skip
def test_a_date_in_every_usual_form(typed):
    assert parse_day(typed) == date(2026, 11, 23)


@given(st.dates(date(1900, 1, 1), date(2089, 12, 31)))
def test_every_form_of_every_day_is_the_same_day(day):
    for typed in (f"{day:%Y%m%d}", f"{day:%Y/%m/%d}", f"{day.year}/{day.month}/{day.day}", format_era(day)):
        assert parse_day(typed) == day


@pytest.mark.parametrize(
    ("typed", "helped"),
    [
        ("2026/2/30", "R8.11.23"),
        ("明日", "20261123"),
        ("", "20261123"),
        ("11/23", "20261123"),
        ("平成32年1月1日", "令和2年1月1日"),  # said in the era that it fell into
        ("1026/11/23", "1900"),
        ("20261323", "20261123"),
        ("2026/11-23", "20261123"),
    ],
)
def test_an_unreadable_date_says_what_was_expected(typed, helped):
    with pytest.raises(DayError) as error:
        parse_day(typed)
    for lang in ("ja", "en"):
        assert helped in error.value[lang]
        assert "strict" not in error.value[lang]
    assert typed in error.value["ja"]


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(typed):
    for read in (parse_day, parse_whole, parse_percent):
        try:
            read(typed)
        except ValueError:
            continue


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1,234", 1234), ("１，２３４", 1234), ("1 234 円", 1234), ("¥1,200,000", 1_200_000), ("-5", -5), ("０", 0)],
)
def test_numbers(typed, value):
    assert parse_whole(typed) == value


@pytest.mark.parametrize("typed", ["", "百", "1.5", "1e5", "NaN", "9" * 30])
def test_what_is_no_whole_number(typed):
    with pytest.raises(ValueError):
        parse_whole(typed)


def test_per_cent():
    assert [parse_percent(t) for t in ("10.95", "10.95%", "１０．９５％")] == ["10.95"] * 3
    with pytest.raises(ValueError):
        parse_percent("Infinity")


# -- the forms of the declared acts ------------------------------------------------------------------------------------

_WORDS = st.text("見本の装置abcABC0123 ・", min_size=1).filter(lambda t: t.strip() == t)


def _value(field: Field):
    """A value as an entry keeps it."""
    one = {
        FieldType.FLAG: st.booleans(),
        FieldType.DAY: st.dates(date(1900, 1, 1), date(2089, 12, 31)).map(str),
        FieldType.INSTANT: st.datetimes(datetime(1950, 1, 1), datetime(2080, 1, 1)).map(
            lambda at: at.replace(second=0, microsecond=0, tzinfo=JST).isoformat()
        ),
        FieldType.INTEGER: st.integers(-(10**12), 10**12),
        FieldType.YEN: st.integers(0, 10**15),
        FieldType.PERCENT: st.decimals(0, 100, places=2).map(str),
        FieldType.IPC: st.lists(st.sampled_from(["B64C 39/02", "F41H 11/00", "G21C 1/00"]), min_size=1),
    }.get(field.type, _WORDS)
    if field.type is FieldType.CHOICE:
        one = st.sampled_from([o.id for o in field.options])
        return st.lists(one, min_size=1, unique=True) if field.several else one
    if field.type is FieldType.ROWS:
        row = st.fixed_dictionaries({}, optional={c.id: _value(c) for c in field.columns}).filter(bool)
        return st.lists(row, min_size=1, max_size=3)
    return st.lists(one, min_size=1) if field.several and field.type is not FieldType.IPC else one


@st.composite
def _filled(draw):
    fields = draw(st.sampled_from(FORMS))
    return fields, draw(st.fixed_dictionaries({}, optional={f.id: _value(f) for f in fields.values()}))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_filled())
def test_what_a_form_shows_is_read_back_as_it_was(filled):
    fields, data = filled
    typed = as_typed(fields, data)
    read = read_form(fields.values(), typed)
    assert read.errors == {}
    assert read.data == data
    assert kernel_reads(fields, read.data)[1] == (), "the kernel takes what the form gives"
    for field in fields.values():
        view = field_view(field, typed)
        shown = (view.values, view.times) if view.widget == "instant" else view.values
        assert any(shown) == (field.id in data and view.widget != "rows")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FORMS), st.data())
def test_any_text_in_any_field_is_read_or_refused_in_both_languages(fields, data):
    names = [name for f in fields.values() for name in (f.id, f"{f.id}.day", f"{f.id}.time")]
    typed = data.draw(st.dictionaries(st.sampled_from(names), st.lists(st.text(max_size=20), max_size=2)))
    read = read_form(fields.values(), typed)
    for name, text in read.errors.items():
        assert text.ja and text.en and text.ja != text.en
        assert name in {*fields}
        assert name not in read.data


def test_an_error_in_a_row_names_its_column():
    field = Field(
        "owners", T("共有者", "words"), FieldType.ROWS, columns=(Field("share", T("持分", "words"), FieldType.PERCENT),)
    )
    typed = {"owners.0.share": ["10"], "owners.2.share": ["半分"]}
    read = read_form([field], typed)
    assert read.data == {"owners": [{"share": "10"}]}
    assert list(read.errors) == ["owners.2.share"]
    assert row_numbers("owners", typed) == [0, 2]
    assert Decimal(read.data["owners"][0]["share"]) == 10


# -- dates out -------------------------------------------------------------------------------------------------------


def test_a_date_is_never_naked():
    day = date(2026, 11, 23)
    assert dates.show(day, "ja") == "2026年11月23日（月・祝）"
    assert dates.show(day, "en") == "23 Nov 2026 (Mon, holiday)"
    assert dates.show(day, "ja", "table") == dates.show(day, "en", "table") == "2026-11-23"
    assert dates.show(day, "ja", "era") == "令和8年11月23日"
    assert dates.show(date(2024, 9, 16), "ja") == "2024年9月16日（月・祝）"
    assert dates.left(day, date(2026, 11, 20))["ja"] == "あと3日"
    assert dates.left(day, day)["en"] == "today"
    assert dates.left(day, date(2026, 11, 24))["ja"] == "1日前に経過"
    assert dates.show(datetime(2026, 11, 22, 15, 30, tzinfo=JST), "ja") == "2026年11月22日（日）15:30"
