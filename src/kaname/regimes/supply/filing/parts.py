"""An application in short parts, each with fields of form 1 or papers beside it: the order in which one fills it in."""

from collections.abc import Mapping
from dataclasses import dataclass

from kaname.law import T, Text
from kaname.procedure.declare import Field
from kaname.regimes.supply.plan import FILING

_FIELDS = {f.id: f for f in FILING}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the application. `plain`: what is asked, in a sentence."""

    id: str
    title: Text
    plain: Text
    fields: tuple[Field, ...]


def _part(id: str, ja: str, en: str, plain: Text, *fields: str) -> Part:
    return Part(id, T(ja, en), plain, tuple(_FIELDS[f] for f in fields))


_LIST = (
    _part("product", "物資と品目", "Product and item",
        T("物資により、主務大臣と認定省令が決まります。", "The product decides the minister and the order."),
        "product", "item"),
    _part("applicants", "申請者", "Applicants",
        T("一者なら一行、共同の計画なら全員。事業年度の末日から定期の報告の期限が決まります。",
            "One row for one applicant, all of them for a joint plan. The year's end gives the days of the reports."),
        "applicants", "same_industry"),
    _part("measures", "目標、内容、期間", "Goals, content, period",
        T("何を、いつからいつまでに行い、何を達成するか。", "What is done, from when to when, and what it achieves."),
        "goals", "content", "period_start", "period_end", "structure",
        "numbers"),
    _part("money", "資金", "Funds",
        T("必要な資金の額と、そのうちの助成金。助成金の額は後の変更の判定に用います。",
            "The funds that are needed, and the grant in them: it is asked when a change is judged."),
        "funds", "grant", "funding"),
    _part("security", "措置、情報管理、現状、許認可", "Measures, information, present state, permits",
        T("逼迫時などの措置は、省令の挙げるものから。",
            "The measures for tight supply are those that the order lists."),
        "smooth_measures", "information", "present_state", "permits"),
    _part("papers", "添付書類", "Papers attached",
        T("書類の名称か番号を書くか、ファイルを添えます。", "Name or number of each paper, or a file."),
        "application", "articles", "accounts", "proof", "no_organised_crime", "annex"),
)  # fmt: skip
PARTS: Mapping[str, Part] = {p.id: p for p in _LIST}
PART_OF: Mapping[str, str] = {f.id: p.id for p in _LIST for f in p.fields}
