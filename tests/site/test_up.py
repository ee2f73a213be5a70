"""`kaname up`: starts from nothing, refuses where the record is not protected, stops cleanly, writes a clean log."""

import contextlib
import json
import os
import signal
import socket
import time
from pathlib import Path

import pysqlite3
import pytest
from office_process import free_port, kaname, running


def test_a_new_office_starts_from_nothing_with_two_workers(home):
    with running(home, usual=True) as office:
        health = office.ask("/healthz")
        assert health.status == 200
        parts = dict.fromkeys(("database", "tables", "guards", "clock", "address"), "ok")
        assert json.loads(health.text) == {"status": "ok", "version": "0.1.0", "parts": parts}
        assert office.ask("/accounts/login/").status == 200
        assert len(_workers(office.process.pid)) >= 2
        told, begun = f"Kaname is at http://127.0.0.1:{office.port}/", time.monotonic()
        while told not in office.said.read_text():  # once it answers: half a second later at the most
            assert time.monotonic() - begun < 30, office.said.read_text()
            time.sleep(0.1)


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _workers(pid: int) -> list[str]:
    """The children that serve. Others compile the engines, make the anchor, read documents or send; some end soon."""
    said = {p: Path(f"/proc/{p}/cmdline").read_bytes() for p in _children(pid)}
    beside = (b"kaname.site.engines", b"anchor", b"papers", b"notices")
    return [p for p, command in said.items() if command and not any(one in command for one in beside)]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_and_leaves_nobody_behind(fresh, how):
    with running(fresh) as office:
        workers = _children(office.process.pid)
        assert office.stop(how) == 0
        assert not [pid for pid in workers if _is_running(pid)]
        assert "Traceback" not in office.log.read_text()


def _is_running(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_request_under_way_is_answered_before_it_stops(demo):
    begun = demo.parent / "begun"
    settings = {"DJANGO_SETTINGS_MODULE": "faulty_settings", "SLOW_BEGUN": str(begun)}
    with running(demo, **settings) as office, socket.create_connection(("127.0.0.1", office.port)) as link:
        request = f"GET /slow/ HTTP/1.1\r\nHost: 127.0.0.1:{office.port}\r\nConnection: close\r\n\r\n"
        link.sendall(request.encode())
        while not begun.exists():
            time.sleep(0.01)
        office.process.send_signal(signal.SIGTERM)
        link.settimeout(300)
        assert link.recv(100).startswith(b"HTTP/1.1 200")
        assert office.process.wait(300) == 0


def test_a_worker_that_dies_is_replaced(fresh):
    with running(fresh, "--workers", "2") as office:
        gone = _workers(office.process.pid)[-1]
        os.kill(int(gone), signal.SIGKILL)

        def answers() -> bool:
            """Eight times in a row; what the dying one has already taken is cut with it, and a browser asks again."""
            with contextlib.suppress(OSError):
                return [office.ask("/healthz").status for _ in range(8)] == [200] * 8
            return False

        end = time.monotonic() + 300
        while time.monotonic() < end and (Path(f"/proc/{gone}").exists() or len(_workers(office.process.pid)) < 2):
            time.sleep(0.1)
        while not (well := answers()) and time.monotonic() < end:
            time.sleep(0.1)
        assert well
        assert len(_workers(office.process.pid)) == 2


def test_a_port_in_use_is_one_line(home):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        found = kaname(home, "up", "--port", str(port))
    assert found.returncode == 2
    assert found.stderr == f"kaname: 127.0.0.1:{port} is in use; choose another with --port\n"


def test_an_address_that_is_not_ours_is_one_line(home):
    found = kaname(home, "up", "--host", "192.0.2.1", "--port", str(free_port()))
    assert found.returncode == 2
    assert found.stderr.startswith("kaname: cannot listen on 192.0.2.1:")
    assert found.stderr.count("\n") == 1


def test_other_machines_need_an_address_with_tls(fresh):
    found = kaname(fresh, "up", "--host", "0.0.0.0", "--port", str(free_port()))
    assert found.returncode == 1
    assert "KANAME_ORIGIN" in found.stderr
    found = kaname(fresh, "up", "--check", KANAME_ORIGIN="http://office.example")
    assert found.returncode == 1
    assert "must begin with https://" in found.stderr


# -- what must be in order ------------------------------------------------------------------------------------------

SABOTAGES = {
    "a trigger is gone": "DROP TRIGGER {trigger}",
    "a trigger does nothing": "DROP TRIGGER {trigger};"
    "CREATE TRIGGER {trigger} BEFORE UPDATE ON ledger_entry BEGIN SELECT 1; END",
}


@pytest.mark.parametrize("sabotage", SABOTAGES)
def test_an_office_whose_guards_are_missing_does_not_start(demo, sabotage):
    assert kaname(demo, "up", "--check").stdout == "All is in order.\n"
    with pysqlite3.connect(demo / "kaname.sqlite3") as link:
        of_entries = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry' ORDER BY name"
        trigger = link.execute(of_entries).fetchone()[0]
        link.executescript(SABOTAGES[sabotage].format(trigger=trigger))
    for args in (["--check"], ["--port", str(free_port())]):
        found = kaname(demo, "up", *args)
        assert found.returncode == 1
        assert "the triggers that protect the entries are not the ones laid down" in found.stderr
        assert "Traceback" not in found.stderr
    assert kaname(demo, "migrate").returncode == 0
    assert kaname(demo, "up", "--check").returncode == 0


def test_a_running_office_says_so_when_a_guard_goes(demo):
    with running(demo) as office:
        with pysqlite3.connect(demo / "kaname.sqlite3") as link:
            name = link.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'"
            ).fetchone()[0]
            link.execute(f"DROP TRIGGER {name}")
        found = office.ask("/healthz")
        assert found.status == 503
        assert json.loads(found.text)["parts"]["guards"] == "fault"
        assert "trigger" not in found.text, "what exactly is wrong is for the log"
        assert any(line.get("part") == "guards" and "migrate" in line["said"] for line in office.lines())


def test_a_clock_that_was_set_back_is_told(demo):
    with pysqlite3.connect(demo / "kaname.sqlite3") as link:
        columns = [row[1] for row in link.execute("PRAGMA table_info(ledger_entry)")]
        picked = ", ".join({"id": "NULL", "seq": "999999", "recorded_at": "'2999-01-01T00:00:00.000000Z'",
                            "idempotency_key": "'later-than-now'"}.get(c, c) for c in columns)  # fmt: skip
        link.execute(
            f"INSERT INTO ledger_entry ({', '.join(columns)}) SELECT {picked} FROM ledger_entry ORDER BY id LIMIT 1"
        )
    found = kaname(demo, "up", "--check")
    assert found.returncode == 1
    assert "the clock of this machine says" in found.stderr
    assert "2999-01-01" in found.stderr


def test_an_older_embedded_office_is_copied_and_brought_up_to_date(fresh):
    with pysqlite3.connect(fresh / "kaname.sqlite3") as link:
        link.execute("DELETE FROM django_migrations WHERE app = 'account'")
        tables = link.execute("SELECT name FROM sqlite_master WHERE type='table' AND name LIKE 'account_%'").fetchall()
        for (name,) in tables:
            link.execute(f"DROP TABLE {name}")
    found = kaname(fresh, "up", "--check")
    assert found.returncode == 1
    assert "run: kaname migrate" in found.stderr
    with running(fresh) as office:
        assert office.ask("/healthz").status == 200
    assert len(list(fresh.glob("before-migrate-*.sqlite3"))) == 1
