"""Concentration of every importer and product at once, against the formulas on each cell alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaname.assess.trade import measures
from kaname.assess.trade.cube import concentration

SHAPE = (3, 4, 70)  # more suppliers than a word has bits
rows = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 69), st.integers(0, 10**13)), max_size=60
)


def cube(found):
    columns = np.array(found, np.int64).reshape(-1, 4).T
    return concentration(columns[0], columns[1].astype(np.int16), columns[2].astype(np.uint8), columns[3], SHAPE)


@settings(deadline=None)
@given(rows)
def test_every_cell_is_what_the_formulas_say(found):
    ours = cube(found)
    for importer in range(SHAPE[0]):
        for product in range(SHAPE[1]):
            mine = [row for row in found if row[:2] == (importer, product)]
            amounts = list(measures.summed([row[2] for row in mine], [row[3] for row in mine]).values())
            at = importer, product
            assert ours.total[at] == sum(amounts)
            if not sum(amounts):
                assert np.isnan([ours.hhi[at], ours.top_1[at], ours.top_3[at]]).all()
                continue
            assert ours.hhi[at] == pytest.approx(measures.hhi(amounts), rel=1e-12)
            assert ours.top_1[at] == pytest.approx(measures.top(amounts, 1), rel=1e-12)
            assert ours.top_3[at] == pytest.approx(measures.top(amounts, 3), rel=1e-12)


def test_what_cannot_be_added_is_refused():
    with pytest.raises(ValueError, match="below zero"):
        cube([(0, 0, 0, -1)])
    with pytest.raises(ValueError, match="outside"):
        cube([(3, 0, 0, 1)])
    with pytest.raises(ValueError, match="too large"):
        cube([(0, 0, 0, 2**62), (0, 0, 1, 2**62)])
