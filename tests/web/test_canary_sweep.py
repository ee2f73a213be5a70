"""Nothing sealed lies anywhere in clear: words that occur nowhere else go through the browser, then all is swept.

Swept: the office's folder (database, WAL, screenings, all but the keys), the folder for temporary files, a backup, what
was logged, every address and header that the browser sent. Each word is looked for in UTF-8, UTF-16 of both orders,
JSON's escapes, percent and base64 in its three phases, also inside what is compressed.

One word may stand in an address: what somebody types into the search field, in the addresses of the search page alone
(it can be linked, and the back button finds it). Neither our log nor the proxy of `deploy/` writes addresses.
"""

import base64
import gzip
import json
import logging
import re
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from browser import follow
from office_process import kaname

from desk import Desk
from kaname.access import api as access
from kaname.site import logs
from kaname.web.models import Draft
from web import world

KEYS = {"secret_key", "signing_key", "sealing_key"}
OPEN = "陽性対照CANARY-OPEN-7f3a"  # an unsealed field: must be found, or the sweep looks in vain


@dataclass
class Canaries:
    """Words by where they were put."""

    words: dict[str, str] = field(default_factory=dict)

    def put(self, where: str, prefix: str = "封緘語") -> str:
        """A new word, half Japanese, half Latin, of which each half is unique."""
        word = f"{prefix}{len(self.words):02d}密CANARY-{where.upper()}-{len(self.words):02d}x9q"
        self.words[where] = word
        return word


def spellings(word: str) -> set[bytes]:
    """How a word may lie in bytes. Base64 in its three phases, without the letters that the neighbours share."""
    utf8 = word.encode()
    wide = word.encode("utf-16-le")
    found = {
        utf8,
        wide,
        word.encode("utf-16-be"),
        quote(word).encode(),
        json.dumps(word)[1:-1].encode(),
        utf8.hex().encode(),
    }
    for plain in (utf8, wide):
        for phase in range(3):
            coded = base64.b64encode(b"\0" * phase + plain)
            inner = coded[-(-phase * 4 // 3) : len(coded) - 4].rstrip(b"=")
            found |= {inner, inner.translate(bytes.maketrans(b"+/", b"-_"))}
    return found


def layers(content: bytes) -> Iterator[bytes]:
    """The bytes, and what is packed within them: gzip members and zlib streams wherever they begin."""
    yield content
    for start in re.finditer(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]", content):
        unpack = zlib.decompressobj(47 if content[start.start()] == 0x1F else 15)
        try:
            inner = unpack.decompress(content[start.start() :], 1 << 24)
        except zlib.error:
            continue
        if len(inner) > 8:
            yield inner


def occurrences(words: dict[str, str], places: dict[str, bytes]) -> list[str]:
    wanted = {where: spellings(word) for where, word in words.items()}
    return [
        f"{where} in {place}"
        for place, content in places.items()
        for layer in layers(content)
        for where, coded in wanted.items()
        if any(c in layer for c in coded)
    ]


def files(*folders: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for f in folders for p in f.rglob("*") if p.is_file() and p.name not in KEYS}


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The office's folder and that of temporary files, both empty but for the database (see `site`)."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    return tmp_path


@pytest.fixture
def logged():
    """What the office's log says, at its wordiest."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    handler, root = Kept(), logging.getLogger()
    handler.setFormatter(logs.Json())
    loggers = [root, *(logging.getLogger(name) for name in ("kaname", "django.request", "django.server", "django.db"))]
    before = [log.level for log in loggers]
    for log in loggers:
        log.setLevel(logging.INFO)
        if log is root or not log.propagate:
            log.addHandler(handler)
    yield lines
    for log, level in zip(loggers, before, strict=True):
        log.removeHandler(handler)
        log.setLevel(level)


@pytest.fixture
def hana(home, site, browse):
    person = site.person("要 花子", roles=("applicant", "jpo", "prime_minister", "designated_applicant"), sealed=True)
    tab = browse(None)
    tab.set_default_timeout(120_000)
    tab.sent = []
    tab.on("request", lambda r: tab.sent.append((r.url, json.dumps(r.headers))))
    return Desk(site, tab, person).comes()


def works(hana: Desk, canaries: Canaries) -> str:
    """A day full of sealed words: screened, filed, refused, half written, looked for, read, corrected. The case."""
    put = canaries.put
    hana.opens("/patents/screening/")
    hana.tab.click("summary >> nth=-1")
    typed = {name: put(f"screened_{name}") for name in ("title", "abstract", "claims")}
    hana.fills(ipc="F02K 7/14", application_id="特願2026-000123", **typed)
    follow(hana.tab, "main form .buttons button")
    assert typed["title"] in hana.said()
    follow(hana.tab, 'form[action$="/open/"] button')
    assert "/new/" in hana.tab.url
    hana.fills(act__party=OPEN, abstract=put("abstract"), listed="yes")
    hana.checks()
    hana.records()
    follow(hana.tab, "main a[data-key=o]")
    case = hana.tab.url.rstrip("/").rpartition("/")[2]

    # Refused, with everything typed.
    hana.opens(f"/cases/{case}/act/first_review.request_review/")
    hana.fills(
        invention=put("refused_invention"),
        places=put("refused_places"),
        reasons=put("refused_reasons"),
        with_filing="no",
    )
    hana.checks()
    # A draft that stays.
    hana.opens(f"/cases/{case}/act/security_review.notify_intention/")
    hana.fills(invention=put("drafted_invention"), places=put("drafted_places"))
    follow(hana.tab, 'button[value="save"]')
    assert Draft.objects.exists()
    # A login that is lost in the middle, and a form that is never sent on.
    hana.opens(f"/cases/{case}/act/first_review.request_review/")
    hana.fills(reasons=put("kept_reasons"))
    hana.tab.context.clear_cookies(name="sessionid")
    hana.tab.click('button[value="check"]')
    hana.tab.wait_for_url("**/accounts/login/**")
    hana.logs_in()
    assert canaries.words["kept_reasons"] in hana.said()
    # On to the designation.
    hana.does(case, "first_review.send", ground="listed")
    hana.does(case, "security_review.notify_intention", invention=put("invention"), places=put("places"))
    operator = {"id": "kyoyu1", "name": put("operator"), "information": put("handled")}
    hana.does(case, "security_review.answer_keep", information_control=put("control"), planned_changes=put("changes"),
              **{f"operators__0__{name}": value for name, value in operator.items()})  # fmt: skip
    # A correction of a sealed value, and what was there before.
    hana.opens(f"/cases/{case}/act/correct/?entry=1")
    hana.fills(act__party=OPEN, reason="誤記", title=put("corrected_title"))
    hana.checks()
    hana.records()
    # Read on purpose, looked for, tried, exported.
    hana.opens(f"/cases/{case}/sealed/1/")
    follow(hana.tab, "main form button")
    assert canaries.words["abstract"] in hana.said()
    for page in ("history/", "papers/", "people/", "flow/", "try/", "receipt/1/"):
        hana.opens(f"/cases/{case}/{page}")
    hana.tab.fill('form.find input[name="q"]', canaries.words["corrected_title"])
    hana.tab.press('form.find input[name="q"]', "Enter")
    hana.tab.wait_for_url("**/search/**")
    assert "1件見つかりました" in hana.said()
    follow(hana.tab, "ol.hits a")
    # An address that is none, and a fault on the way: error pages and their log lines.
    hana.opens("/cases/nothing/", 404)
    return case


def test_no_sealed_word_lies_anywhere(hana, home, logged, tmp_path):
    canaries = Canaries()
    case = works(hana, canaries)
    done = kaname(home, "backup", str(home / "backup.sqlite3"))
    assert done.returncode == 0, done.stderr
    assert len(canaries.words) >= 16
    places = files(home)
    assert any(name.endswith("-wal") for name in places) and any(name.endswith("backup.sqlite3") for name in places)
    places |= {"log": "\n".join(logged).encode(), "said by backup": (done.stdout + done.stderr).encode()}
    search = [url for url, _ in hana.tab.sent if "/search/" in url]
    places |= {"addresses": "\n".join(url for url, _ in hana.tab.sent if "/search/" not in url).encode()}
    # A page that follows the search tells its own office where it came from, and nobody else.
    headers = [h for url, h in hana.tab.sent if "/search/" not in json.loads(h).get("referer", "")]
    places |= {"headers": "\n".join(headers).encode()}
    assert occurrences(canaries.words, places) == []
    assert occurrences({"open": OPEN}, places), "the positive control"
    assert len([1 for place in occurrences({"open": OPEN}, places) if "sqlite3" in place]) >= 2, "office and backup"
    assert logged and '"route": "act_check"' in "\n".join(logged)
    assert search and all(url.startswith(hana.site.url) for url, _ in hana.tab.sent), "no other host was asked"
    assert access.find(hana.person, case)


@pytest.mark.parametrize("hide", [
    lambda w: w.encode(), lambda w: w.encode("utf-16-le"), lambda w: b"x" + base64.b64encode(b"ab" + w.encode() + b"c"),
    lambda w: b"." + gzip.compress(b"{" + w.encode() + b"}") + b".", lambda w: zlib.compress(b"12345678" + w.encode()),
    lambda w: json.dumps({"k": w}).encode(), lambda w: quote(w).encode(), lambda w: w.encode().hex().encode(),
])  # fmt: skip
def test_the_sweep_finds_what_is_hidden(hide):
    """Planted, each in another coat."""
    word = Canaries().put("planted")
    assert occurrences({"planted": word}, {"there": hide(word), "elsewhere": b"nothing"}) == ["planted in there"]


def test_a_sealed_word_laid_open_would_be_found(hana, home):
    """The planted fault: a title in an unsealed field."""
    canaries = Canaries()
    world.filed(hana.person, application_number=canaries.put("title"))
    assert occurrences(canaries.words, files(home))
