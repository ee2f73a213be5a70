"""特許出願非公開基本指針 (Art. 65): heard, decided by the Cabinet, published; a change takes the same path."""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.declare import Act, Clock, Duty, Force, Kind, NoPenalty, Procedure, done, go
from kaname.regimes.patents.roles import CABINET, PM
from kaname.regimes.patents.words import finding

# -- what is asked ---------------------------------------------------------------------------------------------------

HEARD, EXPERTS_HEARD = finding("experts_heard", T("知見を有する者の意見を聴いた", "knowledgeable persons heard"),
    T("意見聴取がない", "knowledgeable persons were not heard"), art("65(4)"))
WEIGHED, IMPACT_WEIGHED = finding("impact_weighed", T("産業活動への影響を考慮した", "impact on industry weighed"),
    T("産業活動への影響が考慮されていない", "impact on industry was not weighed"), art("65(4)"))

# -- the procedure ---------------------------------------------------------------------------------------------------

OFFICE = NoPenalty(T("官庁の義務", "a duty of the office"))

guideline = Procedure(
    "guideline", T("特許出願非公開基本指針の策定", "basic guideline"), art("65"), start="drafting",
    states=dict(drafting=T("作成中", "drafting"), experts_heard=T("意見聴取済", "experts heard"),
        cabinet_decided=T("閣議決定", "decided by the Cabinet"), published=T("公表済", "published")),
    clocks=(Clock("publication", T("公表（遅滞なく）", "publication (without delay)"), Kind.AGENCY_DUTY, art("65(5)"),
        force=Force.WITHOUT_DELAY),),
    acts=(
        Act("draft", T("案を作成し意見を聴く", "draft and hear"), PM, art("65(3)-(4)"), go("experts_heard", "drafting"),
            fields=(HEARD, WEIGHED), conditions=(EXPERTS_HEARD, IMPACT_WEIGHED)),
        Act("decide", T("閣議で決定する", "decide"), CABINET, art("65(3)"), go("cabinet_decided", "experts_heard"),
            starts=("publication",), note=T("最初の決定は2023年4月28日", "first decided on 2023-04-28")),
        Act("publish", T("公表する", "publish"), PM, art("65(5)"), go("published", "cabinet_decided"),
            meets=("publication",)),
        Act("revise", T("変更に着手する", "begin a change"), PM, art("65(6)"), go("drafting", "published"))),
    duties=(Duty("publish", T("遅滞なく公表する", "publish without delay"), art("65(5)"), PM, OFFICE,
        clock="publication", done=(done("publish"),)),))
