"""Collect the Vietnamese texts and keep the catalogues of other languages in step.

`python -m tools.texts` reads every text marked in the package and the templates, brings
each `congress_app/translations/<language>/LC_MESSAGES/messages.po` up to date and
compiles it. With `--check` nothing is written; what is missing, doubtful, left over or
not compiled is listed, and the exit code is 1.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "congress_app" / "translations"
LANGUAGES = ("en",)
METHODS = {
    "congress_app": [("**/migrations/**", "ignore"), ("**.py", "python")],
    "templates": [("**.html", "jinja2"), ("**.txt", "jinja2")],
}
# `_l` is lazy_gettext; N_ and Sentence mark texts in files that know no language.
KEYWORDS = dict.fromkeys(("_l", "lazy_gettext", "N_", "Sentence")) | DEFAULT_KEYWORDS


def main(arguments: list[str]) -> int:
    """Update the catalogues, or check them; 0 when all is well."""
    source = collect(ROOT)
    if arguments == ["--check"]:
        found = [
            f"{language}: {fault}" for language in LANGUAGES for fault in faults(language, source)
        ]
        print("\n".join(found) or "Every text is translated.")
        return 1 if found else 0
    for language in LANGUAGES:
        write(language, renewed(language, source))
    return 0


def collect(root: Path) -> Catalog:
    """Every marked text below `root`, with the file it stands in."""
    catalog = Catalog(charset="utf-8")
    for folder, methods in METHODS.items():
        # Babel leaves out folders that begin with "_", but the macros' texts stand in one.
        texts = extract_from_dir(
            root / folder,
            methods,
            {},
            KEYWORDS,
            strip_comment_tags=True,
            directory_filter=lambda _folder: True,
        )
        for name, _line, text, comments, context in texts:
            place = (f"{folder}/{name}", 0)
            catalog.add(text, None, [place], auto_comments=comments, context=context)
    return catalog


def po_path(language: str) -> Path:
    """Where the catalogue of a language stands; the compiled one lies beside it."""
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def stored(language: str) -> Catalog:
    """The catalogue as it is; an empty one when there is none yet."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def renewed(language: str, source: Catalog) -> Catalog:
    """The catalogue with the texts of today: new ones empty, old translations kept."""
    catalog = stored(language)
    # A catalogue changes only when a text does: the day stays, and no line is named.
    source.creation_date = catalog.creation_date
    catalog.update(source, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def write(language: str, catalog: Catalog) -> None:
    """Store the catalogue, readable and compiled."""
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, sort_output=True, include_lineno=False)
    path.with_suffix(".mo").write_bytes(compiled(catalog))


def compiled(catalog: Catalog) -> bytes:
    """What the application reads."""
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def faults(language: str, source: Catalog) -> Iterator[str]:
    """What keeps a page from being wholly in that language."""
    catalog = stored(language)
    for message in source:
        known = catalog.get(message.id, message.context) if message.id else message
        if known is None or (message.id and not known.string):
            yield f"not translated: {message.id}"
        elif message.id and known.fuzzy:
            yield f"doubtful: {message.id}"
    for message in catalog:
        if message.id and source.get(message.id, message.context) is None:
            yield f"left over: {message.id}"
    mo = po_path(language).with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != compiled(catalog):
        yield "not compiled: run make texts"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
