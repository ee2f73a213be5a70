"""The points of both Houses' resolutions: those of the facts, and those an office enters with their source."""

from datetime import date

from general_facts import load

from kaname.regimes.general.catalogue.resolutions import COLUMNS, POINTS, RESOLUTIONS, Status, read_points, watch

HEAD = ",".join(COLUMNS)


def test_the_points_are_those_of_the_facts():
    facts = {w["id"]: w for w in load("ch3_infrastructure")["amendments"]["policy_watch_items"]}
    reviews = {"W_REVIEW"}  # a clause of the Act, no point of a resolution
    assert {p.id for p in POINTS} == set(facts) - reviews
    by_id = {r.id: r for r in RESOLUTIONS}
    for point in POINTS:
        resolution, fact = by_id[point.resolution], facts[point.id]
        assert fact["house"] == f"{resolution.committee.ja} {resolution.on}"
        assert (point.status is Status.ENACTED) == fact["status"].startswith("enacted")


def test_a_status_holds_from_its_day_on():
    states = {w.point.id: w.status for w in watch(date(2024, 6, 4))}
    assert (len(states), set(states.values())) == (9, {Status.OPEN})
    assert {w.point.id for w in watch(date(2026, 11, 23)) if w.status is Status.ENACTED} == {"W_HR_1", "W_HC_2"}
    assert watch(date(2024, 4, 4)) == ()


def test_an_office_enters_what_it_has_read_with_its_source():
    line = "衆議院内閣委員会,2022-04-06,経済安全保障推進法案,運用に当たり,open,,議案審査情報"
    rows, faults = read_points(f"\ufeff{HEAD}\n{line}\n")
    assert faults == ()
    told = watch(date(2026, 11, 23), rows)
    assert (len(told), told[-1].point.entered, told[-1].point.source.ja) == (10, True, "議案審査情報")


def test_each_fault_names_line_column_and_what_was_expected():
    rows, faults = read_points(f"{HEAD}\nA,2022-04-06,x,y,open,,\nA,yesterday,x,y,opn,,s\n")
    assert rows == ()
    assert [(f.line, f.column) for f in faults] == [(2, "source"), (3, "on"), (3, "status")]
    assert "2024-04-05" in faults[1].text.en


def test_a_file_without_its_columns_is_refused():
    rows, faults = read_points("a,b\n1,2\n")
    assert (rows, faults[0].line) == ((), 1)
    assert HEAD in faults[0].text.ja
