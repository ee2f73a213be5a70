"""The laws beside the Act that the declarations of Chapter 2 cite."""

from kaname.law import Bases, Law, Practice
from kaname.law.laws import ADMINISTRATIVE_PROCEDURE_ACT

APA = ADMINISTRATIVE_PROCEDURE_ACT
SUBSIDIES = Law("subsidy_act", "適正化法", "Subsidy Act",
    "補助金等に係る予算の執行の適正化に関する法律（昭和30年法律第179号）",
    "Act No. 179 of 1955 on proper execution of subsidy budgets", "https://laws.e-gov.go.jp/law/330AC0000000179")

RULES_OF_THE_BODY: Bases = (Practice("支援法人等の業務規程", "the rules of the support body"),)
DESK: Bases = (Practice("所管省の窓口への事前相談と公募期間", "the ministry's desk, and its application windows"),)
POLICY: Bases = (Practice("取組方針（2024年3月29日までの改定）", "the policies as revised until 2024-03-29"),)
PUBLISHED: Bases = (Practice("所管省の公表", "published by the ministry"),)
WITHDRAWAL: Bases = (Practice("申請は処分まで取り下げられる", "an application can be withdrawn until it is decided"),)
