"""Who must file (Arts. 50, 51, 53): the criteria of the business, the designation, the grace after it."""

from collections.abc import Mapping
from datetime import date

from kaname.days import Period
from kaname.law import T
from kaname.law.laws import art
from kaname.regimes.infrastructure import scope_event
from kaname.regimes.infrastructure.answers import Answer, Need, Verdict, Why, ask, inside, outside
from kaname.regimes.infrastructure.catalogue import under_order
from kaname.regimes.infrastructure.catalogue.model import Business, Facility, Sector, Test, Value
from kaname.regimes.infrastructure.grace_days import grace, last_exempt_day, no_grace_for_successors
from kaname.regimes.infrastructure.scope_event import Event
from kaname.regimes.infrastructure.situation import Grace, Situation
from kaname.regimes.infrastructure.versions import DESIGNATION

# -- the business -----------------------------------------------------------------------------------------------------


def criteria(s: Situation, of: Sector, within: Business | None, order: str) -> Answer:
    """Whether the criteria of Art. 50(1) are met on the day."""
    if not_yet := not_in_force(of, s.on):
        return not_yet
    if within is None:
        names = "、".join(b.name.ja for b in of.businesses), "; ".join(b.name.en for b in of.businesses)
        return ask(Why(T(f"どの事業か分からない：{names[0]}", f"which business is not told: {names[1]}"), (of.item,)),
            needs=(which_business(of),))
    rule = within.criterion(s.on)
    if rule is None:
        return outside(Why(T("この日に効力のある基準がない", "no criterion is in force on this day"),
            under_order("criteria", order)))
    basis = (of.item, *under_order("criteria", order))
    whys = (Why(T(f"基準：{rule.rule.ja}", f"criterion: {rule.rule.en}"), basis, rule.confidence, rule.note),
        *(Why(line.text, basis) for line in rule.test.working(s.figures)))
    return by_test(rule.test, s.figures, whys)


def which_business(of: Sector) -> Need:
    return Need("business", T("事業の種類", "the business"), tuple((b.id, b.name) for b in of.businesses))


def by_test(test: Test, given: Mapping[str, Value], whys: tuple[Why, ...]) -> Answer:
    found = test.ask(given)
    if found is None:
        missing = tuple(Need(f.id, f.label) for f in test.figures if f.id not in given)
        return ask(*whys, needs=missing)
    return inside(*whys) if found else outside(*whys)


def not_in_force(of: Sector, day: date) -> Answer | None:
    if of.since is None:
        known = T("追加は公布済みだが、施行の日を定める政令は確認していない",
            "enacted, but no Cabinet Order setting the day is known")
        why = Why(known, (of.item,), of.confidence, of.note)
        return ask(why) if of.at_latest and day >= of.at_latest else outside(why)
    if day < of.since:
        text = T(f"{of.name.ja}は {of.since} から対象", f"{of.name.en} is a sector from {of.since} only")
        return outside(Why(text, (of.item,), of.confidence))
    return None


# -- the operator -----------------------------------------------------------------------------------------------------


def operator(s: Situation, of: Sector, criteria: Answer) -> tuple[Answer, Period | None]:
    """Whether the duty to file binds it: designated, not lifted, not in grace."""
    if not_yet := not_in_force(of, s.on):
        return not_yet, None
    if contradiction := _contradicts(s):
        return contradiction, None
    designated = s.designated if s.designated_on is None else s.designated_on <= s.on
    if s.designated_on is not None and s.designated_on < max(DESIGNATION, of.since or DESIGNATION):
        text = T(f"{s.designated_on} に指定はできない（{max(DESIGNATION, of.since or DESIGNATION)} から）",
            f"no designation was possible on {s.designated_on}; the first day was "
            f"{max(DESIGNATION, of.since or DESIGNATION)}")
        return ask(Why(text, art("50(1)", "suppl. 1")), needs=(Need("designated_on", T("指定の日",
            "day of designation")),)), None
    if s.lifted_on is not None and s.lifted_on <= s.on:
        return outside(Why(T(f"指定は {s.lifted_on} に解除された", f"the designation was lifted on {s.lifted_on}"),
            art("51"))), None
    if designated is None:
        return _undesignated(criteria), None
    if not designated:
        later = T(f"指定は {s.designated_on} から",
            f"designated only from {s.designated_on}") if s.designated_on else T(
            "指定されていない。届出の義務は指定された事業者だけが負う",
                "not designated; only designated operators must file")
        return outside(Why(later, art("50(1)", "52(1)"))), None
    whys = [Why(T("特定社会基盤事業者に指定されている", "is a designated operator"), art("50(1)-(2)"))]
    if criteria.verdict is Verdict.OUTSIDE:
        whys.append(Why(T("数値は基準に届かない。解除までは義務がある（51条）",
            "the figures miss the criteria; the duty stands until the designation is lifted (Art. 51)"), art("51")))
    return _in_grace(s, tuple(whys))


def _contradicts(s: Situation) -> Answer | None:
    """Two facts of which one must be wrong: a designation that was lifted before it was made, or made and denied."""
    if s.designated_on is None:
        return None
    asked = Need("designated_on", T("指定の日", "day of designation"))
    if s.lifted_on is not None and s.lifted_on < s.designated_on:
        return ask(Why(T(f"解除の日（{s.lifted_on}）が指定の日（{s.designated_on}）より前である",
            f"the day of lifting ({s.lifted_on}) lies before the designation ({s.designated_on})"),
            art("50(1)", "51")), needs=(asked, Need("lifted_on", T("解除の日", "day the designation was lifted"))))
    if s.designated is False and s.designated_on <= s.on and s.lifted_on is None:
        return ask(Why(T(f"指定されていないというが、指定の日（{s.designated_on}）がある",
            f"said not to be designated, yet there is a day of designation ({s.designated_on})"), art("50(1)")),
            needs=(asked, Need("designated", T("指定されているか", "is it designated"))))
    return None


def _undesignated(criteria: Answer) -> Answer:
    """Nothing is known of a designation: the criteria tell whether it can come."""
    can = T("基準に当たり、指定され得る。届出の義務は指定から始まる",
        "meets the criteria and may be designated; the duty to file begins with the designation")
    if criteria.verdict is Verdict.INSIDE:
        return Answer(Verdict.INSIDE, (Why(can, art("50(1)", "52(1)")),),
            (Need("designated_on", T("指定の日（指定されていなければ、そう答える）",
                "day of designation (or say that it is not designated)")),))
    if criteria.verdict is Verdict.OUTSIDE:
        return outside(Why(T("基準に当たらず、指定されない", "misses the criteria: no designation"), art("50(1)")))
    return ask(Why(T("指定されているか不明", "it is not told whether it is designated"), art("50(1)")),
        needs=(Need("designated", T("指定されているか", "is it designated")), *criteria.needs))


def _in_grace(s: Situation, whys: tuple[Why, ...]) -> tuple[Answer, Period | None]:
    """Art. 53(1): six months from the designation, for the facilities of the business named in it."""
    if s.designated_on is None:
        if s.grace is Grace.RUNNING:
            return outside(*whys, Why(T("経過措置の期間中", "the grace is running"), art("53(1)"))), None
        if s.grace is Grace.OVER:
            return inside(*whys, Why(T("経過措置は終わっている", "the grace is over"), art("53(1)"))), None
        return ask(*whys, Why(T("指定の日が分からず、経過措置の期間が分からない",
            "the day of designation is not told, so the grace cannot be counted"), art("53(1)")),
            needs=(Need("designated_on", T("指定の日", "day of designation")),)), None
    running = grace(s.designated_on)
    if s.on > running.last_day:
        return inside(*whys, Why(T(f"経過措置は {running.last_day} に終わった",
            f"the grace ended on {running.last_day}"),
            art("53(1)"), question=302)), running
    if no_grace_for_successors(s.designated_on):
        if s.successor:
            return inside(*whys, Why(T("他の指定事業者からの承継により基準に当たったため、経過措置がない",
                "no grace: the criteria were met by succession to another designated operator"),
                art("53(1) proviso"), scope_event.MEDIUM, 304)), None
        if s.successor is None:
            return ask(*whys, Why(T("事業譲渡・合併・分割等による承継で基準に当たったかが分からない",
                "it is not told whether the criteria were met through a transfer, merger or split"),
                art("53(1) proviso"), scope_event.MEDIUM, 304),
                needs=(Need("successor", T("他の指定事業者からの承継か",
                    "succession to another designated operator")),)), running
    text = T(f"{running.last_day} までの導入・委託には届出を要しない",
        f"no filing for introductions and entrustments carried out up to {running.last_day}")
    return outside(*whys, Why(text, art("53(1)"), question=302)), running


def listed_later(s: Situation, item: Facility | None, before: Answer, running: Period | None) -> tuple[Answer,
    Period | None]:
    """Art. 53(2)-(3): six months after an amended order made the facility, or the work, critical."""
    entrusted = s.event is Event.ENTRUSTED_MAINTENANCE
    if s.work_listed_on is not None and entrusted and s.on < s.work_listed_on:
        return outside(Why(T(f"{s.work_listed_on} の改正まで、重要維持管理等でない",
            f"no critical maintenance before the amendment of {s.work_listed_on}"), art("52(1)", "53(3)"))), running
    for since, basis in ((s.facility_listed_on, art("53(2)")), (s.work_listed_on if entrusted else None, art("53(3)"))):
        if since is not None and since <= s.on <= last_exempt_day(since):
            found = grace(since)
            return outside(Why(T(f"{since} に新たに対象となり、{found.last_day} まで届出を要しない",
                f"newly critical on {since}: no filing up to {found.last_day}"), basis, question=302)), found
    added = item.since if item else None
    known_before = s.designated_on is None or added is None or s.designated_on < added
    if (added and added <= s.on <= last_exempt_day(added) and s.facility_listed_on is None and known_before
            and before.verdict is Verdict.INSIDE):
        return ask(*before.why,
            Why(T(f"{added} の改正で新たに特定重要設備となったものなら、{last_exempt_day(added)} まで届出を要しない",
            f"if the item became critical only by the amendment of {added}, no filing is needed up to "
            f"{last_exempt_day(added)}"), art("53(2)")),
            needs=(Need("facility_listed_on", T("特定重要設備となった日",
                "day the item became a critical facility")),)), running
    return before, running
