"""A day that has not come: the picture says so, and no source speaks of it."""

from datetime import date

from kaname.registers.blocks import Bars, Flow, Prose, Table, Timeline
from kaname.registers.picture import picture

TODAY, AHEAD = date(2026, 11, 26), date(2030, 1, 1)


def sources(of):
    yield from (f.source for f in of.figures())
    for page in of.pages:
        for block in page.blocks:
            if isinstance(block, Bars | Flow | Table | Prose):
                yield block.source
            if isinstance(block, Timeline):
                yield from (m.source for m in block.moments)


def test_no_source_is_of_a_day_that_has_not_come():
    found = picture(AHEAD, None, TODAY)
    assert str(AHEAD) in found.warnings[0].en and str(TODAY) in found.warnings[0].en
    days = [s.as_of for s in sources(found) if s is not None and s.as_of]
    assert days and max(days) <= TODAY
