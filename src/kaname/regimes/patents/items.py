"""The 47 items (号) of Art. 12(1) of the Enforcement Order in both versions, and the 25 fields made of them.

The order lists items and knows no fields: decide on items, report fields. A place without slash takes what is below,
a place with slash only itself (note 2). `needs`: the additional requirement of Art. 12(2)-(3) applies to the part.
Sources: the order as in force on 2024-05-01 and 2025-01-01 (confidence high, exact reading medium); field names from
the government's slides of June 2024. The fields of items 3 to 7 were placed by subject (note 1, confidence medium).
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from kaname.assess.ipc import Place, Term, listed, places
from kaname.law import T, Text

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Limit:
    """Limiting words (のうち…に関するもの): the item takes the places only as far as they concern this subject."""

    subject: Text
    ja: tuple[str, ...]
    en: tuple[str, ...]  # regular expressions over lower-case text: the words and their plain inflections


@dataclass(frozen=True, slots=True)
class Part:
    """What the places of an item mean: the field they report, and whether the additional requirement applies.

    All terms must be fulfilled (該当し、かつ), each by one of the application's symbols.
    """

    field: int
    terms: tuple[Term, ...]
    needs: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One item of Art. 12(1); only item 13 has two parts."""

    number: int
    parts: tuple[Part, ...]
    limit: Limit | None = None
    field_confidence: Confidence = "high"

    @property
    def fields(self) -> tuple[int, ...]:
        return tuple(sorted({p.field for p in self.parts}))


@dataclass(frozen=True, slots=True)
class Version:
    """The items in force for applications filed from `since` on."""

    since: date
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One of the 25 technology fields (特定技術分野) of the government's summary. Group A: 1-19, group B: 20-25."""

    number: int
    name: Text
    group: Literal["A", "B"] = field(default="A")


def _item(number: int, in_field: int, *terms: tuple[Place, ...], needs: bool = False, limit: Limit | None = None,
          unsure: bool = False, renamed: tuple[Place, ...] = ()) -> Item:  # fmt: skip
    part = Part(in_field, tuple(Term(t, renamed=renamed) for t in terms), needs)
    return Item(number, (part,), limit, "medium" if unsure else "high")


_U_PU = Limit(T("ウラン又はプルトニウム", "uranium or plutonium"), ("ウラン", "プルトニウム"), ("uranium", "plutonium"))
_QUANTUM = Limit(
    T("量子ドット又は超格子", "quantum dots or superlattices"), ("量子ドット", "超格子"),
    (r"quantum[ -]?dots?", r"super[ -]?lattices?"),
)  # fmt: skip

_VESSELS, _WEAPONS, _AMMUNITION = places("B63G"), places("F41"), places("F42")
_CONTROL, _UNMANNED, _AIRCRAFT = places("G05D"), places("B64U"), places("B64C39/02")
_DIVER_SIGNALS, _UNDERWATER_SEARCH = places("B63C7/26"), places("B63C11/48")
_BEACONS = listed("G01S1", "72 74 76 78 80 82")
_BEARINGS = listed("G01S3", "80 801 802 803 805 807 808 809 82 84 86")
_FIXES = listed("G01S5", "18 20 22 24 26 28 30")
_SONAR_PARTS = listed("G01S7", "52 521 523 524 526 527 529 53 531 533 534 536 537 539 54 56 58 60 62 64")
_SONAR = places("G01S15")
_ARMED = listed("B63G8", "28 30 32 33")
_HULL = listed("B63G8", "00 04 06 08 10 12 14 16 18 20 22 24 26 34 38 39")
_LIGHT = listed("G01J1", "02 04 06 08")

# The groups that moved from H01L to H10F with IPC 2025.01. Correspondence by item, not symbol by symbol.
_IMAGERS_2024 = listed("H01L27", "14 142 144 146 148")
_IMAGERS_2025 = listed("H10F39", "10 12 15 18")
_RECEIVERS_2024 = listed("H01L31", "08 09 10 101 102 103 105 107 108 109 11 111 112 113 115 117 118 119")
_RECEIVERS_2025 = listed("H10F30", "00 10 20 21 22 221 222 223 225 227 24 26 28 282 29 292 295 298")

# fmt: off
_COMMON = (
    _item(1, 20, places("B01D59"), limit=_U_PU),
    _item(2, 12, places("B63B3/13"), needs=True),
    _item(3, 14, _DIVER_SIGNALS, _VESSELS, needs=True, unsure=True),
    _item(4, 9, _DIVER_SIGNALS, _WEAPONS, unsure=True),
    _item(5, 13, places("B63C11/00"), _CONTROL, needs=True, unsure=True),
    _item(6, 14, _UNDERWATER_SEARCH, _VESSELS, needs=True, unsure=True),
    _item(7, 9, _UNDERWATER_SEARCH, _WEAPONS, unsure=True),
    _item(8, 14, _VESSELS, _BEACONS, needs=True),
    _item(9, 14, _VESSELS, _BEARINGS, needs=True),
    _item(10, 14, _VESSELS, _FIXES, needs=True),
    _item(11, 14, _VESSELS, _SONAR_PARTS, needs=True),
    _item(12, 14, _VESSELS, _SONAR, needs=True),
    Item(13, (Part(8, (Term(_ARMED, spared=_HULL),)), Part(12, (Term(_HULL, spared=_ARMED),), needs=True))),
    _item(14, 1, places("B64"), places("F41H3/00")),
    _item(15, 2, _AIRCRAFT, _WEAPONS),
    _item(16, 2, _AIRCRAFT, _AMMUNITION),
    _item(17, 15, listed("B64G1", "58 62 64 68"), needs=True),
    _item(18, 16, places("B64G3"), needs=True),
    _item(19, 2, _UNMANNED, _WEAPONS),
    _item(20, 2, _UNMANNED, _AMMUNITION),
    _item(21, 22, places("C01B5/02")),
    _item(22, 24, places("C06D7")),
    _item(23, 10, places("F02K7/14"), needs=True),
    _item(24, 11, listed("F02K9", "08 10 12 14 16 18 20 22 24 26 28 30 32 34 36 38 40"), needs=True),
    _item(25, 9, _WEAPONS, _BEACONS),
    _item(26, 9, _WEAPONS, _BEARINGS),
    _item(27, 9, _WEAPONS, _FIXES),
    _item(28, 9, _WEAPONS, _SONAR_PARTS),
    _item(29, 9, _WEAPONS, _SONAR),
    _item(30, 2, _WEAPONS, _CONTROL),
    _item(31, 5, places("F41B6")),
    _item(32, 3, places("F41G7")),
    _item(33, 7, places("F41H11/02")),
    _item(34, 6, places("F41H13")),
    _item(35, 2, _AMMUNITION, _CONTROL),
    _item(36, 25, places("F42B5/145")),
    _item(37, 4, places("F42B10")),
    _item(38, 25, listed("F42B12", "46 48 50 52 54")),
    _item(39, 3, places("F42B15")),
    _item(40, 17, _LIGHT, needs=True, limit=_QUANTUM),
    _item(41, 18, listed("G06F21", "86 87"), needs=True),
    _item(42, 21, listed("G21C19", "33 34 36 365 37 375 38 40 42 44 46 48 50")),
    _item(43, 23, places("G21J1")),
    _item(44, 23, places("G21J3")),
)
VERSIONS = (
    Version(date(2024, 5, 1), (
        *_COMMON,
        _item(45, 17, _IMAGERS_2024, needs=True, limit=_QUANTUM, renamed=_IMAGERS_2025),
        _item(46, 17, _RECEIVERS_2024, needs=True, limit=_QUANTUM, renamed=_RECEIVERS_2025),
        _item(47, 19, places("H04K3"), needs=True),
    )),
    Version(date(2025, 1, 1), (
        *_COMMON,
        _item(45, 19, places("H04K3"), needs=True),
        _item(46, 17, _RECEIVERS_2025, needs=True, limit=_QUANTUM, renamed=_RECEIVERS_2024),
        _item(47, 17, _IMAGERS_2025, needs=True, limit=_QUANTUM, renamed=_IMAGERS_2024),
    )),
)

FIELDS = (
    Field(1, T("航空機等の偽装・隠ぺい技術", "Camouflage and concealment of aircraft and the like")),
    Field(2, T("武器等に関係する無人航空機・自律制御等の技術",
        "Unmanned aircraft, autonomous control and the like related to weapons")),
    Field(3, T("誘導武器等に関する技術", "Guided weapons and the like")),
    Field(4, T("発射体・飛翔体の弾道に関する技術", "Ballistics of projectiles and missiles")),
    Field(5, T("電磁気式ランチャを用いた武器に関する技術", "Weapons using electromagnetic launchers")),
    Field(6, T("例えばレーザ兵器、電磁パルス(EMP)弾のような新たな攻撃又は防御技術",
        "New means of attack or defence such as laser weapons or EMP munitions")),
    Field(7, T("航空機・誘導ミサイルに対する防御技術", "Defence against aircraft and guided missiles")),
    Field(8, T("潜水船に配置される攻撃・防護装置に関する技術",
        "Attack and protection equipment placed on submersible vessels")),
    Field(9, T("音波を用いた位置測定等の技術であって武器に関するもの",
        "Acoustic positioning and the like, related to weapons")),
    Field(10, T("スクラムジェットエンジン等に関する技術", "Scramjet engines and the like")),
    Field(11, T("固体燃料ロケットエンジンに関する技術", "Solid-fuel rocket engines")),
    Field(12, T("潜水船に関する技術", "Submersible vessels")),
    Field(13, T("無人水中航走体等に関する技術", "Unmanned underwater vehicles and the like")),
    Field(14, T("音波を用いた位置測定等の技術であって潜水船等に関するもの",
        "Acoustic positioning and the like, related to submersible vessels and the like")),
    Field(15, T("宇宙航行体の熱保護、再突入、結合・分離、隕石検知に関する技術",
        "Spacecraft thermal protection, re-entry, coupling and separation, meteoroid detection")),
    Field(16, T("宇宙航行体の観測・追跡技術", "Observing and tracking spacecraft")),
    Field(17, T("量子ドット・超格子構造を有する半導体受光装置等に関する技術",
        "Semiconductor light receivers with quantum dots or superlattices, and the like")),
    Field(18, T("耐タンパ性ハウジングにより計算機の部品等を保護する技術",
        "Protecting computer parts by tamper-resistant housings")),
    Field(19, T("通信妨害等に関する技術", "Jamming of communications and the like")),
    Field(20, T("ウラン・プルトニウムの同位体分離技術", "Isotope separation of uranium and plutonium"), "B"),
    Field(21, T("使用済み核燃料の分解・再処理等に関する技術",
        "Dismantling and reprocessing of spent nuclear fuel and the like"), "B"),
    Field(22, T("重水に関する技術", "Heavy water"), "B"),
    Field(23, T("核爆発装置に関する技術", "Nuclear explosive devices"), "B"),
    Field(24, T("ガス弾用組成物に関する技術", "Compositions for gas shells"), "B"),
    Field(25, T("ガス、粉末等を散布する弾薬等に関する技術",
        "Ammunition and the like dispersing gas, powder and so on"), "B"),
)
# fmt: on

# Unlisted places below a listed one in the dot hierarchy: outside on the exact reading, shown as a warning (note 2).
# Source: IPC 2016.01 parent table, confidence medium.
BELOW = {
    Place.of("B63C11/00"): listed(
        "B63C11", "02 04 06 08 10 12 14 16 18 20 22 24 26 28 30 32 34 36 38 40 42 44 46 48 49 50 52"
    ),
    Place.of("B63C11/48"): listed("B63C11", "49 50"),
    Place.of("B63G8/00"): listed("B63G8", "36 40 41 42"),
    Place.of("F41H3/00"): listed("F41H3", "02"),
    Place.of("F41H11/02"): listed("F41H11", "04"),
    Place.of("F42B5/145"): listed("F42B5", "15 155"),
}


def version_on(filed_on: date) -> Version | None:
    """The version for an application filed on a day (Art. 66(11)); None before the regime began."""
    return next((v for v in reversed(VERSIONS) if v.since <= filed_on), None)
