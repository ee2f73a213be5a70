"""保全審査 (Arts. 67-69, 71; CAO Ordinance 2-6): the Prime Minister decides whether to designate.

The designation itself belongs to `designation`; what it does to the review is a consequence here.
"""

from datetime import date

from kaname.days import days_n
from kaname.law import T
from kaname.law.laws import CAO_ORDINANCE, PATENT_ACT, art
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
    act_day,
    condition,
    day_rule,
    done,
    end,
    go,
    keep,
    opens,
    receipt,
    received,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.patents.roles import APPLICANT, EXPERT, JPO, OFFICIAL, PM
from kaname.regimes.patents.words import finding, form, text

UNDER_WAY = ("under_review", "intention_notified", "answer_filed", "correction_asked")
OPEN = ("received", *UNDER_WAY, "termination_pending")
STANDING = ("designated", "extension_hearing", "extended")  # of a designation
ASKING = ("received", *UNDER_WAY, "designated")  # the powers of 67(3)-(7), lent to 70(4), 73(5) and 77(3) as well

# -- what is asked ---------------------------------------------------------------------------------------------------

EXPERT_NAME = Field("expert", T("専門的知識を有する者", "outside expert"), FieldType.PERSON, art("67(4)"), several=True,
    required=True)
OFFICIALS = Field("officials", T("事務に関与する公務員", "officials taking part"), FieldType.PERSON, art("67(8)"),
    several=True)
INSUFFICIENT, STATE_BODIES_INSUFFICIENT = finding("state_bodies_insufficient",
    T("国の機関では足りないこと", "state bodies did not suffice"), T("国の機関で足りる", "state bodies suffice"),
    art("67(4)"))
INTERESTS, INTERESTS_CONSIDERED = finding("interests_considered",
    T("特許出願人の利益を考慮した選定", "chosen with the applicant's interests in mind"),
    T("特許出願人の利益が考慮されていない", "the applicant's interests were not considered"), art("67(4)"))
CONSENT, CONSENTED = finding("consent", T("秘密保持を説明し同意を得たこと", "secrecy explained and consent obtained"),
    T("秘密保持の説明と同意がない", "secrecy was not explained or consent is missing"), art("67(5)"))
NOTICE = (text("invention", T("保全対象発明となり得る発明", "the candidate invention"),
    art("67(9)") + CAO_ORDINANCE("4"), sealed=True),
          text("places", T("記載箇所", "where it is described"), CAO_ORDINANCE("4"), sealed=True))
OPERATORS = Field("operators", T("発明の内容を開示した事業者", "operators given access"), FieldType.ROWS,
    art("67(9)(ii)") + CAO_ORDINANCE("6"), sealed=True, form=form("1", "cao"),
    columns=(Field("id", T("記号", "short id"), FieldType.TEXT,
            help=T("英数字。変更の手続の名になる", "letters and digits; names its run")),
        Field("name", T("氏名又は名称", "name"), FieldType.PARTY),
        Field("address", T("住所", "address"), FieldType.TEXT),
        Field("information", T("取り扱う情報", "information handled"), FieldType.TEXT)))
FORM_1 = (text("application_number", T("出願番号", "application number"), CAO_ORDINANCE("6"), form=form("1", "cao")),
          text("information_control", T("情報管理の状況", "state of information control"),
              art("67(9)(i)") + CAO_ORDINANCE("6"), sealed=True,
               form=form("1", "cao")),
          OPERATORS, text("planned_changes", T("変更の予定", "planned changes"), CAO_ORDINANCE("6"), sealed=True,
              form=form("1", "cao")))
HOW = Field("how", T("終わり方", "how it ended"), FieldType.CHOICE, art("68 proviso"),
    options=(Option("withdrawn", T("取下げ", "withdrawn")), Option("abandoned", T("放棄", "abandoned")),
        Option("dismissed", T("却下", "dismissed"))))
CORRECT_BY = Field("correct_by", T("補正の期限", "to be corrected by"), FieldType.DAY, art("67(11)"), required=True)
EXPLAIN_BY = Field("explain_by", T("弁明の期限", "to be explained by"), FieldType.DAY, art("69(2)"), required=True)
GROUND = Field("ground", T("打切りの理由", "ground for termination"), FieldType.CHOICE, art("69(1)"), required=True,
    options=(Option("no_answer", T("期間内に書類の提出がない", "no answer in time"), art("67(10)", "69(1)")),
        Option("no_correction", T("期間内に補正がない", "no correction in time"), art("67(11)", "69(1)")),
        Option("publication", T("68条違反の公表", "made public against Art. 68"), art("68", "69(1)")),
        Option("abusive_request", T("理由のない不当な申出", "groundless and abusive request"), art("66(2)", "69(1)"))))
REASONS = text("reasons", T("理由", "reasons"), art("69(2)"), sealed=True)
CLEAR, CLEARLY_NOT = finding("no_need", T("保全指定をする必要がないこと", "no need to designate"),
    T("必要がないと認められていない", "no need was not found"), art("71"))

# -- conditions ------------------------------------------------------------------------------------------------------

def missed(v: View, clock: str) -> bool:
    """Late is late, even where the paper came afterwards: the Prime Minister may still terminate."""
    running = v.clock(clock)
    return bool(running and running.later and running.later < (running.met_on or v.on))

@condition(T("打切りの理由に当たる事実があること", "the ground for termination is on record"),
    T("打切りの理由に当たる事実が記録にない", "the ground for termination is not on record"), art("69(1)"))
def ground_on_record(v: View) -> bool | None:
    match v.given("ground"):
        case "no_answer":
            return missed(v, "answer_due")
        case "no_correction":
            return missed(v, "correction_due")
        case "publication":
            return v.fact("disclosure_ban_review.breached_on") is not None
        case "abusive_request":
            return v.fact("first_review.requested_on") is not None
    return None

@condition(T("弁明がされたか、その期限が過ぎたこと", "the explanation was given or its period is over"),
    T("弁明の期限がまだ来ていない", "the period for the explanation is still running"), art("69(2)", "69(3)"))
def heard(v: View) -> bool | None:
    return v.done("explain") is not None or v.over("explanation_due")

@condition(T("期限内の提出", "answered in time"),
    T("期限を過ぎた提出。打切りの理由となり得る", "late: the review may be terminated"), art("67(10)", "69(1)"),
    question=3)
def answered_in_time(v: View) -> bool | None:
    return not v.over("answer_due")

@condition(T("期限内の補正", "corrected in time"),
    T("期限を過ぎた補正。打切りの理由となり得る", "late: the review may be terminated"), art("67(11)", "69(1)"))
def corrected_in_time(v: View) -> bool | None:
    return not v.over("correction_due")

@condition(T("特許出願人の意見を聴いたこと", "the applicant was heard"),
    T("特許出願人の意見を聴いた記録がない", "no hearing of the applicant is on record"),
    art("67(2)") + CAO_ORDINANCE("3"))
def applicant_heard(v: View) -> bool | None:
    return v.done("security_review.hear_applicant") is not None

@condition(T("審査中又は保全指定中であること", "the review is open, or the designation stands"),
    T("保全指定は終わった", "the designation is over"), art("67(3)-(7)", "70(4)", "77(3)"))
def still_to_decide(v: View) -> bool | None:
    """After the designation the same powers serve its extension, its lifting and the permits."""
    return v.state() != "designated" or v.state("designation") in STANDING

@condition(T("却下前に内閣総理大臣に通知したこと", "the Prime Minister was told of the dismissal beforehand"),
    T("却下しようとする旨の通知が記録にない", "no report of the intended dismissal is on record"), art("66(9)"))
def dismissal_reported(v: View) -> bool | None:
    """Asked until the outcome is known; a dismissal that follows a termination has its own act."""
    known = v.state() in ("designated", "not_designated")
    return known or v.given("how") != "dismissed" or v.done("first_review.report_dismissal") is not None

# -- sums ------------------------------------------------------------------------------------------------------------

@day_rule(T("内閣総理大臣が定めた日", "the day set by the Prime Minister"))
def correct_by(v: View) -> date | None:
    day: date | None = v.given("correct_by")
    return day

@day_rule(T("内閣総理大臣が定めた日", "the day set by the Prime Minister"))
def explain_by(v: View) -> date | None:
    day: date | None = v.given("explain_by")
    return day

# -- the procedure ---------------------------------------------------------------------------------------------------

DISCRETION = NoPenalty(T("保全審査が打ち切られ得る（69条）", "the review may be terminated (Art. 69)"))

security_review = Procedure(
    "security_review", T("保全審査", "security review"), art("67", "68", "69", "71") + CAO_ORDINANCE("2", "3", "4", "5",
        "6"),
    states=dict(
        received=waits(T("送付を受けた", "received"), PM), under_review=waits(T("保全審査中", "under review"), PM),
        intention_notified=T("意思確認中", "intention notified"),
        answer_filed=waits(T("維持の書類提出済", "answer filed"), PM),
        correction_asked=T("補正の求め", "correction asked"),
        designated=T("保全指定", "designated"), not_designated=T("指定しない", "not designated"),
        termination_pending=waits(T("打切り手続中", "termination pending"), PM),
        terminated=end(T("打切り", "terminated")), application_gone=end(T("出願の消滅", "application gone"))),
    clocks=(
        Clock("answer_due", T("維持の意思の回答（十四日）", "answer to the intention notice (14 days)"), Kind.FILING,
            art("67(10)"), (Count(days_n(14), received),), question=3),
        Clock("correction_due", T("補正の期間", "period for correction"), Kind.DATE, art("67(11)"),
            (Count(None, correct_by),)),
        Clock("explanation_due", T("弁明の期間", "period for explanation"), Kind.DATE, art("69(2)"),
            (Count(None, explain_by),))),
    acts=(
        Act("receive", T("送付を受け審査を始める", "take up the file"), PM, art("67(1)"),
            go("under_review", "received"), fields=(OFFICIALS,)),
        Act("hear_applicant", T("特許出願人の意見を聴く", "hear the applicant"), PM, art("67(2)") + CAO_ORDINANCE("3"),
            stay("received", *UNDER_WAY)),
        Act("ask_state_bodies", T("国の機関に求める", "ask state bodies"), PM, art("67(3)", "70(4)", "73(5)", "77(3)"),
            stay(*ASKING), conditions=(still_to_decide,)),
        Act("ask_outside_expert", T("外部の専門家に求める", "ask an outside expert"), PM,
            art("67(4)-(5)", "70(4)", "73(5)", "77(3)"), stay(*ASKING),
            fields=(EXPERT_NAME, INSUFFICIENT, INTERESTS, CONSENT),
            conditions=(still_to_decide, STATE_BODIES_INSUFFICIENT, INTERESTS_CONSIDERED, CONSENTED)),
        Act("consult_agencies", T("関係行政機関の長に協議する", "consult agency heads"), PM,
            art("67(6)-(7)", "70(4)", "77(3)"), stay(*ASKING), conditions=(still_to_decide,)),
        Act("decide_no_need", T("指定の必要がないと決め通知する", "decide that there is no need"), PM, art("71"),
            go("not_designated", "received", *UNDER_WAY), fields=(CLEAR,), conditions=(CLEARLY_NOT,),
            stops=("answer_due", "correction_due"), received=True),
        Act("notify_intention", T("維持の意思を確認する通知", "notify the intention"), PM,
            art("67(9)") + CAO_ORDINANCE("4", "5"), go("intention_notified", "received", "under_review"), fields=NOTICE,
            received=True),
        Act("answer_keep", T("出願を維持し書類を提出する", "keep the application and answer"), APPLICANT,
            art("67(10)") + CAO_ORDINANCE("6"), go("answer_filed", "intention_notified"), fields=FORM_1,
            advice=(answered_in_time,), meets=("answer_due",), keeps=(keep("operators"),)),
        Act("withdraw", T("取り下げ又は放棄する", "withdraw or abandon"), (APPLICANT, JPO),
            art("68 proviso") + PATENT_ACT("18", "38-5"), go("application_gone", *OPEN, "designated", "not_designated"),
            fields=(HOW,), advice=(dismissal_reported,)),
        Act("convert", T("実用新案・意匠に変更する", "convert to a utility model or design"), APPLICANT, art("72(2)"),
            go("application_gone", *OPEN, "designated", "not_designated")),
        Act("ask_correction", T("補正を求める", "ask for correction"), PM, art("67(11)"),
            go("correction_asked", "answer_filed"), fields=(CORRECT_BY,), starts=("correction_due",), received=True),
        Act("correct", T("補正する", "correct"), APPLICANT, art("67(11)"), go("answer_filed", "correction_asked"),
            advice=(corrected_in_time,), meets=("correction_due",)),
        Act("decline", T("指定をしないと決め通知する", "decide not to designate"), PM, art("71"),
            go("not_designated", "received", *UNDER_WAY), stops=("answer_due", "correction_due"), received=True),
        Act("start_termination", T("打切りの理由を通知する", "notify the reasons for termination"), PM,
            art("69(1)-(2)"), go("termination_pending", "received", *UNDER_WAY), fields=(GROUND, REASONS, EXPLAIN_BY),
            conditions=(ground_on_record,), starts=("explanation_due",), received=True),
        Act("explain", T("弁明書を出す", "explain in writing"), APPLICANT, art("69(2)"), stay("termination_pending"),
            meets=("explanation_due",)),
        Act("drop_termination", T("打ち切らない", "drop the termination"), PM, art("69(1)-(2)"),
            go("under_review", "termination_pending"), stops=("explanation_due",)),
        Act("terminate", T("保全審査を打ち切る", "terminate the review"), PM, art("69(1)", "69(3)"),
            go("terminated", "termination_pending", "received", *UNDER_WAY), conditions=(heard,), received=True,
            stops=("answer_due", "correction_due", "explanation_due"),
            keeps=(keep("terminated_on", act_day),))),
    duties=(
        Duty("answer", T("維持するか決め書類を提出する", "decide to keep and answer"), art("67(10)"), APPLICANT,
            DISCRETION, to=PM, clock="answer_due", done=(done("answer_keep"),), question=3),
        Duty("secrecy_experts", T("秘密を漏らさない（専門家）", "secrecy of the experts"),
            art("67(8)", "70(4)", "73(5)", "77(3)"), EXPERT,
            "PEN-95-1-2", arises=(done("ask_outside_expert"),), person="expert", lasts=True),
        Duty("secrecy_officials", T("秘密を漏らさない（公務員）", "secrecy of the officials"), art("67(8)"), OFFICIAL,
            "PEN-95-1-2", arises=(done("receive"),), person="officials", lasts=True)),
    consequences=(
        Consequence("begin", T("送付により保全審査へ", "the file is sent"), art("66(1)", "67(1)"),
            upon=(done("first_review.send"), done("first_review.notify_sent")), moves=opens("received")),
        Consequence("answer_runs", T("回答期間の開始", "the fourteen days run"), art("67(10)"),
            upon=(receipt("notify_intention"),), moves=stay("intention_notified"), starts=("answer_due",)),
        Consequence("designated", T("保全指定", "designated"), art("70(1)"), upon=(done("designation.designate"),),
            moves=go("designated", "received", *UNDER_WAY), stops=("answer_due", "correction_due")),
        Consequence("gone", T("出願の消滅", "the application is gone"), art("68 proviso", "69(4)"),
            upon=(done("dismissal_service.dismiss"), done("first_review.deemed_withdrawn")),
            moves=go("application_gone", *OPEN, "designated", "not_designated"))))
