"""The 20 fields in which technologies are looked for, as the basic guideline (特定重要技術研究開発基本指針) lists them.

The list was read in a quotation that breaks off: the first fourteen fields stand there, the rest come from memory.
"""

from dataclasses import dataclass
from datetime import date

from kaname.law import T, Text
from kaname.law.dated import Confidence
from kaname.regimes.technology.catalogue.sources import Source, cited

DECIDED = date(2022, 9, 30)  # the guideline, by the Cabinet


@dataclass(frozen=True, slots=True)
class GuidelineField:
    """`read`: whether it was read in the quotation."""

    number: int
    label: Text
    read: bool

    @property
    def sources(self) -> tuple[Source, ...]:
        return cited("mhlw", "iza") if self.read else cited("know")

    @property
    def confidence(self) -> Confidence:
        return Confidence.MEDIUM if self.read else Confidence.LOW


_READ = 14
_LABELS = (
    T("バイオ技術", "biotechnology"),
    T("医療・公衆衛生技術（ゲノム学含む）", "medical and public health technology, genomics included"),
    T("人工知能・機械学習技術", "artificial intelligence and machine learning"),
    T("先端コンピューティング技術", "advanced computing"),
    T("マイクロプロセッサ・半導体技術", "microprocessors and semiconductors"),
    T("データ科学・分析・蓄積・運用技術", "data science, analysis, storage and operation"),
    T("先端エンジニアリング・製造技術", "advanced engineering and manufacturing"),
    T("ロボット工学", "robotics"),
    T("量子情報科学", "quantum information science"),
    T("先端監視・測位・センサー技術", "advanced surveillance, positioning and sensors"),
    T("脳コンピュータ・インターフェース技術", "brain-computer interfaces"),
    T("先端エネルギー・蓄エネルギー技術", "advanced energy and energy storage"),
    T("高度情報通信・ネットワーク技術", "advanced information, communication and networks"),
    T("サイバーセキュリティ技術", "cyber security"),
    T("宇宙関連技術", "space"),
    T("海洋関連技術", "ocean"),
    T("輸送技術", "transport"),
    T("極超音速", "hypersonics"),
    T("化学・生物・放射性物質及び核（CBRN）", "chemical, biological, radiological and nuclear (CBRN)"),
    T("先端材料科学", "advanced materials science"),
)

GUIDELINE_FIELDS = tuple(GuidelineField(n, label, n <= _READ) for n, label in enumerate(_LABELS, 1))
