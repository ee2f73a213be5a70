"""What a support corporation and the ministers put on paper (Arts. 31-41): the forms of its procedure.

Findings are recorded as they are found; nothing here is computed.
"""

from kaname.law import T
from kaname.law.laws import art
from kaname.procedure.asked import finding, paper, text
from kaname.procedure.declare import Field, FieldType, Option
from kaname.regimes.supply.catalogue.support_orders import support
from kaname.regimes.supply.laws import APA

BODY = Field("body", T("法人の名称", "name of the corporation"), FieldType.PARTY, art("31(1)") + support("apply"),
    required=True)
APPLICATION = (
    paper("application", T("申請書（様式第一）", "application (form 1)"), support("apply")),
    paper("articles", T("定款・登記事項証明書", "articles and registry certificate"), support("apply"), several=True),
    paper("people", T("役員・職員の氏名と略歴", "officers and staff, with careers"), support("apply")),
    paper("decision", T("申請の意思決定を証する書類", "proof of the decision to apply"), support("apply")),
    paper("work_plan", T("支援業務の計画", "plan of the support work"), support("apply")),
    paper("ability", T("業務の遂行能力を証する書類", "proof of ability"), support("apply")),
    paper("pledges", T("31条2項に当たらない誓約書", "pledges under Art. 31(2)"), support("apply")),
    paper("accounts", T("三年分の計算書類・財産目録", "accounts of three years and list of property"), support("apply"),
        several=True),
    paper("secrecy_measures", T("秘密を守る措置", "confidentiality measures"), support("apply")))
SENTENCE_ENDED = Field("sentence_ended_on", T("刑の執行を終えた日（あれば）", "end of a sentence, if any"),
    FieldType.DAY,
    art("31(2)(i)"))
REVOKED_ON = Field("revoked_on", T("指定を取り消された日（あれば）", "day of an earlier revocation, if any"),
    FieldType.DAY, art("31(2)(ii)"))
CLEAR, IS_CLEAR = finding("officers_clear", T("役員に刑に処せられた者がいない", "no officer with such a punishment"),
    T("欠格事由に当たる役員がいる", "an officer is barred"), art("31(2)(iii)"))
ABLE, IS_ABLE = finding("able", T("財産的基礎と能力がある", "finances and ability"),
    T("財産的基礎又は能力が認められない", "finances or ability are not found"), art("31(1)(i)"))
FITS, IS_FIT = finding("structure_fits", T("体制が基本指針に照らし適切", "structure in line with the guideline"),
    T("体制が適切と認められない", "the structure is not found adequate"), art("31(1)(ii)"))
HARMLESS, IS_HARMLESS = finding("no_harm", T("他の業務による支障がない", "no harm from its other business"),
    T("他の業務による支障のおそれがある", "its other business may do harm"), art("31(1)(iii)"))
PREPARED = Field("prepared", T("知見と実績、計画、情報管理（国交省の命令4条）",
    "knowledge and record, sound plan, information control (MLIT order Art. 4)"), FieldType.FLAG, art("31(1)(iv)"),
    finding=True, help=T("船舶の部品のとき", "for ship parts"))
NOTICE = text("notice", T("公示の内容", "public notice"), art("32(1)"))
STANDARDS = text("standards", T("支援業務実施基準（財務大臣に協議し公表）",
    "standards for the work (after consulting the Finance Minister, published)"), art("31(4)-(6)"))
REASONS = text("reasons", T("理由", "reasons"), APA("8"), required=True)
RULES = paper("rules", T("業務規程（様式第三）", "operating rules (form 3)"), support("rules"))
NEW_RULES = paper("rules", T("変更後の業務規程・新旧対照表（様式第四）", "changed rules, comparison table (form 4)"),
    support("rules_change"), several=True)
CONSULTED, IS_CONSULTED = finding("consulted", T("財務大臣その他関係行政機関の長に協議したこと",
    "the Finance Minister and the other heads were consulted"),
    T("財務大臣等への協議がない", "the Finance Minister and the other heads were not consulted"), art("33(4)"))
RULES_FIT, ARE_FIT = finding("rules_fit", T("基本指針・取組方針・実施基準に適合",
    "the rules fit the guideline, the policy and the standards"),
    T("基本指針・取組方針・実施基準に適合しない", "the rules do not fit them"), art("33(3)"))
UNFIT, ARE_UNFIT = finding("unfit", T("業務規程が適合しなくなったこと", "the rules no longer fit"),
    T("適合しなくなったと認められない", "the rules are not found unfit"), art("33(6)"))
URGENT, IS_URGENT = finding("urgent_work", T("実施基準に緊要な複数年度の業務の定めがある",
    "the standards list urgent work over several years"),
    T("実施基準に定めがない", "the standards list no such work"), art("34(1)"))
BUDGET, IN_BUDGET = finding("within_budget", T("予算の範囲内の補助", "a subsidy within the budget"),
    T("予算の範囲内でない", "not within the budget"), art("34(3)"))
SUBSIDY = Field("amount", T("国の補助額", "state subsidy"), FieldType.YEN, art("34(3)"), required=True)
PLANNED = Field("planned_year_end", T("計画する事業年度の末日", "end of the business year planned"), FieldType.DAY,
    support("plan"), required=True)
PLAN = paper("plan", T("事業計画書・収支予算書（様式第五）", "plan and budget (form 5)"), support("plan"), several=True)
APPROVED, IS_APPROVED = finding("approved", T("認可", "approved"), T("認可がない", "not approved"), art("35(1)"))
OF_YEAR = Field("of_year", T("事業年度の末日", "end of the business year reported"), FieldType.DAY, art("35(3)",
    "34(8)"),
    required=True)
ACCOUNTS = paper("accounts", T("事業報告書・収支決算書・貸借対照表・財産目録", "report, accounts, balance sheet"),
    art("35(3)"), several=True)
FUND_REPORT = paper("report", T("基金に係る業務の報告書", "report on the fund"), art("34(8)"))
CLOSED_ON = Field("closed_on", T("帳簿を閉じた日", "day the book was closed"), FieldType.DAY, support("books"),
    required=True)
APART = Field("apart", T("区分した勘定", "accounts kept apart"), FieldType.CHOICE, art("36"), several=True, options=(
    Option("support", T("支援業務", "support work"), art("36")), Option("fund", T("基金", "fund"), art("36")),
    Option("other", T("その他", "other work"), art("36"))))
PERSON = Field("persons", T("秘密を守る者", "who is bound"), FieldType.PERSON, art("37"), required=True, several=True)
PERMITTED, IS_PERMITTED = finding("permitted", T("許可があること", "permitted"), T("許可がない", "not permitted"),
    art("40(1)"))
UNTIL = Field("suspended_until", T("休止の期間の末日", "last day of the suspension"), FieldType.DAY, support("stop"))
STOP = paper("stop", T("申請書（様式第七）", "application (form 7)"), support("stop"))
GROUND = Field("ground", T("取消しの事由", "ground"), FieldType.CHOICE, art("41"), required=True, options=(
    Option("barred", T("欠格事由に当たる（取り消さなければならない）", "now barred (must revoke)"), art("41(1)")),
    Option("unable", T("業務を適正確実に実施できない", "cannot do the work properly"), art("41(2)(i)")),
    Option("deceit", T("不正の手段による指定", "designated by deceit"), art("41(2)(ii)")),
    Option("breach", T("法又は命令の違反", "breach of the Act or an order"), art("41(2)(iii)")),
    Option("not_needed", T("業務を行わせる必要がなくなった", "the work is no longer needed"), art("41(3)"))))
HEARD, IS_HEARD = finding("heard", T("聴聞をしたこと", "a hearing was held"),
    T("聴聞の記録がない", "no hearing is on record"), APA("13(1)(i)"))
SUCCESSOR = Field("successor", T("引継ぎを受ける法人", "successor corporation"), FieldType.PARTY, art("41(5)"),
    required=True, help=T("主務大臣が指定する", "chosen by the ministers"))
TO_TREASURY = Field("amount", T("国庫に納付する額", "paid to the Treasury"), FieldType.YEN, art("41(6)"))
