"""安定供給確保基本指針 (Art. 6): experts heard before the draft is made, decided by the Cabinet, published.

A change takes the same path (Art. 6(6)). First decided on 2022-09-30; revised in September 2026, its text unseen.
"""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import finding, text
from kaname.procedure.declare import Act, Clock, Duty, Force, Kind, NoPenalty, Procedure, done, go, opens, waits
from kaname.regimes.supply.roles import CABINET, PM

CONTENT = text("content", T("案の内容（６条２項各号）", "content of the draft, Art. 6(2)"), art("6(2)"),
    help=T("指定の基準、取組方針の基準、基金の役割、44条の指定など", 
        "designation criteria, standards for policies, role of the funds, Art. 44 and others"))
HEARD, EXPERTS_HEARD = finding("experts_heard", T("知見を有する者の意見を聴いた", "knowledgeable persons were heard"),
    T("意見聴取がない", "knowledgeable persons were not heard"), art("6(4)"))
OPINIONS = text("opinions", T("意見", "opinions"), art("6(4)"))
OFFICE = NoPenalty(T("行政機関の義務", "a duty of the authority"))

guideline = Procedure(
    "guideline", T("安定供給確保基本指針の策定・変更", "basic guideline on stable supply"), art("6"),
    excludes=("policy", "two_step_guideline"),
    states=dict(
        drafting=waits(T("案の作成中", "drafting"), PM), experts_heard=waits(T("意見聴取済", "experts heard"), CABINET),
        cabinet_decided=waits(T("閣議決定", "decided by the Cabinet"), PM), published=T("公表済", "published")),
    clocks=(
        Clock("publication", T("公表（遅滞なく）", "publication (without delay)"), Kind.AGENCY_DUTY, art("6(5)"),
            force=Force.WITHOUT_DELAY),),
    acts=(
        Act("draft", T("案を作成する", "prepare a draft"), PM, art("6(3)", "6(6)"),
            opens("drafting") + go("drafting", "published"), fields=(CONTENT,)),
        Act("hear_experts", T("有識者の意見を聴く", "hear experts on the draft"), PM, art("6(4)", "6(6)"),
            go("experts_heard", "drafting"), fields=(HEARD, OPINIONS), conditions=(EXPERTS_HEARD,)),
        Act("decide", T("閣議で決定する", "decide"), CABINET, art("6(3)"), go("cabinet_decided", "experts_heard"),
            starts=("publication",)),
        Act("publish", T("公表する", "publish"), PM, art("6(5)"), go("published", "cabinet_decided"),
            meets=("publication",))),
    duties=(
        Duty("publish", T("遅滞なく公表する", "publish without delay"), art("6(5)"), PM, OFFICE, clock="publication",
            done=(done("publish"),)),))
