"""Documents go with their case to another office, whole or not at all, and lie there under a key of that office."""

import json
import shutil
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256

import pytest
import throwaway
from click.testing import CliRunner

from access.folk import key, person, recorded
from kaname.access import api as access
from kaname.cli import root
from kaname.ledger import clock, envelope, keys, store
from kaname.ledger.bundle import BadBundle, read
from kaname.ledger.exchange import export, take_in
from kaname.ledger.kinds import kinds
from kaname.ledger.models import Case, Entry
from kaname.papers import shelf, vault
from kaname.papers.models import Document
from kaname.papers.travel import Travel
from kaname.papers.upkeep import faults
from kaname.procedure import Entry as Act
from kaname.site.databases import embedded
from papers.test_documents import CHECK, PDF, put


@pytest.fixture
def at(sqlite_office, sqlite_template, tmp_path, monkeypatch, settings):
    """`with at("ministry")`: the same process as another office, with keys, database and vault of its own."""
    for name in ("here", "ministry"):
        (tmp_path / name).mkdir()
        shutil.copy(sqlite_template, tmp_path / name / "kaname.sqlite3")
    monkeypatch.setenv("KANAME_HOME", str(tmp_path / "here"))

    settings.KANAME_KINDS = "kaname.regimes.KINDS"
    kinds.cache_clear()
    throwaway.connect(embedded(tmp_path / "here" / "kaname.sqlite3"))

    @contextmanager
    def elsewhere(name):
        with monkeypatch.context() as patch:
            patch.setenv("KANAME_HOME", str(tmp_path / name))
            throwaway.connect(embedded(tmp_path / name / "kaname.sqlite3"))
            store.forget()
            yield
        throwaway.connect(embedded(tmp_path / "here" / "kaname.sqlite3"))
        store.forget()

    yield elsewhere
    kinds.cache_clear()


DAY = clock.today() - timedelta(3)


def asked(who, *papers) -> str:
    """A prior confirmation whose drawings (sealed) are these documents."""
    data = {"japanese_application_filed": False, "name": "架空社", "title": "凧",
            "drawings": papers[0].reference if len(papers) == 1 else [p.reference for p in papers]}  # fmt: skip
    entry = Act("prior_confirmation.request", DAY, data, by="foreign_filer", party="架空社")
    return recorded(access.open_case(who, CHECK, entry, idempotency_key=key())).case


@pytest.fixture
def sent(at):
    """A case of the ministry with a drawing, as a bundle for this office, which has pinned its key."""
    here = keys.own_key()
    with at("ministry"):
        who = person("Kei", "foreign_filer", sealed=True)
        paper = put(who)
        case = asked(who, paper)
        raw, ministry = export(case, here), keys.own_key()
    keys.pin("ministry", ministry)
    return raw, case, paper


def reader():
    return person("Reads", "foreign_filer", sealed=True)


def content(who, id) -> bytes:
    return b"".join(shelf.fetch(who, id).pieces)


def lying() -> list[str]:
    return [p.name for p in vault.folder().iterdir()]


def nothing() -> bool:
    return not (Case.objects.exists() or Entry.objects.exists() or Document.objects.exists() or lying())


def test_a_document_arrives_as_it_was_handed_in(sent):
    raw, case, paper = sent
    assert take_in(raw).new == 1
    who = reader()
    assert content(who, paper.id) == PDF
    (held,) = shelf.papers(who, case)
    assert (held.name, held.reference, held.at, held.by) == ("図面.pdf", paper.reference, paper.at, "")
    document = Document.objects.get()
    assert document.veiled and document.claimed_at and document.case.public_id == case
    lying = b"".join(p.read_bytes() for p in vault.folder().iterdir())
    assert PDF[:60] not in lying and "カナリア".encode() not in lying
    assert list(faults()) == []
    with pytest.raises(access.NotAllowed):
        shelf.fetch(person("Open", "foreign_filer"), paper.id)  # named by a sealed field: the veil came with it


def test_the_same_bundle_again_changes_nothing(sent):
    raw, _, paper = sent
    take_in(raw)
    before = (vault.path_of(paper.id).read_bytes(), Document.objects.values().get())
    assert take_in(raw).new == 0
    assert (vault.path_of(paper.id).read_bytes(), Document.objects.values().get()) == before


def test_one_byte_changed_anywhere_is_refused_and_nothing_is_written(sent):
    raw, _, paper = sent
    begins = raw.index(b"%PDF")
    places = {*range(0, begins, 41), *range(begins - 131, len(raw), 7), begins, len(raw) - 1}
    for at in sorted(places):
        changed = bytearray(raw)
        changed[at] ^= 1
        with pytest.raises(BadBundle) as told:
            take_in(bytes(changed))
        if at >= begins:
            assert paper.id in told.value.text.ja and "署名されたものと違う" in told.value.text.ja
            assert "not the one that was signed for" in told.value.text.en
    assert nothing()
    assert take_in(raw).new == 1  # the control


@pytest.mark.parametrize("harm", ["cut", "all cut", "more", "twice", "line feed"])
def test_bytes_left_out_or_added_are_refused(sent, harm):
    raw, _, _ = sent
    begins = raw.index(b"%PDF")
    changed = {"cut": raw[:-1], "all cut": raw[:begins], "more": raw + b"x", "twice": raw + raw[begins:],
               "line feed": raw[:begins] + b"\n" + raw[begins:]}[harm]  # fmt: skip
    with pytest.raises(BadBundle):
        take_in(changed)
    assert nothing()


def test_documents_swapped_between_two_bundles_are_refused(at, sent):
    raw, _, _ = sent
    here = keys.own_key()
    with at("ministry"):
        who = person("Ryo", "foreign_filer", sealed=True)
        other = export(asked(who, put(who, PDF[:-1] + b"!")), here)
    begins, theirs = raw.index(b"%PDF"), other.index(b"%PDF")
    assert len(raw) - begins == len(other) - theirs
    for mixed in (raw[:begins] + other[theirs:], other[:theirs] + raw[begins:]):
        with pytest.raises(BadBundle):
            take_in(mixed)
    assert nothing()


def test_what_is_sealed_goes_along_only_for_who_may_read_it(at):
    here = keys.own_key()
    with at("ministry"):
        who = person("Kei", "foreign_filer", sealed=True)
        case = asked(who, put(who))
        keys.pin("here", here)
        plain = access.export(person("Open", "foreign_filer"), case, here)
        whole = access.export(who, case, here)
        ministry = keys.own_key()
    keys.pin("ministry", ministry)
    bare, full = envelope.opened(plain), envelope.opened(whole)
    assert b'"documents":[]' in bare and b"%PDF" not in bare
    assert b'"documents":[{' in full and b"%PDF" in full and b"%PDF" not in whole
    take_in(plain)
    assert not Document.objects.exists()
    assert take_in(whole).new == 0  # the entries were here; what they name comes now
    assert Document.objects.count() == 1


def test_what_a_hostile_office_signs_is_looked_at_like_what_a_person_hands_in(at, monkeypatch):
    """A program that is called a drawing, and signed for as one."""
    here = keys.own_key()
    with at("ministry"):
        who = person("Kei", "foreign_filer", sealed=True)
        with monkeypatch.context() as patch:
            patch.setattr("kaname.papers.media.Sniffer.media_type", lambda self: "application/pdf")
            case = asked(who, put(who, b"MZ\x90\x00" + bytes(400)))
        raw, ministry = export(case, here), keys.own_key()
    keys.pin("ministry", ministry)
    with pytest.raises(BadBundle, match="not of the kind"):
        take_in(raw)
    assert nothing()


def test_a_document_that_no_entry_names_is_refused(at, monkeypatch):
    """The salted digest in the entry holds the sender to its word: another content needs another entry."""
    here = keys.own_key()
    with at("ministry"):
        who = person("Kei", "foreign_filer", sealed=True)
        case = asked(who, put(who))
        packed = Travel.packed
        other = PDF + b"!"
        lied = {"content": other, "sha256": sha256(other).hexdigest()}
        with monkeypatch.context() as patch:
            patch.setattr(Travel, "packed", lambda *args: [p._replace(**lied) for p in packed(*args)])
            raw, ministry = export(case, here), keys.own_key()
    keys.pin("ministry", ministry)
    with pytest.raises(BadBundle, match="no entry names"):
        take_in(raw)
    assert nothing()


def test_a_number_that_is_anothers_here_is_refused(sent):
    raw, _, paper = sent
    who = reader()
    mine = put(who)
    Document.objects.update(public_id=paper.id)
    vault.path_of(mine.id).rename(vault.path_of(paper.id))
    before = vault.path_of(paper.id).read_bytes()
    with pytest.raises(BadBundle, match="another document"):
        take_in(raw)
    assert not Case.objects.exists() and vault.path_of(paper.id).read_bytes() == before


def test_a_crash_in_the_middle_leaves_no_case_and_no_file(sent, monkeypatch):
    raw, _, _ = sent

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(vault.Writer, "write", full)
        with pytest.raises(OSError):
            take_in(raw)
    assert nothing()
    assert take_in(raw).new == 1


def test_too_many_bytes_are_told_before_anything_is_written(at, monkeypatch):
    here = keys.own_key()
    monkeypatch.setattr("kaname.ledger.exchange.MOST_DOCUMENTS", 100)
    with at("ministry"):
        who = person("Kei", "foreign_filer", sealed=True)
        case = asked(who, put(who))
        with pytest.raises(Exception, match="documents are over"):
            export(case, here)


def test_a_bundle_without_documents_is_two_lines(at):
    here = keys.own_key()
    with at("ministry"):
        who = person("Kei", "foreign_filer", sealed=True)
        entry = Act("prior_confirmation.request", DAY, {"japanese_application_filed": False}, by="foreign_filer")
        case = recorded(access.open_case(who, CHECK, entry, idempotency_key=key())).case
        raw, ministry = export(case, here), keys.own_key()
    assert b'"documents":[]' in raw and raw.count(b"\n") == 2
    assert read(raw, [here], [ministry]).papers == ()


def test_from_command_to_command(at, sent, tmp_path):
    raw, _, paper = sent
    file = tmp_path / "case.kaname"
    with at("ministry"):
        done = CliRunner().invoke(root, ["export", "1", "--to", keys_of(raw), "--out", str(file)])
        assert done.exit_code == 0, done.output
    bad = tmp_path / "bad.kaname"
    bad.write_bytes(file.read_bytes()[:-1] + b"?")
    told = CliRunner().invoke(root, ["import", str(bad)])
    assert told.exit_code == 2 and "changed on the way" in told.output and nothing()
    assert CliRunner().invoke(root, ["import", str(file)]).exit_code == 0
    again = CliRunner().invoke(root, ["import", str(file)])
    assert again.exit_code == 0 and content(reader(), paper.id) == PDF and lying() == [paper.id]


def keys_of(raw: bytes) -> str:
    return str(json.loads(raw.partition(b"\n")[0])["to"])
