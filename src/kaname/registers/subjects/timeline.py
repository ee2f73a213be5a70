"""When the Act came into force and what was decided under it, up to the day and beyond."""

from collections.abc import Iterator

from kaname.law import AMENDMENTS, GROUPS, PROMULGATED, T, Text
from kaname.law.commencement import Amendment
from kaname.regimes.supply.catalogue.products import PRODUCTS
from kaname.regimes.technology.catalogue import events
from kaname.registers.at import At
from kaname.registers.blocks import Moment, Page, Source, Timeline
from kaname.registers.sources import ACT_URL, order
from kaname.registers.subjects.technology import source

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
    text = Source(T("法令の条文", "the text of the law"), None, ACT_URL)
    yield Moment("act.promulgated", PROMULGATED, T("法の公布（令和4年法律第43号）", "the Act is promulgated"), text)
    for g in GROUPS:
        ahead = g.in_force > at.day
        limit = (
            T(f"（遅くとも{g.limit}、政令で定める日）", f" (a day set by Cabinet Order, by {g.limit})")
            if ahead
            else T("", "")
        )
        label = T(f"施行：{g.subject.ja}{limit.ja}", f"in force: {g.subject.en}{limit.en}")
        yield Moment(f"act.{g.id}", g.in_force, label, text, "", ahead, not g.confidence.unverified)
    for n, a in enumerate(AMENDMENTS, 1):
        known_from = a.promulgated or a.in_force  # nobody could know of it before
        if known_from is None or known_from <= at.day:
            yield _amendment(n, a, at)
    for day in dict.fromkeys(p.designated_on for p in PRODUCTS.values() if p.decided_on <= at.day):
        named = [p.label for p in PRODUCTS.values() if p.designated_on == day]
        told = T(f"{len(named)}物資の指定", f"{len(named)} products designated")
        if len(named) == 1:
            told = T(f"{named[0].ja}の指定", f"{named[0].en} designated")
        yield Moment(f"products.{day}", day, told, order(day), at.address("/supply/products/"), day > at.day)
    for e in events(at.day):
        if e.id not in ("promulgated", "in_force", "councils", "act_38"):  # told above, or no event
            verified = not e.confidence.unverified
            yield Moment(f"technology.{e.id}", e.day, e.label, source(e.sources), verified=verified)


def _amendment(n: int, a: Amendment, at: At) -> Moment:
    label = T(f"{a.by.ja}：{a.effect.ja}", f"{a.by.en}: {a.effect.en}")
    if a.in_force is None and a.latest:
        label = T(f"{label.ja}（遅くとも{a.latest}）", f"{label.en} (by {a.latest} at the latest)")
    return Moment(
        f"amendment.{n}",
        a.in_force,
        label,
        Source(a.source, None, ACT_URL),
        ahead=a.in_force is None or a.in_force > at.day,
        verified=not a.confidence.unverified,
    )
