"""The laws beside the Act that the declarations of Chapter 2 cite."""

from kaname.law import Bases, Law, Practice, shared
from kaname.law.laws import ADMINISTRATIVE_PROCEDURE_ACT

APA = ADMINISTRATIVE_PROCEDURE_ACT
SUBSIDIES = Law("subsidy_act", "適正化法", "Subsidy Act",
    "補助金等に係る予算の執行の適正化に関する法律（昭和30年法律第179号）",
    "Act No. 179 of 1955 on proper execution of subsidy budgets", "https://laws.e-gov.go.jp/law/330AC0000000179")

SUPPORT_MAFF = Law("support_maff_order", "農水省支援法人命令", "MAFF Support Order",
    "令和4年内閣府・農林水産省令（安定供給確保支援法人）",
        "Cabinet Office and MAFF order of 2022 on support corporations",
    "https://laws.e-gov.go.jp/law/504M60000202017")
SUPPORT_MLIT = Law("support_mlit_order", "国交省支援法人命令", "MLIT Support Order",
    "令和4年内閣府・国土交通省令（安定供給確保支援法人）",
        "Cabinet Office and MLIT order of 2022 on support corporations",
    "https://laws.e-gov.go.jp/law/504M60000802008")
STOPPING: Bases = (shared("stopping", {"maff": SUPPORT_MAFF("8(2)(iii)"), "mlit": SUPPORT_MLIT("9(2)(v)")}),)

LOANS = Law("loan_order", "二段階貸付命令", "Loan Order", "令和4年内閣府・財務省令（供給確保促進円滑化業務）",
    "Cabinet Office and MoF order of 2022 on the two-step loan", "https://laws.e-gov.go.jp/law/504M60000042003")

RULES_OF_THE_BODY: Bases = (Practice("支援法人等の業務規程", "the rules of the support body"),)
DESK: Bases = (Practice("所管省の窓口への事前相談と公募期間", "the ministry's desk, and its application windows"),)
POLICY: Bases = (Practice("取組方針（2024年3月29日までの改定）", "the policies as revised until 2024-03-29"),)
PUBLISHED: Bases = (Practice("所管省の公表", "published by the ministry"),)
WITHDRAWAL: Bases = (Practice("申請は処分まで取り下げられる", "an application can be withdrawn until it is decided"),)
