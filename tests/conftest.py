"""Loud skips: a test that needs a real part names it when absent; where all parts are required, a skip is a failure."""

import os

import pytest

_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped:
        _skipped.append(f"{report.nodeid}: {report.longrepr[2] if isinstance(report.longrepr, tuple) else ''}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _skipped and os.environ.get("KANAME_REQUIRE_ALL"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _skipped:
        required = " (all parts are required here: this run has failed)" if os.environ.get("KANAME_REQUIRE_ALL") else ""
        terminalreporter.section(f"{len(_skipped)} tests did not run{required}")
        for line in _skipped:
            terminalreporter.write_line(line)


@pytest.fixture(autouse=True)
def _database_given_back():
    """A test that opens an office of its own leaves the next one where it found the run."""
    from throwaway import given_back  # needs the models

    with given_back():
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """Left as it is: the database of `db` lives in the memory of each worker and needs no name of its own."""
