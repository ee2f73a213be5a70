"""What Chapter 3 asked of the kernel: runs that need a name, procedures that exclude each other, bans before anything
has begun, reasons that tell the days of the case, the acts that open a case.
"""

from dataclasses import replace
from datetime import date

from kaname.law import Law, T
from kaname.procedure import Accepted, Entry, Refused, decide, fold, may
from kaname.procedure.check import check
from kaname.procedure.declare import Act, Ban, CaseKind, Procedure, Role, condition, end, opens
from kaname.procedure.show import bans

LAW = Law("made_up", "試", "Made Up Act", "試験法", "Made Up Act")
OWNER = Role("owner", T("所有者", "owner"))
DAY = date(2025, 6, 2)


@condition(
    T("月曜日でないこと", "not a Monday"), T("月曜日である", "a Monday"), LAW("1"),
    tells=lambda view: T(f"{view.on} は月曜日である", f"{view.on} is a Monday"),
)  # fmt: skip
def not_monday(view):
    return view.on.weekday() != 0


OPEN = dict(open=T("開始", "open"), closed=end(T("終了", "closed")))
HOUSE = Procedure(
    "house", T("家", "house"), LAW("2"), OPEN, excludes=("boat",),
    acts=(
        Act("build", T("建てる", "build"), OWNER, LAW("2"), opens("open"), conditions=(not_monday,)),
        Act("move_in", T("入居する", "move in"), OWNER, LAW("2"), (*opens("closed"), ("open", "closed")), deed=True),
    ),
    bans=(Ban("unbuilt", T("未完成の入居", "moving in too early"), LAW("3"), OWNER, ("",), ("move_in",), "PEN-94-1"),),
)  # fmt: skip
BOAT = Procedure(
    "boat", T("船", "boat"), LAW("4"), OPEN, excludes=("house",),
    acts=(Act("launch", T("進水する", "launch"), OWNER, LAW("4"), (*opens("open"), ("open", "closed"))),),
)  # fmt: skip
ROOM = Procedure(
    "room", T("部屋", "room"), LAW("5"), OPEN, per=("room",), named=True,
    acts=(Act("furnish", T("家具を置く", "furnish"), OWNER, LAW("5"), (*opens("open"), ("open", "closed"))),),
)  # fmt: skip
HOME = CaseKind("home", "home", T("住まい", "home"), DAY, (HOUSE, BOAT, ROOM), opened_by=("house.build", "boat.launch"))
TUESDAY = date(2025, 6, 3)


def answer(name, on=TUESDAY, before=(), **entry):
    return decide(fold(HOME, before, on), Entry(name, on, **entry))


def test_the_declaration_is_sound():
    assert check(HOME) == ()


def test_a_reason_tells_the_days_of_the_case():
    refused = answer("house.build", DAY)
    assert isinstance(refused, Refused)
    assert [(r.text.ja, r.text.en) for r in refused.reasons] == [
        ("2025-06-02 は月曜日である", "2025-06-02 is a Monday")
    ]


def test_a_named_run_has_a_name_in_fold_and_decide():
    refused = answer("room.furnish")
    assert isinstance(refused, Refused) and [r.code for r in refused.reasons] == ["run"]
    assert isinstance(answer("room.furnish", run="kitchen"), Accepted)
    assert [n.kind for n in fold(HOME, [Entry("room.furnish", DAY, seq=1)], DAY).notes] == ["irregular"]


def test_procedures_that_exclude_each_other():
    built = [Entry("house.build", TUESDAY, seq=1)]
    refused = answer("boat.launch", before=built)
    assert isinstance(refused, Refused) and "a case of its own" in refused.reasons[0].text.en
    both = fold(HOME, [*built, Entry("boat.launch", TUESDAY, seq=2)], TUESDAY)
    assert [n.kind for n in both.notes] == ["irregular"]
    assert both.state("boat") == ""
    assert isinstance(answer("boat.launch"), Accepted)


def test_a_ban_binds_before_anything_has_begun():
    refused = answer("house.move_in")
    assert isinstance(refused, Refused) and [r.code for r in refused.reasons] == ["ban"]
    assert isinstance(answer("house.move_in", before=[Entry("house.build", TUESDAY, seq=1)]), Accepted)
    assert [n.kind for n in fold(HOME, [Entry("house.move_in", TUESDAY, seq=1)], TUESDAY).notes] == ["breach"]
    assert bans(fold(HOME, (), TUESDAY)) == [], "what has not begun has no row of its own"
    assert [m.ready for m in may(fold(HOME, (), TUESDAY)) if m.of.act.id == "move_in"] == [False]


def test_misspelt_names_are_found():
    wrong = replace(HOME, opened_by=("house.bild",), procedures=(replace(HOUSE, excludes=("bout",)), BOAT, ROOM))
    assert {(p.code, p.where) for p in check(wrong)} == {("unknown_act", "home"), ("unknown_procedure", "house")}
