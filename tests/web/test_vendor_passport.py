"""A vendor's own pages: the invitation, nine short tasks, both views, handing over, consent, reuse in three screens."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from test_plan_pages import login, words

from access.visitor import masked
from infrastructure.filing_world import introduction
from kaname.access.models import Person
from kaname.ledger import clock
from kaname.ledger.kinds import kinds
from kaname.vendors import api
from kaname.vendors.models import Invitation
from kaname.web.vendors.tasks import FORMS
from vendors.vendor_world import OPERATOR, Land

pytestmark = pytest.mark.django_db


@pytest.fixture
def land(db):
    with override_settings(KANAME_KINDS="kaname.regimes.KINDS"):
        kinds.cache_clear()
        yield Land(None)
    kinds.cache_clear()


def at(secret: str) -> str:
    return reverse("vendor_invitation", args=[secret])


def stranger(language: str = "ja"):
    from django.conf import settings
    from django.test import Client

    found = Client(headers={"accept-language": language, "Sec-Fetch-Site": "same-origin"})
    found.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return found


FILLED = {
    "company": {"individual": "no", "name": "星野計器", "representative": "星野 ひかり"},
    "seat": {"address": "東京都千代田区", "country": "JP", "law": "JP"},
    "holders": {"some": "some", "holders.0.name": "青空持株", "holders.0.country": "JP", "holders.0.ratio": "６０％"},
    "officers": {"officers.0.name": "星野 ひかり", "officers.0.birth_date": "昭和45年1月2日",
                 "officers.0.nationality": "JP"},
    "sales": {"year_end": "03-31", "some": "none"},
    "factories": {"factories.0.address": "長野県諏訪市", "factories.0.country": "JP"},
    "certificates": {"certificates.0.sort": "registry", "certificates.0.issued_on": "TODAY",
                     "certificates.1.sort": "officer", "certificates.1.about": "1",
                     "certificates.1.expires_on": "2040/01/01"},
}  # fmt: skip


def fill(client, vendor: str, task: str, step: str = "next", **more: str | SimpleUploadedFile):
    address = reverse("passport_task", args=[vendor, task])
    page = client.get(address).content.decode()
    number = re.search(r'name="number" value="(\d+)"', page)[1]
    given = {k: f"{clock.today():%Y/%m/%d}" if v == "TODAY" else v for k, v in (FILLED[task] | more).items()}
    return client.post(address, {"number": number, "step": step, **given})


# -- the invitation ------------------------------------------------------------------------------------------------


def test_the_link_says_who_invites_and_for_what_and_looking_does_not_use_it_up(land):
    secret = land.invited(email="hikari@example.jp")
    for _ in range(2):
        page = words(stranger().get(at(secret)))
        assert "架空電力 からのお願い" in page and "特定重要設備の供給者" in page and "hikari@example.jp" in page
    assert "A request from 架空電力" in words(stranger("en").get(at(secret)))


def test_a_newcomer_takes_it_sets_a_password_and_is_led_to_the_passport(land):
    secret = land.invited(email="hikari@example.jp")
    client = stranger()
    answer = client.post(at(secret), {"name": "星野 ひかり"})
    assert answer.status_code == 302 and answer["Location"].startswith("/accounts/welcome/")
    vendor = Invitation.objects.get(email="hikari@example.jp").vendor.public_id
    answer = client.post(
        answer["Location"], {"password1": "a long enough pass phrase", "password2": "a long enough pass phrase"}
    )
    assert answer["Location"].endswith(f"?next=%2Fvendors%2F{vendor}%2F")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_newcomer_is_spoken_to_in_the_language_of_the_invitation(land, language):
    """Who read it in English found a page in Japanese after the first login."""
    secret = land.invited(email="yumi@example.jp")
    stranger(language).post(at(secret), {"name": "Yumi"})
    assert Person.objects.get(email="yumi@example.jp").language == language


def test_a_newcomer_has_a_name_before_the_link_is_used_up(land):
    secret = land.invited()
    answer = stranger().post(at(secret), {"name": " 　"})
    assert answer.status_code == 422 and 'id="f-name-error"' in answer.content.decode()
    assert stranger().post(at(secret), {"name": "星野 ひかり"}).status_code == 302


def test_a_page_elsewhere_is_never_gone_on_to(land):
    secret = land.invited()
    client = stranger()
    link = client.post(at(secret), {"name": "星野 ひかり"}).headers["Location"].partition("?")[0]
    given = {"password1": "a long enough pass phrase", "password2": "a long enough pass phrase"}
    assert "evil" not in client.post(f"{link}?next=https://evil.example/", given)["Location"]


def test_used_run_out_withdrawn_and_unknown_links_are_one_page_byte_for_byte(land, monkeypatch):
    used, ended, old = land.invited(), land.invited(party="甲"), land.invited(party="乙")
    api.accept(used)
    api.withdraw(land.ono, api.of_preparation(land.ono, land.plan).get(party="甲").public_id)
    now = clock.now()
    Invitation.objects.filter(party="乙").update(ends_at=now - timedelta(seconds=1))
    pages = {
        (a.status_code, masked(a, s))
        for s in (used, ended, old, "x" * 43, "wrong")
        for a in (stranger().get(at(s)), stranger().post(at(s), {"name": "A"}))
    }
    assert len(pages) == 1 and pages.pop()[0] == 404


def test_who_has_an_account_logs_in_first_and_another_person_is_not_let_in(land):
    seat = land.vendor()
    seat.who.set_password("x" * 20)
    seat.who.save()
    secret = land.invited(plan=land.prepare(), email=seat.who.email)
    page = stranger().post(at(secret))
    assert page.status_code == 422 and f"next=%2Fvendors%2Finvitation%2F{secret}" in page.content.decode()
    assert "宛先が違います" in words(login(land.mina).get(at(secret)))
    assert login(land.mina).post(at(secret)).status_code == 422
    assert login(seat.who).post(at(secret)).status_code == 302


def shown_who_took_it(land):
    """What the operator and the vendor are shown of a link that the operator's own officer has used in its place."""
    now = api.see(land.ono, land.plan)
    api.keep(land.ono, land.plan, replace(introduction(), operator=OPERATOR, parties={}), now.number)
    secret = land.invited(email="hoshino@example.jp")
    stranger().post(at(secret), {"name": "Ono as 星野"}, REMOTE_ADDR="198.51.100.7")
    came = Invitation.objects.get(email="hoshino@example.jp")
    pages = {
        "operator": login(land.ono).get(reverse("plan_vendors", args=[land.plan])),
        "vendor": login(came.used_by).get(reverse("passport", args=[came.vendor.public_id])),
    }
    who, where = "案内を受けた人：Ono as 星野（hoshino@example.jp）", "、198.51.100.7 から"
    return {side for side, answer in pages.items() if who in (text := words(answer)) and where in text}


def test_both_sides_are_shown_who_took_an_invitation_and_from_where(land):
    assert shown_who_took_it(land) == {"operator", "vendor"}
    api.accept(land.invited(email="kage@example.jp"), name="影")  # by a command
    page = words(login(land.ono).get(reverse("plan_vendors", args=[land.plan])))
    assert "案内を受けた人：影（kage@example.jp）" in page and "、事務所の機械のコマンド" in page


def test_planted_an_invitation_that_does_not_note_who_took_it_is_found(land, monkeypatch):
    monkeypatch.setattr("kaname.web.views.vendors.invitation.network", lambda request: "")
    assert shown_who_took_it(land) == set()


# -- the tasks ------------------------------------------------------------------------------------------------


def test_nine_short_tasks_from_nothing_to_handed_over(land):
    came = api.accept(land.invited(), name="星野 ひかり")
    client, vendor = login(came.person), came.vendor.public_id
    page = words(client.get(reverse("passport", args=[vendor])))
    assert "あと 7 つ書くと、渡すことができます" in page and "9 のうち 0 つ済み" in page
    for task in FORMS:
        answer = fill(client, vendor, task)
        assert answer.status_code == 302, (task, words(answer))
    page = words(client.get(reverse("passport", args=[vendor])))
    assert "全部書けています" in page and "9 のうち 7 つ済み" in page
    share = reverse("passport_share", args=[vendor, api.asks(came.person, vendor)[0].invitation])
    shown = words(client.get(share))
    assert "封をして見せない" in shown and "1970年1月2日" in shown  # its own data, in the view of the authority
    until = f"{clock.today() + timedelta(100):%Y%m%d}"
    assert client.post(share, {"step": "give", "until": until, "veil": ["officers"]}).status_code == 302
    sign = reverse("passport_sign", args=[vendor])
    assert client.post(sign).status_code == 422
    assert client.post(sign, {"right": "yes"}).status_code == 302
    page = words(client.get(reverse("passport", args=[vendor])))
    assert "渡しています（第 1 版）" in page and "9 のうち 9 つ済み" in page and "届出まで使えます" in page
    said = api.read(came.person, vendor, 1)
    assert said.sales == () and str(said.holders[0].ratio) == "60" and said.officers[0].birth_date.year == 1970
    assert api.attach(land.ono, land.plan, vendor, "星野計器", "supplier").version.number == 1
    assert "計画の準備中" in words(client.get(reverse("passport", args=[vendor])))


def test_what_cannot_be_read_is_kept_and_told_at_its_field(land):
    came = api.accept(land.invited())
    client, vendor = login(came.person), came.vendor.public_id
    answer = fill(client, vendor, "officers", **{"officers.0.birth_date": "いつか", "officers.0.nationality": ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="いつか"' in page and 'id="f-officers-0-birth_date-error"' in page
    assert 'id="f-officers-0-nationality-error"' in page
    again = client.get(reverse("passport_task", args=[vendor, "officers"])).content.decode()
    assert 'value="いつか"' in again
    assert "読めない欄" in words(client.get(reverse("passport", args=[vendor])))
    assert client.post(reverse("passport_sign", args=[vendor]), {"right": "yes"}).status_code == 422
    assert api.versions(came.person, vendor) == []


def test_one_may_stop_at_any_time_and_what_was_typed_is_there(land):
    came = api.accept(land.invited())
    client, vendor = login(came.person), came.vendor.public_id
    answer = fill(client, vendor, "holders", "later", **{"holders.0.ratio": ""})
    assert answer["Location"] == reverse("passport", args=[vendor])
    assert "青空持株" in client.get(reverse("passport_task", args=[vendor, "holders"])).content.decode()


def test_who_saves_second_is_told_and_loses_nothing(land):
    came = api.accept(land.invited())
    client, vendor = login(came.person), came.vendor.public_id
    fill(client, vendor, "company")
    address = reverse("passport_task", args=[vendor, "company"])
    stale = client.post(address, {"number": "0", "step": "next", **FILLED["company"], "name": "別の名"})
    assert stale.status_code == 409 and "別の名" in stale.content.decode()
    assert api.draft(came.person, vendor).data["name"] == "星野計器"
    same = client.post(address, {"number": "0", "step": "next", **FILLED["company"]})  # a double click
    assert same.status_code == 302


def test_the_days_are_said_in_words(land):
    came = api.accept(land.invited())
    client, vendor = login(came.person), came.vendor.public_id
    fill(client, vendor, "sales")
    page = words(client.get(reverse("passport_task", args=[vendor, "sales"])))
    assert "二月前までに終わった三つの年度" in page and page.count("3月31日") == 3
    assert "前三月以内" in words(client.get(reverse("passport_task", args=[vendor, "certificates"])))


# -- reuse, withdrawal, others ---------------------------------------------------------------------------------------


def test_reuse_for_another_operator_takes_three_screens(land):
    seat = land.vendor()
    seat.consent()
    other = land.prepare(land.oka, "架空水道")
    secret = land.invited(other, seat.who.email, who=land.oka)
    client = login(seat.who)
    assert client.get(at(secret)).status_code == 200  # one
    there = client.post(at(secret))["Location"]
    assert "架空水道" in words(client.get(there))  # two
    until = f"{clock.today() + timedelta(30):%Y%m%d}"
    after = client.post(there, {"step": "give", "until": until, "veil": ["officers", "certificates"]}, follow=True)
    assert "架空水道 が" in words(after) and "まで使えます" in words(after)  # three
    assert [c.vendor.public_id for c in api.offered(land.oka, other)] == [seat.vendor]


def test_changing_what_is_shown_replaces_the_consent_and_withdrawal_takes_it_out(land):
    seat = land.vendor()
    land.attached(seat)
    client = login(seat.who)
    share = reverse("passport_share", args=[seat.vendor, seat.invitation])
    until = f"{clock.today() + timedelta(30):%Y%m%d}"
    client.post(share, {"step": "give", "until": until, "veil": ["holders"]})
    held = [c for c in api.of_vendor(seat.who, seat.vendor) if api.holds(c)]
    assert [c.veil for c in held] == [["holders"]]
    api.attach(land.ono, land.plan, seat.vendor, "星野計器", "supplier")
    end = reverse("passport_withdraw", args=[seat.vendor, held[0].public_id])
    assert "すぐに外れます" in words(client.get(end))
    assert "1 件の計画から外れました" in words(client.post(end, follow=True))
    assert list(api.offered(land.ono, land.plan)) == []


def test_a_day_that_is_none_or_too_far_is_told_and_nothing_is_given(land):
    seat = land.vendor()
    client = login(seat.who)
    share = reverse("passport_share", args=[seat.vendor, seat.invitation])
    for until in ("いつか", f"{clock.today() + timedelta(800):%Y%m%d}", f"{clock.today() - timedelta(1):%Y%m%d}"):
        answer = client.post(share, {"step": "give", "until": until, "veil": ["officers"]})
        assert answer.status_code == 422 and 'id="f-until-error"' in answer.content.decode()
    assert client.post(share, {"step": "preview", "until": until, "veil": []}).status_code == 200
    assert list(api.of_vendor(seat.who, seat.vendor)) == []


def test_a_vendor_looking_for_anothers_data_gets_the_bytes_of_something_absent(land):
    seat, other = land.vendor(), land.vendor()
    other.consent()
    held = api.of_vendor(other.who, other.vendor)[0].public_id
    client = login(seat.who)
    rest = {"passport": (), "passport_task": ("company",), "passport_sign": (), "passport_version": (1,),
            "passport_share": (other.invitation,), "passport_withdraw": (held,)}  # fmt: skip
    for name, args in rest.items():
        for method in (client.get, *([client.post] if name not in ("passport", "passport_version") else [])):
            hidden = method(reverse(name, args=[other.vendor, *args]))
            absent = method(reverse(name, args=["a" * 16, *args]))
            assert hidden.status_code == absent.status_code == 404, name
            assert masked(hidden, other.vendor) == masked(absent, "a" * 16), name
    for name, args in {"passport_share": (other.invitation,), "passport_withdraw": (held,)}.items():
        hidden = client.get(reverse(name, args=[seat.vendor, *args]))
        absent = client.get(reverse(name, args=[seat.vendor, "a" * 16]))
        assert hidden.status_code == 404 and masked(hidden, *args) == masked(absent, "a" * 16), name


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_opens_in_both_languages(land, language):
    seat = land.vendor()
    seat.consent()
    held = api.of_vendor(seat.who, seat.vendor)[0].public_id
    client = login(seat.who, language)
    pages = [reverse("passport", args=[seat.vendor]), reverse("passport_sign", args=[seat.vendor]),
             reverse("passport_version", args=[seat.vendor, 1]), reverse("passport_withdraw", args=[seat.vendor, held]),
             reverse("passport_share", args=[seat.vendor, seat.invitation]),
             *(reverse("passport_task", args=[seat.vendor, task]) for task in FORMS)]  # fmt: skip
    for page in pages:
        assert client.get(page).status_code == 200, page
    assert client.get(reverse("passports"))["Location"] == pages[0]


# -- papers ----------------------------------------------------------------------------------------------------------


def pdf(content: bytes = b"%PDF-1.7 touki") -> SimpleUploadedFile:
    return SimpleUploadedFile("登記.pdf", content, "application/pdf")


def held_file(client, vendor: str) -> str:
    """The id of the file of the first certificate, "" where there is none."""
    page = client.get(reverse("passport_task", args=[vendor, "certificates"])).content.decode()
    found = re.search(r'name="certificates.0.file" value="document:([a-z2-7]{16}):', page)
    return found[1] if found else ""


def test_a_paper_is_attached_replaced_taken_out_and_the_wrong_one_told_without_losing_what_was_typed(land):
    seat = land.vendor()
    client = login(seat.who)
    task = reverse("passport_task", args=[seat.vendor, "certificates"])
    fill(client, seat.vendor, "certificates", **{"certificates.0.file.file": pdf()})
    first = held_file(client, seat.vendor)
    reference = re.search(r"(document:[a-z2-7]{16}:[0-9a-f]{64})", client.get(task).content.decode())[1]
    answer = client.get(reverse("passport_file", args=[seat.vendor, first]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 touki" and answer["Content-Disposition"].startswith(
        "attach"
    )
    bad = {"certificates.0.file": reference, "certificates.0.file.file": pdf(b"MZ\x90")}
    wrong = fill(client, seat.vendor, "certificates", **bad, **{"certificates.0.document": "東京法務局"})
    assert wrong.status_code == 422 and "プログラムは受け取れない" in words(wrong)
    assert "東京法務局" in client.get(task).content.decode() and held_file(client, seat.vendor) == first
    fill(client, seat.vendor, "certificates", **{"certificates.0.file": reference,
                                                 "certificates.0.file.file": pdf(b"%PDF-1.7 new")})  # fmt: skip
    second = held_file(client, seat.vendor)
    assert second not in ("", first)
    fill(client, seat.vendor, "certificates", **{"certificates.0.file": reference, "certificates.0.file.gone": "yes"})
    assert held_file(client, seat.vendor) == ""


def test_both_sides_find_the_paper_as_far_as_the_vendor_lets_them(land):
    seat = land.vendor()
    client = login(seat.who)
    fill(client, seat.vendor, "certificates", **{"certificates.0.file.file": pdf()})
    client.post(reverse("passport_sign", args=[seat.vendor]), {"right": "yes"})
    file = held_file(client, seat.vendor)
    assert file in client.get(reverse("passport_version", args=[seat.vendor, 2])).content.decode()
    operator, there = login(land.ono), reverse("plan_vendor", args=[land.plan, seat.vendor])
    at = reverse("plan_vendor_file", args=[land.plan, seat.vendor, file])
    land.attached(seat)
    assert at not in operator.get(there).content.decode() and operator.get(at).status_code == 403
    use = land.attached(seat, veil=("officers",))
    assert at in operator.get(there).content.decode()
    assert b"".join(operator.get(at).streaming_content) == b"%PDF-1.7 touki"
    assert "Ono" in words(client.get(reverse("passport", args=[seat.vendor])))
    case = land.filed(use)
    minister = login(land.mori)
    page = minister.get(reverse("vendor_disclosure", args=[seat.vendor, case, 2])).content.decode()
    at = reverse("vendor_file", args=[seat.vendor, case, 2, file])
    assert at in page and b"".join(minister.get(at).streaming_content) == b"%PDF-1.7 touki"
    assert login(land.oka).get(at).status_code == 404
