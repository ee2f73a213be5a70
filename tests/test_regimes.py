"""The front door of the regimes: every kind by its id, and a helpful error for a misspelt one."""

import pytest

from kaname.regimes import KINDS, kind


def test_kinds_are_found_under_their_own_ids():
    assert {id: k.id for id, k in KINDS.items()} == {id: id for id in KINDS}
    assert {"patents.application", "patents.prior_confirmation", "patents.compensation", "patents.guideline"} <= set(
        KINDS
    )


def test_a_misspelt_kind_is_answered_with_the_nearest():
    with pytest.raises(LookupError, match=r"patents\.application"):
        kind("patents.aplication")
