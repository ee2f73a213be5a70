"""The office as a process while its surroundings fail: it says so, loses nothing, and goes on without a new start."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import replace
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
import throwaway
from office_process import Answer, Running, kaname, running

from kaname.ledger import roles

CANARIES = ("金糸雀一号", "canary-two-8e1f")


def password(home: Path) -> str:
    return re.search(r'"password": "([^"]+)"', (home / "demonstration").read_text())[1]


# -- logs -----------------------------------------------------------------------------------------------------------


def test_the_log_of_a_day_holds_no_content(demo):
    with running(demo, DJANGO_SETTINGS_MODULE="faulty_settings") as office:
        assert office.log_in("attorney@demo.example", password(demo)).status == 200
        for canary in CANARIES:
            quoted = canary.encode().hex("%").upper()
            for path in (f"/?q=%{quoted}", f"/%{quoted}/", f"/fail/ours/?title=%{quoted}", f"/search/?q=%{quoted}"):
                office.ask(path)
            for how in ("ours", "away", "twice", "full"):
                form = {"title": canary, "csrfmiddlewaretoken": office.cookie("csrftoken")}
                assert office.ask(f"/fail/{how}/", form).status >= 500
        office.log_in(f"{CANARIES[1]}@demo.example", CANARIES[1])
        assert office.stop() == 0
        lines, raw = office.lines(), office.log.read_text(encoding="utf-8")
    requests = [line for line in lines if line["event"] == "request"]
    assert {line["status"] for line in requests} >= {200, 404, 500, 503, 507}
    assert any("faulty_urls.py" in str(line.get("errors")) for line in lines), "the positive control: errors are told"
    assert any(line.get("person") for line in requests)
    for canary in (*CANARIES, "attorney@", "sessionid", password(demo)):
        assert canary not in raw
        assert canary.encode().hex() not in raw.lower().replace("%", "")
        assert canary.encode("unicode_escape").decode() not in raw


def test_a_log_that_wrote_addresses_would_be_found(demo):
    """Planted: the server's own access log switched on. The sweep above must be able to see it."""
    env = {"DJANGO_SETTINGS_MODULE": "talkative_settings"}
    with running(demo, **env) as office:
        office.ask(f"/?q={CANARIES[1]}")
        office.stop()
        assert CANARIES[1] in office.log.read_text(encoding="utf-8")


# -- no room --------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(demo):
    """The home of a demonstration on a disk of 96 MB."""
    folder = Path(tempfile.mkdtemp(prefix="kd-", dir="/tmp"))
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=96m", "none", str(folder)], capture_output=True, text=True
    )
    if done.returncode:
        folder.rmdir()
        pytest.skip(f"no small disk can be mounted here ({done.stderr.strip()})")
    try:
        shutil.copytree(demo, folder / "home")
        yield folder / "home"
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def test_a_full_disk_is_told_reading_goes_on_and_room_is_enough(small_disk):
    word, ballast = password(small_disk), small_disk / "ballast"
    with running(small_disk) as office:
        assert office.log_in("jpo@demo.example", word).status == 200
        _fill(ballast)
        refused = _refused(office, word)
        assert "ディスクに空きがありません" in refused.text
        assert word not in refused.text
        assert office.ask("/").status == 200, "reading goes on"
        ballast.unlink()
        assert _stranger(office).log_in("cao@demo.example", word).status == 200
    found = kaname(small_disk, "verify")
    assert "0 faults" in found.stdout


def _stranger(office: Running) -> Running:
    """The same office, seen from another browser."""
    return replace(office, jar=CookieJar())


def _refused(office: Running, word: str) -> Answer:
    """A login that can no longer be recorded; the first few still find room within the files."""
    for _ in range(40):
        found = _stranger(office).log_in("cao@demo.example", word)
        if found.status != 200:
            assert found.status == 507
            return found
    raise AssertionError("the disk was never full")


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue


# -- a database that goes away --------------------------------------------------------------------------------------


def test_a_database_that_goes_away_is_told_and_comes_back(home):
    if throwaway.bindir() is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    with throwaway.cluster() as base:
        throwaway.superuser(base, "CREATE DATABASE office")
        throwaway.superuser(base, *roles.creation("office"), database="office")
        owner, web = (throwaway.url(base, role, "office") for role in (roles.OWNER, roles.WEB))
        waiting = kaname(home, "up", "--check", KANAME_DATABASE_URL=web)
        assert waiting.returncode == 1
        assert "kaname_owner" in waiting.stderr, "what to do where migrations wait"
        assert kaname(home, "migrate", KANAME_DATABASE_URL=owner).returncode == 0
        assert "owns tables" in kaname(home, "up", "--check", KANAME_DATABASE_URL=owner).stderr
        assert "unset KANAME_DATABASE_URL" in kaname(home, "demo-office", KANAME_DATABASE_URL=web).stderr
        with running(home, KANAME_DATABASE_URL=web) as office:
            nobody = {"login": "nobody@demo.example", "password": "no-such-password"}
            assert office.log_in(*nobody.values()).status == 200
            throwaway.stop(base)
            away = office.log_in(*nobody.values())
            assert away.status == 503
            assert "データベースに届きません" in away.text
            assert office.ask("/healthz").status == 503
            throwaway.start(base)
            assert office.log_in(*nobody.values()).status == 200, "without a new start"
            assert office.ask("/healthz").status == 200


# -- backup while people work ---------------------------------------------------------------------------------------


def test_backup_while_the_office_works_and_restore_once_it_stands_still(demo, tmp_path):
    """Writers go on beside a backup, which is whole; a restore is refused until the office is gone, however it went,
    and names what it takes back."""
    stop, seen, restored = threading.Event(), [], []
    found = kaname(demo, "open", "patents.application", "first_review.file", "--on", "2026-01-05", "--json")
    case = re.search(r'"case": "(\w+)"', found.stdout)[1]
    with running(demo) as office:
        writers = [threading.Thread(target=_write, args=(demo, case, stop, seen)) for _ in range(2)]
        for writer in writers:
            writer.start()
        _until(lambda: len(seen) >= 2)
        copy = tmp_path / "copy.sqlite3"
        backup = kaname(demo, "backup", str(copy))
        assert backup.returncode == 0, backup.stderr
        assert ", verified" in backup.stdout
        before = len(seen)
        _until(lambda: len(seen) >= before + 2)
        stop.set()
        for writer in writers:
            writer.join()
        assert not [status for status, _ in seen if status != 0], seen
        refused = kaname(demo, "restore", str(copy))
        assert (refused.returncode, refused.stdout) == (1, "")
        assert f"kaname up ({office.process.pid})" in refused.stderr and "nothing was changed" in refused.stderr
        os.killpg(office.process.pid, signal.SIGKILL)
        office.process.wait()
    _until(
        lambda: "is at work" not in (told := kaname(demo, "restore", str(copy))).stderr and not restored.append(told)
    )
    assert restored[-1].returncode == 1, "receipts were given for acts that the copy does not hold"
    assert f"  {case}: entries " in restored[-1].stdout
    assert "0 faults" in kaname(demo, "verify").stdout


def _write(home: Path, case: str, stop: threading.Event, seen: list) -> None:
    while not stop.is_set():
        done = kaname(home, "act", case, "patent_act_special.exam_request", "--on", "2026-01-06", "--by", "anyone")
        seen.append((done.returncode, done.stdout + done.stderr))


def _until(done) -> None:
    end = time.monotonic() + 600
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)
