"""What is asked when an application is filed: symbols and texts to screen, way of filing, the facts of Art. 78(1)."""

from datetime import date

from kaname.law import Bases, T, Text
from kaname.law.laws import ORDER, PATENT_ACT, art
from kaname.procedure.declare import Condition, Field, FieldType, condition
from kaname.procedure.view import View
from kaname.regimes.patents import base_dates
from kaname.regimes.patents.words import flag, text

IPC = Field("ipc", T("国際特許分類", "IPC symbols"), FieldType.IPC, ORDER("12(1)"),
    help=T("該当性の推定に使います。", "screened against the items of the Order"))
TEXTS = (text("title", T("発明の名称", "title"), PATENT_ACT("36(2)"), sealed=True),
         text("abstract", T("要約", "abstract"), PATENT_ACT("36(2)"), sealed=True),
         text("claims", T("特許請求の範囲", "claims"), PATENT_ACT("36(2)"), sealed=True))
LISTED = flag("listed", T("66条1項の発明が記載されている", "an Art. 66(1) invention is described"), art("66(1)"),
    T("記載すれば分類による推定に優先する", "overrides the screening of the symbols"))
IN_JAPAN = flag("made_in_japan", T("日本国内でした発明である", "the invention was made in Japan"), art("78(1)"),
    T("未記入なら国内の発明と仮定する", "assumed to be so where left out"))
SECRET = flag("secret", T("公になっていない", "not yet public"), art("78(1)"),
    T("未記入なら公になっていないと仮定する", "assumed to be so where left out"))
REQUIREMENTS = (
    flag("requirement_1", T("防衛又は外国の軍事の用に供する発明", "for defence or foreign military use"),
        ORDER("12(3)(i)")),
    flag("requirement_2", T("国・国立研究開発法人のみによる出願", "filed by the State or a national R&D agency alone"),
        ORDER("12(3)(ii)")),
    flag("requirement_3",
        T("国等の委託研究等の成果（産業技術力強化法17条）", "commissioned research, right left with the contractor"),
        ORDER("12(3)(iii)")),
    flag("requirement_4",
        T("国の委託研究で権利の一部のみ国が承継", "commissioned research, State took part of the right"),
        ORDER("12(3)(iv)")))
FILING_KIND = Field("filing_kind", T("出願の方法", "way of filing"), FieldType.CHOICE, art("66(4)", "78(3)"),
    several=True, options=base_dates.OPTIONS, help=T("未記入なら通常の出願", "an ordinary application where left out"))

@condition(T("分割出願又は変更出願であること", "a division or conversion"),
    T("分割出願でも変更出願でもない", "neither a division nor a conversion"), PATENT_ACT("44(2)", "46(1)"))
def out_of_another(v: View) -> bool | None:
    return bool({"division", "conversion"} & set(v.given("filing_kind") or ()))

@condition(T("出願の方法が両立すること", "the ways of filing go together"),
    T("先の特許出願を参照する方法は、外国語書面出願・分割出願・変更出願では使えない",
        "no reference to an earlier application in a foreign-language application, a division or a conversion"),
    PATENT_ACT("38-3(1)", "38-3(6)"))
def ways_go_together(v: View) -> bool | None:
    kinds = set(v.given("filing_kind") or ())
    return "reference_filing" not in kinds or not kinds & {"foreign_language", "division", "conversion"}

def _not_after_filing(id: str, what: Text, basis: Bases) -> Condition:
    """A day on which the day of filing rests cannot come after it."""
    def in_order(v: View) -> bool | None:
        day: date | None = v.given(id)
        return day is None or day <= v.on
    return Condition(f"{id}_in_order", T(f"{what.ja}が出願の日より後でないこと", f"{what.en} is not after the filing"),
        T(f"{what.ja}が出願の日より後である", f"{what.en} lies after the filing"), basis, in_order)

ORIGINAL = Field("original_filing_date", T("原出願の日", "filing day of the original application"), FieldType.DAY,
    PATENT_ACT("44(2)"), required=out_of_another, help=T("分割・変更のとき", "for a division or conversion"))
PRIORITY = Field("priority_date", T("最先の優先日", "earliest priority day"), FieldType.DAY,
    PATENT_ACT("36-2(2)", "64(1)"))
FILED_IN_ORDER = (ways_go_together,
    _not_after_filing("original_filing_date", ORIGINAL.label, ORIGINAL.basis),
    _not_after_filing("priority_date", PRIORITY.label, PRIORITY.basis))
FILE_FORM = (
    text("application_number", T("出願番号", "application number"),
        PATENT_ACT("36(1)")), IPC, *TEXTS, FILING_KIND, ORIGINAL,
    PRIORITY, LISTED, IN_JAPAN, SECRET, *REQUIREMENTS)
