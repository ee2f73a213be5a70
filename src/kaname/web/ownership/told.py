"""Ownership in words: figures, the sentences of the answer, and the rows of the tables."""

import math
from datetime import date
from typing import Any

from kaname.assess.ownership.book import Entity, Kind
from kaname.assess.ownership.command import Controller
from kaname.assess.ownership.look import Look
from kaname.assess.ownership.network import Right
from kaname.assess.ownership.origins import Origin
from kaname.assess.ownership.shares import UNIT, Share, percent
from kaname.assess.ownership.stakes import Bounds, of_kinds
from kaname.assess.ownership.steps import Joined
from kaname.law import T, Text

KINDS = {
    Kind.UNKNOWN: T("不明", "unknown"), Kind.COMPANY: T("法人", "company"), Kind.PERSON: T("個人", "person"),
    Kind.STATE: T("政府等", "state"),
}  # fmt: skip
RIGHTS = {Right.CAPITAL: T("資本", "capital"), Right.VOTES: T("議決権", "votes")}
FOREIGN = (Origin.STATE, Origin.FOREIGN)
LINES = {
    "5%": T("5 %以上", "5 % or more"), "25%": T("25 %以上", "25 % or more"),
    "1/3": T("3分の1以上", "one third or more"), "50%": T("50 %以上", "50 % or more"),
}  # fmt: skip
_NEAR = 1e-7  # of a tenth of a percent: what rounding leaves


def figure(low: float, high: float | None = None) -> Text:
    """A share of a whole with one decimal; bounds rounded outward, so that nothing possible is left out."""
    high = low if high is None else high
    if high - low < 1e-9:
        return _same(f"{low * 100:.1f} %")
    down, up = math.floor(low * 1000 + _NEAR) / 10, math.ceil(high * 1000 - _NEAR) / 10
    return T(f"{down:.1f} %〜{up:.1f} %", f"{down:.1f} % to {up:.1f} %")


def bounds(found: Bounds) -> Text:
    return figure(found.low, found.high)


def stated(share: Share) -> Text:
    """A share as a source states it, all its decimals; a range as one."""
    if share.exact:
        return _same(f"{percent(share.low)} %")
    if share == Share(0, UNIT):
        return T("不明", "not known")
    low, high = percent(share.low), percent(share.high)
    return T(f"{low}〜{high} %", f"{low} to {high} %")


def span(days: tuple[Any, Any] | None) -> Text:
    """From when to when something is held, as far as the source says."""
    since, until = (None if days is None or str(d) == "NaT" else str(d) for d in days or (None, None))
    if since and until:
        return T(f"{since}〜{until}", f"{since} to {until}")
    if since:
        return T(f"{since}から", f"from {since}")
    return T(f"{until}まで", f"until {until}") if until else T("", "")


def who(entity: Entity) -> str:
    return entity.name or entity.id


def below(entity: Entity, kind: Kind) -> Text:
    """The line under a name: identifier, country, kind."""
    country = T(entity.country, entity.country) if entity.country else T("国は不明", "country unknown")
    said = [*([_same(entity.id)] if entity.name else []), country, *([KINDS[kind]] if kind else [])]
    return T("・".join(t.ja for t in said), ", ".join(t.en for t in said))


# -- the answer -------------------------------------------------------------------------------------------------------


def answer(seen: Look, day: date) -> list[Text]:
    """The sentences with which the page begins."""
    name = who(seen.book.entities[seen.company])
    if not seen.direct:
        return [
            T(f"{name} の保有者は、この日の資料にありません。", f"The source names no holder of {name} on this day.")
        ]
    foreign, right = bounds(of_kinds(seen.stakes, *FOREIGN)), RIGHTS[seen.right]
    first = T(f"外国の持分は {foreign.ja} です（{right.ja}）。", f"Foreign holders have {foreign.en} ({right.en}).")
    return [first, *_control(seen), _five(seen)]


def _control(seen: Look) -> list[Text]:
    sure = [names(seen, c) for c in seen.controllers if c.sure]
    may = [names(seen, c) for c in seen.controllers if not c.sure]
    said = []
    if sure:
        said.append(T(f"{_and(sure, 'ja')} が議決権の過半数で支配しています。",
                      f"Controlled by majority of votes by {_and(sure, 'en')}."))  # fmt: skip
    elif not may:
        said.append(T("議決権の過半数で支配する者はいません。", "Nobody controls it by majority of votes."))
    if may:
        few, more = may[:3], len(may) - 3
        rest = T(f" ほか{more}者", f" and {more} more") if more > 0 else T("", "")
        said.append(T(f"分からない持分次第で、{_and(few, 'ja')}{rest.ja} が支配し得ます。",
                      f"Depending on shares not known, {_and(few, 'en')}{rest.en} may control it."))  # fmt: skip
    return said


def _five(seen: Look) -> Text:
    sure = sum(d.five is True for d in seen.direct)
    maybe = sum(d.five is None for d in seen.direct)
    if not maybe:
        return T(f"議決権の5 %以上を直接に持つ者は{sure}者です。", f"{sure} directly hold 5 % of the votes or more.")
    return T(f"議決権の5 %以上を直接に持つ者は{sure}者、分からない持分次第でほかに{maybe}者です。",
             f"{sure} directly hold 5 % of the votes or more; {maybe} more may.")  # fmt: skip


def names(seen: Look, one: Controller) -> Text:
    """Those at the top of a chain; a concert by its members."""
    called = [who(seen.book.entities[m]) for m in one.members]
    if one.group:
        return T(f"共同して議決権を行使する {'、'.join(called)}", f"{', '.join(called)}, in concert")
    return _same("、".join(called))


def _and(texts: list[Text], lang: str) -> str:
    return "、".join(t.ja for t in texts) if lang == "ja" else " and ".join(t.en for t in texts)


# -- the working ------------------------------------------------------------------------------------------------------


def majority(seen: Look, step: Joined) -> Text:
    """One step of a chain of control, as a sum."""
    entities = seen.book.entities
    parts = [(who(entities[h]), percent(units)) for h, units in step.votes]
    company, total = who(entities[step.company]), percent(step.total)
    ja = " ＋ ".join(f"{name} {share} %" for name, share in parts)
    en = " + ".join(f"{name} {share} %" for name, share in parts)
    if len(parts) == 1:
        return T(f"{company} の議決権：{ja} で50 %超", f"Votes of {company}: {en}, over 50 %")
    return T(f"{company} の議決権：{ja} ＝ {total} % で50 %超", f"Votes of {company}: {en} = {total} %, over 50 %")


def _same(text: str) -> Text:
    return T(text, text)
