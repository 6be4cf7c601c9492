"""Slides as files: what PowerPoint and the HTML file hold is what the pages print."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pptx
import pytest
from pptx.enum.chart import XL_LABEL_POSITION
from pptx.enum.shapes import MSO_SHAPE_TYPE

from dashboard.export import slides
from dashboard.selection import Selection
from warehouse.errors import CruscottoError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pptx.shapes.base import BaseShape

    from dashboard.release_data import ReleaseData
    from warehouse.config import Config

INDICATOR = "/indicatori/separate_waste_collection"
DECKS = ["piano", "ambito-environment", "zona-nord-milano", "progetti"]


def _slides(deployed: Config, data: ReleaseData, path: str, query: str = "") -> pptx.Presentation:
    context = slides.context_of(deployed, data, Selection.read(path, query))
    return pptx.Presentation(BytesIO(slides.as_pptx(context)))


def test_a_chart_is_native_and_holds_the_printed_values(
    deployed: Config, data: ReleaseData
) -> None:
    (page,) = _slides(deployed, data, INDICATOR, "territory=nord-milano&period=2024").slides
    (chart,) = [shape.chart for shape in page.shapes if shape.has_chart]
    plot = chart.plots[0]
    names = {zone.short: zone.territory for zone in data.catalog.zones}
    assert len(plot.categories) == len(names)
    for name, value in zip(plot.categories, plot.series[0].values, strict=True):
        line = data.aggregate("separate_waste_collection", names[name])
        point = line.point("2024") if line else None
        assert point
        assert value == round(point.value, 1)
    labels = plot.series[0].data_labels
    assert labels.number_format == "#,##0.0"
    assert labels.show_value
    assert not chart.has_legend


def test_a_label_is_inside_its_bar_only_where_it_fits(deployed: Config, data: ReleaseData) -> None:
    (page,) = _slides(deployed, data, "/indicatori/resident_population").slides
    (frame,) = [shape for shape in page.shapes if shape.has_chart]
    series = frame.chart.plots[0].series[0]
    lengths = {}
    for position, value in enumerate(series.values):
        label = series.points[position].data_label
        is_inside = label.position != XL_LABEL_POSITION.OUTSIDE_END
        share = value / frame.chart.value_axis.maximum_scale
        lengths[position] = (is_inside, share * frame.width * 0.52 / 12_700, f"{value:,.0f}")
    assert {inside for inside, _, _ in lengths.values()} == {True, False}
    for inside, length, text in lengths.values():  # digits of 15 points are 8 or 9 wide
        assert inside == (length > 9.3 * len(text) + 8), text


def test_signs_are_shapes_with_their_words_and_the_target_is_a_line(
    deployed: Config, data: ReleaseData
) -> None:
    (page,) = _slides(deployed, data, INDICATOR, "territory=sud-ovest").slides
    groups = [s for s in page.shapes if s.shape_type == MSO_SHAPE_TYPE.GROUP]
    words = [_description(shape) for shape in groups]
    assert len(words) == 3
    assert words[1] == "di legge 65\N{NO-BREAK SPACE}%: mancato: fuori di 2,9 p.p."
    lines = [s for s in page.shapes if s.shape_type == MSO_SHAPE_TYPE.LINE]
    assert {_description(line).split()[0] for line in lines} == {"area", "di"}


def test_the_progress_of_projects_is_a_native_chart_with_the_plan(
    deployed: Config, data: ReleaseData
) -> None:
    page = _slides(deployed, data, "/progetti").slides[0]
    context = slides.context_of(deployed, data, Selection.read("/progetti", ""))
    (slide,) = slides.presentation_of(context).slides
    (chart,) = [shape.chart for shape in page.shapes if shape.has_chart]
    reached, planned = chart.plots[0].series
    assert list(reached.values) == [row.amount for row in slide.rows]
    assert list(planned.values) == [row.planned for row in slide.rows]
    assert planned.name == "previsto a oggi"


def test_the_house_template_has_the_fonts_and_colours_of_the_design(
    deployed: Config, data: ReleaseData
) -> None:
    context = slides.context_of(deployed, data, Selection.read(INDICATOR, ""))
    content = slides.as_pptx(context)
    with ZipFile(BytesIO(content)) as file:
        theme = file.read("ppt/theme/theme1.xml").decode()
    assert '<a:accent1><a:srgbClr val="0066CC"/></a:accent1>' in theme
    assert theme.count('<a:latin typeface="Titillium Web"/>') == 2
    document = pptx.Presentation(BytesIO(content))
    assert [layout.name for layout in document.slide_layouts] == ["Title Only"]


def test_the_template_of_the_office_keeps_its_layouts_and_loses_its_slides(
    deployed: Config, data: ReleaseData, tmp_path: Path
) -> None:
    template = tmp_path / "ente.pptx"
    document = pptx.Presentation()
    document.slides.add_slide(document.slide_layouts[0])
    document.slide_layouts[5].element.cSld.set("name", "Solo titolo")
    document.save(str(template))
    context = slides.context_of(deployed, data, Selection.read(INDICATOR, ""))
    dressed = pptx.Presentation(BytesIO(slides.as_pptx(context, template)))
    (page,) = dressed.slides
    assert page.slide_layout.name == "Solo titolo"
    assert len(dressed.slide_layouts) == len(document.slide_layouts)


def test_a_file_that_is_not_a_template_is_named(
    deployed: Config, data: ReleaseData, tmp_path: Path
) -> None:
    template = tmp_path / "ente.pptx"
    template.write_bytes(b"text")
    context = slides.context_of(deployed, data, Selection.read(INDICATOR, ""))
    damaged = tmp_path / "rotto.pptx"
    _rewrite(_saved(tmp_path), damaged, "ppt/presentation.xml", lambda _: "<no xml")
    for path in (template, damaged, tmp_path / "missing.pptx"):
        with pytest.raises(CruscottoError) as error:
            slides.as_pptx(context, path)
        assert path.name in error.value.in_("it")[0]
        assert ".pptx" in error.value.in_("it")[0]


def test_the_sections_of_a_template_go_with_its_slides(
    deployed: Config, data: ReleaseData, tmp_path: Path
) -> None:
    section = (
        '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst xmlns:p14='
        '"http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="a" id="b">'
        '<p14:sldIdLst><p14:sldId id="256"/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext>'
        "</p:extLst></p:presentation>"
    )
    template = tmp_path / "sezioni.pptx"
    _rewrite(_saved(tmp_path), template, "ppt/presentation.xml",
             lambda text: text.replace("</p:presentation>", section))  # fmt: skip
    context = slides.context_of(deployed, data, Selection.read(INDICATOR, ""))
    with ZipFile(BytesIO(slides.as_pptx(context, template))) as written:
        assert "sectionLst" not in written.read("ppt/presentation.xml").decode()


def _saved(folder: Path) -> Path:
    """Return a template with a sample slide."""
    document = pptx.Presentation()
    document.slides.add_slide(document.slide_layouts[0])
    document.save(str(folder / "saved.pptx"))
    return folder / "saved.pptx"


def _rewrite(source: Path, target: Path, name: str, change: Callable[[str], str]) -> None:
    """Write a file of PowerPoint with one of its parts changed."""
    with ZipFile(source) as before, ZipFile(target, "w") as after:
        for part in before.namelist():
            content = before.read(part)
            after.writestr(part, change(content.decode()) if part == name else content)


def _description(shape: BaseShape) -> str:
    return str(shape.element.xpath(".//p:cNvPr")[0].get("descr"))


def test_the_title_is_the_sentence_and_the_notes_say_source_and_address(
    deployed: Config, data: ReleaseData
) -> None:
    (page,) = _slides(deployed, data, INDICATOR, "territory=nord-milano").slides
    assert page.shapes.title.text_frame.text.startswith("Raccolta differenziata: Nord Milano")
    notes = page.notes_slide.notes_text_frame.text
    assert "Ispra" in notes
    assert INDICATOR + "?territory=nord-milano" in notes
    assert "Pubblicazione del" in " ".join(
        s.text_frame.text for s in page.shapes if s.has_text_frame
    )


@pytest.mark.parametrize("deck", DECKS)
@pytest.mark.parametrize("language", ["it", "en"])
def test_every_picture_of_a_deck_has_its_words_and_fits(
    deployed: Config, data: ReleaseData, deck: str, language: str
) -> None:
    document = _slides(deployed, data, f"/presentazioni/{deck}", f"lang={language}")
    for page in document.slides:
        for shape in page.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= document.slide_width
            assert shape.top + shape.height <= document.slide_height
            if shape.has_chart or shape.has_table:
                assert shape.element.xpath(".//p:cNvPr")[0].get("descr")
        assert page.shapes.title.text_frame.text


def test_invented_figures_are_marked_on_their_slide(deployed: Config, data: ReleaseData) -> None:
    for page in _slides(deployed, data, "/presentazioni/progetti").slides:
        texts = [shape.text_frame.text for shape in page.shapes if shape.has_text_frame]
        assert "dati dimostrativi" in texts
    for page in _slides(deployed, data, INDICATOR).slides:
        texts = [shape.text_frame.text for shape in page.shapes if shape.has_text_frame]
        assert "dati dimostrativi" not in texts


def test_a_template_without_a_layout_for_titles_is_named(
    deployed: Config, data: ReleaseData, tmp_path: Path
) -> None:
    template = tmp_path / "ente.pptx"
    document = pptx.Presentation()
    for layout in document.slide_layouts:
        layout.element.cSld.set("name", f"Ente {layout.name}")
    document.save(str(template))
    context = slides.context_of(deployed, data, Selection.read(INDICATOR, ""))
    with pytest.raises(CruscottoError) as error:
        slides.as_pptx(context, template)
    assert "ente.pptx" in error.value.in_("it")[0]
    assert "Title Only" in error.value.in_("en")[0]


def test_the_html_file_holds_all_it_needs(deployed: Config, data: ReleaseData) -> None:
    context = slides.context_of(deployed, data, Selection.read("/presentazioni/piano", "lang=en"))
    text = slides.as_html(context)
    assert len(text.encode()) < 3_000_000
    assert text.count('<section class="slide"') == len(slides.presentation_of(context).slides)
    assert not re.search(r"(?:src|href)=[\"']?https?:", text)
    addresses = re.findall(r"url\(([^)]+)\)", text)
    assert addresses
    assert all(address.startswith(("data:", "#")) for address in addresses)
    assert 'lang="en"' in text
