"""No parser of foreign bytes runs in the office itself: the census finds each, and each that would be added."""

import pytest

from hostile import census


@pytest.fixture(scope="module")
def found():
    return census.modules()


def test_every_parser_runs_in_a_child_or_is_excused_by_a_sentence(found):
    assert census.open_parsers(found) == []


def test_no_office_module_runs_the_program_of_a_child(found):
    assert census.run_outside(found) == []


def test_every_library_is_known_as_a_parser_or_as_none(found):
    assert census.unknown_libraries(found) == []


def test_processes_are_begun_in_one_place(found):
    assert census.processes(found) == []


def test_no_excuse_outlives_its_reason(found):
    """What stands on a list and is not there any more would excuse the next that takes its name."""
    used = {(m.name, census.of_library(n)) for m in found.values() for n in m.imports}
    idle = [(name, p) for name, why in census.EXCUSED.items() for p in why if (name, p) not in used and why[p]]
    lost = {n for n in census.EXCUSED.keys() | census.JSON_OF_OUR_OWN | census.CSV_OF_OUR_OWN if n not in found}
    assert (idle, lost) == ([], set())


PLANTED = {
    "a PDF in a page": ("kaname.web.views.peek", "import pikepdf\n", census.open_parsers),
    "late, in a function": ("kaname.papers.peek", "def f():\n    from PIL import Image\n", census.open_parsers),
    "a loader's name": ("kaname.api.peek", "import_module('lxml.etree')\n", census.open_parsers),
    "archives": ("kaname.web.views.peek", "from zipfile import ZipFile\n", census.open_parsers),
    "a new library": ("kaname.desk.peek", "import strangeparser\n", census.unknown_libraries),
    "a child run here": ("kaname.papers.peek", "from kaname.papers import read_child\nread_child.answer({}, b'')\n",
                         census.run_outside),
    "its function taken": ("kaname.papers.peek", "from kaname.papers.read_child import answer\n", census.run_outside),
    "another way to begin one": ("kaname.papers.peek", "import subprocess\n", census.processes),
    # a module that only children read, read by the office as well: its parsers are open then
    "a room opened": ("kaname.papers.peek", "from kaname.files import packed\n", census.open_parsers),
}  # fmt: skip


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_parser_is_found(what):
    name, source, found_by = PLANTED[what]
    assert found_by(census.modules(planted={name: source}))
