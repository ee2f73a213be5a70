"""損失の補償 (Art. 80; CAO Ordinance 12): claim, decision, within six months a suit for more. A claim has no period."""

from collections.abc import Mapping
from typing import Any

from kaname.days import months
from kaname.law import T
from kaname.law.laws import ADMINISTRATIVE_LITIGATION_ACT, CAO_ORDINANCE, CIVIL_PROCEDURE_CODE, art
from kaname.procedure.declare import (
    Act,
    Clock,
    Consequence,
    Count,
    Field,
    FieldType,
    Kind,
    Option,
    Procedure,
    Take,
    condition,
    end_of,
    go,
    keep,
    receipt,
    received,
    stay,
    waits,
)
from kaname.procedure.standing import Standing
from kaname.procedure.view import View
from kaname.regimes.patents.roles import CLAIMANT, COURT, PM
from kaname.regimes.patents.scope import IN_FORCE
from kaname.regimes.patents.words import finding, flag, form, text

# -- what is asked ---------------------------------------------------------------------------------------------------

FORM_4 = form("4", "cao")
CLAIM = (
    Field("total", T("請求総額", "total claimed"), FieldType.YEN, art("80(2)") + CAO_ORDINANCE("12"), required=True,
        form=FORM_4),
    Field("breakdown", T("内訳", "breakdown"), FieldType.ROWS, CAO_ORDINANCE("12"), form=FORM_4,
        columns=(Field("item", T("項目", "item"), FieldType.TEXT),
            Field("amount", T("金額", "amount"), FieldType.YEN))),
    text("reasons", T("理由", "reasons"), CAO_ORDINANCE("12"), sealed=True, form=FORM_4),
    Field("materials", T("資料", "supporting materials"), FieldType.DOCUMENT, CAO_ORDINANCE("12"), several=True,
        form=FORM_4))
CAUSE = Field("cause", T("損失の原因", "cause of the loss"), FieldType.CHOICE, art("80(1)"),
    options=(Option("permit_refused", T("実施の不許可", "permit refused"), art("73(3)")),
        Option("permit_conditions", T("許可の条件", "conditions of the permit"), art("73(4)")),
        Option("designation", T("その他の保全指定による損失", "designation otherwise"), art("70(1)"))))
ORDINARY, _ = finding("ordinary_loss", T("通常生ずべき損失", "a loss ordinarily caused"),
    T("通常生ずべき損失と認められない", "not found to be ordinarily caused"), art("80(1)"))
AMOUNT = Field("amount", T("補償金額", "amount"), FieldType.YEN, art("80(3)"), required=True)
LATE_REASON = flag("justified_reason", T("期間を過ぎた正当な理由", "justified reason for a late suit"),
    ADMINISTRATIVE_LITIGATION_ACT("40(1)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("請求の内訳の合計が総額と一致すること", "the breakdown adds up to the total"),
    T("内訳の合計が総額と一致しない", "the breakdown does not add up to the total"), CAO_ORDINANCE("12"))
def adds_up(v: View) -> bool | None:
    rows = v.given("breakdown")
    return sum(row.get("amount", 0) for row in rows) == v.given("total") if rows else True

@condition(ORDINARY.label, T("通常生ずべき損失と認められない。補償すべき金額は零となる",
    "not found to be ordinarily caused: the amount is nil"), art("80(1)", "80(3)"))
def ordinary_or_nothing(v: View) -> bool | None:
    """Every claim is decided, that of a loss not covered at nil: from its notice the six months for a suit run."""
    found: bool | None = v.given("ordinary_loss")
    return True if found is False and v.given("amount") == 0 else found

@condition(T("保全指定がされた出願であること", "the application was designated"),
    T("その出願に保全指定の記録がない", "no designation of the application is on record"), art("80(1)"))
def of_a_designation(v: View) -> bool | None:
    """Asked only where the application's case was looked at."""
    seen = v.context("application")
    return seen is None or seen.get("designated_on") is not None

@condition(T("六月以内の出訴、又は正当な理由", "sued within six months, or a justified reason"),
    T("六月の出訴期間が過ぎた", "the six months for the suit are over"),
    art("80(5)") + ADMINISTRATIVE_LITIGATION_ACT("40(1)"))
def in_time(v: View) -> bool | None:
    return not v.over("suit") or bool(v.given("justified_reason"))

@condition(T("判決が確定していないこと", "no judgment has become final"),
    T("判決が確定した", "the judgment has become final"), art("80(5)-(6)"))
def no_judgment(v: View) -> bool | None:
    return v.done("judgment_final") is None

# -- sums ------------------------------------------------------------------------------------------------------------

def designated(standing: Standing) -> Mapping[str, Any]:
    """What a claim takes from the application: when it was designated, and when that ended."""
    days = {name: standing.fact(f"designation.{name}") for name in ("designated_on", "ended_on")}
    return {name: day.isoformat() if day else None for name, day in days.items()}

# -- the procedure ---------------------------------------------------------------------------------------------------

compensation = Procedure(
    "compensation", T("損失の補償", "compensation"), art("80") + CAO_ORDINANCE("12"), start="loss",
    states=dict(loss=T("損失の発生", "loss"), claimed=waits(T("請求", "claimed"), PM), decided=T("決定", "decided"),
        sued=T("出訴", "sued"), final=T("確定", "final")),
    clocks=(
        Clock("suit", T("増額請求の出訴期間（六月）", "period for the suit (six months)"), Kind.SUIT,
            art("80(5)") + ADMINISTRATIVE_LITIGATION_ACT("7") + CIVIL_PROCEDURE_CODE("95(3)"),
            (Count(months(6), received),), question=103),),
    acts=(
        Act("claim", T("補償を請求する", "claim compensation"), CLAIMANT, art("80(1)-(2)") + CAO_ORDINANCE("12"),
            go("claimed", "loss"), fields=(CAUSE, *CLAIM), conditions=(of_a_designation, adds_up),
            keeps=(keep("total"),), since=IN_FORCE,
            takes=(Take("application", T("保全指定に係る出願", "the designated application"), "patents.application",
                    designated),),
            note=T("請求期間の定めはない。指定の終了後も請求できる",
                "no period is laid down; possible after the end of the designation too")),
        Act("decide", T("補償金額を決定し通知する", "decide the amount"), PM, art("80(3)-(4)"),
            go("decided", "claimed"), fields=(ORDINARY, AMOUNT), conditions=(ordinary_or_nothing,),
            keeps=(keep("amount"),), received=True),
        Act("sue", T("増額を請求する訴えを提起する", "sue the State for more"), CLAIMANT, art("80(5)-(6)"),
            go("sued", "decided", "final"), fields=(LATE_REASON,), conditions=(in_time, no_judgment), meets=("suit",)),
        Act("judgment_final", T("判決が確定する", "the judgment becomes final"), COURT, art("80(5)-(6)"),
            go("final", "sued"), fields=(AMOUNT,), keeps=(keep("amount"),))),
    consequences=(
        Consequence("suit_period_runs", T("出訴期間の進行", "the six months run"), art("80(5)"),
            upon=(receipt("decide"),), moves=stay("decided"), starts=("suit",)),
        Consequence("suit_period_over", T("出訴期間の経過", "six months without a suit"), art("80(5)"),
            upon=(end_of("suit"),), moves=go("final", "decided"))),
    note=T("補償に関する質疑応答は確認できていない（論点7）",
        "the official questions and answers on compensation were not seen (question 7)"))
