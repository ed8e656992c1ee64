"""From a sheet to records: every entry of a list with its values by field.

The faults found here concern columns (missing, told twice, in an old font); a record
whose cells are wrong is for the roster to judge, which knows what they must hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from congress_app.formats.faults import Fault
from congress_app.formats.fields import Field
from congress_app.formats.headers import ORDER, Header, find_header
from congress_app.formats.layout import Layout
from congress_app.formats.records import Matched
from congress_app.formats.sheet import Row, Sheet, column_letter
from congress_app.formats.table_rows import table_rows
from congress_app.kernel.sentences import N_, Sentence


def match_columns(
    sheet: Sheet, fields: Sequence[Field], *, one_of: Sequence[tuple[str, ...]] = ()
) -> Matched:
    """Find the header, give every entry its values, tell what is missing or doubtful.

    `one_of` lists groups of keys of which at least one must have a column. With a fault
    of a column there are no records: their cells would be judged by the wrong header.
    """
    legacy = _legacy(sheet)
    header = find_header(sheet, fields)
    if header is None:
        # An old font hides the header words too: then that alone is the thing to mend.
        return Matched(None, faults=legacy or _without_header(sheet, fields))
    below = [row for row in sheet.rows if row.number > header.bottom]
    layout = Layout(header, below, fields)
    faults = (
        *legacy,
        *_missing(header, layout.letters, fields, one_of),
        *_duplicates(header, fields),
    )
    if faults:
        return Matched(header.bottom, layout.letters, faults=faults)
    required = {place for item in fields if item.required for place in layout.places(item.key)}
    rows = table_rows(sheet, header, sorted(required))
    records, sex_faults = layout.records(rows.entries)
    notes = (*_unused(header, layout, rows.entries), *rows.notes)
    return Matched(header.bottom, layout.letters, records, sex_faults, notes)


def _legacy(sheet: Sheet) -> tuple[Fault, ...]:
    template = N_(
        "Cột {column} dùng bảng mã cũ {encoding} (ví dụ ô {cell}: “{value}”). "
        "Hãy chuyển tệp sang Unicode (bằng chức năng chuyển mã của UniKey) rồi tải lại."
    )
    return tuple(
        Fault(
            column.row,
            column_letter(column.index),
            column.value,
            "legacy_encoding",
            Sentence(
                template,
                column=column_letter(column.index),
                encoding=column.encoding,
                cell=f"{column_letter(column.index)}{column.row}",
                value=column.value[:40],
            ),
        )
        for column in sheet.legacy
    )


def _without_header(sheet: Sheet, fields: Sequence[Field]) -> tuple[Fault, ...]:
    wanted = [item.header for item in fields if item.required] or [item.header for item in fields]
    one = N_(
        "Không tìm thấy dòng tiêu đề của bảng. Cần một dòng có các cột: {headers}. "
        "Hãy dùng tệp mẫu hoặc sửa tên cột."
    )
    several = N_(
        "Không tìm thấy dòng tiêu đề của bảng trong trang tính “{sheet}”. "
        "Cần một dòng có các cột: {headers}. Chỉ trang tính đầu tiên có dữ liệu được đọc: "
        "hãy đưa danh sách lên trang đầu, hoặc sửa tên cột."
    )
    template = several if sheet.other_sheets else one
    sentence = Sentence(template, headers=_quoted(wanted), sheet=sheet.name)
    return (Fault(0, "", "", "missing_column", sentence),)


def _missing(
    header: Header,
    letters: Mapping[str, str],
    fields: Sequence[Field],
    one_of: Sequence[tuple[str, ...]],
) -> list[Fault]:
    headers = {item.key: item.header for item in fields}
    groups: list[tuple[str, ...]] = [
        (item.header,) for item in fields if item.required and item.key not in letters
    ]
    groups += [
        tuple(headers[key] for key in keys)
        for keys in one_of
        if not any(key in letters for key in keys)
    ]
    one = N_("Thiếu cột {header}: hãy thêm cột này vào dòng tiêu đề (dòng {row}).")
    several = N_(
        "Thiếu cột {header}: hãy thêm một trong các cột này vào dòng tiêu đề (dòng {row})."
    )
    return [
        Fault(
            header.bottom,
            "",
            "",
            "missing_column",
            Sentence(one if len(names) == 1 else several, header=_quoted(names), row=header.bottom),
        )
        for names in groups
    ]


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _duplicates(header: Header, fields: Sequence[Field]) -> list[Fault]:
    """Two columns for one field, equally well named: a person must say which one counts.

    A column that bears the canonical header wins over one that bears another word for it.
    """
    template = N_(
        "Hai cột {first} (“{first_label}”) và {second} (“{second_label}”) cùng ghi “{header}”: "
        "hãy giữ một cột."
    )
    faults = []
    for item in fields:
        columns = header.of(item.key)
        for other in columns[1:]:
            if other.rank == columns[0].rank:
                sentence = Sentence(
                    template,
                    first=column_letter(columns[0].index),
                    first_label=columns[0].label,
                    second=column_letter(other.index),
                    second_label=other.label,
                    header=item.header,
                )
                letter = column_letter(other.index)
                fault = Fault(header.bottom, letter, other.label, "duplicate_column", sentence)
                faults.append(fault)
    return faults


def _unused(header: Header, layout: Layout, entries: Sequence[Row]) -> list[Sentence]:
    """A note for each column that is not read: unknown header, or data under none."""
    used = layout.used(entries)
    labelled = {column.index for column in header.columns}
    notes = [
        Sentence(
            N_("Cột {column} “{label}” không dùng đến."),
            column=column_letter(column.index),
            label=column.label[:60],
        )
        for column in header.columns
        if column.index not in used and column.target != ORDER
    ]
    filled = {i for row in entries for i, value in enumerate(row.cells) if value is not None}
    template = N_("Cột {column} có dữ liệu nhưng không có tiêu đề, không dùng đến.")
    bare = sorted(filled - used - labelled)
    return [*notes, *(Sentence(template, column=column_letter(index)) for index in bare)]
