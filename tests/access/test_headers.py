"""Headers on every answer: pages, redirects, errors, static files."""

import pytest
from django.urls import NoReverseMatch, reverse
from folk import person
from visitor import client

from kaname.access.gate.doors import addresses

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
