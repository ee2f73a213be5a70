"""Citations print and read back, survive renumbering, and resolve by the case's order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaname.law import Law, Provision, Silence, cited, parse, shared, under
from kaname.law.laws import ESPA, PATENT_ACT, art

METI = Law("meti", "経済産業省令", "METI Order", "経済産業省令", "METI Order")
MLIT = Law("mlit", "国土交通省令", "MLIT Order", "国土交通省令", "MLIT Order")
RENUMBERED = date(2026, 4, 1)

ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "ix", "x", "xiv", "xv", "xl", "xlvii")
PARTS = ("", " proviso", " main text", " first sentence", " second sentence", " row 3")


@st.composite
def citations(draw: st.DrawFn) -> str:
    number = st.integers(1, 199).map(str)
    article = draw(number) + "".join(f"-{b}" for b in draw(st.lists(number, max_size=2)))
    paragraph = draw(st.sampled_from(("", "(1)", "(3)", "(11)")))
    item = draw(st.sampled_from(("", *(f"({r})" for r in ROMANS))))
    sub = draw(st.sampled_from(("", "(イ)", "(チ)")))
    later = "(xlvii)" if item else "(12)"
    to = draw(st.sampled_from(("", f"-{later}"))) if item or paragraph else ""
    return draw(st.sampled_from(("", "suppl. "))) + article + paragraph + item + sub + to + draw(st.sampled_from(PARTS))


@given(citations())
def test_a_citation_prints_as_it_was_written_and_reads_back_equal(citation: str) -> None:
    provision = parse(ESPA, citation)
    assert provision.citation == citation
    assert parse(ESPA, provision.citation) == provision


@given(citations(), citations())
def test_different_citations_print_differently_in_both_languages(one: str, other: str) -> None:
    a, b = parse(PATENT_ACT, one), parse(PATENT_ACT, other)
    assert (a == b) is (a.ja == b.ja) is (a.en == b.en)


@given(citations())
def test_a_place_contains_itself_and_its_article_contains_it(citation: str) -> None:
    place = parse(ESPA, citation)
    assert place.contains(place)
    assert Provision(ESPA, place.article, suppl=place.suppl).contains(place)


@pytest.mark.parametrize(
    ("citation", "ja", "en"),
    [
        ("52(3)", "法52条3項", "Art. 52(3)"),
        ("92(1)(iv)", "法92条1項4号", "Art. 92(1)(iv)"),
        ("66(1) proviso", "法66条1項ただし書", "Art. 66(1) proviso"),
        ("52(2)-(10)", "法52条2項から10項まで", "Art. 52(2)-(10)"),
        ("96(i)-(iii)", "法96条1号から3号まで", "Art. 96(i)-(iii)"),
        ("66(4) row 2", "法66条4項表2の項", "Art. 66(4) row 2"),
        ("suppl. 2", "法附則2条", "suppl. Art. 2"),
        ("12-16", "法12条の16", "Art. 12-16"),
    ],
)
def test_citations_print_the_way_lawyers_write_them(citation: str, ja: str, en: str) -> None:
    assert (parse(ESPA, citation).ja, parse(ESPA, citation).en) == (ja, en)


def test_a_branch_article_keeps_its_numbers_apart() -> None:
    assert cited(PATENT_ACT("48-3(1)", "48-3(1)-(3)"), "ja") == "特許法48条の3第1項、特許法48条の3第1項から第3項まで"


@pytest.mark.parametrize("wrong", ["", "Art. 52", "52(3", "52(3)-5", "66(1)-68", "52(iv)-(5)", "52(1)-(iv)", "52 (3)"])
def test_an_unreadable_citation_is_refused_with_the_form_expected(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"espa: cannot read citation .* expected a form like 52\(3\)"):
        art(wrong)


@pytest.mark.parametrize(
    ("place", "inside", "outside"),
    [
        ("92(1)", "92(1)(vi)", "92(2)"),
        ("52(3)-(5)", "52(4)", "52(6)"),
        ("92(1)(vi)-(viii)", "92(1)(vii)", "92(1)(v)"),
        ("52(3)", "52(3) proviso", "52(3)-(5)"),
        ("66", "66(11)", "66-2"),
        ("suppl. 2", "suppl. 2", "2"),
    ],
)
def test_a_place_contains_what_lies_within_it(place: str, inside: str, outside: str) -> None:
    assert parse(ESPA, place).contains(parse(ESPA, inside))
    assert not parse(ESPA, place).contains(parse(ESPA, outside))


def test_the_publication_of_a_tariff_request_is_cited_by_the_number_of_the_day() -> None:
    publication = parse(ESPA, "30(4)").since(RENUMBERED, "30(5)")
    assert publication.on(date(2026, 3, 31)).ja == "法30条4項"
    assert publication.on(RENUMBERED).ja == "法30条5項"
    assert cited((publication,), "en", RENUMBERED) == "Art. 30(5)"
    assert publication == parse(ESPA, "30(4)"), "its identity is the first number"


def test_a_provision_renumbered_twice_follows_every_step_in_any_order_of_writing() -> None:
    first, second = date(2026, 4, 1), date(2027, 4, 1)
    moved = parse(ESPA, "30(3)").since(second, "30(6)").since(first, "30(4)")
    assert [moved.on(d).citation for d in (date(2026, 1, 1), first, second)] == ["30(3)", "30(4)", "30(6)"]


def test_a_provision_inserted_under_an_old_number_is_not_its_namesake() -> None:
    inserted = parse(ESPA, "30(3)").inserted(RENUMBERED)
    assert inserted != parse(ESPA, "30(3)")
    assert inserted.ja == "法30条3項"


PLAN_FORM = shared("plan_form", {"meti": METI("5(1)"), "mlit": MLIT("6(1)", "6(2)")})


def test_a_shared_provision_bears_the_number_of_the_cases_order() -> None:
    assert PLAN_FORM.under("meti") == METI("5(1)")
    assert under((*art("9(1)"), PLAN_FORM), "mlit") == art("9(1)") + MLIT("6(1)", "6(2)")
    silence = Silence(16, "対象者", "offenders")
    assert under((silence,), "mlit") == (silence,)


def test_a_shared_provision_shows_all_numbers_while_no_order_is_chosen() -> None:
    assert cited((PLAN_FORM,), "en") == "METI Order Art. 5(1) / MLIT Order Art. 6(1), MLIT Order Art. 6(2)"


def test_a_shared_provision_follows_renumbering() -> None:
    moved = shared("form", {"meti": tuple(p.since(RENUMBERED, "7(1)") for p in METI("5(1)"))})
    assert cited((moved,), "ja", RENUMBERED) == "経済産業省令7条1項"


def test_a_wrong_order_is_refused_with_the_orders_there_are() -> None:
    with pytest.raises(LookupError, match="plan_form: no order 'mhlw'; expected one of meti, mlit"):
        PLAN_FORM.under("mhlw")
    with pytest.raises(ValueError, match="at least one order"):
        shared("empty", {})
