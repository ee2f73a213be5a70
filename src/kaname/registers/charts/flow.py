"""Stages one after the other: a box each with its count, arrows between, a second row where the width ends."""

from dataclasses import dataclass

from kaname.law import Lang
from kaname.registers.blocks import Flow, Stage
from kaname.registers.charts.canvas import INK, PAPER, SIZE, SMALL, Drawing, Sheet
from kaname.registers.measure import wrap
from kaname.registers.words import number

ARROW, PAD, LEADING = 26, 8, 17
_LEAST, _COUNT = 96, 32  # the least width of a box; what a count adds to its height


@dataclass(frozen=True, slots=True)
class Box:
    """A stage where it is drawn; `arrow`: whether another stage follows it in the same row."""

    stage: Stage
    x: float
    y: float
    wide: float
    tall: float
    lines: tuple[str, ...]
    note: tuple[str, ...]
    arrow: bool


def lay(block: Flow, lang: Lang, width: int) -> list[Box]:
    """Every row holds as many boxes as stay wide enough to read, the rows evenly filled."""
    found: list[Box] = []
    count = len(block.stages)
    rows = -(-count // max(int((width + ARROW) // (_LEAST + ARROW)), 1))
    a_row = -(-count // rows) if rows else 1
    wide = (width - (a_row - 1) * ARROW - 2) / a_row
    y = 2.0
    for start in range(0, count, a_row):
        row = block.stages[start : start + a_row]
        labels = [tuple(wrap(stage.label[lang], (wide - 2 * PAD) / SIZE)) for stage in row]
        notes = [tuple(wrap(stage.note[lang], (wide - 2 * PAD) / SMALL)) if stage.note else () for stage in row]
        words = [len(lines) * LEADING + len(note) * (LEADING - 2) for lines, note in zip(labels, notes, strict=True)]
        tall = 2 * PAD + max(words) + (_COUNT if any(stage.count is not None for stage in row) else 0)
        for n, stage in enumerate(row):
            x = 1 + n * (wide + ARROW)
            found.append(Box(stage, x, y, wide, tall, labels[n], notes[n], n + 1 < len(row)))
        y += tall + 16
    return found


def draw(block: Flow, lang: Lang, width: int) -> Drawing:
    """The boxes as SVG."""
    sheet, boxes = Sheet(block.id.replace(".", "-"), width, 0), lay(block, lang, width)
    for box in boxes:
        sheet.box(box.x, box.y, box.wide, box.tall, PAPER, INK, "paper", 4)
        middle, at = box.x + box.wide / 2, box.y + PAD + SIZE
        for line in box.lines:
            sheet.text(middle, at, line, anchor="middle")
            at += LEADING
        for line in box.note:
            sheet.text(middle, at, line, SMALL, anchor="middle")
            at += LEADING - 2
        if box.stage.count is not None:
            sheet.text(middle, box.y + box.tall - PAD - 2, number(box.stage.count), 24, True, "middle")
        if box.arrow:
            sheet.arrow(box.x + box.wide + 3, box.y + box.tall / 2, box.x + box.wide + ARROW - 3)
    return sheet.finish(max((b.y + b.tall + 2 for b in boxes), default=2), block.title[lang], summary(block, lang))


def summary(block: Flow, lang: Lang) -> str:
    """The stages in a line: A (3) → B → C (1)."""
    told = [s.label[lang] + (f" ({number(s.count)})" if s.count is not None else "") for s in block.stages]
    return " → ".join(told)
