"""An answer of another organisation's login is that of the server asked, speaks of one person, and is strong enough.

The attacks are planted in a provider that runs here (`oidc_provider`): it lies in its description, in the answer that
the browser brings, in the ID token.
"""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import override_settings
from django.urls import reverse
from folk import person
from visitor import client, is_in

from kaname.access.login.strict import lacking
from kaname.ledger import clock
from web.oidc_provider import Provider

EVIL = "https://evil.example"
PROMISED = {"authorization_response_iss_parameter_supported": True}


@pytest.fixture
def hana(db):
    return person("Hana", "applicant")


@pytest.fixture
def other(hana):
    with Provider() as provider:
        provider.claims = {"sub": "h-1", "email": hana.email, "email_verified": True}
        yield provider
        assert provider.refused == []


class Visit:
    """A browser at the login. `asked`: what it was sent to the organisation with."""

    def __init__(self, other, **settings):
        app = other.app
        app["settings"] |= settings
        self.apps = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
        self.other, self.browser, self.asked = other, client(), {}

    def leaves(self):
        with override_settings(SOCIALACCOUNT_PROVIDERS=self.apps):
            answer = self.browser.post(reverse("openid_connect_login", args=["other"]))
        if answer.url.startswith(self.other.url):
            self.asked = dict(parse_qsl(urlsplit(answer.url).query))
        return answer

    def comes_back(self):
        link = re.search(r'id="yes" href="([^"]+)"', self.other.ask(self.asked))[1]
        with override_settings(SOCIALACCOUNT_PROVIDERS=self.apps):
            return self.browser.get(unescape(link).partition("testserver")[2])

    def told(self):
        page = self.browser.get(reverse("account_login")).content.decode()
        return unescape(page)


def is_let_in(other, **settings) -> bool:
    visit = Visit(other, **settings)
    visit.leaves()
    if not visit.asked:
        return False
    answer = visit.comes_back()
    assert answer.status_code == 302
    return is_in(visit.browser)


# -- whose answer it is (RFC 9207) -------------------------------------------------------------------------------------


@pytest.mark.parametrize("promised", [True, False])
def test_an_answer_of_the_server_asked_opens(other, promised):
    other.description = PROMISED if promised else {}
    other.answer = {"iss": other.url}
    assert is_let_in(other)


def test_who_promises_no_issuer_need_not_say_it(other):
    assert is_let_in(other)


@pytest.mark.parametrize("iss", [None, "", EVIL, "slash", "twice"])
def test_an_answer_of_another_server_is_refused_before_its_code_is_shown(other, iss):
    """The mix-up: a code of one server carried to another. It is thrown away unused."""
    other.description = PROMISED
    given = {"slash": f"{other.url}/", "twice": [other.url, EVIL]}.get(iss, iss)
    other.answer = {} if given is None else {"iss": given}
    visit = Visit(other)
    visit.leaves()
    assert visit.comes_back().url == reverse("socialaccount_login_error")
    assert len(other.codes) == 1 and not other.tokens and not is_in(visit.browser)


def test_a_wrong_issuer_is_refused_though_none_was_promised(other):
    other.answer = {"iss": EVIL}
    assert not is_let_in(other) and not other.tokens


def test_an_issuer_alone_brings_nobody_in(other):
    """Planted: the same answer without the check would open."""
    other.answer, other.description = {"iss": EVIL}, PROMISED
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr("kaname.access.login.strict.Strict.get_access_token_data")
        assert is_let_in(other)
    assert not is_let_in(other)


# -- whose description it is -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("issuer", [EVIL, None, 7, "", "http://127.0.0.1", "path", "case"])
def test_a_description_of_another_issuer_is_refused_before_anybody_is_sent_there(other, issuer):
    other.description = {"issuer": {"path": f"{other.url}/tenant", "case": other.url.upper()}.get(issuer, issuer)}
    other.id_token = {"iss": other.description["issuer"]}
    visit = Visit(other)
    assert visit.leaves().url == reverse("socialaccount_login_error") and not visit.asked


def test_a_description_that_changes_on_the_way_is_refused_as_well(other):
    visit = Visit(other)
    visit.leaves()
    other.description = {"issuer": EVIL}
    other.id_token = {"iss": EVIL}
    assert visit.comes_back().url == reverse("socialaccount_login_error")
    assert not other.tokens and not is_in(visit.browser)


def test_a_last_slash_makes_no_other_issuer(other):
    other.description = {"issuer": f"{other.url}/"}
    other.id_token = {"iss": f"{other.url}/"}
    assert is_let_in(other)
    assert is_let_in(other, server_url=f"{other.url}/.well-known/openid-configuration")


@pytest.mark.parametrize("iss", [EVIL, None, "slash"])
def test_an_id_token_of_another_issuer_is_refused(other, iss):
    other.id_token = {"iss": f"{other.url}/" if iss == "slash" else iss}
    assert not is_let_in(other)


def test_a_server_that_is_gone_when_one_comes_back_is_told(other):
    visit = Visit(other)
    visit.leaves()
    other.server.shutdown()
    other.server.server_close()
    assert visit.comes_back().url == reverse("socialaccount_login_error")


# -- of one person -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sub", ["somebody else", None, ""])
def test_userinfo_and_id_token_speak_of_one_person(other, sub):
    other.id_token = {"sub": sub}
    assert not is_let_in(other)


def test_an_answer_without_id_token_is_refused(other, monkeypatch):
    exchange = other.exchange
    monkeypatch.setattr(other, "exchange", lambda form: {k: v for k, v in exchange(form).items() if k != "id_token"})
    assert not is_let_in(other)


# -- strong enough -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said, opens", [
    ({"acr": "aal2"}, True), ({"acr": "aal3"}, True), ({"acr": "aal1"}, False), ({}, False),
    ({"acr": ["aal2"]}, False), ({"acr": "aal"}, False), ({"acr": "aal2 "}, False), ({"amr": ["aal2"]}, False),
])  # fmt: skip
def test_the_kind_of_login_that_the_file_asks_for_is_checked(other, said, opens):
    other.id_token = said
    assert is_let_in(other, acr=["aal2", "aal3"]) is opens


@pytest.mark.parametrize("said, opens", [
    ({"amr": ["pwd", "otp"]}, True), ({"amr": ["hwk"]}, True), ({"amr": ["pwd"]}, False), ({"amr": []}, False),
    ({}, False), ({"amr": "otp"}, False), ({"amr": "hotpwd"}, False),
])  # fmt: skip
def test_the_means_that_the_file_asks_for_are_checked(other, said, opens):
    other.id_token = said
    assert is_let_in(other, amr=["otp", "hwk"]) is opens


def test_who_is_refused_is_told_what_was_expected(other):
    other.id_token = {"acr": "aal1", "amr": ["pwd"]}
    visit = Visit(other, acr=["aal2", "aal3"], amr=["otp"], auth_params={"acr_values": "aal2 aal3"})
    visit.leaves()
    assert visit.asked["acr_values"] == "aal2 aal3"  # asked for, so that the organisation can lead there
    assert visit.comes_back().url == reverse("account_login")
    assert "a stronger login at the other organisation (acr: aal2 / aal3, amr: otp)" in visit.told()
    assert "（acr: aal2 / aal3, amr: otp）" in lacking({"acr": ["aal2", "aal3"], "amr": ["otp"]}, {}).ja


def test_what_userinfo_says_of_the_login_does_not_count(other):
    other.claims |= {"acr": "aal2"}
    other.id_token = {"acr": None}
    assert not is_let_in(other, acr=["aal2"])


def test_a_joined_person_is_asked_as_well_and_a_stranger_learns_no_more(other):
    other.id_token = {"acr": "aal2"}
    assert is_let_in(other, acr=["aal2"])
    other.id_token = {"acr": "aal1"}
    assert not is_let_in(other, acr=["aal2"])
    other.claims = {"sub": "x-1", "email": "stranger@example.jp", "email_verified": True}
    visit = Visit(other, acr=["aal2"])
    visit.leaves()
    assert visit.comes_back().url == reverse("account_login") and "(acr: aal2)" in visit.told()


# -- what ends when, as docs/inventory.md says -------------------------------------------------------------------------


def test_a_session_begun_there_ends_by_our_times_and_the_way_back_leads_there_again(other, monkeypatch):
    at = [clock.now()]
    monkeypatch.setattr(clock, "now", lambda: at[0])
    visit = Visit(other)
    visit.leaves()
    visit.comes_back()
    for _ in range(20):
        at[0] += timedelta(minutes=30)
        assert is_in(visit.browser)
    at[0] += timedelta(seconds=1)
    assert not is_in(visit.browser)  # ten hours, though it was used all day
    assert (
        visit.browser.get("/").url == f"{reverse('account_login')}?next=%2F"
    )  # to our page, not there: a click is asked
    visit.leaves()
    visit.comes_back()
    assert is_in(visit.browser)
    visit.browser.post(reverse("account_logout"))
    assert not is_in(visit.browser)
