"""The laws beside the Act that the declarations of Chapter 4 cite, and the practice that is no law."""

from kaname.law import Bases, Law, Practice

STI = Law("sti_act", "科技イノベ活性化法", "STI Act",
    "科学技術・イノベーション創出の活性化に関する法律（平成20年法律第63号）",
    "Act No. 63 of 2008 on vitalizing the creation of science, technology and innovation",
    "https://laws.e-gov.go.jp/law/420AC0100000063")

PROGRAMME_RULES: Bases = (Practice("プログラムの運用・評価のルール", "the operating rules of the programme"),)
CALL_DOCUMENTS: Bases = (Practice("公募要領", "the call documents"),)
CONTRACT: Bases = (Practice("委託研究開発契約", "the commission contract"),)
COUNCIL_RULES: Bases = (Practice("協議会が定める規約", "the council's own rules"),)
COMMISSION_TERMS: Bases = (Practice("調査研究の委託契約", "the terms of the commission"),)
GUIDELINE: Bases = (Practice("特定重要技術研究開発基本指針（2022年9月30日閣議決定）",
    "the basic guideline on R&D, decided on 2022-09-30"),)
NONE_WRITTEN: Bases = (Practice("法令に定めがない", "no provision is written"),)
TAKEN_OVER: Bases = (Practice("この事務所が事件を扱う前の決定の登載",
    "what was decided before this office kept the case is entered"),)
