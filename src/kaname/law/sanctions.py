"""What a penalty is: maximum, wording by the day of the conduct, and the general rules of Chapter 7.

Corporate liability, attempt and acts abroad are not marked row by row: the general rules list the provisions they
reach, as the Act does, and each penalty asks them.
Sources: Act No. 43 of 2022 Arts. 92 to 99, consolidated texts of 2024-05-01, 2025-06-01 and 2026-06-01.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kaname.law.commencement import LAW_TEXT
from kaname.law.dated import Confidence, Dated, Version
from kaname.law.laws import PENAL_CODE, art
from kaname.law.provision import Bases, Provision
from kaname.law.text import T, Text


class Combination(StrEnum):
    """How imprisonment and fine stand to each other."""

    EITHER_OR_BOTH = "either or both"
    EITHER = "either"
    FINE_ONLY = "fine only"
    NON_PENAL = "non-penal fine"


class Kind(StrEnum):
    """A crime (刑事罰), or an administrative fine (過料) that a court sets outside criminal procedure."""

    CRIMINAL = "criminal"
    ADMINISTRATIVE = "administrative"

    @property
    def label(self) -> Text:
        return T("刑事罰", "criminal") if self is Kind.CRIMINAL else T("過料", "administrative (過料)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A general rule of Chapter 7; `reaches` lists the provisions it names, empty where it names none."""

    id: str
    text: Text
    basis: Bases
    reaches: tuple[Provision, ...] = ()
    confidence: Confidence = Confidence.HIGH

    def holds_for(self, provision: Provision) -> bool:
        return any(place.contains(provision) for place in self.reaches)


CORPORATE = Rule(
    "PR-1",
    T("法人の代表者や従業者等が92条1項、94条1項又は96条の違反をしたときは、法人や本人にも同じ上限の罰金を科する。"
      "93条、95条、98条及び99条は対象外",
      "For Arts. 92(1), 94(1) and 96 the company or principal is fined as well, with the same maximum. "
      "Arts. 93, 95, 98 and 99 are outside"),
    art("97"), art("92(1)", "94(1)", "96"),
)  # fmt: skip
ATTEMPT = Rule(
    "PR-2",
    T("未遂を罰するのは、保全対象発明の実施及び開示の罪に限る",
      "Attempt is punished only for working and for disclosing designated inventions"),
    art("92(2)"), art("92(1)(vi)", "92(1)(viii)"),
)  # fmt: skip
ABROAD = Rule(
    "PR-3",
    T("保全対象発明の実施・開示、外国出願及び保全審査等の秘密の罪は、国外でした者にも適用する。"
      "協議会や調査研究の秘密（95条1項1号）にはこの定めがない",
      "Working, disclosing, foreign filing and leaks from the security review are punished when done abroad too. "
      "Secrets of councils and research studies (Art. 95(1)(i)) have no such clause"),
    art("92(3)", "94(2)", "95(2)"), art("92(1)(vi)", "92(1)(viii)", "94(1)", "95(1)(ii)"),
)  # fmt: skip
CUSTODY_NAME = Rule(
    "PR-4",
    T("2025年5月31日までの行為は懲役、同年6月1日以後の行為は拘禁刑",
      "imprisonment with work (懲役) for conduct up to 2025-05-31, imprisonment (拘禁刑) from 2025-06-01"),
    art("92(1)", "93", "94(1)", "95(1)"),
)  # fmt: skip
INTENT = Rule(
    "PR-5",
    T("故意の要否は本法に書かれておらず、刑法の総則による（故意を要する）",
      "The Act does not speak of intent; the general rules of criminal law apply (intent is needed)"),
    PENAL_CODE("8", "38(1)"), confidence=Confidence.MEDIUM,
)  # fmt: skip
CONSEQUENCES = Rule(
    "PR-6",
    T("認定の取消し、支援の拒否、特許出願の却下、指定の取消しなど、罰則によらない不利益もある。罰則とは別に扱う",
      "Some breaches bring no penalty but a loss: revoked certification, refused support, dismissed application, "
      "revoked designation. They stand apart from penalties"),
    art("11", "23", "41", "69"),
)  # fmt: skip
RULES = (CORPORATE, ATTEMPT, ABROAD, CUSTODY_NAME, INTENT, CONSEQUENCES)

CUSTODY: Dated[Text] = Dated(
    Version(T("懲役", "imprisonment with work (懲役)"), date(2022, 8, 1), date(2025, 5, 31), source=LAW_TEXT),
    Version(
        T("拘禁刑", "imprisonment (拘禁刑)"), date(2025, 6, 1), source=LAW_TEXT, basis=CUSTODY_NAME.basis,
        transition=T("施行前にした行為は懲役のまま", "conduct before that day keeps the old name"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Penalty:
    """One row of the penalty table: who is punished for what, under which provision, up to how much.

    Years and yen are the maximum; `imprisonment_max_years` is None where only a fine is threatened.
    `violated` are the provisions whose breach is punished. `note` is the number of an open question in docs/law/.
    """

    id: str
    provision: Provision
    chapter: int
    offence: Text
    violated: tuple[Provision, ...]
    offender: Text
    imprisonment_max_years: int | None
    fine_max_yen: int
    combination: Combination
    in_force_from: date
    excluded_when: Text | None = None
    remark: Text | None = None
    note: int | None = None
    confidence: Confidence = Confidence.HIGH

    @property
    def kind(self) -> Kind:
        return Kind.ADMINISTRATIVE if self.combination is Combination.NON_PENAL else Kind.CRIMINAL

    @property
    def corporate(self) -> bool:
        """The company or principal is fined too, up to the same amount (Art. 97)."""
        return CORPORATE.holds_for(self.provision)

    @property
    def attempt(self) -> bool:
        return ATTEMPT.holds_for(self.provision)

    @property
    def abroad(self) -> bool:
        return ABROAD.holds_for(self.provision)

    def sanction(self, day: date) -> Text:
        """The maximum for conduct on a day, with the name that imprisonment bears for it; says so where none applies.

        1年以下の拘禁刑若しくは50万円以下の罰金又はこれらの併科 /
        imprisonment (拘禁刑) of up to 1 year, a fine of up to 500,000 yen, or both
        """
        custody = CUSTODY.on(day)
        if day < self.in_force_from or custody is None:
            since = self.in_force_from
            return T(
                f"罰則なし（{since.year}年{since.month}月{since.day}日の施行前の行為）",
                f"no penalty: conduct before {since}, when this provision came into force",
            )
        fine_ja, fine_en = f"{self.fine_max_yen // 10_000}万円以下の", f"of up to {self.fine_max_yen:,} yen"
        years = self.imprisonment_max_years
        prison_ja = f"{years}年以下の{custody.ja}"
        prison_en = f"{custody.en} of up to {years} year{'' if years == 1 else 's'}"
        match self.combination:
            case Combination.EITHER_OR_BOTH:
                return T(f"{prison_ja}若しくは{fine_ja}罰金又はこれらの併科", f"{prison_en}, a fine {fine_en}, or both")
            case Combination.EITHER:
                return T(f"{prison_ja}又は{fine_ja}罰金", f"{prison_en} or a fine {fine_en}")
            case Combination.FINE_ONLY:
                return T(f"{fine_ja}罰金", f"fine {fine_en}")
            case Combination.NON_PENAL:
                return T(f"{fine_ja}過料", f"non-penal fine (過料) {fine_en}")
