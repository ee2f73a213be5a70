"""Issued papers: numbered without gaps, on record, the same bytes for ever, and told when something came over them."""

import threading
from datetime import date

import pytest
from django.db import connections
from django.test import override_settings

from kaname.access import api as access
from kaname.access.errors import Unproved
from kaname.access.models import SealedRead
from kaname.ledger.kinds import kinds
from kaname.papers import letters, vault
from kaname.papers.letters import issuing
from kaname.papers.models import Document, Issue
from kaname.procedure import Entry, Refused
from papers.test_letters import words
from web import world


@pytest.fixture
def folk(db):
    return world.people()


@pytest.fixture
def sent(folk):
    case = world.filed(folk["attorney"], date(2026, 11, 2))
    world.act(folk["jpo"], case, "first_review.send", date(2026, 11, 20), ground="listed")
    return case, world.act(folk["jpo"], case, "first_review.notify_sent", date(2026, 11, 24))


def raw(person, case, one) -> bytes:
    return b"".join(letters.again(person, case, one.seq).pieces)


def faults() -> list[str]:
    return [f.text.en for f in letters.faults()]


def test_a_paper_is_numbered_kept_and_on_record(folk, sent):
    case, seq = sent
    one = letters.issue(folk["jpo"], case, seq)
    year = access.today().year - 2018
    assert one.number == f"{folk['jpo'].office.name_ja}令和{year}年第1号" and one.of == seq and one.state is None
    entry = access.recorded(folk["jpo"], case)[-1].entry
    assert (entry.act, entry.data["entry"], entry.data["issued_number"]) == ("issue", seq, one.number)
    said = words(raw(folk["jpo"], case, one))
    assert one.number in said and access.receipt(folk["jpo"], case, seq).digest in said
    assert faults() == []


def test_issued_twice_it_is_the_same_paper(folk, sent):
    case, seq = sent
    one, two = letters.issue(folk["jpo"], case, seq), letters.issue(folk["jpo"], case, seq)
    assert one == two and Issue.objects.count() == 1
    assert raw(folk["jpo"], case, one) == raw(folk["jpo"], case, two)


def test_a_new_template_changes_no_paper_that_went_out(folk, sent, monkeypatch, tmp_path):
    from kaname.papers.letters import sheet

    case, seq = sent
    one = letters.issue(folk["jpo"], case, seq)
    before = raw(folk["jpo"], case, one)
    other = tmp_path / "letter.typ"
    other.write_text(sheet._TEMPLATE.read_text(encoding="utf-8").replace("15pt", "17pt"), encoding="utf-8")
    monkeypatch.setattr(sheet, "_TEMPLATE", other)
    monkeypatch.setattr(sheet, "VERSION", "another")
    assert letters.pdf(letters.letter(folk["jpo"], case, seq, "ja")) != before
    assert raw(folk["jpo"], case, letters.issue(folk["jpo"], case, seq)) == before
    assert one.template != "another"


def test_a_correction_asks_for_a_new_paper_that_replaces_the_first(folk, sent):
    case, seq = sent
    one = letters.issue(folk["jpo"], case, seq)
    fix = Entry("correct", date(2026, 11, 26), {"entry": seq, "on": "2026-11-25"})
    world.recorded(access.act(folk["jpo"], case, fix, idempotency_key="corrected-day"))
    (old,) = letters.issued(folk["jpo"], case)
    assert "訂正" in old.state.ja and "issue a new paper" in old.state.en
    two = letters.issue(folk["jpo"], case, seq)
    old, new = letters.issued(folk["jpo"], case)
    assert (old.seq, new.seq) == (one.seq, two.seq) and "代わられた" in old.state.ja and new.state is None
    assert f"この書面は、{one.number}に代わる。" in words(raw(folk["jpo"], case, new))
    assert raw(folk["jpo"], case, old) != raw(folk["jpo"], case, new) and faults() == []


def test_an_annulled_act_issues_nothing_more_but_its_annulment_does(folk, sent):
    case, seq = sent
    one = letters.issue(folk["jpo"], case, seq)
    gone = world.act(folk["jpo"], case, "annul", date(2026, 11, 27), entry=seq, reason="誤り")
    assert "annulled" in letters.issued(folk["jpo"], case)[0].state.en
    notice = letters.issue(folk["jpo"], case, gone)
    assert "取消しの通知" in words(raw(folk["jpo"], case, notice))
    assert letters.issued(folk["jpo"], case)[0].seq == one.seq
    other = world.filed(folk["attorney"], date(2026, 11, 2))
    world.act(folk["jpo"], other, "first_review.send", date(2026, 11, 20), ground="listed")
    told = world.act(folk["jpo"], other, "first_review.notify_sent", date(2026, 11, 24))
    world.act(folk["jpo"], other, "annul", date(2026, 11, 27), entry=told)
    with pytest.raises(letters.NotIssued, match="annulled"):
        letters.issue(folk["jpo"], other, told)


def test_what_is_no_paper_or_not_this_persons_takes_no_number(folk, sent):
    case, seq = sent
    with pytest.raises(letters.NotIssued):
        letters.issue(folk["attorney"], case, seq)  # the Office's notice
    with pytest.raises(access.Unknown):
        letters.issue(folk["jpo"], case, 99)
    reader = world.person("reader", "jpo", kind=world.KIND, may_act=False)
    with pytest.raises(letters.NotIssued):
        letters.issue(reader, case, seq)
    assert not Issue.objects.exists()
    assert letters.issue(folk["attorney"], case, 1).number.endswith("第1号")


def test_a_paper_that_cannot_be_printed_takes_no_number(folk):
    from kaname.typeset import Unprintable

    entry = Entry("first_review.file", date(2026, 11, 2), {"application_number": "x", "listed": True, "title": "x",
                  "made_in_japan": True}, by="applicant", party="김")  # fmt: skip
    case = world.recorded(access.open_case(folk["attorney"], world.KIND, entry, idempotency_key="no-such-font")).case
    with pytest.raises(Unprintable):
        letters.issue(folk["attorney"], case, 1)
    assert not Issue.objects.exists() and not Document.objects.exists()


@pytest.mark.parametrize("step", ["reserved", "kept", "recorded"])
def test_a_crash_at_any_step_loses_no_number_and_gives_none_twice(folk, sent, monkeypatch, step):
    case, seq = sent
    real = {"reserved": issuing._finished, "kept": access.act, "recorded": access.act}[step]

    def crash(*args, **more):
        if step == "recorded":
            real(*args, **more)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(*((issuing, "_finished") if step == "reserved" else (access, "act")), crash)
        with pytest.raises(KeyboardInterrupt):
            letters.issue(folk["jpo"], case, seq)
    assert any("not on record" in told for told in faults())
    first = letters.issue(folk["jpo"], case, seq)
    other = world.filed(folk["attorney"], date(2026, 11, 2))
    world.act(folk["jpo"], other, "first_review.send", date(2026, 11, 20), ground="listed")
    second = letters.issue(folk["jpo"], other, world.act(folk["jpo"], other, "first_review.notify_sent",
                           date(2026, 11, 24)))  # fmt: skip
    assert [first.number[-3:], second.number[-3:]] == ["第1号", "第2号"]
    assert sum(r.entry.act == "issue" for r in access.recorded(folk["jpo"], case)) == 1
    assert faults() == []


def test_many_at_once_take_following_numbers(office):
    """On each of the two databases, two at once for each act: no number twice, none left out, one paper an act."""
    with override_settings(KANAME_KINDS="kaname.regimes.KINDS"):
        kinds.cache_clear()
        folk = world.people()
        cases = [world.filed(folk["attorney"], date(2026, 11, 2)) for _ in range(4)]
        wrong = []

        def work(case):
            try:
                letters.issue(folk["attorney"], case, 1)
            except Exception as error:
                wrong.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=work, args=(case,)) for case in (*cases, *cases)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert not wrong and sorted(Issue.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
        assert all(len(letters.issued(folk["attorney"], case)) == 1 for case in cases)
        assert faults() == [] and Document.objects.count() == 4


def test_verify_notices_a_paper_that_differs(folk, sent, monkeypatch):
    case, seq = sent
    one = letters.issue(folk["jpo"], case, seq)
    held = Document.objects.get(public_id=one.document)
    # Whoever holds the keys puts another paper in its place, file and row and all; the entry still tells.
    other = vault.Writer(held.public_id)
    other.write(b"%PDF-1.7 another")
    stored = other.close()
    from kaname.papers import shelf

    said = {"name": "x.pdf", "sha256": stored.sha256, "salt": stored.salt.hex(), "key": stored.key.hex()}
    rows = Document.objects.filter(pk=held.pk)
    sealed = shelf.sealed_columns(held.public_id, said, held.case.circle)
    rows.update(size=stored.size, stored_size=stored.stored_size, stored_sha256=stored.stored_sha256,
                commitment=stored.commitment, **sealed)  # fmt: skip
    assert any("is not the one" in told for told in faults())
    rows.update(commitment=held.commitment)  # the row repeats what the entry says: then the bytes do not fit it
    assert any("differs" in told for told in faults())
    Issue.objects.update(document=None)
    rows.delete()
    assert any("missing" in told for told in faults())


def test_verify_notices_a_number_that_was_changed_or_skipped(folk, sent):
    case, seq = sent
    letters.issue(folk["jpo"], case, seq)
    Issue.objects.update(number=3)
    assert any("numbers 1 to 2" in told for told in faults())


def test_an_entry_of_a_paper_is_made_by_issuing_alone(folk, sent):
    case, seq = sent
    forged = {"entry": seq, "issued_paper": f"document:{'a' * 16}:{'0' * 64}", "issued_number": "偽第1号",
              "issued_template": "x"}  # fmt: skip
    answer = access.act(folk["jpo"], case, Entry("issue", date(2026, 11, 25), forged), idempotency_key="forged-paper")
    assert isinstance(answer, Refused)


def test_whole_it_is_kept_sealed_and_opened_only_by_who_may(folk, sent):
    case, _ = sent
    clerk = world.person("both", "applicant", "jpo", kind=world.KIND, sealed=True)
    one = letters.issue(clerk, case, 1, whole=True)
    assert SealedRead.objects.filter(field="title", door="issue").exists()
    assert "秘密の発明" in words(raw(clerk, case, one)) and one.sha256
    with pytest.raises(Unproved):
        letters.again(clerk, case, one.seq, proved=False)
    (seen,) = letters.issued(folk["attorney"], case)
    assert seen.sha256 == ""
    with pytest.raises(access.NotAllowed):
        letters.again(folk["attorney"], case, one.seq)


def test_the_standing_is_the_same_before_and_after(folk, sent):
    case, seq = sent
    before = access.see(folk["jpo"], case).standing
    letters.issue(folk["jpo"], case, seq)
    after = access.see(folk["jpo"], case).standing
    assert (before.tracks, before.clocks, before.facts) == (after.tracks, after.clocks, after.facts)


def test_a_paper_travels_with_its_case(folk, sent):
    """The bundle carries the document that the entry names; see `test_documents_travel` for the whole way."""
    case, seq = sent
    one = letters.issue(folk["jpo"], case, seq)
    from kaname.ledger import attached

    reference = access.recorded(folk["jpo"], case)[-1].entry.data["issued_paper"]
    (packed,) = attached.packed(case, frozenset([reference]))
    assert packed.content == raw(folk["jpo"], case, one)
