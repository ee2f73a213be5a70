"""Stages one after the other: a box each with its count, arrows between, a second row where the width ends."""

from kaname.law import Lang
from kaname.registers.blocks import Flow
from kaname.registers.charts.canvas import INK, PAPER, SIZE, SMALL, Drawing, Sheet
from kaname.registers.measure import wrap
from kaname.registers.words import number

_ARROW, _PAD, _LINE, _LEAST = 26, 8, 17, 96


def draw(block: Flow, lang: Lang, width: int) -> Drawing:
    """Every row holds as many boxes as stay wide enough to read."""
    sheet = Sheet(block.id.replace(".", "-"), width, 0)
    a_row = max(min(len(block.stages), int((width + _ARROW) // (_LEAST + _ARROW))), 1)
    rows = -(-len(block.stages) // a_row)
    a_row = -(-len(block.stages) // rows) if rows else 1  # evenly
    wide = (width - (a_row - 1) * _ARROW - 2) / a_row
    y = 2.0
    for start in range(0, len(block.stages), a_row):
        row = block.stages[start : start + a_row]
        labels = [wrap(stage.label[lang], (wide - 2 * _PAD) / SIZE) for stage in row]
        notes = [wrap(stage.note[lang], (wide - 2 * _PAD) / SMALL) if stage.note else [] for stage in row]
        counted = any(stage.count is not None for stage in row)
        words = [len(lines) * _LINE + len(note) * (_LINE - 2) for lines, note in zip(labels, notes, strict=True)]
        tall = 2 * _PAD + max(words) + (32 if counted else 0)
        for n, stage in enumerate(row):
            x = 1 + n * (wide + _ARROW)
            sheet.box(x, y, wide, tall, PAPER, INK, "paper", 4)
            at = y + _PAD + SIZE
            for line in labels[n]:
                sheet.text(x + wide / 2, at, line, anchor="middle")
                at += _LINE
            for line in notes[n]:
                sheet.text(x + wide / 2, at, line, SMALL, anchor="middle")
                at += _LINE - 2
            if stage.count is not None:
                sheet.text(x + wide / 2, y + tall - _PAD - 2, number(stage.count), 24, True, "middle")
            if start + n + 1 < len(block.stages):
                sheet.arrow(x + wide + 3, y + tall / 2, x + wide + _ARROW - 3)
        y += tall + 16
    return sheet.finish(y - 14 if block.stages else 2, block.title[lang], summary(block, lang))


def summary(block: Flow, lang: Lang) -> str:
    """The stages in a line: A (3) → B → C (1)."""
    told = [s.label[lang] + (f" ({number(s.count)})" if s.count is not None else "") for s in block.stages]
    return " → ".join(told)
