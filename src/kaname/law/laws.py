"""The laws that Kaname cites, each under its short name. Numbers and addresses are those of the official database."""

from kaname.law.provision import Law

ESPA = Law(
    "espa", "法", "", "経済施策を一体的に講ずることによる安全保障の確保の推進に関する法律（令和4年法律第43号）",
    "Economic Security Promotion Act (Act No. 43 of 2022)", "https://laws.e-gov.go.jp/law/504AC0000000043",
)  # fmt: skip
ORDER = Law(
    "order", "令", "Order",
    "経済施策を一体的に講ずることによる安全保障の確保の推進に関する法律施行令（令和4年政令第394号）",
    "Enforcement Order (Cabinet Order No. 394 of 2022)", "https://laws.e-gov.go.jp/law/504CO0000000394",
)  # fmt: skip
CAO_ORDINANCE = Law(
    "cao_ordinance", "内閣府令", "CAO Ordinance", "特許出願の非公開に関する内閣府令（令和5年内閣府令第78号）",
    "Cabinet Office Ordinance No. 78 of 2023", "https://laws.e-gov.go.jp/law/505M60000002078",
)  # fmt: skip
JOINT_ORDER = Law(
    "joint_order", "共同命令", "Joint Order", "特許出願の非公開に関する命令（令和5年内閣府・経済産業省令第5号）",
    "Cabinet Office and METI Order No. 5 of 2023", "https://laws.e-gov.go.jp/law/505M60000402005",
)  # fmt: skip
FSA_ORDER = Law(
    "fsa_order", "金融庁関係府令", "FSA Order",
    "経済施策を一体的に講ずることによる安全保障の確保の推進に関する法律に基づく特定社会基盤事業者の指定等に関する内閣府令"
    "（令和5年内閣府令第61号）",
    "Cabinet Office Order No. 61 of 2023 (financial operators)", "https://laws.e-gov.go.jp/law/505M60000002061",
)  # fmt: skip
METI_ORDER = Law(
    "meti_order", "経産省令", "METI Order",
    "経済産業省関係経済施策を一体的に講ずることによる安全保障の確保の推進に関する法律に基づく特定社会基盤事業者等に関する省令"
    "（令和5年経済産業省令第41号）",
    "METI Order No. 41 of 2023 (energy and credit cards)", "https://laws.e-gov.go.jp/law/505M60000400041",
)  # fmt: skip
MLIT_ORDER = Law(
    "mlit_order", "国交省令", "MLIT Order", "特定社会基盤事業者等に関する国土交通省令（令和5年国土交通省令第62号）",
    "MLIT Order No. 62 of 2023 (water and transport)", "https://laws.e-gov.go.jp/law/505M60000800062",
)  # fmt: skip
MIC_ORDER = Law(
    "mic_order", "総務省令", "MIC Order", "特定社会基盤事業者等に関する総務省令（令和5年総務省令第64号）",
    "MIC Order No. 64 of 2023 (telecom, broadcasting, post)", "https://laws.e-gov.go.jp/law/505M60000008064",
)  # fmt: skip
PATENT_ACT = Law(
    "patent_act", "特許法", "Patent Act", "特許法（昭和34年法律第121号）", "Patent Act (Act No. 121 of 1959)",
    "https://laws.e-gov.go.jp/law/334AC0000000121",
)  # fmt: skip
PATENT_REGULATION = Law(
    "patent_regulation", "特許法施行規則", "Patent Regulation", "特許法施行規則（昭和35年通商産業省令第10号）",
    "Regulation for Enforcement of the Patent Act", "https://laws.e-gov.go.jp/law/335M50000400010",
)  # fmt: skip
SPECIAL_PROCEDURE_REGULATION = Law(
    "special_procedure_regulation", "特例法施行規則", "Special Procedure Regulation",
    "工業所有権に関する手続等の特例に関する法律施行規則（平成2年通商産業省令第41号）",
    "Regulation on Special Provisions for Industrial Property Procedures",
    "https://laws.e-gov.go.jp/law/402M50000400041",
)  # fmt: skip
CIVIL_CODE = Law(
    "civil_code", "民法", "Civil Code", "民法（明治29年法律第89号）", "Civil Code (Act No. 89 of 1896)",
    "https://laws.e-gov.go.jp/law/129AC0000000089",
)  # fmt: skip
PENAL_CODE = Law(
    "penal_code", "刑法", "Penal Code", "刑法（明治40年法律第45号）", "Penal Code (Act No. 45 of 1907)",
    "https://laws.e-gov.go.jp/law/140AC0000000045",
)  # fmt: skip
AGENCY_HOLIDAY_ACT = Law(
    "agency_holiday_act", "行政機関休日法", "Agency Holiday Act", "行政機関の休日に関する法律（昭和63年法律第91号）",
    "Act on Holidays of Administrative Organs (Act No. 91 of 1988)", "https://laws.e-gov.go.jp/law/363AC0000000091",
)  # fmt: skip
NATIONAL_HOLIDAY_ACT = Law(
    "national_holiday_act", "祝日法", "National Holiday Act", "国民の祝日に関する法律（昭和23年法律第178号）",
    "Act on National Holidays (Act No. 178 of 1948)", "https://laws.e-gov.go.jp/law/323AC1000000178",
)  # fmt: skip
CIVIL_PROCEDURE_CODE = Law(
    "civil_procedure_code", "民事訴訟法", "Code of Civil Procedure", "民事訴訟法（平成8年法律第109号）",
    "Code of Civil Procedure (Act No. 109 of 1996)", "https://laws.e-gov.go.jp/law/408AC0000000109",
)  # fmt: skip
ADMINISTRATIVE_LITIGATION_ACT = Law(
    "administrative_litigation_act", "行政事件訴訟法", "Administrative Case Litigation Act",
    "行政事件訴訟法（昭和37年法律第139号）", "Administrative Case Litigation Act (Act No. 139 of 1962)",
    "https://laws.e-gov.go.jp/law/337AC0000000139",
)  # fmt: skip
ADMINISTRATIVE_PROCEDURE_ACT = Law(
    "administrative_procedure_act", "行政手続法", "Administrative Procedure Act", "行政手続法（平成5年法律第88号）",
    "Administrative Procedure Act (Act No. 88 of 1993)", "https://laws.e-gov.go.jp/law/405AC0000000088",
)  # fmt: skip
DIGITAL_PROCEDURE_ACT = Law(
    "digital_procedure_act", "情報通信技術活用法", "Digital Administration Act",
    "情報通信技術を活用した行政の推進等に関する法律（平成14年法律第151号）",
    "Act on Digital Administration (Act No. 151 of 2002)", "https://laws.e-gov.go.jp/law/414AC0000000151",
)  # fmt: skip
ERA_NAME_ACT = Law(
    "era_name_act", "元号法", "Era Name Act", "元号法（昭和54年法律第43号）", "Era Name Act (Act No. 43 of 1979)",
    "https://laws.e-gov.go.jp/law/354AC0000000043",
)  # fmt: skip
PUBLIC_FINANCE_ACT = Law(
    "public_finance_act", "財政法", "Public Finance Act", "財政法（昭和22年法律第34号）",
    "Public Finance Act (Act No. 34 of 1947)", "https://laws.e-gov.go.jp/law/322AC0000000034",
)  # fmt: skip
ACT_38_2026 = Law(
    "act_38_2026", "令和8年法律第38号", "Act No. 38 of 2026", "令和8年法律第38号（この法律等の一部を改正する法律）",
    "Act No. 38 of 2026, amending this Act", "https://laws.e-gov.go.jp/law/508AC0000000038",
)  # fmt: skip

art = ESPA
