"""`kaname search`: the law for anybody, cases for a person, one line where something is wrong."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from access.conftest import act_office, sqlite_office, sqlite_template  # noqa: F401
from access.folk import key, person, recorded
from kaname.cli import root
from kaname.ledger.perform import open_case
from kaname.procedure import Entry
from kaname.search import lawbook
from kaname.search.api import law


def test_every_entry_of_the_law_book_is_found_by_its_name_and_its_number():
    for entry in lawbook.entries():
        for text in (f'"{entry.label.ja}"', f'"{entry.label.en}"'):
            if '"' not in entry.label.ja + entry.label.en and len(text) < 150:
                assert entry in law(text), (entry, text)


def test_entries_lead_somewhere_by_ids_of_their_own():
    entries = lawbook.entries()
    assert len({(e.sort, e.id) for e in entries}) == len(entries)
    assert {e.sort for e in entries} == set(lawbook.SORTS)


def test_what_is_called_so_comes_first():
    assert law("66条")[0].place.ja == "法66条"
    assert law("蓄電池")[0].id == "batteries"
    assert law("Art. 78")[0].place.en == "Art. 78"
    assert [e.id for e in law("ちくでんち") if e.sort == "product"] == []  # readings are the glossary's part
    assert law("　") == ()


@pytest.fixture
def of_office(act_office, monkeypatch, tmp_path):  # noqa: F811
    """The commands, in an empty office with all kinds."""
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))

    def call(*args):
        found = CliRunner().invoke(root, args, env={"KANAME_LANG": "en"})
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found

    return call


def test_the_command_prints_law_and_words(of_office):
    found = json.loads(of_office("search", "蓄電池", "--json").output)
    assert found["law"][0]["id"] == "batteries" and found["tried"] == ["蓄電池"] and "total" not in found


def test_what_a_person_finds(of_office):
    clerk = person("Hana", "jpo")
    entry = Entry("first_review.file", date(2026, 4, 1), {"application_number": "2026-7"}, party="髙橋重工㈱")
    case = recorded(open_case("patents.application", entry, idempotency_key=key())).case
    found = json.loads(of_office("search", "--for", clerk.email, "高橋", "(株)", "--json").output)
    assert [c["case"] for c in found["cases"]] == [case] and found["total"] == 1
    assert found["parties"] == [{"name": "髙橋重工㈱", "roles": ["applicant"], "cases": 1}]
    assert "cases 1" in of_office("search", "--for", clerk.email, "髙橋").output


def test_an_unknown_person_is_one_line(of_office):
    answer = of_office("search", "--for", "nobody@example.jp", "x")
    assert answer.exit_code == 2 and "nobody@example.jp" in answer.stderr and "Traceback" not in answer.stderr
