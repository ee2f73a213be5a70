"""Maturity (TRL) on the scale of the programme: a number of the call documents, not of the Act (question 403)."""

from collections.abc import Callable

from kaname.law import T
from kaname.procedure.declare import Condition, Field, FieldType, condition
from kaname.procedure.view import View
from kaname.regimes.technology.catalogue.programmes import Programme
from kaname.regimes.technology.laws import CALL_DOCUMENTS

TRL_NOW = Field("trl_now", T("現在のTRL", "TRL now"), FieldType.INTEGER, CALL_DOCUMENTS)
TRL_GOAL = Field("trl_goal", T("目標のTRL", "TRL aimed at"), FieldType.INTEGER, CALL_DOCUMENTS)


def on_scale(of: Callable[[View], Programme], *fields: str) -> Condition:
    """The numbers of these fields lie on the scale; of two, the second (the goal) is not below the first."""

    @condition(T("TRLがプログラムの尺度の内にあり、目標が現在以上であること",
            "TRL on the scale of the programme, the goal not below where it stands"),
        T("TRLが尺度の外にある、又は目標が現在を下回る",
            "a TRL is off the scale, or the goal lies below where it stands"), CALL_DOCUMENTS, question=403)
    def trl_on_scale(v: View) -> bool | None:
        lowest, highest = of(v).trl
        told = [number for field in fields if (number := v.given(field)) is not None]
        return all(lowest <= n <= highest for n in told) and told == sorted(told)

    return trl_on_scale
