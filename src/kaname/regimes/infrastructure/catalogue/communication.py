"""Telecommunications, broadcasting, post (電気通信、放送、郵便): Art. 50(1)(xi)-(xiii)."""

from kaname.law import T
from kaname.law.laws import art
from kaname.regimes.infrastructure.catalogue.energy import START
from kaname.regimes.infrastructure.catalogue.model import (
    AllOf,
    Business,
    Competence,
    Criterion,
    Facility,
    Figure,
    Holds,
    Sector,
    Unit,
    at_least,
)
from kaname.regimes.infrastructure.catalogue.transport import PORT_DAY

MIC = T("総務大臣", "Minister for Internal Affairs and Communications")
_BY_MIC = (Competence(MIC, "mic", START),)
_SERVER, _OS = T("サーバー等", "server and similar"), T("OS等", "OS and similar")

CATEGORY_1 = Figure("category_1_facilities", T("第一種指定電気通信設備を設置する",
    "installs category I designated facilities"))
RELAY = Figure("inter_prefecture_relay", T("第一種の中継交換機を都道府県間で接続する",
    "links category I relay exchanges between prefectures"))
CABLES = Figure("cable_share", T("外国に至る海底ケーブル（陸揚げ箇所数）の割合",
    "share of permitted cables landing abroad (by landing points)"), Unit.SHARE)
MOBILE = Figure("mobile_5g", T("基地局を設置する5G携帯電話事業者である", "is a 5G mobile carrier with base stations"))
USERS = Figure("monthly_users", T("月間利用者数の年平均", "average monthly users"), Unit.COUNT)
PUBLIC = Figure("public_authority_messages", T("公的機関のメッセージに用いられる",
    "is used for messages of public authorities"))
PROGRAMMES = Figure("own_programme_share", T("自社制作番組の割合", "share of own programmes"), Unit.SHARE)
HOUSEHOLDS = Figure("household_share", T("放送区域の世帯の全国に占める割合",
    "share of the nation's households in the area"),
    Unit.SHARE)
TELEVISION = Figure("television", T("テレビジョン放送である", "is television"))
UNIVERSAL = Figure("universal_post", T("ユニバーサルサービスの郵便事業者である",
    "is the universal postal service provider"))

_SIX = (T("業務用ソフトウェア", "business software"), T("ノード装置", "node device"), T("基盤システム", "base system"),
    T("当該機能のプログラム", "program with the function"), _OS, _SERVER)
_NETWORK = Facility("network_control", T("交換・制御（仮想化機能の制御を含む）・加入者管理の機能を有する電気通信設備",
    "equipment with switching, control (also of virtualised functions) or subscriber management"), _SIX)

TELECOM = Sector(
    "telecom", "SEC11_TELECOM", T("電気通信", "telecommunications"), art("50(1)(x)")[0].since(PORT_DAY, "50(1)(xi)"),
    START, _BY_MIC,
    (
        Business("telecom_category_1", T("電気通信事業（イ：第一種指定設備）",
            "carrier with category I facilities (イ)"),
            (Criterion(T("第一種指定電気通信設備を設置する者", "carrier installing category I designated facilities"),
                Holds(CATEGORY_1)),), (_NETWORK,)),
        Business("telecom_relay", T("電気通信事業（ロ：都道府県間の中継）", "inter-prefecture relay carrier (ロ)"),
            (Criterion(T("イの者の中継交換機を都道府県間で接続する者",
                "carrier linking category I relay exchanges between prefectures"), Holds(RELAY)),), (_NETWORK,)),
        Business("telecom_cable", T("電気通信事業（ハ：海底ケーブル）", "submarine cables abroad (ハ)"),
            (Criterion(T("外国に至るケーブルの10分の1以上を有する者",
                "holds one tenth or more of permitted cables landing abroad"), at_least(CABLES, "0.1")),),
            (Facility("cable_monitoring", T("本邦外設置有線電気通信設備の監視設備",
                "monitoring equipment of the overseas cable"),
                _SIX),)),
        Business("telecom_mobile", T("電気通信事業（ニ：5G携帯電話）", "5G mobile carrier (ニ)"),
            (Criterion(T("基地局を設置する5Gの携帯電話事業者", "5G mobile carrier with base stations"),
                Holds(MOBILE)),),
            (_NETWORK,)),
        Business("telecom_message", T("電気通信事業（ホ：メッセージ）", "message service (ホ)"),
            (Criterion(T("月間利用者数の年平均6,000万以上で、公的機関のメッセージに用いられる",
                "60 million or more average monthly users, used for public-authority messages"),
                AllOf(at_least(USERS, 60_000_000), Holds(PUBLIC))),),
            (Facility("message_system", T("メッセージ及び付随するIP通話の設備",
                "equipment for the message service and attached IP calls"),
                (T("運用・監視・保守システム", "operation, monitoring and maintenance system"),
                    T("情報配信システム", "information delivery system"), T("OS", "OS"), T("サーバー", "server"))),)),
    ),
    ("order", "mic"))

BROADCASTING = Sector(
    "broadcasting", "SEC12_BROADCASTING", T("放送", "broadcasting"),
    art("50(1)(xi)")[0].since(PORT_DAY, "50(1)(xii)"), START, _BY_MIC,
    (Business("terrestrial", T("地上基幹放送", "terrestrial basic broadcasting"),
        (Criterion(T("テレビジョン放送で、自社制作4分の1以上、かつ放送区域の世帯が全国の4分の1以上",
            "television; own programmes one quarter or more; and households in the area one quarter or more"),
            AllOf(Holds(TELEVISION), at_least(PROGRAMMES, "0.25"), at_least(HOUSEHOLDS, "0.25"))),),
        (Facility("master", T("広域テレビジョン放送の番組送出設備", "programme transmission (master) equipment"),
            (T("エンコーダー", "encoder"), T("多重化装置", "multiplexer"))),)),),
    ("order", "mic"))

POST = Sector(
    "post", "SEC13_POST", T("郵便", "post"), art("50(1)(xii)")[0].since(PORT_DAY, "50(1)(xiii)"), START, _BY_MIC,
    (Business("postal_service", T("郵便事業", "postal service"),
        (Criterion(T("ユニバーサルサービスの郵便事業者", "universal postal service provider"), Holds(UNIVERSAL)),),
        (Facility("address_system", T("配達先住所の情報システム", "delivery address information system"),
            (T("データベースのプログラム", "database program"), T("OS", "OS"), T("サーバー", "server"),
                T("区分機", "sorting machine"))),)),),
    ("order", "mic"))

SECTORS = (TELECOM, BROADCASTING, POST)
