"""The 50 technologies that the two R&D visions (研究開発ビジョン) name, each with its domain, group and evidence.

The deck lists all fifty under their groups and does not say which vision names which. For fifteen a dated source does;
for the others the division is confirmed only by the totals, 27 and 23, which it meets exactly (question 401).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kaname.law import T, Text
from kaname.law.dated import Confidence
from kaname.regimes.technology.catalogue.sources import Source, cited
from kaname.regimes.technology.catalogue.visions import VISIONS, Vision

# Evidence that a technology is of its vision: a code, what it says, and whether it rests on a dated source.
EVIDENCE: Mapping[str, tuple[Text, bool]] = {
    "count": (T("知見による区分で、27件・23件の合計とのみ一致",
        "division from knowledge, confirmed only by the totals 27 and 23"), False),
    "pwc": (T("2023年11月時点の領域別件数と符合", "fits the totals by domain of November 2023"), False),
    "cyber24": (T("2024年7月に事業開始（符合するが証明ではない）",
        "project began in July 2024: fits, does not prove"), False),
    "haps24": (T("2024年7月に事業開始（符合するが証明ではない）",
        "project began in July 2024: fits, does not prove"), False),
    "press": (T("2023年8月の追加として報道", "named in the press as added in August 2023"), True),
    "press22": (T("第一次の対象として2022年に報道", "named in the press of 2022 as of the first round"), True),
    "call22": (T("第二次決定前の2022年12月に公募", "called in December 2022, before the second vision"), True),
    "adopt23": (T("第二次決定前の2023年3月に採択", "adopted in March 2023, before the second vision"), True),
    "wind": (T("第二次決定前の2023年6月29日に採択", "adopted on 2023-06-29, before the second vision"), True),
}  # fmt: skip

DOMAINS: Mapping[str, Text] = {
    "ocean": T("海洋", "ocean"), "space": T("宇宙・航空", "space and aviation"),
    "cross": T("領域横断・サイバー空間", "across domains and cyberspace"), "bio": T("バイオ", "biotechnology"),
}  # fmt: skip

HIGH, MEDIUM = Confidence.HIGH, Confidence.MEDIUM


@dataclass(frozen=True, slots=True)
class Technology:
    """One technology. `heading`: the heading under which the deck puts it within its group."""

    id: str
    domain: str
    group: Text
    label: Text
    vision: int
    evidence: tuple[str, ...]
    sources: tuple[Source, ...]
    confidence: Confidence
    heading: Text | None = None

    @property
    def named_in(self) -> Vision:
        return VISIONS[self.vision]

    @property
    def since(self) -> date:
        """The day its vision was decided."""
        return self.named_in.decided_on

    @property
    def vision_verified(self) -> bool:
        """Whether a dated source says that it is of this vision."""
        return any(EVIDENCE[code][1] for code in self.evidence)


_ALWAYS = T("海洋観測・調査・モニタリング能力の拡大（常時継続的）",
    "wider ocean observation, survey and monitoring (constant)")
_WIDER = T("海洋観測・調査・モニタリング能力の拡大（より広範囲・機動的）",
    "wider ocean observation, survey and monitoring (wider, more mobile)")
_SHIPS = T("一般船舶の未活用情報の活用", "use of unused information of ordinary ships")
_TRANSPORT = T("安定的な海上輸送の確保", "steady sea transport")
_NETWORK = T("海洋観測・調査・モニタリング能力の拡大（通信網の確保）",
    "wider ocean observation, survey and monitoring (networks)")
_SATELLITES = T("衛星通信・センシング能力の抜本的な強化", "much stronger satellite communication and sensing")
_ASSURANCE = T("機能保証のための能力強化", "mission assurance")
_UAV_USE = T("民生・公的利用における無人航空機の利活用拡大", "wider civil and public use of unmanned aircraft")
_UAV_EDGE = T("優位性につながり得る無人航空機技術の開拓", "unmanned aircraft technology that may give an edge")
_AVIATION = T("航空分野での先端的な優位技術の維持・確保", "keeping and gaining leading aviation technology")
_CYBER = T("サイバー空間", "cyberspace")
_CROSS = T("領域横断", "across domains")
_BIO = T("バイオ", "biotechnology")

_DEFENCE = T("先進的サイバー防御機能・分析能力の強化", "advanced cyber defence and analysis")
_CHIPS = T("次世代半導体材料・製造技術", "next semiconductor materials and manufacturing")
_MAKING = T("多様なニーズに対応した複雑形状・高機能製品の先端製造技術",
    "advanced making of complex, highly functional products")
_METALS = T("省レアメタル高機能金属材料", "highly functional metals with less rare metal")

_LIST = (
    Technology("OCE-01", "ocean", _ALWAYS,
        T("先進センシング技術を用いた海面から海底に至る空間の観測技術",
            "observation of the space from sea surface to sea floor with advanced sensing"),
        1, ("count",), cited("seed", "know"), MEDIUM),
    Technology("OCE-02", "ocean", _ALWAYS,
        T("観測データから有用な情報を抽出・解析し統合処理する技術",
            "extracting, analysing and integrating useful information from observation data"),
        1, ("count",), cited("seed", "know"), MEDIUM),
    Technology("OCE-03", "ocean", _ALWAYS,
        T("量子技術等の最先端技術を用いた海中における革新的センシング技術",
            "innovative underwater sensing with quantum and other frontier technology"),
        1, ("count",), cited("seed", "know"), MEDIUM),
    Technology("OCE-04", "ocean", _WIDER,
        T("自律型無人探査機（AUV）の無人・省人による運搬・投入・回収技術",
            "unmanned or low-manned transport, launch and recovery of AUVs"),
        1, ("count", "call22"), cited("seed", "know", "wix"), HIGH),
    Technology("OCE-05", "ocean", _WIDER,
        T("AUV機体性能向上技術（小型化・軽量化）", "better AUV bodies (smaller, lighter)"),
        1, ("count", "call22"), cited("seed", "know", "wix"), HIGH),
    Technology("OCE-06", "ocean", _WIDER,
        T("量子技術等の最先端技術を用いた海中（非GPS環境）における高精度航法技術",
            "precise underwater (non-GPS) navigation with quantum and other frontier technology"),
        1, ("count",), cited("seed", "know"), MEDIUM),
    Technology("OCE-07", "ocean", _SHIPS,
        T("現行の自動船舶識別システム（AIS）を高度化した次世代データ共有システム技術",
            "next data-sharing system beyond today's AIS"),
        1, ("count", "adopt23"), cited("seed", "know", "sankei"), HIGH),
    Technology("OCE-08", "ocean", _TRANSPORT,
        T("デジタル技術を用いた高性能次世代船舶開発技術",
            "next high-performance ship development with digital technology"),
        2, ("count",), cited("seed", "know"), MEDIUM),
    Technology("OCE-09", "ocean", _TRANSPORT,
        T("船舶の安定運航等に資する高解像度・高精度な環境変動予測技術",
            "fine and precise prediction of environmental change for steady ship operation"),
        2, ("count",), cited("seed", "know"), MEDIUM),
    Technology("OCE-10", "ocean", _NETWORK,
        T("海中作業の飛躍的な無人化・効率化を可能とする海中無線通信技術",
            "underwater wireless communication for unmanned, efficient underwater work"),
        2, ("count", "press"), cited("seed", "know", "nhk"), HIGH),
    Technology("SPA-01", "space", _SATELLITES,
        T("低軌道衛星間光通信技術", "optical links between low-orbit satellites"),
        1, ("count", "adopt23", "pwc"), cited("seed", "know", "pwc", "sankei"), HIGH),
    Technology("SPA-02", "space", _SATELLITES,
        T("自動・自律運用可能な衛星コンステレーション・ネットワークシステム技術",
            "satellite constellation network systems with automatic and autonomous operation"),
        1, ("count", "adopt23", "pwc"), cited("seed", "know", "pwc", "sankei"), HIGH),
    Technology("SPA-03", "space", _SATELLITES,
        T("高性能小型衛星技術", "high-performance small satellites"),
        1, ("count", "pwc"), cited("seed", "know", "pwc"), MEDIUM),
    Technology("SPA-04", "space", _SATELLITES,
        T("小型かつ高感度の多波長赤外線センサー技術", "small sensitive multi-band infrared sensors"),
        1, ("count", "adopt23", "pwc"), cited("seed", "know", "pwc", "sankei"), HIGH),
    Technology("SPA-05", "space", _SATELLITES,
        T("高高度無人機を活用した高解像度かつ継続性のあるリモートセンシング技術",
            "fine and lasting remote sensing from high-altitude unmanned aircraft"),
        2, ("count", "haps24", "pwc"), cited("seed", "drone2", "know", "pwc"), MEDIUM),
    Technology("SPA-06", "space", _SATELLITES,
        T("超高分解能常時観測を実現する光学アンテナ技術",
            "optical antennas for constant ultra-high-resolution observation"),
        2, ("count", "pwc"), cited("seed", "know", "pwc"), MEDIUM),
    Technology("SPA-07", "space", _ASSURANCE,
        T("衛星の寿命延長に資する燃料補給技術", "refuelling to extend satellite life"),
        2, ("count", "pwc"), cited("seed", "know", "pwc"), MEDIUM),
    Technology("SPA-08", "space", _UAV_USE,
        T("長距離等の飛行を可能とする小型無人機技術", "small UAVs able to fly long distances"),
        1, ("count", "call22", "pwc"), cited("seed", "know", "pwc", "wix"), HIGH),
    Technology("SPA-09", "space", _UAV_USE,
        T("小型無人機を含む運航安全管理技術", "operation safety management including small UAVs"),
        1, ("count", "call22", "pwc"), cited("seed", "know", "pwc", "wix"), HIGH),
    Technology("SPA-10", "space", _UAV_USE,
        T("小型無人機との信頼性の高い情報通信技術", "dependable communication with small UAVs"),
        1, ("count", "call22", "pwc"), cited("seed", "know", "pwc", "wix"), HIGH),
    Technology("SPA-11", "space", _UAV_USE,
        T("長距離物資輸送用無人航空機技術", "UAVs for long-distance cargo transport"),
        2, ("count", "pwc"), cited("seed", "know", "pwc"), MEDIUM),
    Technology("SPA-12", "space", _UAV_EDGE,
        T("小型無人機の自律制御・分散制御技術", "autonomous and distributed control of small UAVs"),
        1, ("count", "pwc"), cited("seed", "know", "pwc"), MEDIUM),
    Technology("SPA-13", "space", _UAV_EDGE,
        T("空域の安全性を高める小型無人機等の検知技術", "detecting small UAVs for safer airspace"),
        1, ("count", "pwc"), cited("seed", "know", "pwc"), MEDIUM),
    Technology("SPA-14", "space", _UAV_EDGE,
        T("小型無人機の飛行経路の風況観測技術", "observing wind along small-UAV routes"),
        1, ("count", "wind", "pwc"), cited("seed", "drone1", "know", "pwc"), HIGH),
    Technology("SPA-15", "space", _AVIATION,
        T("デジタル技術を用いた航空機開発製造プロセス高度化技術",
            "digital upgrading of aircraft development and manufacturing"),
        1, ("count", "pwc"), cited("seed", "know", "pwc"), MEDIUM),
    Technology("SPA-16", "space", _AVIATION,
        T("航空機エンジン向け先進材料技術（複合材製造技術）",
            "advanced materials for aircraft engines (composite manufacturing)"),
        1, ("count", "pwc"), cited("seed", "know", "pwc"), MEDIUM),
    Technology("SPA-17", "space", _AVIATION,
        T("超音速要素技術（低騒音機体設計技術）", "supersonic element technology (low-noise airframe design)"),
        1, ("count", "pwc"), cited("seed", "know", "pwc"), MEDIUM),
    Technology("SPA-18", "space", _AVIATION,
        T("極超音速要素技術（幅広い作動域を有するエンジン設計技術）",
            "hypersonic element technology (engine design with a wide working range)"),
        1, ("count", "press22", "pwc"), cited("seed", "iza", "know", "pwc"), MEDIUM),
    Technology("XCY-01", "cross", _CYBER,
        T("AIセキュリティに係る知識・技術体系", "body of knowledge and technology on AI security"),
        1, ("count", "call22"), cited("seed", "know", "wix"), HIGH),
    Technology("XCY-02", "cross", _CYBER,
        T("不正機能検証技術（ファームウェア・ソフトウェア／ハードウェア）",
            "verifying hidden malicious functions (firmware and software / hardware)"),
        1, ("count",), cited("seed", "know"), MEDIUM),
    Technology("XCY-03", "cross", _CYBER,
        T("ハイブリッドクラウド利用基盤技術", "platform technology for hybrid cloud use"),
        1, ("count",), cited("seed", "know"), MEDIUM),
    Technology("XCY-04", "cross", _CYBER,
        T("サイバー空間の状況把握・防御技術", "awareness and defence in cyberspace"),
        2, ("count", "cyber24"), cited("seed", "cyber", "know"), MEDIUM, _DEFENCE),
    Technology("XCY-05", "cross", _CYBER,
        T("セキュアなデータ流通を支える暗号関連技術", "cryptographic technology for secure data flow"),
        2, ("count", "cyber24"), cited("seed", "cyber", "know"), MEDIUM, _DEFENCE),
    Technology("XCY-06", "cross", _CYBER,
        T("偽情報分析に係る技術", "analysis of disinformation"),
        2, ("count", "press"), cited("seed", "know", "nhk"), HIGH),
    Technology("XCY-07", "cross", _CYBER,
        T("ノウハウの効果的な伝承につながる人作業伝達等の研究デジタル基盤技術",
            "digital research platform for handing down know-how, such as conveying human work"),
        2, ("count",), cited("seed", "know"), MEDIUM),
    Technology("XCY-08", "cross", _CROSS,
        T("高度な金属積層造形システム技術", "advanced metal additive manufacturing systems"),
        2, ("count",), cited("seed", "know"), MEDIUM, _MAKING),
    Technology("XCY-09", "cross", _CROSS,
        T("高効率・高品質なレーザー加工技術", "efficient high-quality laser processing"),
        2, ("count",), cited("seed", "know"), MEDIUM, _MAKING),
    Technology("XCY-10", "cross", _CROSS,
        T("耐熱超合金の高性能化・省レアメタル化技術", "better heat-resistant superalloys with less rare metal"),
        2, ("count",), cited("seed", "know"), MEDIUM, _METALS),
    Technology("XCY-11", "cross", _CROSS,
        T("重希土フリー磁石の高耐熱・高磁力化技術",
            "heavy-rare-earth-free magnets with more heat resistance and force"),
        2, ("count",), cited("seed", "know"), MEDIUM, _METALS),
    Technology("XCY-12", "cross", _CROSS,
        T("輸送機等の革新的な構造を実現する複合材料等の接着技術",
            "bonding of composites for new structures in vehicles and aircraft"),
        2, ("count",), cited("seed", "know"), MEDIUM),
    Technology("XCY-13", "cross", _CROSS,
        T("次世代半導体微細加工プロセス技術", "next semiconductor micro-fabrication"),
        2, ("count", "press"), cited("seed", "know", "nhk"), HIGH, _CHIPS),
    Technology("XCY-14", "cross", _CROSS,
        T("高出力・高効率なパワーデバイス/高周波デバイス向け材料技術",
            "materials for strong efficient power and high-frequency devices"),
        2, ("count",), cited("seed", "know"), MEDIUM, _CHIPS),
    Technology("XCY-15", "cross", _CROSS,
        T("孤立・極限環境に適用可能な次世代蓄電池技術", "next batteries for isolated and extreme places"),
        2, ("count",), cited("seed", "know"), MEDIUM),
    Technology("XCY-16", "cross", _CROSS,
        T("多様な機器・システムへの応用を可能とする超伝導基盤技術",
            "basic superconducting technology for many devices and systems"),
        2, ("count",), cited("seed", "know"), MEDIUM),
    Technology("XCY-17", "cross", _CROSS,
        T("ハイパワーを要するモビリティ等に搭載可能な次世代蓄電池技術",
            "next batteries for mobility needing high power"),
        1, ("count",), cited("seed", "know"), MEDIUM),
    Technology("XCY-18", "cross", _CROSS,
        T("宇宙線ミュオンを用いた革新的測位・構造物イメージング等応用技術",
            "cosmic-ray muon positioning and imaging of structures"),
        1, ("count",), cited("seed", "know"), MEDIUM),
    Technology("BIO-01", "bio", _BIO,
        T("生体分子シークエンサー等の先端研究分析機器・技術",
            "advanced analysis instruments such as biomolecule sequencers"),
        1, ("count",), cited("seed", "know"), MEDIUM),
    Technology("BIO-02", "bio", _BIO,
        T("多様な物質の検知・識別を可能とする迅速・高精度なマルチガスセンシングシステム技術",
            "quick precise multi-gas sensing systems to detect and identify many substances"),
        2, ("count",), cited("seed", "know"), MEDIUM),
    Technology("BIO-03", "bio", _BIO,
        T("有事に備えた止血製剤製造技術", "making haemostatic products for emergencies"),
        2, ("count",), cited("seed", "know"), MEDIUM),
    Technology("BIO-04", "bio", _BIO,
        T("脳波等を活用した高精度ブレインテックに関する先端技術", "precise brain-tech using brain waves and the like"),
        2, ("count",), cited("seed", "know"), MEDIUM),
)  # fmt: skip

TECHNOLOGIES: Mapping[str, Technology] = {t.id: t for t in _LIST}


def technologies(as_of: date) -> tuple[Technology, ...]:
    """Those named by a vision that was decided by a day, in the order of the deck."""
    return tuple(t for t in _LIST if t.since <= as_of)


def by_domain(found: Iterable[Technology]) -> dict[str, int]:
    """How many in each domain; every domain is there."""
    counts = dict.fromkeys(DOMAINS, 0)
    for t in found:
        counts[t.domain] += 1
    return counts


def by_vision(found: Iterable[Technology]) -> dict[int, int]:
    """How many in each vision; every vision is there."""
    counts = dict.fromkeys(VISIONS, 0)
    for t in found:
        counts[t.vision] += 1
    return counts


def counts(as_of: date) -> dict[tuple[str, int], int]:
    """How many by (domain, vision) on a day; every pair is there."""
    found = {(domain, vision): 0 for domain in DOMAINS for vision in VISIONS}
    for t in technologies(as_of):
        found[t.domain, t.vision] += 1
    return found
