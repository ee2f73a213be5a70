"""Letters: what they say comes from ledger and declaration alone, and is the same whenever printed."""

import io
import unicodedata
from dataclasses import replace
from datetime import date

import pypdf
import pytest

from kaname.access import api as access
from kaname.access.models import SealedRead
from kaname.papers import letters
from kaname.papers.letters.words import Line
from kaname.procedure import Entry
from web import world
from web.test_case_pages import login, text

RARE = "髙﨑濵﨟①㈱～𠮷野家 Ångström, Zażółć <b>#set text(red)$x$"


@pytest.fixture
def folk(db):
    return world.people()


@pytest.fixture
def sent(folk):
    """An application, and the Office's notice that it was sent on, with its receipt."""
    case = world.filed(folk["attorney"], date(2026, 11, 2))
    world.act(folk["jpo"], case, "first_review.send", date(2026, 11, 20), ground="listed")
    seq = world.act(folk["jpo"], case, "first_review.notify_sent", date(2026, 11, 24), received_on="2026-11-25")
    return case, seq


def words(raw: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(raw)).pages
    return unicodedata.normalize("NFKC", "".join("".join(page.extract_text() for page in pages).split()))


def test_a_notice_says_who_to_whom_on_what_basis(folk, sent):
    case, seq = sent
    found = letters.letter(folk["jpo"], case, seq, "ja")
    assert found.to == (f"{world.PARTY}　様",) and found.sender[0] == "特許庁長官"
    assert found.day == "令和8年11月24日" and found.number == f"第1-{seq}号" and found.received == "令和8年11月25日"
    assert "法66条" in found.opening and any(one.startswith("法：経済施策を") for one in found.laws)
    assert found.digest == access.receipt(folk["jpo"], case, seq).digest and not found.draft
    said = words(letters.pdf(found))
    for part in (*found.to, *found.sender, found.day, found.title, found.opening, found.digest, "以上"):
        assert unicodedata.normalize("NFKC", "".join(part.split())) in said, part


def test_a_filing_is_addressed_to_whom_it_lies_with_and_hides_what_is_sealed(folk, sent):
    case, _ = sent
    found = letters.letter(folk["attorney"], case, 1, "en")
    assert found.sender == ("Applicant", world.PARTY)
    assert "秘密の発明" not in str(found) and any("sealed" in line.text for line in found.particulars)
    assert not SealedRead.objects.exists()
    assert "authenticone" in words(letters.pdf(found))


def test_whole_it_says_what_is_sealed_to_who_may_read_it_and_logs_it_first(folk, sent):
    case, _ = sent
    found = letters.whole(folk["jpo"], case, 1, "ja")
    assert "秘密の発明" in str(found)
    log = SealedRead.objects.get(field="title")
    assert (log.person, log.seq, log.door) == (folk["jpo"], 1, "letter")
    with pytest.raises(access.NotAllowed):
        letters.whole(folk["attorney"], case, 1, "ja")


def test_periods_that_an_act_begins_stand_in_it_with_their_days(folk, sent):
    case, _ = sent
    begun = {line.label: line.text for line in letters.letter(folk["attorney"], case, 1, "ja").periods}
    running = [c for c in access.see(folk["jpo"], case, date(2026, 11, 2)).standing.clocks.values() if c.entry == 1]
    assert running and len(begun) == len(running)
    assert any("令和9年2月2日まで" in said for said in begun.values()), begun  # three months from 2 November


def test_the_same_entry_gives_the_same_bytes_and_is_pdf_a_with_fonts(folk, sent):
    case, seq = sent
    first, again = (letters.pdf(letters.letter(folk["jpo"], case, seq, "ja")) for _ in range(2))
    assert first == again
    read = pypdf.PdfReader(io.BytesIO(first))
    meta = read.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert b"pdfaid:part" in meta and b"pdfaid:conformance" in meta
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in read.trailer["/Root"]
    fonts = [f.get_object() for page in read.pages for f in page["/Resources"]["/Font"].values()]
    below = [f["/DescendantFonts"][0].get_object()["/FontDescriptor"] for f in fonts]
    assert below and all(any(k in d for k in ("/FontFile2", "/FontFile3")) for d in below)


def test_rare_characters_and_markup_are_set_as_they_were_typed(folk):
    long = RARE * 60
    entry = Entry("first_review.file", date(2026, 11, 2), {"application_number": long[:200], "listed": True,
                  "title": "x", "made_in_japan": True}, by="applicant", party=RARE)  # fmt: skip
    case = world.recorded(access.open_case(folk["attorney"], world.KIND, entry, idempotency_key="rare-characters")).case
    found = letters.letter(folk["attorney"], case, 1, "ja")
    said = words(letters.pdf(found))
    assert unicodedata.normalize("NFKC", "".join(RARE.split())) in said
    assert letters.pngs(found)[0][:4] == b"\x89PNG"


def test_a_draft_is_marked_and_holds_nothing_sealed(folk, sent):
    case, _ = sent
    entry = Entry("first_review.file", date(2026, 11, 2), {"application_number": "特願", "title": "秘密の発明"},
                  by="applicant", party=world.PARTY)  # fmt: skip
    found = letters.draft(folk["attorney"], case, entry, "ja")
    assert found.draft and found.number == "（番号未定）" and "秘密の発明" not in str(found)
    assert "案" in words(letters.pdf(found))


def test_nobody_prints_what_they_may_not_know_or_what_is_not_there(folk, sent):
    case, seq = sent
    stranger = world.person("stranger", "jpo", kind="supply.plan")
    for who, number in ((stranger, seq), (folk["jpo"], 99)):
        with pytest.raises((access.UnknownCase, access.Unknown)):
            letters.letter(who, case, number, "ja")
    assert login(stranger).get(f"/cases/{case}/letters/{seq}.pdf").status_code == 404
    assert login(folk["jpo"]).get(f"/cases/{case}/letters/99.pdf").status_code == 404


def test_pages_lead_to_the_paper_before_and_after(folk, sent):
    case, seq = sent
    jpo = login(folk["jpo"])
    assert f"/cases/{case}/letters/{seq}.pdf" in jpo.get(f"/cases/{case}/papers/").content.decode()
    answer = jpo.get(f"/cases/{case}/letters/{seq}.pdf?lang=en")
    assert answer["Content-Type"] == "application/pdf" and answer.content[:5] == b"%PDF-"
    whole = jpo.post(f"/cases/{case}/letters/1/whole.pdf")
    assert whole.content[:5] == b"%PDF-" and "秘密の発明" in words(whole.content)
    assert jpo.get(f"/cases/{case}/letters/1/whole.pdf").status_code == 405
    closed = login(folk["attorney"]).post(f"/cases/{case}/letters/1/whole.pdf", follow=True)
    assert "権限がありません" in text(closed)


def test_the_offices_own_words_on_remedies_stand_in_its_letters(folk, sent, settings, tmp_path):
    from kaname.site.remedies import texts

    file = tmp_path / "remedies.json"
    file.write_text('{"ja": "この通知について疑義があるときは、当課に問い合わせること。"}', encoding="utf-8")
    case, seq = sent
    assert "不服の申立てについて" not in words(letters.pdf(letters.letter(folk["jpo"], case, seq, "ja")))
    settings.KANAME_REMEDIES = texts(str(file))
    assert "当課に問い合わせる" in words(letters.pdf(letters.letter(folk["jpo"], case, seq, "ja")))
    for wrong in ("[]", '{"fr": "x"}', "{", '{"ja": 1}'):
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(ValueError, match="KANAME_REMEDIES"):
            texts(str(file))


def test_every_act_of_every_kind_can_be_put_on_paper(folk):
    """All declared acts, with nothing filled in: no declaration can be without a page."""
    from kaname.access.door import Seen
    from kaname.papers.letters.compose import _composed
    from kaname.procedure.fold import fold
    from kaname.procedure.index import index
    from kaname.regimes import KINDS

    case = access.find(folk["attorney"], world.filed(folk["attorney"]))
    for kind in KINDS.values():
        standing = fold(kind, (), date(2026, 11, 2))
        seen = Seen(case, standing, frozenset(), False)
        for name in index(kind).acts:
            row = access.Recorded(Entry(name, date(2026, 11, 2), seq=1), (), "", "", "", "0" * 64)
            made = _composed(seen, [row], 1, "ja")
            assert made.title and made.sender, name


def test_names_from_anywhere_are_set_as_given(folk):
    given = "Nguyễn Thị Hương Đặng; محمد عبد الله; 葛󠄀城 𠮷野 𩸽 𠀋; Þór Łódź; Иванов"
    entry = Entry("first_review.file", date(2026, 11, 2), {"application_number": given, "listed": True, "title": "x",
                  "made_in_japan": True}, by="applicant", party=given)  # fmt: skip
    case = world.recorded(access.open_case(folk["attorney"], world.KIND, entry, idempotency_key="from-anywhere")).case
    raw = letters.pdf(letters.letter(folk["attorney"], case, 1, "ja"))
    said = words(raw)
    for part in ("ThịHươngĐặng", "𠮷野", "𩸽", "𠀋", "ÞórŁódź", "Иванов"):
        assert unicodedata.normalize("NFKC", part) in said, part
    fonts = {f.get_object()["/BaseFont"].split("+")[1] for page in pypdf.PdfReader(io.BytesIO(raw)).pages
             for f in page["/Resources"]["/Font"].values()}  # fmt: skip
    assert "NotoNaskhArabic" in " ".join(fonts)


@pytest.mark.parametrize(
    ("given", "code"),
    [("김철수", "U+AE40"), ("a\x07b", "U+0007"), ("辻\U000e01ef", "U+8FBB U+E01EF"), ("\U00020002", "U+20002")],
)
def test_a_character_that_no_font_has_is_named_and_nothing_is_printed(folk, sent, given, code):
    from kaname.typeset import Unprintable

    case, _ = sent
    entry = Entry("first_review.file", date(2026, 11, 2), {"application_number": given}, by="applicant",
                  party=world.PARTY)  # fmt: skip
    with pytest.raises(Unprintable, match=code.replace("+", r"\+")) as told:
        letters.pdf(letters.draft(folk["attorney"], case, entry, "ja"))
    assert code in told.value.text.ja and "添付" in told.value.text.ja


def test_the_page_of_a_letter_that_cannot_be_printed_says_which_character(folk):
    entry = Entry("first_review.file", date(2026, 11, 2), {"application_number": "x", "listed": True, "title": "x",
                  "made_in_japan": True}, by="applicant", party="김 상사")  # fmt: skip
    case = world.recorded(access.open_case(folk["attorney"], world.KIND, entry, idempotency_key="no-such-font")).case
    answer = login(folk["attorney"]).get(f"/cases/{case}/letters/1.pdf")
    assert answer.status_code == 422 and "U+AE40" in text(answer)


@pytest.mark.parametrize(
    "typed", ['#eval("1")', '#read("/etc/passwd")', "*a* _b_ = c\n- d", "]#panic()[", "\\u{41} $x$"]
)
def test_what_somebody_typed_is_never_markup(folk, sent, typed):
    case, _ = sent
    entry = Entry("first_review.file", date(2026, 11, 2), {"application_number": typed}, by="applicant",
                  party=world.PARTY)  # fmt: skip
    said = words(letters.pdf(letters.draft(folk["attorney"], case, entry, "ja")))
    assert unicodedata.normalize("NFKC", "".join(typed.split())) in said


def test_reasons_of_three_thousand_characters_stand_whole_over_several_pages(folk):
    from kaname.papers.letters.words import Line

    found = letters.draft(folk["jpo"], world.filed(folk["attorney"]), Entry("first_review.notify_sent",
                          date(2026, 11, 24), {}, by="jpo"), "ja")  # fmt: skip
    long = "".join(f"理由その{n}として、懸念があると認める。" for n in range(170))[:3000]
    raw = letters.pdf(replace(found, reasons=(Line("理由", long),)))
    assert long[-20:] in words(raw) and len(pypdf.PdfReader(io.BytesIO(raw)).pages) > 2


def test_a_correction_stands_in_the_paper_and_an_annulment_is_told(folk, sent):
    case, seq = sent
    again = Entry("correct", date(2026, 11, 26), {"entry": seq, "on": "2026-11-25", "reason": "日付の誤り"})
    world.recorded(access.act(folk["jpo"], case, again, idempotency_key="corrected-day"))
    found = letters.letter(folk["jpo"], case, seq, "ja")
    assert found.day == "令和8年11月25日" and found.remarks == ("令和8年11月26日の訂正（記録4）を反映している。",)
    notice = letters.letter(folk["jpo"], case, 4, "ja")
    assert notice.title == "訂正の通知" and "送付した旨を通知する" in notice.opening
    assert notice.reasons[0].text == "日付の誤り"
    world.act(folk["jpo"], case, "annul", date(2026, 11, 27), entry=seq, reason="誤って通知した")
    assert letters.letter(folk["jpo"], case, seq, "ja").remarks == (
        "この書面に係る行為は、令和8年11月27日（記録5）に取り消された。",)  # fmt: skip
    assert letters.letter(folk["jpo"], case, 5, "ja").title == "取消しの通知"
    assert "annulled" in words(letters.pdf(letters.letter(folk["jpo"], case, seq, "en")))


def test_notices_are_titled_by_their_sort_and_whom_to_ask_stands_in_them(folk, sent, settings):
    case, seq = sent
    settings.KANAME_CONTACT = {"ja": "架空課\n03-0000-0000"}
    found = letters.letter(folk["jpo"], case, seq, "ja")
    assert found.title == "送付の通知" and found.opening.endswith("次のとおり送付した旨を通知する。")
    assert "架空課" in words(letters.pdf(found))
    assert letters.letter(folk["jpo"], case, 1, "ja").contact == ""  # a filing asks nobody


def test_a_reason_of_3000_characters_goes_on_over_pages_and_nothing_of_it_is_lost(folk, sent):
    found = letters.letter(folk["jpo"], *sent, "ja")
    parts = [f"理由その{n}番。関係する資料を照らし合わせた結果、この号に当たると認めた。" for n in range(90)]
    assert len("".join(parts)) >= 3000
    long = Line("理由", "".join(parts))
    raw = letters.pdf(replace(found, particulars=(*found.particulars, long)))
    said, pages = words(raw), pypdf.PdfReader(io.BytesIO(raw)).pages
    assert len(pages) >= 2 and all(len(page.extract_text()) > 100 for page in pages)
    assert [n for n in range(90) if f"理由その{n}番。" not in said] == []
