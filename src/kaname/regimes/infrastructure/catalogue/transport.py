"""Rail, trucking, ocean cargo, port, air, airport (鉄道から空港まで): Art. 50(1)(v)-(x)."""

from datetime import date

from kaname.law import T
from kaname.law.laws import art
from kaname.regimes.infrastructure.catalogue.energy import MLIT, SOFTWARE, START
from kaname.regimes.infrastructure.catalogue.model import (
    AllOf,
    AnyOf,
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

PORT_DAY = date(2025, 4, 1)  # Act No. 28 of 2024: item viii is new, the items after it move up by one
TRUCK_DAY = date(2025, 6, 13)  # MLIT Order No. 66 of 2025
TRUCK_OLD = date(2025, 6, 12)

_BY_MLIT = (Competence(MLIT, "mlit", START),)
_SERVER, _PROGRAM = T("サーバー", "server"), T("プログラム", "program")
_OS = T("OS", "OS")

KM = Figure("km", T("営業キロの合計", "total operating length"), Unit.KM)
SHINKANSEN = Figure("shinkansen", T("新幹線の線路に係るもの", "serves Shinkansen lines"))
CONSOLIDATED = Figure("special_consolidated", T("特別積合せ貨物運送をする", "is a special consolidated carrier"))
DISTANCE = Figure("distance_share", T("走行距離の割合（前事業年度）", "share of the distance (previous fiscal year)"),
    Unit.SHARE)
VOLUME = Figure("cargo_volume_share", T("貨物量の割合（前年度）", "share of the cargo carried (previous year)"),
    Unit.SHARE)
VEHICLE_SHARE = Figure("vehicle_share", T("車両数の割合", "share of the vehicles"), Unit.SHARE)
EVERYWHERE = Figure("office_in_every_prefecture", T("全ての都道府県に営業所がある",
    "has an office in every prefecture"))
VEHICLES = Figure("vehicles", T("事業用自動車の数", "business vehicles"), Unit.COUNT)
NATIONWIDE = Figure("nationwide_carriage", T("前事業年度に全国への運送をした",
    "carried to the whole country in the previous fiscal year"))
VESSELS = Figure("vessel_share", T("運航船舶の割合", "share of the vessels operated"), Unit.SHARE)
CONTAINERS = Figure("containers_per_year", T("特定港湾のターミナルで取り扱うコンテナ（三年平均）",
    "containers at a terminal in a specified port (three-year average)"), Unit.COUNT)
INTERNATIONAL = Figure("international_flight_share", T("国際定期便の割合（前事業年度）",
    "share of international scheduled flights (previous fiscal year)"), Unit.SHARE)
DOMESTIC = Figure("domestic_flight_share", T("国内定期便の割合（前事業年度）",
    "share of domestic scheduled flights (previous fiscal year)"), Unit.SHARE)
PASSENGERS = Figure("passengers_fy2019", T("2019年度の旅客数", "passengers in fiscal 2019"), Unit.COUNT)
NOT_MINISTER = Figure("not_the_minister", T("国土交通大臣以外が管理する主要な空港",
    "main airport run by another than the minister"))
DISPATCH = Figure("dispatch_or_cargo_lookup", T("配車・運行計画又は貨物の照会のいずれかの機能",
    "has either dispatch and route planning or cargo information look-up"))
FOUR = Figure("four_functions", T("四つの機能（計画、位置・貨物状況、運転指示、運賃請求）を一つで備える",
    "one system with four functions: planning, location and cargo status, driving instructions, fare billing"))
THREE = Figure("three_functions", T("積付け計画、ヤード計画、ヤード管理を全て備える",
    "has all of loading planning, yard planning and yard management"))

RAIL = Sector(
    "rail", "SEC05_RAIL", T("鉄道", "railways"), art("50(1)(v)")[0], START, _BY_MLIT,
    (Business("class_1_railway", T("第一種鉄道事業", "class 1 railway"),
        (Criterion(T("営業キロの合計1,000km以上", "total operating length of 1,000 km or more"), at_least(KM, 1000)),),
        (Facility("interlocking_control", T("運転指令所の連動装置の遠隔制御装置（新幹線のみ）",
            "remote control of interlocking at the operation control centre (Shinkansen only)"),
            (T("制御情報を作るサーバー", "server making control information"),
                T("それを伝える電気通信回線", "telecom line carrying it"), _OS, _PROGRAM), Holds(SHINKANSEN)),)),),
    ("order", "mlit"))

TRUCKING = Sector(
    "trucking", "SEC06_TRUCKING", T("貨物自動車運送", "trucking"), art("50(1)(vi)")[0], START, _BY_MLIT,
    (Business("general_trucking", T("一般貨物自動車運送事業", "general motor truck transport"),
        (
            Criterion(T("特別積合せ貨物運送で、走行距離・貨物量・車両数が各5%以上、全都道府県に営業所",
                "special consolidated carriers with 5% or more of the distance, of the volume and of the vehicles, "
                "and an office in every prefecture"),
                AllOf(Holds(CONSOLIDATED), at_least(DISTANCE, "0.05"), at_least(VOLUME, "0.05"),
                    at_least(VEHICLE_SHARE, "0.05"), Holds(EVERYWHERE)),
                until=TRUCK_OLD, sources=("mlit", "mlit_2023")),
            Criterion(T("事業用自動車5,000台以上で、前事業年度に全国への運送をした",
                "5,000 or more business vehicles and carriage to the whole country in the previous fiscal year"),
                AllOf(at_least(VEHICLES, 5000), Holds(NATIONWIDE)), since=TRUCK_DAY, sources=("mlit",)),
        ),
        (
            Facility("trucking_system_2023", T("運送管理の情報システム（四機能を一体で備えるもの）",
                "transport management system having four functions at once"), (_SERVER, _PROGRAM), Holds(FOUR),
                until=TRUCK_OLD),
            Facility("trucking_system", T("配車・運行計画又は貨物照会の情報システム",
                "information system with dispatch/route planning or cargo look-up"), (_SERVER, _PROGRAM),
                Holds(DISPATCH), since=TRUCK_DAY),
        )),),
    ("order", "mlit", "mlit_2023"))

OCEAN = Sector(
    "ocean_cargo", "SEC07_OCEAN_CARGO", T("外航貨物", "ocean cargo"), art("50(1)(vii)")[0], START, _BY_MLIT,
    tuple(
        Business(id, name,
            (Criterion(T("前年の貨物量の10%以上、かつ運航船舶の10%以上",
                "10% or more of all cargo carried in the previous year and 10% or more of all vessels operated"),
                AllOf(at_least(VOLUME, "0.10"), at_least(VESSELS, "0.10"))),),
            (Facility("stowage_planning", T("積付け計画の情報システム", "stowage planning information system"),
                (_SERVER, SOFTWARE)),))
        for id, name in (
            ("liner", T("貨物定期航路事業", "liner cargo service")),
            ("tramp", T("不定期航路事業（主に本邦と外国の間）", "tramp service, mainly between Japan and abroad")))),
    ("order", "mlit"))

PORT = Sector(
    "port", "SEC08_PORT", T("港湾運送", "port transport"), art("50(1)(viii)")[0].inserted(PORT_DAY), PORT_DAY,
    (Competence(MLIT, "mlit", PORT_DAY),),
    (Business("general_port_transport", T("一般港湾運送事業", "general port transport"),
        (Criterion(T("特定港湾のコンテナターミナルで三年平均年80万個以上を取り扱う",
            "handles containers at a terminal in a specified port (three-year average of 800,000 a year or more)"),
            at_least(CONTAINERS, 800_000)),),
        (Facility("terminal_system", T("ターミナルオペレーションの情報システム",
            "terminal operation information system"),
            (_SERVER, SOFTWARE), Holds(THREE)),)),),
    ("order", "mlit", "diff_2025"))

AIR = Sector(
    "air", "SEC09_AIR", T("航空", "air transport"), art("50(1)(viii)")[0].since(PORT_DAY, "50(1)(ix)"), START, _BY_MLIT,
    tuple(
        Business(id, name,
            (Criterion(T("特定本邦航空運送事業者で、前事業年度の国際又は国内定期便の25%以上",
                "25% or more of international or of domestic scheduled flights of all such carriers in the previous "
                "fiscal year"), AnyOf(at_least(INTERNATIONAL, "0.25"), at_least(DOMESTIC, "0.25"))),),
            (Facility("flight_planning", T("飛行計画の情報システム", "flight plan information system"),
                (_SERVER, _OS, _PROGRAM)),))
        for id, name in (
            ("international_air", T("国際航空運送事業", "international air transport")),
            ("domestic_air", T("国内定期航空運送事業", "domestic scheduled air transport")))),
    ("order", "mlit"))

AIRPORT = Sector(
    "airport", "SEC10_AIRPORT", T("空港", "airports"), art("50(1)(ix)")[0].since(PORT_DAY, "50(1)(x)"), START, _BY_MLIT,
    tuple(
        Business(id, name,
            (Criterion(T("2019年度の旅客1,000万人以上の主要空港（大臣管理を除く）",
                "operator (other than the minister) at a main airport with 10 million or more passengers in FY2019"),
                AllOf(at_least(PASSENGERS, 10_000_000), Holds(NOT_MINISTER))),),
            (Facility("airfield_lights", T("航空灯火の光度の制御装置（定電流調整部）",
                "airfield light intensity control device (current regulating part)"),
                (T("基板", "board"), T("表示装置", "display device"), T("操作装置", "operating device"), SOFTWARE)),))
        for id, name in (
            ("airport_operation", T("空港の設置及び管理", "setting up and running an airport")),
            ("airport_concession", T("空港に係る公共施設等運営事業", "airport concession")))),
    ("order", "mlit"))

SECTORS = (RAIL, TRUCKING, OCEAN, PORT, AIR, AIRPORT)
