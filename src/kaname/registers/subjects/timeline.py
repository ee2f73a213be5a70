"""When the Act came into force and what was decided under it, up to the day and beyond."""

from collections.abc import Iterator

from kaname.law import T, Text
from kaname.regimes.general.timeline import timeline
from kaname.regimes.supply.catalogue.products import PRODUCTS
from kaname.registers.at import At
from kaname.registers.blocks import Moment, Page, Source, Timeline
from kaname.registers.sources import order

TITLE = T("歩み", "Timeline")


def page(at: At) -> Page:
    moments = tuple(sorted(_moments(at), key=lambda m: (m.day is None, m.day or at.day)))
    return Page(
        "timeline",
        TITLE,
        _answer(moments, at),
        (
            Timeline(
                "timeline.act", T("法の施行と、その下での決定", "The Act in force, and decisions under it"), moments
            ),
        ),
    )


def _answer(moments: tuple[Moment, ...], at: At) -> Text:
    past = [m for m in moments if not m.ahead]
    ahead = [m for m in moments if m.ahead]
    said = T(f"この日までに{len(past)}の節目があります。", f"{len(past)} milestones lie up to this day.")
    if not ahead:
        return said
    first = ahead[0]
    when = T(f"（{first.day}）", f" ({first.day})") if first.day else T("", "")
    return T(f"{said.ja}次は「{first.label.ja}」{when.ja}です。", f"{said.en} Next: {first.label.en}{when.en}.")


def _moments(at: At) -> Iterator[Moment]:
    for e in timeline(at.day):
        label = e.label
        if e.day is None and e.latest:
            label = T(f"{label.ja}（遅くとも{e.latest}）", f"{label.en} (by {e.latest} at the latest)")
        yield Moment(f"act.{e.id}", e.day, label, Source(e.source), "", e.ahead(at.day), e.verified)
    for day in dict.fromkeys(p.designated_on for p in PRODUCTS.values() if p.decided_on <= at.day):
        named = [p.label for p in PRODUCTS.values() if p.designated_on == day]
        told = T(f"{len(named)}物資の指定", f"{len(named)} products designated")
        if len(named) == 1:
            told = T(f"{named[0].ja}の指定", f"{named[0].en} designated")
        yield Moment(f"products.{day}", day, told, order(day), at.address("/supply/products/"), day > at.day)
