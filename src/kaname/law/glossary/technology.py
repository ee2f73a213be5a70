"""Words of Chapter 4: support for developing critical technologies."""

from kaname.law.glossary.term import Term
from kaname.law.laws import art
from kaname.law.provision import Practice
from kaname.law.text import T

_PROGRAMME = (Practice("プログラムの運用・評価のルール", "the operating rules of the programme"),)

TERMS = (
    Term("critical-technology", "特定重要技術", "とくていじゅうようぎじゅつ", "specified critical technology",
         T("先端的な技術のうち、不当に利用されたり外部に依存したりすると、国家と国民の安全を損なうおそれのあるものです。",
           "An advanced technology whose misuse, or dependence on others for it, may harm the safety of the State and "
           "the people."), art("61")),
    Term("technology-guideline", "特定重要技術研究開発基本指針",
         "とくていじゅうようぎじゅつけんきゅうかいはつきほんししん",
         "basic guideline on R&D of critical technologies",
         T("特定重要技術の研究開発について政府が定める基本指針です。", "The basic guideline of this regime."),
         art("60"), see=("basic-guideline",)),
    Term("council", "協議会", "きょうぎかい", "council",
         T("研究開発のため、大臣が研究者などの同意を得て組織する会です。情報を守りながら共有します。",
           "Formed by a minister with the consent of researchers, to share information safely."), art("62"),
         see=("council-member", "fund-council")),
    Term("council-member", "構成員", "こうせいいん", "member of a council",
         T("協議会に加わる者です。秘密を守る義務を負います。", "Who belongs to a council, and is bound to secrecy."),
         art("62"), see=("duty-of-secrecy",)),
    Term("designated-fund", "指定基金", "していききん", "designated fund",
         T("特定重要技術の研究開発に充てるため指定された基金です。",
           "A fund designated for R&D of critical technologies."), art("63"), see=("fund-council",)),
    Term("fund-council", "指定基金協議会", "していききんきょうぎかい", "designated-fund council",
         T("指定基金による研究開発ごとに置く協議会です。", "The council for R&D paid by a designated fund."),
         art("63(4)"), see=("council", "designated-fund")),
    Term("research-commission", "調査研究の委託", "ちょうさけんきゅうのいたく", "commissioned research study",
         T("特定重要技術についての調査研究を、能力のある法人に委託することです。シンクタンクと呼ばれます。",
           "Commissioning a study of critical technologies to an able body, called a think tank."), art("64"),
         also=("シンクタンク", "think tank")),
    Term("vision", "研究開発ビジョン", "けんきゅうかいはつびじょん", "R&D vision",
         T("支援する技術を示す文書です。", "The document that names the technologies to be supported."), _PROGRAMME,
         see=("concept",)),
    Term("concept", "研究開発構想", "けんきゅうかいはつこうそう", "R&D concept",
         T("ビジョンの技術について、公募の前に定める構想です。",
           "What is laid down for a technology of the vision before a call."), _PROGRAMME, see=("vision", "call")),
    Term("call", "公募", "こうぼ", "call for proposals",
         T("研究開発の提案を広く募ることです。", "Asking anyone for proposals."),
         (Practice("公募要領", "the call documents"),), see=("adoption",)),
    Term("adoption", "採択", "さいたく", "adoption",
         T("応募の中から支援する課題を選ぶことです。", "Choosing the proposals to be supported."),
         (Practice("公募要領", "the call documents"),)),
    Term("stage-gate", "ステージゲート", "すてーじげーと", "stage gate",
         T("研究開発の途中で、続けるかどうかを評価する節目です。",
           "A point on the way at which it is judged whether to go on."), _PROGRAMME),
    Term("social-implementation", "社会実装", "しゃかいじっそう", "social implementation",
         T("研究開発の成果を社会で使えるようにすることです。", "Bringing results into use."),
         art("61") + _PROGRAMME),
)  # fmt: skip
