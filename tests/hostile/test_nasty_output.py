"""What somebody typed is text wherever it comes out: in letter, page, mail, CSV, workbook, calendar."""

import csv
import io
import random
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from django.core.mail import EmailMessage
from django.template import engines
from icalendar import Calendar

from figures import seeds, tries
from hostile import grammar
from kaname import typeset
from kaname.files import child
from kaname.notices import calendar
from kaname.papers import read_child
from kaname.papers.letters import sheet as letter_sheet
from kaname.papers.letters.compose import Letter
from kaname.papers.letters.words import Line
from kaname.typeset import Unprintable
from kaname.web import sheet, workbook

EACH = 100
STRINGS = tries(6, ci=50, soak=500)  # seeds: 5,000 strings a writer
RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def strings(seed):
    lot = random.Random(seed)
    return [grammar.text(lot) for _ in range(EACH)]


# -- CSV ---------------------------------------------------------------------------------------------------------------


def formulas_in(lines):
    text = "".join(lines).removeprefix("\ufeff")
    return [c for row in csv.reader(io.StringIO(text, newline="")) for c in row
            if c.startswith(RUN) and not c.lstrip("-").isdigit()]  # fmt: skip


def test_no_cell_of_a_table_is_a_formula():
    for seed in seeds(STRINGS):
        found = strings(seed)
        lines = list(sheet._lines(found[:3], [[one] for one in found]))
        assert formulas_in(lines) == []
        rows = list(csv.reader(io.StringIO("".join(lines).removeprefix("\ufeff"), newline="")))
        assert len(rows) == EACH + 1
        assert all(row[0] in (one, f"'{one}") for row, one in zip(rows[1:], found, strict=True))


def test_a_writer_without_the_guard_is_found(monkeypatch):
    monkeypatch.setattr(sheet.formulas, "as_text", lambda text: text)
    assert formulas_in(sheet._lines(["a"], [[one] for one in strings(1)]))


# -- workbooks ---------------------------------------------------------------------------------------------------------


def live_in(book):
    """Formulas, links and outward relations of a workbook."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        cells = ET.fromstring(parts.read("xl/worksheets/sheet1.xml"))
        live = [e.tag for e in cells.iter() if e.tag in (f"{_NS}f", f"{_NS}hyperlink")]
        return live + [n for n in parts.namelist() if "externalLink" in n or n.endswith("sheet1.xml.rels")]


def test_no_cell_of_a_workbook_is_a_formula_or_a_link():
    for seed in seeds(STRINGS):
        assert live_in(workbook.table("表", ["a"], [[one] for one in strings(seed)])) == []


def test_a_workbook_that_takes_them_is_found():
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        made = book.add_worksheet()
        for row, one in enumerate(grammar.NASTY):
            made.write(row, 0, one.encode("utf-8", "ignore").decode())
    assert live_in(out.getvalue())


# -- calendars ---------------------------------------------------------------------------------------------------------


def test_a_calendar_has_the_lines_it_was_given_and_no_others():
    now = datetime(2026, 6, 1, tzinfo=UTC)
    for seed in seeds(STRINGS):
        found = strings(seed)
        raw = calendar.calendar(
            [calendar.Entry(str(n), now.date(), one, one) for n, one in enumerate(found)], now, found[0]
        )
        names = {
            line.partition(b":")[0].partition(b";")[0] for line in raw.replace(b"\r\n ", b"").split(b"\r\n") if line
        }
        assert names <= {b"BEGIN", b"END", b"VERSION", b"PRODID", b"METHOD", b"X-WR-CALNAME", b"SUMMARY", b"DTSTART",
                         b"DTEND", b"DTSTAMP", b"UID", b"SEQUENCE", b"DESCRIPTION", b"STATUS", b"TRANSP"}  # fmt: skip
        assert raw.count(b"BEGIN:VEVENT\r\n") == len(Calendar.from_ical(raw).walk("VEVENT")) == EACH
        assert not raw.replace(b"\r\n", b"").strip(b"\t").count(b"\n")


# -- mail --------------------------------------------------------------------------------------------------------------


def test_a_head_of_a_mail_has_no_line_of_somebody_elses():
    """Django refuses a line end in a head; what it takes is one line, and the heads are those that were set."""
    for seed in seeds(STRINGS):
        for one in strings(seed):
            try:
                raw = EmailMessage(one, one, "a@example.jp", ["b@example.jp"]).message().as_bytes()
            except (ValueError, MessageError):
                assert len(f"{one}.".splitlines()) > 1
                continue
            heads = {name.lower() for name in message_from_bytes(raw, policy=policy.compat32).keys()}  # noqa: SIM118
            assert heads <= {"content-type", "mime-version", "content-transfer-encoding", "subject", "from", "to",
                             "date", "message-id"}  # fmt: skip


# -- pages -------------------------------------------------------------------------------------------------------------


class Seen(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.comments = [], [], 0

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_comment(self, data):
        self.comments += 1


PAGE = '<p title="{{ one }}">{{ one }}</p><textarea>{{ one }}</textarea><input value="{{ one }}">'


def extra_in(page):
    seen = Seen()
    seen.feed(page)
    seen.close()
    told = (seen.tags, seen.attributes, seen.comments)
    return told if told != (["p", "textarea", "input"], ["title", "value"], 0) else None


def test_no_text_of_a_page_is_a_tag_or_an_attribute():
    made = engines["django"].from_string(PAGE)
    for seed in seeds(STRINGS):
        for one in strings(seed):
            assert extra_in(made.render({"one": one})) is None


def test_a_template_without_escapes_is_found():
    made = engines["django"].from_string("{% autoescape off %}" + PAGE + "{% endautoescape %}")
    assert any(extra_in(made.render({"one": one})) for one in strings(1))


# -- letters -----------------------------------------------------------------------------------------------------------

LETTER = Letter(
    lang="ja", number="", on=date(2026, 6, 1), day="令和8年6月1日", to=("甲",), sender=("乙",), title="題",
    opening="次のとおり。", particulars=(), reasons=(), periods=(), remedies="", contact="", form="", sort="notice",
    remarks=(), received="", laws=(), digest="", draft=True,
)  # fmt: skip
LETTERS = tries(1, ci=10, soak=50)  # seeds, of 500 strings each: one letter holds a hundred


_SET = re.compile("[ -~\u3001-\u30ff\u4e00-\u9fff\uff01-\uff5e]")  # what is typed, and never lacks


def printable(texts):
    """As many of the texts as the fonts have letters for, each character by itself."""
    texts, bad = ["".join(filter(_SET.match, one)) for one in texts], set()
    while True:
        kept = ["".join(c for c in one if c not in bad and (c.isprintable() or c == "\n"))[:120] for one in texts]
        try:
            return kept, letter_sheet.pdf(
                replace(LETTER, particulars=tuple(Line(f"項{n}", one or "無") for n, one in enumerate(kept)))
            )
        except Unprintable as wrong:
            assert set(wrong.characters) - bad
            bad |= set(wrong.characters)


def plain(text):
    return "".join(text.split()).replace("\u00ad", "")


def test_a_letter_shows_what_was_typed_letter_by_letter():
    for seed in seeds(LETTERS):
        for part in range(5):
            kept, raw = printable(strings(seed * 5 + part))
            found = child.run(child.Path(read_child.__file__), raw, {"type": "application/pdf"}).head
            assert found["marks"] in ([], ["forms"]), found["marks"]
            shown = plain("".join(found["pages"]))
            for mark in ("#import", '#read("/etc/passwd")', "#sys.inputs", "*太字*", "_斜体_", "$x^2$", "<label>"):
                wanted = sum(plain(one).count(mark) for one in kept)
                assert shown.count(mark) >= wanted or not wanted, mark


def test_a_template_that_evaluates_would_be_found(tmp_path):
    """Planted: the same marks as markup leave other letters on the page."""
    template = tmp_path / "bad.typ"
    template.write_text(
        '#set document(title: "x")\n#set text(font: "BIZ UDPGothic", lang: "ja")\n'
        '#eval(json(bytes(sys.inputs.at("data"))).t, mode: "markup")', encoding="utf-8"
    )  # fmt: skip
    raw = typeset.pdf(template, {"t": "*太字* #(1+1)"})
    shown = plain("".join(child.run(child.Path(read_child.__file__), raw, {"type": "application/pdf"}).head["pages"]))
    assert "*太字*" not in shown and "#(1+1)" not in shown


@pytest.mark.parametrize("one", ['#import "/etc/passwd"', "*太字* _斜体_ $x^2$ <label> #(1+1) \\# `raw` // c"])
def test_a_mark_of_the_typesetter_stays_a_mark(one):
    _, raw = printable([one])
    shown = plain("".join(child.run(child.Path(read_child.__file__), raw, {"type": "application/pdf"}).head["pages"]))
    assert plain(one) in shown
