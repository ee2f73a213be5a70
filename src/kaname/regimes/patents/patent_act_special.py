"""特許法等の特例 (Art. 82) and what the designation does to the periods of the Patent Act.

`ordinary` is the application as any other, `held` from receipt of the notice of Art. 70(1) to that of Art. 77(2).
Whether the day in Art. 82(3) is the last day or the day after is question 4: the safe day is shown first.
"""

from kaname.days import FirstDay, Move, days_n, months, years
from kaname.days import end as period_end
from kaname.law import Law, T
from kaname.law.laws import PATENT_ACT, PATENT_REGULATION, art
from kaname.procedure.declare import (
    Act,
    Clock,
    Consequence,
    Count,
    Duty,
    Field,
    FieldType,
    Kind,
    NoPenalty,
    Option,
    Procedure,
    Reading,
    act_day,
    condition,
    done,
    end,
    end_of,
    enters,
    go,
    keep,
    receipt,
    received,
    stay,
)
from kaname.procedure.view import View
from kaname.regimes.patents.base_dates import end_notice_day, filing_day, own_filing_day, priority_day
from kaname.regimes.patents.designation import end_notified
from kaname.regimes.patents.roles import ANYONE, APPLICANT, JPO
from kaname.regimes.patents.security_review import STANDING
from kaname.regimes.patents.words import finding, text

ALIVE = ("ordinary", "held", "after_end")

# -- what is asked ---------------------------------------------------------------------------------------------------

OUTCOME = Field("outcome", T("査定", "decision"), FieldType.CHOICE, PATENT_ACT("49", "51"), required=True,
    options=(Option("grant", T("特許査定", "grant"), PATENT_ACT("51")),
        Option("refuse", T("拒絶査定", "refusal"), PATENT_ACT("49"))))
UTILITY_MODEL = text("utility_model_application",
    T("実用新案登録出願の番号", "number of the utility model application"), art("82(5)"))
DESCRIBES, DESCRIBES_DESIGNATED = finding("describes",
    T("保全対象発明が記載されている", "it describes the designated invention"),
    T("保全対象発明の記載がない", "the designated invention is not described"), art("82(5)"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("出願から一年六月が経過したこと", "eighteen months have passed"),
    T("一年六月が経過していない", "eighteen months have not passed"), PATENT_ACT("64(1)"))
def eighteen_months_over(v: View) -> bool | None:
    return v.over("publication")

@condition(T("66条7項の保留が終わったこと", "the hold of Art. 66(7) is over"),
    T("66条7項により保留されている", "held under Art. 66(7)"), art("66(7)"))
def hold_is_over(v: View) -> bool | None:
    return v.state("first_review") in ("not_sent_judged", "period_expired_unsent", "hold_over", "out_of_scope")

@condition(T("送付されたこと", "the file was sent"), T("送付されていない", "the file was not sent"), art("66(1)"))
def was_sent(v: View) -> bool | None:
    return v.state("first_review") == "hold_over"

@condition(T("まだ出願公開されていないこと", "not published yet"), T("出願公開された", "already published"),
    PATENT_ACT("64(1)"))
def not_published(v: View) -> bool | None:
    return v.done("publish_application") is None

@condition(T("国内優先権の基礎とされたこと", "a base of a domestic priority claim"),
    T("国内優先権の基礎とされていない", "not a base of a domestic priority claim"), PATENT_ACT("41(1)", "42(1)"))
def is_priority_base(v: View) -> bool | None:
    return v.done("become_priority_base") is not None

@condition(T("査定又は審決がされていないこと", "not decided yet"),
    T("既に査定又は審決がされた", "already decided"), PATENT_ACT("42(1)"))
def not_decided(v: View) -> bool | None:
    """42条1項ただし書. A decision on record is taken as final: appeals are not followed here."""
    return v.done("decide_application") is None

@condition(T("保全指定がされていること", "a designation stands"), T("保全指定がされていない", "no designation stands"),
    art("82(5)"))
def stands(v: View) -> bool | None:
    """82条5項 runs from the designation to its end, not from notice to notice."""
    return v.state("designation") in STANDING

@condition(T("一年四月が経過していること", "the one year and four months are over"),
    T("一年四月が経過していない", "the one year and four months are not over"),
    PATENT_ACT("42(1)") + PATENT_REGULATION("28-4(2)"))
def sixteen_months_over(v: View) -> bool | None:
    filed = filing_day.day(v)
    return filed is not None and period_end(filed, months(16), FirstDay.EXCLUDED, Move.NONE).last_day < v.on

@condition(T("出願審査の請求がないこと", "no examination was requested"),
    T("出願審査の請求がある", "examination was requested"), PATENT_ACT("48-3(4)"))
def not_requested(v: View) -> bool | None:
    return v.done("exam_request") is None

# -- the procedure ---------------------------------------------------------------------------------------------------

OFFICE = NoPenalty(T("官庁に対する定め", "a rule for the office"))
UTILITY_MODEL_ACT = Law("utility_model_act", "実用新案法", "Utility Model Act", "実用新案法（昭和34年法律第123号）",
    "Utility Model Act (Act No. 123 of 1959)", "https://laws.e-gov.go.jp/law/334AC0000000123")

patent_act_special = Procedure(
    "patent_act_special", T("特許法等の特例", "special rules for the Patent Act"), art("82", "66(7)"), start="ordinary",
    after=("first_review",), states=dict(
        ordinary=T("通常", "ordinary"), held=T("保全指定による停止", "held by designation"),
        after_end=T("指定終了後", "after the end of designation"),
        gone=end(T("出願の消滅", "application gone"))),
    clocks=(
        Clock("publication", T("出願公開の時期（一年六月）", "publication (eighteen months)"), Kind.AGENCY_DUTY,
            PATENT_ACT("64(1)"), (Count(months(18), priority_day),)),
        Clock("examination_request_ordinary",
            T("出願審査の請求期間（三年）", "period for requesting examination (three years)"), Kind.PATENT,
            PATENT_ACT("48-3(1)", "48-3(2)"), (Count(years(3), filing_day), Count(days_n(30), own_filing_day))),
        Clock("examination_request",
            T("出願審査の請求期間（指定終了後）", "period for requesting examination after designation"), Kind.PATENT,
            art("82(3)") + PATENT_ACT("48-3(1)"), (Count(years(3), filing_day), Count(months(3), end_notice_day)),
            reading=Reading(1, T("経過した日を含む読み方", "the day after the period still counts"), 4), question=4),
        Clock("base_withdrawal", T("国内優先権の基礎出願のみなし取下げ", "deemed withdrawal of a priority base"),
            Kind.TERM, art("82(2)") + PATENT_ACT("42(1)") + PATENT_REGULATION("28-4(2)"),
            (Count(months(16), filing_day), Count(None, end_notice_day)))),
    acts=(
        Act("exam_request", T("出願審査を請求する", "request examination"), ANYONE,
            art("82(3)") + PATENT_ACT("48-3(1)"), stay(*ALIVE),
            meets=("examination_request", "examination_request_ordinary")),
        Act("become_priority_base", T("国内優先権の基礎とされる", "become a base of domestic priority"), APPLICANT,
            PATENT_ACT("41(1)"), stay(*ALIVE)),
        Act("publish_application", T("出願公開をする", "publish the application"), JPO,
            PATENT_ACT("64(1)") + art("66(7)"), stay("ordinary", "after_end"),
            conditions=(hold_is_over, eighteen_months_over)),
        Act("decide_application", T("特許査定又は拒絶査定をする", "grant or refuse"), JPO,
            PATENT_ACT("49", "51") + art("66(7)"), stay("ordinary", "held", "after_end"), fields=(OUTCOME,),
            conditions=(hold_is_over,)),
        Act("utility_model_hold", T("実用新案登録を保留する", "hold a utility model registration"), JPO, art("82(5)"),
            stay("ordinary", "held"), fields=(UTILITY_MODEL, DESCRIBES), conditions=(stands, DESCRIBES_DESIGNATED),
            keeps=(keep("utility_model_application"),)),
        Act("register_utility_model", T("実用新案登録をする", "register the utility model"), JPO,
            UTILITY_MODEL_ACT("14(2)") + art("82(5)"), stay(*ALIVE), fields=(UTILITY_MODEL,))),
    duties=(
        Duty("publish", T("出願公開をする", "publish the application"), PATENT_ACT("64(1)"), JPO, OFFICE,
            arises=(done("publication_due"), done("publication_after_end")), done=(done("publish_application"),)),),
    consequences=(
        Consequence("begin", T("特許法の期間の進行", "the periods of the Patent Act run"),
            PATENT_ACT("42(1)", "48-3(1)", "64(1)"), upon=(done("first_review.file"),), moves=stay("ordinary"),
            starts=("publication", "examination_request_ordinary", "base_withdrawal")),
        Consequence("filing_day_moves", T("出願の日の変更", "the filing day moves"), PATENT_ACT("38-4(4)"),
            upon=(done("first_review.supplement_missing_part"),), moves=stay("ordinary"),
            starts=("publication", "examination_request_ordinary", "base_withdrawal")),
        Consequence("publication_due", T("出願公開の義務", "publication is due"), PATENT_ACT("64(1)"),
            upon=(end_of("publication"), enters("first_review.not_sent_judged"),
                enters("first_review.period_expired_unsent")), moves=stay("ordinary"),
            only_if=eighteen_months_over & hold_is_over & not_published & ~was_sent),
        Consequence("publication_waits", T("指定中は公開しない", "publication waits while designated"), art("66(7)"),
            upon=(end_of("publication"),), moves=stay("held")),
        Consequence("hold", T("指定による停止", "held by designation"), art("82(2)", "82(3)"),
            upon=(receipt("designation.designate"),), moves=go("held", "ordinary"), only_if=~end_notified,
            stops=("examination_request_ordinary", "base_withdrawal"), keeps=(keep("deducted_from", received),)),
        Consequence("revive", T("指定の終了による再開", "the periods revive"), art("77(2)", "82(2)", "82(3)"),
            upon=(receipt("designation.notify_end"),), moves=go("after_end", "held"), starts=("base_withdrawal",)),
        Consequence("request_again", T("出願審査の請求期間の再開", "the period for the request runs"), art("82(3)"),
            upon=(done("revive"),), moves=stay("after_end"), only_if=not_requested, starts=("examination_request",),
            question=4),
        Consequence("term_extension_deduction", T("存続期間延長の算定からの除外", "left out of the term extension"),
            art("82(4)") + PATENT_ACT("67(3)"), upon=(receipt("designation.notify_end"),), moves=stay("after_end"),
            keeps=(keep("deducted_to", received),)),
        Consequence("publication_after_end", T("出願公開義務の復活", "the duty to publish revives"),
            art("66(7)") + PATENT_ACT("64(1)"), moves=stay("ordinary", "after_end"),
            upon=(enters("first_review.hold_over"), end_of("publication")),
            only_if=eighteen_months_over & hold_is_over & not_published & was_sent),
        Consequence("deemed_withdrawal", T("基礎出願のみなし取下げ", "the base is deemed withdrawn"),
            art("82(2)") + PATENT_ACT("42(1)") + PATENT_REGULATION("28-4(2)"), upon=(end_of("base_withdrawal"),),
            moves=go("gone", "ordinary", "after_end"), only_if=is_priority_base & not_decided),
        Consequence("withdrawn_upon_notice", T("基礎出願のみなし取下げ", "the base is deemed withdrawn"), art("82(2)"),
            upon=(done("revive"),), moves=go("gone", "after_end"),
            only_if=is_priority_base & sixteen_months_over & not_decided),
        Consequence("no_request_in_time", T("審査請求なしによるみなし取下げ", "deemed withdrawn without a request"),
            art("82(3)") + PATENT_ACT("48-3(4)"),
            upon=(end_of("examination_request"), end_of("examination_request_ordinary")),
            moves=go("gone", "ordinary", "after_end"), only_if=not_requested),
        Consequence("priority_fails", T("国内優先権の失効", "domestic priority fails"), art("82(1)"),
            upon=(done("dismissal_service.dismiss"),), moves=go("gone", *ALIVE),
            keeps=(keep("priority_failed_on", act_day),)),
        Consequence("over", T("出願の消滅", "the application is gone"), art("68 proviso", "78(1) proviso"),
            moves=go("gone", *ALIVE), upon=(done("first_review.gone_before_sending"), done("first_review.gone")))))
