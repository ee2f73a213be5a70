"""The laws beside the Act that the declarations of Chapter 2 cite."""

from kaname.law import Bases, Law, Practice, shared
from kaname.law.laws import ADMINISTRATIVE_PROCEDURE_ACT, ORDER

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
SUPPORT_JOINT = Law("support_joint_order", "厚労経産支援法人命令", "MHLW-METI Support Order",
    "令和7年内閣府・厚生労働省・経済産業省令（安定供給確保支援法人）",
        "Cabinet Office, MHLW and METI order of 2025 on support corporations",
    "https://laws.e-gov.go.jp/law/507M60000502001")
SUPPORT = Law("support_orders", "支援法人命令", "Support Orders",
    "安定供給確保支援法人に関する各命令（国交省の命令を除き条番号は共通）",
        "The orders on support corporations; all but that of MLIT number alike")
NEDO_ACT = Law("nedo_act", "NEDO法", "NEDO Act",
    "国立研究開発法人新エネルギー・産業技術総合開発機構法（平成14年法律第145号）", "NEDO Act (Act No. 145 of 2002)",
    "https://laws.e-gov.go.jp/law/414AC0000000145")
JOGMEC_ACT = Law("jogmec_act", "JOGMEC法", "JOGMEC Act",
    "独立行政法人エネルギー・金属鉱物資源機構法（平成14年法律第94号）", "JOGMEC Act (Act No. 94 of 2002)",
    "https://laws.e-gov.go.jp/law/414AC0000000094")
NIBIOHN_ACT = Law("nibiohn_act", "医薬健栄研法", "NIBIOHN Act",
    "国立研究開発法人医薬基盤・健康・栄養研究所法（平成16年法律第135号）", "NIBIOHN Act (Act No. 135 of 2004)",
    "https://laws.e-gov.go.jp/law/416AC0000000135")
NEDO_ORDER = Law("nedo_order", "NEDO法施行令", "NEDO Order", "NEDO法施行令（平成15年政令第364号）",
    "Enforcement Order of the NEDO Act", "https://laws.e-gov.go.jp/law/415CO0000000364")
JOGMEC_ORDER = Law("jogmec_order", "JOGMEC法施行令", "JOGMEC Order", "JOGMEC法施行令（平成15年政令第554号）",
    "Enforcement Order of the JOGMEC Act", "https://laws.e-gov.go.jp/law/415CO0000000554")
NIBIOHN_ORDER = Law("nibiohn_order", "医薬健栄研法施行令", "NIBIOHN Order", "医薬健栄研法施行令（平成16年政令第356号）",
    "Enforcement Order of the NIBIOHN Act", "https://laws.e-gov.go.jp/law/416CO0000000356")
STOPPING: Bases = (shared("stopping", {"maff": SUPPORT_MAFF("8(2)(iii)"), "mlit": SUPPORT_MLIT("9(2)(v)")}),)
STOPPED_FOR: Bases = (Practice("許可に記載した休止の期間の満了", "the end of the period in the permission"),)

LOANS = Law("loan_order", "二段階貸付命令", "Loan Order", "令和4年内閣府・財務省令（供給確保促進円滑化業務）",
    "Cabinet Office and MoF order of 2022 on the two-step loan", "https://laws.e-gov.go.jp/law/504M60000042003")

RULES_OF_THE_BODY: Bases = (Practice("支援法人等の業務規程", "the rules of the support body"),)
DESK: Bases = (Practice("所管省の窓口への事前相談と公募期間", "the ministry's desk, and its application windows"),)
POLICY: Bases = (Practice("取組方針（2024年3月29日までの改定）", "the policies as revised until 2024-03-29"),)
PUBLISHED: Bases = (Practice("所管省の公表", "published by the ministry"),)
WITHDRAWAL: Bases = (Practice("申請は処分まで取り下げられる", "an application can be withdrawn until it is decided"),)

CUSTOMS_TARIFF = Law("customs_tariff_act", "関税定率法", "Customs Tariff Act", "関税定率法（明治43年法律第54号）",
    "Customs Tariff Act (Act No. 54 of 1910)", "https://laws.e-gov.go.jp/law/143AC0000000054")
GUIDELINE: Bases = (Practice("安定供給確保基本指針（2022年9月30日閣議決定）",
    "the basic guideline, decided on 2022-09-30"),)
EXPERTS: Bases = (Practice("有識者会議での検討", "taken up in the meeting of experts"),)
CYCLE: Bases = (Practice("内閣府及び所管省のリスク点検とフォローアップ",
    "risk review and follow-up by the Cabinet Office and the ministries"),)
COMMENTED: Bases = (Practice("取組方針の案の意見公募", "drafts of policies are put to public comment"),)
TAKEN_OVER: Bases = (Practice("この事務所が事件を扱う前の指定の登載",
    "a designation made before this office kept the case is entered"),)
ORDER_FACILITY: Bases = ORDER("8-2", "8-3")
