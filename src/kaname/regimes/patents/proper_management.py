"""適正管理措置 (Art. 75; CAO Ordinance 10): the applicant, and a run for each sharing operator."""

from kaname.law import T
from kaname.law.laws import CAO_ORDINANCE, art
from kaname.procedure.declare import (
    Act,
    Clock,
    Consequence,
    Duty,
    Field,
    FieldType,
    Force,
    Kind,
    NoPenalty,
    Procedure,
    condition,
    done,
    end,
    go,
    keep,
    opens,
    receipt,
    stay,
)
from kaname.procedure.view import View
from kaname.regimes.patents import measures
from kaname.regimes.patents.designation import end_notified
from kaname.regimes.patents.parties import APPLICANT_RUN, parties
from kaname.regimes.patents.roles import DESIGNATED, PM, SHARER
from kaname.regimes.patents.words import finding, text

BY_PARTY = (DESIGNATED, SHARER)

# -- what is asked ---------------------------------------------------------------------------------------------------

MEASURES = Field("measures", T("講じた措置", "measures taken"), FieldType.CHOICE,
    art("75(1)-(2)") + CAO_ORDINANCE("10"), several=True, options=measures.OPTIONS,
    help=T("内閣府令10条の措置。1-ヘは発明共有事業者のみ", "CAO Ordinance Art. 10; 1-ヘ is for sharing operators only"))
LEAK = (text("what", T("漏えい又はそのおそれの内容", "what leaked or may leak"), CAO_ORDINANCE("10(i)(チ)"),
    sealed=True),
        text("response", T("講じた措置", "steps taken"), CAO_ORDINANCE("10(i)(チ)"), sealed=True))
DEFICIENT, IS_DEFICIENT = finding("deficient",
    T("75条の措置が講じられていない", "the measures of Art. 75 are not taken"),
    T("措置の不備が認められない", "no deficiency is found"), art("83(1)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("内閣府令10条の措置をすべて講じること", "all measures of CAO Ordinance Art. 10 are taken"),
    T("内閣府令10条の措置に欠けているものがある", "measures of CAO Ordinance Art. 10 are missing"),
    art("75(1)-(2)") + CAO_ORDINANCE("10"))
def all_measures(v: View) -> bool | None:
    taken = v.given("measures")
    return None if taken is None else set(taken) >= measures.asked_of(sharer=v.run != APPLICANT_RUN)

@condition(T("措置の義務を負う者であること", "the party is bound by Art. 75"),
    T("この者は指定特許出願人又は発明共有事業者として記録されていない",
        "this party is not on record as designated applicant or sharing operator"), art("75(1)-(2)"))
def is_bound(v: View) -> bool | None:
    return v.state() not in ("", "ended")

# -- the procedure ---------------------------------------------------------------------------------------------------

BY_ORDER = NoPenalty(T("勧告・命令により、命令違反に罰則（83条、92条1項4号）",
    "a recommendation, then an order; breach of the order is punished"))

proper_management = Procedure(
    "proper_management", T("適正管理措置", "proper management measures"), art("75") + CAO_ORDINANCE("10"),
    per=("party",),
    after=("designation",), states=dict(
        required=T("措置が必要", "required"), implemented=T("措置済", "implemented"), deficient=T("不備", "deficient"),
        ended=end(T("指定の終了", "designation over"))),
    clocks=(
        Clock("leak_report_due", T("漏えい等の報告（直ちに）", "report of a leak (at once)"), Kind.FILING,
            CAO_ORDINANCE("10(i)(チ)"), force=Force.WITHOUT_DELAY),),
    acts=(
        Act("implement", T("適正管理措置を講じる", "take the measures"), BY_PARTY,
            art("75(1)-(2)") + CAO_ORDINANCE("10"), opens("implemented") + go("implemented", "required"),
            fields=(MEASURES,), conditions=(is_bound, all_measures), keeps=(keep("measures"),)),
        Act("notice_leak", T("漏えい又はそのおそれを知る", "learn of a leak or a likely leak"), BY_PARTY,
            CAO_ORDINANCE("10(i)(チ)"), stay("required", "implemented", "deficient"), starts=("leak_report_due",)),
        Act("leak_report", T("漏えい等を報告する", "report a leak"), BY_PARTY, CAO_ORDINANCE("10(i)(チ)"),
            stay("required", "implemented", "deficient"), fields=LEAK, meets=("leak_report_due",),
            note=T("発明共有事業者は指定特許出願人に、指定特許出願人は内閣総理大臣に",
                "operators to the applicant, the applicant to the Prime Minister")),
        Act("found_deficient", T("不備を認める", "find a deficiency"), PM, art("83(1)"),
            opens("deficient") + go("deficient", "required", "implemented"), fields=(DEFICIENT,),
            conditions=(is_bound, IS_DEFICIENT)),
        Act("restored", T("不備を改める", "restore the measures"), BY_PARTY, art("75(1)-(2)", "83"),
            go("implemented", "deficient"), fields=(MEASURES,), conditions=(all_measures,), keeps=(keep("measures"),))),
    duties=(
        Duty("measures", T("適正管理措置を講じる", "take the measures"), art("75(1)-(2)"), DESIGNATED, BY_ORDER,
            states=("required", "deficient"), key_part="party", by_named=SHARER),
        Duty("report_leak", T("漏えい等を直ちに報告する", "report a leak at once"), CAO_ORDINANCE("10(i)(チ)"),
            DESIGNATED, BY_ORDER, clock="leak_report_due", done=(done("leak_report"),), key_part="party",
            by_named=SHARER)),
    consequences=(
        Consequence("require", T("措置の義務", "the measures are required"), art("75(1)-(2)"),
            upon=(receipt("designation.designate"),), moves=opens("required"), into=parties, only_if=~end_notified),
        Consequence("require_of_new", T("承認された事業者の義務", "required of the new operator"),
            art("75(2)", "76(1)"), moves=opens("required"), upon=(done("sharing_operator_change.approve"),)),
        Consequence("ended", T("指定の終了", "the designation is over"), art("77(2)"),
            upon=(receipt("designation.notify_end"),), every_run=True,
            moves=go("ended", "required", "implemented", "deficient"))))
