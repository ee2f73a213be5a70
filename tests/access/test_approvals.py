"""Copies of what is designated leave with a second person's approval, or not at all (府令10条3号ハ・ニ)."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from designated import TITLE, WORDS, designated, document
from django.db import DatabaseError, connection
from folk import circle, person

from kaname.access import api as access
from kaname.access.custody import api as custody
from kaname.access.custody import decisions
from kaname.access.custody.models import Asked, Copy, Decision
from kaname.access.models import Membership, SealedRead
from kaname.ledger import clock, keys
from kaname.papers import api as papers
from kaname.papers import letters, packages, previews, texts

WHY = "特許庁に出す図面の照合"


@pytest.fixture
def three(act_office, tmp_path, monkeypatch):
    """Two members who read and act, one who only sees; a designated case of their compartment."""
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    people = [person(n, "applicant", sealed=True) for n in ("Hana", "Ken")]
    people.append(person("Ren", "jpo"))
    case = designated(circle("輪", *people))
    return *people, case, document(case, people[0])


def body(opened) -> bytes:
    return b"".join(opened.pieces)


def approved(asker, answerer, case, what, copies=1, form="download"):
    id = custody.ask(asker, case.public_id, what, form, copies, WHY)
    custody.answer(answerer, id, "approved", "必要な部数である")
    return id


# -- the way of a request ----------------------------------------------------------------------------------------------


def test_nothing_leaves_before_a_second_person_approves(three):
    hana, ken, ren, case, paper = three
    what = f"document {paper}"
    with pytest.raises(custody.NeedsApproval) as wrong:
        papers.fetch(hana, paper)
    assert wrong.value.what == what and not SealedRead.objects.exists() and not Copy.objects.exists()
    id = custody.ask(hana, case.public_id, what, "download", 2, WHY)
    with pytest.raises(custody.NeedsApproval):
        papers.fetch(hana, paper)
    with pytest.raises(access.NotAllowed):
        custody.answer(hana, id, "approved", "自分で")
    with pytest.raises(access.Unknown):
        custody.answer(ren, id, "approved", "封緘を読めない")
    assert [r.id for r in custody.waiting(ken)] == [id] and custody.waiting(hana) == custody.waiting(ren) == []
    custody.answer(ken, id, "approved", "必要な部数である")
    assert custody.waiting(ken) == []
    with pytest.raises(custody.NeedsApproval):
        papers.fetch(ken, paper)  # it is Hana's approval
    for number in (1, 2):
        assert body(papers.fetch(hana, paper)).decode() == WORDS
        assert Copy.objects.count() == SealedRead.objects.filter(field=what).count() == number
    with pytest.raises(custody.NeedsApproval):
        papers.fetch(hana, paper)
    assert custody.one(hana, id).state == "used"
    assert [(c.number, c.what, c.person, c.approved_by) for c in custody.register(ken, case.public_id)] == [
        (1, what, hana, ken), (2, what, hana, ken)
    ]  # fmt: skip


def test_what_is_refused_withdrawn_revoked_or_late_opens_nothing(three, monkeypatch):
    hana, ken, _, case, paper = three
    what, states = f"document {paper}", []
    refused = custody.ask(hana, case.public_id, what, "print", 1, WHY)
    custody.answer(ken, refused, "refused", "部数が要らない")
    withdrawn = custody.ask(hana, case.public_id, what, "print", 1, WHY)
    custody.withdraw(hana, withdrawn)
    revoked = approved(hana, ken, case, what)
    custody.revoke(ken, revoked, "事情が変わった")
    late = approved(hana, ken, case, what)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=24, seconds=1))
    for id in (refused, withdrawn, revoked, late):
        states.append(custody.one(hana, id).state)
        with pytest.raises(custody.NotAsked):
            custody.answer(ken, id, "approved", "後から")
    assert states == ["refused", "withdrawn", "revoked", "expired"]
    with pytest.raises(custody.NeedsApproval):
        papers.fetch(hana, paper)
    assert custody.one(ken, refused).answer == "部数が要らない" and custody.one(ken, refused).why == WHY


def test_a_manager_answers_alone_and_somebody_else_answers_the_manager(three):
    hana, ken, _, case, paper = three
    mio = person("Mio", "applicant", sealed=True)
    Membership.objects.create(compartment=case.placement.compartment, person=mio, valid_from=clock.today())
    custody.name(hana, case.public_id, ken.public_id)
    assert custody.manager(case) == ken
    mine = custody.ask(mio, case.public_id, f"document {paper}", "download", 1, WHY)
    with pytest.raises(access.NotAllowed):
        custody.answer(hana, mine, "approved", "x")
    custody.answer(ken, mine, "approved", "x")
    kens = custody.ask(ken, case.public_id, f"document {paper}", "download", 1, WHY)
    custody.answer(hana, kens, "approved", "x")
    Membership.objects.filter(person=ken).update(valid_until=clock.today() - timedelta(1))
    assert custody.manager(case) is None  # who has left manages nothing
    with pytest.raises(access.Unknown):
        papers.fetch(ken, paper)
    custody.answer(hana, custody.ask(mio, case.public_id, "bundle", "export", 1, WHY), "approved", "x")


@pytest.mark.parametrize(
    ("what", "form", "copies", "why", "field"),
    [
        ("secret", "download", 1, WHY, "what"), ("document ../x", "download", 1, WHY, "what"),
        ("bundle", "print", 1, WHY, "form"), ("bundle", "export", 0, WHY, "copies"),
        ("bundle", "export", 21, WHY, "copies"), ("bundle", "export", 1, "  ", "why"),
    ],
)  # fmt: skip
def test_a_request_says_all_that_the_ordinance_asks(three, what, form, copies, why, field):
    hana, *_, case, _ = three
    with pytest.raises(custody.NotAsked) as wrong:
        custody.ask(hana, case.public_id, what, form, copies, why)
    assert wrong.value.field == field and not Asked.objects.exists()


def test_before_a_designation_no_approval_is_asked(act_office):
    hana = person("Hana", "applicant", sealed=True)
    case = designated(entries=5)
    paper = document(case, hana)
    assert body(papers.fetch(hana, paper)).decode() == WORDS
    with pytest.raises(custody.NotAsked):
        custody.ask(hana, case.public_id, "bundle", "export", 1, WHY)


def test_reasons_lie_sealed_and_rows_are_never_changed(three):
    hana, ken, _, case, paper = three
    approved(hana, ken, case, f"document {paper}")
    papers.fetch(hana, paper)
    custody.note(hana, case.public_id, 1, "kept", "三号室の金庫")
    with connection.cursor() as cursor:
        for table in ("asked", "answered", "copystep"):
            cursor.execute(f"SELECT * FROM access_{table}")
            assert "図面の照合".encode() not in repr(cursor.fetchall()).encode()
        for table in ("asked", "answered", "copy", "copystep", "decision", "sealedread"):
            for how in (f"DELETE FROM access_{table}", f"UPDATE access_{table} SET at = at"):
                with pytest.raises(DatabaseError):
                    cursor.execute(how)


def test_a_copy_is_followed_until_it_is_destroyed(three):
    hana, ken, ren, case, paper = three
    approved(hana, ken, case, f"document {paper}", copies=2)
    papers.fetch(hana, paper)
    papers.fetch(hana, paper)
    custody.note(hana, case.public_id, 1, "kept", "三号室の金庫")
    custody.note(ken, case.public_id, 1, "destroyed", "溶解。立会い：Hana")
    first, second = custody.register(ken, case.public_id)
    assert ([s.fate for s in first.steps], first.out, second.out) == (["kept", "destroyed"], False, True)
    assert first.steps[0].words == "三号室の金庫"
    with pytest.raises(access.NotAllowed):
        custody.note(ren, case.public_id, 2, "lost", "x")
    with pytest.raises(access.Unknown):
        custody.note(ken, case.public_id, 9, "lost", "x")


# -- the ways out ------------------------------------------------------------------------------------------------------


WAYS = {
    "document": lambda who, case, paper: body(papers.fetch(who, paper, "api")),
    "text": lambda who, case, paper: previews.look(who, case, paper, "api").texts,
    "letter": lambda who, case, paper: letters.pdf(letters.whole(who, case, 1, "ja")),
    "package": lambda who, case, paper: packages.pack(who, case, 1),
    "value": lambda who, case, paper: access.reveal(who, case, 1, "title", "api"),
    "bundle": lambda who, case, paper: access.export(who, case, "partner"),
    "values": lambda who, case, paper: access.reveal_all(who, case, "command"),
}
NAMES = {"document": "document {}", "text": "document {}", "letter": "letter 1", "package": "package 1",
         "value": "value 1 title", "bundle": "bundle", "values": "bundle"}  # fmt: skip
FORM = {"document": "download", "text": "download", "letter": "print"}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_out_waits_for_the_approval_and_takes_one_copy_of_it(three, way):
    hana, ken, _, case, paper = three
    keys.pin("partner", "00" * 31 + "01")
    with pytest.raises(custody.NeedsApproval):
        WAYS[way](hana, case.public_id, paper)
    assert not SealedRead.objects.exists() and Decision.objects.get().why == "approval"
    approved(hana, ken, case, NAMES[way].format(paper), form=FORM.get(way, "export"))
    assert WAYS[way](hana, case.public_id, paper)
    assert Copy.objects.count() == 1 and SealedRead.objects.exists()
    with pytest.raises(custody.NeedsApproval):
        WAYS[way](hana, case.public_id, paper)


def test_a_bundle_goes_to_a_pinned_office_alone_and_one_that_cannot_be_made_uses_up_no_copy(three):
    """A key of one's own, named as the recipient, would open everything: what is sealed too, by a token that may not
    read; and what left for nobody would stand in the register as taken."""
    hana, ken, _, case, _ = three
    mine = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    keys.pin("partner", "00" * 31 + "01")
    approved(hana, ken, case, "bundle", form="export")
    for nobody in (mine, mine.upper(), "nobody", "", "01" + "00" * 31):
        with pytest.raises(keys.KeyProblem):
            access.export(hana, case.public_id, nobody)
    assert not Copy.objects.exists() and not SealedRead.objects.exists()
    assert access.export(hana, case.public_id, keys.offices()["partner"])
    assert Copy.objects.get().number == 1


def test_what_is_looked_at_on_a_page_is_read_and_logged_without_approval(three):
    hana, _, _, case, paper = three
    assert access.reveal(hana, case.public_id, 1, "title") == TITLE
    assert WORDS in previews.look(hana, case.public_id, paper).texts[0]
    assert {r.door for r in SealedRead.objects.all()} == {"page", "preview"} and not Copy.objects.exists()


def test_what_is_listed_for_a_program_leaves_out_what_needs_approval(three):
    hana, _, _, case, paper = three
    texts.read_waiting()
    assert access.reveal_in_list(hana, [case.public_id], "title", "search") == {case.public_id: TITLE}
    assert access.reveal_in_list(hana, [case.public_id], "title", "api") == {}
    assert [h.document for h in papers.find(hana, "canary-words").hits] == [paper]
    assert papers.find(hana, "canary-words", door="api").hits == ()


# -- the chain ---------------------------------------------------------------------------------------------------------


def test_every_decision_stands_in_the_chain_of_the_compartment(three):
    hana, ken, ren, case, paper = three
    with pytest.raises(access.NotAllowed):
        access.reveal(ren, case.public_id, 1, "title")
    access.reveal(hana, case.public_id, 1, "title")
    approved(hana, ken, case, f"document {paper}")
    papers.fetch(hana, paper)
    rows = list(Decision.objects.order_by("seq"))
    assert {r.series for r in rows} == {case.circle} and [r.seq for r in rows] == list(range(1, len(rows) + 1))
    assert [(r.person, r.why) for r in rows if r.why] == [(ren, "right")]
    assert decisions.faults() == []
    assert {d.field for d in custody.decided(ken, case.public_id)} >= {"title", f"document {paper}"}
    with pytest.raises(access.NotAllowed):
        custody.decided(ren, case.public_id)


def test_who_may_not_know_of_the_case_leaves_no_trace(three):
    *_, case, paper = three
    outsider = person("Out", "applicant", sealed=True)
    for ask in (
        lambda: access.reveal(outsider, case.public_id, 1, "title"),
        lambda: custody.ask(outsider, case.public_id, "bundle", "export", 1, WHY),
        lambda: custody.of_case(outsider, case.public_id),
    ):
        with pytest.raises(access.UnknownCase):
            ask()
    with pytest.raises(access.Unknown):
        papers.fetch(outsider, paper)
    assert not Decision.objects.exists() and not SealedRead.objects.exists()


def _unguarded(statement):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'access_%%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE access_decision SET why = '' WHERE why = 'right'",
        "UPDATE access_decision SET door = 'page' WHERE seq = 2",
        "UPDATE access_decision SET person_id = (SELECT MIN(id) FROM access_person) WHERE seq = 1",
        "DELETE FROM access_decision WHERE seq = 2",
        "DELETE FROM access_decision WHERE seq = (SELECT MAX(seq) FROM access_decision)",
        "DELETE FROM access_sealedread",
        "UPDATE access_sealedread SET field = 'x'",
    ],
)
def test_verify_names_what_was_changed(three, change):
    hana, _, ren, case, _ = three
    with pytest.raises(access.NotAllowed):
        access.reveal(ren, case.public_id, 1, "title", "api")
    access.reveal(hana, case.public_id, 1, "title", "preview")
    access.reveal(hana, case.public_id, 1, "title")
    assert decisions.faults() == []
    _unguarded(change)
    assert case.public_id in {f.case for f in decisions.faults()}
