"""What a refusal advises to do first opens the way to what was refused; giving the whole plan up does not."""

from plans import PLAN, accept, act, file, ledger

from kaname.procedure import Refused, decide, fold, may
from kaname.procedure.mend import mends


def advised(*before, refused) -> set[str]:
    standing = fold(PLAN, ledger(*before), refused.on)
    answer = decide(standing, refused)
    assert isinstance(answer, Refused)
    found = mends(standing, refused, answer.reasons, may(standing, refused.on))
    return {m.of.name for acts in found.values() for m in acts}


def test_a_banned_introduction_is_not_opened_by_giving_the_plan_up():
    introduce = act("introduction_plan.introduce", "2024-08-20", by="operator")
    found = advised(file("2024-08-10"), accept("2024-08-18"), refused=introduce)
    assert not found & {"introduction_plan.stop", "recommendation_order.comply_stop"}


def test_what_does_open_the_way_is_advised():
    extend = act("extension_shortening.extend", "2024-08-12", by="sector_minister", needed=True)
    assert "introduction_plan.accept" in advised(file("2024-08-10"), refused=extend)
