"""The deck itself: size, master, fonts, and slides with title, head, foot and notes. Lengths are points."""

import re
from datetime import datetime, time
from typing import Any

from kaname.law import Lang
from kaname.registers.blocks import Picture
from kaname.registers.measure import wrap
from kaname.registers.slides.text import ACCENT, GREY, INK, LEADING, Line, fill, parsed, run
from kaname.registers.words import as_of
from kaname.typeset import FAMILY

WIDTH, HEIGHT, MARGIN = 960, 540, 36
TOP, BOTTOM = 104, 506  # of what a slide holds below its title and above its foot
ROOM = WIDTH - 2 * MARGIN
_TITLE_SIZES = (24, 22, 20, 18, 16)
_TITLE_ONLY = 5  # of the layouts that python-pptx brings


class Deck:
    """One deck in one language."""

    def __init__(self, picture: Picture, lang: Lang) -> None:
        from pptx import Presentation

        self.picture, self.lang = picture, lang
        self.file = Presentation()
        _widen(self.file)
        self._tell(picture)

    def _tell(self, picture: Picture) -> None:
        about, day = self.file.core_properties, datetime.combine(picture.as_of, time())
        about.title, about.author, about.language = picture.title[self.lang], "Kaname", self.lang
        about.created = about.modified = about.last_printed = day  # the picture's, so that the bytes stay the same
        about.last_modified_by, about.revision, about.subject = "Kaname", 1, as_of(picture.as_of, self.lang)

    def slide(self, title: str, head: str) -> "Slide":
        """A new slide. `title`: the finding, set smaller where it is long; `head`: the subject, small above it."""
        made = self.file.slides.add_slide(self.file.slide_layouts[_TITLE_ONLY])
        slide = Slide(made, self.lang)
        size = next((s for s in _TITLE_SIZES if len(wrap(title, ROOM * 0.97 / s, True)) * s * LEADING <= 60), 16)
        place = made.shapes.title
        _put(place, MARGIN, 36, ROOM, 62)
        _frame(place, "ctr")
        fill(place, [Line(title, size, True, ACCENT)], self.lang)
        slide.text(MARGIN, 18, ROOM * 0.65, [Line(head, 11, colour=GREY)])
        slide.text(MARGIN + ROOM * 0.65, 18, ROOM * 0.35,
                   [Line(as_of(self.picture.as_of, self.lang), 11, colour=GREY, align="r")])  # fmt: skip
        return slide

    def number_slides(self) -> None:
        """n / m at the foot of each: n is a field, and stays right when slides are moved."""
        slides = list(self.file.slides)
        for n, slide in enumerate(slides, 1):
            box = Slide(slide, self.lang).text(WIDTH - MARGIN - 80, 516, 80, [Line(f" / {len(slides)}", 10, colour=GREY,
                                                                               align="r")])  # fmt: skip
            (paragraph,) = box.text_frame._txBody.p_lst
            field = parsed(
                '<a:fld xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
                f'id="{{00000000-0000-4000-8000-{n:012}}}" type="slidenum">'
                f"{run(Line('', 10, colour=GREY), self.lang)}<a:t>{n}</a:t></a:fld>"
            )
            paragraph.insert(1, field)


class Slide:
    """A slide to put shapes on; what is said of them gathers in `notes`."""

    def __init__(self, of: Any, lang: Lang) -> None:
        self.of, self.lang = of, lang
        self.notes: list[str] = []

    def text(self, x: float, y: float, width: float, lines: list[Line], height: float = 0, fill_: str = "",
             inset: float = 0, wraps: bool = True, anchor: str = "t", edge: str = "") -> Any:  # fmt: skip
        """A text box; `fill_` and `edge` make a card of it."""
        from kaname.registers.slides.text import height as of_lines

        tall = height or of_lines(lines, width - 2 * inset) + 2 * inset
        box = self.of.shapes.add_textbox(*_emu(x, y, width, tall))
        _frame(box, anchor, inset, wraps)
        fill(box, lines, self.lang)
        if fill_:
            box.fill.solid()
            box.fill.fore_color.rgb = _rgb(fill_)
        if edge:
            box.line.color.rgb, box.line.width = _rgb(edge), _emu(1.25)[0]
        return box

    def line(self, x1: float, y1: float, x2: float, y2: float, width: float = 1, dashed: bool = False,
             arrow: bool = False) -> None:  # fmt: skip
        from pptx.enum.dml import MSO_LINE
        from pptx.enum.shapes import MSO_CONNECTOR

        line = self.of.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *_emu(x1, y1, x2, y2)).line
        line.color.rgb, line.width = _rgb(INK), _emu(width)[0]
        if dashed:
            line.dash_style = MSO_LINE.DASH
        if arrow:
            end = '<a:tailEnd xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" type="triangle"/>'
            line._get_or_add_ln().append(parsed(end))

    def dot(self, x: float, y: float, radius: float, filled: bool) -> None:
        from pptx.enum.shapes import MSO_SHAPE

        dot = self.of.shapes.add_shape(MSO_SHAPE.OVAL, *_emu(x - radius, y - radius, 2 * radius, 2 * radius))
        dot.fill.solid()
        dot.fill.fore_color.rgb = _rgb(INK if filled else "FFFFFF")
        dot.line.color.rgb, dot.line.width = _rgb(INK), _emu(1.75)[0]
        dot.shadow.inherit = False

    def finish(self) -> None:
        """Write the notes."""
        self.of.notes_slide.notes_text_frame.text = "\n".join(dict.fromkeys(self.notes))


def describe(shape: Any, name: str, words: str) -> None:
    """The words that stand for a shape where it cannot be seen."""
    about = shape._element.xpath("./*/p:cNvPr")[0]
    about.set("name", name)
    about.set("descr", words)


def _emu(*points: float) -> tuple[int, ...]:
    return tuple(round(p * 12700) for p in points)


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour)


def _put(shape: Any, *box: float) -> None:
    shape.left, shape.top, shape.width, shape.height = _emu(*box)


def _frame(shape: Any, anchor: str, inset: float = 0, wraps: bool = True) -> None:
    body = shape.text_frame._txBody.bodyPr
    for side in ("lIns", "tIns", "rIns", "bIns"):
        body.set(side, str(_emu(inset)[0]))
    body.set("wrap", "square" if wraps else "none")
    body.set("anchor", anchor)
    for fit in list(body):
        body.remove(fit)


def _widen(file: Any) -> None:
    """From the 4:3 that python-pptx brings to 16:9: placeholders of master and layouts too; the fonts of the theme."""
    wide = WIDTH * 12700
    ratio = wide / file.slide_width
    file.slide_width, file.slide_height = wide, HEIGHT * 12700
    for sheet in (file.slide_master, *file.slide_layouts):
        for shape in sheet.shapes:
            if shape._element.xpath("./p:spPr/a:xfrm"):
                shape.left, shape.width = round(shape.left * ratio), round(shape.width * ratio)
    theme = next(r.target_part for r in file.slide_master.part.rels.values() if r.reltype.endswith("/theme"))
    fonts = re.sub(rb'<a:latin typeface="Calibri"/>', f'<a:latin typeface="{FAMILY}"/>'.encode(), theme.blob)
    theme._blob = re.sub(rb'<a:ea typeface=""/>', f'<a:ea typeface="{FAMILY}"/>'.encode(), fonts)
