"""Loud skips: a test that needs a real part names it when absent; where all parts are required, a skip is a failure.

As loud are tests of the browser that were run twice (tests/web/conftest.py says when); no other test ever is.
"""

import os
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import timedelta
from functools import wraps
from pathlib import Path
from types import CodeType

import pysqlite3
import pytest
from django.core.signals import setting_changed
from django.db import connection
from django.test.client import ClientHandler
from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase, MultiplexedDatabase, ReadOnlyDatabase

import figures
import named_tests
from figures import EVERYTHING, SOAK

# No example is too slow on a busy machine. Where everything is asked, the examples are the same in every run; in the
# soak they are others every time, and one that fails is kept among the files of the project for those who work on it.
_failed = DirectoryBasedExampleDatabase(figures.KEPT / "examples")
_own = DirectoryBasedExampleDatabase(Path(__file__).parents[1] / ".hypothesis/examples")
settings.register_profile("kaname", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("asked", settings.get_profile("kaname"), derandomize=True)
settings.register_profile("soak", settings.get_profile("kaname"), database=_failed, print_blob=True)
settings.register_profile("work", settings.get_profile("kaname"),
                          database=MultiplexedDatabase(_own, ReadOnlyDatabase(_failed)))  # fmt: skip
settings.load_profile("soak" if SOAK else "asked" if EVERYTHING else "work")

ROOT = Path(__file__).parents[1]
DATABASES = ("sqlite", "postgresql")
_skipped: list[str] = []
_again: list[str] = []
_seconds: Counter[str] = Counter()  # by test function, of the clock


# So many files are the whole suite, or most of it: who runs fewer works on them, and wants them on both databases.
_WHOLE = 100
# Files with single tests of half a minute and more: begun first, so that no worker ends long after the others.
_FIRST = frozenset((
    "test_simulated_worlds", "test_killed_at_any_moment", "test_power_cut", "test_many_at_once", "test_live_faults",
    "test_up", "test_predicate_against_oracle", "test_doors_against_oracle", "test_every_page", "test_sealing",
    "test_twin_worlds", "test_rights_end_at_once",
))  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A whole run at the desk tries what is told of both databases on one of them, by turns. What each database does by
    itself is asked of it by its own fixture, `sqlite_office` or `postgresql_office`, and always."""
    if SOAK:
        figures.walks.update(item.nodeid for item in items if _walks(item.function.__code__))
    if len({item.path for item in items}) < _WHOLE:
        return
    items.sort(key=lambda item: item.path.stem not in _FIRST)
    if EVERYTHING:
        return
    kept, left = [], []
    for item in items:
        (left if _is_turn_of_the_other(item) else kept).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left)


def _walks(code: CodeType) -> bool:
    inner = [one for one in code.co_consts if isinstance(one, CodeType)]  # as in a generator expression
    return bool({"seeds", "as_many"} & {*code.co_names}) or any(map(_walks, inner))


def _is_turn_of_the_other(item: pytest.Item) -> bool:
    on = getattr(item, "callspec", None) and item.callspec.params.get("office")
    if on not in DATABASES:
        return False
    return figures.turn(item.nodeid.replace(on, ""), DATABASES) != [on]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _seconds[report.nodeid.partition("[")[0]] += report.duration
    if report.outcome == "rerun":
        _again.append(f"{report.nodeid}: {str(report.longrepr).splitlines()[-1]}")
    if report.failed and SOAK:
        figures.keep(report.nodeid)
    if report.skipped:
        _skipped.append(f"{report.nodeid}: {report.longrepr[2] if isinstance(report.longrepr, tuple) else ''}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _skipped and EVERYTHING:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _of_security() -> float:
    """The seconds of the files, and of the single tests, that stand for a promise."""
    named = set(named_tests.named_in((ROOT / "docs/security.md").read_text("utf-8")))
    of = {
        f"{Path(file).stem}::{test}": _seconds[f"{file}::{test}"]
        for file, _, test in (id.partition("::") for id in _seconds)
    }
    return sum(took for test, took in of.items() if test in named or test.partition("::")[0] in named)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _skipped:
        required = " (all parts are required here: this run has failed)" if EVERYTHING else ""
        terminalreporter.section(f"{len(_skipped)} tests did not run{required}")
        for line in _skipped:
            terminalreporter.write_line(line)
    files = Counter[str]()
    for test, took in _seconds.items():
        files[test.partition("::")[0]] += took
    if len(files) >= _WHOLE:
        terminalreporter.section(f"{files.total():.0f} seconds of all workers; the longest files")
        for file, took in files.most_common(15):
            terminalreporter.write_line(f"{took:6.0f}  {file}")
        terminalreporter.write_line(f"{_of_security():6.0f}  of all: the tests that docs/security.md names")
    if _again:
        terminalreporter.section(f"{len(_again)} tests of the browser were run TWICE: mend what they wait for")
        for line in _again:
            terminalreporter.write_line(line)


def pytest_xdist_setupnodes() -> None:
    """Compile the engines once, before the workers start: else each of them would, in the midst of a page."""
    examples = ROOT / "docs/examples"
    commands = (
        ("patents", ROOT / "src/kaname/demo/docket.csv"), ("ownership", examples / "holdings.csv"),
        ("names", examples / "vendors.csv", "--list", examples / "end_users.csv"),
        ("network", examples / "network_links.csv", "--firms", examples / "network_firms.csv"),
    )  # fmt: skip
    ready = [
        subprocess.Popen([sys.executable, "-m", "kaname", "assess", *map(str, command)], stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL, cwd=ROOT) for command in commands
    ]  # fmt: skip
    for one in ready:
        one.wait()


@pytest.fixture(scope="session", autouse=True)
def _home_of_the_worker(tmp_path_factory):
    """Each worker of a run has a home of its own: an office clears away files that its own database does not know."""
    os.environ["KANAME_HOME"] = str(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session", autouse=True)
def _sessions_are_written_seldom():
    """A session is written anew after a minute of the clock: on a busy machine that would fall between two requests
    whose statements a test compares. `_note.__wrapped__` is the office's own.
    """
    from kaname.access.gate import sessions

    @wraps(note := sessions._note)
    def seldom(request, now):
        if now - sessions.instant(request.session, sessions.SEEN) > timedelta(minutes=15):
            note(request, now)

    sessions._note = seldom


@pytest.fixture(scope="session", autouse=True)
def _middleware_made_once():
    """The layers of the office, which each client of Django's would make for itself: ten milliseconds, most of them to
    look for static files. Where a setting is changed they are made anew."""
    made, honest = [], ClientHandler.load_middleware

    def load(self, is_async=False):
        if not made:
            honest(self, is_async)
            made.append(self._middleware_chain)
        self._middleware_chain = made[0]

    def forget(setting, **_):
        if setting != "KANAME_KINDS":  # set by most offices of a test, asked for by no layer when it is made
            made.clear()

    setting_changed.connect(forget)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientHandler, "load_middleware", load)
        yield


@pytest.fixture(autouse=True)
def _database_given_back():
    """A test that opens an office of its own leaves the next one where it found the run."""
    import throwaway  # needs the models

    with throwaway.given_back():
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory, django_db_blocker):
    """The database of `db` lives in the memory of each worker and needs no name of its own. Its tables are copied from
    the file that was migrated once, for migrating takes as long as some hundred tests."""
    from django.core import management  # whose command the making of a test database asks for

    import once  # needs the models

    file, asked = once.migrated(tmp_path_factory, django_db_blocker), management.call_command

    def copied(command, *args, **options):
        if command != "migrate":
            return asked(command, *args, **options)
        connection.ensure_connection()
        with closing(pysqlite3.connect(file)) as source:
            return source.backup(connection.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(management, "call_command", copied)
        yield
