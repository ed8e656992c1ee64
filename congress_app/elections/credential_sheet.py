"""The credentials report as a workbook: one line under another, each table with its sum."""

from __future__ import annotations

from collections.abc import Iterator

from congress_app.elections.credential_report import Ages, CredentialReport, Somebody, Table
from congress_app.formats.xlsx.writing import Cell, Column, write_sheet
from congress_app.kernel.sentences import N_, Sentence, Translator
from congress_app.kernel.vietnamese import number, percent

TOTAL_LABEL = N_("Cộng")
_COLUMNS = (
    (N_("Mục"), 30, "text"),
    (N_("Nội dung"), 44, "text"),
    (N_("Triệu tập"), 12, "number"),
    (N_("Tỷ lệ"), 12, "centre"),
    (N_("Có mặt"), 12, "number"),
)
_PEOPLE = (
    ("youngest", N_("Trẻ tuổi nhất")),
    ("oldest", N_("Cao tuổi nhất")),
)


def share(tenths: int) -> str:
    """Tenths of a per cent as printed: 125 is "12,5 %"."""
    return f"{number(tenths // 10)},{tenths % 10} %"


def rounding_note(table: Table) -> Sentence:
    """Why the shares of a table do not sum to 100,0."""
    return Sentence(
        N_("Từng tỷ lệ được làm tròn đến một chữ số thập phân nên cộng lại là {sum}."),
        sum=share(table.tenths),
    )


def average(ages: Ages) -> str | None:
    """The average age with one decimal; None when no year of birth is known."""
    if ages.average_tenths is None:
        return None
    return f"{ages.average_tenths // 10},{ages.average_tenths % 10}"


def somebody(one: Somebody, translate: Translator) -> str:
    """A person of the report in one line: name, age, unit."""
    age = one.note
    if one.age is not None:
        age = Sentence(N_("{age} tuổi ({note})"), age=one.age, note=one.note).render(translate)
    return ", ".join(part for part in (one.name, age, one.unit) if part)


def report_sheet(
    made: CredentialReport, *, title: str, subtitle: str, sensitive: bool, translate: Translator
) -> bytes:
    """An .xlsx file of the report; the caller has asked and recorded for `sensitive`."""
    columns = [Column(translate(header), width, kind) for header, width, kind in _COLUMNS]  # type: ignore[arg-type]
    tables = made.tables if sensitive else made.public()
    return write_sheet(
        columns,
        list(_rows(made, tables, translate)),
        title=title,
        subtitle=subtitle,
        sheet_name=translate(N_("Báo cáo thẩm tra")),
        landscape=False,
        footer=[
            f"{translate(table.title)}: {rounding_note(table).render(translate)}"
            for table in tables
            if table.is_uneven
        ],
    )


def _rows(
    made: CredentialReport, tables: tuple[Table, ...], translate: Translator
) -> Iterator[list[Cell]]:
    general = translate(N_("Số lượng"))
    whole = made.convened
    yield [general, translate(N_("Đại biểu được triệu tập")), whole, None, made.present]
    for label, count in (
        (N_("Có mặt"), made.present),
        (N_("Vắng có lý do"), made.excused),
        (N_("Vắng chưa rõ lý do"), made.absent),
    ):
        yield [general, translate(label), count, percent(count, whole), None]
    for table in tables:
        name = translate(table.title)
        for line in table.lines:
            label = translate(line.label) if line.label else ""
            yield [name, label, line.convened, share(line.tenths), line.present]
        total = share(table.tenths) if whole else "–"
        yield [name, translate(TOTAL_LABEL), table.convened, total, table.present]
    yield from _people(made, translate)


def _people(made: CredentialReport, translate: Translator) -> Iterator[list[Cell]]:
    name = translate(N_("Tuổi"))
    known = translate(N_("Tuổi bình quân của số người rõ năm sinh"))
    yield [name, known, made.ages.known, average(made.ages), None]
    for key, label in _PEOPLE:
        for one in getattr(made.ages, key):
            yield [name, f"{translate(label)}: {somebody(one, translate)}", None, None, None]
    for label, people in (
        (N_("Không đủ tư cách"), made.not_qualified),
        (N_("Còn xem xét"), made.pending),
    ):
        for one in people:
            yield [translate(label), somebody(one, translate), None, None, None]
