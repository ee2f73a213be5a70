"""Single dated facts of the Act that no other catalogue holds: orders, first acts under each regime, what is announced.

Commencement and amendments stand in law.commencement, decisions on guidelines in `guidelines`; products, operators,
technical fields and technologies in the catalogues of their regimes.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kaname.law import Bases, Confidence, Practice, T, Text
from kaname.law.commencement import LAW_TEXT
from kaname.law.laws import ACT_38_2026, ORDER, art
from kaname.regimes.general.catalogue.sources import (
    COMMENTARY,
    DECK,
    FSA_DRAFT,
    GAZETTE_INDEX,
    GRACE_COUNT,
    PRESS_FIRST_ADOPTIONS,
    SECTOR_ORDERS,
    THINK_TANK_NOTICE,
    UPDATE_INDEX,
)


class Subject(StrEnum):
    """What a fact is about: the Act as a whole or one of its four regimes (the names of their folders)."""

    ACT = "general"
    SUPPLY = "supply"
    INFRASTRUCTURE = "infrastructure"
    TECHNOLOGY = "technology"
    PATENTS = "patents"

    @property
    def label(self) -> Text:
        return _LABEL[self]


_LABEL = {
    Subject.ACT: T("法律全体", "the Act as a whole"),
    Subject.SUPPLY: T("重要物資の安定供給", "stable supply"),
    Subject.INFRASTRUCTURE: T("基幹インフラ", "critical infrastructure"),
    Subject.TECHNOLOGY: T("先端的な重要技術", "critical technologies"),
    Subject.PATENTS: T("特許出願の非公開", "patent applications"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One dated fact. `day` None: not fixed yet, `latest` is then the last day possible.

    `known_from`: the first day on which it was publicly known, where that is before the day itself; a picture of the
    Act as of an earlier day shows nothing that nobody knew then. `note`: an open question in docs/law.
    """

    id: str
    day: date | None
    subject: Subject
    label: Text
    basis: Bases
    source: Text
    confidence: Confidence = Confidence.HIGH
    known_from: date | None = None
    latest: date | None = None
    note: int | None = None

    @property
    def verified(self) -> bool:
        """False where the fact is of low confidence or its text was not seen."""
        return self.note is None and not self.confidence.unverified

    def ahead(self, as_of: date) -> bool:
        """Whether it still lies ahead on a day."""
        return self.day is None or self.day > as_of

    def known(self, as_of: date) -> bool:
        """Whether people could know of it on a day."""
        first = self.known_from or self.day
        return first is not None and first <= as_of


_ACT_38: Bases = ACT_38_2026("suppl. 1")
_PRACTICE: Bases = (Practice("内閣府及び所管省の公表", "published by the Cabinet Office and the ministries"),)

EVENTS = (
    Event("supply_policies", date(2023, 1, 19), Subject.SUPPLY,
        T("最初の11物資の取組方針がこの日までに揃う", "policies for the first 11 products in place by this day"),
        art("8"), DECK),
    Event("supply_first_certifications", date(2023, 4, 14), Subject.SUPPLY,
        T("供給確保計画の認定を開始", "certification of supply plans begins"), art("9"), DECK),
    Event("supply_protection", date(2024, 3, 29), Subject.SUPPLY,
        T("取組方針の策定・改定がこの日までに済み、5物資で技術流出防止措置が認定要件となる",
            "policies made or revised by this day; protection of technology becomes a condition for 5 products"),
        art("8"), DECK),
    Event("supply_facility_order", date(2025, 2, 19), Subject.SUPPLY,
        T("施設委託管理者の指定等を施行令に規定（8条の2・8条の3）",
            "the Enforcement Order regulates facility managers (Arts. 8-2, 8-3)"),
        ORDER("8-2", "8-3"), LAW_TEXT),
    Event("supply_antitrust_casebook", date(2025, 11, 20), Subject.SUPPLY,
        T("経済安全保障と独占禁止法に関する事例集（15事例）の公表",
            "antitrust casebook on economic security, 15 cases"),
        (Practice("公正取引委員会、経済産業省及び国土交通省の公表", "published by JFTC, METI and MLIT"),),
        T("公正取引委員会ほかの公表（2025年11月20日）", "published by JFTC and others on 2025-11-20")),
    Event("infrastructure_orders", date(2023, 8, 9), Subject.INFRASTRUCTURE,
        T("指定基準及び特定重要設備を定める府省令の公布", "orders on criteria and facilities promulgated"),
        art("50(1)"), SECTOR_ORDERS),
    Event("infrastructure_commentary", date(2023, 10, 6), Subject.INFRASTRUCTURE,
        T("内閣府の解説（暫定版）の公表", "provisional commentary of the Cabinet Office published"),
        _PRACTICE, COMMENTARY, Confidence.MEDIUM),
    Event("infrastructure_first_designations", date(2023, 11, 16), Subject.INFRASTRUCTURE,
        T("特定社会基盤事業者の最初の指定", "first operators designated"), art("50(1)"), DECK),
    Event("infrastructure_water", date(2024, 4, 1), Subject.INFRASTRUCTURE,
        T("水道の所管が厚生労働省から国土交通省に移る", "water moves from MHLW to MLIT"), art("50(1)"), SECTOR_ORDERS),
    Event("infrastructure_duty", date(2024, 5, 17), Subject.INFRASTRUCTURE,
        T("最初に指定された事業者に届出義務が及ぶ（経過措置の終了）",
            "the duty to file reaches the operators designated first (end of their grace)"),
        art("53(1)"), GRACE_COUNT, known_from=date(2023, 11, 16)),
    Event("act_28_of_2024", date(2024, 5, 17), Subject.INFRASTRUCTURE,
        T("基幹インフラに港湾運送を加える令和6年法律第28号の公布", "Act No. 28 of 2024 on port transport promulgated"),
        art("50(1)"), T("2024年改正の新旧対照表（二次資料）", "table of the amendment of 2024 (secondary)")),
    Event("infrastructure_trucking", date(2025, 6, 13), Subject.INFRASTRUCTURE,
        T("国土交通省令の改正（貨物自動車運送の指定基準など）",
            "MLIT order amended: criteria for trucking and others"),
        art("50(1)"), SECTOR_ORDERS),
    Event("cyber_response", date(2026, 10, 1), Subject.INFRASTRUCTURE,
        T("サイバー対処能力強化法（令和7年法律第42号）による届出・報告の開始",
            "notices and reports under the cyber response law (Act No. 42 of 2025) begin"),
        (Practice("令和7年法律第42号", "Act No. 42 of 2025"),), GAZETTE_INDEX, Confidence.MEDIUM),
    Event("fsa_orders_2027", date(2027, 1, 12), Subject.INFRASTRUCTURE,
        T("金融庁の府令改正（意見公募中、変わりうる）の施行予定", "planned effect of FSA orders, under consultation"),
        _PRACTICE, FSA_DRAFT, Confidence.LOW, known_from=date(2026, 10, 1), note=502),
    Event("technology_vision_1", date(2022, 9, 16), Subject.TECHNOLOGY,
        T("研究開発ビジョン（第一次）、27技術", "first R&D vision, 27 technologies"), art("61"), DECK),
    Event("technology_concepts", date(2022, 10, 21), Subject.TECHNOLOGY,
        T("研究開発構想の公表を順次開始", "R&D concepts published one after another from here"), art("61"), DECK),
    Event("technology_calls", date(2022, 12, 5), Subject.TECHNOLOGY,
        T("公募の開始", "calls begin"), art("61"), DECK),
    Event("technology_first_adoptions", date(2023, 3, 27), Subject.TECHNOLOGY,
        T("ＮＥＤＯによる最初の採択（3件）", "first adoptions by NEDO, 3 projects"), art("61"), PRESS_FIRST_ADOPTIONS),
    Event("technology_vision_2", date(2023, 8, 28), Subject.TECHNOLOGY,
        T("研究開発ビジョン（第二次）、23技術を追加", "second R&D vision, 23 more technologies"), art("61"), DECK),
    Event("technology_think_tank", date(2025, 12, 5), Subject.TECHNOLOGY,
        T("シンクタンクの実施体制の選定", "team for the think tank chosen"), art("64"), THINK_TANK_NOTICE),
    Event("patents_order", date(2023, 8, 9), Subject.PATENTS,
        T("特定技術分野を定める政令の公布", "Cabinet Order with the technical fields promulgated"),
        ORDER("12"), DECK),
    Event("patents_ordinances", date(2023, 12, 18), Subject.PATENTS,
        T("内閣府令及び共同命令の公布", "the two ordinances promulgated"), art("66"), DECK),
    Event("act_38_of_2026", date(2026, 6, 17), Subject.ACT,
        T("令和8年法律第38号の公布", "Act No. 38 of 2026 promulgated"), _ACT_38, UPDATE_INDEX, Confidence.MEDIUM,
        note=14),
)
