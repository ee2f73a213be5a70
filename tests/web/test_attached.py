"""Files of a form: kept as documents on the step a person asked for, named by the act, handed out from its pages."""

import re
from datetime import date
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from access.folk import person
from kaname.access.gate import expired
from kaname.ledger.models import Entry
from kaname.papers.models import Document
from web.test_case_pages import login, text

PDF = b"%PDF-1.7\n" + "カナリア図面".encode() * 40
KIND = "patents.prior_confirmation"


@pytest.fixture
def filer(db):
    return login(person("Hana", "foreign_filer", sealed=True))


def sent(client, step: str, *files: SimpleUploadedFile, **typed: str):
    address = reverse("new_case", args=[KIND])
    form = client.get(address).content.decode()
    key = re.search(r'name="key" value="([0-9a-f]{32})"', form).group(1)
    filled = {
        "key": key, "seq": "0", "step": step, "act.on": f"{date.today():%Y/%m/%d}", "act.party": "架空社",
        "japanese_application_filed": "no", "name": "架空社", "title": "凧", **typed,
    }  # fmt: skip
    return client.post(address, {**filled, "drawings.file": list(files)})


def pdf(name: str = "図面.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def test_a_file_goes_with_the_act_and_comes_back_from_its_pages(filer):
    answer = sent(filer, "check", pdf())
    assert answer.status_code == 302, text(answer)
    check = filer.get(answer["Location"]).content.decode()
    fields = dict(re.findall(r'name="(key|seq)" value="([^"]*)"', check))
    receipt = filer.post(answer["Location"], fields)
    assert receipt.status_code == 302
    (document,) = Document.objects.all()
    assert document.claimed_at is not None and document.case == Entry.objects.get().case
    papers = filer.get(reverse("case_papers", args=[document.case.public_id])).content.decode()
    address = reverse("document", args=[document.public_id])
    assert b"".join(filer.get(address).streaming_content) == PDF
    assert address not in papers  # the field is sealed: its page says so and no more
    assert "封緘" in text(filer.get(receipt["Location"]))


@pytest.mark.django_db
def test_the_receipt_tells_size_and_digest_of_each_file():
    operator, content = login(person("Ono", "operator")), PDF + b"plan"
    address = f"{reverse('new_case', args=['infrastructure.plan'])}?act=introduction_plan.file"
    key = re.search(r'name="key" value="([0-9a-f]{32})"', operator.get(address).content.decode()).group(1)
    typed = {"act.on": f"{date.today():%Y/%m/%d}", "act.party": "架空電力", "facility": "設備", "content": "更新",
             "planned_on": "2030/04/01", "supplier": "星野計器", "measures": "措置"}  # fmt: skip
    check = operator.post(address, {**typed, "key": key, "step": "check", "plan.file": pdf("計画.pdf", content)})
    assert check.status_code == 302, text(check)
    receipt = operator.post(check["Location"], {"key": key, "seq": "0"})
    said = text(operator.get(receipt["Location"]))
    assert "計画.pdf" in said and sha256(content).hexdigest() in said and f"{len(content)} バイト" in said


def test_a_draft_keeps_the_file_and_another_one_takes_its_place(filer):
    form = sent(filer, "save", pdf())
    assert "図面.pdf（" in text(form) and "を開く" in text(form)
    first = Document.objects.get()
    again = sent(filer, "save", pdf("別.pdf", PDF + b"2"), drawings=f"document:{first.public_id}:{first.commitment}")
    assert again.content.decode().count('href="/documents/') == 1
    assert first.public_id not in again.content.decode()


def test_a_file_of_another_sort_is_told_at_its_field_and_nothing_is_lost(filer):
    answer = sent(filer, "check", pdf("図面.pdf", b"MZ\x90\x00" + b"\0" * 400))
    said = answer.content.decode()
    assert answer.status_code == 422 and Document.objects.count() == 0
    assert ('href="#f-drawings"' in said and 'value="凧"' in said) or "凧" in said


def test_showing_the_effect_takes_no_file(filer):
    assert sent(filer, "effect", pdf()).status_code == 200
    assert Document.objects.count() == 0


def test_the_effect_asked_for_before_a_file_arrived_does_not_take_it_away(filer):
    """The page asks for the effect a moment after a change: that request may be read after the one with the file."""
    sent(filer, "save", pdf())
    assert sent(filer, "effect").status_code == 200
    kept = filer.get(reverse("new_case", args=[KIND])).content.decode()
    assert f'href="/documents/{Document.objects.get().public_id}' in kept
    sent(filer, "save", drawings="")  # who takes it out by hand takes it out
    assert "/documents/" not in filer.get(reverse("new_case", args=[KIND])).content.decode().partition("<main")[2]


def test_a_file_that_is_refused_takes_the_place_of_none(filer):
    """What was attached before stays; the refusal names the file, and one that is empty is refused, too."""
    sent(filer, "save", pdf())
    first = Document.objects.get()
    reference = f"document:{first.public_id}:{first.commitment}"
    for wrong in (pdf("罠.exe", b"MZ\x90\x00" + b"\0" * 400), pdf("空.pdf", b"")):
        answer = sent(filer, "check", wrong, drawings=reference)
        assert answer.status_code == 422, wrong.name
        assert reference in answer.content.decode() and f"{wrong.name}：" in text(answer)
    kept = filer.get(reverse("new_case", args=[KIND])).content.decode()
    assert reference in kept and Document.objects.count() == 1


def test_a_lost_login_keeps_what_was_typed_after_a_file(filer):
    """The file itself is not kept, and the page says so; nor does a long text in Japanese become too long."""
    address, long = reverse("new_case", args=[KIND]), "発明の説明。" * 20_000
    form = filer.get(address).content.decode()
    fields = dict(re.findall(r'name="(key|whose|seq)" value="([^"]*)"', form))
    session = filer.cookies.pop("sessionid")
    gone = filer.post(address, {**fields, "name": "架空社", "drawings.file": [pdf()], "title": "凧", "invention": long})
    assert gone.status_code == 302 and gone["Location"].endswith("kept%2F") and Document.objects.count() == 0
    stored = filer.session[expired.KEPT]
    filer.cookies["sessionid"] = session.value
    back = filer.session
    back[expired.KEPT] = stored
    back.save()
    said = filer.get(reverse("kept"))
    assert 'name="title" value="凧"' in said.content.decode() and long in said.content.decode()
    assert "ファイルは残っていません" in text(said)
