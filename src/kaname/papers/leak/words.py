"""The words of a report of a leak. What must be asked of people stands in QUESTIONS."""

from kaname.access.custody.decisions import WHY as REFUSALS
from kaname.law import T

__all__ = ["REFUSALS"]

TITLE = T("漏えいの報告の下書き（府令10条1号チ）", "Draft report of a leak (CAO Ordinance 10(i)(チ))")
CASE = T("事件：第{n}号（{id}）", "Case: No. {n} ({id})")
PERIOD = T("調べた期間：{since} から {until} まで", "Period looked at: {since} to {until}, both included")
MANAGER = T("保全情報管理責任者：{name}", "Manager: {name}")
NOT_NAMED = T("システムには定めがない", "not named in the system")
BY = T("作成：{name}、{at}（日本時間）", "Prepared by {name}, {at} (Japan time)")
SUM = T("閲覧した人 {readers}人、閲覧 {reads}件、外にある複製 {out}部、拒否 {refused}件",
        "{readers} people read, {reads} readings, {out} copies out, {refused} refusals")  # fmt: skip
LAW = T("指定特許出願人は内閣総理大臣に、共有事業者は指定特許出願人に直ちに報告する。報告の様式は見ていない。",
        "The designated applicant reports to the Prime Minister, a sharing operator to the applicant, at once. No form "
        "for it was seen.")  # fmt: skip
NONE = T("記録はない。", "Nothing on record.")
YES, NO = T("はい", "yes"), T("いいえ", "no")
OUT, BACK = T("外にある", "out"), T("返却・廃棄済み", "back or destroyed")

OPEN = T("人が書くこと（記録からは分からない）", "To be filled in (the record does not know)")
OPEN_HEADS = (T("事項", "question"), T("記入", "answer"))
QUESTIONS = (
    T("何が漏えいした、又はそのおそれがあるか", "what leaked, or may have leaked"),
    T("いつ、どのように知ったか", "when and how it was noticed"),
    T("漏えいの経路と原因", "by which way, and why"),
    T("漏えいした範囲と、受け取ったと思われる者", "how far, and who may have received it"),
    T("とった措置と、これからとる措置", "what was done, and what will be"),
    T("システムの外で作られた複製や写真の有無", "copies or photographs made outside of the system"),
)
PEOPLE = T("封緘を読むことができた人、読んだ人", "Who could read what is sealed, and who did")
PEOPLE_HEADS = (T("人", "person"), T("機関", "office"), T("権限", "could"), T("読んだ件数", "objects"),
                T("最初", "first"), T("最後", "last"))  # fmt: skip
READS = T("閲覧", "Readings")
READS_HEADS = (T("時刻", "at"), T("人", "person"), T("記録", "entry"), T("対象", "what"), T("入口", "door"))
COPIES = T("複製の簿冊（全期間）", "Register of copies (all of it)")
COPIES_HEADS = (T("番号", "no."), T("対象", "what"), T("人", "person"), T("承認", "approved by"), T("時刻", "at"),
                T("様子", "fate"), T("所在", "where"), T("場所・方法", "place or way"))  # fmt: skip
REQUESTS = T("承認の求め", "Requests for approval")
REQUESTS_HEADS = (T("時刻", "at"), T("人", "person"), T("対象", "what"), T("部数", "copies"), T("様子", "state"),
                  T("答えた人", "answered by"), T("理由", "why"))  # fmt: skip
REFUSED = T("拒否した求め", "Refused")
REFUSED_HEADS = (T("時刻", "at"), T("人", "person"), T("対象", "what"), T("入口", "door"), T("理由", "why"))
ALARMS = T("大量の閲覧の警報", "Alarms of bulk reading")
ALARMS_HEADS = (T("時刻", "at"), T("人", "person"), T("件数", "objects"), T("停止", "stopped"))
