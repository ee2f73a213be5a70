"""ツーステップローン (Arts. 13-25): a designated institution agrees with the JFC and lends to a certified business.

One run for each institution. Terms of the loan were not found (question 211).
"""

from datetime import date

from kaname.days import FirstDay, Move, years
from kaname.days import end as period_end
from kaname.law import T, Text
from kaname.law.laws import ORDER, art
from kaname.procedure.asked import finding, paper, text
from kaname.procedure.declare import (
    COUNTED,
    Act,
    Clock,
    Consequence,
    Count,
    Duty,
    Field,
    FieldType,
    Force,
    Kind,
    Procedure,
    condition,
    day_rule,
    done,
    end,
    go,
    keep,
    opens,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.supply.laws import APA, LOANS
from kaname.regimes.supply.plan_change import plan_is_certified
from kaname.regimes.supply.roles import CERTIFIED, FINANCE_MINISTERS, INSTITUTION, JFC

AGREED = ("agreement_concluded", "loan_requested", "loan_made")
WORKING = ("institution_designated", *AGREED)
ENDED = ("institution_stopped", "institution_revoked")  # contracts are still finished, and their books kept (Art. 24)

# -- what is asked ---------------------------------------------------------------------------------------------------

APPLICATION = paper("application", T("指定の申請書・業務規程等", "application, operating rules and annexes"),
    LOANS("3"), several=True)
LISTED, IS_LISTED = finding("listed", T("政令の定める種類の金融機関", "a kind of institution on the order's list"),
    T("政令の定める種類の金融機関でない", "not a kind of institution on the order's list"), art("16(1)") + ORDER("2"))
ADEQUATE, IS_ADEQUATE = finding("adequate", T("業務規程と人的構成が適切", "rules and staff adequate"),
    T("業務規程又は人的構成が適切と認められない", "rules or staff are not found adequate"), art("16(1)"))
NOT_BARRED, IS_NOT_BARRED = finding("not_barred", T("欠格事由がないこと", "none of the bars applies"),
    T("欠格事由に当たる", "one of the bars applies"), art("16(4)"))
SENTENCE_ENDED = Field("sentence_ended_on", T("刑の執行を終えた日（あれば）", "end of a sentence, if any"),
    FieldType.DAY, art("16(4)"))
REVOKED_ON = Field("revoked_on", T("指定を取り消された日（あれば）", "day of an earlier revocation, if any"),
    FieldType.DAY, art("16(4)"))
APPROVED, IS_APPROVED = finding("approved", T("主務大臣の認可", "approved by the ministers"),
    T("認可がない", "not approved"), art("19(1)"))
REASONS = text("reasons", T("理由", "reasons"), APA("8"), required=True)
FOR_PLAN, IS_FOR_PLAN = finding("for_plan", T("認定された取組のための貸付け", "for the certified project"),
    T("認定された取組のためと認められない", "not found to be for the certified project"), art("13(1)(ii)"))
AMOUNT = Field("amount", T("金額", "amount"), FieldType.YEN, art("13(1)(ii)"))
EXTINGUISHED = Field("extinguished_on", T("債権が消滅した日", "day the claim was extinguished"), FieldType.DAY,
    LOANS("9(3)"))
TROUBLE = text("trouble", T("業務を困難にする事象", "what hinders the work"), LOANS("13(1)"), required=True)
HEARD, IS_HEARD = finding("heard", T("聴聞をしたこと", "a hearing was held"),
    T("聴聞の記録がない", "no hearing is on record"),
    APA("13(1)(i)"))
UNFIT, IS_UNFIT = finding("unfit", T("規程が適正な実施に不適当となったこと", "the rules have become unfit"),
    T("不適当となったと認められない", "the rules are not found unfit"), art("18(2)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("刑の終了・取消しから起算して五年を経過したこと",
    "five years, counted from the day itself, since a sentence or a revocation"),
    T("五年を経過していない", "five years have not passed"), art("16(4)"))
def five_years_passed(v: View) -> bool | None:
    days = [d for d in (v.given("sentence_ended_on"), v.given("revoked_on")) if d]
    return all(period_end(d, years(5), FirstDay.COUNTED, Move.NONE).last_day < v.on for d in days)

@condition(T("保存すべき帳簿がないこと", "no books have to be kept any more"),
    T("帳簿を保存する", "books are to be kept"),
    LOANS("9(3)"), tells=lambda v: _kept_until(v))
def no_books_to_keep(v: View) -> bool | None:
    return not _keeping(v)

@condition(T("帳簿の保存期間の起算日", "the day from which books are kept"),
    T("債権が消滅した日がない", "no day of extinction"), LOANS("9(3)"))
def not_in_future(v: View) -> bool | None:
    day = v.given("extinguished_on")
    return day is None or day <= v.on

@condition(T("貸付けがあること", "a loan was made"), T("貸付けがない", "no loan was made"), art("20"))
def has_lent(v: View) -> bool | None:
    return v.done("loan") is not None

@condition(T("最初の貸付けであること", "the first loan"), T("前に貸付けがある", "a loan was made before"), art("20"))
def is_first_loan(v: View) -> bool | None:
    return bool(v.fact("loans") == 1)

@day_rule(T("債権が消滅した日", "the day the claim was extinguished"))
def extinguished_on(v: View) -> date | None:
    day: date | None = v.given("extinguished_on")
    return day

def _keeping(v: View) -> list[date]:
    found = (v.clock("books_kept", run) for run in v.runs())
    return [c.last_day for c in found if c and c.status == "running" and c.last_day]

def _kept_until(v: View) -> Text:
    until = max(_keeping(v), default=None)
    return T(f"帳簿を {until} まで保存する", f"books are to be kept until {until}")

# -- the procedure ---------------------------------------------------------------------------------------------------

def _trouble(id: str, *states: str) -> Act:
    return Act(id, T("業務を困難にする事象を報告する", "report events that hinder the work"), INSTITUTION, LOANS("13"),
        stay(*states),
        fields=(TROUBLE,), note=T("遅滞なく。一方の大臣への報告で足りる",
            "without delay; telling one minister is enough"))

two_step_loan = Procedure(
    "two_step_loan", T("ツーステップローン", "two-step loan"), art("13", "16", "19") + ORDER("2", "3", "4"),
        per=("institution",),
    states=dict(
        institution_applied=waits(T("指定の申請", "institution applied"), FINANCE_MINISTERS),
        institution_designated=T("指定", "institution designated"),
            agreement_concluded=T("協定", "agreement concluded"),
        loan_requested=waits(T("借入申込み", "loan requested"), INSTITUTION), loan_made=T("貸付け", "loan made"),
        institution_stopped=end(T("休廃止", "stopped")), institution_revoked=T("指定の取消し", "designation revoked"),
        institution_refused=end(T("指定せず", "not designated"))),
    clocks=(
        Clock("books_kept", T("帳簿の保存（五年）", "books kept (five years)"), Kind.TERM, LOANS("9(3)"),
            (Count(years(5), extinguished_on, COUNTED),), force=Force.DEADLINE, lasting=True),),
    acts=(
        Act("apply", T("指定を申請する", "apply for designation"), INSTITUTION, art("16(1)"),
            opens("institution_applied"),
            fields=(APPLICATION,), note=T("一方の大臣への申請で足りる", "filing with one minister counts for both")),
        Act("designate", T("指定する", "designate the institution"), FINANCE_MINISTERS,
            art("16", "17(1)") + ORDER("2", "3") + LOANS("3", "4", "5"),
                go("institution_designated", "institution_applied"),
            fields=(LISTED, ADEQUATE, SENTENCE_ENDED, REVOKED_ON, NOT_BARRED),
            conditions=(IS_LISTED, IS_ADEQUATE, five_years_passed, IS_NOT_BARRED)),
        Act("refuse", T("指定しない", "do not designate"), FINANCE_MINISTERS, art("16(1)", "16(4)") + APA("8"),
            go("institution_refused", "institution_applied"), fields=(REASONS,)),
        Act("agreement", T("協定を結ぶ", "conclude the agreement"), (JFC, INSTITUTION), art("19"),
            go("agreement_concluded", "institution_designated"), fields=(APPROVED,), conditions=(IS_APPROVED,),
            note=T("認可のない協定には百万円以下の過料（98条2号）",
                "an agreement without approval: non-penal fine up to 1,000,000 yen (Art. 98(ii))")),
        Act("agreement_change", T("協定を変更する", "change the agreement"), (JFC, INSTITUTION), art("19(2)"),
            stay(*AGREED),
            fields=(APPROVED,), conditions=(IS_APPROVED,)),
        Act("rules_change", T("業務規程の変更の認可", "change the operating rules with approval"),
            (INSTITUTION, FINANCE_MINISTERS),
            art("18(1)") + LOANS("7"), stay(*AGREED), fields=(APPROVED,), conditions=(IS_APPROVED,)),
        Act("rules_order", T("業務規程の変更を命ずる", "order to change the operating rules"), FINANCE_MINISTERS,
            art("18(2)"),
            stay(*AGREED), fields=(UNFIT,), conditions=(IS_UNFIT,)),
        Act("request", T("借入れを申し込む", "ask for a loan"), CERTIFIED, art("13(1)(ii)"),
            go("loan_requested", "agreement_concluded", "loan_made"), fields=(AMOUNT,),
                conditions=(plan_is_certified,)),
        Act("loan", T("貸し付ける", "lend to the certified business"), INSTITUTION, art("13(1)(ii)"),
            go("loan_made", "agreement_concluded", "loan_requested"), fields=(AMOUNT, FOR_PLAN),
            conditions=(plan_is_certified, IS_FOR_PLAN),
                keeps=(keep("lent", lambda v: (v.fact("lent") or 0) + (v.given("amount") or 0)),
                    keep("loans", lambda v: (v.fact("loans") or 0) + 1))),
        Act("books", T("帳簿に記載し保存する", "keep books"), INSTITUTION, art("20") + LOANS("9"),
            stay("loan_requested", "loan_made", *ENDED),
            fields=(EXTINGUISHED,), conditions=(has_lent, not_in_future,), starts=("books_kept",)),
        _trouble("trouble", "loan_requested", "loan_made"), _trouble("trouble_before_loan", "agreement_concluded"),
        Act("stop", T("休廃止を届け出る", "give notice of stopping"), INSTITUTION, art("22"),
            go("institution_stopped", *WORKING),
            note=T("あらかじめ届け出る。届出のない休廃止は30万円以下の罰金（96条2号）",
                "before stopping; stopping without notice: fine up to 300,000 yen (Art. 96(ii))")),
        Act("revoke", T("指定を取り消す", "revoke the designation"), FINANCE_MINISTERS, art("23"),
            go("institution_revoked", *WORKING),
            fields=(HEARD, REASONS), conditions=(IS_HEARD,), note=T("公示する", "published")),
        Act("stop_unnotified", T("届け出ず、又は偽って届け出て休廃止する", "stop without notice, or with a false one"),
            INSTITUTION, art("22(1)"), stay(*WORKING), deed=True, penalty="PEN-96-2"),
        Act("agree_unapproved", T("認可を受けずに協定を結び、又は変更する",
            "conclude or change the agreement without approval"), JFC, art("19(2)"),
            stay("institution_designated", *AGREED), deed=True, penalty="PEN-98-2"),
        Act("finish", T("契約を結了する", "finish existing contracts"), INSTITUTION, art("24"),
            stay(*ENDED), note=T("全部の廃止の後も。結了の目的の範囲内で指定金融機関とみなされる",
                "after full abolition too; deemed designated as far as needed"))),
    duties=(
        Duty("books", T("帳簿を備え、保存する", "keep books and preserve them"), art("20"), INSTITUTION, "PEN-96-1a",
            arises=(done("first_loan"),), lasts=True),),
    consequences=(
        Consequence("first_loan", T("最初の貸付け", "the first loan"), art("20"), upon=(done("loan"),),
            moves=stay("loan_made"), only_if=is_first_loan),),
    warns=(no_books_to_keep,))
