"""The official forms (様式) of Chapter 3: MIC numbers them its own way, all other orders share one numbering."""

from dataclasses import dataclass

from kaname.law import Bases, T, Text
from kaname.law.dated import Confidence
from kaname.law.laws import ORDER, art
from kaname.regimes.infrastructure.catalogue.orders import METI, MIC, ORDERS


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its number in the common numbering (None: not there) and in the MIC order, and the acts that fill it.

    `only` names the one order that has it; `numbers` the orders that number it in their own way.
    """

    id: str
    name: Text
    common: str | None
    mic: str | None
    basis: Bases
    only: str | None = None
    numbers: tuple[tuple[str, str | None], ...] = ()
    confidence: Confidence = Confidence.HIGH
    note: int | None = None

    def number(self, order: str) -> str | None:
        """The number under an order (`meti`, `mic` ...), None where that order has no such form."""
        if order not in ORDERS:
            raise LookupError(f"no order {order!r}; expected one of {', '.join(ORDERS)}")
        if self.only and order != self.only:
            return None
        return dict(self.numbers).get(order, self.mic if order == "mic" else self.common)

    def title(self, order: str | None) -> Text:
        """様式第九（一） 変更の報告, under one order or, while none is chosen, in both numberings."""
        if order:
            number = self.number(order) or "—"
        else:
            common, mic = self.common or "—", self.mic or "—"
            number = common if common == mic else f"{common}（総務省令：{mic}）"
        return T(f"{number} {self.name.ja}", f"form {number}: {self.name.en}")


def _form(id: str, ja: str, en: str, common: str | None, mic: str | None, basis: Bases) -> Form:
    return Form(id, T(ja, en), common, mic, basis)


FORMS = {f.id: f for f in (
    _form("F_DESIG", "指定通知書", "notice of designation", "様式第一", "様式第一", art("50(2)")),
    _form("F_NAME", "名称等変更届出書", "notice of change of name or address", "様式第二", "様式第二", art("50(3)")),
    _form("F_LIFT", "指定解除通知書", "notice of lifting", "様式第三", "様式第三", art("51")),
    _form("F_PLAN_INTRO", "導入等計画書（導入）", "introduction plan", "様式第四（一）", "様式第六（一）",
        art("52(1)")),
    _form("F_PLAN_MAINT", "導入等計画書（重要維持管理等の委託）", "entrusted maintenance plan", "様式第四（二）",
        "様式第六（二）",
        art("52(1)")),
    _form("F_EMERG_INTRO", "緊急導入等届出書（導入）", "emergency notice (introduction)", "様式第五（一）",
        "様式第七（一）",
        art("52(11)")),
    _form("F_EMERG_MAINT", "緊急導入等届出書（委託）", "emergency notice (entrustment)", "様式第五（二）",
        "様式第七（二）",
        art("52(11)")),
    _form("F_REPLY", "勧告に対する通知", "reply to a recommendation", "様式第六", "様式第八",
        art("52(7)") + ORDER("11")),
    _form("F_CHANGE_INTRO", "導入等計画書の変更の案（導入）", "change proposal (introduction)", "様式第七（一）",
        "様式第九（一）",
        art("54(1)")),
    _form("F_CHANGE_MAINT", "導入等計画書の変更の案（委託）", "change proposal (entrustment)", "様式第七（二）",
        "様式第九（二）",
        art("54(1)")),
    _form("F_EMERG_CHANGE", "緊急変更の届出", "emergency change", "様式第八（一）/（二）", "様式第十（一）/（二）",
        art("54(3)")),
    _form("F_REPORT_CHANGE", "変更の報告", "report of a change", "様式第九（一）/（二）", "様式第十一（一）/（二）",
        art("54(4)")),
    _form("F_REPORT_COMPONENT", "導入後の構成設備の変更の報告", "report of a component change after introduction",
        "様式第十",
        "様式第十二", art("54(4)")),
    Form("F_INSPECT_ID", T("身分証明書", "identity card for inspections"), None, "様式第十三", art("58(3)"),
        numbers=(("fsa", "様式第十一"), ("meti", "様式第十二"), ("mlit", None)), confidence=Confidence.MEDIUM,
            note=315),
    Form("F_METI_CARD_REPORT", T("クレジットカード契約数等の報告書", "report of card contracts and credit"),
        "様式第十一", None,
        METI("26"), only="meti"),
    Form("F_MIC_ITEM_RO", T("第二条第一号ロ該当等の報告", "report of becoming or ceasing to be a carrier of item ro"),
        None,
        "様式第四", MIC("7(1)"), only="mic"),
    Form("F_MIC_MESSAGE", T("メッセージサービス利用者数区分の報告", "report of the user band of a message service"),
        None,
        "様式第五", MIC("7(2)"), only="mic"),
)}  # fmt: skip
