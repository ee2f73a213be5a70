"""What is asked when an application is filed: symbols and texts to screen, way of filing, the facts of Art. 78(1)."""

from kaname.law import T
from kaname.law.laws import ORDER, PATENT_ACT, art
from kaname.procedure.declare import Field, FieldType
from kaname.regimes.patents import base_dates
from kaname.regimes.patents.words import flag, text

IPC = Field("ipc", T("国際特許分類", "IPC symbols"), FieldType.IPC, ORDER("12(1)"),
    help=T("例 B64C 39/02。該当性の推定に使う", "such as B64C 39/02; screened against the items of the Order"))
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
ORIGINAL = Field("original_filing_date", T("原出願の日", "filing day of the original application"), FieldType.DAY,
    PATENT_ACT("44(2)"), help=T("分割・変更のとき", "for a division or conversion"))
PRIORITY = Field("priority_date", T("最先の優先日", "earliest priority day"), FieldType.DAY,
    PATENT_ACT("36-2(2)", "64(1)"))
FILE_FORM = (
    text("application_number", T("出願番号", "application number"),
        PATENT_ACT("36(1)")), IPC, *TEXTS, FILING_KIND, ORIGINAL,
    PRIORITY, LISTED, IN_JAPAN, SECRET, *REQUIREMENTS)
