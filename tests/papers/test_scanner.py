"""A virus scanner by its socket: what it finds is refused; while it is away files are kept shut, and told so."""

import logging

import pytest

from access.folk import person
from kaname.access.errors import NotAllowed
from kaname.access.models import SealedRead
from kaname.papers import quarantine, scanner, texts, vault
from kaname.papers.api import NotTaken, fetch, papers
from kaname.papers.models import Document
from kaname.site.checks import weaknesses
from papers.clamd import EICAR
from papers.clamd import scanner as clamd
from papers.test_documents import content, filed, put


@pytest.fixture
def hana(db):
    return person("Hana", "applicant", sealed=True)


@pytest.fixture
def at(settings, tmp_path):
    settings.KANAME_CLAMAV = f"unix:{tmp_path / 'clamd.ctl'}"
    return tmp_path / "clamd.ctl"


def test_what_is_clean_is_taken_and_what_is_infected_leaves_nothing(hana, at, caplog):
    with clamd(at) as got:
        paper = put(hana, b"clean" * 50_000, "a.txt")
        assert content(fetch(hana, paper.id)) == got[0] == b"clean" * 50_000
        with caplog.at_level(logging.WARNING), pytest.raises(NotTaken, match="virus"):
            put(hana, b"text " + EICAR, "b.txt")
    assert [d.public_id for d in Document.objects.all()] == [paper.id]
    assert [p.name for p in vault.folder().iterdir()] == [paper.id]
    assert "virus" in caplog.text and "b.txt" not in caplog.text


@pytest.mark.parametrize("says", ["hang", "half", "reset", "nonsense", "limit", "away"])
def test_without_a_verdict_a_file_is_kept_and_opened_for_nobody_until_there_is_one(hana, at, says, monkeypatch):
    monkeypatch.setattr(scanner, "_ANSWER", 0.3)
    case = filed(hana)
    if says == "away":
        paper = put(hana, b"clean", "a.txt", case)
    else:
        with clamd(at, says):
            paper = put(hana, b"clean", "a.txt", case)
        at.unlink()
    with pytest.raises(NotAllowed, match="waits for the virus scanner"):
        fetch(hana, paper.id)
    assert not SealedRead.objects.exists()
    assert texts.read_waiting() == 0
    assert [p.shut for p in papers(hana, case)] == [quarantine.SAID["waiting"]]
    assert quarantine.scan_waiting() == (0, 0)
    with clamd(at):
        assert quarantine.scan_waiting() == (1, 0)
    assert content(fetch(hana, paper.id)) == b"clean"
    assert [p.shut for p in papers(hana, case)] == [None]


def test_what_is_found_infected_later_stays_shut(hana, at):
    paper = put(hana, EICAR, "a.txt")
    with clamd(at):
        assert quarantine.scan_waiting() == (0, 1)
        assert quarantine.scan_waiting() == (0, 0)
    with pytest.raises(NotAllowed, match="a virus was found"):
        fetch(hana, paper.id)


def test_the_check_tells_of_a_scanner_that_is_away(db, at, settings):
    def told():
        return [f.text.en for f in weaknesses() if f.where == "scanner"]

    (said,) = told()
    assert "does not answer" in said and "clamd" in said
    with clamd(at):
        assert told() == []
    settings.KANAME_CLAMAV = ""
    assert told() == []


@pytest.mark.parametrize("where", ["clamd", "localhost:", "localhost:x", ":3310", "unix:clamd", "localhost:99999"])
def test_a_setting_that_names_no_socket_is_refused_at_the_start(where):
    with pytest.raises(ValueError, match="KANAME_CLAMAV"):
        scanner.checked(where)
    assert scanner.checked("") == "" and scanner.checked("localhost:3310") and scanner.checked("unix:/run/c")
