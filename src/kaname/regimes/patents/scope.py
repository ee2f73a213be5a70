"""Does Art. 66(1) reach the invention? The screening result or the applicant's own statement, kept when filed.

Made in Japan and not yet public are assumed where the ledger does not say: the careful reading. The case then warns.
"""

from datetime import date
from typing import Any

from kaname.law import T
from kaname.law.laws import ORDER, art
from kaname.procedure.declare import Condition, condition
from kaname.procedure.view import View
from kaname.regimes.patents.items import version_on
from kaname.regimes.patents.screening import REQUIREMENTS, Outcome, screen_one

IN_FORCE = date(2024, 5, 1)


def screened(view: View) -> dict[str, Any] | None:
    """What the screening of the symbols in the form says; None where no symbols are given."""
    symbols = view.given("ipc")
    if not symbols:
        return None
    answers = {r: view.given(f"requirement_{r}") for r in REQUIREMENTS}
    title, abstract, claims = (view.given(name) or "" for name in ("title", "abstract", "claims"))
    found = screen_one(symbols, view.on, title=title, abstract=abstract, claims=claims, requirements=answers)
    return {"outcome": str(found.outcome), "items": list(found.items), "fields": list(found.fields)}


def outcome(view: View) -> str | None:
    kept = view.fact("first_review.screening")
    return kept["outcome"] if kept else None


@condition(T("法66条1項本文の発明が記載されていること", "an invention within the main text of Art. 66(1) is described"),
    T("法66条1項本文の発明に当たらない", "the invention is not within the main text of Art. 66(1)"),
    art("66(1)") + ORDER("12"),)
def within_66_1(view: View) -> bool | None:
    stated: bool | None = view.fact("first_review.listed")
    if stated is not None:
        return stated
    return {Outcome.IN: True, Outcome.OUT: False}.get(Outcome(found)) if (found := outcome(view)) else None


@condition(T("日本国内でした発明であること", "the invention was made in Japan"),
    T("日本国内でした発明でない", "the invention was not made in Japan"), art("78(1)"),)
def made_in_japan(view: View) -> bool | None:
    return view.fact("first_review.made_in_japan") is not False


@condition(T("公になっていない発明であること", "the invention is not public"),
    T("発明は公になっている", "the invention is public"), art("78(1)"),)
def not_public(view: View) -> bool | None:
    return view.fact("first_review.secret") is not False and view.done("foreign_filing_ban.becomes_public") is None


@condition(T("2024年5月1日以後の特許出願であること", "the application was filed on or after 2024-05-01"),
    T("2024年5月1日前の特許出願に法66条1項は適用されない",
        "Art. 66(1) does not reach applications filed before 2024-05-01"), art("suppl. 2"),)
def in_force(view: View) -> bool | None:
    filed_on: date = view.fact("first_review.filed_on") or view.on
    return filed_on >= IN_FORCE


@condition(T("国際特許分類の記号が実在すること", "the IPC symbols exist"),
    T("読めないか、IPCにない記号がある。廃止か誤記か確かめること",
        "a symbol cannot be read or is not in the IPC; obsolete or mistaken, check it"), ORDER("12(1)"),)
def symbols_exist(view: View) -> bool | None:
    symbols = view.given("ipc")
    return not (symbols and screen_one(symbols, view.on).troubles)


# -- warnings while the case is open --------------------------------------------------------------------------------


def _stated(id: str, requires: Any, lacks: Any) -> Condition:
    def stated(view: View) -> bool | None:
        banned = view.state("foreign_filing_ban") in ("banned", "breach_noted", "dismissal_pending")
        return view.fact(f"first_review.{id}") is not None if banned else True

    return Condition(f"{id}_stated", requires, lacks, art("78(1)"), stated)


place_stated = _stated("made_in_japan", T("発明をした場所が記載されていること", "the place of invention is stated"),
    T("発明をした場所の記載がない。日本国内でした発明と仮定した",
        "the place of invention is not stated: assumed to be Japan"),)
secrecy_stated = _stated("secret",
    T("公になっていないかどうかが記載されていること", "it is stated whether the invention is public"),
    T("公になったかどうかの記載がない。公になっていないと仮定した",
        "it is not stated whether the invention is public: assumed not to be"),)


@condition(T("原出願と同じ版の号が適用されること", "the parent falls under the same version of the items"),
    T("原出願は施行前又は号の別の版の出願。この出願をした日の版で判定した",
        "the parent was filed before the regime or under another version: judged by this filing's own day"),
    art("66(11)", "suppl. 2"), question=18,)
def same_version_as_parent(view: View) -> bool | None:
    parent, filed_on = view.fact("first_review.filing_day"), view.fact("first_review.filed_on")
    return not parent or not filed_on or version_on(parent) is version_on(filed_on)


@condition(T("付加要件への回答があること", "the additional requirement is answered"),
    T("付加要件が未回答。いずれかを満たすと外国出願が禁止される",
        "the additional requirement is not answered; if one is met, filing abroad is banned"), ORDER("12(2)", "12(3)"),)
def requirement_answered(view: View) -> bool | None:
    return view.fact("first_review.listed") is not None or outcome(view) != Outcome.IN_IF_REQUIREMENT


@condition(
    T("分類から66条1項の発明かどうか判断できること", "the symbols tell whether Art. 66(1) reaches the invention"),
    T("分類だけでは66条1項の発明かどうか分からない。内容を確かめること",
        "the symbols alone, or none, do not tell whether Art. 66(1) reaches it: check"), art("66(1)") + ORDER("12(1)"),
    question=2,)
def symbols_tell(view: View) -> bool | None:
    if view.fact("first_review.listed") is not None:
        return True
    found = outcome(view)
    if found is None:  # no symbols: told while the Patent Office may still send the file
        open_still = view.state("first_review") in ("filed", "under_first_review", "materials_requested")
        return not (open_still and view.state("foreign_filing_ban") == "not_covered" and in_force.test(view))
    return found not in (Outcome.ASK, Outcome.NEAR, Outcome.INVALID)
