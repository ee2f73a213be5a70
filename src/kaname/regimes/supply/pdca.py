"""リスク点検・フォローアップ: each round asks for a review, gathers the yearly reports, weighs the effect, revises.

Practice under Arts. 3, 46 and 48, but for the reports (Art. 12) and what is revised (Arts. 6 to 8).
"""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import text
from kaname.procedure.declare import Act, Field, FieldType, Option, Procedure, go, opens, waits
from kaname.regimes.supply.evidence import evidence, sound
from kaname.regimes.supply.laws import CYCLE
from kaname.regimes.supply.roles import CABINET, CABINET_OFFICE, MINISTER

# -- what is asked ---------------------------------------------------------------------------------------------------

GOODS = text("goods", T("点検の対象", "goods to be reviewed"), CYCLE, required=True,
    help=T("途絶の懸念がある物資、戦略的技術に関わる物資",
        "with disruption concerns, or tied to strategic technologies"))
FOCUS = text("focus", T("点検の着眼点", "what to look at"), CYCLE, help=T(
    "少数国への依存、外部からの人為的な行為、技術・情報の管理",
    "few-country dependence, human acts from outside, technology and information control"))
FOUND = text("found", T("点検の結果", "what was found"), (*CYCLE, *art("46", "48")), required=True, sealed=True)
REPORTS = text("reports", T("集約した報告（事業年度・件数）", "the reports gathered: years and number"), art("12"),
    required=True)
GOALS = text("goals", T("取組方針の目標に対する認定の進捗", "certification against the goals of the policy"), CYCLE,
    required=True)
PROGRESS = text("progress", T("事業者の取組の進捗", "progress of the businesses"), CYCLE, required=True)
DEPENDENCE = text("dependence", T("外部依存の変化", "change of external dependence"), CYCLE, required=True)
FIGURES = evidence("evidence", "前後の指標", "indicators before and after", CYCLE, by_requirement=False)
REVISED = Field("revised", T("見直すもの", "what is revised"), FieldType.CHOICE, art("6", "7", "8"), several=True,
    required=True, options=(
        Option("add", T("物資の追加", "a product is added"), art("7")),
        Option("remove", T("物資の解除", "a product is removed"), art("7")),
        Option("scope", T("範囲の変更", "a scope changes"), art("7")),
        Option("goals", T("目標の変更", "goals change"), art("8")),
        Option("instruments", T("措置の変更", "instruments change"), art("6", "8")),
        Option("nothing", T("変更なし", "nothing changes"))))
OUTCOME = text("outcome", T("見直しの内容", "what changes, and why"), art("6", "7", "8"))

# -- the procedure ---------------------------------------------------------------------------------------------------

pdca = Procedure(
    "pdca", T("リスク点検・フォローアップ", "risk review and follow-up"), (*CYCLE, *art("3", "46", "48")),
    states=dict(
        requested=waits(T("点検の依頼", "review asked for"), MINISTER),
        reviewed=waits(T("点検済", "reviewed"), MINISTER),
        reports_collected=waits(T("報告を集約", "reports gathered"), CABINET_OFFICE),
        evaluated=waits(T("効果を評価", "effect evaluated"), MINISTER), revised=T("見直し済", "revised")),
    acts=(
        Act("request", T("リスク点検を依頼する", "ask for a risk review"), CABINET_OFFICE, CYCLE,
            opens("requested") + go("requested", "revised"), fields=(GOODS, FOCUS)),
        Act("review", T("リスク点検をする", "carry out the review"), MINISTER, (*CYCLE, *art("46", "48")),
            go("reviewed", "requested"), fields=(FOUND,)),
        Act("collect", T("実施状況の報告を集約する", "gather the yearly reports"), MINISTER, art("12"),
            go("reports_collected", "requested", "reviewed"), fields=(REPORTS,),
            note=T("三月末決算では2024年7月1日が期限だった（6月30日は日曜日）",
                "for years ending in March they were due on 2024-07-01, the 30th being a Sunday")),
        Act("evaluate", T("効果を評価する", "evaluate the effect"), (CABINET_OFFICE, MINISTER), CYCLE,
            go("evaluated", "reports_collected"), fields=(GOALS, PROGRESS, DEPENDENCE, FIGURES), conditions=sound()),
        Act("revise", T("見直す", "revise"), (CABINET, MINISTER), art("6", "7", "8"), go("revised", "evaluated"),
            fields=(REVISED, OUTCOME))))
