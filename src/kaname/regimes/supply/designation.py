"""特定重要物資の指定・解除 (Art. 7): reviewed, judged by four requirements, put to comment, designated.

The judgement is a person's: each requirement is found to be met or not, with reasons and the evidence it rests on.
One that is not met ends the candidacy. Products designated before an office kept their case are entered as they
stand.
"""

from datetime import date
from typing import Any

from kaname.law import T
from kaname.law.laws import ORDER, art
from kaname.procedure.asked import finding, text
from kaname.procedure.declare import (
    Act,
    Condition,
    Field,
    FieldType,
    Option,
    Procedure,
    act_day,
    condition,
    end,
    go,
    keep,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.supply import public_comment
from kaname.regimes.supply.catalogue import PRODUCTS
from kaname.regimes.supply.catalogue.requirements import LIMBS, REQUIREMENTS
from kaname.regimes.supply.evidence import EVIDENCE, SHEET, rows, sound, without_evidence
from kaname.regimes.supply.laws import APA, EXPERTS, GUIDELINE, TAKEN_OVER
from kaname.regimes.supply.public_comment import COMMENT_PERIOD, comments_closed, thirty_days_or_reasons
from kaname.regimes.supply.roles import CABINET, CABINET_OFFICE, MINISTER

BOTH = (MINISTER, CABINET_OFFICE)
DESIGNATED = ("designated", "scope_changed")
FROM_OUTSIDE = ("export_restriction", "coercion", "other_act")

# -- what is asked ---------------------------------------------------------------------------------------------------

NAME = text("name", T("物資（原材料等を含む）", "product or its inputs"), art("7"))
PRODUCT = Field("product", T("令1条の物資", "product of Order Art. 1"), FieldType.CHOICE, ORDER("1"),
    options=tuple(Option(p.id, p.label, ORDER("1"), p.designated_on) for p in PRODUCTS.values()))
WHY = text("why", T("候補とする理由", "why it is put forward"), GUIDELINE)
SUPPLY_CHAIN = text("supply_chain", T("サプライチェーンの状況", "what was found of the supply chain"),
    art("46", "48(1)"),
    sealed=True)

def _limb(id: str) -> tuple[Field, Condition]:
    of = LIMBS[id]
    return finding(id, of.name, T(f"「{of.name.ja}」と認められない", f"not found: {of.name.en}"), art("7"),
        help=of.test)

R1A, IS_R1A = _limb("r1a")
R1B, IS_R1B = _limb("r1b")
R2A, IS_R2A = _limb("r2a")
R2B, IS_R2B = _limb("r2b")
R3, IS_R3 = _limb("r3")
R4, IS_R4 = _limb("r4")
CAUSES = Field("causes", T("途絶の原因として評価したもの", "causes of disruption that were assessed"), FieldType.CHOICE,
    art("7"), several=True, options=(
        Option("export_restriction", T("輸出の制限", "export restrictions")),
        Option("coercion", T("経済的な威圧", "economic coercion")),
        Option("other_act", T("外部から行われるその他の行為", "another act from outside")),
        Option("disaster", T("自然災害", "natural disaster")),
        Option("demand", T("需要の急増", "surging demand"))))
REASONS = tuple(
    text(f"reasons_{r.id}", T(f"「{r.name.ja}」の判断の理由", f"reasons for the judgement on {r.name.en}"), art("7"),
        required=True) for r in REQUIREMENTS.values())
OPINION = text("opinion", T("意見", "opinion"), EXPERTS, required=True)
FAILING = Field("failing", T("満たさない要件", "requirement that is not met"), FieldType.CHOICE, art("7"), several=True,
    options=tuple(Option(r.id, r.name) for r in REQUIREMENTS.values()))
DROPPED = text("reasons", T("指定しない理由", "reasons for not designating"), art("7"), required=True)
NO_COMMENT = text("no_comment", T("意見公募手続を経ない根拠", "ground for having no public comment"), APA("39(4)"))
DECIDED_ON = Field("decided_on", T("閣議決定の日", "day of the Cabinet decision"), FieldType.DAY, ORDER("1"))
PROMULGATED_ON = Field("promulgated_on", T("公布の日", "day of promulgation"), FieldType.DAY, ORDER("1"))
PLACE = text("place", T("令1条の号", "item of Order Art. 1"), ORDER("1"))
DIRECTION = Field("direction", T("範囲の変更", "how the scope changes"), FieldType.CHOICE, art("7"), required=True,
    options=(Option("widen", T("拡げる", "wider")), Option("narrow", T("狭める", "narrower"))))
SCOPE = text("scope", T("加わる又は外れるもの", "what comes in or goes out"), ORDER("1"), required=True)
SMALL, IS_SMALL = finding("need_small", T("措置の必要性が小さくなったこと", "the need for measures has become small"),
    T("必要性が小さくなったと認められない", "the need is not found to have become small"), GUIDELINE)
WEIGHED, IS_WEIGHED = finding("future_weighed",
    T("将来の社会経済・国際情勢を慎重に見極めたこと",
        "weighed carefully against future economic and international conditions"),
    T("将来の情勢が見極められていない", "future conditions were not weighed"), GUIDELINE)
END_REASONS = text("reasons", T("解除の理由", "reasons for ending the designation"), art("7"))
KEPT_REASONS = text("reasons", T("維持する理由", "reasons for keeping it"), GUIDELINE)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("外部から行われる行為によること（自然災害又は需要の急増のみでないこと）",
        "by acts from outside, not by natural disaster or surging demand alone"),
    T("自然災害又は需要の急増のみでは、外部から行われる行為による途絶に当たらない",
        "natural disaster or surging demand by themselves are no disruption by acts from outside"), art("7"))
def caused_from_outside(v: View) -> bool | None:
    causes = v.given("causes")
    return not causes or any(cause in FROM_OUTSIDE for cause in causes)

@condition(T("要件ごとに根拠となる指標があること", "evidence for each of the four requirements"),
    T("根拠となる指標のない要件がある（資料のみによる判断となる）",
        "a requirement has no row of evidence: it rests on the papers alone"), GUIDELINE)
def every_requirement_evidenced(v: View) -> bool | None:
    return not without_evidence((*rows(v.fact("evidence")), *rows(v.given("evidence"))))

@condition(T("意見公募手続を経たこと、又は経ない根拠", "public comment was held, or the ground for having none"),
    T("意見公募の記録も、経ない根拠の記録もない", "neither public comment nor a ground for having none is on record"),
    APA("39(1)", "39(4)"), question=232)
def comment_held_or_exempt(v: View) -> bool | None:
    return v.state() == "public_comment" or bool(v.given("no_comment"))

@condition(T("公布の日が施行の日以前であること", "promulgated on or before the day it comes into force"),
    T("公布の日が施行の日より後である", "promulgated after the day it comes into force"), ORDER("1"))
def promulgated_before(v: View) -> bool | None:
    day = v.given("promulgated_on")
    return day is None or day <= v.on

@condition(T("閣議決定が施行の日以前であること", "decided on or before the day it comes into force"),
    T("閣議決定の日が施行の日より後である", "decided after the day it comes into force"), ORDER("1"))
def decided_before(v: View) -> bool | None:
    day = v.given("decided_on")
    return day is None or day <= v.on

@condition(T("政令1条に掲げる物資であること", "named in Article 1 of the Cabinet Order on that day"),
    T("その日の政令1条に掲げられていない", "Article 1 of the Cabinet Order does not name it on that day"), ORDER("1"))
def named_in_order(v: View) -> bool | None:
    found = PRODUCTS.get(v.given("product") or "")
    return None if found is None else found.designated_on <= v.on

# -- sums ------------------------------------------------------------------------------------------------------------

def since_of(v: View) -> date | None:
    """The day from which the catalogue of the Cabinet Order has the product."""
    found = PRODUCTS.get(v.given("product") or "")
    return found.designated_on if found else None

def evidence_so_far(v: View) -> list[dict[str, Any]]:
    """The rows of the review and those that came with the judgement."""
    return [*rows(v.fact("evidence")), *rows(v.given("evidence"))]

def name_told(v: View) -> str | None:
    """The name as filled in, else the one the case has."""
    name: str | None = v.given("name") or v.fact("name")
    return name

def name_listed(v: View) -> str | None:
    """The name as filled in, else that of the product chosen."""
    found = PRODUCTS.get(v.given("product") or "")
    name: str | None = v.given("name") or (found.label.ja if found else None)
    return name

# -- the procedure ---------------------------------------------------------------------------------------------------

designation = Procedure(
    "designation", T("特定重要物資の指定・解除", "designation and de-designation of a product"),
    (*art("7"), *ORDER("1")), start="candidate",
    states=dict(
        candidate=waits(T("候補", "candidate"), MINISTER),
        risk_reviewed=waits(T("リスク点検済", "risk reviewed"), MINISTER),
        proposed=waits(T("４要件を満たすと判断", "four requirements found met"), CABINET_OFFICE),
        public_comment=waits(T("意見公募中", "under public comment"), CABINET_OFFICE),
        cabinet_decided=waits(T("閣議決定", "decided by the Cabinet"), CABINET),
        designated=T("指定", "designated"), scope_changed=T("指定（範囲変更後）", "designated, scope changed"),
        dedesignation_review=waits(T("解除の検討", "de-designation considered"), CABINET_OFFICE),
        dedesignated=end(T("指定の解除", "de-designated")),
        not_designated=T("指定しない", "not designated")),
    clocks=(COMMENT_PERIOD,),
    acts=(
        Act("start", T("候補とする", "put forward as a candidate"), BOTH, GUIDELINE,
            go("candidate", "candidate", "not_designated"), fields=(NAME, WHY), keeps=(keep("name", name_told),)),
        Act("risk_review", T("リスクを点検・調査する", "review the risk of the product"), BOTH,
            (*art("46", "48(1)"), *GUIDELINE), go("risk_reviewed", "candidate"),
            fields=(NAME, SHEET, EVIDENCE, SUPPLY_CHAIN), conditions=sound(),
            keeps=(keep("name", name_told), keep("evidence")),
            note=T("調査は指定の前でもできる（86条1項5号）", "surveys may precede designation (Art. 86(1)(v))")),
        Act("assess", T("４要件を満たすと判断する", "find the four requirements met"), BOTH, (*art("7"), *GUIDELINE),
            go("proposed", "risk_reviewed"), fields=(R1A, R1B, R2A, R2B, R3, CAUSES, R4, *REASONS, EVIDENCE),
            conditions=(IS_R1A | IS_R1B, IS_R2A | IS_R2B, IS_R3, caused_from_outside, IS_R4, *sound()),
            advice=(every_requirement_evidenced,), question=231,
            keeps=(*(keep(f.id) for f in (R1A, R1B, R2A, R2B, R3, R4, *REASONS)), keep("judged_on", act_day),
                keep("evidence", evidence_so_far)),
            note=T("法令に数値の基準はない。一つでも満たさなければ指定しない",
                "no law sets a number; one requirement that is not met, and it is not designated")),
        Act("hear_experts", T("有識者の意見を聴く", "hear experts"), CABINET_OFFICE, EXPERTS, stay("proposed"),
            fields=(OPINION,), note=T("法の要件ではない", "not a condition of the law")),
        Act("comment", T("政令案を意見公募に付す", "put the draft order to public comment"), CABINET_OFFICE,
            APA("39(1)", "39(3)"), go("public_comment", "proposed"), fields=public_comment.FIELDS,
            conditions=(thirty_days_or_reasons,), starts=("comment_period",), question=232),
        Act("decide", T("政令を閣議で決定する", "decide the order"), CABINET, art("7"),
            go("cabinet_decided", "public_comment", "proposed"), fields=(NO_COMMENT,), conditions=(comments_closed,),
            advice=(comment_held_or_exempt,), keeps=(keep("decided_on", act_day),)),
        Act("in_force", T("政令を公布し、施行する", "promulgate the order; it comes into force"), CABINET, ORDER("1"),
            go("designated", "cabinet_decided"), fields=(PRODUCT, PROMULGATED_ON, PLACE),
            conditions=(promulgated_before,), keeps=(keep("designated_on", act_day), keep("product")),
            note=T("施行の日の行為として記録する。計画の認定には取組方針と省令も要る",
                "recorded on the day it comes into force; a plan also needs a policy and a ministerial order")),
        Act("record_designated", T("指定済みの物資を登載する", "enter a product already designated"), BOTH,
            (*TAKEN_OVER, *ORDER("1")), go("designated", "candidate"),
            fields=(Field("product", PRODUCT.label, FieldType.CHOICE, PRODUCT.basis, required=True,
                options=PRODUCT.options), NAME, DECIDED_ON, PLACE), conditions=(named_in_order, decided_before),
            keeps=(keep("name", name_listed), keep("product"), keep("decided_on"), keep("designated_on", since_of))),
        Act("change_scope", T("指定の範囲を変更する", "widen or narrow the scope"), CABINET, (*art("7"), *ORDER("1")),
            go("scope_changed", *DESIGNATED), fields=(DIRECTION, SCOPE, DECIDED_ON), conditions=(decided_before,),
            keeps=(keep("scope"),),
            note=T("変更した政令の施行の日の行為として記録する",
                "recorded on the day the amended order comes into force")),
        Act("review_dedesignation", T("解除を検討する", "consider de-designation"), BOTH, GUIDELINE,
            go("dedesignation_review", *DESIGNATED), fields=(SMALL, WEIGHED, EVIDENCE),
            conditions=(IS_SMALL, IS_WEIGHED, *sound())),
        Act("dedesignate", T("指定を解除する", "de-designate"), CABINET, ORDER("1"),
            go("dedesignated", "dedesignation_review"), fields=(END_REASONS,), question=209,
            note=T("認定済みの計画への効果は定めがない", "what becomes of certified plans is not laid down")),
        Act("keep", T("指定を維持する", "keep the designation"), BOTH, (*GUIDELINE, *art("7")),
            go("designated", "dedesignation_review"), fields=(KEPT_REASONS,),
            note=T("政令は変わらず、効力のある範囲もそのまま", "the order is not amended, its scope stands as it is")),
        Act("drop", T("指定しないこととする", "decide not to designate"), BOTH, art("7"),
            go("not_designated", "risk_reviewed", "proposed", "public_comment"), fields=(FAILING, DROPPED),
            stops=("comment_period",))))
