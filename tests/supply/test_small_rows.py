"""Small tables as rows: encodings, lines, and what is no table."""

import pytest

from kaname.files.problems import BadInput
from kaname.files.rows import rows


def test_utf8_with_a_mark_and_shift_jis_read_alike():
    text = "物資,額\r\n蓄電池,1\r\n"
    for raw in (text.encode("utf-8-sig"), text.encode("cp932"), text.replace("\r\n", "\n").encode()):
        assert rows("a.csv", raw) == ([(2, {"物資": "蓄電池", "額": "1"})], [])


def test_lines_are_those_of_the_file_and_empty_ones_are_passed_over():
    found, problems = rows("a.csv", b"a,b\n1,2\n\n,\n3\n4,5,6\n7,8\n")
    assert found == [(2, {"a": "1", "b": "2"}), (5, {"a": "3", "b": ""}), (7, {"a": "7", "b": "8"})]
    assert [(p.line, p.text.en) for p in problems] == [(6, "3 cells; expected 2")]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "no rows"), (b"a,b\n", "no rows"), (b"a,a\n1,2\n", "two such columns"),
        (b"a\n\"x", "cannot be read as CSV"), (b"a\n\x81\n", "neither UTF-8 nor Shift_JIS"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_what_was_expected(raw, says):
    with pytest.raises(BadInput) as wrong:
        rows("a.csv", raw)
    assert says in wrong.value.problems[0].text.en
