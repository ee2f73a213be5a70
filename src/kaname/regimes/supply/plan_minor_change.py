"""軽微な変更の届出 (Art. 10(1) proviso, (2)): minor by rule or not, then notified without delay after it is made."""

from kaname.law import T, Text
from kaname.law.laws import art
from kaname.procedure.asked import paper
from kaname.procedure.declare import (
    Act,
    Clock,
    Duty,
    Field,
    FieldType,
    Force,
    Kind,
    NoPenalty,
    Option,
    Procedure,
    Worked,
    act_day,
    condition,
    done,
    end,
    go,
    keep,
    opens,
)
from kaname.procedure.view import View
from kaname.regimes.supply.catalogue import form, orders
from kaname.regimes.supply.minor_change import Plan, Result, adds_up, classify, merged, result
from kaname.regimes.supply.plan_change import CHANGED, WHAT, changed_period_in_order, plan_is_certified
from kaname.regimes.supply.plan_now import FIGURES, as_certified, as_changed, asked_change, order, overtaken
from kaname.regimes.supply.roles import CERTIFIED, MINISTER

# -- sums ------------------------------------------------------------------------------------------------------------

def worked_class(v: View) -> Worked | None:
    """What the rule says, with the reason for each item. None while nothing is told that changes."""
    findings = classify(order(v), as_changed(v), asked_change(v))
    found = result(findings)
    return None if found is None else Worked(found.value, tuple(f.why for f in findings))

def _why_prior(v: View) -> Text:
    told = [f.why for f in classify(order(v), as_changed(v), asked_change(v)) if f.result is Result.PRIOR]
    if not told:
        return T("軽微な変更でない。変更の認定（様式第五）を要する", "not minor: certification beforehand on form 5")
    return T(f"{'、'.join(w.ja for w in told)}。変更の認定（様式第五）を要する",
        f"{'; '.join(w.en for w in told)}: certification beforehand on form 5")

# -- what is asked ---------------------------------------------------------------------------------------------------

CLASS = Field("class", T("変更の種類", "class of the change"), FieldType.CHOICE, art("10(1)") + orders("minor"),
    required=True,
    options=(Option("minor_notice", T("軽微な変更（届出）", "minor (notice)"), art("10(2)")),
        Option("prior_certification", T("変更の認定を要する", "needs certification beforehand"), art("10(1)"))),
    proposes=worked_class)
MADE_ON = Field("made_on", T("変更の日", "day of the change"), FieldType.DAY, art("10(2)"), form=form(9))
NOTICE = paper("notice", T("軽微な変更の届出書", "the notice"), orders("minor_notice"), form=form(9))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("軽微な変更であること", "a minor change"), T("軽微な変更でない", "not a minor change"),
    art("10(1)") + orders("minor"), tells=_why_prior)
def is_minor(v: View) -> bool | None:
    """A rule in figures cannot be turned by a finding; where the substance decides, the recorded class counts."""
    findings = classify(order(v), as_changed(v), asked_change(v))
    if any(f.result is Result.PRIOR and f.firm for f in findings):
        return False
    chosen = v.given("class") or (result(findings) or "")
    return bool(chosen == Result.MINOR) if chosen else None

@condition(T("認定時からの累計も軽微の範囲であること", "also minor when added up since the certification"),
    T("認定時からの累計は軽微の範囲を超える", "no longer minor when added up since the certification"), orders("minor"),
        question=207,
    tells=lambda v: adds_up(as_certified(v), _after(v)) or T("累計は軽微の範囲", "minor when added up"))
def minor_in_all(v: View) -> bool | None:
    return adds_up(as_certified(v), _after(v)) is None

def _after(v: View) -> Plan:
    return merged(as_changed(v), asked_change(v).to)

@condition(T("短縮後も取組方針の期間を満たすこと", "the policy's period is still met when the plan is shortened"),
    T("実施期間の短縮：取組方針の期間（9条4項2号）を満たすか確認を要する",
        "the period is shortened: check that the policy's period (Art. 9(4)(ii)) is still met"), art("9(4)(ii)"),
            question=203)
def not_shortened(v: View) -> bool | None:
    before, after = as_changed(v), asked_change(v).to
    later = after.period_start and before.period_start and after.period_start > before.period_start
    earlier = after.period_end and before.period_end and after.period_end < before.period_end
    return not (later or earlier)

@condition(T("変更が行われたこと", "the change has been made"),
    T("変更の日が先の日である。届出は変更の後、遅滞なく行う",
        "the day of the change lies ahead; the notice follows the change, without delay"), art("10(2)"))
def already_made(v: View) -> bool | None:
    day = v.given("made_on")
    return day is None or day <= v.on

@condition(T("届け出る数字が、変更の後に更に変えられていないこと",
    "no later change has given the plan other figures than those notified"),
    T("この変更の後に計画の同じ数字が変えられた。届け出ても計画の数字は今のままである",
        "the plan was changed in the same figures after this change: the notice leaves them as they are now"),
    art("10(2)", "11(1)"))
def still_latest(v: View) -> bool | None:
    return not any(overtaken(v, f) for f in FIGURES if v.fact(f, v.run) is not None)

# -- the procedure ---------------------------------------------------------------------------------------------------

plan_minor_change = Procedure(
    "plan_minor_change", T("軽微な変更の届出", "notice of a minor change"),
        art("10(1) proviso", "10(2)") + orders("minor"),
    per=("change",), named=True,
    states=dict(minor_change_made=T("軽微な変更（未届出）", "minor change made, not yet notified"),
        notified=end(T("届出済", "notified"))),
    clocks=(
        Clock("notice_due", T("届出（遅滞なく）", "notice (without delay)"), Kind.FILING, art("10(2)"),
            force=Force.WITHOUT_DELAY),),
    acts=(
        Act("classify", T("軽微な変更と判定して行う", "find the change minor and make it"), CERTIFIED, orders("minor"),
            opens("minor_change_made"), fields=(WHAT, *CHANGED, MADE_ON, CLASS),
                conditions=(plan_is_certified, changed_period_in_order, is_minor, already_made),
            advice=(minor_in_all, not_shortened), starts=("notice_due",),
            keeps=(keep("made_on", lambda v: v.given("made_on") or v.on), *(keep(f) for f in FIGURES))),
        Act("notify", T("軽微な変更を届け出る", "notify the minor change"), CERTIFIED,
            art("10(2)") + orders("minor_notice"),
            go("notified", "minor_change_made"), fields=(NOTICE,), advice=(still_latest,), meets=("notice_due",),
                keeps=(keep("notified_on", act_day),))),
    duties=(
        Duty("notify", T("軽微な変更を届け出る", "notify the minor change"), art("10(2)"), CERTIFIED,
            NoPenalty(T("届出を怠ることに罰則はない", "the Act punishes no missing notice")), to=MINISTER,
                clock="notice_due",
            done=(done("notify"),)),))
