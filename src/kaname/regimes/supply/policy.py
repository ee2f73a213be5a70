"""安定供給確保取組方針 (Art. 8): one for each product; a change takes the same path.

A draft may be begun before the product is designated; the policy is made for a designated product. Public comment is
practice, and counted like that of an order.
"""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import text
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
    condition,
    done,
    go,
    keep,
    opens,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.supply import public_comment
from kaname.regimes.supply.catalogue import PRODUCTS
from kaname.regimes.supply.laws import APA, COMMENTED
from kaname.regimes.supply.public_comment import COMMENT_PERIOD, comments_closed, thirty_days_or_reasons
from kaname.regimes.supply.roles import MINISTER

# -- what is asked ---------------------------------------------------------------------------------------------------

PRODUCT = Field("product", T("特定重要物資", "specified critical product"), FieldType.CHOICE, art("8(1)"),
    required=True,
    options=tuple(Option(p.id, p.label, art("7")) for p in PRODUCTS.values()))
CONTENT = (
    text("direction", T("基本的な方向", "basic direction"), art("8(2)"), required=True),
    text("ministry_measures", T("国が実施する施策", "measures of the ministry"), art("8(2)")),
    Field("measures", T("事業者の取組と期間又は期限", "measures of businesses, each with its period or deadline"),
        FieldType.ROWS, art("8(2)"), required=True, columns=(
            Field("measure", T("取組", "measure"), FieldType.TEXT),
            Field("period", T("期間又は期限", "period or deadline"), FieldType.TEXT))),
    text("fund", T("支援法人等と基金の役割", "role of the support body and the fund"), art("8(2)")),
    text("special", T("44条の指定に関する事項", "matters of Art. 44"), art("8(2)")),
    text("attention", T("配慮すべき事項", "points of attention"), art("8(2)")),
    text("other", T("その他", "other"), art("8(2)")),
    text("special_measures", T("44条6項の措置（指定があるとき）", "measures of Art. 44(6), once designated"),
        art("8(3)")))
CONSULTED = Field("consulted", T("協議の相手方", "who was consulted"), FieldType.PARTY, art("8(4)"), required=True,
    several=True, help=T("内閣総理大臣、財務大臣その他関係行政機関の長",
        "the Prime Minister, the Minister of Finance and the other heads concerned"))

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("取組と期間又は期限が組になっていること", "each measure has its period or deadline"),
    T("期間又は期限のない取組がある", "a measure has no period or deadline"), art("8(2)"))
def measures_have_periods(v: View) -> bool | None:
    found = v.given("measures")
    return None if found is None else all(row.get("measure") and row.get("period") for row in found)

@condition(T("特定重要物資として指定されていること", "the product is designated"),
    T("その日にはまだ指定されていない", "the product is not designated on that day"), art("7", "8(1)"))
def product_designated(v: View) -> bool | None:
    found = PRODUCTS.get(v.fact("product") or "")
    return found is not None and found.designated_on <= v.on

def product_name(v: View) -> str | None:
    """The product in words, by which lists call the case."""
    found = PRODUCTS.get(v.given("product") or "")
    return found.label.ja if found else None

# -- the procedure ---------------------------------------------------------------------------------------------------

policy = Procedure(
    "policy", T("安定供給確保取組方針の策定・変更", "policy for a product"), art("8"),
    excludes=("guideline", "two_step_guideline"),
    states=dict(
        drafting=waits(T("案の作成中", "drafting"), MINISTER), consulted=waits(T("協議済", "consulted"), MINISTER),
        adopted=waits(T("策定", "adopted"), MINISTER), published=T("公表済", "published")),
    clocks=(
        COMMENT_PERIOD,
        Clock("publication", T("公表（遅滞なく）", "publication (without delay)"), Kind.AGENCY_DUTY, art("8(5)"),
            force=Force.WITHOUT_DELAY)),
    acts=(
        Act("draft", T("案を作成する", "draft the policy"), MINISTER, art("8(1)", "8(2)", "8(3)"),
            opens("drafting") + go("drafting", "published"), fields=(PRODUCT, *CONTENT),
            conditions=(measures_have_periods,), keeps=(keep("product"), keep("name", product_name)), question=203),
        Act("comment", T("案を意見公募に付す", "put the draft to public comment"), MINISTER,
            (*COMMENTED, *APA("39(3)")),
            stay("drafting"), fields=public_comment.FIELDS, conditions=(thirty_days_or_reasons,),
            starts=("comment_period",), note=T("法の要件ではない", "not a condition of the law")),
        Act("consult", T("協議する", "consult"), MINISTER, art("8(4)", "8(6)"), go("consulted", "drafting"),
            fields=(CONSULTED,)),
        Act("adopt", T("策定又は変更する", "adopt"), MINISTER, art("8(1)"), go("adopted", "consulted"),
            conditions=(product_designated,), advice=(comments_closed,), starts=("publication",)),
        Act("publish", T("公表する", "publish"), MINISTER, art("8(5)", "8(6)"), go("published", "adopted"),
            meets=("publication",))),
    duties=(
        Duty("publish", T("遅滞なく公表する", "publish without delay"), art("8(5)"), MINISTER,
            NoPenalty(T("行政機関の義務", "a duty of the authority")), clock="publication", done=(done("publish"),)),))
