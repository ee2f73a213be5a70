"""A form that one person has open twice: neither page writes over what it has not shown, and what is recorded is what
the check page showed."""

import re
from datetime import date

import pytest
from django.urls import reverse

from access.folk import person
from kaname.ledger.models import Entry
from kaname.web.models import Draft
from web.test_case_pages import login, text

KIND, PLAN = "patents.prior_confirmation", "infrastructure.plan"
ADDRESS = f"/new/{KIND}/"
MOVED = "この書きかけは、別の画面で保存されました"


@pytest.fixture
def filer(db):
    return login(person("Hana", "foreign_filer", sealed=True))


class Tab:
    """A page of the form as a browser holds it: what it sends along unseen is what it was last sent."""

    def __init__(self, client, address: str = ADDRESS) -> None:
        self.client, self.address = client, address
        self.page = client.get(address)
        self.hidden = self.held()

    def held(self) -> dict[str, str]:
        return dict(re.findall(r'<input type="hidden" name="(key|seq|page|over)" value="([^"]*)"',
                               self.page.content.decode()))  # fmt: skip

    def sends(self, step: str = "save", **typed: str):
        filled = {"act.on": f"{date.today():%Y/%m/%d}", "act.party": "架空社", "japanese_application_filed": "no",
                  "name": "架空社", **typed}  # fmt: skip
        answer = self.client.post(self.address, {**self.hidden, "step": step, **filled})
        if step != "effect" and answer.status_code != 302:
            self.page = answer
            self.hidden = self.held()
        return answer


def kept(client) -> str:
    return re.search(r'name="title"[^>]*>([^<]*)<', client.get(ADDRESS).content.decode()).group(1)


@pytest.mark.parametrize("first", ["save", "effect"])
def test_what_another_page_has_saved_is_shown_before_it_is_written_over(filer, first):
    one, two = Tab(filer), Tab(filer)
    two.sends(first, title="一頁をかけて書いた発明")
    for step in ("effect", "save"):
        answer = one.sends(step, title="短い題")
        assert MOVED in text(answer), step
        assert kept(filer) == "一頁をかけて書いた発明", step
    assert answer.status_code == 409 and "短い題" in text(answer) and "一頁をかけて書いた発明" in text(answer)
    assert one.sends(title="短い題").status_code == 200, "seen, and wanted all the same"
    assert kept(filer) == "短い題"
    assert MOVED in text(two.sends(title="一頁をかけて書いた発明、つづき")), "now it is the other's turn to be told"


def test_check_does_not_go_on_from_a_page_that_was_overtaken(filer):
    one, two = Tab(filer), Tab(filer)
    two.sends(title="別の画面")
    assert one.sends("check", title="この画面").status_code == 409
    assert one.sends("check", title="この画面").status_code == 302


def test_one_page_alone_is_never_told_of_another(filer):
    """Its live requests save by the way: what it sends afterwards still bears the marks of its beginning."""
    tab = Tab(filer)
    for title in ("あ", "あい", "あいう"):
        assert MOVED not in text(tab.sends("effect", title=title))
    assert tab.sends(title="あいうえ").status_code == 200
    again = Tab(filer)
    assert (
        MOVED not in text(again.sends("effect", title="開き直した"))
        and again.sends("check", title="続き").status_code == 302
    )


def test_what_is_recorded_is_what_the_check_page_showed(filer):
    tab = Tab(filer)
    there = tab.sends("check", title="確かめた題")["Location"]
    check = filer.get(there)
    seen = dict(re.findall(r'name="(key|seq|over)" value="([^"]*)"', check.content.decode()))
    Tab(filer).sends(title="後から変えた題")
    answer = filer.post(there, seen)
    assert answer.status_code == 409 and not Entry.objects.exists()
    assert "後から変えた題" in text(answer) and "別の画面で書きかけが変わりました" in text(answer)
    now = dict(re.findall(r'name="(key|seq|over)" value="([^"]*)"', answer.content.decode()))
    assert filer.post(there, now).status_code == 302
    assert Entry.objects.count() == 1 and not Draft.objects.exists()


@pytest.mark.django_db
def test_a_form_sent_too_early_says_first_what_is_missing():
    """At the top, where errors stand, and at the fields; not only beside the form."""
    operator = login(person("Ono", "operator"))
    page = Tab(operator, f"{reverse('new_case', args=[PLAN])}?act=introduction_plan.file")
    answer = page.sends("check", content="更新")
    said = answer.content.decode()
    assert answer.status_code == 422 and "<title>エラー：" in said
    missing = re.findall(r'href="#f-(\w+)"', said[said.index('id="errors"') :].partition("</ul>")[0])
    assert {"plan", "facility", "planned_on", "supplier"} <= set(missing) and "content" not in missing
    assert [name for name in missing if f'id="f-{name}-error"' not in said] == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_opens_a_case_is_told_apart_by_its_words(language):
    """Introducing a facility and entrusting its maintenance are filed by acts of one name."""
    said = login(person("Ono", "operator"), language).get(reverse("new")).content.decode()
    for part in said.split("<h2>")[1:]:
        names = re.findall(r'<a class="plain" href="/new/[^"]+">([^<]+)</a>', part)
        assert len(names) == len(set(names)), names
    assert ("重要維持管理等の委託" if language == "ja" else "entrusting critical maintenance") in said
