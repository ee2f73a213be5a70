"""Headers on every answer: pages, redirects, errors, static files."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from folk import person
from visitor import client

from kaname.access.gate.doors import addresses
from kaname.access.gate.headers import Headers, Methods, SameSite

WANTED = {
    "Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
    "Referrer-Policy": "",  # see lacking
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin", "Permissions-Policy": "camera=()", "Cache-Control": "no-store",
    "Vary": "Cookie",
}  # fmt: skip
FILLED = {"case": "nosuchcase", "secret": "x", "pk": 1, "provider_id": "x"}


def lacking(answer, wanted=WANTED) -> list[str]:
    """What is missing of them. Pages say "same-origin", for forms need it; all else says "no-referrer"."""
    page = answer.headers.get("Content-Type", "").startswith("text/html")
    exactly = {"Referrer-Policy": "same-origin" if page else "no-referrer"}
    return [name for name, part in wanted.items() if part not in answer.headers.get(name, "")
            or answer.headers.get(name) != exactly.get(name, answer.headers.get(name, ""))]  # fmt: skip


def every_address():
    for address in addresses():
        try:
            yield reverse(address.name, kwargs={p: FILLED.get(p, "x1") for p in address.parameters})
        except NoReverseMatch:
            continue


@pytest.mark.parametrize("method", ["get", "post", "options", "put"])
def test_every_answer_carries_them(db, method):
    hana, where = person("Hana", "jpo"), list(every_address())
    assert len(where) > 30
    for who in (None, hana) if method == "get" else (hana,):
        browser = client(who)
        browser.raise_request_exception = False
        for address in where:
            answer = getattr(browser, method)(address)
            assert lacking(answer) == [], (address, answer.status_code)
            if "logout" in address:
                browser = client(who)
                browser.raise_request_exception = False


ELSEWHERE = (
    {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
    {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
)  # fmt: skip


def test_no_page_of_another_site_reads_anything_but_by_a_link(db):
    """At every door: as a picture, by a script, in a frame it gets nothing; a link leads where it always led."""
    browser, asked = client(person("Hana", "jpo"), **{"Sec-Fetch-Site": "cross-site"}), 0
    browser.raise_request_exception = False
    link = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    for address in every_address():
        if address.startswith("/api/"):
            answer = browser.get(address, headers=ELSEWHERE[1])
            assert answer.status_code in (401, 404, 405) or address.endswith("/openapi.json"), address
            continue
        for headers in ELSEWHERE:
            answer = browser.get(address, headers=headers)
            assert answer.status_code in (403, 405) and lacking(answer) == [], (address, answer.status_code)
        asked += 1
        if "logout" not in address:
            led = [browser.get(address, headers=one).status_code for one in (link, {"Sec-Fetch-Site": "same-origin"})]
            assert led[0] == led[1], (address, led)
    assert asked > 60


def test_errors_carry_them_too(db, monkeypatch):
    browser = client(person("Hana", "jpo"))
    browser.raise_request_exception = False
    broken = {"error": 404, "host": 400, "csrf": 403, "site": 403, "fault": 500}
    found = {"error": browser.get("/no/such/page/")}
    found["host"] = browser.get("/", headers={"Host": "evil.example"})
    found["site"] = browser.post("/", headers={"Sec-Fetch-Site": "cross-site"})
    monkeypatch.setattr("kaname.access.api.glance", _fault)
    monkeypatch.setattr("kaname.access.api.cases", _fault)
    found["fault"] = browser.get("/")
    strict = client()
    strict.handler.enforce_csrf_checks = True
    found["csrf"] = strict.post("/accounts/login/", headers={"Sec-Fetch-Site": "none"})
    assert {name: answer.status_code for name, answer in found.items()} == broken
    assert {name: lacking(answer) for name, answer in found.items()} == {name: [] for name in found}


def _fault(*_, **__):
    raise RuntimeError


def test_static_files_may_be_kept_and_nothing_else(db):
    answer = client().get("/static/web/icon.svg")
    assert answer.status_code == 200 and "no-store" not in answer.headers["Cache-Control"]
    rest = {k: v for k, v in WANTED.items() if k not in ("Cache-Control", "Vary")}
    assert lacking(answer, rest) == []
    assert lacking(client().get("/static/web/no-such-file")) == []


def test_over_https_browsers_are_told_to_stay_there(db, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert client().get("/help/", secure=True).headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_the_policy_lets_nothing_inline_and_nothing_from_elsewhere(db):
    policy = client().get("/help/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "http:" not in policy and "https:" not in policy and "*" not in policy


# -- each middleware by itself -----------------------------------------------------------------------------------------

EVERYWHERE = {
    "Cross-Origin-Resource-Policy": "same-origin", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}  # fmt: skip
NOT_KEPT = {"Cache-Control": "no-store", "Vary": "Cookie, Accept-Language"}
NOWHERE = {"Referrer-Policy": "no-referrer"}
ask = RequestFactory().generic


def sent(method="GET", path="/", view="web:home", status=200, **headers):
    request = ask(method, path)
    request.resolver_match = SimpleNamespace(view_name=view) if view else None
    answer = HttpResponse("x", status=status, headers={"Content-Type": "text/plain", **headers})
    return dict(Headers(lambda _: answer)(request).headers)


def test_an_answer_is_sent_with_these_headers_and_no_others():
    assert sent() == {"Content-Type": "text/plain", **EVERYWHERE, **NOT_KEPT, **NOWHERE}
    page = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'self'"}
    assert sent(**page) == {**EVERYWHERE, **NOT_KEPT, **page}
    bare = HttpResponse("x")
    del bare.headers["Content-Type"]
    assert dict(Headers(lambda _: bare)(ask("GET", "/")).headers) == {**EVERYWHERE, **NOT_KEPT, **NOWHERE}


def test_who_logs_out_leaves_nothing_in_the_browser(settings):
    out = {"path": "/accounts/logout/", "view": settings.KANAME_LOGOUT}
    assert sent("POST", **out)["Clear-Site-Data"] == '"cache", "storage"'
    others = sent("GET", **out), sent("POST"), sent("POST", path="/accounts/logout/", view="")
    assert not any("Clear-Site-Data" in headers for headers in others)


@pytest.mark.parametrize(("path", "status", "kept"), [
    ("/static/web/a.css", 200, True), ("/static/web/a.css", 304, True), ("/static/web/a.css", 404, False),
    ("/a/static/", 200, False), ("/static", 200, False),
])  # fmt: skip
def test_static_files_alone_may_be_kept_where_they_are_there(path, status, kept):
    held = {name: value for name, value in sent(path=path, status=status).items() if name in NOT_KEPT}
    assert held == ({} if kept else NOT_KEPT)


def test_what_nobody_asks_for_ends_at_the_door():
    let = Methods(lambda _: HttpResponse("in"))
    pages, programs = ["GET", "HEAD", "OPTIONS", "POST"], ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
    for path, known in (("/", pages), ("/a/api/", pages), ("/api/cases", programs)):
        for method in (*programs, "TRACE", "PROPFIND"):
            answer = let(ask(method, path))
            assert (answer.content == b"in") == (method in known), (method, path)
            if method not in known:
                assert (answer.status_code, answer["Allow"]) == (405, ", ".join(known))


LINK = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.mark.parametrize(("let", "method", "path", "headers"), [
    (True, "POST", "/", {}), (True, "POST", "/", {"Sec-Fetch-Site": "same-origin"}),
    (True, "POST", "/", {"Sec-Fetch-Site": "none"}), (False, "POST", "/", {"Sec-Fetch-Site": "same-site", **LINK}),
    (False, "POST", "/", {"Sec-Fetch-Site": "cross-site", **LINK}),
    (False, "POST", "/api/cases", {"Sec-Fetch-Site": "cross-site", **LINK}),
    *((True, method, "/", {"Sec-Fetch-Site": "cross-site", **LINK}) for method in ("GET", "HEAD", "OPTIONS")),
    (True, "GET", "/", {"Sec-Fetch-Site": "cross-site"}),
    (True, "GET", "/api/cases", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}),
    *((False, "GET", "/", {"Sec-Fetch-Site": "cross-site", **LINK, **other}) for other in (
        {"Sec-Fetch-Mode": "no-cors"}, {"Sec-Fetch-Dest": "image"}, {"Sec-Fetch-Dest": "iframe"})),
])  # fmt: skip
def test_of_another_site_only_a_link_is_let_in(let, method, path, headers):
    gate = SameSite(lambda _: "answer")
    request = RequestFactory().generic(method, path, headers=headers)
    assert gate(request) == "answer"
    if let:
        assert gate.process_view(request, None, (), {}) is None
    else:
        with pytest.raises(PermissionDenied):
            gate.process_view(request, None, (), {})
