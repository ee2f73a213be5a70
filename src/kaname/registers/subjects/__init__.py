"""The subjects of the picture, one file each: `page(at)` gives its page, figures shared with the cover stand beside it.

A new subject is a new file here and a name in SUBJECTS.
"""

from collections.abc import Callable, Mapping

from kaname.law import Text
from kaname.registers.at import At
from kaname.registers.blocks import Page
from kaname.registers.subjects import (
    infrastructure,
    money,
    outreach,
    overall,
    patents,
    products,
    technology,
    timeline,
    watch,
)
from kaname.registers.subjects.overall import cover

# In the order of the pages; the id stands in the address of the page and in open data.
SUBJECTS: Mapping[str, Callable[[At], Page]] = {
    "overall": overall.page,
    "timeline": timeline.page,
    "products": products.page,
    "money": money.page,
    "infrastructure": infrastructure.page,
    "technology": technology.page,
    "patents": patents.page,
    "outreach": outreach.page,
    "watch": watch.page,
}
TITLES: Mapping[str, Text] = {
    "overall": overall.TITLE,
    "timeline": timeline.TITLE,
    "products": products.TITLE,
    "money": money.TITLE,
    "infrastructure": infrastructure.TITLE,
    "technology": technology.TITLE,
    "patents": patents.TITLE,
    "outreach": outreach.TITLE,
    "watch": watch.TITLE,
}

__all__ = ["SUBJECTS", "TITLES", "cover"]
