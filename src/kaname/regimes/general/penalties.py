"""The penalties explorer (罰則): who, for what conduct, which maximum on the day of the conduct, and what goes with it.

    explore(Asked(date(2025, 5, 31), violated="52(1)"))

The rows and the general rules are those of `kaname.law`; nothing is told twice. What the Act does to a breach without
any penalty (a certification is revoked, an application dismissed) stands apart, as `WITHOUT_PENALTY`.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kaname.law import PENALTIES, Bases, Penalty, T, Text, article, parse, penalties_for
from kaname.law.laws import ESPA, art
from kaname.law.sanctions import ABROAD, ATTEMPT, CONSEQUENCES, CORPORATE, CUSTODY

CHAPTERS = (2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Asked:
    """`on`: the day of the conduct. `offender`: words in who is punished, in either language. `violated`: a place of
    the Act, `52(1)` or `52`."""

    on: date
    chapter: int | None = None
    offender: str = ""
    violated: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A penalty as it stands for conduct on a day. `in_force` False: conduct of that day is not punished."""

    penalty: Penalty
    sanction: Text
    in_force: bool


@dataclass(frozen=True, slots=True)
class Consequence:
    """What the Act does to a breach without a penalty."""

    text: Text
    basis: Bases


WITHOUT_PENALTY = (
    Consequence(T("供給確保計画の認定の取消し", "the certification of a supply plan is revoked"), art("11")),
    Consequence(T("指定金融機関の指定の取消し", "the designation of a financial institution is revoked"), art("23")),
    Consequence(T("安定供給確保支援法人の指定の取消し", "the designation of a support corporation is revoked"),
        art("41")),
    Consequence(T("特許出願の却下", "the patent application is dismissed"), art("69")),
    Consequence(CONSEQUENCES.text, CONSEQUENCES.basis),
)


# What a later day's penalties rest on is unverified since the first day on which Act No. 38 of 2026 changed the Act.
UNREAD_SINCE, UNREAD_QUESTION = date(2026, 7, 17), 14
UNREAD = T("令和8年法律第38号が罰則をどう改めたかは確認していない（官民協議会の秘密保持の罰則が設けられたとされる）",
    "what Act No. 38 of 2026 changed in the penalties was not seen; a penalty for the secrecy of the public-private "
    "councils is reported")  # fmt: skip


class Unreadable(ValueError):
    """A filter that cannot be read: `field` and what was expected."""

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(text.en)
        self.field, self.text = field, text


def explore(asked: Asked) -> tuple[Shown, ...]:
    """The penalties that fit, in the order of the Act. Raises Unreadable for a chapter or a place that is none."""
    if asked.chapter is not None and asked.chapter not in CHAPTERS:
        raise Unreadable("chapter", T("罰則に関わるのは第2章から第5章まで。2、3、4、5 のいずれか",
            "penalties concern Chapters 2 to 5; write 2, 3, 4 or 5"))
    found = violating(asked.violated) if asked.violated.strip() else PENALTIES
    words = _plain(asked.offender).split()
    return tuple(
        Shown(p, p.sanction(asked.on), CUSTODY.on(asked.on) is not None and asked.on >= p.in_force_from) for p in found
        if (asked.chapter is None or p.chapter == asked.chapter) and _says(p.offender, words))


def violating(place: str) -> tuple[Penalty, ...]:
    """The penalties for breaking a place of the Act; none where the Act threatens none."""
    try:
        wanted = parse(ESPA, unicodedata.normalize("NFKC", place).strip())
        article(wanted)
    except (ValueError, LookupError):
        raise Unreadable("violated", T(f"「{place[:40]}」は本法の条文として読めない。52(1)、66 のように書く",
            f"{place[:40]!r} is no place of the Act; write 52(1) or 66")) from None
    return penalties_for(wanted)


def offenders() -> tuple[Text, ...]:
    """Everybody whom the Act threatens, each once, in the order of the Act."""
    return tuple(dict.fromkeys(p.offender for p in PENALTIES))


def custody(on: date) -> Text | None:
    """The name that imprisonment bears for conduct on a day; None before the Act."""
    return CUSTODY.on(on)


_MARKS = (
    (CORPORATE, T("法人・本人も罰金（97条）", "the company is fined too (Art. 97)")),
    (ATTEMPT, T("未遂も処罰（92条2項）", "an attempt is punished (Art. 92(2))")),
    (ABROAD, T("国外でした者にも適用", "also when done abroad")),
)


def marks(of: Penalty) -> tuple[Text, ...]:
    """Which of the general rules reach a penalty: corporate liability, attempt, acts abroad."""
    return tuple(label for rule, label in _MARKS if rule.holds_for(of.provision))


def _says(label: Text, words: Iterable[str]) -> bool:
    return all(word in _plain(f"{label.ja} {label.en}") for word in words)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
