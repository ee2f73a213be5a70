"""Which of the twenty-one measures (府令10条) Kaname takes by itself, and what is left to the office.

The wording of the ordinance was read, the Cabinet Office's guide to it was not: that a feature fulfils a measure is our
reading (`SURE` says how sure), and the office decides. A measure without a feature says so.
"""

from dataclasses import dataclass
from enum import StrEnum

from kaname.law import T, Text


class Share(StrEnum):
    """How much of a measure Kaname takes."""

    MOSTLY = "mostly"
    PARTLY = "partly"
    NOTHING = "nothing"


SHARES = {
    Share.MOSTLY: T("要が担う", "Kaname does it"),
    Share.PARTLY: T("要と事務所が担う", "Kaname and the office"),
    Share.NOTHING: T("事務所が担う", "the office does it"),
}
SURE = T("確かさ：条文は確認済み、内閣府の指針は未確認", "confidence: the ordinance was read, the guide was not")


@dataclass(frozen=True, slots=True)
class Taken:
    """One measure: what Kaname does, what the office must do."""

    share: Share
    kaname: Text
    office: Text


_NONE = T("何もしない。", "Nothing.")

MAP = {
    "1-イ": Taken(Share.PARTLY, T("管理責任者を事件ごとに一人記録し、承認をその人に回す。",
        "Keeps one manager for each case and sends requests to them."),
        T("責任者を選び、任命する。", "Choose and appoint the manager.")),
    "1-ロ": Taken(Share.PARTLY, T("役割ごとに、できる行為と読める範囲を権限で限る。",
        "Mandates limit what each role may do and read."),
        T("責務と業務を文書で定める。", "Lay duties and tasks down in writing.")),
    "1-ハ": Taken(Share.MOSTLY, T("権限、区画の構成員、責任者、許可を期間とともに消さずに残す。",
        "Keeps mandates, members, managers and permits with their days; none is deleted."),
        T("システムの外の取扱者を書き加える。", "Add handlers outside of the system.")),
    "1-ニ": Taken(Share.PARTLY, T("封緘し、区画の構成員だけに知らせ、閲覧を記録する。",
        "Seals it, lets members alone know of it, logs each reading."),
        T("営業秘密としての指定と表示をする。", "Designate and mark it as a trade secret.")),
    "1-ホ": Taken(Share.NOTHING, _NONE, T("規程を定め、運用し、見直す。", "Write, run and review the rule book.")),
    "1-ヘ": Taken(Share.NOTHING, _NONE,
        T("指定特許出願人に規程を確認してもらう。", "Have the rule book checked by the applicant.")),
    "1-ト": Taken(Share.PARTLY, T("漏えい時の手順書（docs/incident.md）と報告の下書きを備える。",
        "Holds a run book (docs/incident.md) and the draft of a report."),
        T("連絡網と判断者を決め、訓練する。", "Decide who decides and whom to call; rehearse.")),
    "1-チ": Taken(Share.PARTLY, T("報告の義務を期限として示し、記録から下書きを作る。",
        "Shows the duty as a clock and drafts the report out of the record."),
        T("経緯を書き、直ちに報告する。", "Write what happened and report at once.")),
    "2-イ": Taken(Share.MOSTLY, T("区画の構成員だけが事件の存在を知る。",
        "Only members of the compartment know that the case exists."),
        T("構成員を必要な人に限る。", "Keep the members few.")),
    "2-ロ": Taken(Share.NOTHING, T("加えた人と日を記録する。", "Records who was brought in by whom, and when."),
        T("加える前に、責任者が漏えいのおそれを確かめる。", "Let the manager check the person before.")),
    "2-ハ": Taken(Share.NOTHING, T("閲覧と拒否を記録し、確かめられるようにする。",
        "Logs readings and refusals, so that it can be checked."),
        T("規程を守らせる。", "Make handlers follow the rule book.")),
    "2-ニ": Taken(Share.NOTHING, _NONE, T("責任者が教育する。", "Let the manager train them.")),
    "3-イ": Taken(Share.NOTHING, _NONE, T("特定区域を定め、立入りを管理する。", "Define areas and control entry.")),
    "3-ロ": Taken(Share.NOTHING, T("電子の書類は暗号化して保管する。", "Keeps electronic documents encrypted."),
        T("紙と物を特定区域の設備に保管する。", "Store paper and objects in those areas.")),
    "3-ハ": Taken(Share.MOSTLY, T("他の人の事前の承認、理由、部数がなければ一バイトも出さず、複製に番号を付ける。",
        "No byte leaves without prior approval, reason and number; each copy is numbered."),
        T("紙の複写機での複製を同じ簿冊で管理する。", "Keep copies made on paper in the same way.")),
    "3-ニ": Taken(Share.MOSTLY, T("書き出しと持出しも同じ承認を要し、所在を簿冊で追う。",
        "Exports need the same approval; the register follows where copies are."),
        T("物の持出しを管理する。", "Control objects that are taken out.")),
    "3-ホ": Taken(Share.PARTLY, T("廃棄を簿冊に残す。", "Keeps the destruction of each copy in the register."),
        T("紙と媒体を復元できないように廃棄する。", "Destroy paper and media beyond recovery.")),
    "3-ヘ": Taken(Share.NOTHING, _NONE, T("盗難と紛失を防ぐ。", "Prevent theft and loss.")),
    "4-イ": Taken(Share.MOSTLY, T("権限と構成員である人だけに、文のなかの条件で見せる。",
        "Shows it to members with a mandate alone, by a condition in each statement."),
        T("端末と利用者を管理する。", "Look after devices and accounts.")),
    "4-ロ": Taken(Share.PARTLY, T("パスキー、遅延、区切られた入口、判断の記録で防ぐ。",
        "Passkeys, delays, doors with rules, a record of every decision."),
        T("ネットワークと機器を守る。", "Protect network and machines.")),
    "4-ハ": Taken(Share.PARTLY, T("鍵のない写しでは読めず、大量の閲覧は警報を出して止まる。",
        "A copy without keys opens nothing; very much reading alarms and stops."),
        T("画面の撮影と印刷を防ぐ。", "Prevent photographs and prints of screens.")),
}  # fmt: skip
