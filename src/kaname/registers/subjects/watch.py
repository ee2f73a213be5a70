"""What to watch: the points that committees of both Houses asked for, and the reviews that the law foresees."""

from kaname.law import T, Text
from kaname.regimes.general.catalogue.resolutions import REVIEWS, Status, Watched, watch
from kaname.registers.at import At
from kaname.registers.blocks import Block, Column, Figure, Numbers, Page, Prose, Row, Source, Table
from kaname.registers.sources import DECK, UNPUBLISHED

TITLE = T("附帯決議と検討", "Resolutions and reviews")
POINT = T("点", "points")


def page(at: At) -> Page:
    found = watch(at.day)
    blocks: list[Block] = [_numbers(found)]
    if found:
        blocks.append(_table(found))
    blocks.append(_reviews())
    return Page("watch", TITLE, _answer(found), tuple(blocks))


def _numbers(found: tuple[Watched, ...]) -> Numbers:
    source = DECK if found else None
    figures = [
        Figure(
            "watch.points",
            T("求められた点", "points asked for"),
            len(found) if found else None,
            POINT,
            source,
            note=None if found else UNPUBLISHED,
        )
    ]
    for status in Status:
        many = sum(w.status is status for w in found)
        figures.append(
            Figure(
                f"watch.{status.value}",
                status.label,
                many if found else None,
                POINT,
                source,
                note=None if found else UNPUBLISHED,
            )
        )
    return Numbers(
        "watch.numbers", T("両院の委員会が求めたこと", "What committees of both Houses asked for"), tuple(figures)
    )


def _table(found: tuple[Watched, ...]) -> Table:
    columns = (
        Column("committee", T("委員会", "committee")),
        Column("on", T("決議の日", "resolved on")),
        Column("item", T("求めたこと", "what was asked")),
        Column("status", T("今", "status")),
        Column("since", T("いつから", "since")),
    )
    rows = tuple(
        Row(
            w.point.id,
            (
                w.resolution.committee,
                w.resolution.on,
                w.point.item,
                w.status.label,
                w.point.status_since if w.status is not Status.OPEN else None,
            ),
        )
        for w in found
    )
    said = T(
        "知られているのは基幹インフラに関する点だけで、決議の本文は見ていない（論点503）",
        "only the points on infrastructure are known; the texts were not seen (question 503)",
    )
    return Table("watch.points_table", T("決議の点", "Points of the resolutions"), columns, rows, None, DECK, said)


def _reviews() -> Prose:
    told = tuple(T(f"{r.label.ja}。", f"{r.label.en[:1].upper()}{r.label.en[1:]}.") for r in REVIEWS)
    return Prose(
        "watch.reviews", T("法が定める検討", "Reviews that the law foresees"), told, Source(REVIEWS[0].source), True
    )


def _answer(found: tuple[Watched, ...]) -> Text:
    if not found:
        return T(
            "この日までに知られている附帯決議の点はありません。", "No point of a resolution is known up to this day."
        )
    still = sum(w.status is Status.OPEN for w in found)
    return T(
        f"両院の委員会が求めた{len(found)}点のうち、{still}点が対応中です。",
        f"Of {len(found)} points that committees asked for, {still} are open.",
    )
