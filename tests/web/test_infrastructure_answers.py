"""The sentence with which the page of a plan begins: until when the facility may not be introduced, and from when.

Accepted on 2024-08-18, itself counted: thirty days to Monday 09-16 (a holiday, not moved); the cap, four months, to
12-17. A change accepted on 2024-10-01: to 10-30, the cap to 2025-01-31.
"""

import pytest

from infrastructure.plans import accept, act, extend, file, recommend, standing
from kaname.procedure import may
from kaname.procedure.ahead import ends_by_time
from kaname.web.case.answer import answer

FILED = (file("2024-08-10"),)
ACCEPTED = (*FILED, accept("2024-08-18"))
RECOMMENDED = (*ACCEPTED, extend("2024-09-02"), *recommend("2024-09-10", "2024-10-01"))
PROPOSED = (
    *ACCEPTED, act("plan_change.propose", "2024-09-30", "c1", "operator", proposal="案", what="供給者",
                   received_on="2024-09-30"),
    act("plan_change.accept", "2024-10-01", "c1", "sector_minister", complete=True),
)  # fmt: skip


def told(day, entries, role="operator"):
    found = standing(day, *entries)
    lines = answer(found, [role], ends_by_time(found), may(found))
    return [(line.text.ja, line.text.en) for line in lines if line.sort != "state"]


@pytest.mark.parametrize(
    ("day", "entries", "ja", "en"),
    [
        ("2024-08-12", FILED,
         "この設備を導入できません。禁止の終わる日は「導入等の禁止期間」が始まると決まります。",
         "This facility may not be introduced. The ban has an end once this clock has begun: standstill."),
        ("2024-09-01", ACCEPTED,
         "2024年9月16日（月・祝）まで、この設備を導入できません。2024年9月17日（火）から導入できます"
         "（ほかに何もなければ）。上限まで延長されれば、2024年12月18日（水）からです。",
         "Until 16 Sep 2024 (Mon, holiday), this facility may not be introduced. It may be introduced from 17 Sep 2024 "
         "(Tue) if nothing else happens. If extended to the cap: from 18 Dec 2024 (Wed)."),
        ("2024-09-10", (*ACCEPTED, extend("2024-09-02")),
         "2024年12月17日（火）まで、この設備を導入できません。2024年12月18日（水）から導入できます"
         "（ほかに何もなければ）。",
         "Until 17 Dec 2024 (Tue), this facility may not be introduced. It may be introduced from 18 Dec 2024 (Wed) if "
         "nothing else happens."),
        ("2024-09-17", ACCEPTED, "2024年9月17日（火）から導入できます（期間の経過による）。",
         "From 17 Sep 2024 (Tue), it may be introduced (the period has ended)."),
        ("2024-10-02", PROPOSED,
         "c1：2024年10月30日（水）まで、この変更を実施できません。2024年10月31日（木）から実施できます"
         "（ほかに何もなければ）。上限まで延長されれば、2025年2月1日（土）からです。",
         "c1: Until 30 Oct 2024 (Wed), this change may not be carried out. It may be carried out from 31 Oct 2024 "
         "(Thu) if nothing else happens. If extended to the cap: from 1 Feb 2025 (Sat)."),
    ],
    ids=("filed", "accepted", "extended", "silence", "a change"),
)  # fmt: skip
def test_the_first_sentence_says_until_when_and_from_when(day, entries, ja, en):
    assert told(day, entries)[0] == (ja, en)


def test_silence_is_never_called_a_permission():
    for ja, en in told("2024-09-17", ACCEPTED):
        assert "許可" not in ja and "承認" not in ja and "approv" not in en and "permit" not in en


def test_another_ban_without_an_end_takes_back_the_promise_of_a_day():
    accepted = (*RECOMMENDED, act("recommendation_order.accept", "2024-10-05", by="operator", reply="通知"))
    lines = [ja for ja, _ in told("2024-10-06", accepted)]
    assert lines[0] == "少なくとも2024年12月17日（火）まで、この設備を導入できません。"
    assert any("応諾した勧告に反する" in line for line in lines)
    assert not any("導入できます" in line for line in lines)


def test_acceptance_and_the_changed_plan_free_before_the_standstill_ends():
    free = (
        *RECOMMENDED, act("recommendation_order.accept", "2024-10-05", by="operator", reply="通知"),
        act("recommendation_order.file_changed", "2024-10-15", by="operator", plan="変更後の計画書"),
    )  # fmt: skip
    assert told("2024-10-16", free)[0][0] == "今は導入できます。妨げる禁止はありません。"


def test_what_is_done_is_no_longer_said_to_be_free():
    done = (*ACCEPTED, act("introduction_plan.introduce", "2024-12-20", by="operator", with_change=False))
    found = standing("2024-12-21", *done)
    (line,) = answer(found, ["operator"], ends_by_time(found), may(found))
    assert line.text.ja == "導入等計画書（特定重要設備の導入）は2024年12月20日（金）から「導入済」です。"


def test_a_minister_who_owes_nothing_is_told_how_long_there_is_to_act():
    """What the inbox counts as due within a week must stand on the page of its case."""
    ja, en = told("2024-09-15", ACCEPTED, "sector_minister")[0]
    assert "2024年9月16日（月・祝）まで（あと1日）" in ja and "導入等の禁止期間" in ja
    assert "16 Sep 2024 (Mon, holiday) (1 day left)" in en and "standstill" in en
    assert not told("2024-09-17", ACCEPTED, "sector_minister"), "nothing runs any more"
