"""Every kind's .docx opened and converted by LibreOffice: the pages of our own .pdf."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from congress_app.documents.kinds import KINDS
from congress_app.formats import docx, paper_pdf
from tests.documents.papers import FACTS, a_vote, composed

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed here"
)
LONG_BALLOT = "ballot_of_40"
FONTS = Path(docx.__file__).parent / "fonts"
# Times New Roman is not free: LibreOffice is shown its free twin of the same widths.
FONT_RULES = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias binding="same"><family>Times New Roman</family><prefer><family>Tinos</family></prefer>
</alias></fontconfig>"""


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the .pdf of every kind as LibreOffice makes it, and ours beside it."""
    folder = tmp_path_factory.mktemp("office")
    rules = folder / "fonts.conf"
    rules.write_text(FONT_RULES.format(fonts=FONTS, cache=folder / "cache"), encoding="utf-8")
    papers = {code: composed(code) for code in KINDS}
    papers[LONG_BALLOT] = composed("ballot_paper", replace(FACTS, election=a_vote(40, 20)))
    sources = []
    for code, paper in papers.items():
        (folder / f"{code}-own.pdf").write_bytes(paper_pdf.write(paper))
        sources.append(folder / f"{code}.docx")
        sources[-1].write_bytes(docx.write(paper))
    command = ["soffice", f"-env:UserInstallation=file://{folder / 'profile'}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, sources)]
    environment = dict(os.environ, FONTCONFIG_FILE=str(rules))
    subprocess.run(command, check=True, timeout=180, capture_output=True, env=environment)
    return folder


def words_of_pages(source: Path) -> list[Counter[str]]:
    """The words of each page, with how often each stands there."""
    command = ["pdftotext", "-layout", str(source), "-"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [Counter(page.split()) for page in told.split("\f")[:-1]]


@pytest.mark.parametrize("code", [*KINDS, LONG_BALLOT])
def test_libreoffice_shows_the_same_words_on_the_same_pages(converted: Path, code: str) -> None:
    pages = words_of_pages(converted / f"{code}.pdf")
    assert all(pages)
    assert pages == words_of_pages(converted / f"{code}-own.pdf")
