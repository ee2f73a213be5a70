"""The penalty table of Chapter 7: thirty rows, one for each offence and regime, in the order of the Act.

Offences are described in short own words; the provision and the provisions violated say what is meant.
Sources: Act No. 43 of 2022 Arts. 92 to 99, consolidated text in force 2026-06-01. What Act No. 38 of 2026 changed
in this chapter was not read (note 14 in docs/law).
"""

from datetime import date

from kaname.law.laws import ESPA, art
from kaname.law.provision import parse
from kaname.law.sanctions import Combination, Penalty
from kaname.law.text import T, Text

MAIN = date(2022, 8, 1)
DESIGNATION = date(2023, 11, 1)
REVIEW = date(2023, 11, 17)
PATENTS = date(2024, 5, 1)

_OPERATOR = T("特定社会基盤事業者", "specified infrastructure operator")
_APPLICANT = T("指定特許出願人", "designated applicant")
_KNOWING = T("指定特許出願人その他保全対象発明を知る者", "designated applicant and others who know the invention")
_PROTECTING = T("指定特許出願人又は発明共有事業者", "designated applicant or sharing operator")
_BANK = T("指定金融機関", "designated financial institution")
_SUPPORT = T("安定供給確保支援法人", "support corporation")
_COUNCIL = T("協議会の事務に従事する者又は従事していた者", "anyone who works or worked on council business")
_FINANCE_CORPORATION = T(
    "日本政策金融公庫の取締役又は執行役", "director or executive officer of the finance corporation"
)

_OBSTRUCTION = T(
    "報告や資料の提出をせず、若しくは偽り、質問に偽って答え、又は検査を拒み若しくは妨げる",
    "makes no or a false report, gives false answers, refuses or hinders an inspection",
)


def _row(
    maximum: tuple[int | None, int, Combination],
    id: str,
    place: str,
    chapter: int,
    since: date,
    offence: Text,
    violated: tuple[str, ...],
    offender: Text,
    excluded_when: Text | None = None,
    remark: Text | None = None,
    note: int | None = None,
) -> Penalty:
    years, yen, combination = maximum
    return Penalty(
        id, parse(ESPA, place), chapter, offence, art(*violated), offender, years, yen, combination, since,
        excluded_when, remark, note,
    )  # fmt: skip


_TWO_OR_BOTH = (2, 1_000_000, Combination.EITHER_OR_BOTH)
_TWO = (2, 1_000_000, Combination.EITHER)
_ONE_OR_BOTH = (1, 500_000, Combination.EITHER_OR_BOTH)
_ONE = (1, 500_000, Combination.EITHER)
_FINE = (None, 300_000, Combination.FINE_ONLY)
_NON_PENAL = (None, 1_000_000, Combination.NON_PENAL)
_NON_PENAL_FUND = (None, 200_000, Combination.NON_PENAL)

PENALTIES = (
    _row(_TWO_OR_BOTH, "PEN-92-1-1", "92(1)(i)", 3, REVIEW,
         T("導入等計画書（変更を含む。）を届け出ず、又は偽って届け出て、設備の導入や重要維持管理等の委託をする",
           "installs equipment or has key maintenance done with no plan (or changed plan) filed, or on a false one"),
         ("52(1)", "54(1)", "54(5)"), _OPERATOR),
    _row(_TWO_OR_BOTH, "PEN-92-1-2", "92(1)(ii)", 3, REVIEW,
         T("禁止期間（延長・短縮後のもの）の間に設備の導入や重要維持管理等の委託をする",
           "installs or has maintenance done during the standstill as extended or shortened"),
         ("52(3)", "54(2)"), _OPERATOR),
    _row(_TWO_OR_BOTH, "PEN-92-1-3", "92(1)(iii)", 3, REVIEW,
         T("勧告を応諾した後、これに反して、又は計画書を届け出直さずに導入や委託をする",
           "after accepting a recommendation, acts against it or without the refiled plan"),
         ("52(8)", "54(2)", "55(3)"), _OPERATOR),
    _row(_TWO_OR_BOTH, "PEN-92-1-4a", "92(1)(iv)", 3, REVIEW,
         T("導入等の変更又は中止の命令に違反する", "breaks an order to change or stop"),
         ("52(10)", "54(2)", "55(3)"), _OPERATOR),
    _row(_TWO_OR_BOTH, "PEN-92-1-4b", "92(1)(iv)", 5, PATENTS,
         T("保全対象発明の適正管理措置に関する命令に違反する", "breaks an order to take information-protection steps"),
         ("83(2)", "83(3)"), _PROTECTING),
    _row(_TWO_OR_BOTH, "PEN-92-1-5", "92(1)(v)", 3, REVIEW,
         T("緊急の導入・委託又は変更の後の届出をせず、又は偽って届け出る",
           "makes no or a false filing after an emergency installation or change"),
         ("52(11)", "54(3)", "54(5)"), _OPERATOR),
    _row(_TWO_OR_BOTH, "PEN-92-1-6", "92(1)(vi)", 5, PATENTS,
         T("許可を受けず、又は許可の条件に反して保全対象発明を実施する",
           "works a designated invention without a permit or against permit conditions"),
         ("73(1)", "73(4)"), _KNOWING),
    _row(_TWO_OR_BOTH, "PEN-92-1-7", "92(1)(vii)", 5, PATENTS,
         T("偽りその他不正の手段により実施の許可又は発明共有事業者の承認を受ける",
           "gets a working permit or sharing approval by deceit"),
         ("73(1)", "76(1)"), _APPLICANT),
    _row(_TWO_OR_BOTH, "PEN-92-1-8", "92(1)(viii)", 5, PATENTS,
         T("保全対象発明の内容を開示する", "discloses a designated invention"),
         ("74(1)",), _KNOWING),
    _row(_TWO, "PEN-93", "93", 2, MAIN,
         T("主務大臣の調査の事務で知った秘密を漏らし、又は盗用する",
           "leaks or steals secrets learned in handling the ministers' supply survey"),
         ("48(1)",), T("調査の事務に関与する者", "person handling the survey"),
         remark=T("調査に答えないこと自体に罰則はない（48条3項の努力義務）",
                  "not answering the survey carries no penalty (effort duty, Art. 48(3))"), note=16),
    _row(_ONE_OR_BOTH, "PEN-94-1", "94(1)", 5, PATENTS,
         T("禁止に反して外国出願をする", "files abroad against the ban"),
         ("78(1)",), T("すべての者", "anyone"),
         excluded_when=T("92条1項8号の開示の罪に当たるとき", "already punishable as disclosure under 92(1)(viii)")),
    _row(_ONE, "PEN-95-1-1a", "95(1)(i)", 2, MAIN,
         T("支援業務で知った秘密を漏らし、又は盗用する", "leaks or steals secrets of the support corporation"),
         ("37",), T("支援法人の役員若しくは職員又はこれらであった者", "officer or staff, present or past")),
    _row(_ONE, "PEN-95-1-1b", "95(1)(i)", 4, MAIN,
         T("協議会の事務で知った秘密を漏らし、又は盗用する",
           "leaks or steals secrets learned in the work of an R&D council"),
         ("62(7)",), _COUNCIL,
         remark=T("両罰、未遂及び国外犯の定めはない", "no corporate fine, no attempt, no clause for acts abroad")),
    _row(_ONE, "PEN-95-1-1c", "95(1)(i)", 4, MAIN,
         T("指定基金協議会の事務で知った秘密を漏らし、又は盗用する",
           "leaks or steals secrets learned in the work of a designated-fund council"),
         ("62(7)", "63(5)"), _COUNCIL),
    _row(_ONE, "PEN-95-1-1d", "95(1)(i)", 4, MAIN,
         T("委託を受けた調査研究で知った秘密を漏らし、又は盗用する",
           "leaks or steals secrets learned in commissioned research"),
         ("64(4)",), T("受託した法人の役員若しくは職員又はこれらであった者",
                       "officer or staff of the commissioned body, present or past")),
    _row(_ONE, "PEN-95-1-2", "95(1)(ii)", 5, PATENTS,
         T("保全審査、期間の延長、許可、指定の解除又は補償の事務で知った秘密を漏らし、又は盗用する",
           "leaks or steals secrets learned in security examination, extension, permit, release or compensation work"),
         ("67(8)", "70(4)", "73(5)", "77(3)", "80(4)"),
         T("審査に関与する行政機関の職員及び内容を示された者",
           "agency staff taking part in the examination and persons shown the content"),
         excluded_when=T("92条1項6号又は8号の罪に当たるとき", "already punishable under 92(1)(vi) or (viii)")),
    _row(_FINE, "PEN-96-1a", "96(i)", 2, MAIN,
         T("帳簿を備えず、記載せず、又は偽って記載する", "keeps no or false books"), ("20",), _BANK),
    _row(_FINE, "PEN-96-1b", "96(i)", 2, MAIN,
         T("帳簿を備えず、記載せず、又は偽って記載する", "keeps no or false books"), ("38",), _SUPPORT),
    _row(_FINE, "PEN-96-2", "96(ii)", 2, MAIN,
         T("届出をせず、又は偽って届け出て、供給確保促進業務を休止し又は廃止する",
           "suspends or ends promotion business without or with a false filing"), ("22(1)",), _BANK),
    _row(_FINE, "PEN-96-3", "96(iii)", 2, MAIN,
         T("許可を受けないで支援業務を休止し又は廃止する", "suspends or ends support business without permission"),
         ("40(1)",), _SUPPORT),
    _row(_FINE, "PEN-96-4a", "96(iv)", 2, MAIN,
         T("報告や資料の提出をせず、又は偽る", "makes no or a false report, or gives no or false papers"),
         ("48(4)",), T("認定供給確保事業者", "certified business")),
    _row(_FINE, "PEN-96-4b", "96(iv)", 3, DESIGNATION,
         T("指定のための報告や資料の提出をせず、又は偽る",
           "makes no or a false report, or gives no or false papers, when designation is considered"),
         ("58(1)",), T("基幹インフラ事業を行う者", "infrastructure business")),
    _row(_FINE, "PEN-96-5a", "96(v)", 2, MAIN, _OBSTRUCTION, ("48(5)", "48(6)", "48(7)"),
         T("指定金融機関、支援法人又は施設委託管理者",
           "designated financial institution, support corporation, facility manager")),
    _row(_FINE, "PEN-96-5b", "96(v)", 3, DESIGNATION, _OBSTRUCTION, ("58(2)",), _OPERATOR),
    _row(_FINE, "PEN-96-5c", "96(v)", 5, PATENTS, _OBSTRUCTION, ("84(1)",), _PROTECTING),
    _row(_FINE, "PEN-96-6", "96(vi)", 3, DESIGNATION,
         T("変更の2週間前までの届出をせず、又は偽って届け出て、名称や住所を変更する",
           "changes name or address without, or with a false, notice (due two weeks before the change)"),
         ("50(3)",), _OPERATOR),
    _row(_FINE, "PEN-96-7", "96(vii)", 3, REVIEW,
         T("重要でも軽微でもない変更の報告をせず、又は偽って報告する",
           "makes no or a false report of a change that is neither important (filed in advance) nor trivial"),
         ("54(4)", "54(5)"), _OPERATOR),
    _row(_NON_PENAL, "PEN-98-1", "98(i)", 2, MAIN,
         T("認可を受けないで供給確保促進円滑化業務実施方針を定め、又は変更する",
           "sets or changes the facilitation policy without approval"), ("15(2)",), _FINANCE_CORPORATION),
    _row(_NON_PENAL, "PEN-98-2", "98(ii)", 2, MAIN,
         T("認可を受けないで協定を結び、又は変更する", "makes or changes the agreement without approval"),
         ("19(2)",), _FINANCE_CORPORATION),
    _row(_NON_PENAL_FUND, "PEN-99", "99", 2, MAIN,
         T("安全な運用方法の定めに反して基金を運用する", "invests the fund against the safe-asset rule"),
         ("34(4)", "43(3)"), T("支援法人又は支援独立行政法人の役員",
                               "officer of the support corporation or support agency")),
)  # fmt: skip
