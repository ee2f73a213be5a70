"""What a plan case is about: the plan itself, and each change of it. The name of the run is the subject.

Run "" is the plan (導入等計画書), run "c1" the change c1. The standstill, the consultation, the recommendation and the
recommendation after introduction have one run for each subject: Art. 54(2) applies Art. 52(3) to (10) again.
"""

from collections.abc import Iterable

from kaname.procedure.view import View

PLAN_RUN = ""
SUBJECTS = ("introduction_plan", "entrusted_maintenance_plan", "plan_change")

# The states of a subject in which the review has not come to an end.
PENDING = ("under_standstill", "extended", "shortened", "recommended", "refused", "silent")


def plan_itself(view: View) -> Iterable[str]:
    """The plan hears of what is done about the plan, not about a change of it."""
    return (PLAN_RUN,) if view.run == PLAN_RUN else ()


def may_proceed(view: View) -> bool:
    """Whether what the run is about, the plan or the change it is named after, may be carried out or has been."""
    refiled = ("changed_plan_filed",) if _free_once_refiled(view) else ()
    if view.run:
        return view.state("plan_change") in ("cleared", "may_proceed", *refiled, "carried_out")
    free = ("cleared_by_lapse", "may_proceed", *refiled)
    introduced = view.state("introduction_plan") in (*free, "introduced")
    return introduced or view.state("entrusted_maintenance_plan") in (*free, "maintenance_running")


def _free_once_refiled(view: View) -> bool:
    """With the changed plan who accepted is free (52(9)); who is under an order is free after the standstill (0319)."""
    standstill = view.clock("extension_shortening.standstill")
    running = standstill is not None and standstill.status == "running"
    return view.done("recommendation_order.order") is None or not running
