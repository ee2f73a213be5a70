"""The programmes through which critical technologies are raised, and what each asks for beyond the law.

All of it is practice: another programme is another entry here, and no line of a declaration changes. A demand refuses,
warns, or is not made; what a programme does not name is not made. The K Program's demands stand as the facts tell them;
its operating rules and call documents were not read (questions 403, 405, 407).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kaname.law import T, Text
from kaname.law.dated import Confidence
from kaname.regimes.technology.catalogue.sources import Source, cited


class Weight(StrEnum):
    """What follows when a demand is not met."""

    REFUSE = "refuse"
    WARN = "warn"
    OFF = "off"


REFUSE, WARN, OFF = Weight.REFUSE, Weight.WARN, Weight.OFF


@dataclass(frozen=True, slots=True)
class Agency:
    """Who pays from the fund, and the ministry with which the Cabinet Office writes the concepts it calls for."""

    id: str
    label: Text
    ministry: Text


AGENCIES: Mapping[str, Agency] = {
    "jst": Agency("jst", T("科学技術振興機構（JST）", "JST"), T("文部科学省", "MEXT")),
    "nedo": Agency("nedo", T("新エネルギー・産業技術総合開発機構（NEDO）", "NEDO"), T("経済産業省", "METI")),
}  # fmt: skip

# Every demand a programme can make, under the name that its condition bears.
DEMANDS: Mapping[str, Text] = {
    "decided_jointly": T("ビジョンを両会議が一体で決定する", "both councils decide the vision jointly"),
    "concept_published": T("構想の公表後に公募する", "a call opens once its concept is published"),
    "within_concept": T("公募の上限を構想の上限以下とする", "a call offers no more than its concept"),
    "closes_on_open_day": T("開庁日に締め切る", "a call closes on an open day"),
    "ids_in_erad": T("e-Radの研究者番号と機関番号", "e-Rad numbers of researcher and institution"),
    "integrity_declared": T("研究インテグリティの申告", "declarations on research integrity"),
    "joins_council": T("協議会への参加の同意", "agreement to join the council"),
    "within_call": T("提案額を公募の上限以下とする", "a proposal asks for no more than the call offers"),
    "no_duplication": T("不合理な重複・過度の集中がない", "no duplication, no over-concentration"),
    "integrity_looked_into": T("研究インテグリティの申告の確認", "the declarations on integrity are checked"),
    "conflicts_declared": T("評価者の利益相反の申告", "reviewers declare conflicts of interest"),
    "no_conflict": T("利益相反のある者は評価しない", "nobody with a conflict reviews"),
    "ceiling_within_call": T("採択の上限を公募の上限以下とする", "an adoption stays within the call"),
    "director_heard": T("PD又はPOの意見", "the opinion of programme director or officer"),
    "ministries_informed": T("所管府省への連絡", "the competent ministries are informed"),
    "safe_management": T("安全管理措置", "safety-management measures"),
    "within_ceiling": T("契約額を採択の上限以下とする", "a contract stays within the ceiling of the adoption"),
    "contract_within_concept": T("契約額を構想の上限以下とする", "a contract stays within the concept"),
    "spent_within_budget": T("支出を契約額以下とする", "spending stays within the contract"),
    "spent_within_year": T("支出をその年度の予算以下とする", "spending stays within the budget of the year"),
    "change_within_concept": T("変更後の額を構想の上限以下とする", "a changed budget stays within the concept"),
    "gate_foreseen": T("構想又は計画に定めた時期のゲート", "a gate at a time set in the concept or plan"),
    "outside_reviewers": T("外部有識者によるゲート評価", "outside reviewers at the gate"),
    "non_disclosure_checked": T("特許出願の非公開の該当性の確認", "patents checked for non-disclosure"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Programme:
    """`gate`: when its stage gates are held. `trl`: the numbers of its scale of maturity, lowest and highest."""

    id: str
    label: Text
    agencies: tuple[str, ...]
    demands: Mapping[str, Weight]
    gate: Text
    trl: tuple[int, int]
    sources: tuple[Source, ...]
    confidence: Confidence

    def weight(self, demand: str) -> Weight:
        """What follows when a demand is not met. Raises KeyError for one that no programme can make."""
        return self.demands.get(demand, OFF) if DEMANDS[demand] else OFF


# Money that was spent cannot be refused, only shown; a closing day on a holiday stands, and is shown.
_WARNED = ("closes_on_open_day", "integrity_looked_into", "spent_within_budget", "spent_within_year",
    "non_disclosure_checked")

K_PROGRAM = Programme(
    "k_program", T("経済安全保障重要技術育成プログラム（K Program）", "K Program"), ("jst", "nedo"),
    {id: WARN if id in _WARNED else REFUSE for id in DEMANDS},
    T("構想ごとに定める時期（全件に共通の時期はない）", "at the time each concept sets; there is none for all"),
    (1, 9), cited("seed", "cao", "know"), Confidence.MEDIUM)

PROGRAMMES: Mapping[str, Programme] = {K_PROGRAM.id: K_PROGRAM}
