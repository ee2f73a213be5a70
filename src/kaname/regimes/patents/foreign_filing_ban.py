"""外国出願の禁止 (Art. 78; Order 14-15): older than any application; a Japanese application opens the ways out of it.

Issue and receipt differ: the three months ask whether the notice of sending was *issued*, all else bites on *receipt*.
"""

from datetime import date, timedelta

from kaname.days import FirstDay, Move, months, years
from kaname.days import end as period_end
from kaname.law import Practice, T
from kaname.law.laws import ORDER, PATENT_ACT, art
from kaname.procedure.declare import (
    Act,
    Ban,
    Clock,
    Consequence,
    Count,
    Field,
    FieldType,
    Kind,
    Procedure,
    Take,
    act_day,
    condition,
    done,
    end_of,
    go,
    keep,
    receipt,
    received,
    stay,
)
from kaname.procedure.standing import Standing
from kaname.procedure.view import View
from kaname.regimes.patents import scope
from kaname.regimes.patents.base_dates import base_66, base_78, priority_day
from kaname.regimes.patents.designation import end_notified
from kaname.regimes.patents.exceptions import TREATIES
from kaname.regimes.patents.roles import ANYONE, APPLICANT, JPO, PM
from kaname.regimes.patents.scope import made_in_japan, not_public, within_66_1
from kaname.regimes.patents.words import finding, flag
from kaname.regimes.patents.working_permit import REASONS, REASONS_GIVEN

BOTH = ("three_months", "ten_months")
BANNED = ("banned", "breach_noted", "dismissal_pending")
RELEASE = go("released", "banned", "breach_noted") + stay("dismissal_pending")
RELEASED = (keep("released_on", act_day),)
CLEARS = RELEASE + go("released", "released_but_designated") + stay("not_covered")
CLEARED = (*RELEASED, keep("cleared_on", act_day))
ALL = ("not_covered", *BANNED, "released", "released_but_designated", "dismissed")
NOT_BANNED = tuple(state for state in ALL if state != "banned")

# -- what is asked ---------------------------------------------------------------------------------------------------

TREATY = Field("treaty", T("令14条の例外", "exception of Order Art. 14"), FieldType.CHOICE, ORDER("14"),
    options=TREATIES)
OTHER = flag("other_invention",
    T("指定特許出願人による保全対象発明以外の出願", "the designated applicant files only other inventions"),
    art("78(2)"))
ADDED = flag("matter_added", T("日本の出願にない事項を含む", "contains matter not in the Japanese application"),
    art("78(1) proviso"))
PUBLICLY, HAS_BECOME_PUBLIC = finding("public", T("発明が公になったこと", "the invention has become public"),
    T("発明は公になっていない", "the invention is not public"), art("78(1)"))
PCT, PCT_DESCRIBES = finding("pct_describes",
    T("日本を指定する国際出願に66条1項の発明が記載",
        "a PCT application designating Japan describes an Art. 66(1) invention"),
    T("66条1項の発明の記載がない", "no Art. 66(1) invention is described"), art("78(4)"))
FITNESS, DISMISSAL_FIT = finding("dismissal_fit",
    T("66条3項の通知を受けた者の違反、又は国際出願自体の違反",
        "breach by who got the 66(3) notice, or by a PCT application itself"),
    T("却下に相当する違反が認められない", "no breach that calls for dismissal is found"), art("78(5)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("期間内に66条3項の通知が発せられていないこと", "no notice under Art. 66(3) was issued within the period"),
    T("66条3項の通知が発せられた", "the notice of sending was issued"), art("78(1) proviso"))
def no_sending_notice(v: View) -> bool | None:
    return v.fact("first_review.sent_notice_on") is None

@condition(T("70条1項の通知を受けていないこと", "no notice under Art. 70(1) was received"),
    T("70条1項の通知を受けた", "the notice of designation was received"), art("78(1) proviso"))
def not_designated(v: View) -> bool | None:
    return v.fact("designated_notice_on") is None

@condition(T("令14条の条約上の例外に当たること", "a treaty exception of Order Art. 14 applies"),
    T("令14条の例外に当たらない", "no treaty exception applies"), ORDER("14"))
def treaty_filing(v: View) -> bool | None:
    return bool(v.given("treaty"))

@condition(T("保全対象発明以外の発明のみであること", "only inventions other than the designated one"),
    T("保全対象発明を含む", "the designated invention is included"), art("78(2)"))
def other_invention(v: View) -> bool | None:
    """Freed for the designated applicant only, not for anyone else (78条2項)."""
    return v.role != ANYONE.id and bool(v.given("other_invention")) and v.fact("designated_notice_on") is not None

@condition(T("既に解除されたこと", "released before"), T("解除されていない", "not released"), art("78(1) proviso"))
def already_released(v: View) -> bool | None:
    """The state of a dismissal hides a release that came before or meanwhile."""
    return v.state() in ("dismissal_pending", "dismissed") and v.fact("released_on") is not None

@condition(T("違反の記録があること", "a breach is on record"), T("違反の記録がない", "no breach is on record"),
    art("78(5)"))
def breach_on_record(v: View) -> bool | None:
    return v.fact("breached_on") is not None or v.done("pct_notice") is not None

@condition(T("66条3項の通知を受けた者の違反、又は国際出願自体の違反であること",
        "a breach by who was given the notice of Art. 66(3), or by a PCT application itself"),
    T("66条3項の通知も、国際出願についての通知もない", "neither a notice of sending nor a report of a PCT application"),
    art("78(5)"))
def notified_or_pct(v: View) -> bool | None:
    return v.fact("first_review.sent_notice_on") is not None or v.done("pct_notice") is not None

@condition(T("送付・指定に関する通知がまだないこと", "no notice has settled the ban yet"),
    T("既に通知がされた", "a notice has settled the ban"), art("78(1) proviso"))
def still_unsent(v: View) -> bool | None:
    return v.fact("first_review.nonsend_notice_on") is None and not v.state("security_review")

@condition(T("禁止中であること", "the ban is in force"), T("禁止されていない", "the ban is not in force"), art("78(1)"))
def in_ban(v: View) -> bool | None:
    return v.state() in (*BANNED, "released_but_designated")

@condition(T("日本の出願にない事項を含まないこと", "no matter beyond the Japanese application"),
    T("追加した事項には解除が及ばない", "matter added for the foreign filing is not released"), art("78(1) proviso"))
def nothing_added(v: View) -> bool | None:
    return not v.given("matter_added")

@condition(T("66条1項の発明として送付されたこと", "sent as an Art. 66(1) invention"),
    T("申出による送付", "sent on request"), art("66(1)-(2)"))
def sent_as_listed(v: View) -> bool | None:
    """A file that nobody asked to send was sent because Art. 66(1) reaches the invention."""
    asked = v.done("first_review.request_review") or v.done("first_review.repeat_filer")
    return v.given("ground") == "listed" if v.given("ground") else not asked

@condition(T("日本に先に出願していること", "filed in Japan first"),
    T("日本の出願がない。66条1項の発明なら、出願の有無によらず禁止されている。事前確認（79条）を申し出ることができる",
        "nothing is filed in Japan: an Art. 66(1) invention is banned even so; prior confirmation (Art. 79) is open"),
    art("78(1)", "79(1)"))
def japan_first(v: View) -> bool | None:
    return v.fact("first_review.filed_on") is not None

@condition(T("禁止が明らかになる前の外国出願でないこと", "not filed abroad before the ban showed"),
    T("禁止が明らかになる前に外国出願がされている。その外国出願は78条1項に違反し得る（94条1項）",
        "filed abroad before the ban showed: that filing may be a breach of Art. 78(1) (Art. 94(1))"),
    art("78(1)", "94(1)"))
def not_filed_early(v: View) -> bool | None:
    return v.state() not in BANNED or v.fact("filed_early_on") is None

@condition(T("施行後であること", "on or after 2024-05-01"), T("施行前である", "before 2024-05-01"), art("suppl. 1(v)"))
def since_in_force(v: View) -> bool | None:
    return v.on >= scope.IN_FORCE

@condition(T("事前確認で支障なしとされていないこと", "not cleared by a prior confirmation"),
    T("事前確認で支障なしとされた", "cleared by a prior confirmation"), art("78(1)", "79(4)"))
def not_cleared(v: View) -> bool | None:
    return v.fact("cleared_on") is None


@condition(T("回答が既に届いていること", "the answer has arrived"), T("回答の到達前", "the answer has not arrived yet"),
    art("79(4)"))
def no_later_receipt(v: View) -> bool | None:
    """Who enters the answer holds it, unless a later day of receipt is recorded."""
    return v.received_on is None or v.received_on <= v.on

@condition(T("事前確認の事件で支障なしの回答が届いたこと", "the case of the confirmation holds a clearing answer"),
    T("事前確認の事件では支障なしの回答が届いていない",
        "in the case of the confirmation no clearing answer has arrived"),
    art("78(1)", "79(4)"))
def answer_clears(v: View) -> bool | None:
    """Asked only where the case of the confirmation was looked at; else who enters the answer vouches for it."""
    seen = v.context("prior_confirmation")
    if seen is None:
        return True
    arrived = seen.get("cleared_on")
    return seen.get("state") == "cleared" and (arrived is None or date.fromisoformat(arrived) <= v.on)

@condition(T("十月の期間が優先期間内に終わること", "the ten months end within the priority year"),
    T("外国出願の禁止が優先期間（十二月）の後まで続き得る", "the ban may outlast the priority year"),
    art("78(1)", "78(3)"))
def ends_within_priority_year(v: View) -> bool | None:
    ten, year = v.clock("ten_months"), v.clock("priority_year")
    if not (ten and year and ten.last_day and year.last_day and ten.status == "running" and v.state() in BANNED):
        return True
    return ten.last_day < year.last_day

@condition(T("三月の期間が優先期間内に終わること", "the three months end within the priority year"),
    T("送付がなくても、外国出願の禁止は優先期間（十二月）の後まで続く",
        "the ban outlasts the priority year even if nothing is sent"), art("66(4)", "78(1)"))
def unsent_ends_within_priority_year(v: View) -> bool | None:
    three, year = v.clock("three_months"), v.clock("priority_year")
    if not (three and year and three.last_day and year.last_day and three.status == "running" and v.state() in BANNED):
        return True
    return three.last_day < year.last_day

@condition(T("優先期間内に翻訳文等が提出されること", "the base day is known"),
    T("翻訳文等の提出まで起算日が定まらず、禁止が続く。優先期間の終わる三月前までに提出すること",
        "no base day until the translation is filed: file it three months before the priority year ends"),
    art("66(4)", "78(3)"))
def base_day_known(v: View) -> bool | None:
    ten = v.clock("ten_months")
    return not (v.state() in BANNED and ten and ten.status == "pending")

def day_filed_early(v: View) -> date | None:
    """The ban is older than the application: a filing abroad before it showed was under it."""
    day: date | None = v.fact("filed_early_on")
    return day

# -- sums ------------------------------------------------------------------------------------------------------------

def last_base_day(priority_last_day: date) -> date:
    """The latest base day of Art. 66(4) from which the three months, unsent, are over before the priority year ends."""
    day = priority_last_day
    while period_end(day, months(3), FirstDay.EXCLUDED, Move.NONE).last_day >= priority_last_day:
        day -= timedelta(days=1)
    return day

def cleared(standing: Standing) -> dict[str, object]:
    """What a prior confirmation says: its state, and the day its answer was received."""
    answered = standing.fact("prior_confirmation.cleared_on")
    return {"state": standing.state("prior_confirmation"), "cleared_on": answered.isoformat() if answered else None}

# -- the procedure ---------------------------------------------------------------------------------------------------

# The papers from which the two periods count anew (66条4項, 78条3項).
PAPERS = (done("first_review.file_translation"), done("first_review.file_reference_papers"),
    done("first_review.supplement_missing_part"))
PARIS = Practice("優先期間（パリ条約4条C、特許法43条）",
    "priority period (Paris Convention Art. 4C, Patent Act Art. 43)")

foreign_filing_ban = Procedure(
    "foreign_filing_ban", T("外国出願の禁止", "foreign filing ban"), art("78") + ORDER("14", "15"), start="not_covered",
    states=dict(
        not_covered=T("対象外", "not covered"), banned=T("禁止中", "banned"), released=T("解除", "released"),
        released_but_designated=T("保全対象発明のみ禁止", "only the designated invention banned"),
        breach_noted=T("違反の認知", "breach noted"),
        dismissal_pending=T("却下相当の通知後", "dismissal pending"), dismissed=T("却下", "dismissed")),
    clocks=(
        Clock("three_months", T("外国出願の禁止の解除まで（三月）", "release of the foreign filing ban (three months)"),
            Kind.STANDSTILL, art("66(1)", "78(1) proviso") + ORDER("13"), (Count(months(3), base_66),), question=3),
        Clock("ten_months", T("外国出願の禁止の解除まで（十月）", "release of the foreign filing ban (ten months)"),
            Kind.STANDSTILL, art("78(1)", "78(3)") + ORDER("15"), (Count(months(10), base_78),), question=3),
        Clock("priority_year", T("優先期間（十二月）", "priority year"), Kind.TERM, (PARIS,),
            (Count(years(1), priority_day),), lasting=True)),
    bans=(
        Ban("file_abroad", T("外国出願", "filing abroad"), art("78(1)"), ANYONE,
            states=(*BANNED, "released_but_designated", "dismissed"), covers=("file_abroad",), ends_with=BOTH,
            penalty="PEN-94-1", unless=(treaty_filing, other_invention, ~not_public, already_released), older=True,
            left=dict(released_but_designated=T("外国出願（指定特許出願人は保全対象発明のみ）",
                "filing abroad (by the designated applicant: the designated invention only)"))),),
    acts=(
        Act("file_abroad", T("外国出願をする", "file abroad"), (APPLICANT, ANYONE), art("78(1)", "94(1)"), stay(*ALL),
            fields=(TREATY, OTHER, ADDED), deed=True, advice=(nothing_added, japan_first), aliases=("breach",),
            keeps=(keep("filed_abroad_on", act_day),)),
        Act("becomes_public", T("発明が公になる", "the invention becomes public"), ANYONE, art("78(1)"),
            go("not_covered", "banned") + stay(*NOT_BANNED), fields=(PUBLICLY,),
            conditions=(HAS_BECOME_PUBLIC,), stops=BOTH, deed=True, aliases=("first_review.become_public",)),
        Act("release_cleared_answer",
            T("事前確認で支障なしとの回答を受ける", "receive the clearing answer of a prior confirmation"),
            (APPLICANT, JPO), art("78(1)", "79(4)"), stay(*BANNED, "not_covered", "released_but_designated"),
            received=True, conditions=(answer_clears,),
            takes=(Take("prior_confirmation", T("事前確認の回答", "the prior confirmation"),
                    "patents.prior_confirmation", cleared),)),
        Act("pct_notice", T("国際出願について内閣総理大臣に通知する", "report a PCT application"), JPO, art("78(4)"),
            go("breach_noted", "banned", "released_but_designated") + stay("breach_noted", "not_covered"),
            fields=(PCT,), conditions=(PCT_DESCRIBES,)),
        Act("notify_dismissal_fit", T("却下が相当と通知する", "notify that dismissal is fit"), PM, art("78(5)-(6)"),
            go("dismissal_pending", "breach_noted", "released"), fields=(FITNESS, REASONS),
            conditions=(breach_on_record, notified_or_pct, DISMISSAL_FIT, REASONS_GIVEN), received=True)),
    warns=(not_filed_early, unsent_ends_within_priority_year, ends_within_priority_year, base_day_known,
        scope.place_stated, scope.secrecy_stated, scope.requirement_answered, scope.symbols_tell,
        scope.same_version_as_parent),
    consequences=(
        Consequence("priority", T("優先期間の開始", "the priority year runs"), (PARIS,),
            upon=(done("first_review.file"),), moves=stay("not_covered", "released"), starts=("priority_year",)),
        Consequence("priority_moves", T("出願の日の変更", "the filing day moves"), (*PATENT_ACT("38-4(4)"), PARIS),
            upon=(done("first_review.supplement_missing_part"),), moves=stay(*ALL), starts=("priority_year",)),
        Consequence("filed_early", T("禁止が明らかになる前の外国出願", "filed abroad before the ban shows"),
            art("78(1)"), upon=(done("file_abroad"),), moves=stay("not_covered"),
            only_if=~treaty_filing & not_public & not_cleared & since_in_force,
            keeps=(keep("filed_early_on", act_day),)),
        Consequence("attach", T("禁止の適用", "the ban applies"), art("78(1)"), upon=(done("first_review.file"),),
            moves=go("banned", "not_covered"),
            only_if=within_66_1 & made_in_japan & not_public & not_cleared & scope.in_force, starts=BOTH),
        Consequence("attach_when_sent", T("送付により判明した禁止", "the ban shows when sent"), art("66(1)", "78(1)"),
            upon=(done("first_review.send"), done("first_review.notify_sent")), moves=go("banned", "not_covered"),
            only_if=sent_as_listed & made_in_japan & not_public & not_cleared & scope.in_force, starts=BOTH),
        Consequence("attach_when_reported", T("通知により判明した違反", "the breach shows by the report"),
            art("78(1)", "78(4)"), upon=(done("pct_notice"),), moves=go("breach_noted", "not_covered"),
            only_if=made_in_japan & not_public & not_cleared & scope.in_force),
        Consequence("no_release_by_three_months", T("三月による解除はない", "no release by the three months"),
            art("66(3)", "78(1) proviso"), upon=(done("first_review.notify_sent"),), moves=stay(*BANNED),
            stops=("three_months",)),
        Consequence("rebase", T("起算日の変更", "new base day"), art("66(4)", "78(3)"),
            moves=stay("banned", "breach_noted") + go("banned", "released"),
            only_if=still_unsent & not_cleared & not_public, starts=BOTH, upon=PAPERS),
        Consequence("rebase_when_sent", T("送付後の起算日の変更", "new base day after sending"), art("78(3)"),
            moves=stay("banned", "breach_noted"), only_if=~still_unsent, starts=("ten_months",), upon=PAPERS),
        Consequence("rebase_unnotified", T("送付の通知前の起算日の変更", "new base day before the notice of sending"),
            art("66(4)"), moves=stay("banned", "breach_noted"), only_if=~still_unsent & no_sending_notice,
            starts=("three_months",), upon=PAPERS),
        Consequence("release_no_sending_notice",
            T("三月内に送付の通知なし", "no notice of sending within three months"),
            art("66(1)", "78(1) proviso") + ORDER("13"), upon=(end_of("three_months"),), moves=RELEASE,
            only_if=no_sending_notice, stops=("ten_months",), keeps=RELEASED),
        Consequence("release_ten_months", T("十月の経過", "ten months pass"), art("78(1) proviso") + ORDER("15"),
            upon=(end_of("ten_months"),), moves=RELEASE, only_if=not_designated, stops=("three_months",),
            keeps=RELEASED),
        Consequence("release_nonsend_notice", T("送付しない旨の通知", "non-sending notice"),
            art("66(10)", "78(1) proviso"), upon=(receipt("first_review.notify_nonsend"),), moves=RELEASE, stops=BOTH,
            keeps=RELEASED),
        Consequence("release_no_designation", T("指定しない旨の通知", "notice that none is designated"),
            art("71", "78(1) proviso"),
            upon=(receipt("security_review.decide_no_need"), receipt("security_review.decline")), moves=RELEASE,
            stops=BOTH, keeps=RELEASED),
        Consequence("partial_release", T("保全対象発明以外の解除", "other inventions released"), art("78(2)"),
            upon=(receipt("designation.designate"),),
            moves=go("released_but_designated", "banned") + stay("breach_noted"), stops=BOTH,
            keeps=(keep("designated_notice_on", received),)),
        Consequence("redesignated_after_ten_months", T("十月経過後の保全指定", "designated after the ten months"),
            art("78(1) proviso", "78(2)"), upon=(receipt("designation.designate"),),
            moves=go("released_but_designated", "released"),
            only_if=not_designated & not_cleared & not_public & ~end_notified,
            keeps=(keep("designated_notice_on", received),), question=5),
        Consequence("cleared_when_entered", T("事前確認で支障なし", "cleared by a prior confirmation"),
            art("78(1)", "79(4)"), upon=(done("release_cleared_answer"),), moves=CLEARS,
            only_if=no_later_receipt & answer_clears, stops=BOTH, keeps=CLEARED),
        Consequence("cleared_on_receipt", T("事前確認で支障なし", "cleared by a prior confirmation"),
            art("78(1)", "79(4)"), upon=(receipt("release_cleared_answer"),), moves=CLEARS,
            only_if=answer_clears, stops=BOTH, keeps=CLEARED),
        Consequence("release_end_of_designation", T("指定の終了の通知", "notice of the end of designation"),
            art("77(2)", "78(1) proviso"), upon=(receipt("designation.notify_end"),),
            moves=RELEASE + go("released", "released_but_designated"), stops=BOTH, keeps=RELEASED),
        Consequence("gone", T("期間の経過による解除の喪失", "no release by time any more"), art("78(1) proviso"),
            moves=stay("banned", "breach_noted", "dismissal_pending"), stops=BOTH,
            upon=(done("first_review.gone_before_sending"), done("first_review.gone"),
                done("first_review.deemed_withdrawn"), done("first_review.exclude_pct"))),
        Consequence("published", T("出願公開により公になる", "public by publication"), art("78(1)"),
            upon=(done("patent_act_special.publish_application"),), moves=go("not_covered", "banned", "breach_noted"),
            stops=BOTH),
        Consequence("note_early_breach", T("違反の認知", "the breach is noted"), art("78(1)", "94(1)"),
            upon=(done("attach"), done("attach_when_sent")), only_if=~not_filed_early,
            moves=go("breach_noted", "banned"), keeps=(keep("breached_on", day_filed_early),)),
        Consequence("note_breach", T("違反の認知", "the breach is noted"), art("78(1)", "94(1)"),
            upon=(done("file_abroad"),), only_if=in_ban & ~treaty_filing & ~other_invention,
            moves=go("breach_noted", "banned", "released_but_designated"), keeps=(keep("breached_on", act_day),)),
        Consequence("dismissed", T("却下", "dismissed"), art("78(7)"), upon=(done("dismissal_service.dismiss"),),
            moves=go("dismissed", "dismissal_pending"), stops=BOTH)),
    note=T("解除は日本の出願の明細書等に記載された発明に限る",
        "a release covers only inventions described in the Japanese application"))
