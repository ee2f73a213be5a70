"""A sheet to draw on: lines, boxes and texts of known size, kept in order and handed out as SVG."""

from dataclasses import dataclass, field
from html import escape

from kaname.typeset import FALLBACK, FAMILY

INK, LINE, PAPER, SOFT = "#1a1a1c", "#949494", "#ffffff", "#f2f2f2"
COLOURS = ("#000071", "#6d2700", "#0877d7", "#b78f00", "#00a3bf")
SIZE, SMALL = 13, 12
# What is drawn over the colour of a series, by its place: the first is solid, for a pattern's tiles would show seams.
_PATTERNS = (
    "",
    '<path d="M0 8L8 0M-2 2L2 -2M6 10L10 6" stroke="#ffffff" stroke-width="2"/>',
    '<circle cx="4" cy="4" r="1.6" fill="#ffffff"/>',
    '<path d="M0 4H8" stroke="#ffffff" stroke-width="2"/>',
    '<path d="M4 0V8M0 4H8" stroke="#ffffff" stroke-width="1.4"/>',
)


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG of a size, and what it says in words."""

    svg: str
    width: int
    height: int
    summary: str


@dataclass(slots=True)
class Sheet:
    """`id` keeps the patterns of several drawings on one page apart."""

    id: str
    width: int
    series: int = 1
    parts: list[str] = field(default_factory=list)

    def fill(self, place: int) -> str:
        """The fill of a series: its colour, from the second on with a pattern."""
        n = place % len(COLOURS)
        return f"url(#{self.id}-{n})" if n else COLOURS[0]

    def box(self, x: float, y: float, width: float, height: float, fill: str, stroke: str = "", css: str = "",
            radius: int = 0, dashed: bool = False) -> None:  # fmt: skip
        edge = f' stroke="{stroke}" stroke-width="1.5"' if stroke else ""
        dash = ' stroke-dasharray="5 3"' if dashed else ""
        round_ = f' rx="{radius}"' if radius else ""
        self.parts.append(
            f'<rect class="{css}" x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" '
            f'fill="{fill}"{edge}{dash}{round_}/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, width: float = 1, dashed: bool = False,
             colour: str = LINE) -> None:  # fmt: skip
        dash = ' stroke-dasharray="4 3"' if dashed else ""
        css = "line" if colour == LINE else "ink-line"
        self.parts.append(
            f'<line class="{css}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
            f'stroke-width="{width}"{dash}/>'
        )

    def dot(self, x: float, y: float, radius: float, filled: bool) -> None:
        fill, css = (INK, "ink") if filled else (PAPER, "hollow")
        self.parts.append(
            f'<circle class="{css}" cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}" stroke="{INK}" '
            'stroke-width="2"/>'
        )

    def arrow(self, x1: float, y: float, x2: float) -> None:
        self.line(x1, y, x2 - 5, y, 1.5, colour=INK)
        self.parts.append(f'<path class="ink" d="M{x2:.1f} {y:.1f}l-7 -4v8z" fill="{INK}"/>')

    def text(self, x: float, y: float, said: str, size: float = SIZE, bold: bool = False, anchor: str = "start",
             colour: str = INK) -> None:  # fmt: skip
        weight = ' font-weight="700"' if bold else ""
        at = f' text-anchor="{anchor}"' if anchor != "start" else ""
        self.parts.append(
            f'<text class="ink" x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"{weight}{at}>'
            f"{escape(said)}</text>"
        )

    def finish(self, height: float, title: str, summary: str) -> Drawing:
        tall = round(height)
        patterns = "".join(
            f'<pattern id="{self.id}-{n}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<rect class="series-{n + 1}" width="8" height="8" fill="{COLOURS[n]}"/>{_PATTERNS[n]}</pattern>'
            for n in range(1, min(self.series, len(COLOURS)))
        )
        defs = f"<defs>{patterns}</defs>" if patterns else ""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="{self.width}" height="{tall}" '
            f'viewBox="0 0 {self.width} {tall}" role="img" aria-label="{escape(f"{title} {summary}")}" '
            f'font-family="{FAMILY}, {FALLBACK}, sans-serif">'
        )
        return Drawing(f"{head}{defs}{''.join(self.parts)}</svg>", self.width, tall, f"{title} {summary}")
