"""第一次審査・内閣総理大臣への送付 (Art. 66; Order 12-13; Joint Order 1-3): the JPO reviews every application.

The review leaves no trace outside the JPO until a notice comes, so an applicant's ledger may go from `filed` straight
to the notice; acts that the JPO does inside the review are therefore possible from `filed` too.
"""

from dataclasses import replace
from typing import Any

from kaname.days import FirstDay, Move, months
from kaname.days import end as period_end
from kaname.law import T
from kaname.law.laws import JOINT_ORDER, ORDER, PATENT_ACT, PATENT_REGULATION, art
from kaname.procedure.declare import (
    Act,
    Ban,
    Clock,
    Consequence,
    Count,
    Duty,
    Field,
    FieldType,
    Force,
    Kind,
    NoPenalty,
    Option,
    Procedure,
    act_day,
    condition,
    done,
    end,
    end_of,
    enters,
    go,
    keep,
    opens,
    receipt,
    stay,
)
from kaname.procedure.view import View
from kaname.regimes.patents import base_dates, scope
from kaname.regimes.patents.base_dates import base_66, own_filing_day, priority_day
from kaname.regimes.patents.filing_form import FILE_FORM, FILED_IN_ORDER
from kaname.regimes.patents.roles import APPLICANT, JPO, PM
from kaname.regimes.patents.words import finding, flag, form, text

INSIDE = ("filed", "under_first_review", "materials_requested")
BEFORE_SENDING = (*INSIDE, "not_sent_judged", "period_expired_unsent")

# -- what is asked ---------------------------------------------------------------------------------------------------

KEPT_DATE = flag("original_date_kept",
    T("出願の日が維持される（38条の4第4項ただし書）", "the filing day is kept (38-4(4) proviso)"),
    PATENT_ACT("38-4(4) proviso"), T("未記入なら維持される", "assumed to be kept where left out"))
FORM_1 = tuple(text(*f, art("66(2)") + JOINT_ORDER("2"), sealed=True, form=form("1", "joint")) for f in (
    ("invention", T("発明", "the invention")), ("places", T("記載箇所", "where it is described")),
    ("reasons", T("理由", "reasons"))))
FORM_2 = tuple(text(*f, JOINT_ORDER("3"), form=form("2", "joint")) for f in (
    ("application_number", T("出願番号", "application number")), ("name", T("氏名又は名称", "name of the applicant"))))
GROUND = Field("ground", T("送付の理由", "ground for sending"), FieldType.CHOICE, art("66(1)-(2)"), finding=True,
    options=(Option("listed", T("66条1項本文の発明", "invention within Art. 66(1)"), art("66(1)")),
        Option("request", T("申出", "request of the applicant"), art("66(2) first sentence")),
        Option("repeat", T("再度の出願", "repeat filing"), art("66(2) second sentence"))))
HOW = Field("how", T("終わり方", "how it ended"), FieldType.CHOICE, art("78(1) proviso"),
    options=(Option("withdrawn", T("取下げ", "withdrawn")), Option("abandoned", T("放棄", "abandoned")),
        Option("dismissed", T("却下", "dismissed")), Option("converted", T("出願の変更", "converted"))))
PCT, IS_PCT = finding("pct", T("国際特許出願であること", "an international application deemed a patent application"),
    T("国際特許出願でない", "not an international application"), art("66(5)"))
WITH_FILING, SAID_WITH_FILING = finding("with_filing", T("出願とともにする申出", "requested together with the filing"),
    T("出願とともにされていない", "not made together with the filing"), art("66(2)") + JOINT_ORDER("2"))
REPEAT, IS_REPEAT = finding("repeat_filing",
    T("先に申出をし67条9項の通知を受けた者の同じ発明", "earlier request, intention notice, same invention"),
    T("再度の出願に当たらない", "not a repeat filing"), art("66(2) second sentence"))
NEEDLESS, CLEARLY_NEEDLESS = finding("clearly_needless",
    T("保全審査に付する必要がないことが明らか", "review is clearly needless"),
    T("必要がないことが明らかでない", "review is not clearly needless"), art("66(1) proviso"))

# -- conditions ------------------------------------------------------------------------------------------------------

def made_with_filing(v: View) -> bool | None:
    """Whatever is said: on a later day than that of the filing it was not made with it."""
    return False if v.on != v.fact("filed_on") else v.given("with_filing")

MADE_WITH_FILING = replace(SAID_WITH_FILING, test=made_with_filing)

@condition(T("送付の理由とする申出又は再度の出願があること", "the request or repeat filing given as ground was made"),
    T("送付の理由とした申出又は再度の出願が記録にない",
        "the request or repeat filing given as the ground is not on record"), art("66(2)"))
def ground_on_record(v: View) -> bool | None:
    told = {"request": "request_review", "repeat": "repeat_filer"}.get(v.given("ground") or "")
    return told is None or v.done(told) is not None

@condition(T("申出によらない送付は66条1項本文の発明に限る", "unasked, only an invention within Art. 66(1) is sent"),
    T("記録によれば令12条1項の号に当たらない。分類は手掛かりにとどまり、判断は特許庁長官が内容による",
        "as recorded no item of Order Art. 12(1) is met; symbols are evidence only, the JPO decides by content"),
    art("66(1)") + ORDER("12(1)"))
def within_unless_asked(v: View) -> bool | None:
    asked = v.done("request_review") or v.done("repeat_filer")
    return True if asked else scope.within_66_1.test(v)

@condition(T("66条10項の申出があること", "a request under Art. 66(10) was made"),
    T("66条10項の申出がない", "no request under Art. 66(10)"), art("66(10)"))
def was_asked(v: View) -> bool | None:
    return v.done("request_nonsend_notice") is not None

@condition(T("申出期間内であること", "the period for the request is not over"),
    T("申出期間が過ぎた", "the period for the request is over"), JOINT_ORDER("3(2)"), question=3)
def request_in_time(v: View) -> bool | None:
    return not v.over("nonsend_request")

@condition(T("70条1項又は71条の通知の前であること", "before the notice under Art. 70(1) or 71"),
    T("既に70条1項又は71条の通知がされた", "the notice under Art. 70(1) or 71 was given"), art("66(8)", "66(9)"))
def outcome_open(v: View) -> bool | None:
    return v.state("security_review") not in ("designated", "not_designated")

@condition(T("送付されたこと", "the file was sent"), T("送付の記録がない", "no sending is on record"), art("66(8)"))
def was_sent(v: View) -> bool | None:
    """The report follows the withdrawal, and with that the application is gone."""
    return v.fact("sent_on") is not None

@condition(T("却下によること", "by a dismissal"), T("却下でない", "not a dismissal"), art("66(9)"))
def dismissed(v: View) -> bool | None:
    return bool(v.given("how") == "dismissed")

@condition(T("十月の期間が優先期間内に終わること", "the ten months end within the priority year"),
    T("この日を起算日とすると、外国出願の禁止が優先期間の後まで続き得る",
        "counted from this day, the ban may outlast the priority year"), art("66(4)", "78(3)"))
def keeps_priority_year(v: View) -> bool | None:
    year = v.clock("foreign_filing_ban.priority_year")
    if v.state("foreign_filing_ban") != "banned" or year is None or year.last_day is None:
        return True
    return period_end(v.on, months(10), FirstDay.EXCLUDED, Move.NONE).last_day < year.last_day

@condition(T("送付の通知がまだないこと", "no notice of sending was given yet"),
    T("送付の通知は既にされた", "the notice was given"), art("66(3)"))
def not_yet_notified(v: View) -> bool | None:
    return v.fact("sent_notice_on") is None

@condition(T("先の特許出願を参照する方法による出願であること", "filed by reference to an earlier application"),
    T("先の特許出願を参照する方法による出願でない", "not filed by reference to an earlier application"),
    PATENT_ACT("38-3(1)"))
def by_reference(v: View) -> bool | None:
    return "reference_filing" in base_dates.kinds(v)

@condition(T("分割出願でも変更出願でもないこと", "neither a division nor a conversion"),
    T("分割出願・変更出願の明細書等は補完できない", "a division or conversion cannot be completed"),
    PATENT_ACT("38-4(10)"))
def can_be_completed(v: View) -> bool | None:
    return not {"division", "conversion"} & base_dates.kinds(v)

@condition(T("外国語書面出願であること", "a foreign-language application"),
    T("外国語書面出願でない", "not a foreign-language application"), PATENT_ACT("36-2(1)"))
def in_foreign_language(v: View) -> bool | None:
    return "foreign_language" in base_dates.kinds(v)

# -- sums ------------------------------------------------------------------------------------------------------------

def filing_day_of(v: View) -> Any:
    """The filing day in law: the parent's for a division or conversion, else the day of the act."""
    return v.given("original_filing_date") or v.on

def day_sent(v: View) -> Any:
    """An applicant's ledger may know the notice only: sent by that day at the latest."""
    return v.fact("sent_on") or v.on

def day_after_supplement(v: View) -> Any:
    """Unless the filing day is kept, it moves to the day of the supplement (38条の4第4項)."""
    return v.on if v.given("original_date_kept") is False else v.fact("filing_day")

# -- the procedure ---------------------------------------------------------------------------------------------------

first_review = Procedure(
    "first_review", T("第一次審査・内閣総理大臣への送付", "first review and sending"),
    art("66") + ORDER("12", "13") + JOINT_ORDER("1", "2", "3"),
    states=dict(
        filed=T("出願済", "filed"), under_first_review=T("第一次審査中", "under first review"),
        materials_requested=T("資料提出の求め", "materials requested"),
        not_sent_judged=T("送付しない判断", "judged not to be sent"),
        period_expired_unsent=T("送付なく期間経過", "period over, not sent"), sent=T("送付済", "sent"),
        out_of_scope=end(T("対象外", "out of scope")), application_gone=end(T("出願の消滅", "application gone")),
        hold_over=T("保留終了", "hold over")),
    clocks=(
        Clock("three_months", T("送付の期間（三月）", "period for sending (three months)"), Kind.AGENCY_DUTY,
            art("66(1)", "66(4)") + ORDER("13"), (Count(months(3), base_66),), question=3, since=scope.IN_FORCE),
        Clock("nonsend_request", T("送付しない旨の通知の申出期間", "period for requesting a non-sending notice"),
            Kind.FILING, art("66(10)") + JOINT_ORDER("3(2)"), (Count(months(3), base_66),), question=3,
            since=scope.IN_FORCE),
        Clock("translation_due", T("翻訳文の提出期間（一年四月）", "period for the translation (one year four months)"),
            Kind.PATENT, PATENT_ACT("36-2(2)"), (Count(months(16), priority_day), Count(months(2), own_filing_day))),
        Clock("notice_of_sending", T("送付した旨の通知", "notice of sending"), Kind.AGENCY_DUTY, art("66(3)"),
            force=Force.WITHOUT_DELAY)),
    acts=(
        Act("file", T("特許出願をする", "file the application"), APPLICANT, PATENT_ACT("36(1)"), opens("filed"),
            fields=FILE_FORM, conditions=(scope.in_force, *FILED_IN_ORDER), advice=(scope.symbols_exist,),
            starts=("three_months", "nonsend_request"),
            keeps=(keep("filed_on", act_day), keep("filing_day", filing_day_of), keep("filing_kind"),
                keep("application_number"), keep("title"), keep("priority_date"), keep("listed"),
                keep("made_in_japan"), keep("secret"),
                keep("screening", scope.screened))),
        Act("file_translation", T("翻訳文を提出する", "file the translation"), APPLICANT,
            PATENT_ACT("36-2(2)", "36-2(4)", "36-2(6)"), stay(*BEFORE_SENDING, "sent", "hold_over"),
            conditions=(in_foreign_language,), advice=(keeps_priority_year,), meets=("translation_due",),
            keeps=(keep("translation_on", act_day),)),
        Act("file_reference_papers",
            T("明細書等及び先の出願の書類を提出する", "file the specification and the earlier papers"), APPLICANT,
            PATENT_ACT("38-3(3)") + art("66(4) row 2"), stay(*BEFORE_SENDING), conditions=(by_reference,),
            advice=(keeps_priority_year,), keeps=(keep("reference_papers_on", act_day),)),
        Act("supplement_missing_part", T("明細書等を補完する", "complete a missing part"), APPLICANT,
            PATENT_ACT("38-4(2)", "38-4(4)") + art("66(4) row 3"), stay(*BEFORE_SENDING), fields=(KEPT_DATE,),
            conditions=(can_be_completed,), advice=(keeps_priority_year,),
            keeps=(keep("supplement_on", act_day), keep("filing_day", day_after_supplement))),
        Act("exclude_pct", T("国際特許出願として対象外とする", "set aside as an international application"), JPO,
            art("66(5)"), go("out_of_scope", "filed"), fields=(PCT,), conditions=(IS_PCT,)),
        Act("request_review", T("保全審査に付することを申し出る", "request security review"), APPLICANT,
            art("66(2) first sentence") + JOINT_ORDER("2"), go("under_first_review", "filed"),
            fields=(*FORM_1, WITH_FILING), conditions=(scope.in_force, MADE_WITH_FILING),
            keeps=(keep("requested_on", act_day),)),
        Act("repeat_filer", T("再度の出願として扱う", "treat as a repeat filing"), JPO, art("66(2) second sentence"),
            go("under_first_review", "filed"), fields=(REPEAT,), conditions=(scope.in_force, IS_REPEAT)),
        Act("start_review", T("第一次審査を始める", "start the first review"), JPO, art("66(1)"),
            go("under_first_review", "filed"), conditions=(scope.in_force,)),
        Act("ask_materials", T("資料の提出・説明を求める", "ask for materials"), JPO, art("66(6)"),
            go("materials_requested", "filed", "under_first_review"), conditions=(scope.in_force,), received=True),
        Act("supply_materials", T("資料を提出し説明する", "supply materials"), APPLICANT, art("66(6)"),
            go("under_first_review", "materials_requested")),
        Act("send", T("内閣総理大臣に送付する", "send to the Prime Minister"), JPO,
            art("66(1)-(2)") + ORDER("12", "13") + JOINT_ORDER("1"), go("sent", *INSIDE), fields=(GROUND,),
            conditions=(scope.in_force, ground_on_record), advice=(within_unless_asked,), meets=("three_months",),
            stops=("nonsend_request",), starts=("notice_of_sending",), keeps=(keep("sent_on", act_day),)),
        Act("notify_sent", T("送付した旨を通知する", "give notice of sending"), JPO, art("66(3)"),
            stay("sent") + go("sent", *INSIDE), conditions=(scope.in_force, not_yet_notified), received=True,
            meets=("three_months", "notice_of_sending"), stops=("nonsend_request",),
            keeps=(keep("sent_on", day_sent), keep("sent_notice_on", act_day))),
        Act("decline_clearly_unneeded", T("明らかに不要として送付しない", "not send as clearly needless"), JPO,
            art("66(1) proviso"), go("not_sent_judged", *INSIDE), fields=(NEEDLESS,),
            conditions=(scope.in_force, CLEARLY_NEEDLESS), stops=("three_months",)),
        Act("judge_not_sent", T("送付しない判断をする", "judge that it is not sent"), JPO, art("66(7)", "66(10)"),
            go("not_sent_judged", *INSIDE), conditions=(scope.in_force,), stops=("three_months",)),
        Act("request_nonsend_notice", T("送付しない旨の通知を申し出る", "request a non-sending notice"), APPLICANT,
            art("66(10)") + JOINT_ORDER("3"), stay(*BEFORE_SENDING), fields=FORM_2,
            conditions=(scope.in_force, request_in_time), meets=("nonsend_request",)),
        Act("notify_nonsend", T("送付しない旨を通知する", "give a non-sending notice"), JPO, art("66(10)"),
            stay("not_sent_judged", "period_expired_unsent") + go("not_sent_judged", *INSIDE), conditions=(was_asked,),
            stops=("three_months",), received=True, keeps=(keep("nonsend_notice_on", act_day),)),
        Act("gone_before_sending", T("送付前の取下げ・放棄・却下", "withdrawn, abandoned or dismissed before sending"),
            (APPLICANT, JPO), art("78(1) proviso"), go("application_gone", *BEFORE_SENDING), fields=(HOW,),
            aliases=("withdraw",)),
        Act("report_withdrawal", T("放棄・取下げを内閣総理大臣に通知する", "report a withdrawal"), JPO, art("66(8)"),
            stay("sent", "application_gone"), conditions=(was_sent, outcome_open)),
        Act("report_assignment", T("承継の届出を内閣総理大臣に通知する", "report an assignment"), JPO,
            art("66(8)") + PATENT_ACT("34(4)-(5)"), stay("sent")),
        Act("report_dismissal", T("却下しようとする旨を内閣総理大臣に通知する", "report an intended dismissal"), JPO,
            art("66(9)"), stay("sent"), conditions=(outcome_open,))),
    duties=(
        Duty("notify_sent", T("送付した旨を通知する", "give notice of sending"), art("66(3)"), JPO,
            NoPenalty(T("官庁の義務", "a duty of the office")), to=APPLICANT, clock="notice_of_sending",
            done=(done("notify_sent"),)),
        Duty("report_withdrawal", T("放棄・取下げを内閣総理大臣に通知する", "report the withdrawal"), art("66(8)"), JPO,
            NoPenalty(T("官庁の義務", "a duty of the office")), to=PM, arises=(done("withdrawn_when_sent"),),
            done=(done("report_withdrawal"),))),
    bans=(
        Ban("hold", T("出願公開・特許査定・拒絶査定", "publication, grant and refusal"),
            art("66(7)") + PATENT_ACT("49", "51", "64(1)"), JPO, states=(*INSIDE, "sent"),
            covers=("patent_act_special.publish_application", "patent_act_special.decide_application"),
            ends_with=("three_months",), unless=(~scope.in_force,),
            penalty=NoPenalty(T("官庁に対する定め", "a rule for the office"))),),
    consequences=(
        Consequence("translation_period", T("翻訳文の提出期間", "the translation is due"), PATENT_ACT("36-2(2)"),
            upon=(done("file"),), moves=stay("filed"), only_if=in_foreign_language, starts=("translation_due",)),
        Consequence("rebase", T("起算日の変更", "new base day"), art("66(4)"),
            moves=stay(*INSIDE) + go("under_first_review", "period_expired_unsent"),
            upon=(done("file_translation"), done("file_reference_papers"), done("supplement_missing_part")),
            starts=("three_months", "nonsend_request")),
        Consequence("lapse", T("送付なく期間が経過", "the period ends without sending"), art("66(7)", "78(1) proviso"),
            upon=(end_of("three_months"),), moves=go("period_expired_unsent", *INSIDE)),
        Consequence("hold_ends", T("保留の終了", "the hold ends"), art("66(7)", "71", "77(2)"),
            moves=go("hold_over", "sent"), stops=("notice_of_sending",),
            upon=(receipt("security_review.decide_no_need"), receipt("security_review.decline"),
                receipt("designation.notify_end"))),
        Consequence("withdrawn_when_sent", T("送付後の放棄・取下げ", "withdrawn after sending"), art("66(8)"),
            upon=(done("security_review.withdraw"),), moves=stay("sent"), only_if=outcome_open & ~dismissed),
        Consequence("gone", T("出願の消滅", "the application is gone"), art("68 proviso", "69(4)"),
            moves=go("application_gone", "sent", "hold_over"),
            upon=(done("security_review.withdraw"), done("security_review.convert"),
                done("dismissal_service.dismiss"))),
        Consequence("deemed_withdrawn", T("みなし取下げ", "deemed withdrawn"),
            art("82(2)", "82(3)") + PATENT_ACT("42(1)", "48-3(4)") + PATENT_REGULATION("28-4(2)"),
            upon=(enters("patent_act_special.gone"),),
            moves=go("application_gone", *BEFORE_SENDING, "sent", "hold_over"))),
    note=T("第一次審査は申出も手数料も要しない", "every national application is reviewed, without request or fee"))
