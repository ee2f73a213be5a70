"""Protection of technology (技術流出防止措置): the 22 questions of the four measures, a condition of certification for
five products by their policies. Partners stand beside the questions of measure 3 (question 205).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kaname.law import T, Text
from kaname.law.dated import Confidence


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the checklist, answered yes, no or not applicable, and what shows it."""

    id: str
    measure: int
    asks: Text
    evidence: Text
    confidence: Confidence = Confidence.HIGH
    question: int | None = None


_CONSULTED = T("相談の記録", "consultation record")
_REGISTER = T("技術の台帳", "technology register")

_LIST = (
    Question("tp1.1", 1, T("支援を受ける生産に有用で中核となる技術をすべて特定したか",
        "every technology useful and central to the supported production is identified"), _REGISTER),
    Question("tp1.2", 1, T("研究開発の支援では、その成果の技術を特定したか",
        "where R&D is supported, its result technologies are identified"), _REGISTER),
    Question("tp1.3", 1, T("中核技術の実現に直接寄与する技術を特定したか",
        "technologies directly contributing to the core technology are identified"), _REGISTER),
    Question("tp1.4", 1, T("挙げた技術がいずれも公になっていないか", "each listed technology is non-public"),
        T("公開・特許の確認", "publication and patent check")),
    Question("tp1.5", 1, T("中核技術を所管省に申告したか", "the core technology is declared to the ministry"),
        T("申請における申告", "declaration in the application"), Confidence.MEDIUM),
    Question("tp2.1", 2, T("対象技術に触れられる者を氏名又は役割で把握しているか",
        "the people who can reach each covered technology are known by name or role"),
        T("アクセス者の一覧", "access list")),
    Question("tp2.2", 2, T("アクセスを必要最小限の従業員に限っているか",
        "access is limited to the smallest necessary number of employees"),
        T("アクセスの見直しの記録", "access review record")),
    Question("tp2.3", 2, T("管理の責任体制があるか", "there is a responsible structure for control"),
        T("体制図", "organisation chart")),
    Question("tp2.4", 2, T("管理の規程と手順があるか", "rules and procedures for control are in place"),
        T("社内規程", "internal rules")),
    Question("tp2.5", 2, T("退職等による流出への対策をとっているか",
        "steps are taken against leaks through resignation and the like"), T("退職時の手順", "exit procedure")),
    Question("tp2.6", 2, T("対象となる従業員を相応に処遇しているか",
        "the employees concerned receive adequate treatment"),
        T("人事方針", "HR policy")),
    Question("tp2.7", 2, T("競業避止義務への同意を得る努力をしているか",
        "efforts are made to obtain consent to a non-compete duty"),
        T("同意書又は努力の記録", "consent forms or record of efforts")),
    Question("tp3.1", 3, T("対象技術を持つ取引先を特定したか", "partners who hold covered technology are identified"),
        T("取引先の一覧", "partner list")),
    Question("tp3.2", 3, T("各取引先と秘密保持契約を結んだか",
        "there is a confidentiality agreement with each of them"), T("契約と日付", "agreement and date")),
    Question("tp3.3", 3, T("その契約に基づき管理しているか", "management is carried out under that agreement"),
        T("管理の記録", "management record")),
    Question("tp3.4", 3, T("各取引先に同等の措置を求めているか", "each partner is asked to take equivalent measures"),
        T("契約条項", "contract clause"), question=205),
    Question("tp3.5", 3, T("各取引先の履行を定期に確認しているか", "each partner's performance is reviewed regularly"),
        T("確認の日と結果", "review dates and results")),
    Question("tp4.1", 4, T("対象技術を他者又は外国に移転・許諾する前に所管省に相談したか",
        "the ministry was consulted before transferring or licensing covered technology to others or abroad"),
        _CONSULTED),
    Question("tp4.2", 4, T("対象技術を含む共同研究開発の前に相談したか",
        "it was consulted before joint R&D with others involving covered technology"), _CONSULTED),
    Question("tp4.3", 4, T("外国に研究開発拠点を設け又は拡げる前に相談したか",
        "it was consulted before setting up or expanding an R&D base in another country"), _CONSULTED),
    Question("tp4.4", 4, T("外国に生産拠点を設け又は拡げる前に相談したか",
        "it was consulted before setting up or expanding a production base in another country"), _CONSULTED),
    Question("tp4.5", 4, T("半導体：海外増産が5%（先端）以上又は10%（従来型）超に当たらないか確認したか",
        "semiconductors: it was checked whether the overseas increase reaches 5 percent (advanced) or exceeds 10 "
        "percent (conventional)"), T("能力の計算", "capacity calculation"), Confidence.LOW, 204),
)

MEASURES: Mapping[str, Question] = {q.id: q for q in _LIST}
