"""Badges drawn onto the pages of a PDF, mark by mark.

What a category's badges share, and the other side, are kept in the file once.
"""

from __future__ import annotations

import io

from reportlab.lib.utils import ImageReader

from congress_app.badges.back import Back, back_marks
from congress_app.badges.content import BadgeFace, CongressFace
from congress_app.badges.design import DEFAULT_LOOKS, Design
from congress_app.badges.layout import Layout
from congress_app.badges.marks import Area, Mark, Picture, Slot, Star, Symbol, Text
from congress_app.formats import qr
from congress_app.formats.pdf import Pages, colour_of, star

__all__ = ["CATEGORY_WORDS", "BadgeFace", "BadgePainter", "CongressFace"]

CATEGORY_WORDS = {name: (look.words, look.english) for name, look in DEFAULT_LOOKS.items()}


class BadgePainter:
    """Draws the badges of one congress; `logo` is a PNG file."""

    def __init__(
        self,
        pages: Pages,
        congress: CongressFace,
        *,
        bleed: float,
        design: Design | None = None,
        logo: bytes | None = None,
        back: Back | None = None,
    ) -> None:
        chosen = design or Design()
        self.layout = Layout(chosen, congress, bleed=bleed, has_logo=logo is not None)
        self._pages = pages
        self._bleed = bleed
        self._back = back
        self._logo = ImageReader(io.BytesIO(logo)) if logo else None
        self._forms: set[str] = set()

    def paint(self, badge: BadgeFace, x: float, y: float) -> None:
        """Draw the badge with the lower left corner of its trim at (x, y).

        Raises ValueError for a category without words and colours.
        """
        form = f"ground-{badge.category}"
        if form not in self._forms:
            self._keep(form, self.layout.ground(badge.category))
        canvas = self._pages.canvas
        canvas.saveState()
        canvas.translate(x, y)
        canvas.doForm(form)
        photo = ImageReader(io.BytesIO(badge.photo)) if badge.photo else None
        self._draw(self.layout.badge(badge), photo)
        canvas.restoreState()

    def paint_back(self, badge: BadgeFace, x: float, y: float) -> None:
        """Draw the other side of the badge there; ValueError when the design has none."""
        if self._back is None:
            raise ValueError("these badges have one side")
        form = f"back-{badge.category}"
        if form not in self._forms:
            marks = back_marks(self.layout, self._back, badge.category, bleed=self._bleed)
            self._keep(form, marks)
        canvas = self._pages.canvas
        canvas.saveState()
        canvas.translate(x, y)
        canvas.doForm(form)
        canvas.restoreState()

    def _keep(self, form: str, marks: list[Mark]) -> None:
        frame, bleed = self.layout.frame, self._bleed
        self._pages.canvas.beginForm(
            form, -bleed, -bleed, frame.width + bleed, frame.height + bleed
        )
        self._draw(marks, None)
        self._pages.canvas.endForm()
        self._forms.add(form)

    def _draw(self, marks: list[Mark], photo: ImageReader | None) -> None:
        canvas = self._pages.canvas
        for mark in marks:
            match mark:
                case Text():
                    self._pages.text(
                        mark.x,
                        mark.y,
                        mark.text,
                        mark.face,
                        mark.size,
                        colour=mark.colour,
                        align=mark.align,
                    )
                case Symbol():
                    qr.draw(canvas, mark.text, mark.x, mark.y, mark.size)
                case Area():
                    canvas.setFillColor(colour_of(mark.colour))
                    canvas.rect(mark.x, mark.y, mark.width, mark.height, stroke=0, fill=1)
                case Star():
                    star(canvas, mark.x, mark.y, mark.radius, mark.colour)
                case Slot():
                    self._slot(mark)
                case Picture():
                    self._picture(mark, self._logo if mark.name == "logo" else photo)

    def _slot(self, mark: Slot) -> None:
        canvas = self._pages.canvas
        canvas.setStrokeColor(colour_of(mark.colour))
        canvas.setLineWidth(0.5)
        canvas.setDash(1.5, 1.5)
        canvas.roundRect(mark.x, mark.y, mark.width, mark.height, mark.height / 2)
        canvas.setDash()

    def _picture(self, mark: Picture, picture: ImageReader | None) -> None:
        if picture is not None:
            self._pages.canvas.drawImage(
                picture,
                mark.x,
                mark.y,
                mark.width,
                mark.height,
                mask="auto",
                preserveAspectRatio=True,
            )
