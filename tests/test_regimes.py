"""The front door of the regimes: every kind by its id, and a helpful error for a misspelt one."""

import pytest

from kaname.procedure.declare import FieldType
from kaname.regimes import KINDS, kind


def test_kinds_are_found_under_their_own_ids():
    assert {id: k.id for id, k in KINDS.items()} == {id: id for id in KINDS}
    assert {"patents.application", "patents.prior_confirmation", "patents.compensation", "patents.guideline"} <= set(
        KINDS
    )


def test_reasons_and_opinions_are_written_in_paragraphs_wherever_they_are_asked():
    """An officer does not write the reasons of an extension into one line."""
    asked = {
        (id, a.id, f.id): f.long or f.sealed
        for id, k in KINDS.items() for p in k.procedures for a in p.acts for f in a.fields
        if f.type is FieldType.TEXT and not f.several and f.id in ("reasons", "opinion", "advice", "defects")
    }  # fmt: skip
    assert len(asked) > 20 and [name for name, in_paragraphs in asked.items() if not in_paragraphs] == []


def test_that_an_order_may_follow_is_told_with_its_limit():
    """Art. 52(10), proviso: of a recommendation that came too late nothing can follow."""
    told = {d.penalty.why.en for p in KINDS["infrastructure.plan"].procedures for d in p.duties
            if p.id == "recommendation_order" and d.id == "reply"}  # fmt: skip
    assert told == {"none: it opens the way to an order, within the standstill only (Art. 52(10))"}


def test_a_misspelt_kind_is_answered_with_the_nearest():
    with pytest.raises(LookupError, match=r"patents\.application"):
        kind("patents.aplication")
