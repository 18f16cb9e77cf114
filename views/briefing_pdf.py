"""A briefing as PDF on a page of A4: the map, the figures below it on the left, the gravest events on the right.

Text goes into the page as text: nothing in it can become a link or a script. Letters are those of DejaVu Sans, which
comes inside matplotlib, set from right to left where the script asks for it; others are written in Latin ones.
"""

from __future__ import annotations

import io
from pathlib import Path
from unicodedata import bidirectional

import matplotlib as mpl
from fpdf import FPDF

from views.briefing import NO_EVENTS, Briefing, Event, Table
from views.lettering import lettered

FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"
FAMILY = "dejavu"
WIDE, MARGIN, GAP, LEFT = 210.0, 11.0, 6.0, 68.0
# Sizes of letters in points, tried one after the other until all is on one page; smaller ones are not read.
SIZES = (7.4, 6.8, 6.2, 5.7, 5.2)
MILLIMETRES_A_POINT = 0.3528
LEADING = 1.3
# Joining letters takes as long as all else: only where they run from right to left.
RIGHT_TO_LEFT = ("R", "AL", "AN")
INK, NOTE = (27, 36, 48), (74, 85, 99)
LINE_MOST = 400


def written(briefing: Briefing, picture: bytes | None = None) -> bytes:
    """The PDF; ``picture`` is a PNG of the map. On one page where it can be read there, else on more."""
    for size in SIZES:
        sheet = _Sheet(briefing, size)
        sheet.fill(picture)
        if sheet.pdf.pages_count == 1:
            break
    return bytes(sheet.pdf.output())


class _Sheet:
    """A document that is filled from top to bottom; widths and heights in millimetres."""

    def __init__(self, briefing: Briefing, size: float) -> None:
        self.briefing, self.size = briefing, size
        self.pdf = pdf = FPDF(format="A4")
        pdf.set_margins(MARGIN, MARGIN, MARGIN)
        pdf.set_auto_page_break(True, MARGIN)
        pdf.add_font(FAMILY, "", FONTS / "DejaVuSans.ttf")
        pdf.add_font(FAMILY, "B", FONTS / "DejaVuSans-Bold.ttf")
        pdf.set_title(lettered(briefing.title))
        pdf.set_creator("Dateline")
        pdf.set_lang("en")
        pdf.set_creation_date(briefing.made)
        pdf.add_page()

    def fill(self, picture: bytes | None) -> None:
        """Put all parts into it."""
        pdf = self.pdf
        self._head()
        if picture:
            pdf.image(io.BytesIO(picture), w=WIDE - 2 * MARGIN, alt_text="Map of what is shown")
            pdf.ln(2)
        top = pdf.get_y()
        pdf.set_right_margin(WIDE - MARGIN - LEFT)
        for table in self.briefing.tables:
            self._table(table)
        page, below = pdf.page, pdf.get_y()
        pdf.set_right_margin(MARGIN)
        pdf.set_left_margin(MARGIN + LEFT + GAP)
        pdf.page = 1
        pdf.set_xy(MARGIN + LEFT + GAP, top)
        self._events()
        pdf.set_left_margin(MARGIN)
        pdf.set_y(max(below, pdf.get_y()) if page == pdf.page else pdf.get_y())
        self._foot()

    def _head(self) -> None:
        briefing = self.briefing
        self._line(briefing.title, bold=True, larger=1.75)
        self._line(f"Made {briefing.made:%Y-%m-%d %H:%M} UTC. Filters: {'; '.join(briefing.filters)}.", pale=True)
        for line in briefing.total:
            self._line(line)
        self.pdf.ln(1.2)

    def _table(self, table: Table) -> None:
        if not table.lines:
            return
        self._line(table.title, bold=True, larger=1.15)
        for name, count, toll in table.lines:
            self._line(
                f"{name}: {count} {table.counted.lower() if count != '1' else table.counted.lower()[:-1]}; {toll}"
            )
        if table.more:
            self._line(f"{table.more:,} more", pale=True)
        self.pdf.ln(1.2)

    def _events(self) -> None:
        self._line("The gravest events", bold=True, larger=1.15)
        if not self.briefing.events:
            self._line(NO_EVENTS)
        for number, event in enumerate(self.briefing.events, 1):
            self._event(number, event)

    def _event(self, number: int, event: Event) -> None:
        self._line(f"{number}. {event.heading}", bold=True)
        self._line(f"{event.who}: {event.toll}. {event.grade}")
        more = [f"{event.more_claimants:,} more claimants"] if event.more_claimants else []
        if event.claimants:
            self._line("; ".join([*event.claimants, *more]))
        more = [f"{event.more_sources:,} more reports"] if event.more_sources else []
        told = [f"{one.line}, “{one.title}”{f' {one.url}' if one.url else ''}" for one in event.sources]
        self._line(f"Sources: {'; '.join([*told, *more])}", pale=True, most=4 * LINE_MOST)
        self.pdf.ln(0.8)

    def _foot(self) -> None:
        self.pdf.ln(1)
        self._line(" ".join([*self.briefing.notes, *self.briefing.credits]), pale=True, most=4 * LINE_MOST)

    def _line(
        self, text: str, *, bold: bool = False, pale: bool = False, larger: float = 1.0, most: int = LINE_MOST
    ) -> None:
        """A paragraph across the present column."""
        size = self.size * larger
        self.pdf.set_font(FAMILY, "B" if bold else "", size)
        self.pdf.set_text_color(*(NOTE if pale else INK))
        height, shown = size * MILLIMETRES_A_POINT * LEADING, lettered(text, most)
        self.pdf.set_text_shaping(any(bidirectional(one) in RIGHT_TO_LEFT for one in shown))
        self.pdf.multi_cell(0, height, shown, align="L", new_x="LMARGIN", new_y="NEXT")
