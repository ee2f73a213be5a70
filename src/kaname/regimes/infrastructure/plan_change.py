"""導入等計画書の変更 (Art. 54): one run for each change. A significant one is reviewed like a plan (54(2)), others are
reported without delay, minor ones only recorded. The window closes with the introduction, or the entrustment's end.
"""

from dataclasses import replace

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import finding, flag, paper, text
from kaname.procedure.declare import (
    Act,
    Ban,
    Clock,
    Consequence,
    Duty,
    Field,
    FieldType,
    Force,
    Kind,
    Option,
    Plainly,
    Procedure,
    act_day,
    condition,
    done,
    end,
    go,
    keep,
    opens,
    stay,
)
from kaname.procedure.view import View
from kaname.regimes.infrastructure import under_review as review
from kaname.regimes.infrastructure.change_class import CHANGES, changes_readable, worked_class
from kaname.regimes.infrastructure.emergency import CONDITIONS, FINDINGS, JUSTIFICATION, none_denied
from kaname.regimes.infrastructure.orders import form, orders
from kaname.regimes.infrastructure.roles import MINISTER, OPERATOR
from kaname.regimes.infrastructure.versions import REVIEW

CLASSES = orders("significant") + orders("other_changes")
NOT_SIGNIFICANT = ("reportable", "minor")

# -- what is asked ---------------------------------------------------------------------------------------------------

CLASS = Field("class", T("変更の種類", "class of the change"), FieldType.CHOICE, art("54(1)", "54(4)") + CLASSES,
    required=True,
    options=(Option("significant", T("重要な変更", "significant"), art("54(1)")),
        Option("reportable", T("報告を要する変更", "to be reported"), art("54(4)")),
        Option("minor", T("軽微な変更", "minor"), art("54(4)"))), proposes=worked_class)
WHAT = text("what", T("変更の概要", "summary of the change"), art("54(1)", "54(4)"))
BEFORE_AFTER = paper("before_after", T("変更前後の対照", "record of before and after"), CLASSES)
PROPOSAL = paper("proposal", T("変更の案", "the proposed change"), art("54(1)"), required=True,
    form=form("七", mic="九"), help=T("添付書類は変わる相手方のものに限る",
        "attachments only for those whose data changed"))
COMPONENT = flag("component", T("導入後の構成設備の変更", "component changed after the introduction"), art("54(4)"),
    T("様式第十（総務省は第十二）による", "on form 10 (MIC: 12)"))
REPORT = paper("report", T("変更の報告", "the report"), art("54(4)"), required=True, form=form("九", mic="十一"))
NOTICE = paper("notice", T("緊急変更の届出", "the emergency filing"), art("54(3)"), required=True,
    form=form("八", mic="十"))
MINOR, IS_MINOR = finding("minor", T("軽微な変更であること", "a minor change"),
    T("軽微な変更に当たらない", "not a minor change"),
    art("54(4)") + orders("other_changes"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("届出が受理された計画書又は緊急導入等届出書があること",
    "a plan was accepted, or an emergency notice filed"),
    T("受理された計画書も緊急導入等届出書もない", "neither an accepted plan nor an emergency notice"),
        art("54(1)", "54(5)"))
def plan_on_file(v: View) -> bool | None:
    not_yet = ("", "drafting", "filed", "returned_for_defects", "stopped")
    introduction, maintenance = v.state("introduction_plan"), v.state("entrusted_maintenance_plan")
    if v.state("emergency") == "done_unfiled":
        return False
    return introduction not in not_yet or maintenance not in not_yet

@condition(T("導入前又は委託の終了前であること", "before the introduction, or before the entrustment ends"),
    T("導入後又は委託の終了後で、重要な変更の届出の対象でない",
        "after the introduction or the end of the entrustment there is no "
        "change to propose"), art("54(1)", "54(5)"))
def window_open(v: View) -> bool | None:
    introduced = v.state("introduction_plan") in ("introduced", "stopped")
    return not introduced and v.state("entrusted_maintenance_plan") not in ("maintenance_ended", "stopped")

@condition(T("導入前・委託の終了前、又は導入後の構成設備の変更であること",
    "before the introduction or the end of the entrustment, or a component changed after the introduction"),
    T("導入後に報告を要するのは構成設備の変更に限り、委託の終了後は何も報告を要しない",
        "after the introduction only changed components are reported, after the end of the entrustment nothing is"),
    art("54(4)", "54(5)"))
def report_window(v: View) -> bool | None:
    introduced = v.state("introduction_plan") == "introduced"
    return bool(v.given("component")) if introduced else v.state("entrusted_maintenance_plan") != "maintenance_ended"

@condition(T("重要な変更と分類されたこと", "classified as significant"),
    T("重要な変更と分類されていない", "not classified as significant"),
    art("54(1)"))
def classed_significant(v: View) -> bool | None:
    return v.fact("class") in (None, "significant")

@condition(T("重要な変更でないこと", "not a significant change"), T("重要な変更である", "a significant change"),
    art("54(1)", "54(4)"))
def not_significant(v: View) -> bool | None:
    return v.fact("class") in NOT_SIGNIFICANT

@condition(T("報告を要する変更であること", "a change to be reported"), T("報告を要しない", "no report is needed"),
    art("54(4)"))
def to_be_reported(v: View) -> bool | None:
    return bool(v.fact("class") == "reportable")

@condition(T("52条の施行前であること", "before Art. 54 came into force"),
    T("54条の施行後である", "Art. 54 is in force"),
    art("suppl. 1"))
def before_review(v: View) -> bool | None:
    return v.on < REVIEW

@condition(T("変更前の計画どおりの実施であること", "carried out as the plan was before the change"),
    T("変更の案の内容による", "carried out as changed"), art("54(2)"))
def as_before(v: View) -> bool | None:
    """The change must not be tried before its time; the plan as it was stays what it was."""
    return not v.given("with_change")

# -- the procedure ---------------------------------------------------------------------------------------------------

CHANGE = review.Subject(
    "plan_change", "carry_out", T("変更の実施", "carrying out the change"),
    Plainly(T("この変更を実施できません", "this change may not be carried out"),
        T("実施できます", "it may be carried out")),
    art("54(1)"), art("54(2)"), "cleared",
    "carried_out", ("change_classified",), "proposal_filed", free=(not_significant, before_review))

def _in_the_plan(ban: Ban) -> Ban:
    """The same ban on introducing or entrusting, where it is done in the form that the change would give it."""
    covers = ("introduction_plan.introduce", "entrusted_maintenance_plan.start")
    label = T(f"{ban.label.ja}（導入・委託において）", f"{ban.label.en} by introducing or entrusting so")
    return replace(ban, id=f"{ban.id}_in_plan", label=label, covers=covers, unless=(*ban.unless, as_before))

BANS = review.bans(CHANGE)

plan_change = Procedure(
    "plan_change", T("導入等計画書の変更", "change of the plan"), art("54") + CLASSES, per=("change",), named=True,
    states=dict(
        change_classified=T("変更の分類", "change classified"),
        **review.states(CHANGE, T("禁止期間の経過（変更可）", "standstill over, may be carried out"),
            end(T("変更の実施", "change carried out"))),
        emergency_changed=T("緊急の変更（未届出）", "changed in an emergency, not yet filed"),
        emergency_filed=end(T("緊急変更の届出済", "emergency filing made")),
        reported=end(T("報告済", "reported")), recorded_only=end(T("記録のみ（軽微）", "recorded only (minor)"))),
    clocks=(
        Clock("report_due", T("変更の報告（遅滞なく）", "report of the change (without delay)"), Kind.FILING,
            art("54(4)"),
            force=Force.WITHOUT_DELAY),
        Clock("emergency_notice", T("緊急変更の届出（遅滞なく）", "emergency filing (without delay)"), Kind.FILING,
            art("54(3)"),
            force=Force.WITHOUT_DELAY)),
    acts=(
        Act("classify", T("変更を分類する", "classify the change"), OPERATOR, art("54(1)", "54(4)") + CLASSES,
            opens("change_classified") + stay("change_classified"), fields=(CHANGES, CLASS, WHAT, BEFORE_AFTER),
            conditions=(plan_on_file, changes_readable), keeps=(keep("class"), keep("what")), since=REVIEW),
        Act("propose", T("変更の案を届け出る", "file the proposed change"), OPERATOR, art("54(1)", "54(2)"),
            opens("proposal_filed") + go("proposal_filed", "change_classified", "returned_for_defects"),
            fields=(PROPOSAL, WHAT), conditions=(plan_on_file, window_open), advice=(classed_significant,),
                received=True,
            stops=("report_due",), keeps=(*review.days_of_filing(), keep("what")), aliases=("file",),
                since=REVIEW),
        *review.acts(CHANGE),
        Act("carry_out", T("変更を実施する", "carry out the change"), OPERATOR,
            art("52(3)", "52(8)", "52(9)", "54(1)", "54(2)"),
            go("carried_out", *(s for s in CHANGE.alive if s != "change_classified")) + stay("change_classified",
                "stopped"), deed=True, keeps=(keep("carried_out_on", act_day),)),
        Act("emergency", T("緊急に変更する", "change in an emergency"), OPERATOR,
            art("54(1) proviso", "54(3)") + CONDITIONS,
            opens("emergency_changed") + go("emergency_changed", *CHANGE.alive), deed=True,
            fields=(*(f for f, _ in FINDINGS), JUSTIFICATION),
            conditions=(plan_on_file, window_open, *(c for _, c in FINDINGS)),
            stops=("report_due",), starts=("emergency_notice",), since=REVIEW),
        Act("file_emergency", T("緊急の変更を届け出る", "file the emergency change"), OPERATOR, art("54(3)"),
            go("emergency_filed", "emergency_changed"), fields=(NOTICE,), meets=("emergency_notice",)),
        Act("report", T("変更を報告する", "report the change"), OPERATOR, art("54(4)"),
            opens("reported") + go("reported", "change_classified"), fields=(REPORT, WHAT, COMPONENT),
            conditions=(plan_on_file, report_window), meets=("report_due",), since=REVIEW),
        Act("record", T("軽微な変更を記録する", "record a minor change"), OPERATOR,
            art("54(4)") + orders("other_changes"),
            opens("recorded_only") + go("recorded_only", "change_classified"), fields=(MINOR, WHAT, BEFORE_AFTER),
            conditions=(IS_MINOR,), stops=("report_due",), note=T("届出も報告も要しない",
                "neither filed nor reported"))),
    duties=(
        Duty("report", T("変更を報告する", "report the change"), art("54(4)"), OPERATOR, "PEN-96-7", to=MINISTER,
            clock="report_due", done=(done("report"),)),
        Duty("file_emergency", T("緊急の変更を届け出る", "file the emergency change"), art("54(3)"), OPERATOR,
            "PEN-92-1-5",
            to=MINISTER, clock="emergency_notice", done=(done("file_emergency"),))),
    bans=(
        *BANS, *(_in_the_plan(b) for b in BANS),
        Ban("no_emergency", T("緊急の要件を欠く変更", "a change without the conditions of an emergency"),
            art("54(1)"), OPERATOR,
            states=CHANGE.alive, covers=("emergency",), penalty="PEN-92-1-1", unless=(none_denied,))),
    consequences=(
        *review.consequences(CHANGE),
        Consequence("report_runs", T("変更の報告をすべき時", "the report is due"), art("54(4)"),
            upon=(done("carry_out"),),
            moves=stay("change_classified"), only_if=to_be_reported, starts=("report_due",))),
    note=T("変更の期間・緊急導入等届出書への準用は54条5項による",
        "Art. 54(5) applies all of it to emergency notices"))
