"""Cover first, then each subject: blocks placed one under the other, a new slide where one is full."""

from io import BytesIO

from kaname.law import Lang, T
from kaname.registers import words
from kaname.registers.blocks import Block, Numbers, Page, Picture, Source, Timeline
from kaname.registers.charts import summary
from kaname.registers.slides.deck import BOTTOM, MARGIN, ROOM, TOP, Deck, Slide
from kaname.registers.slides.fixed import fixed
from kaname.registers.slides.pieces import GAP, HEADING, pieces
from kaname.registers.slides.text import Line, height
from kaname.registers.tables import table_of

_GO_ON = T("{title}（続き）", "{title} (continued)")


def pptx(picture: Picture, lang: Lang) -> bytes:
    """The deck as a file."""
    deck = Deck(picture, lang)
    _cover(deck, picture)
    for page in picture.pages:
        _subject(deck, page)
    deck.number_slides()
    out = BytesIO()
    deck.file.save(out)
    return fixed(out.getvalue(), f"{picture.as_of}T00:00:00Z")


class _Cursor:
    """Where on which slide the next piece goes."""

    def __init__(self, deck: Deck, subject: str, title: str) -> None:
        self.deck, self.subject = deck, subject
        self.slide: Slide
        self.open(title)

    def open(self, title: str) -> None:
        self.slide, self.y, self.title = self.deck.slide(title, self.subject), float(TOP), title

    def place(self, block: Block) -> None:
        """All pieces of a block, its heading above the first; a slide begun for it has the heading as its title."""
        lang, heading = self.deck.lang, block.title[self.deck.lang]
        for n, piece in enumerate(pieces(block, lang, BOTTOM - self.y - HEADING)):
            if self.y > TOP and self.y + (0 if n else HEADING) + piece.height > BOTTOM:
                self._end()
                self.open(_GO_ON.fill(title=block.title)[lang] if n else heading)
            if not n and self.title != heading:
                self.slide.text(MARGIN, self.y, ROOM, [Line(heading, 14, True)])
                self.y += HEADING
            piece.draw(self.slide, self.y)
            self.y += piece.height + GAP
            self.slide.notes += notes(block, lang)

    def _end(self) -> None:
        self.slide.finish()


def _cover(deck: Deck, picture: Picture) -> None:
    at = _Cursor(deck, words.MADE[deck.lang], picture.title[deck.lang])
    for numbers in picture.cover:
        at.place(numbers)
    lines = [Line(text[deck.lang], 11, bullet=True) for text in picture.warnings]
    if lines:
        if at.y + height(lines, ROOM) > BOTTOM:
            at.slide.finish()
            at.open(picture.title[deck.lang])
        at.slide.text(MARGIN, at.y, ROOM, lines)
        at.slide.notes += [text[deck.lang] for text in picture.warnings]
    at.slide.finish()


def _subject(deck: Deck, page: Page) -> None:
    at = _Cursor(deck, page.title[deck.lang], page.answer[deck.lang])
    at.slide.notes.append(page.answer[deck.lang])
    for block in page.blocks:
        at.place(block)
    at.slide.finish()


def notes(block: Block, lang: Lang) -> list[str]:
    """What the notes say of a block: what it shows, and every source with its address."""
    said = f"{block.title[lang]}: {summary(block, lang)}" if summary(block, lang) else block.title[lang]
    if isinstance(block, Timeline):
        rows = [": ".join(words.cell(cell, lang) for cell in row.cells) for row in table_of(block).rows]
        said = "\n".join([said, *rows])
    return [said, *(f"{words.SOURCE[lang]}: {words.source(s, lang)}{f' {s.url}' if s and s.url else ''}"
                    for s in _sources(block))]  # fmt: skip


def _sources(block: Block) -> list[Source | None]:
    if isinstance(block, Numbers):
        return list(dict.fromkeys(f.source for f in block.figures))
    if isinstance(block, Timeline):
        return list(dict.fromkeys(m.source for m in block.moments))
    return [block.source]
