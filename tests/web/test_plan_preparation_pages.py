"""An operator's pages: a plan begun, filled from files, checked, its vendors asked and taken in, handed to the form."""

import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from test_plan_pages import login, words

from access.folk import person
from access.visitor import masked
from infrastructure.filing_world import entrusted, introduction, maintenance
from kaname.ledger import clock
from kaname.ledger.kinds import kinds
from kaname.notices import waits
from kaname.vendors import api, own
from kaname.vendors.api import Stage
from kaname.vendors.models import Preparation, Reminder
from vendors.vendor_world import KIND, OPERATOR, Land

pytestmark = pytest.mark.django_db
COMPONENTS = "構成設備の名称,区分,機能,供給者\n指令サーバー,server,指令の伝送,星野計器\n記録装置,storage,,月光電子\n"
PAGES = ("plan", "plan_facility", "plan_measures", "plan_upload", "plan_parts", "plan_vendors", "plan_checked",
         "plan_handover")  # fmt: skip


@pytest.fixture
def land(db):
    with override_settings(KANAME_KINDS="kaname.regimes.KINDS"):
        kinds.cache_clear()
        yield Land(None)
    kinds.cache_clear()


def page(name: str, *args) -> str:
    return reverse(name, args=args)


def send(client, land, text: str, name: str = "parts.csv", **more):
    file = SimpleUploadedFile(name, text.encode())
    return client.post(page("plan_upload", land.plan), {"file": file, **more})


def whole(land, plan=None) -> None:
    now = api.see(land.ono, land.plan)
    api.keep(land.ono, land.plan, plan or introduction(), now.number)


# -- beginning and filling in -----------------------------------------------------------------------------------------


def test_a_plan_is_begun_for_ones_own_operator_only(land):
    client = login(land.ono)
    answer = client.post(page("plans"), {"operator": OPERATOR, "title": "変電所の更新", "sort": "introduction"})
    assert answer.status_code == 302
    assert "変電所の更新" in words(client.get(page("plans")))
    other = client.post(page("plans"), {"operator": "架空水道", "title": "x", "sort": "introduction"})
    assert other.status_code == 422
    assert "変電所の更新" not in words(login(land.oka).get(page("plans")))
    assert "準備を始める" not in words(login(land.mina).get(page("plans")))


def test_the_first_page_says_how_much_is_missing_and_when_nothing_is(land):
    client = login(land.ono)
    assert "か所が要ります" in words(client.get(page("plan", land.plan)))
    whole(land)
    plan = api.see(land.ono, land.plan).plan
    missing = [f for f in api.check(land.ono, land.plan, clock.today()).findings if f.blocks]
    assert f"あと {len(missing)} か所" in words(client.get(page("plan", land.plan)))
    assert plan.facility.name in words(client.get(page("plan", land.plan)))


def test_the_facility_is_filled_in_and_a_day_that_is_none_is_told(land):
    client, form = login(land.ono), page("plan_facility", land.plan)
    number = api.see(land.ono, land.plan).number
    given = {"number": number, "name": "給電指令", "supplier": "星野計器", "starts": "令和9年9月1日"}
    assert client.post(form, {**given, "starts": "いつか"}).status_code == 422
    assert client.post(form, given).status_code == 302
    plan = api.see(land.ono, land.plan).plan
    assert (plan.facility.name, plan.facility.supplier, plan.starts.isoformat()) == (
        "給電指令",
        "星野計器",
        "2027-09-01",
    )
    stale = client.post(form, {**given, "name": "別の名"})
    assert stale.status_code == 409 and "別の名" in stale.content.decode()
    assert api.see(land.ono, land.plan).plan.facility.name == "給電指令"


def test_a_table_is_taken_in_whole_or_its_faults_are_told_row_by_row(land):
    client = login(land.ono)
    wrong = send(client, land, "番号,元の委託,相手方,開始日,終了日\n1,,甲,2026-02-30,2027-01-01\n2,1,乙,いつか,\n")
    assert wrong.status_code == 422
    shown = words(wrong)
    assert "D2 開始日" in shown and "D3 開始日" in shown and "何も取り込みませんでした" in shown
    assert api.see(land.ono, land.plan).plan.entrustments == ()
    assert send(client, land, COMPONENTS).status_code == 302
    listed = words(client.get(page("plan_parts", land.plan)))
    assert "指令サーバー" in listed and "月光電子" in listed
    alone = words(client.get(page("plan_parts", land.plan), {"supplier": "月光電子"}))
    assert "記録装置" in alone and "指令サーバー" not in alone


def test_a_bill_of_materials_is_taken_in_and_no_file_is_told(land):
    client = login(land.ono)
    bill = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
            "components": [{"type": "application", "name": "dispatch", "supplier": {"name": "星野計器"}}]}  # fmt: skip
    assert send(client, land, json.dumps(bill), "bom.json").status_code == 302
    assert [c.supplier for c in api.see(land.ono, land.plan).plan.components] == ["星野計器"]
    assert client.post(page("plan_upload", land.plan)).status_code == 422
    assert send(client, land, "{}", "bom.json").status_code == 422


def test_a_line_is_changed_added_and_taken_out(land):
    client = login(land.ono)
    send(client, land, COMPONENTS)

    def post(row: int, **given):
        number = api.see(land.ono, land.plan).number
        return client.post(page("plan_line", land.plan, "components", row), {"number": number, **given})

    assert post(2, name="記録装置", kind="storage", function="記録", supplier="月光電子").status_code == 302
    assert post(0, name="時計").status_code == 302
    assert post(0).status_code == 422
    assert post(1, step="remove", name="x").status_code == 302
    found = api.see(land.ono, land.plan).plan.components
    assert [(c.name, c.function) for c in found] == [("記録装置", "記録"), ("時計", "")]
    assert found[0].source.startswith("parts.csv")
    for row in (3, 99):
        assert client.get(page("plan_line", land.plan, "components", row)).status_code == 404
    assert client.get(page("plan_line", land.plan, "nothing", 0)).status_code == 404


def test_re_entrustments_stand_as_a_tree_and_what_hangs_on_nothing_apart(land):
    client = login(land.ono)
    whole(land, maintenance(entrusted("1"), entrusted("2", "1"), entrusted("3", "2"), entrusted("9", "8")))
    shown = words(client.get(page("plan_parts", land.plan)))
    assert "再委託 第2層" in shown and "どこにもつながらないもの" in shown


def test_measures_are_answered(land):
    client = login(land.ono)
    number = api.see(land.ono, land.plan).number
    given = {"RMM_INT_1A": "partly", "RMM_INT_1A-reason": "来期に行う", "RMM_GOV_1": "implemented"}
    assert client.post(page("plan_measures", land.plan), {"number": number, **given}).status_code == 302
    told = api.see(land.ono, land.plan).plan.measures
    assert told["RMM_INT_1A"].reason == "来期に行う" and told["RMM_GOV_1"].status == "implemented"


# -- the check --------------------------------------------------------------------------------------------------------


def test_everything_missing_is_told_with_its_provision_and_each_link_leads_to_its_field(land):
    client = login(land.ono)
    send(client, land, COMPONENTS)
    answer = client.get(page("plan_checked", land.plan), {"order": "meti"})
    shown = words(answer)
    assert "経産省令" in shown and "記録装置" in shown
    links = set(re.findall(r'<li><a href="(/infrastructure/plans/[^"]+)"', answer.content.decode()))
    assert len(links) > 10
    for link in links:
        path, _, field = link.partition("#")
        there = client.get(unquote(path.replace("&amp;", "&")))
        assert there.status_code == 200, link
        assert not field or f'id="{field}"' in there.content.decode(), link
    wrong = client.get(page("plan_checked", land.plan), {"filing": "いつか", "order": "none"})
    assert 'id="f-filing"' in wrong.content.decode() and "読めません" in words(wrong)


# -- vendors ----------------------------------------------------------------------------------------------------------


def stages(land) -> dict[str, Stage]:
    return {c.party: c.stage for c in api.of_plan(land.ono, land.plan)}


def test_any_number_of_vendors_is_invited_and_reminded_with_few_steps(land):
    client, there = login(land.ono), page("plan_vendors", land.plan)
    send(client, land, COMPONENTS)
    assert stages(land) == {"星野計器": Stage.TO_INVITE, "月光電子": Stage.TO_INVITE}
    given = {"name.0": "星野計器", "email.0": "hoshi@example.jp", "name.1": "月光電子", "email.1": "tsuki@example"}
    wrong = client.post(there, {"step": "invite", **given})
    assert wrong.status_code == 422 and 'id="f-email-1-error"' in wrong.content.decode()
    assert client.post(there, {"step": "invite"}).status_code == 422
    preview = client.post(there, {"step": "invite", **given, "email.1": "tsuki@example.jp"})
    assert "2 者を招待する" in words(preview) and "リンクを作る" in words(preview)
    assert stages(land)["星野計器"] is Stage.TO_INVITE  # nothing was done yet
    links = client.post(there, {"step": "send", **_hidden(preview)})
    first = re.findall(r"/vendors/invitation/([\w-]{43})/", links.content.decode())
    assert len(set(first)) == 2 and set(stages(land).values()) == {Stage.WAITING}
    again = client.post(there, {"step": "remind"})
    assert "2 者に催促する" in words(again)
    second = re.findall(r"/vendors/invitation/([\w-]{43})/", client.post(
        there, {"step": "send", **_hidden(again)}).content.decode())  # fmt: skip
    assert not set(first) & set(second)
    with pytest.raises(api.Spent):
        api.look(first[0])
    assert api.look(second[0]).operator == OPERATOR


def _hidden(answer) -> dict[str, str]:
    found = re.findall(r'type="hidden" name="((?:party|to)\.\d+)" value="([^"]*)"', answer.content.decode())
    return dict(found)


def test_a_vendor_who_began_is_reminded_on_its_page_once_in_three_days(land):
    client, there = login(land.ono), page("plan_vendors", land.plan)
    send(client, land, COMPONENTS)
    seat = land.vendor()
    mine = reverse("passport", args=[seat.vendor])
    assert stages(land)["星野計器"] is Stage.FILLING and "催促" not in words(login(seat.who).get(mine))
    asked = client.post(there, {"step": "remind", "party": "星野計器"})
    assert "1 者に催促する" in words(asked) and "新しいリンクは要りません" in words(asked)
    assert Reminder.objects.count() == 0  # nothing was done yet
    done = client.post(there, {"step": "send", "told": "星野計器"}, follow=True)
    assert "催促しました：星野計器" in words(done) and "に催促済み" in words(done)
    row = Reminder.objects.get()
    assert (row.by, row.invitation.party) == (land.ono, "星野計器")
    for language, says in (
        ("ja", f"{OPERATOR} が、あなたの記入を待っています"),
        ("en", f"{OPERATOR} is waiting for you"),
    ):
        assert says in words(login(seat.who, language).get(mine))
    client.post(there, {"step": "send", "told": "星野計器"})
    assert client.post(there, {"step": "remind"}).status_code == 422  # nobody is left who may be asked now
    assert api.remind(land.ono, land.plan, ["星野計器", "月光電子"]) == [] and Reminder.objects.count() == 1
    Reminder.objects.update(at=row.at - timedelta(days=3))
    assert api.remind(land.ono, land.plan, ["星野計器"]) == ["星野計器"]


def test_a_reminder_goes_by_mail_until_the_vendor_has_answered(land):
    send(login(land.ono), land, COMPONENTS)
    seat, now = land.vendor(), clock.now()
    assert not own.is_waited_for(seat.who, now)
    api.remind(land.ono, land.plan, ["星野計器"])
    assert own.reminded(now) == [seat.who]
    assert [m.person for m in waits.plan(now) if '"passports"' in m.about] == [seat.who]
    seat.publish()
    assert not own.is_waited_for(seat.who, clock.now())


def test_nobody_reminds_for_another_operator(land):
    send(login(land.ono), land, COMPONENTS)
    land.vendor()
    with pytest.raises(api.Unknown):
        api.remind(person("Sora", "operator", kind="infrastructure.plan", party="別の電力"), land.plan, ["星野計器"])
    assert not Reminder.objects.exists()


def test_links_are_shown_once_and_nobody_is_invited_where_all_are_in(land):
    client, there = login(land.ono), page("plan_vendors", land.plan)
    send(client, land, COMPONENTS)
    assert 'value="invite"' in client.get(there).content.decode()
    sent = {f"{k}.{n}": v for n, one in enumerate(stages(land)) for k, v in (("party", one), ("to", f"{n}@example.jp"))}
    links = client.post(there, {"step": "send", **sent}).content.decode()
    assert "data-done-once" in links  # a reload makes no second link (app.js)
    assert set(stages(land).values()) == {Stage.WAITING}
    assert 'value="invite"' not in client.get(there).content.decode()


def test_a_filed_plan_says_that_it_is_and_not_what_is_missing(land):
    case = land.filed(land.attached(land.vendor()))
    shown = login(land.ono).get(page("plan", land.plan))
    assert "この計画は届け出ています" in words(shown) and page("case", case) in shown.content.decode()
    assert "届け出るには" not in words(shown) and page("plan_handover", land.plan) not in shown.content.decode()


def test_a_day_is_the_day_in_japan(land):
    night = datetime(2026, 11, 27, 19, 56, tzinfo=UTC)
    Preparation.objects.filter(public_id=land.plan).update(made_at=night)
    assert "2026-11-28" in words(login(land.ono).get(page("plans")))


def test_who_is_not_in_the_plan_is_not_invited(land):
    client = login(land.ono)
    send(client, land, COMPONENTS)
    answer = client.post(page("plan_vendors", land.plan), {"step": "send", "party.0": "他人", "to.0": "x@example.jp"})
    assert answer.status_code == 422 and list(api.of_preparation(land.ono, land.plan)) == []


def test_a_vendor_goes_from_filling_in_to_the_plan_and_what_is_veiled_stays_away(land):
    client, there = login(land.ono), page("plan_vendors", land.plan)
    send(client, land, COMPONENTS)
    seat = land.vendor(officers=[{"name": "カナリア", "birth_date": "1931-07-19", "nationality": "QZ"}])
    assert stages(land)["星野計器"] is Stage.FILLING
    seat.consent(veil=("sales",))
    assert stages(land)["星野計器"] is Stage.READY
    assert "1 者の開示を計画に加える" in words(client.get(there))
    assert "1 者の開示を計画に加えました" in words(client.post(there, {"step": "take"}, follow=True))
    assert stages(land)["星野計器"] is Stage.TAKEN
    assert {s.role for s in api.in_preparation(land.ono, land.plan)} == {"component_supplier"}
    mine = client.get(page("plan_vendor", land.plan, seat.vendor))
    assert "行政機関だけに開示" in words(mine) and "1931" not in mine.content.decode()
    assert client.post(page("plan_vendor", land.plan, seat.vendor)).status_code == 403  # no mandate for what is sealed
    reader = person("Oto", "operator", kind=KIND, party=OPERATOR, sealed=True)
    assert "1931年7月19日" in words(login(reader).post(page("plan_vendor", land.plan, seat.vendor)))
    seat.publish()
    assert stages(land)["星野計器"] is Stage.NEWER
    api.revoke(seat.who, seat.vendor, api.of_vendor(seat.who, seat.vendor)[0].public_id)
    assert stages(land)["星野計器"] is Stage.FILLING


# -- handing over -----------------------------------------------------------------------------------------------------


def test_the_prepared_content_stands_in_the_form_of_the_act(land):
    client = login(land.ono)
    whole(land)
    seat = land.vendor()
    use = land.attached(seat)
    answer = client.post(page("plan_handover", land.plan))
    assert answer.status_code == 302 and "act=introduction_plan.file" in answer["Location"]
    form = client.get(answer["Location"]).content.decode()
    assert "給電指令システム" in form and use.reference in form and "指令サーバー" in form and OPERATOR in form
    assert "書きかけがあります" in words(client.get(page("plan_handover", land.plan)))


# -- who may ----------------------------------------------------------------------------------------------------------


def test_anothers_plan_is_absent_byte_for_byte(land):
    client = login(land.oka)
    send(login(land.ono), land, COMPONENTS)
    rest = {**dict.fromkeys(PAGES, ()), "plan_line": ("components", 1), "plan_vendor": ("a" * 16,)}
    for name, args in rest.items():
        hidden, absent = (client.get(page(name, plan, *args)) for plan in (land.plan, "b" * 16))
        assert hidden.status_code == absent.status_code == 404, name
        assert masked(hidden, land.plan) == masked(absent, "b" * 16), name


def test_who_may_only_read_changes_nothing(land):
    send(login(land.ono), land, COMPONENTS)
    reader = person("Yomi", "operator", kind=KIND, party=OPERATOR, may_act=False)
    client, number = login(reader), api.see(land.ono, land.plan).number
    assert client.get(page("plan", land.plan)).status_code == 200
    assert client.post(page("plan_facility", land.plan), {"number": number, "name": "x"}).status_code == 403
    assert send(client, land, COMPONENTS).status_code == 403
    assert client.post(page("plan_vendors", land.plan), {"step": "take"}).status_code in (302, 403)
    assert api.see(land.ono, land.plan).number == number


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_of_a_plan_opens_in_both_languages(land, language):
    whole(land)
    client = login(land.ono, language)
    for name in PAGES:
        assert client.get(page(name, land.plan)).status_code == 200, name
    assert client.get(page("plan_line", land.plan, "components", 1)).status_code == 200
    assert client.get(page("plan_line", land.plan, "entrustments", 0)).status_code == 200


def test_a_large_plan_is_listed_in_a_fixed_number_of_statements(land, django_assert_max_num_queries):
    from dataclasses import replace

    plan = introduction()
    parts = tuple(replace(plan.components[0], name=f"部品{n}", supplier=f"供給者{n % 400}") for n in range(5000))
    whole(land, replace(plan, components=parts))
    client = login(land.ono)
    with django_assert_max_num_queries(22):
        assert client.get(page("plan_vendors", land.plan)).status_code == 200
    assert "ほか 201 者" in words(client.get(page("plan_vendors", land.plan)))
