"""A chain of stages and providers: what has no second source, what that stops, and what shares leave open."""

import shutil

import pytest

from kaname.assess.network.chain_measures import compared, lose_with, measures_of
from kaname.assess.network.chips import COLUMNS, lose, read_folder
from kaname.files.problems import BadInput
from shock_data import DATA, real

FOLDER = DATA / "supply_network/eto_chip"
# Invented: a lamp of glass and wire; wire of two kinds; glass of one country, each kind of wire of another.
TABLES = {
    "inputs": "G,Glass,material,S1\nW,Wire,material,S1\nW1,Thin wire,material,S1\nW2,Thick wire,material,S1\n"
    "L,Lamp,ultimate,S2",
    "providers": "P1,AAA,country,\nP2,BBB,country,\nP3,CCC,country,\nF1,Alpha,organization,AAA\n"
    "F2,Alef,organization,AAA\nF3,Beta,organization,BBB\nF4,Gamma,organization,CCC",
    "provision": "P1,G,100%,\nF1,G,,\nF2,G,,\nP2,W1,90%,\nP3,W1,10%,negligible\nF3,W1,,\nF4,W2,,\nF1,W2,,negligible",
    "sequence": "G,L,\nW,L,\nW1,,W\nW2,,W",
    "stages": "S1,Making\nS2,Mounting",
}


@pytest.fixture
def folder(tmp_path):
    for table, text in TABLES.items():
        (tmp_path / f"{table}.csv").write_text(",".join(COLUMNS[table]) + "\n" + text + "\n")
    return tmp_path


def by_name(outcome):
    return {outcome.chain.called(one.input): one for one in outcome.losses}


def test_what_only_one_country_makes_has_no_second_source_and_stops_what_needs_it(folder):
    found = lose(read_folder(str(folder)), ["AAA"])
    losses = by_name(found)
    assert losses["Glass"].alone and losses["Glass"].low == losses["Glass"].high == 1.0
    assert losses["Lamp"].stopped and [found.chain.called(one) for one in found.path("L")] == ["Glass", "Lamp"]
    assert not losses["Thick wire"].alone and losses["Thick wire"].left == ("Gamma",)


def test_a_firm_takes_between_nothing_and_its_countrys_share(folder):
    losses = by_name(lose(read_folder(str(folder)), ["Alpha"]))
    assert (losses["Glass"].low, losses["Glass"].high, losses["Glass"].alone) == (0.0, 1.0, False)
    both = by_name(lose(read_folder(str(folder)), ["Alpha", "F2"]))
    assert both["Glass"].low == 1.0 and both["Glass"].alone  # every firm of the country that counts is gone


def test_an_input_of_several_kinds_stops_when_all_of_them_do(folder):
    chain = read_folder(str(folder))
    one = by_name(lose(chain, ["BBB"]))
    assert one["Thin wire"].left == ("CCC",) and "Lamp" not in one
    assert by_name(lose(chain, ["BBB"], least=0.1))["Thin wire"].alone  # a tenth is no second source then
    all_ = by_name(lose(chain, ["BBB", "CCC"]))
    assert all_["Thin wire"].alone and all_["Thick wire"].alone and all_["Wire"].stopped and all_["Lamp"].stopped
    assert all_["Thick wire"].small == ("Alpha",)  # negligible: no source


@pytest.mark.parametrize(("table", "old", "new", "said"), [
    ("provision", "100%", "much", "provision.csv:2: share_provided: 'much'"), ("sequence", "G,L", "G,X", "'X'"),
    ("provision", "P1,G", "P9,G", "'P9'"), ("stages", "stage_name", "name", "expected stage_id, stage_name"),
])  # fmt: skip
def test_bad_tables_are_refused_by_line(folder, table, old, new, said):
    path = folder / f"{table}.csv"
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(BadInput) as refused:
        read_folder(str(folder))
    assert said in "\n".join(refused.value.lines("en"))


def test_an_unknown_name_is_refused_with_those_there_are(folder):
    with pytest.raises(BadInput, match="AAA, BBB, CCC"):
        lose(read_folder(str(folder)), ["Atlantis"])


@real
def test_the_published_chain_of_advanced_chips():
    chain = read_folder(str(FOLDER))
    dutch = by_name(lose(chain, ["NLD"]))
    assert [name for name, one in dutch.items() if one.alone] == ["EUV scanners"]
    assert dutch["ArF immersion scanners"].high == pytest.approx(0.91)
    assert by_name(lose(chain, ["ASML"]))["EUV scanners"].alone
    japan = by_name(lose(chain, ["JPN"]))
    assert not any(one.alone for one in japan.values()) and japan["Resist processing tools"].high == pytest.approx(0.96)
    strict = lose(chain, ["JPN"], least=0.05)
    assert "Finished logic chip" in {chain.called(one.input) for one in strict.stopped}
    american = by_name(lose(chain, ["USA"]))
    assert american["Logic chip design: Discrete GPUs"].alone


@real
def test_a_folder_without_one_of_the_tables_is_refused(tmp_path):
    for table in list(COLUMNS)[:-1]:
        shutil.copy(FOLDER / f"{table}.csv", tmp_path)
    with pytest.raises(BadInput, match="stages"):
        read_folder(str(tmp_path))


def with_(folder, lost, *lines, **more):
    chain = read_folder(str(folder))
    return by_name(lose_with(chain, lost, measures_of(chain, lines), **more))


def test_a_second_source_keeps_what_needs_it_going(folder):
    plain = by_name(lose(read_folder(str(folder)), ["AAA"]))
    found = with_(folder, ["AAA"], "source Glass 0.3")
    assert plain["Lamp"].stopped and "Lamp" not in found
    assert (found["Glass"].alone, found["Glass"].low, found["Glass"].high) == (False, 0.7, 0.7)
    small = with_(folder, ["AAA"], "source Glass 0.3", least=0.4)
    assert small["Glass"].alone and small["Lamp"].stopped  # no second source, as a country of that share is none
    whole = with_(folder, ["AAA"], "source S1 0.3")
    assert not whole["Glass"].alone, "of a stage: of all its inputs"


def test_a_stock_bridges_the_days_it_lasts(folder):
    found = with_(folder, ["AAA"], "stock Glass 30", outage=60)
    assert found["Glass"].high == 0.5 and found["Lamp"].stopped  # on average over the days; then there is none left
    all_ = with_(folder, ["AAA"], "stock Glass 60", outage=60)
    assert all_["Glass"].alone and not all_["Glass"].stopped and all_["Glass"].high == 0.0 and "Lamp" not in all_
    behind = with_(folder, ["BBB", "CCC"], "stock Wire 60", outage=60)
    assert behind["Thin wire"].alone and "Wire" not in behind and "Lamp" not in behind  # made of what stops


def test_capacity_counts_of_those_who_are_left_by_their_share(folder):
    found = with_(folder, ["BBB"], 'capacity "Thin wire" CCC 1')
    assert found["Thin wire"].low == found["Thin wire"].high == pytest.approx(0.8)  # a tenth is made twice
    gone = with_(folder, ["BBB"], 'capacity "Thin wire" BBB 1')
    assert gone["Thin wire"].high == pytest.approx(0.9)
    firm = with_(folder, ["BBB"], "capacity Glass Alpha 1")
    assert "Glass" not in firm
    half = with_(folder, ["Alef"], "capacity Glass Alpha 0.5")["Glass"]
    assert (half.low, half.high) == (0.0, 1.0)  # between nothing and half of its country's share, on top


def test_measures_never_harm_and_none_change_nothing(folder):
    chain = read_folder(str(folder))
    plain = lose(chain, ["AAA", "CCC"])
    assert lose_with(chain, ["AAA", "CCC"], ()).losses == plain.losses
    lines = ["source Glass 0.2", "stock Wire 9", 'capacity "Thin wire" BBB 0.1', "source W2 0.5", "stock S1 40"]
    for count in range(1, len(lines) + 1):
        after = lose_with(chain, ["AAA", "CCC"], measures_of(chain, lines[:count]))
        assert {one.input for one in after.stopped} <= {one.input for one in plain.stopped}
        was = {one.input: one for one in plain.losses}
        assert all((one.high or 0) <= (was[one.input].high or 1) for one in after.losses)
        assert {one.input for one in compared(plain, after)} <= set(was)
        plain = after


@pytest.mark.parametrize(("line", "said"), [
    ("pray Glass 1", "expected `stock INPUT DAYS`"), ("stock Glass", "expected `stock INPUT DAYS`"),
    ("stock Moon 1", "no input or stage"), ("source Glass 1.5", "expected a number from 0 to 1"),
    ("source Glass 0_1", "expected a number from 0 to 1"),
    ("stock Glass nan", "expected a number from 0 to 3650"), ("capacity Glass CCC 1", "does not provide this input"),
    ("capacity Glass AAA inf", "expected a number from 0 to 1"),
])  # fmt: skip
def test_measures_that_mean_nothing_are_refused(folder, line, said):
    with pytest.raises(BadInput) as refused:
        measures_of(read_folder(str(folder)), ["", line])
    assert (refused.value.problems[0].line, said in refused.value.problems[0].text.en) == (2, True)
