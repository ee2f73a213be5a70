"""意見公募手続 (Administrative Procedure Act Arts. 39, 40): thirty days or more, the day of the notice being the first.

Fewer need reasons. A cabinet order must go through it, a policy of Art. 8 does by practice.
"""

from datetime import date, timedelta

from kaname.days import days_n
from kaname.law import T, Text
from kaname.procedure.asked import paper, text
from kaname.procedure.declare import COUNTED, Clock, Count, Field, FieldType, Kind, act_day, condition, day_rule
from kaname.procedure.view import View
from kaname.regimes.supply.laws import APA

DRAFT = paper("draft", T("案及び関連資料", "draft and related material"), APA("39(1)"))
CLOSES_ON = Field("closes_on", T("意見提出期間の末日", "last day for comments"), FieldType.DAY, APA("39(3)"),
    help=T("空欄なら公示の日から起算して三十日", "left out: thirty days, the day of the notice counted"))
SHORT_REASONS = text("short_reasons", T("三十日を下回る理由", "reasons for fewer than thirty days"), APA("40(1)"))
FIELDS = (DRAFT, CLOSES_ON, SHORT_REASONS)


@condition(T("公示の日から起算して三十日以上であること、又は下回る理由",
        "thirty days or more, the day of the notice counted, or reasons for fewer"),
    T("三十日を下回り、その理由がない", "fewer than thirty days, and no reasons for it"), APA("39(3)", "40(1)"))
def thirty_days_or_reasons(v: View) -> bool | None:
    closes = v.given("closes_on")
    return closes is None or closes >= v.on + timedelta(29) or bool(v.given("short_reasons"))


def _closes(v: View) -> Text:
    running = v.clock("comment_period")
    last = running.last_day if running else None
    return T(f"意見提出期間は {last} まで", f"comments can be made until {last}")


@condition(T("意見提出期間が終わっていること", "the period for comments is over"),
    T("意見提出期間が終わっていない", "the period for comments is not over"), APA("39(1)", "39(3)"), tells=_closes)
def comments_closed(v: View) -> bool | None:
    return v.clock("comment_period") is None or v.over("comment_period")


@day_rule(T("公示に定めた日", "the day set in the notice"))
def closing_day(v: View) -> date | None:
    day: date | None = v.given("closes_on")
    return day


COMMENT_PERIOD = Clock("comment_period", T("意見提出期間", "period for comments"), Kind.TERM, APA("39(3)"),
    (Count(days_n(30), act_day, COUNTED), Count(None, closing_day)), chosen="closes_on")
