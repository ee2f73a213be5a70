"""What Art. 52(3) to (10) makes of a plan, and by 54(2) of each change of it: one set of states, acts, bans, effects.

`Subject` says what differs: the procedure, the deed that has to wait, and what a clear end is called.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from kaname.law import Bases, Practice, T, Text
from kaname.law.laws import art
from kaname.procedure.asked import finding, text
from kaname.procedure.declare import (
    Act,
    AnyCondition,
    Ban,
    Consequence,
    Keep,
    Moves,
    Plainly,
    State,
    Trigger,
    act_day,
    condition,
    done,
    end,
    end_of,
    enters,
    go,
    keep,
    opens,
    received,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.infrastructure.roles import MINISTER, OPERATOR
from kaname.regimes.infrastructure.subjects import PENDING

BY_PRACTICE = (Practice("主務省庁の形式確認と補正の連絡",
    "formality check and contact about defects by the ministry"),)
NO_WITHDRAWAL = (Practice("届出の取下げの定めはない（論点318）", "the Act knows no withdrawal (question 318)"),)

@dataclass(frozen=True)
class Subject:
    """A plan or its changes: `before` are the states in which nothing has been filed ("": nothing has begun), `done`
    where the deed leads.
    """

    procedure: str
    deed: str
    label: Text  # of what is banned
    plainly: Plainly  # the same as people say it
    basis: Bases
    again: Bases  # 54(2), where Art. 52 is applied to a change
    cleared: str
    done: str
    before: tuple[str, ...]
    filed: str
    free: tuple[AnyCondition, ...] = ()  # when no plan is needed at all
    into: "Callable[[View], Iterable[str]] | None" = None

    @property
    def waiting(self) -> tuple[str, ...]:
        """Every state from the filing to the end of the review."""
        return (self.filed, *PENDING, "accepted_recommendation", "ordered", "changed_plan_filed")

    @property
    def alive(self) -> tuple[str, ...]:
        """Every state in which the deed has not been done and the plan not been stopped."""
        begun = (b for b in self.before if b)
        return (*begun, *self.waiting, "returned_for_defects", self.cleared, "may_proceed")

    @property
    def deed_moves(self) -> Moves:
        """A deed can be done in any state, also where nothing was ever filed."""
        return opens(self.done) + go(self.done, *self.alive)

# -- what is asked ---------------------------------------------------------------------------------------------------

DEFECTS = text("defects", T("不備の内容", "the defects"), BY_PRACTICE)
COMPLETE, IS_COMPLETE = finding("complete", T("記載事項と添付書類が整っていること",
    "contents and attachments are complete"),
    T("記載事項又は添付書類に不備がある", "contents or attachments are defective"), art("52(2)", "52(3)"))
NUMBER = text("number", T("受理番号", "acceptance number"), BY_PRACTICE)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("届出の到達後であること", "the filing has arrived"),
    T("届出がまだ到達していない", "the filing has not arrived yet"),
    art("52(3)"), question=306)
def has_arrived(v: View) -> bool | None:
    """Filed, arrived and accepted are three days; only the last starts the thirty."""
    arrived = v.fact("arrived_on")
    return arrived is None or arrived <= v.on

@condition(T("変更後の計画書のとおりであること", "as in the changed plan"),
    T("変更後の計画書のとおりでない", "not as in the changed plan"), art("52(8)", "52(10)"))
def as_in_the_changed_plan(v: View) -> bool | None:
    """Who has filed the changed plan is taken to keep to it, unless the act says that it does not."""
    return v.state() in ("changed_plan_filed", "may_proceed") and v.given("as_recommended") is not False

@condition(T("禁止期間が終わったこと", "the standstill is over"),
    T("禁止期間が終わっていない", "the standstill is not over"),
    art("52(3)", "52(4)", "52(5)"))
def standstill_is_over(v: View) -> bool | None:
    clock = v.clock("extension_shortening.standstill")
    return clock is not None and clock.status in ("ended", "stopped")

@condition(T("命令を受けていること", "under an order"), T("命令を受けていない", "under no order"), art("52(10)"))
def under_order(v: View) -> bool | None:
    return v.done("recommendation_order.order") is not None

@condition(T("勧告を応諾したこと", "the recommendation was accepted"),
    T("勧告を応諾していない", "no recommendation was accepted"),
    art("52(8)"))
def under_acceptance(v: View) -> bool | None:
    return v.done("recommendation_order.accept") is not None and v.done("recommendation_order.order") is None

@condition(T("自らの判断による中止であること", "stopped by the operator's own choice"),
    T("勧告又は命令による中止である", "stopped as recommended or ordered"), art("52(8)", "52(10)"))
def stopped_by_choice(v: View) -> bool | None:
    return v.done("recommendation_order.accept") is None and v.done("recommendation_order.order") is None

# -- sums ------------------------------------------------------------------------------------------------------------

def days_of_filing() -> tuple[Keep, ...]:
    """What every filing keeps: the day it was sent and, where known, the day it arrived."""
    return (keep("filed_on", act_day), keep("arrived_on", received))

# -- the shared parts ------------------------------------------------------------------------------------------------

PREPARED = (Practice("事業者内部での計画書の作成", "the operator prepares the plan in its own house"),)
DRAFT = Act("draft", T("計画書の作成を始める", "begin to draft the plan"), OPERATOR, PREPARED, opens("drafting"))

def states(s: Subject, cleared: Text, finished: "Text | State") -> dict[str, "Text | State"]:
    """The states of a subject under review, in the order in which they come."""
    return {
        s.filed: waits(T("届出（未受理）", "filed, not yet accepted"), MINISTER),
        "returned_for_defects": T("補正中", "returned for defects"),
        "under_standstill": T("禁止期間中", "under standstill"),
        "extended": T("禁止期間延長中", "standstill extended"),
        "shortened": T("禁止期間短縮", "standstill shortened"), s.cleared: cleared,
        "recommended": T("勧告（応答待ち）", "recommended, answer awaited"),
        "accepted_recommendation": T("応諾（変更後の計画書の届出待ち）", "accepted, changed plan awaited"),
        "refused": T("応諾しない旨の通知", "not accepted"), "silent": T("応答なし", "no answer"),
        "ordered": T("命令", "ordered"),
        "changed_plan_filed": T("変更後の計画書を届出", "changed plan filed"), "stopped": end(T("中止", "stopped")),
        "may_proceed": T("実施可", "may proceed"), s.done: finished,
    }

def acts(s: Subject) -> tuple[Act, ...]:
    """Return for defects and acceptance, which is not the filing, and the operator's own stop."""
    return (
        Act("return", T("補正を求める", "return for defects"), MINISTER, BY_PRACTICE,
            go("returned_for_defects", s.filed), fields=(DEFECTS,),
            note=T("三十日は始まっていない", "the thirty days have not started")),
        Act("accept", T("受理する", "accept"), MINISTER, s.again + art("52(3)"), go("under_standstill", s.filed),
            fields=(COMPLETE, NUMBER), conditions=(IS_COMPLETE, has_arrived), received=True, question=306,
            keeps=(keep("accepted_on", act_day), keep("number")),
            note=T("受理の日が三十日の第1日となる", "the day of acceptance is day one of the thirty")),
        Act("stop", T("中止する", "stop"), OPERATOR, NO_WITHDRAWAL + art("52(8)", "52(10)"), go("stopped", *s.alive),
            question=318, note=T("取下げの扱いは主務省庁に確認する", "ask the ministry how a withdrawal is handled")))

def bans(s: Subject) -> tuple[Ban, ...]:
    """Four bans on one deed, each with its own penalty; none is ever lifted by an approval. That the standstill binds
    on after an order, though the changed plan is filed, is a reading (note 0319), so it is told apart.
    """
    under_review = tuple(state for state in s.waiting if state != "changed_plan_filed")
    standstill = Ban("standstill", T(f"禁止期間中の{s.label.ja}", f"{s.label.en} within the standstill"),
        s.again + art("52(3)"), OPERATOR, states=under_review, covers=(s.deed,),
        ends_with=("extension_shortening.standstill",), at_most="extension_shortening.longest",
        penalty="PEN-92-1-2", unless=(*s.free, standstill_is_over), plainly=s.plainly, question=306)
    return (
        Ban("unfiled", T(f"届出のない{s.label.ja}", f"{s.label.en} without a filing"), s.basis, OPERATOR,
            states=(*s.before, "returned_for_defects", "stopped"), covers=(s.deed,), penalty="PEN-92-1-1",
            unless=(*s.free, ~stopped_by_choice)),
        standstill,
        replace(standstill, id="standstill_after_order", label=T(f"命令の後も続く禁止期間中の{s.label.ja}",
            f"{s.label.en} within the standstill, which goes on after an order"),
            basis=s.again + art("52(3)", "52(9)"), states=("changed_plan_filed",),
            unless=(*s.free, ~under_order, standstill_is_over), question=319),
        Ban("accepted", T(f"応諾した勧告に反する{s.label.ja}", f"{s.label.en} against the accepted recommendation"),
            s.again + art("52(8)"), OPERATOR, states=("accepted_recommendation", "changed_plan_filed", "stopped"),
            covers=(s.deed,), penalty="PEN-92-1-3", unless=(~under_acceptance, as_in_the_changed_plan)),
        Ban("ordered", T(f"命令に反する{s.label.ja}", f"{s.label.en} against the order"), s.again + art("52(10)"),
            OPERATOR, states=("ordered", "changed_plan_filed", "may_proceed", "stopped"), covers=(s.deed,),
            penalty="PEN-92-1-4a", unless=(~under_order, as_in_the_changed_plan)))

def consequences(s: Subject) -> tuple[Consequence, ...]:
    """What standstill, recommendation and order do to their subject, which takes part in both and owns neither."""
    two, rec = s.again, "recommendation_order"

    def heard(id: str, label: Text, basis: Bases, upon: tuple[Trigger, ...], moves: Moves) -> Consequence:
        return Consequence(id, label, two + basis, upon, moves, into=s.into)

    return (
        heard("extended", T("禁止期間の延長", "the standstill is extended"), art("52(4)"),
            (done("extension_shortening.extend"),), go("extended", "under_standstill")),
        heard("shortened", T("禁止期間の短縮", "the standstill is shortened"), art("52(3) proviso", "52(5)"),
            (done("extension_shortening.shorten"),), go("shortened", "under_standstill", "extended")),
        heard("recommended", T("勧告", "a recommendation is made"), art("52(6)"), (done(f"{rec}.issue"),),
            go("recommended", "under_standstill", "extended", "shortened")),
        heard("accepted", T("応諾", "the recommendation is accepted"), art("52(7)", "52(8)"),
            (enters(f"{rec}.accepted"),), go("accepted_recommendation", "recommended", s.cleared)),
        heard("refused", T("応諾しない旨の通知", "the recommendation is not accepted"), art("52(7)"),
            (enters(f"{rec}.refused_with_reasons"),), go("refused", "recommended")),
        heard("unanswered", T("応答なし", "no answer in ten days"), art("52(10)"), (enters(f"{rec}.no_reply"),),
            go("silent", "recommended")),
        heard("ordered", T("命令", "an order is given"), art("52(10)"), (enters(f"{rec}.ordered"),),
            go("ordered", "refused", "silent")),
        heard("refiled", T("変更後の計画書の届出", "the changed plan is filed"), art("52(8)", "52(9)", "52(10)"),
            (enters(f"{rec}.changed_plan_filed"),), go("changed_plan_filed", "accepted_recommendation", "ordered")),
        heard("complied", T("命令の履行", "the order is complied with"), art("52(10)"),
            (enters(f"{rec}.order_complied"),), go("may_proceed", "changed_plan_filed")),
        heard("dropped", T("勧告・命令に従った中止", "stopped as recommended or ordered"), art("52(8)", "52(10)"),
            (done(f"{rec}.comply_stop"),), go("stopped", "accepted_recommendation", "ordered")),
        heard("lapse" if s.cleared == "cleared_by_lapse" else "clear",
            T("禁止期間の経過（通知はない）", "the standstill ends in silence"),
            art("52(3)", "52(4)", "52(5)", "52(10) proviso"), (end_of("extension_shortening.standstill"),),
            go(s.cleared, *PENDING)))
