"""How long a print run of badges takes, beside a bare loop that draws the same marks.

The bare loop is given every mark ready made (text broken, sizes fitted, modules counted)
and only calls reportlab, so the ratio is the price of the layout. Memory is the highest
the process ever held, fonts and libraries included.
"""

from __future__ import annotations

import io
import json
import resource
import time

from reportlab.pdfgen.canvas import Canvas

from congress_app.badges import token
from congress_app.badges.back import Back
from congress_app.badges.design import Design
from congress_app.badges.layout import Layout
from congress_app.badges.marks import Area, Mark, Star, Symbol, Text
from congress_app.badges.sheet import BadgeFace, CongressFace, Imposition, badge_sheet
from congress_app.formats import qr
from congress_app.formats.pdf import A6, colour_of, loaded, star

CONGRESS = CongressFace(
    "Bảo hiểm xã hội Việt Nam",
    "Đại hội Thi đua yêu nước",
    "Ngành Bảo hiểm xã hội lần thứ V",
    "Hà Nội, ngày 14 tháng 10 năm 2020",
)
GIVEN_NAMES = ("Ánh", "Bình", "Chi", "Dũng", "Giang", "Hạnh", "Khuê", "Lưỡng", "Quỳnh Anh", "Ý")
CATEGORIES = ("official", "elected", "guest", "organiser", "press")
BACK = Back("CẦN BIẾT", ("Xin đeo thẻ trong suốt thời gian dự hội nghị.",))


def faces(count: int) -> list[BadgeFace]:
    return [
        BadgeFace(
            f"Nguyễn Thị {GIVEN_NAMES[n % 10]} {GIVEN_NAMES[n // 10 % 10]}",
            CATEGORIES[n % 5],
            token.new_code(),
            number=f"{n:04d}",
            unit=f"BHXH tỉnh số {n % 63}",
            position="Chuyên viên chính",
        )
        for n in range(count)
    ]


def bare(prepared: list[tuple[str, list[Mark]]], grounds: dict[str, list[Mark]]) -> int:
    """Bytes of a PDF made by reportlab alone from ready marks."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A6, pageCompression=1, invariant=1)
    for category, marks in grounds.items():
        canvas.beginForm(category)
        draw(canvas, marks)
        canvas.endForm()
    for category, marks in prepared:
        canvas.doForm(category)
        draw(canvas, marks)
        canvas.showPage()
    canvas.save()
    return len(out.getvalue())


def draw(canvas: Canvas, marks: list[Mark]) -> None:
    for mark in marks:
        match mark:
            case Text():
                loaded(mark.face)
                canvas.setFillColor(colour_of(mark.colour))
                canvas.setFont(mark.face.value, mark.size)
                if mark.align == "centre":
                    canvas.drawCentredString(mark.x, mark.y, mark.text)
                else:
                    canvas.drawString(mark.x, mark.y, mark.text)
            case Symbol():
                qr.draw(canvas, mark.text, mark.x, mark.y, mark.size)
            case Area():
                canvas.setFillColor(colour_of(mark.colour))
                canvas.rect(mark.x, mark.y, mark.width, mark.height, stroke=0, fill=1)
            case Star():
                star(canvas, mark.x, mark.y, mark.radius, mark.colour)


def bare_seconds(badges: list[BadgeFace]) -> float:
    layout = Layout(Design(), CONGRESS)
    grounds = {category: layout.ground(category) for category in CATEGORIES}
    prepared = [(face.category, layout.badge(face)) for face in badges]
    started = time.process_time()
    bare(prepared, grounds)
    return time.process_time() - started


def measure(
    count: int, imposition: Imposition, design: Design | None = None, back: Back | None = None
) -> None:
    badges = faces(count)
    started, cpu = time.perf_counter(), time.process_time()
    data = badge_sheet(badges, congress=CONGRESS, imposition=imposition, design=design, back=back)
    spent = time.process_time() - cpu
    figures = {
        "badges": count,
        "size": (design or Design()).size,
        "imposition": imposition,
        "two_sided": back is not None,
        "seconds": round(time.perf_counter() - started, 3),
        "cpu_seconds": round(spent, 3),
        "kilobytes": len(data) // 1024,
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    if design is None and back is None and imposition == "a6":
        figures["times_bare_loop"] = round(spent / bare_seconds(badges), 2)
    print(json.dumps(figures))


if __name__ == "__main__":
    # The first one also loads the fonts, as the first print after a start does.
    measure(1, "a6")
    measure(500, "a6")
    measure(500, "a4", back=BACK)
    measure(500, "a4", Design(size="cr80"))
    measure(1_500, "a6")
