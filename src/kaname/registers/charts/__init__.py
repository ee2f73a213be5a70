"""Charts (図) as SVG from blocks: bars, timeline strip, flow. One drawer for page and paper.

    drawn(block, lang, width) -> Drawing | None

A drawing is an image with a text summary; the table beside it is the caller's. It carries no style attribute and no
script (a page's policy forbids both): colours are presentation attributes, so that a page's style sheet may set them by
the classes `series-1` ..., `ink`, `line`, `paper`. Patterns tell the series apart in grey print and to any eye.
"""

from kaname.law import Lang
from kaname.registers.blocks import Bars, Block, Flow, Timeline
from kaname.registers.charts import bars, flow, timeline
from kaname.registers.charts.canvas import Drawing

__all__ = ["Drawing", "bars", "drawn", "flow", "summary", "timeline"]


def drawn(block: Block, lang: Lang, width: int = 640) -> Drawing | None:
    """The drawing of a block, `width` units wide with texts of 12 to 14 units; None for what is told in words."""
    match block:
        case Bars():
            return bars.draw(block, lang, width)
        case Timeline():
            return timeline.draw(block, lang, width)
        case Flow():
            return flow.draw(block, lang, width)
    return None


def summary(block: Block, lang: Lang) -> str:
    """What a drawing of the block shows, in words; "" for what is told in words anyway."""
    match block:
        case Bars():
            return bars.summary(block, lang)
        case Timeline():
            return timeline.summary(block, lang)
        case Flow():
            return flow.summary(block, lang)
    return ""
