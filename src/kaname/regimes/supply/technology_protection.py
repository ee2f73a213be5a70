"""技術流出防止措置: a living checklist of 22 questions, with partners, asked by the policies of five products."""

from kaname.law import T, Text
from kaname.procedure.asked import text
from kaname.procedure.declare import Act, Field, FieldType, Option, Procedure, condition, keep, stay
from kaname.procedure.view import View
from kaname.regimes.supply.catalogue import MEASURES
from kaname.regimes.supply.laws import POLICY
from kaname.regimes.supply.plan_now import product
from kaname.regimes.supply.roles import APPLICANT, CERTIFIED, MINISTER

WHO = (APPLICANT, CERTIFIED)

Line = tuple[str, ...]  # of the checklist: question, partner ("" for all), answer, evidence, day of the review

# -- what is asked ---------------------------------------------------------------------------------------------------

ANSWERS = Field("answers", T("措置の確認", "the checklist"), FieldType.ROWS, POLICY, required=True, columns=(
    Field("question", T("項目", "question"), FieldType.CHOICE, options=tuple(
        Option(q.id, q.asks) for q in MEASURES.values())),
    Field("answer", T("答え", "answer"), FieldType.CHOICE, options=(
        Option("yes", T("はい", "yes")), Option("no", T("いいえ", "no")),
        Option("not_applicable", T("該当なし", "not applicable")))),
    Field("partner", T("取引先", "partner"), FieldType.PARTY,
        help=T("取引先ごとに答える項目のとき", "where it is answered for each partner")),
    Field("evidence", T("根拠資料", "evidence"), FieldType.TEXT),
    Field("reviewed_on", T("確認の日", "reviewed on"), FieldType.DAY)))
PLANNED = text("planned", T("予定する移転・共同研究・海外拠点", "the planned transfer, joint R&D or base abroad"),
    POLICY, required=True,
    sealed=True)
VIEW = text("view", T("所管省の見解", "the ministry's view"), POLICY, sealed=True)

# -- conditions ------------------------------------------------------------------------------------------------------

@condition(T("技術流出防止措置の項目がすべて満たされていること",
    "all questions on the protection of technology are answered and met"),
    T("技術流出防止措置に未回答又は不備の項目がある",
        "some questions on the protection of technology are open or not met"), POLICY,
    tells=lambda v: _open_text(v))
def nothing_open(v: View) -> bool | None:
    found = product(v)
    asked = found and found.technology_from and found.technology_from <= v.on and v.state("plan") not in ENDED
    return not (asked and v.fact("answers") is not None and open_questions(v))

ENDED = ("refused", "withdrawn", "cancelled")

# -- sums ------------------------------------------------------------------------------------------------------------

def answered(v: View) -> tuple[Line, ...]:
    """The last answer to each question (and partner): what was known, with the new rows put in."""
    known = {(line[0], line[1]): tuple(line) for line in v.fact("answers") or ()}
    for row in v.given("answers") or ():
        if row.get("question") and row.get("answer"):
            key = row["question"], row.get("partner") or ""
            day = row.get("reviewed_on")
            known[key] = (*key, row["answer"], row.get("evidence") or "", str(day) if day else "")
    return tuple(line for _, line in sorted(known.items()))

def open_questions(v: View) -> list[str]:
    """Questions without an answer, or with a no, for any partner."""
    told = v.fact("answers") or ()
    bad = {line[0] for line in told if line[2] == "no"}
    return [id for id in MEASURES if id in bad or id not in {line[0] for line in told}]

def _open_text(v: View) -> Text:
    ids = ", ".join(open_questions(v))
    return T(f"技術流出防止措置に未回答又は不備の項目：{ids}", f"protection of technology, open or not met: {ids}")

# -- the procedure ---------------------------------------------------------------------------------------------------

technology_protection = Procedure(
    "technology_protection", T("技術流出防止措置", "protection of technology"), POLICY, start="kept",
    states=dict(kept=T("確認中", "kept up to date")),
    acts=(
        Act("record", T("措置の状況を記録する", "record the state of the measures"), WHO, POLICY, stay("kept"),
            fields=(ANSWERS,),
            keeps=(keep("answers", answered),)),
        Act("consult", T("移転・海外拠点等の前に相談する", "consult before a transfer or a base abroad"), WHO, POLICY,
            stay("kept"),
            fields=(PLANNED,)),
        Act("advise", T("見解を述べる", "give a view"), MINISTER, POLICY, stay("kept"), fields=(VIEW,))),
    warns=(nothing_open,),
    note=T("取組方針による認定の要件（五物資）。支援の対象外の物資では任意",
        "asked by the policies of five products; voluntary for others"))
