"""Electricity, gas, oil, water (電気、ガス、石油、水道): Art. 50(1)(i)-(iv)."""

from datetime import date
from decimal import Decimal

from kaname.law import T
from kaname.law.laws import art
from kaname.regimes.infrastructure.catalogue.model import (
    EVERY,
    AllOf,
    Business,
    Competence,
    Criterion,
    Facility,
    Figure,
    Holds,
    Limit,
    Sector,
    Unit,
    above,
    at_least,
)

START = date(2023, 11, 1)  # Art. 50 in force
METI, MLIT, MHLW = (T("経済産業大臣", "Minister of Economy, Trade and Industry"),
    T("国土交通大臣", "Minister of Land, Infrastructure, Transport and Tourism"),
    T("厚生労働大臣", "Minister of Health, Labour and Welfare"))

SERVER, SOFTWARE = T("当該機能を有するサーバー", "servers with the function"), T(
    "アプリケーション・OSその他のソフトウェア", "applications, OS and other software")
CONTROLLER, PROCESSOR = T("制御用の監視制御装置", "monitoring controllers"), T(
    "制御のための演算処理装置", "processing unit for control")
_DISTURBS = T("損壊・悪用により設備の機能に直接支障が生ずるものに限る",
    "only those whose damage or misuse directly disturbs the facility's function")

OUTPUT = Figure("output_kw", T("発電所の出力（一般水準で最大のもの）", "output of the largest plant"), Unit.KW)
AGGREGATED = Figure("output_kw", T("集約する出力", "aggregated output"), Unit.KW)
CONTROLLED = Figure("controlled_output_kw", T("その装置が制御する出力（同時に設置・更新するものは合算）",
    "output controlled by the device (several installed or renewed together are summed)"), Unit.KW)
METERS = Figure("meters", T("ガスメーターの数", "gas meters"), Unit.COUNT)
CARRIED = Figure("m3_per_year", T("一般導管に接続する特定導管の年間託送量（自社一般導管相互の接続を除く）",
    "yearly carriage of specified pipes joined to a general pipeline (own general pipelines not counted)"),
        Unit.M3_YEAR)
GAS_OUTPUT = Figure("m3_per_hour", T("製造所の一時間当たりの能力", "capacity of the plant"), Unit.M3_HOUR)
DISTILS = Figure("owns_distillation_unit", T("常圧蒸留装置を有する精製業者である",
    "is a refiner owning crude distillation units"))
IMPORT_SHARE = Figure("import_share", T("石油ガス輸入の割合（五年平均）", "share of LPG imports (five-year average)"),
    Unit.SHARE)
NOT_FEEDSTOCK = Figure("not_only_feedstock", T("石油化学原料用のみの輸入でない",
    "imports not only for petrochemical feedstock"))
POPULATION = Figure("population", T("給水人口", "population served"), Unit.COUNT)
SUPPLY = Figure("m3_per_day", T("一日最大給水量", "maximum supply"), Unit.M3_DAY)
NOT_SMALL = Figure("not_small_supply", T("簡易水道事業でない", "is no small (簡易) water supply"))
LARGEST = Figure("within_95_percent", T("合計して全体の能力の95%に達するまでの大規模浄水場のもの",
    "serves the largest plants that together make up 95% of total capacity"))

_MONITOR = Facility("grid_control", T("送変電設備の集中監視制御装置",
    "central monitoring and control of transmission and substation equipment"), (SERVER, SOFTWARE))
_BALANCE = Facility("balancing", T("中央給電（需給の監視・調整）装置",
    "central supply-demand monitoring and balancing device"), (SERVER, SOFTWARE))


_EVERY = (Criterion(T("当該事業を営む全ての者", "every operator of the business"), EVERY),)

ELECTRICITY = Sector(
    "electricity", "SEC01_ELECTRICITY", T("電気", "electricity"), art("50(1)(i)")[0], START,
    (Competence(METI, "meti", START),),
    (
        Business("general_transmission", T("一般送配電事業", "general transmission and distribution"), _EVERY,
            (_BALANCE, _MONITOR)),
        Business("transmission", T("送電事業", "transmission"), _EVERY, (_MONITOR,)),
        Business("distribution", T("配電事業", "distribution"), _EVERY, (_BALANCE, _MONITOR)),
        Business("generation", T("発電事業", "generation"),
            (Criterion(T("出力50万kW以上の発電所を有する", "owns a power plant of 500 MW or more"),
                at_least(OUTPUT, 500_000)),),
            (Facility("output_control", T("出力の制御装置（50万kW以上）", "output control device (500 MW or more)"),
                (SERVER, T("ボイラー・タービン等の監視制御装置", "boiler, turbine and similar monitoring controllers"),
                    SOFTWARE), at_least(CONTROLLED, 500_000)),)),
        Business("aggregation", T("特定卸供給事業", "specified wholesale supply (aggregators)"),
            (Criterion(T("発電事業者以外から集約する出力50万kW以上",
                "aggregated output of 500 MW or more from non-generators"), at_least(AGGREGATED, 500_000)),),
            (Facility("aggregated_output_control", T("集約した出力の制御装置（50万kW以上）",
                "aggregated output control device (500 MW or more)"), (SERVER, SOFTWARE),
                at_least(CONTROLLED, 500_000)),)),
    ),
    ("order", "meti"), component_limit=_DISTURBS)

GAS = Sector(
    "gas", "SEC02_GAS", T("ガス", "gas"), art("50(1)(ii)")[0], START, (Competence(METI, "meti", START),),
    (
        Business("general_pipeline", T("一般ガス導管事業", "general gas pipeline service"),
            (Criterion(T("ガスメーター30万個以上", "300,000 or more gas meters"), at_least(METERS, 300_000)),),
            (Facility("pipeline_control", T("中圧以上の供給設備の集中監視制御装置",
                "central monitoring and control of medium-pressure and above supply equipment"), (SERVER, SOFTWARE)),)),
        Business("specified_pipeline", T("特定ガス導管事業", "specified gas pipeline service"),
            (Criterion(T("一般導管に接続する特定導管で年間10億立方メートル以上を託送する",
                "keeps a specified pipe joined to a general pipeline with 1 billion m3 or more yearly carriage"),
                at_least(CARRIED, 1_000_000_000)),),
            (Facility("specified_pipeline_control", T("特定導管の集中監視制御装置",
                "central monitoring and control of specified pipes"), (SERVER, SOFTWARE)),)),
        Business("manufacture", T("ガス製造事業", "gas manufacture"),
            (Criterion(T("毎時20万立方メートル以上の製造所を有する",
                "plant with capacity of 200,000 m3 per hour or more"),
                at_least(GAS_OUTPUT, 200_000)),),
            (Facility("lng_control", T("LNGの受入れ・貯蔵・送出の監視制御装置",
                "monitoring and control of LNG receiving, storage and send-out"),
                (SERVER, T("タンク・気化器等の監視制御装置", "tank and vaporiser controllers and similar"), SOFTWARE),
                at_least(GAS_OUTPUT, 200_000)),)),
    ),
    ("order", "meti"))

OIL = Sector(
    "oil", "SEC03_OIL", T("石油", "oil"), art("50(1)(iii)")[0], START, (Competence(METI, "meti", START),),
    (
        Business("refining", T("石油精製業", "oil refining"),
            (Criterion(T("常圧蒸留装置を有する精製業者", "refiner owning crude distillation units"), Holds(DISTILS)),),
            (Facility("distillation_control", T("蒸留装置の監視制御装置",
                "distillation unit monitoring and control device"),
                (PROCESSOR, SOFTWARE)),)),
        Business("lpg_import", T("石油ガス輸入業", "LPG import"),
            (Criterion(T("石油ガス輸入の五年平均の割合が100分の1以上（小数第3位を四捨五入）で、石油化学原料用のみでない",
                "five-year average import share of at least 1/100 (the ratio rounded at the third decimal), "
                "not only for petrochemical feedstock"),
                AllOf(Limit(IMPORT_SHARE, Decimal("0.01"), doubtful=Decimal("0.005")), Holds(NOT_FEEDSTOCK)),
                    note=310),),
            (Facility("lpg_control", T("石油ガスの受入れ・貯蔵・送出の監視制御装置",
                "LPG receiving, storage and send-out monitoring and control device"), (PROCESSOR, SOFTWARE)),)),
    ),
    ("order", "meti"))

WATER = Sector(
    "water", "SEC04_WATER", T("水道", "water"), art("50(1)(iv)")[0], START,
    (Competence(MHLW, "mhlw", START), Competence(MLIT, "mlit", date(2024, 4, 1))),
    tuple(
        Business(id, name, (criterion,), (Facility("purification_control",
            T("浄水工程を集中して監視・制御する情報システム",
                "information system centrally monitoring and controlling purification steps"),
            (T("サーバー（ハードウェア）", "server hardware"), T("OS", "OS"), T("ミドルウェア", "middleware"),
                T("アプリケーション", "application")), Holds(LARGEST)),))
        for id, name, criterion in (
            ("water_supply", T("水道事業（簡易水道を除く）", "water supply except small water supply"),
                Criterion(T("給水人口100万人超", "served population over 1 million"),
                    AllOf(above(POPULATION, 1_000_000), Holds(NOT_SMALL)))),
            ("bulk_water", T("水道用水供給事業", "bulk water supply"),
                Criterion(T("一日最大給水量50万立方メートル超", "maximum supply over 500,000 m3 per day"),
                    above(SUPPLY, 500_000)))))
    , ("order", "mlit", "mhlw_2023"))

SECTORS = (ELECTRICITY, GAS, OIL, WATER)
