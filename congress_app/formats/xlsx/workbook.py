"""What stands around the worksheets: their order, the styles, the shared texts."""

from __future__ import annotations

from dataclasses import dataclass

from congress_app.formats.xlsx.archive import Archive, Attributes, damaged, local
from congress_app.formats.xlsx.styles import Styles, read_styles


@dataclass(frozen=True)
class Workbook:
    """The visible worksheets as (name, part), and what their cells refer to."""

    sheets: tuple[tuple[str, str], ...]
    styles: Styles
    strings: tuple[str, ...]
    from_1904: bool


def open_workbook(archive: Archive) -> Workbook:
    """Read the workbook part and the parts it names, without any worksheet."""
    main = next((path for _, kind, path in archive.relations("") if kind == "officeDocument"), "")
    if main not in archive.names:
        main = "xl/workbook.xml"
    if main not in archive.names:
        raise damaged()
    relations = archive.relations(main)
    targets = {identifier: path for identifier, kind, path in relations if kind == "worksheet"}
    sheets: list[tuple[str, str]] = []
    from_1904 = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal from_1904
        if local(name) == "sheet" and attributes.get("state", "visible") == "visible":
            identifier = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            if identifier in targets:
                sheets.append((attributes.get("name", ""), targets[identifier]))
        elif local(name) == "workbookPr":
            from_1904 = attributes.get("date1904") in ("1", "true")

    archive.parse(main, start)
    parts = {kind: path for _, kind, path in relations}
    return Workbook(
        tuple(sheets),
        read_styles(archive, parts.get("styles", "xl/styles.xml")),
        _shared_strings(archive, parts.get("sharedStrings", "xl/sharedStrings.xml")),
        from_1904,
    )


def _shared_strings(archive: Archive, part: str) -> tuple[str, ...]:
    """The texts cells refer to by number; rich text is joined, reading aids left out."""
    strings: list[str] = []
    pieces: list[str] = []
    before_aid = 0
    in_text = False

    def start(name: str, _: Attributes) -> None:
        nonlocal in_text, before_aid
        tag = local(name)
        if tag == "si":
            pieces.clear()
        elif tag == "t":
            in_text = True
        elif tag == "rPh":
            before_aid = len(pieces)

    def end(name: str) -> None:
        nonlocal in_text
        tag = local(name)
        if tag == "t":
            in_text = False
        elif tag == "si":
            strings.append("".join(pieces))
        elif tag == "rPh":
            del pieces[before_aid:]

    def text(data: str) -> None:
        if in_text:
            pieces.append(data)

    if part in archive.names:
        archive.parse(part, start, end, text)
    return tuple(strings)
