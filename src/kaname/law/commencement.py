"""When the Act's text came into force and when it changed: commencement groups and amendments.

The Act came into force in groups, each by a day that a Cabinet Order set within a limit counted from promulgation
(the promulgation day is the first day). Both days are kept here, the limit and the day that was set.
Sources: Act No. 43 of 2022, consolidated text in force 2026-06-01 and its earlier versions; for Act No. 38 of 2026
entries of a legal-update index and one reading of the later Chapter 3 text (note 14 in docs/law).
"""

from dataclasses import dataclass
from datetime import date

from kaname.law.dated import Confidence
from kaname.law.laws import ESPA, art
from kaname.law.provision import Bases, Provision, parse
from kaname.law.text import T, Text

PROMULGATED = date(2022, 5, 18)

LAW_TEXT = T("法令本文（e-Gov法令検索、各時点の条文）", "the law itself (e-Gov, text as of each day)")
UPDATE_INDEX = T("法令改正情報（条文は一部未見）", "legal-update index; text only partly seen")


@dataclass(frozen=True, slots=True)
class Group:
    """Provisions that came into force together; a place named in another group more exactly belongs to that one."""

    id: str
    subject: Text
    places: tuple[Provision, ...]
    limit_months: int
    limit: date
    in_force: date
    basis: Bases
    confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of the Act's text. `in_force` None means the day is not set yet; `latest` is then the last day possible.

    `touches` lists the provisions known to change, `note` the open question in docs/law where the text was not seen.
    """

    by: Text
    effect: Text
    in_force: date | None
    touches: tuple[Provision, ...] = ()
    promulgated: date | None = None
    latest: date | None = None
    source: Text = LAW_TEXT
    confidence: Confidence = Confidence.HIGH
    note: int | None = None


def _articles(*spans: tuple[int, int]) -> tuple[Provision, ...]:
    return art(*(str(n) for first, last in spans for n in range(first, last + 1)))


GROUPS = (
    Group(
        "basic_policy",
        T("目的及び基本方針（1条・2条）", "Purpose and basic policy (Arts. 1, 2)"),
        art("1", "2"), 6, date(2022, 11, 17), date(2022, 8, 1), art("suppl. 1(i)"),
    ),
    Group(
        "main",
        T("総則、第2章、第4章、雑則及び罰則の大部分", "Chapters 1, 2 and 4, most of Chapters 6 and 7"),
        _articles((3, 48), (60, 64), (86, 87), (89, 91)) + art("93", "95", "96", "97", "98", "99"),
        9, date(2023, 2, 17), date(2022, 8, 1), art("suppl. 1"),
    ),
    Group(
        "guidelines",
        T("基幹インフラ及び特許出願非公開の基本指針（49条・65条）", "Basic guidelines for infrastructure and patents"),
        art("49", "65"), 12, date(2023, 5, 17), date(2023, 4, 1), art("suppl. 1"),
    ),
    Group(
        "infrastructure_designation",
        T(
            "特定社会基盤事業者の指定、報告徴収等及び関係する罰則（96条4号・5号の該当部分、6号）",
            "Designation of infrastructure operators, reports, related penalties (parts of 96(iv), (v); 96(vi))",
        ),
        art("50", "51", "58", "59", "96(vi)"), 18, date(2023, 11, 17), date(2023, 11, 1), art("suppl. 1"),
    ),
    Group(
        "infrastructure_review",
        T(
            "特定重要設備の事前審査（52条から57条まで）、88条・92条の第3章関係部分、96条7号",
            "Prior review of equipment (Arts. 52 to 57), Chapter 3 parts of Arts. 88 and 92, 96(vii)",
        ),
        _articles((52, 57)) + art("88", "92", "96(vii)"),
        21, date(2024, 2, 17), date(2023, 11, 17), art("suppl. 1"),
    ),
    Group(
        "patents",
        T(
            "特許出願の非公開（66条から85条まで）、88条・92条の第5章関係部分、94条、95条1項2号",
            "Non-disclosure of patent applications (Arts. 66 to 85), Chapter 5 parts of Arts. 88 and 92, 94, 95(1)(ii)",
        ),
        _articles((66, 85)) + art("92(1)(vi)-(viii)", "92(2)", "92(3)", "94", "95(1)(ii)", "95(2)"),
        24, date(2024, 5, 17), date(2024, 5, 1), art("suppl. 1"),
    ),
)  # fmt: skip

_ACT_38 = T("令和8年法律第38号", "Act No. 38 of 2026")
_ACT_38_DAY = date(2026, 6, 17)

AMENDMENTS = (
    Amendment(
        T("令和4年法律第46号", "Act No. 46 of 2022"),
        T(
            "別表のエネルギー・金属鉱物資源機構の名称を改める",
            "New name of the energy and metals agency (JOGMEC) in the appendix",
        ),
        date(2022, 11, 14),
    ),
    Amendment(
        T("令和4年法律第61号", "Act No. 61 of 2022"),
        T("50条の資金決済法の引用を整理", "Reference to the payment services act in Art. 50 adjusted"),
        date(2023, 11, 1), art("50"),
    ),
    Amendment(
        T("令和5年法律第24号", "Act No. 24 of 2023"),
        T("50条の海上運送法の引用を整理", "Reference to the marine transportation act in Art. 50 adjusted"),
        date(2025, 4, 1), art("50"),
    ),
    Amendment(
        T("令和6年法律第28号", "Act No. 28 of 2024"),
        T("基幹インフラの対象に一般港湾運送事業を追加", "Port transport added to the infrastructure fields"),
        date(2025, 4, 1), art("50"), promulgated=date(2024, 5, 17),
    ),
    Amendment(
        T("令和4年法律第68号（刑法改正の整理法）", "Act No. 68 of 2022 (adjustment act for the Penal Code reform)"),
        T(
            "92条から95条までの懲役を拘禁刑に改める。刑期及び罰金額は同じ。施行前の行為は従前の例による",
            "Arts. 92 to 95: the penalty of imprisonment with work (懲役) becomes imprisonment (拘禁刑); "
            "lengths and fines stay; earlier acts keep the old name",
        ),
        date(2025, 6, 1), art("92", "93", "94", "95"),
    ),
    Amendment(
        T("令和8年法律第5号", "Act No. 5 of 2026"),
        T(
            "30条に迂回防止の求め（新3項）を加え、旧3項・4項を4項・5項に繰り下げる。48条2項を整理",
            "Art. 30 gains an anti-circumvention request (new para. 3), old paras. 3, 4 become 4, 5; 48(2) adjusted",
        ),
        date(2026, 4, 1), art("30", "48(2)"),
    ),
    Amendment(
        T("令和7年法律第66号", "Act No. 66 of 2025"),
        T("50条の資金決済法の引用を整理", "Reference to the payment services act in Art. 50 adjusted"),
        date(2026, 6, 1), art("50"),
    ),
    Amendment(
        _ACT_38,
        T(
            "一部施行：特定重要技術の支援対象の拡大等。53条への影響は未確認",
            "In part: wider scope for the K Program and some other points; effect on Art. 53 unverified",
        ),
        date(2026, 7, 17), art("53"), _ACT_38_DAY,
        source=UPDATE_INDEX, confidence=Confidence.MEDIUM, note=14,
    ),
    Amendment(
        _ACT_38,
        T(
            "主要部分：特定海外事業（国際協力銀行）、特定重要物資に不可欠な役務、官民協議会、52条の対象及び53条の経過措置",
            "Main part: overseas projects with JBIC, indispensable services, public-private councils, "
            "scope of Art. 52 and grace of Art. 53",
        ),
        date(2026, 9, 18), art("52", "53"), _ACT_38_DAY,
        source=UPDATE_INDEX, confidence=Confidence.MEDIUM, note=14,
    ),
    Amendment(
        _ACT_38,
        T(
            "基幹インフラの対象に医療を追加（公布の日から1年6月以内に施行）",
            "Medical field added to infrastructure (within 1 year 6 months of promulgation)",
        ),
        None, art("50"), _ACT_38_DAY, date(2027, 12, 16),
        source=UPDATE_INDEX, confidence=Confidence.MEDIUM, note=14,
    ),
)  # fmt: skip


def commences(place: str | Provision) -> date | None:
    """The day a place of the Act first came into force; of its parts, the earliest. None: not recorded (附則).

    Raises ValueError for a citation that cannot be read or a provision of another law.
    """
    wanted = _own(place)
    # 96(vii) has a day of its own, so the group that names it more exactly than "96" decides.
    naming = [(len(p.citation), g.in_force) for g in GROUPS for p in g.places if p.contains(wanted)]
    if naming:
        return max(naming)[1]
    return min((g.in_force for g in GROUPS for p in g.places if wanted.contains(p)), default=None)


def commencements(article: str) -> tuple[tuple[Provision, date], ...]:
    """The places of one article that commence on a day of their own, in order of that day: 96, then 96(vi), 96(vii)."""
    own = _own(article)
    return tuple((p, g.in_force) for g in GROUPS for p in g.places if own.contains(p))


def in_force(place: str | Provision, day: date) -> bool | None:
    """Whether any of a place is in force on a day: `in_force("52(3)", date(2023, 11, 17))`. None: not recorded."""
    start = commences(place)
    return None if start is None else start <= day


def amendments(place: str | Provision) -> tuple[Amendment, ...]:
    """The amendments known to touch a place or part of it, in order of effect, those without a day last."""
    wanted = _own(place)
    return tuple(a for a in AMENDMENTS if any(p.contains(wanted) or wanted.contains(p) for p in a.touches))


def versions() -> tuple[date, ...]:
    """Every day on which the Act's text in force changed, by commencement or amendment, in order."""
    begun = {g.in_force for g in GROUPS}
    return tuple(sorted(begun | {a.in_force for a in AMENDMENTS if a.in_force}))


def _own(place: str | Provision) -> Provision:
    provision = parse(ESPA, place) if isinstance(place, str) else place
    if provision.law != ESPA:
        raise ValueError(f"{provision}: not a provision of the Act; commencement is recorded for {ESPA.name_ja} only")
    return provision
