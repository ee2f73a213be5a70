"""Notes: whose they are, who reads them, what they were, whom they name, and that they lie sealed."""

from html import unescape

import pytest
from browser import assert_clean, expect, follow

from kaname.access import api as access
from kaname.access.errors import Unknown
from kaname.aside import notes
from kaname.aside.models import Mention, Note, Version
from kaname.ledger.errors import UnknownCase
from kaname.ledger.models import Entry
from web import world

CANARY = "手控えCANARY-NOTE-5k2v"


@pytest.fixture
def folk(site):
    return world.people()


@pytest.fixture
def case(folk):
    return world.filed(folk["attorney"])


def text(site, person, path, status=200) -> str:
    answer = site.client(person).get(path)
    assert answer.status_code == status, path
    return unescape(answer.content.decode())


def test_a_private_note_is_its_author_s_alone_and_a_shared_one_is_for_who_sees_the_case(site, folk, case):
    notes.write(folk["attorney"], case, "私の控え")
    notes.write(folk["attorney"], case, "皆への控え", shared=True)
    mine, others = (text(site, folk[who], f"/cases/{case}/notes/") for who in ("attorney", "jpo"))
    assert "私の控え" in mine and "皆への控え" in mine
    assert "私の控え" not in others and "皆への控え" in others and "記録ではなく" in others
    assert [n.now.text for n in notes.listed(folk["jpo"], case)] == ["皆への控え"]


def test_who_may_not_know_of_the_case_finds_nothing(site, folk, case):
    stranger = world.person("taro", "operator", kind="infrastructure.plan")
    notes.write(folk["attorney"], case, f"@{stranger.name} 見てください", shared=True)
    text(site, stranger, f"/cases/{case}/notes/", 404)
    for ask in (lambda: notes.listed(stranger, case), lambda: notes.write(stranger, case, "x")):
        with pytest.raises((UnknownCase, Unknown)):
            ask()
    assert notes.mentions(stranger) == [] and not Mention.objects.exists()


def test_every_text_is_kept_and_what_was_private_stays_so(folk, case):
    id = notes.write(folk["attorney"], case, "一").id
    notes.edit(folk["attorney"], case, id, "二", shared=True)
    notes.edit(folk["attorney"], case, id, "二", shared=True)  # says nothing new
    (mine,), (theirs,) = notes.listed(folk["attorney"], case), notes.listed(folk["jpo"], case)
    assert [mine.now.text, *(v.text for v in mine.before)] == ["二", "一"]
    assert theirs.now.text == "二" and theirs.before == ()
    for other in (folk["jpo"], folk["pm"]):
        with pytest.raises(LookupError):
            notes.edit(other, case, id, "三", shared=True)
    notes.remove(folk["attorney"], case, id)
    assert notes.listed(folk["attorney"], case) == [] and Version.objects.filter(note__public_id=id).count() == 2


def test_a_person_named_is_told_on_the_page_and_whoever_is_nobody_here_is_said_so(site, folk, case):
    kept = notes.write(folk["attorney"], case, "@Jiro と ＠だれか へ", shared=True)
    assert (kept.told, kept.nobody) == (("Jiro",), ("だれか",))
    page = text(site, folk["jpo"], "/notices/")
    assert "あなたの名が書かれました" in page and f"/cases/{case}/notes/" in page
    assert "1件" in text(site, folk["jpo"], "/")
    text(site, folk["jpo"], f"/cases/{case}/notes/")
    assert notes.mentions(folk["jpo"]) == [] and "あなたの名が" not in text(site, folk["jpo"], "/notices/")


def test_a_private_note_names_nobody(folk, case):
    assert notes.write(folk["attorney"], case, "@Jiro").told == () and not Mention.objects.exists()


def test_notes_lie_sealed_and_the_ledger_knows_nothing_of_them(site, folk, case):
    before = Entry.objects.count()
    id = notes.write(folk["attorney"], case, CANARY, shared=True).id
    notes.edit(folk["attorney"], case, id, CANARY + "2", shared=True)
    assert Entry.objects.count() == before
    assert CANARY in text(site, folk["jpo"], f"/cases/{case}/notes/")
    lying = b"".join(p.read_bytes() for p in site.path.parent.rglob("*") if p.is_file())
    assert b"SQLite format 3" in lying and folk["attorney"].email.encode() in lying
    for spelt in (CANARY.encode(), CANARY.encode("utf-16-le"), b"CANARY-NOTE-5k2v"):
        assert spelt not in lying


@pytest.mark.parametrize("typed", ["", "  ", "x" * (notes.LONGEST + 1)])
def test_what_is_no_note_comes_back_as_it_was_typed(site, folk, case, typed):
    answer = site.client(folk["attorney"]).post(f"/cases/{case}/notes/", {"do": "write", "text": typed})
    assert answer.status_code == 400 and not Note.objects.exists()
    assert typed.strip() in answer.content.decode()


def test_the_page_is_clean_and_a_note_is_written_and_edited_without_script(browse, folk, case):
    tab = browse(folk["attorney"], script=False)
    tab.goto(f"/cases/{case}/notes/")
    tab.fill("#f-text", "電話で確認した。\n折返しを待つ。")
    tab.check("main form input[name=shared] >> nth=-1")
    follow(tab, "button[value=write]")
    expect(tab.locator(".note-text")).to_contain_text("折返しを待つ")
    looking = browse(folk["attorney"])
    assert_clean(looking, f"/cases/{case}/notes/")
    access.find(folk["jpo"], case)
    assert_clean(looking, "/notices/")
