"""変更の認定 (Art. 10(1), (3)): one run for each change, certified before it is made."""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import flag, paper, text
from kaname.procedure.declare import (
    Act,
    Field,
    FieldType,
    Procedure,
    condition,
    end,
    go,
    keep,
    opens,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.supply import application
from kaname.regimes.supply.application import Applied
from kaname.regimes.supply.catalogue import form, orders
from kaname.regimes.supply.minor_change import Result, classify, merged, result
from kaname.regimes.supply.plan_now import FIGURES, as_changed, asked_change, is_certified, order
from kaname.regimes.supply.roles import CERTIFIED, MINISTER

UNDER_REVIEW = ("change_submitted", "supplement_requested", "ministers_consulted")

# -- what is asked ---------------------------------------------------------------------------------------------------

WHAT = text("what", T("変更の内容", "what changes"), art("10(1)"))
CHANGED = (
    Field("period_start", T("変更後の実施期間の始期", "period from, as changed"), FieldType.DAY, art("9(3)(iii)")),
    Field("period_end", T("変更後の実施期間の終期", "period to, as changed"), FieldType.DAY, art("9(3)(iii)")),
    Field("funds", T("変更後の必要な資金の額", "required funds, as changed"), FieldType.YEN, art("9(3)(v)")),
    Field("grant", T("変更後の助成金の額", "grant, as changed"), FieldType.YEN, art("9(3)(v)")),
    flag("particulars",
        T("名称・住所・代表者・主たる事務所の変更", "name, address, representative or head office changes"),
        orders("minor")),
    flag("other", T("その他の変更", "anything else changes"), orders("minor")),
    flag("substance_kept", T("実質的な変更を伴わないこと", "the substance of the plan is not altered"),
        orders("minor")))
PAPERS = (
    paper("application", T("変更認定申請書", "the application to change"), orders("change"), form=form(5)),
    paper("progress", T("実施状況を記載した書類", "document on implementation so far"), orders("change")),
    flag("attachments_unchanged", T("添付書類に変更がない", "earlier attachments are unchanged"), orders("change")))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("認定を受けた計画であること", "the plan is certified"),
    T("認定された計画でない", "the plan is not certified"), art("10(1)"))
def plan_is_certified(v: View) -> bool | None:
    return is_certified(v)

@condition(T("変更後も実施期間の終期が始期の後であること", "the period as changed ends after it begins"),
    T("変更後の実施期間の終期が始期より前である", "the period as changed ends before it begins"), art("9(3)(iii)"))
def changed_period_in_order(v: View) -> bool | None:
    return merged(as_changed(v), asked_change(v).to).in_order

@condition(T("軽微な変更でないこと", "not a minor change"),
    T("軽微な変更に当たり、届出（様式第九）で足りる", "a minor change: a notice on form 9 is enough"),
        art("10(1) proviso") + orders("minor"))
def not_minor(v: View) -> bool | None:
    found = result(classify(order(v), as_changed(v), asked_change(v)))
    return None if found is None else found is Result.PRIOR

# -- the procedure ---------------------------------------------------------------------------------------------------

APPLICATION = Applied(CERTIFIED, "change_submitted", "change_certified", "change_refused", "change_withdrawn",
    T("変更の申請を取り下げる", "withdraw the change application"), "change_", (6, 7, 8), art("10(3)"),
    ("ministers_consulted",), ("change_submitted",), UNDER_REVIEW, UNDER_REVIEW, (plan_is_certified,))

plan_change = Procedure(
    "plan_change", T("供給確保計画の変更の認定", "certification of a change"), art("10(1)", "10(3)") + orders("change"),
    per=("change",), named=True,
    states=dict(
        change_drafted=T("変更案の作成", "change drafted"),
            change_submitted=waits(T("変更の申請", "change submitted"), MINISTER),
        supplement_requested=waits(T("追加書類の要求", "documents asked for"), CERTIFIED),
        ministers_consulted=waits(T("協議済", "ministers consulted"), MINISTER),
        change_certified=T("変更の認定", "change certified"), change_refused=end(T("変更の不認定", "change refused")),
        change_withdrawn=end(T("変更申請の取下げ", "change application withdrawn"))),
    clocks=(application.target(APPLICATION),),
    acts=(
        Act("draft", T("変更案を作成する", "prepare the change"), CERTIFIED, art("10(1)"), opens("change_drafted"),
            fields=(WHAT,),
            conditions=(plan_is_certified,)),
        Act("submit", T("変更の認定を申請する", "apply before changing"), CERTIFIED, art("10(1)") + orders("change"),
            opens("change_submitted") + go("change_submitted", "change_drafted"), fields=(WHAT, *CHANGED, *PAPERS),
            conditions=(plan_is_certified, changed_period_in_order), advice=(not_minor,), received=True,
            starts=("target",),
            keeps=tuple(keep(f) for f in FIGURES),
            note=T("認定前の変更の実施は、取消しの理由となりうる（11条1項）",
                "a change made before its certification can be a ground for cancelling (Art. 11(1))")),
        *application.acts(APPLICATION)),
    duties=(application.notify(APPLICATION),),
    warns=(application.no_days_waited,))
