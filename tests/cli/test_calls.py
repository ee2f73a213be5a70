"""How a call ends: status, streams, language, values taken and refused."""

import json
import shlex
from pathlib import Path

import pytest
from quarry_kind import ASKED

from kaname.cli.language import chosen

GOLDEN = Path(__file__).parents[1] / "golden" / "cli"
DAY = ("--as-of", "2026-05-15")


WRONG = [
    (lang, *block.split("\n", 1))
    for lang in ("en", "ja")
    for block in (GOLDEN / f"wrong_calls.{lang}.txt").read_text(encoding="utf-8").split("\n\n")
]


@pytest.mark.parametrize(("lang", "call", "told"), WRONG, ids=[call for _, call, _ in WRONG])
def test_a_wrong_call_says_what_was_expected(kaname, case, lang, call, told):
    found = kaname(*shlex.split(call.removeprefix("$ kaname ")), lang=lang)
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.rstrip("\n") == told.rstrip("\n")


def test_period_as_json_has_exactly_the_agreed_names(kaname):
    found = json.loads(kaname("period", "令和6年2月29日", "--years", "1", "--json").stdout)
    days = {k: v for k, v in found.items() if k != "working"}
    assert days == {
        "start": "2024-02-29", "first_counted_day": "2024-03-01", "unmoved_last_day": "2025-02-28",
        "last_day": "2025-02-28", "first_free_day": "2025-03-01", "provisional": False,
    }  # fmt: skip
    assert len(found["working"]) == 4


def test_procedures_as_json_follow_the_law_of_the_day(kaname):
    rows = json.loads(kaname("procedures", "quarry", "--as-of", "2025-03-31", "--json").stdout)
    assert [row["procedure"] for row in rows] == ["licence", "partners"]
    assert rows[1] == {
        "regime": "quarry", "kind": "quarry.licence", "procedure": "partners", "acts": ["partners.join"],
        "states": ["open", "closed"], "version": "2024-05-01",
    }  # fmt: skip
    assert json.loads(kaname("procedures", "--as-of", "2020-01-01", "--json").stdout) == []


@pytest.mark.parametrize(
    ("form", "start"), [("--json", "{"), ("--mermaid", "stateDiagram-v2"), ("--svg", "<svg"), ("--bpmn", "<?xml")]
)
def test_describe_draws_and_tells(kaname, form, start):
    assert kaname("describe", "quarry.licence", form).stdout.startswith(start)


def test_a_ledger_comes_from_standard_input_too(kaname):
    found = kaname("standing", "quarry.licence", "-", *DAY, "--json", stdin=json.dumps(ASKED))
    assert json.loads(found.stdout)["tracks"]["licence"]["state"] == "asked"
    assert kaname("trace", "quarry.licence", "-", stdin="x").stderr.startswith("-:1: column 1: ")


def test_what_was_known_when(kaname, ledger):
    doubt = {"act": "licence.doubt", "on": "2026-05-07", "recorded_at": "2026-05-10T00:30:00+09:00"}
    name = ledger(ASKED, doubt)

    def state(known_at):
        found = kaname("standing", "quarry.licence", name, *DAY, "--known-at", known_at, "--json")
        return json.loads(found.stdout)["tracks"]["licence"]["state"]

    assert state("2026-05-09") == "asked"
    assert state("2026-05-10") == "doubted"
    assert state("2026-05-09T15:29:59Z") == "asked"
    assert state("2026-05-09T15:30:00Z") == "doubted"


def test_entries_after_the_day_are_counted_but_have_no_effect(kaname, case):
    found = kaname("standing", "quarry.licence", case, "--as-of", "2026-05-02")
    assert "4 later entries not counted" in found.stdout
    assert "Ban 'digging': until 2026-06-01; free from 2026-06-02 if nothing else happens." in found.stdout


def test_try_starts_a_case_from_an_empty_ledger(kaname, ledger):
    found = kaname(
        "try",
        "quarry.licence",
        ledger(""),
        "licence.ask",
        "--on",
        "2026-05-01",
        "--data",
        '{"stone": "slate"}',
        "--json",
    )
    answer = json.loads(found.stdout)
    assert found.exit_code == 0
    assert answer["accepted"] is True
    assert answer["entry"] == {"act": "licence.ask", "on": "2026-05-01", "data": {"stone": "slate"}, "by": "owner"}
    assert answer["standing"]["clocks"][0]["last_day"] == "2026-06-01"


def test_try_refuses_with_every_reason(kaname, ledger):
    args = (
        "licence.ask",
        "--on",
        "2026-05-01",
        "--by",
        "office",
        "--run",
        "x",
        "--data",
        '{"tons": "many", "colour": 1}',
        "--json",
    )
    found = kaname("try", "quarry.licence", ledger(""), *args)
    reasons = json.loads(found.stdout)["reasons"]
    assert found.exit_code == 1
    assert [(r["code"], r["field"]) for r in reasons] == [
        ("role", ""), ("run", "run"), ("field", "colour"), ("field", "tons"), ("needs", "stone"),
    ]  # fmt: skip
    assert all(set(r) == {"text", "basis", "field", "code"} for r in reasons)


def test_try_takes_from_another_case(kaname, ledger):
    asked = ledger(ASKED)
    open_survey = ledger({"act": "survey.start", "on": "2026-05-02"}, name="open.jsonl")
    passed = ledger(
        {"act": "survey.start", "on": "2026-05-02"}, {"act": "survey.pass", "on": "2026-05-03"}, name="passed.jsonl"
    )
    call = ("try", "quarry.licence", asked, "licence.grant", "--on", "2026-05-16")
    assert kaname(*call).exit_code == 1
    assert kaname(*call, "--with", f"survey={open_survey}").exit_code == 1
    found = kaname(*call, "--with", f"survey={passed}", "--json")
    assert found.exit_code == 0
    assert json.loads(found.stdout)["entry"]["data"] == {"context": {"survey": {"passed": True}}}
    assert kaname(*call, "--with", "survey=none.jsonl").stderr.startswith("none.jsonl: no such file")


def test_the_line_to_add_can_be_added(kaname, ledger, tmp_path):
    name = ledger(ASKED)
    line = kaname("try", "quarry.licence", name, "licence.doubt", "--on", "2026-05-07").stdout.splitlines()[-1]
    with (tmp_path / name).open("a") as file:
        file.write(line)
    assert "in question" in kaname("standing", "quarry.licence", name, *DAY).stdout


@pytest.mark.parametrize(
    ("args", "environ", "lang"),
    [
        ([], {}, "en"),
        ([], {"LANG": "ja_JP.UTF-8"}, "ja"),
        ([], {"LANG": "ja_JP.UTF-8", "KANAME_LANG": "en"}, "en"),
        ([], {"LANG": "C", "KANAME_LANG": "ja"}, "ja"),
        ([], {"LANG": "ja_JP.UTF-8", "KANAME_LANG": "fr"}, "ja"),
        (["period", "--lang", "en"], {"LANG": "ja_JP.UTF-8"}, "en"),
        (["--lang=ja", "period"], {}, "ja"),
        (["period", "--", "--lang", "ja"], {}, "en"),
        (["period", "--lang"], {"LANG": "ja"}, "ja"),
    ],
)
def test_which_language_is_spoken(args, environ, lang):
    assert chosen(args, environ) == lang


@pytest.mark.parametrize("command", ["period", "procedures", "describe", "standing", "try", "explain", "trace", "demo"])
@pytest.mark.parametrize(("lang", "example"), [("ja", "例:"), ("en", "Example:")])
def test_every_command_has_help_with_an_example(kaname, command, lang, example):
    found = kaname(command, "--help", lang=lang)
    assert found.exit_code == 0
    assert example in found.stdout
    assert f"$ kaname {command}" in found.stdout
