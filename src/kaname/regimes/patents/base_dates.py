"""Base days (起算日) of the three months of Art. 66(1) and the ten months of Art. 78(1), by way of filing.

Art. 66(4) has five rows, Art. 78(3) four: division is not in the second, so the parent's day stays (44条2項).
Where two or more rows apply, the latest day counts. While the paper of a row is not filed there is no day.
Conversions from a design (46条2項) and filings on a registered utility model (46条の2) are in neither table: ordinary.
"""

from dataclasses import dataclass
from datetime import date

from kaname.law import Bases, T, Text
from kaname.law.dated import Confidence
from kaname.law.laws import PATENT_ACT, art
from kaname.procedure.declare import Option, day_rule
from kaname.procedure.view import View


@dataclass(frozen=True, slots=True)
class BaseDate:
    """One way of filing, and from which day each of the two periods counts. `paper`: the particular that holds it."""

    id: str
    label: Text
    start_66: Text
    start_78: Text
    basis: Bases
    paper: str = ""
    confidence: Confidence = Confidence.HIGH


_FILING = T("出願の日", "the filing day")
_TRANSLATION = T("翻訳文が提出された日", "the day the translation was filed")
_REFERENCE = T("明細書等及び先の特許出願に関する書類が提出された日",
    "the day the specification and the earlier papers were filed")
_SUPPLEMENT = T("明細書等の補完の日", "the day the missing part was filed")
_PARENT = T("原出願の日（78条3項に定めなし）", "the parent's filing day (no row in Art. 78(3))")

BASE_DATES = (
    BaseDate("ordinary", T("通常の特許出願", "ordinary application"), _FILING, _FILING, art("66(1)", "78(1)")),
    BaseDate("foreign_language", T("外国語書面出願", "foreign-language application"), _TRANSLATION, _TRANSLATION,
             art("66(4) row 1", "78(3) row 1") + PATENT_ACT("36-2(1)"), "translation_on"),
    BaseDate("reference_filing", T("先の特許出願を参照する方法による出願",
        "filing by reference to an earlier application"),
             _REFERENCE, _REFERENCE, art("66(4) row 2", "78(3) row 2") + PATENT_ACT("38-3(1)"), "reference_papers_on"),
    BaseDate("missing_part", T("明細書等の補完（出願の日が維持される場合）", "missing part completed, filing day kept"),
             _SUPPLEMENT, _SUPPLEMENT, art("66(4) row 3", "78(3) row 3") + PATENT_ACT("38-4(4) proviso"),
             "supplement_on"),
    BaseDate("division", T("分割出願", "divisional application"), T("分割の日", "the day of division"), _PARENT,
             art("66(4) row 4") + PATENT_ACT("44(2)"), confidence=Confidence.MEDIUM),
    BaseDate("conversion", T("実用新案登録出願からの変更", "conversion from a utility model application"),
             T("変更の日", "the day of conversion"), T("変更の日", "the day of conversion"),
             art("66(4) row 5", "78(3) row 4") + PATENT_ACT("46(1)")),
)  # fmt: skip

OPTIONS = tuple(Option(b.id, b.label, b.basis) for b in BASE_DATES)
_PAPERS = {b.id: f"first_review.{b.paper}" for b in BASE_DATES if b.paper}


def kinds(view: View) -> frozenset[str]:
    """The ways of filing that apply; a paper that has come shows its own."""
    stated = frozenset(view.fact("first_review.filing_kind") or ())
    return stated | {kind for kind, paper in _PAPERS.items() if view.fact(paper) is not None}


def _latest(days: list[date | None], view: View) -> date | None:
    """The latest of the days of all rows that apply; None while one is missing; without a row the filing day."""
    if not days:
        day: date | None = view.fact("first_review.filing_day")
        return day
    known = [d for d in days if d]
    return max(known) if len(known) == len(days) else None


def _rows(view: View, own_day: set[str]) -> list[date | None]:
    apply = kinds(view)
    days = [view.fact(paper) for kind, paper in _PAPERS.items() if kind in apply]
    return [*days, view.fact("first_review.filed_on")] if apply & own_day else days


@day_rule(T("法66条1項の期間の起算日（同条4項）", "base day of Art. 66(1) and (4)"))
def base_66(view: View) -> date | None:
    return _latest(_rows(view, {"division", "conversion"}), view)


@day_rule(T("法78条1項の期間の起算日（同条3項）", "base day of Art. 78(1) and (3)"))
def base_78(view: View) -> date | None:
    return _latest(_rows(view, {"conversion"}), view)


@day_rule(T("出願の日（分割・変更は原出願の日）", "filing day (of the original for a division or conversion)"))
def filing_day(view: View) -> date | None:
    day: date | None = view.fact("first_review.filing_day")
    return day


@day_rule(T("最先の優先日、なければ出願の日", "earliest priority day, else filing day"))
def priority_day(view: View) -> date | None:
    return view.fact("first_review.priority_date") or filing_day.day(view)


@day_rule(T("この特許出願をした日（分割の日、変更の日）",
    "the day this application was itself filed (of division, conversion)"))
def own_filing_day(view: View) -> date | None:
    """The thirty days of 48条の3第2項, the two months of 36条の2第2項: for divisions and conversions only."""
    day: date | None = view.fact("first_review.filed_on")
    return day if kinds(view) & {"division", "conversion"} else None


@day_rule(T("77条2項の通知を受けた日", "the day the notice under Art. 77(2) was received"))
def end_notice_day(view: View) -> date | None:
    """Asked when clocks start upon that notice; while no such notice has come there is no day."""
    return view.received_on
