"""The official forms (様式) of Chapter 5: to whom, for what, which act, on what basis.

The document types of the electronic filing software are a third-party copy, their pairing a guess: unverified (note 7).
"""

from dataclasses import dataclass

from kaname.law import Bases, T, Text
from kaname.law.dated import Confidence
from kaname.law.laws import CAO_ORDINANCE, JOINT_ORDER, ORDER, art


@dataclass(frozen=True, slots=True)
class Form:
    """One form: `acts` are the acts that fill it, `online` whether it may be filed electronically (None: not said)."""

    id: str
    name: Text
    to: Text
    acts: tuple[str, ...]
    basis: Bases
    online: bool | None = None
    remark: Text | None = None
    confidence: Confidence = Confidence.HIGH


_JPO = T("特許庁長官", "Commissioner of the Japan Patent Office")
_PM = T("内閣総理大臣（内閣府）", "Prime Minister (Cabinet Office)")

FORMS = (
    Form("JOINT-1", T("保全審査に付することを求める旨の申出書", "request for security review"), _JPO,
         ("first_review.request_review",), art("66(2)") + JOINT_ORDER("2"), online=True),
    Form("JOINT-2", T("送付をしない旨の判断をした旨の通知を求める申出書", "request for a non-sending notice"), _JPO,
         ("first_review.request_nonsend_notice",), art("66(10)") + JOINT_ORDER("3"), online=True,
         remark=T("三月の期間の末日まで。項目は一部推定", "until the end of the three months; fields partly inferred")),
    Form("JOINT-3", T("外国出願の禁止に関する事前確認の申出書", "request for prior confirmation"), _JPO,
         ("prior_confirmation.request",), art("79") + JOINT_ORDER("5(1)", "5(6)") + ORDER("16"), online=False,
         remark=T("日本語。収入印紙2万5千円", "in Japanese; revenue stamp of JPY 25,000")),
    Form("JOINT-4", T("発明の内容を記載した書面", "description of the invention"), _JPO,
        ("prior_confirmation.request",),
         JOINT_ORDER("5(2)-(5)"), remark=T("日本語又は英語", "in Japanese or English")),
    Form("JOINT-5", T("必要な図面", "drawings"), _JPO, ("prior_confirmation.request",), JOINT_ORDER("5(2)-(5)"),
         remark=T("図面中の語は英語でもよい", "words in the drawings may be English")),
    Form("CAO-1", T("特許出願を維持する場合の書類", "papers for keeping the application"), _PM,
         ("security_review.answer_keep",), art("67(9)-(10)") + CAO_ORDINANCE("2", "5", "6"),
         remark=T("十四日以内、日本語", "within 14 days, in Japanese")),
    Form("CAO-2", T("発明共有事業者の変更の承認申請書", "application for approval of a sharing operator"), _PM,
         ("sharing_operator_change.apply_new",), art("76(1)") + CAO_ORDINANCE("11(1)")),
    Form("CAO-3", T("発明共有事業者の変更の届出書", "notification of a change of sharing operators"), _PM,
         ("sharing_operator_change.notify_change",), art("76(2)") + CAO_ORDINANCE("11(2)")),
    Form("CAO-4", T("補償請求書", "compensation claim"), _PM, ("compensation.claim",),
        art("80(2)") + CAO_ORDINANCE("12")),
    Form("CAO-5", T("立入検査の身分証明書", "identity card for inspections"),
         T("職員が携帯", "carried by the official"), ("reports_inspection.inspect",),
         art("84(2)") + CAO_ORDINANCE("13")),
    Form("NO-FORM-PERMIT", T("実施の許可の申請書（様式なし）", "application for a working permit (no numbered form)"),
        _PM,
         ("working_permit.apply",), art("73(2)") + CAO_ORDINANCE("9"),
         remark=T("記載事項のみ定められている", "only the contents are laid down")),
    Form("JPO-XML", T("特許庁電子手続の書類識別", "document types of the electronic filing software"), _JPO,
         ("first_review.request_review", "first_review.notify_sent", "first_review.notify_nonsend"), (),
         remark=T("未確認：etcetera-a918、a2541、a2542 の対応は推測",
             "unverified: etcetera-a918, a2541, a2542; the pairing is a guess"),
         confidence=Confidence.LOW),
)  # fmt: skip
