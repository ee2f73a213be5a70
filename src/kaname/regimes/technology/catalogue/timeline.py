"""The dated events of Chapter 4 and of the K Program."""

from dataclasses import dataclass
from datetime import date

from kaname.law import T, Text
from kaname.law.dated import Confidence
from kaname.regimes.technology.catalogue.sources import Source, cited

HIGH, MEDIUM = Confidence.HIGH, Confidence.MEDIUM


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    day: date
    label: Text
    sources: tuple[Source, ...]
    confidence: Confidence = HIGH


EVENTS = (
    Event("promulgated", date(2022, 5, 18), T("法の公布", "the Act is promulgated"), cited("law")),
    Event("in_force", date(2022, 8, 1), T("第4章の施行", "Chapter 4 comes into force"), cited("law")),
    Event("vision_1", date(2022, 9, 16), T("第一次研究開発ビジョン（27技術）", "first R&D vision, 27 technologies"),
        cited("seed")),
    Event("guideline", date(2022, 9, 30), T("基本指針の閣議決定", "the Cabinet decides the basic guideline"),
        cited("seed")),
    Event("concepts", date(2022, 10, 21), T("研究開発構想の公表（以後順次）",
        "R&D concepts are published, one after another from here"), cited("seed")),
    Event("calls", date(2022, 12, 5), T("公募（以後順次）", "calls, one after another from here"), cited("seed")),
    Event("adopted", date(2023, 3, 27), T("NEDOの初の採択（3件）", "first adoptions, three by NEDO"), cited("sankei")),
    Event("vision_2", date(2023, 8, 28), T("第二次研究開発ビジョン（23技術）",
        "second R&D vision, 23 more technologies"),
        cited("seed")),
    Event("councils", date(2024, 6, 4), T("協議会が11", "eleven councils"), cited("seed")),
    Event("think_tank", date(2025, 12, 5), T("シンクタンク設立の共同体を選定",
        "the team to set up the think tank is chosen"), cited("tt")),
    Event("act_38", date(2026, 7, 17), T("令和8年法律第38号のK Programに係る部分の施行",
        "the part of Act No. 38 of 2026 on the K Program comes into force"), cited("a38"), MEDIUM),
    Event("guideline_revised", date(2026, 9, 11), T("基本方針・基本指針の改正の閣議決定（報道）",
        "the Cabinet revises basic policy and guidelines (reported)"), cited("a38"), MEDIUM),
)  # fmt: skip


def events(as_of: date) -> tuple[Event, ...]:
    """Those that had come by a day, the oldest first."""
    return tuple(e for e in EVENTS if e.day <= as_of)
