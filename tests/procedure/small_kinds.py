"""A small invented law for tests of the kernel: a permit with a standstill, a recommendation, sharers, yearly reports.

Every element of the kernel appears once; nothing here is law in force anywhere.
"""

from datetime import date

from kaname.days import days_n, months
from kaname.law import Law, Practice, Silence, T
from kaname.procedure.declare import (
    COUNTED,
    Act,
    Ban,
    CaseKind,
    Clock,
    Consequence,
    Count,
    Duty,
    Extend,
    Field,
    FieldType,
    Force,
    Kind,
    NoPenalty,
    Option,
    Procedure,
    Reading,
    Role,
    act_day,
    condition,
    day_rule,
    done,
    end,
    end_of,
    enters,
    go,
    keep,
    opens,
    receipt,
    received,
    stay,
)

# fmt: off

LAW = Law("small", "小法", "Small Act", "小さな法律", "Small Act (invented)")

APPLICANT = Role("applicant", T("申請者", "applicant"))
MINISTER = Role("minister", T("主務大臣", "competent minister"))
SHARER = Role("sharer", T("共有者", "sharing operator"), own_run=("operator",))

# -- what is asked ------------------------------------------------------------------------------------------------

NAME = Field("name", T("名称", "name"), FieldType.TEXT, LAW("2(1)(i)"), required=True)
SIZE = Field(
    "size", T("規模", "size"), FieldType.CHOICE, LAW("2(1)(ii)"), required=True,
    options=(
        Option("small", T("小", "small"), LAW("2(2)")), Option("large", T("大", "large"), LAW("2(2)")),
        Option("huge", T("特大", "huge"), LAW("2(3)"), since=date(2026, 4, 1)),
    ),
)
MONEY = Field("money", T("所要資金", "funds needed"), FieldType.YEN, LAW("2(1)(iii)"), sealed=True)
ENDS_ON = Field("ends_on", T("終期", "last day"), FieldType.DAY, LAW("3(2)"), required=True)
SOUND = Field("sound", T("適正", "sound"), FieldType.FLAG, LAW("4(1)"), finding=True)
KEEPER = Field("keeper", T("取扱者", "person in charge"), FieldType.PERSON, LAW("8(1)"), required=True)
PARTS = Field(
    "parts", T("部品", "parts"), FieldType.ROWS, LAW("2(1)(iv)"), several=True,
    columns=(
        Field("part", T("部品名", "part"), FieldType.TEXT, required=True),
        Field("count", T("個数", "count"), FieldType.INTEGER),
    ),
)

# -- conditions ---------------------------------------------------------------------------------------------------


@condition(T("規模が大と記す", "the size given is large"), T("規模が大でない", "the size is not large"), LAW("2(2)"))
def says_large(view):
    size = view.given("size")
    return None if size is None else size == "large"


@condition(T("規模が大である", "the size is large"), T("規模が大でない", "the size is not large"), LAW("2(2)"))
def is_large(view):
    return view.fact("permit.size") == "large"


@condition(T("勧告を受けた者であること", "it was recommended"), T("勧告がない", "not recommended"), LAW("5(1)"))
def was_recommended(view):
    return view.done("recommend") is not None


@condition(T("適正であること", "it is sound"), T("適正が未記入", "soundness is not filled in"), LAW("4(1)"), question=1)
def is_sound(view):
    return view.given("sound")


@condition(T("回答期限が先に来ないこと", "the answer is not due first"), T("先に延長せよ", "extend first"), LAW("3(2)"))
def room_to_answer(view):
    running = view.clock("standstill")
    return True if running is None or running.last_day is None else running.last_day > view.on


# -- procedures ---------------------------------------------------------------------------------------------------

MONEY_IF = Field("guarantee", T("保証書", "guarantee"), FieldType.DOCUMENT, LAW("2(3)"), required=says_large)

permit = Procedure(
    "permit", T("許可", "permit"), LAW("2"),
    states={
        "filed": T("審査中", "under review"), "recommended": T("勧告中", "recommended"),
        "refused": T("拒否", "refused"),
        "silent": T("無回答", "no answer"), "accepted": T("受諾", "accepted"), "cleared": end(T("着手可", "cleared")),
        "ordered": end(T("命令", "ordered")), "withdrawn": end(T("取下げ", "withdrawn")),
    },
    clocks=(
        Clock("standstill", T("待機期間", "standstill"), Kind.STANDSTILL, LAW("3(1)"),
              (Count(days_n(30), act_day, COUNTED),)),
        Clock("reply", T("回答期限", "answer"), Kind.FILING, LAW("5(2)"), 
              (Count(days_n(10), received, COUNTED),), reading=Reading(1, T("翌日起算", "from the next day"), 1)),
        Clock("notify_soon", T("通知", "notice"), Kind.AGENCY_DUTY, LAW("4(2)"), force=Force.WITHOUT_DELAY),
    ),
    acts=(
        Act("apply", T("申請", "apply"), APPLICANT, LAW("2(1)"), opens("filed"),
            fields=(NAME, SIZE, MONEY, MONEY_IF, PARTS), starts=("standstill", "notify_soon"), keeps=(keep("size"),),
            aliases=("FILE_1",)),
        Act("acknowledge", T("受理の通知", "acknowledge"), MINISTER, (*LAW("4(2)"), Practice("受理票", "slip")),
            stay("filed"), meets=("notify_soon",)),
        Act("extend", T("期間の延長", "extend"), MINISTER, LAW("3(2)"), stay("filed", "recommended"), fields=(ENDS_ON,),
            extends=(Extend("standstill", months(4), LAW("3(2)"), counted_from="start"),), conditions=(is_large,)),
        Act("recommend", T("勧告", "recommend"), MINISTER, LAW("5(1)"), go("recommended", "filed"), fields=(SOUND,),
            conditions=(is_sound,), advice=(room_to_answer,), stops=("notify_soon",), received=True),
        Act("accept", T("受諾の回答", "accept"), APPLICANT, LAW("5(2)"), go("accepted", "recommended"),
            meets=("reply",)),
        Act("refuse", T("拒否の回答", "refuse"), APPLICANT, LAW("5(2)"), go("refused", "recommended"),
            meets=("reply",)),
        Act("order", T("命令", "order"), MINISTER, LAW("6(1)"), go("ordered", "refused", "silent"),
            conditions=(was_recommended,), received=True),
        Act("withdraw", T("取下げ", "withdraw"), APPLICANT, LAW("7"), go("withdrawn", "filed", "recommended"),
            question=2),
        Act("begin", T("着手", "begin"), APPLICANT, LAW("3(1)"), deed=True, penalty="P94",
            moves=stay("filed", "recommended", "refused", "silent", "accepted", "cleared", "ordered")),
    ),
    consequences=(
        Consequence("answer_runs", T("回答期間の開始", "time to answer runs"), LAW("5(2)"),
                    upon=(receipt("recommend"),), moves=stay("recommended"), starts=("reply",)),
        Consequence("no_answer", T("回答なし", "no answer in time"), LAW("5(3)"), upon=(end_of("reply"),),
                    moves=go("silent", "recommended")),
        Consequence("free", T("待機の終了", "standstill over"), LAW("3(1)"), upon=(end_of("standstill"),),
                    moves=go("cleared", "filed", "accepted"), stops=("reply", "notify_soon")),
        Consequence("stays_closed", T("勧告後は着手不可", "stays closed"), (Silence(2, "仮定", "assumed"),),
                    upon=(end_of("standstill"),), moves=stay("recommended", "refused", "silent")),
    ),
    duties=(
        Duty("answer", T("回答義務", "duty to answer"), LAW("5(2)"), APPLICANT,
             NoPenalty(T("命令で足りる", "the order")), to=MINISTER, clock="reply",
             done=(done("accept"), done("refuse"))),
        Duty("notify", T("通知の努力", "duty to notify"), LAW("4(2)"), MINISTER,
             NoPenalty(T("努力義務", "effort only")), clock="notify_soon", effort=True),
        Duty("secrecy", T("秘密保持", "secrecy"), LAW("8(1)"), SHARER, "P94", arises=(done("sharing.join"),),
             person="keeper", lasts=True),
    ),
    bans=(
        Ban("no_start", T("着手の禁止", "no start"), LAW("3(1)"), APPLICANT,
            ("filed", "recommended", "refused", "silent"), covers=("begin",), penalty="P94", ends_with=("standstill",)),
    ),
)

sharing = Procedure(
    "sharing", T("共有", "sharing"), LAW("8"), per=("operator",),
    states={"open": T("共有中", "shared"), "closed": end(T("終了", "closed"))},
    acts=(
        Act("join", T("共有の開始", "join"), SHARER, LAW("8(1)"), opens("open"), fields=(KEEPER,)),
        Act("leave", T("共有の終了", "leave"), SHARER, LAW("8(2)"), go("closed", "open")),
    ),
    consequences=(
        Consequence("all_over", T("共有の全部終了", "all sharing ends"), LAW("8(3)"),
                    upon=(enters("permit.withdrawn"),), moves=go("closed", "open"), every_run=True),
    ),
    duties=(
        Duty("own_care", T("管理義務", "duty of care"), LAW("8(2)"), SHARER, NoPenalty(T("民事のみ", "civil only")),
             states=("open",), key_part="operator"),
    ),
)


def years(view, after, upto):
    """1 April of each year."""
    for year in range(after.year, upto.year + 1):
        if after < date(year, 4, 1) <= upto:
            yield date(year, 4, 1), (str(year),)


@day_rule(T("報告期間の初日", "the first day of the period"))
def opened(view):
    return view.since("report")


report = Procedure(
    "report", T("定期の報告", "yearly report"), LAW("9"), per=("year",), recurs=years, start="due",
    states={"due": T("報告期間中", "due"), "overdue": T("徒過", "overdue"), "reported": end(T("報告済", "reported"))},
    clocks=(
        Clock("report_due", T("三月以内", "three months"), Kind.FILING, LAW("9(1)"), (Count(months(3), opened),),
              force=Force.IN_PRINCIPLE),
    ),
    acts=(
        Act("submit", T("報告", "report"), APPLICANT, LAW("9(1)"), go("reported", "due", "overdue"),
            meets=("report_due",)),
        Act("submit_brief", T("簡易報告", "brief report"), APPLICANT, LAW("9(2)"), go("reported", "due"),
            meets=("report_due",), since=date(2026, 4, 1), until=date(2026, 12, 31)),
    ),
    consequences=(
        Consequence("begins", T("報告期間の開始", "the period opens"), LAW("9(1)"), upon=(enters("due"),),
                    moves=stay("due"), starts=("report_due",)),
        Consequence("late", T("期限の経過", "overdue"), LAW("9(1)"), upon=(end_of("report_due"),),
                    moves=go("overdue", "due")),
    ),
    duties=(
        Duty("yearly", T("定期報告の義務", "duty to report"), LAW("9(1)"), APPLICANT, "PEN-96-7", clock="report_due"),
    ),
)

PERMIT = CaseKind(
    "small.permit", "small", T("許可の事件", "permit case"), date(2024, 5, 1), (permit, sharing, report),
    notes={1: T("初日の算入", "first day"), 2: T("取下げの可否", "withdrawal")},
)
