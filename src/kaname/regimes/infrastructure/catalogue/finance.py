"""Finance and credit cards (金融、クレジットカード): Art. 50(1)(xiv)-(xv).

Figures are averages of the three most recent fiscal years unless the rule says otherwise; a critical facility is a
system that processes data of the listed work.
"""

from kaname.law import T, Text
from kaname.law.laws import art
from kaname.regimes.infrastructure.catalogue.energy import METI, MHLW, START
from kaname.regimes.infrastructure.catalogue.model import (
    EVERY,
    AllOf,
    AnyOf,
    Business,
    Competence,
    Criterion,
    Facility,
    Figure,
    Holds,
    Sector,
    Test,
    Unit,
    at_least,
)
from kaname.regimes.infrastructure.catalogue.transport import PORT_DAY

FSA = T("内閣総理大臣（金融庁長官に委任）", "Prime Minister (delegated to the FSA Commissioner)")
_MOF = T("財務大臣", "Minister of Finance")
_MAFF = T("農林水産大臣", "Minister of Agriculture, Forestry and Fisheries")
_MOJ = T("法務大臣", "Minister of Justice")

DEPOSITS = Figure("deposits_yen", T("預金残高", "deposits"), Unit.YEN)
ACCOUNTS = Figure("accounts", T("口座数", "accounts"), Unit.COUNT)
ATMS = Figure("atms", T("国内のATM・CDの台数", "domestic ATMs and CDs"), Unit.COUNT)
USERS = Figure("users", T("利用者数", "users"), Unit.COUNT)
MOVED = Figure("moved_yen", T("資金移動額", "amount moved"), Unit.YEN)
BENEFITS = Figure("net_benefits_yen", T("保険金等（解約返戻金・返戻金・再保険料を除く）",
    "benefits net of surrender, refunds and reinsurance premiums"), Unit.YEN)
LIFE = Figure("life_policies", T("生命保険契約数", "life policies"), Unit.COUNT)
CLAIMS = Figure("nonlife_direct_net_claims_yen", T("元受正味保険金", "non-life direct net claims paid"), Unit.YEN)
NONLIFE = Figure("nonlife_policies", T("損害保険契約数", "non-life policies"), Unit.COUNT)
TRADING = Figure("trading_yen", T("有価証券の売買高の平均", "average total securities trading"), Unit.YEN)
RUNS_MARKET = Figure("runs_exchange_market", T("取引所金融商品市場を開設する", "operates an exchange market"))
CLEARS = Figure("licensed_clearing", T("免許又は承認を受けた清算機関である",
    "is a licensed or approved clearing house"))
ASSETS = Figure("customer_assets_yen", T("顧客資産", "customer assets"), Unit.YEN)
TRADING_ACCOUNTS = Figure("accounts", T("取引口座数", "trading accounts"), Unit.COUNT)
TRUST = Figure("trust_assets_yen", T("第三者に委託していない信託財産", "trust property not delegated to third parties"),
    Unit.YEN)
FUND_CLEARING = Figure("licensed_fund_clearing", T("免許を受けた資金清算機関である", "is licensed for fund clearing"))
MERCHANTS = Figure("merchants", T("加盟店数", "merchants"), Unit.COUNT)
ISSUED = Figure("issued_yen", T("発行額", "amount issued"), Unit.YEN)
FOUR_KINDS = Figure("all_four_kinds_of_business", T("労働金庫法58条の2第1項1号から4号までの業務を併せて営める",
    "is entitled to run all four kinds of business of Labour Bank Act Art. 58-2(1)(i)-(iv) together"))
BOOK_ENTRY = Figure("designated_book_entry", T("振替法3条1項の指定を受けている",
    "holds the designation under Book-Entry Transfer Act Art. 3(1)"))
RECORDS = Figure("designated_recording", T("電子記録債権法51条1項の指定を受けている",
    "holds the designation under Electronically Recorded Claims Act Art. 51(1)"))
BALANCE = Figure("recorded_claims_yen", T("年度末の電子記録債権残高の平均",
    "average year-end balance of recorded claims"),
    Unit.YEN)
CONTRACTS = Figure("contracts", T("カード契約数（直近三年度末のいずれか。共同保有は各社に全数）",
    "card contracts at the end of any of the last three years (jointly held ones count in full)"), Unit.COUNT)
CREDIT = Figure("yearly_credit_yen", T("同じ年度の年間与信額", "yearly credit of the same year"), Unit.YEN)
REGISTERED = Figure("registered_issuer", T("登録包括信用購入あっせん業者（少額を含む）である",
    "is a registered comprehensive (or small-amount comprehensive) card issuer"))
ESSENTIAL = Figure("essential_work",
    T(
    "不可欠な業務のデータを処理し、停止すると大きな支障が生ずる（その基盤を含む）",
    "processes data of the listed essential work, whose loss would cause major trouble, or runs such a system"))
SIX = Figure("one_of_six_functions",
    T(
    "六つの機能（会員情報、本人確認、売上承認の電文、不正検知、承認判定、代行承認）のいずれか",
    "has any of six functions: member data, cardholder check, authorisation messaging, fraud detection, "
    "authorisation decision, stand-in authorisation"))

COMPONENTS = (T("業務アプリケーション", "business application"), T("OS", "OS"), T("ミドルウェア", "middleware"),
    T("サーバー", "server"), T("その他特に必要なもの", "other items specially needed"))
_SYSTEM = Facility("data_system", T("不可欠な業務のデータを処理する情報処理システム及びその基盤",
    "information processing systems for data of the essential work, and the systems they run on"), COMPONENTS,
    Holds(ESSENTIAL))


def _business(id: str, name: Text, rule: Text, test: Test, work: tuple[Text, ...], order: str | None = None,
              with_: tuple[Text, ...] = (), joint: bool = False) -> Business:
    ministry = T("・".join(m.ja for m in (FSA, *with_)), " and ".join(m.en for m in (FSA, *with_))) if with_ else None
    note = 309 if joint else None
    return Business(id, name, (Criterion(rule, test, sources=("order", "finance_joint") if joint else ("fsa",),
        note=note),), (_SYSTEM,), order, ministry, work)


_BY_LAW = T("法律によりこれを営む者", "whoever runs it by law")
_DEPOSIT_WORK = (T("会員の預金", "member deposits"), T("会員への貸付け", "loans to members"), T("為替取引",
    "fund transfer"))

FINANCE = Sector(
    "finance", "SEC14_FINANCE", T("金融", "finance"), art("50(1)(xiii)")[0].since(PORT_DAY, "50(1)(xiv)"), START,
    (Competence(FSA, "fsa", START),),
    (
        _business("banking", T("銀行業", "banking"),
            T("預金10兆円、口座1,000万、国内ATM等1万台のいずれか以上",
                "any of: deposits 10 trillion yen; 10 million accounts; 10,000 domestic ATMs/CDs"),
            AnyOf(at_least(DEPOSITS, 10_000_000_000_000), at_least(ACCOUNTS, 10_000_000), at_least(ATMS, 10_000)),
            (T("預金", "deposits"), T("資金の貸付け又は手形の割引", "loans or bill discounting"), T("為替取引",
                "fund transfer"))),
        _business("shinkin_federation", T("信用金庫連合会業務", "federation of shinkin banks"), _BY_LAW, EVERY,
            _DEPOSIT_WORK),
        _business("credit_federation", T("信用協同組合連合会業務", "federation of credit cooperatives"), _BY_LAW, EVERY,
            _DEPOSIT_WORK),
        _business("labour_federation", T("労働金庫連合会業務", "federation of labour banks"),
            T("四種の業務を併せて営める者", "whoever runs it, if entitled to run all four kinds of business"),
            Holds(FOUR_KINDS), (*_DEPOSIT_WORK, T("会員の手形の割引", "bill discounting for members")), "labour",
                (MHLW,),
            joint=True),
        _business("norinchukin", T("農林中央金庫業務", "Norinchukin Bank"), _BY_LAW, EVERY, _DEPOSIT_WORK,
            "norinchukin",
            (_MAFF,), joint=True),
        _business("fund_transfer", T("資金移動業", "fund transfer service"),
            T("利用者1,000万以上、かつ資金移動額4,000億円以上", "both: 10 million users and 400 billion yen moved"),
            AllOf(at_least(USERS, 10_000_000), at_least(MOVED, 400_000_000_000)),
            (T("資金移動業務", "fund transfer business"),)),
        _business("insurance", T("保険業", "insurance"),
            T("保険金等1兆円、生命保険契約2,000万、元受正味保険金1兆円、損害保険契約2,000万のいずれか以上",
                "any of: benefits 1 trillion yen net; 20 million life policies; 1 trillion yen non-life direct net "
                "claims; 20 million non-life policies"),
            AnyOf(at_least(BENEFITS, 1_000_000_000_000), at_least(LIFE, 20_000_000),
                at_least(CLAIMS, 1_000_000_000_000), at_least(NONLIFE, 20_000_000)),
            (T("保険金の支払、損害の塡補", "benefit payment and loss compensation"),)),
        _business("exchange", T("取引所金融商品市場の開設", "operation of an exchange market"),
            T("取引所市場の開設者（売買高の平均75兆円未満を除く）",
                "operator of an exchange market, except where trading averages under 75 trillion yen"),
            AllOf(Holds(RUNS_MARKET), at_least(TRADING, 75_000_000_000_000)),
            (T("競売買の取引", "auction trading"), T("法定の通知・公表", "statutory notices and publication"))),
        _business("clearing", T("金融商品債務引受業", "clearing"),
            T("免許又は承認を受けた清算機関", "licensed or approved clearing"), Holds(CLEARS),
            (T("上場有価証券", "listed securities"), T("外国市場以外のデリバティブ",
                "derivatives other than foreign market"),
                T("国債", "government bonds"))),
        _business("securities", T("第一種金融商品取引業", "type I financial instruments business"),
            T("顧客資産30兆円又は取引口座500万以上",
                "any of: 30 trillion yen customer assets; 5 million trading accounts"),
            AnyOf(at_least(ASSETS, 30_000_000_000_000), at_least(TRADING_ACCOUNTS, 5_000_000)),
            (T("取引所取引・その媒介等", "exchange trading and intermediation"), T("付随する預託", "related custody"))),
        _business("trust", T("信託業", "trust business"),
            T("第三者に委託していない信託財産300兆円以上",
                "300 trillion yen of trust property not delegated to third parties"),
            at_least(TRUST, 300_000_000_000_000), (T("信託財産の管理", "management of trust property"),)),
        _business("fund_clearing", T("資金清算業", "fund clearing"), T("免許を受けた資金清算機関",
            "licensed fund clearing"),
            Holds(FUND_CLEARING), (T("資金清算", "fund clearing"),)),
        _business("prepaid", T("第三者型前払式支払手段の発行", "issuance of third-party prepaid instruments"),
            T("加盟店1万以上、かつ発行額1兆円以上", "both: 10,000 merchants and 1 trillion yen issued"),
            AllOf(at_least(MERCHANTS, 10_000), at_least(ISSUED, 1_000_000_000_000)),
            (T("発行の業務", "issuance business"),)),
        _business("deposit_insurance", T("預金保険", "deposit insurance"), _BY_LAW, EVERY,
            (T("預金保険法34条2号から6号まで、9号、11号から13号までの業務",
                "tasks of Deposit Insurance Act Art. 34, items ii-vi, ix, xi-xiii"),), "deposit", (_MOF,), joint=True),
        _business("savings_insurance", T("農水産業協同組合貯金保険", "agricultural and fishery savings insurance"),
            _BY_LAW,
            EVERY, (T("貯金保険法34条2号から8号まで、10号、11号の業務",
                "tasks of the Savings Insurance Act Art. 34, items ii-viii, x, xi"),), "savings", (_MOF, _MAFF)),
        _business("book_entry", T("振替業", "book-entry transfer"),
            T("振替法3条1項の指定を受けた者", "holder of the designation under the Book-Entry Transfer Act 3(1)"),
            Holds(BOOK_ENTRY), (T("振替法8条の業務", "business under Art. 8 of that Act"),), "book_entry", (_MOJ, _MOF),
            joint=True),
        _business("recorded_claims", T("電子債権記録業", "recording of electronic claims"),
            T("電子記録債権法51条1項の指定を受けた者（年度末残高の平均1兆円未満を除く）",
                "holder of the designation under Art. 51(1), except where the year-end balance averages under "
                "1 trillion yen"),
            AllOf(Holds(RECORDS), at_least(BALANCE, 1_000_000_000_000)),
            (T("電子記録債権法56条の業務", "business under Art. 56 of that Act"),), "recorded", (_MOJ,), joint=True),
    ),
    ("order", "fsa", "agri", "finance_joint"))

CREDIT_CARD = Sector(
    "credit_card", "SEC15_CREDIT_CARD", T("クレジットカード", "credit cards"),
    art("50(1)(xiv)")[0].since(PORT_DAY, "50(1)(xv)"), START, (Competence(METI, "meti", START),),
    (Business("card_issuing", T("包括信用購入あっせん", "comprehensive credit purchase mediation"),
        (Criterion(T("登録業者で、直近三年度末のいずれかに契約1,000万、かつ年間与信4兆円以上",
            "registered card issuer that at the end of any of the last three years had both 10 million contracts and "
            "4 trillion yen yearly credit"),
            AllOf(Holds(REGISTERED), at_least(CONTRACTS, 10_000_000), at_least(CREDIT, 4_000_000_000_000))),),
        (Facility("card_system", T("カード取引の情報システム", "information system for card transactions"), COMPONENTS,
            Holds(SIX)),)),),
    ("order", "meti"))

SELF_REPORT = AllOf(at_least(CONTRACTS, 7_500_000), at_least(CREDIT, 3_000_000_000_000))  # METI Order 26: yearly report

SECTORS = (FINANCE, CREDIT_CARD)
