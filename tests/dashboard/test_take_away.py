"""Files of decks: what XLSX holds is what the slides print; the command line writes them all."""

from __future__ import annotations

import re
from io import BytesIO
from shutil import which
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from dashboard.export import pdf, slides, take_away
from dashboard.export.take_away import contexts, formats_of
from dashboard.selection import Selection
from tests.support.in_process import call
from warehouse.config import read_config
from warehouse.errors import CruscottoError

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

DECK = "/presentazioni/zona-nord-milano"


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_slide_is_a_sheet_with_the_printed_values_as_numbers(
    deployed: Config, data: ReleaseData, language: str
) -> None:
    context = slides.context_of(deployed, data, Selection.read(DECK, f"lang={language}"))
    shown = slides.presentation_of(context).slides
    book: Any = openpyxl.load_workbook(BytesIO(slides.as_xlsx(context)))
    assert len(book.worksheets) == len(shown) + 1
    numbers = 0
    for sheet, slide in zip(book.worksheets, shown, strict=False):
        assert str(sheet["A1"].value).startswith(slide.title)
        charts = sheet._charts  # noqa: SLF001  # openpyxl has no other list
        assert len(charts) == (bool(slide.bars) or slide.has_plan)
        for line, bar in enumerate(slide.bars, 6):
            cell = sheet.cell(line, 2)
            assert sheet.cell(line, 1).value == bar.label
            assert context.format.number(cell.value, slide.decimals) == bar.value
        for line, row in enumerate(slide.rows, 6):
            value = sheet.cell(line, 3).value
            numbers += isinstance(value, (int, float))
            if row.amount is not None:
                assert context.format.number(value, row.decimals) == row.value
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert numbers
    about = book.worksheets[-1]
    cells = [str(cell.value) for line in about.iter_rows() for cell in line]
    assert data.store.release in cells
    assert all(slide.address in cells for slide in shown)


def test_the_command_line_compares_with_earlier_releases_as_the_pages_do(
    two_releases: Path,
) -> None:
    config = read_config(two_releases)
    (context,) = contexts(config, ["novita"], "it", None)
    slide, *_ = slides.presentation_of(context).slides
    assert slide.title.startswith("Dal ")
    assert slide.rows


def test_the_workbook_of_a_release_is_always_the_same(deployed: Config, data: ReleaseData) -> None:
    context = slides.context_of(deployed, data, Selection.read(DECK, ""))
    assert slides.as_xlsx(context) == slides.as_xlsx(context)


def test_the_command_line_writes_a_deck_and_a_page(deployment: Path, tmp_path: Path) -> None:
    page = "/indicatori/separate_waste_collection?territory=nord-milano"
    out = tmp_path / "new" / "files"
    options = ["--out", str(out), "--config", str(deployment), "--lang", "en"]
    done = call(deployment, "dashboard", "export", "progetti", page, *options)
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in out.iterdir())
    pages = ("indicatori-separate_waste_collection", "progetti")
    assert names == sorted(f"{name}.{form}" for name in pages for form in ("pptx", "html", "xlsx"))
    text = (out / "progetti.html").read_text(encoding="utf-8")
    assert 'lang="en"' in text
    assert "Page not found" not in text


def test_every_deck_is_asked_for_at_once(deployed: Config) -> None:
    rooms = contexts(deployed, [], "it", None, every=True)
    zones = {room.route.values["page"] for room in rooms}
    assert "presentazioni/zona-nord-milano" in zones
    assert "presentazioni/piano" in zones


@pytest.mark.parametrize("name", ["nessuna", "/indicatori/nessuno", "/x/y"])
def test_a_name_of_nothing_is_refused_before_anything_is_written(
    deployed: Config, name: str
) -> None:
    with pytest.raises(CruscottoError, match=name):
        contexts(deployed, ["piano", name], "it", None)


def test_formats_are_those_that_exist() -> None:
    assert formats_of("xlsx, PPTX") == ["pptx", "xlsx"]
    with pytest.raises(CruscottoError, match="odt"):
        formats_of("pptx,odt")


def test_a_pdf_has_a_page_for_each_slide(deployed: Config, data: ReleaseData) -> None:
    if not any(map(which, pdf.BROWSERS)):
        pytest.skip("no Chromium on this computer")
    context = slides.context_of(deployed, data, Selection.read(DECK, ""))
    content = pdf.as_pdf(slides.as_html(context))
    assert content.startswith(b"%PDF")
    pages = len(re.findall(rb"/Type\s*/Page\b", content))
    assert pages == len(slides.presentation_of(context).slides)


def test_without_a_browser_the_message_names_what_was_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CruscottoError) as error:
        take_away.formats_of("pptx,pdf")
    assert "google-chrome" in error.value.in_("it")[0]
    assert take_away.formats_of("pptx,html") == ["pptx", "html"]
