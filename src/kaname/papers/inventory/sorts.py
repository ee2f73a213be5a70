"""The sorts of paper: what an authority sends out, what a party hands in, and what is no paper."""

from dataclasses import dataclass

from kaname.law import T, Text


@dataclass(frozen=True, slots=True)
class Sort:
    """`notice`: an authority sends it to somebody. `disposition`: it decides about somebody's rights (処分)."""

    id: str
    title: Text
    notice: bool = False
    disposition: bool = False


def _out(id: str, ja: str, en: str, disposition: bool = False) -> Sort:
    return Sort(id, T(ja, en), notice=True, disposition=disposition)


SORTS = {s.id: s for s in (
    _out("acceptance", "受理の通知", "Notice of acceptance"),
    _out("correction", "補正又は追加の求め", "Request to correct or complete"),
    _out("request", "報告等の求め", "Request for a report, papers or cooperation"),
    _out("survey", "調査の求め", "Survey"),
    _out("inquiry", "協議又は意見の求め", "Request for consultation or opinion"),
    _out("answer", "回答", "Answer"),
    _out("opinion", "意見", "Opinion"),
    _out("information", "情報の提供", "Information"),
    _out("extension", "期間の延長の通知", "Notice of extension"),
    _out("shortening", "期間の短縮の通知", "Notice of shortening"),
    _out("recommendation", "勧告", "Recommendation"),
    _out("order", "命令", "Order", disposition=True),
    _out("instruction", "指示", "Instruction", disposition=True),
    _out("hearing", "聴聞、弁明又は意見の聴取の通知", "Notice of a hearing"),
    _out("transmittal", "送付", "Transmittal"),
    _out("sending", "送付の通知", "Notice of sending"),
    _out("non_sending", "不送付の通知", "Notice of non-sending"),
    _out("intention", "意思の確認の通知", "Notice of intention"),
    _out("no_designation", "指定をしない旨の通知", "Notice that there will be no designation"),
    _out("designation", "指定の通知", "Notice of designation", disposition=True),
    _out("lifting", "指定の解除の通知", "Notice of lifting"),
    _out("end_notice", "解除又は満了の通知", "Notice of the end of the designation"),
    _out("certification", "認定書", "Certificate", disposition=True),
    _out("permission", "許可、認可又は承認の通知", "Notice of permission or approval", disposition=True),
    _out("refusal", "認定、指定、許可等をしない旨の通知", "Notice of refusal", disposition=True),
    _out("dismissal", "却下の通知", "Notice of dismissal", disposition=True),
    _out("cancellation", "取消しの通知", "Notice of cancellation", disposition=True),
    _out("decision", "決定の通知", "Notice of decision", disposition=True),
    _out("inspection", "立入検査の通知", "Notice of inspection"),
    _out("notice", "通知", "Notice"),
    _out("public", "公示又は公表", "Public notice"),
    Sort("application", T("申請又は申出", "Application")),
    Sort("filing", T("届出", "Filing")),
    Sort("report", T("報告", "Report")),
    Sort("submission", T("提出", "Submission")),
    Sort("withdrawal", T("取下げ", "Withdrawal")),
    Sort("deed", T("事実行為の記録", "Record of a deed")),
    Sort("record", T("記録", "Record")),
)}  # fmt: skip
PAPERS = frozenset(id for id in SORTS if id not in ("deed", "record"))
