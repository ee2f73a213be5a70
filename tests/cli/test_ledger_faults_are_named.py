"""Every fault of a ledger is named by file, line and field, with what was expected; the status is 2."""

import re

import pytest
from quarry_kind import ASKED

GOOD = '{"act": "licence.ask", "on": "2026-05-01", "data": {"stone": "slate"}}'
A = '{"act": "licence.answer", "on": "2026-05-01"'
ASK = '{"act": "licence.ask", "on": "2026-05-01", "data": {'
JOIN = '{"act": "partners.join", "on": "2026-05-01"'
FAULTS = {
    "misspelt act": ('{"act": "licence.aks", "on": "2026-05-01"}', "act", "licence.ask"),
    "unknown act": ('{"act": "zzz", "on": "2026-05-01"}', "act", "licence.answer"),
    "no act": ('{"on": "2026-05-01"}', "act", "missing"),
    "no day": ('{"act": "licence.ask", "data": {"stone": "slate"}}', "on", "missing"),
    "no such day": ('{"act": "licence.answer", "on": "2026-02-30"}', "on", "no day of the calendar"),
    "week date": ('{"act": "licence.answer", "on": "2026-W01-1"}', "on", "no day of the calendar"),
    "day as number": ('{"act": "licence.answer", "on": 20260501}', "on", "a day such as"),
    "day beyond the calendar": ('{"act": "licence.answer", "on": "2100-01-01"}', "on", "2089-12-31"),
    "name twice": (A + ', "on": "2026-05-02"}', "on", "once"),
    "name twice in data": (ASK + '"tons": 1, "tons": 2}}', "tons", "once"),
    "not a number": (ASK + '"tons": NaN}}', "NaN", "finite"),
    "infinite": (ASK + '"tons": 1e999}}', "1e999", "finite"),
    "endless number": (ASK + '"tons": ' + "9" * 5000 + "}}", "line", "digits"),
    "nested": ('{"data": ' + '{"a":' * 90 + "1" + "}" * 91, "line", "64 levels"),
    "nested beyond the reader": ("[" * 100_000, "line", "64 levels"),
    "unknown name": (A + ', "when": 1}', "when", "recorded_at"),
    "data as list": (A + ', "data": []}', "data", "object"),
    "run as number": (JOIN + ', "run": 1}', "run", "name of a run"),
    "run with a blank": (JOIN + ', "run": "a b"}', "run", "letters"),
    "role": (A + ', "by": "ownr"}', "by", "owner"),
    "control characters": (A + ', "party": "a\\u001b[2J"}', "party", "plain text"),
    "unknown field": (ASK + '"stones": "x"}}', "data.stones", "stone, tons"),
    "unreadable value": (ASK + '"tons": "x"}}', "data.tons", "whole number"),
    "no such option": (ASK + '"stone": "x"}}', "data.stone", "granite, slate"),
    "instant without offset": (A + ', "at": "2026-05-01T09:00"}', "at", "offset"),
    "other day in Japan": (A + ', "at": "2026-05-01T16:00:00Z"}', "at", "2026-05-02"),
    "recorded": (A + ', "recorded_at": "yesterday"}', "recorded_at", "instant"),
    "gap": (A + ', "seq": 4}', "seq", "expected 2"),
    "seq from 1 again": (A + ', "seq": 1}', "seq", "expected 2"),
    "not an object": ("[1]", "line", "JSON object"),
    "cut off": (A, "column 45", "JSON object"),
    "not JSON": ("act,on", "column 1", "JSON object"),
    "annul what": ('{"act": "annul", "on": "2026-05-01"}', "data.entry", "entry"),
    "corrected day": ('{"act": "correct", "on": "2026-05-01", "data": {"entry": 1, "on": "x"}}', "data.on", "a day"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "field", "told"), FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("command", ["standing", "trace"])
def test_a_fault_is_named_by_file_line_and_field(kaname, ledger, command, line, field, told):
    found = kaname(command, "quarry.licence", ledger(GOOD, line))
    assert found.exit_code == 2
    assert found.stdout == ""
    first = found.stderr.splitlines()[0]
    assert first.startswith(f"case.jsonl:2: {field}: ")
    assert told in first


@pytest.mark.parametrize(("line", "field", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_in_japanese_too(kaname, ledger, line, field, told):
    found = kaname("standing", "quarry.licence", ledger(GOOD, line), lang="ja")
    first = found.stderr.splitlines()[0]
    assert found.exit_code == 2
    assert first.startswith(f"case.jsonl:2: {field}: ")
    assert re.search("[ぁ-ん]", first)


def test_all_faults_are_told_at_once_one_a_line(kaname, ledger):
    name = ledger('{"act": "licence.ask", "on": "x", "data": {"stones": 1, "tons": "x"}, "when": 3}', GOOD, "[]")
    found = kaname("standing", "quarry.licence", name)
    places = [":".join(line.split(":")[:3]) for line in found.stderr.splitlines()]
    assert places == [f"case.jsonl:{at}" for at in ("1: when", "1: on", "1: data.stones", "1: data.tons", "3: line")]


def test_no_more_than_a_hundred_faults_are_listed(kaname, ledger):
    found = kaname("standing", "quarry.licence", ledger(*["[]"] * 250))
    assert len(found.stderr.splitlines()) == 101
    assert found.stderr.splitlines()[-1] == "and 150 more"
    found = kaname("standing", "quarry.licence", ledger(*["[]"] * 20_000))
    assert found.stderr.splitlines()[-1] == "and many more"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "case.jsonl:1: act: "),
        (b"\n \n\n", "case.jsonl:1: act: "),
        ('{"act": "申請"}'.encode("cp932"), "case.jsonl:1: byte 10: not UTF-8 (it seems to be Shift_JIS)"),
        (GOOD.encode("utf-16"), "case.jsonl:1: byte 1: not UTF-8 (it seems to be UTF-16)"),
        (b"\xff\xff\xff", "case.jsonl:1: byte 1: not UTF-8;"),
    ],
    ids=["empty", "blank", "shift_jis", "utf-16", "binary"],
)  # fmt: skip
def test_what_is_no_ledger_at_all(kaname, tmp_path, content, told):
    (tmp_path / "case.jsonl").write_bytes(content)
    found = kaname("standing", "quarry.licence", "case.jsonl")
    assert found.exit_code == 2
    assert len(found.stderr.splitlines()) == 1
    assert told in found.stderr


def test_a_missing_file_and_a_folder(kaname, tmp_path):
    (tmp_path / "folder").mkdir()
    assert kaname("trace", "quarry.licence", "none.jsonl").stderr.startswith("none.jsonl: no such file; expected")
    assert kaname("trace", "quarry.licence", "folder").stderr.startswith("folder: is a folder; expected")
    assert kaname("trace", "quarry.licence", "a\0b").exit_code == 2


def test_a_huge_file_is_refused_unread(kaname, tmp_path):
    with (tmp_path / "huge.jsonl").open("wb") as file:
        file.truncate(1 << 30)
    found = kaname("standing", "quarry.licence", "huge.jsonl")
    assert (found.exit_code, found.stderr) == (
        2,
        "huge.jsonl: is larger than 64 MiB; expected the ledger of one case\n",
    )


def test_a_byte_order_mark_and_blank_lines_are_welcome(kaname, tmp_path):
    (tmp_path / "case.jsonl").write_bytes(b"\xef\xbb\xbf" + GOOD.encode() + b"\r\n\r\n   \n")
    assert kaname("standing", "quarry.licence", "case.jsonl", "--as-of", "2026-05-02").exit_code == 0


def test_numbers_that_follow_and_nulls_are_welcome(kaname, ledger):
    name = ledger({**ASKED, "seq": 1, "run": None}, {"act": "licence.dig", "on": "2026-07-01", "seq": 2, "data": None})
    assert kaname("standing", "quarry.licence", name, "--as-of", "2026-07-02").exit_code == 0


def test_an_act_out_of_order_is_named_and_the_standing_shown_all_the_same(kaname, ledger):
    name = ledger({"act": "licence.answer", "on": "2026-05-01"})
    found = kaname("standing", "quarry.licence", name, "--as-of", "2026-05-02")
    assert found.exit_code == 2
    assert found.stderr == "case.jsonl:1: act: quarry licence has not begun\n"
    assert "entry 1 licence.answer (2026-05-01), no effect: quarry licence has not begun" in found.stdout


def test_an_act_that_a_later_annulment_spoils_was_in_order(kaname, ledger):
    ask = {"act": "licence.ask", "on": "2026-05-01"}
    annul = {"act": "annul", "on": "2026-05-03", "data": {"entry": 1}}
    name = ledger(ask, {"act": "licence.doubt", "on": "2026-05-02"}, annul)
    found = kaname("standing", "quarry.licence", name, "--as-of", "2026-05-04")
    assert (found.exit_code, found.stderr) == (0, "")
    assert "no effect" in found.stdout


def test_a_clock_beyond_the_calendar_names_the_line(kaname, ledger):
    again = {"act": "survey.pass", "on": "2089-12-02"}
    name = ledger("", {"act": "survey.start", "on": "2089-12-01"}, again)
    found = kaname("standing", "quarry.survey", name, "--as-of", "2089-12-31")
    assert found.exit_code == 2
    assert found.stderr.startswith("case.jsonl:2: on: the holidays of 2109-12-01 are not known")
    tried = kaname("try", "quarry.survey", ledger(""), "survey.start", "--on", "2089-12-01")
    assert (tried.exit_code, tried.stderr[:18]) == (2, "--on: the holidays")
