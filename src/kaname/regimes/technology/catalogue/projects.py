"""Projects adopted (採択) under the K Program that are known, and how many there were on some days.

The list is shorter than the counts: it holds what was published in places that could be read. Fictional projects of the
demonstration are never here.
"""

from dataclasses import dataclass
from datetime import date

from kaname.law import T, Text
from kaname.law.dated import Confidence
from kaname.regimes.technology.catalogue.calls import OKU
from kaname.regimes.technology.catalogue.sources import Source, cited
from kaname.regimes.technology.catalogue.when import When


@dataclass(frozen=True, slots=True)
class Project:
    """`budget_yen`: as published, at most where `at_most`. `adopted` None: no day is known. `grants`: their numbers."""

    id: str
    agency: str
    label: Text | None
    adopted: When | None
    technologies: tuple[str, ...]
    sources: tuple[Source, ...]
    confidence: Confidence
    participants: Text | None = None
    budget_yen: int | None = None
    at_most: bool = False
    period: tuple[When, When] | None = None
    grants: tuple[str, ...] = ()
    note: Text | None = None


HIGH, MEDIUM = Confidence.HIGH, Confidence.MEDIUM
_FIRST, _CYBER = When("2023-03-27"), When("2024-07-19")

_LIST = (
    Project("ship_constellation", "nedo",
        T("船舶向け通信衛星コンステレーションによる海洋状況把握技術の開発・実証",
            "awareness of the seas by a constellation of communication satellites for ships"),
        _FIRST, ("OCE-07",), cited("sankei", "kancho"), HIGH),
    Project("optical_constellation", "nedo",
        T("光通信等の衛星コンステレーション基盤技術の開発・実証",
            "base technology of satellite constellations such as optical links"),
        _FIRST, ("SPA-01", "SPA-02"), cited("sankei", "kancho"), HIGH,
        note=T("技術との対応は一部推定", "the link to the technologies is partly inferred")),
    Project("infrared", "nedo", T("高感度小型多波長赤外線センサ技術の開発",
        "small sensitive multi-band infrared sensors"),
        _FIRST, ("SPA-04",), cited("jmd", "kancho"), HIGH,
        T("住友電気工業ほか（6者）", "Sumitomo Electric and others (six)")),
    Project("uav_wind", "nedo",
        T("航空安全等に資する小型無人機の飛行経路の風況観測技術", "observing wind along routes of small UAVs"),
        When("2023-06-29"), ("SPA-14",), cited("drone1"), HIGH, T("メトロウェザー", "MetroWeather"), 11 * OKU,
        period=(When("FY2023"), When("FY2025"))),
    Project("cyber_1_3", "nedo",
        T("先進的サイバー防御機能・分析能力強化（研究開発項目1-3）",
            "advanced cyber defence and analysis (items 1 to 3)"),
        _CYBER, ("XCY-04",), cited("cyber"), HIGH,
        T("一般社団法人サイバーリサーチコンソーシアム", "Cyber Research Consortium"), 290 * OKU, True,
        (When("2024-07"), When("2029-06"))),
    Project("cyber_4", "nedo",
        T("先進的サイバー防御機能・分析能力強化（研究開発項目4 量子情報通信）",
            "advanced cyber defence and analysis (item 4, quantum communication)"),
        _CYBER, ("XCY-05",), cited("cyber"), HIGH,
        T("日立製作所（ほかの参加者は資料の切れ目）", "Hitachi (the list of others is cut off in the source)"),
        30 * OKU, True, (When("2024-07"), When("2027-06"))),
    Project("haps", "nedo",
        T("高高度無人機による海洋状況把握技術の開発・実証", "awareness of the seas by high-altitude unmanned aircraft"),
        When("2024-07-23"), ("SPA-05",), cited("drone2"), HIGH),
    Project("haps_power", "nedo",
        T("高高度無人機による海洋状況把握技術の開発・実証（動力源）",
            "awareness of the seas by high-altitude unmanned aircraft (power source)"),
        When("2025-10-06"), ("SPA-05",), cited("nedo25"), HIGH, T("ソフトバンク", "SoftBank"), 18 * OKU,
        period=(When("FY2025"), When("FY2028"))),
    Project("uav_autonomy", "nedo",
        T("小型無人機の自律制御・分散制御技術", "autonomous and distributed control of small UAVs"),
        When("2024"), ("SPA-12",), cited("third"), MEDIUM,
        note=T("三段階で、実現可能性の検討から始まる", "three phases, a feasibility study first")),
    Project("supply_chain_security", "jst",
        T("サプライチェーンセキュリティに関する不正機能検証技術の確立",
            "verifying hidden malicious functions for supply-chain security"),
        None, ("XCY-02",), cited("bunkyo"), MEDIUM,
        note=T("1枠の再公募があった。採択の日は確認していない",
            "there was a second call for one slot; the day of adoption was not found")),
    Project("bio_skill", "jst",
        T("BioSkillDX（ノウハウの伝承、ライフサイエンス実験作業）",
            "BioSkillDX (handing down know-how, experimental work in the life sciences)"),
        When("2025"), ("XCY-07",), cited("gh"), MEDIUM, period=(When("2025-08"), When("2030-07"))),
    Project("jst_2024", "jst", None, When("2024"), (), cited("gh"), MEDIUM,
        grants=("JPMJKP24U4", "JPMJKP24C3"),
        note=T("助成番号のみ確認（JPMJKP＋年＋英字＋数字）",
            "only the grant numbers are known: JPMJKP, year, letter and digits")),
)  # fmt: skip

PROJECTS = {p.id: p for p in _LIST}


def projects(as_of: date) -> tuple[Project, ...]:
    """Those that had surely been adopted by a day; one without a day never is."""
    return tuple(p for p in _LIST if p.adopted and p.adopted.by(as_of))


# -- how many there were ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Adopted:
    """Counts told by a source for a day. `by_domain`: technologies covered and projects; None: not told."""

    as_of: When
    sources: tuple[Source, ...]
    confidence: Confidence
    projects: int | None = None
    technologies: int | None = None
    concepts: int | None = None
    by_domain: tuple[tuple[str, int, int], ...] = ()


ADOPTED = (
    Adopted(When("2023-10-12"), cited("sanae"), HIGH, projects=15),
    Adopted(When("2023-11"), cited("pwc"), MEDIUM, 20, 22, by_domain=(
        ("ocean", 5, 3), ("space", 14, 11), ("cross", 3, 6))),
    Adopted(When("2024-09"), cited("iog"), MEDIUM, concepts=42),
)  # fmt: skip


def adopted(as_of: date) -> tuple[Adopted, ...]:
    """What had been told by a day, the oldest first."""
    return tuple(a for a in ADOPTED if a.as_of.by(as_of))
