"""What an application for certification and one for a change share: Art. 10(3) applies Art. 9(4) to (6) again.

Both are received, may be supplemented, are consulted about with the Prime Minister and the other heads (mandatory
before a certification), and end certified, refused with reasons or withdrawn. One month is a target: its end changes
nothing.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from kaname.days import months
from kaname.law import Bases, T, Text
from kaname.law.laws import art
from kaname.procedure.asked import finding, text
from kaname.procedure.declare import (
    Act,
    Clock,
    Condition,
    Count,
    Duty,
    Field,
    FieldType,
    Force,
    Kind,
    NoPenalty,
    Role,
    act_day,
    condition,
    day_rule,
    done,
    go,
    keep,
    stay,
)
from kaname.procedure.view import View
from kaname.regimes.supply.catalogue import form, orders
from kaname.regimes.supply.laws import APA, WITHDRAWAL
from kaname.regimes.supply.plan_now import order, product
from kaname.regimes.supply.roles import MINISTER


@dataclass(frozen=True)
class Applied:
    """How one of the two is called: its states, who applies, its forms and rules of the orders."""

    by: Role
    submitted: str
    certified: str
    refused: str
    withdrawn: str
    withdraws: Text
    rules: str  # "" for the plan, "change_" for a change
    forms: tuple[int, int, int]  # certificate, refusal, notice to the support body
    again: Bases  # Art. 10(3), which applies the rules to a change
    deciding: tuple[str, ...]  # the states in which it can be certified
    consulting: tuple[str, ...]  # the states in which it can be consulted about
    refusing: tuple[str, ...]
    leaving: tuple[str, ...]
    still: tuple[Condition, ...] = ()  # what has to be so still when it is certified

    def rule(self, name: str) -> Bases:
        return orders(f"{self.rules}{name}")


# -- what is asked ---------------------------------------------------------------------------------------------------

ASKED_FOR = text("documents", T("求める書類", "documents asked for"), orders("supplement"))
CONSULTED = Field("consulted", T("協議の相手方", "who was consulted"), FieldType.PARTY, art("9(5)"), several=True,
    help=T("内閣総理大臣その他関係行政機関の長", "the Prime Minister and the other heads concerned"))
OPINION = text("opinion", T("協議の結果", "what came of it"), art("9(5)"), sealed=True)
OUTLINE = text("outline", T("計画の概要", "outline"), art("9(6)"))

FITS, IS_FIT = finding("fits_policy", T("取組方針に照らし適切な内容", "content fits the policy"),
    T("内容が取組方針に照らし適切と認められない", "the content is not found to fit the policy"), art("9(4)(i)"))
LASTS, IS_LONG = finding("long_enough",
    T("取組方針の期間以上又は期限内の実施", "lasts the policy's period or ends within its deadline"),
    T("取組方針の期間又は期限を満たさない", "the policy's period or deadline is not met"), art("9(4)(ii)"),
        question=203)
ABLE, IS_ABLE = finding("structure_adequate", T("実施体制・資金調達が適切", "structure and funding adequate"),
    T("実施体制・資金調達が適切と認められない", "structure or funding is not found adequate"), art("9(4)(iii)"))
TIGHT, IS_TIGHT = finding("tight_supply_measures", T("逼迫時の措置・投資・依存の低減が見込まれる",
    "measures for tight supply, investment or lower dependence expected"),
    T("逼迫時の措置・投資・依存の低減が見込まれない", "no such measures are expected"),
        art("9(4)(iv)") + orders("tight_supply"))
INFORMED, IS_INFORMED = finding("information_managed",
    T("情報を適切に管理する体制", "information-management structure"),
    T("情報管理の体制が認められない", "no information-management structure is found"), art("9(4)(v)"))
FAIR = Field("fair_competition", T("公正な競争の確保、消費者等を不当に害しない",
    "fair competition kept, consumers and related businesses not unduly harmed"), FieldType.FLAG, art("9(4)(vi)"),
    finding=True, help=T("同一の業種に属する者の共同の計画のとき", "for a joint plan within one industry"))
PROTECTED = Field("technology_protected",
    T("技術流出防止措置が講じられている", "technology is protected as the policy asks"),
    FieldType.FLAG, art("9(4)(i)"), finding=True,
        help=T("取組方針が求める物資のとき", "where the product's policy asks for it"))
FINDINGS = (FITS, LASTS, ABLE, TIGHT, INFORMED, FAIR, PROTECTED)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("公正な競争が確保されること（同一業種の共同計画）",
    "fair competition is kept (joint plan within one industry)"),
    T("公正な競争の確保が認められない", "fair competition is not found to be kept"), art("9(4)(vi)"))
def is_fair(v: View) -> bool | None:
    joint = v.fact("plan.same_industry") and len(v.fact("plan.applicants") or ()) > 1
    return v.given("fair_competition") if joint else True

@condition(T("技術流出防止措置（取組方針が求める物資）", "protection of technology, where the policy asks for it"),
    T("技術流出防止措置が講じられていると認められない", "technology is not found to be protected as the policy asks"),
    art("9(4)(i)"))
def is_protected(v: View) -> bool | None:
    found = product(v)
    asked = found and found.technology_from and found.technology_from <= v.on
    return v.given("technology_protected") if asked else True

@condition(T("内閣総理大臣その他関係行政機関の長に協議したこと",
    "the Prime Minister and the other heads were consulted"),
    T("内閣総理大臣その他関係行政機関の長への協議が記録されていない",
        "no consultation of the Prime Minister and the other heads is on record"), art("9(5)"))
def is_consulted(v: View) -> bool | None:
    return v.done("consult") is not None

CONDITIONS: tuple[Condition, ...] = (is_consulted, IS_FIT, IS_LONG, IS_ABLE, IS_TIGHT, IS_INFORMED, is_fair,
    is_protected)

@condition(T("追加書類の待ち日数が標準処理期間を止めるかは定めがない",
    "whether waiting for documents stops the month is not laid down"),
    T("追加書類を待った日がある", "days were spent waiting for documents"), orders("supplement"), question=208,
    tells=lambda v: _net_target(v))
def no_days_waited(v: View) -> bool | None:
    return not _waiting(v)

def _waiting(v: View) -> list[tuple[date, int]]:
    """The targets still running, of the plan or its changes, each with the days spent waiting for documents."""
    found = ((v.clock("target", run), v.fact("waited", run)) for run in v.runs())
    return [(c.last_day, waited) for c, waited in found if c and c.last_day and c.status == "running" and waited]

def _net_target(v: View) -> Text:
    told = [T(f"追加書類を待った{waited}日を除けば目安は {last + timedelta(waited)}",
        f"leaving out {waited} days of waiting for documents the target would be {last + timedelta(waited)}")
        for last, waited in _waiting(v)]
    return T("、".join(t.ja for t in told) + "（除く定めはない）",
        "; ".join(t.en for t in told) + "; the orders do not say so")

# -- sums ------------------------------------------------------------------------------------------------------------

@day_rule(T("申請を受理した日（農水省令は申請の日）",
    "the day the application was received (MAFF: the day of application)"))
def received_or_applied(v: View) -> date | None:
    return v.on if order(v).target_from_application else v.received_on or v.on

def waited(v: View) -> int:
    """Days between the request for documents and the answer, all of them together."""
    asked = v.fact("asked_on")
    return (v.fact("waited") or 0) + ((v.on - asked).days if asked else 0)

# -- acts, clocks, duties --------------------------------------------------------------------------------------------

def target(a: Applied) -> Clock:
    return Clock("target", T("標準処理期間（一月、目安）", "one month to decide (target)"), Kind.AGENCY_DUTY,
        a.rule("certify"),
        (Count(months(1), received_or_applied),), force=Force.TARGET)

def acts(a: Applied) -> tuple[Act, ...]:
    """From the request for documents to the withdrawal."""
    certificate, refusal, notice = a.forms
    number = text("number", T("認定番号", "certification number"), a.rule("certify"), required=True,
        form=form(certificate))
    reasons = text("reasons", T("理由", "reasons"), a.rule("refuse"), required=True, form=form(refusal))
    body = Field("support_body", T("支援法人等", "support body"), FieldType.PARTY, art("9(6)"), form=form(notice))
    return (
        Act("supplement", T("追加書類を求める", "ask for further documents"), MINISTER, a.rule("supplement") + APA("7"),
            go("supplement_requested", a.submitted), fields=(ASKED_FOR,), keeps=(keep("asked_on", act_day),),
            note=T("標準処理期間が止まるとの定めはない", "nothing says that the month stops")),
        Act("supplement_answer", T("追加書類を提出する", "supply them"), a.by, a.rule("supplement"),
            go(a.submitted, "supplement_requested"), keeps=(keep("waited", waited),)),
        Act("consult", T("内閣総理大臣等に協議する", "consult the Prime Minister and the other heads"), MINISTER,
            art("9(5)") + a.again, go("ministers_consulted", *a.consulting), fields=(CONSULTED, OPINION)),
        Act("certify", T("認定する", "certify"), MINISTER, art("9(4)") + a.again + a.rule("certify"),
            go(a.certified, *a.deciding), fields=(number, *FINDINGS),
            conditions=(*a.still, *CONDITIONS),
            meets=("target",), keeps=(keep("number"),)),
        Act("refuse", T("認定しない", "refuse"), MINISTER, a.rule("refuse") + APA("8"), go(a.refused, *a.refusing),
            fields=(reasons,), meets=("target",),
            note=T("求めた書類が出されないときも拒否できる（行政手続法7条）",
                "also where documents asked for never come (Administrative Procedure Act Art. 7)")),
        Act("notify_support", T("支援法人等に通知する", "notify the support body"), MINISTER,
            art("9(6)") + a.again + a.rule("notify"), stay(a.certified), fields=(body, OUTLINE)),
        Act("withdraw", a.withdraws, a.by, WITHDRAWAL, go(a.withdrawn, *a.leaving), stops=("target",)))

def notify(a: Applied) -> Duty:
    return Duty("notify_support", T("支援法人等に通知する", "notify the support body"), art("9(6)") + a.again, MINISTER,
        NoPenalty(T("行政機関の義務", "a duty of the authority")), arises=(done("certify"),),
            done=(done("notify_support"),),
        lasts=True)
