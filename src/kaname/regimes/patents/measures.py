"""適正管理措置 (Art. 75; CAO Ordinance 10): the twenty-one measures, in four groups, in the order of the ordinance.

They bind the designated applicant and every sharing operator, for the information each was allowed to handle; 1-ヘ is
for sharing operators only. The management guideline of the Cabinet Office (December 2023) was not seen (note 7).
"""

from dataclasses import dataclass

from kaname.law import Bases, T, Text
from kaname.law.laws import CAO_ORDINANCE
from kaname.procedure.declare import Option


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: `id` is item and sub-item of CAO Ordinance Art. 10. `sharer_only`: asked of sharing operators."""

    id: str
    group: Text
    label: Text
    sharer_only: bool = False

    @property
    def basis(self) -> Bases:
        item, sub = self.id.split("-")
        return CAO_ORDINANCE(f"10({'i' * int(item) if item != '4' else 'iv'})({sub})")


_ORGANISATION = T("組織的措置", "organisation")
_PEOPLE = T("人的措置", "people")
_PREMISES = T("物理的措置", "premises")
_SYSTEMS = T("技術的措置", "systems")

MEASURES = (
    Measure("1-イ", _ORGANISATION, T("保全情報管理責任者を一人定める",
        "name one manager for the protected information")),
    Measure("1-ロ", _ORGANISATION, T("管理責任者と情報取扱者の責務・業務を定める",
        "fix the duties of the manager and the handlers")),
    Measure("1-ハ", _ORGANISATION, T("管理簿を備える", "keep a register: period, manager, handlers, permits")),
    Measure("1-ニ", _ORGANISATION, T("営業秘密として扱う", "treat the information as a trade secret")),
    Measure("1-ホ", _ORGANISATION, T("規程を定め、運用し、見直す", "write, run, review and improve a rule book")),
    Measure("1-ヘ", _ORGANISATION, T("規程について指定特許出願人の確認を受ける",
        "have the rule book checked by the designated applicant"),
            sharer_only=True),
    Measure("1-ト", _ORGANISATION, T("漏えい又はそのおそれに備えた手順を定める",
        "have a procedure ready for a leak or a likely leak")),
    Measure("1-チ", _ORGANISATION, T("漏えい又はそのおそれを直ちに報告する", "report a leak or a likely leak at once")),
    Measure("2-イ", _PEOPLE, T("情報取扱者を必要最小限にする", "keep the circle of handlers as small as needed")),
    Measure("2-ロ", _PEOPLE, T("取扱者に加える前に漏えいのおそれを確認する",
        "check the risk of leak before adding a handler")),
    Measure("2-ハ", _PEOPLE, T("取扱者に規程を守らせる", "make handlers follow the rule book")),
    Measure("2-ニ", _PEOPLE, T("管理責任者が取扱者を教育する", "train handlers, led by the manager")),
    Measure("3-イ", _PREMISES, T("特定区域を定め、立入りを管理・制限する", "define areas, control and limit entry")),
    Measure("3-ロ", _PREMISES, T("文書等を特定区域内の適切な設備に保管する",
        "store documents and objects only in those areas")),
    Measure("3-ハ", _PREMISES, T("複製は事前の承認を得て最小限にする",
        "copy only with prior approval, in the smallest number")),
    Measure("3-ニ", _PREMISES, T("持出しは事前の承認を得る", "take out of the area only with prior approval")),
    Measure("3-ホ", _PREMISES, T("復元できない方法で廃棄する", "destroy beyond recovery")),
    Measure("3-ヘ", _PREMISES, T("その他盗難・紛失を防ぐ措置", "other steps against theft and loss")),
    Measure("4-イ", _SYSTEMS, T("電子計算機で扱える者を限る", "limit who can handle it on computers")),
    Measure("4-ロ", _SYSTEMS, T("接続した電子計算機への不正アクセスを防ぐ",
        "prevent unauthorised access to networked computers")),
    Measure("4-ハ", _SYSTEMS, T("その他電子計算機からの漏えいを防ぐ措置", "other steps against leaks from computers")),
)

OPTIONS = tuple(Option(m.id, m.label, m.basis) for m in MEASURES)


def asked_of(sharer: bool) -> frozenset[str]:
    """The ids of the measures asked of a sharing operator, or of the designated applicant."""
    return frozenset(m.id for m in MEASURES if sharer or not m.sharer_only)
