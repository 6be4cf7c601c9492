"""Rows of an .xlsx file as its cells state them, read as a stream in little memory."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from etl.parsing import archive
from etl.quarantine import reject
from etl.workbook.sheet_events import SheetEvents, TextEvents
from etl.workbook.xml_events import CHUNK, Refused, attribute
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile

    from etl.workbook.cell_values import Cells

MOST_SMALL = 16_000_000  # bytes of a part that is read as a whole: sheets' names, formats
OLE = b"\xd0\xcf\x11\xe0"  # begins an .xls, and an .xlsx with a password
FAULTS = (*archive.FAULTS, expat.ExpatError, ET.ParseError, Refused, IndexError, TypeError)


class Spreadsheet:
    """An opened workbook: the `titles` of its sheets, and their rows."""

    def __init__(self, content: bytes) -> None:
        """Read what all sheets share.

        Raises `SourceError` when the bytes are no .xlsx, or would become too large.
        """
        self._archive = archive.open_archive(content, lambda: _damaged(content))
        try:
            _refuse_other_formats(self._archive)
            self._read_shared_parts()
        except FAULTS as error:
            raise _damaged(content) from error

    @property
    def titles(self) -> list[str]:
        """The titles of the sheets in order."""
        return list(self._parts)

    def rows(self, title: str) -> Iterator[tuple[int, Cells]]:
        """Yield the line and the cells of each row that has one; raises `SourceError`."""
        events = SheetEvents(self._texts, self._date_styles, self._epoch)
        events.zeros_are_stale = self._recalculates
        try:
            with self._archive.open(self._parts[title]) as part:
                while not events.is_over and (chunk := part.read(CHUNK)):
                    events.feed(chunk)
                    yield from events.taken()
                if not events.is_over:
                    events.close()
        except FAULTS as error:
            raise SourceError(reject("workbook_file")) from error

    def _read_shared_parts(self) -> None:
        workbook_path = _workbook_path(self._archive)
        root = _tree(self._archive, workbook_path)
        relations = _relations(self._archive, workbook_path)
        self._parts = {
            str(sheet.get("name")): relations[str(attribute(sheet.attrib, "id"))]
            for sheet in root.iterfind(".//{*}sheets/{*}sheet")
            if relations.get(str(attribute(sheet.attrib, "id"))) in self._archive.namelist()
        }
        is_set = {"1", "true"}
        properties, calculation = root.find("{*}workbookPr"), root.find("{*}calcPr")
        from_1904 = properties is not None and properties.get("date1904") in is_set
        self._epoch = MAC_EPOCH if from_1904 else WINDOWS_EPOCH
        # a library that writes formulas without results, or 0 as every result, asks for this
        self._recalculates = calculation is not None and (
            calculation.get("fullCalcOnLoad") in is_set
        )
        folder = posixpath.dirname(workbook_path)
        self._date_styles = _date_styles(self._archive, _first(relations, folder, "styles.xml"))
        self._texts = _shared_texts(self._archive, _first(relations, folder, "sharedStrings.xml"))


def _damaged(content: bytes) -> SourceError:
    return SourceError(reject("workbook_format" if content.startswith(OLE) else "workbook_file"))


def _refuse_other_formats(opened: ZipFile) -> None:
    """Raise `SourceError` for OpenDocument and binary workbooks, which are archives too."""
    names = set(opened.namelist())
    if "mimetype" in names or "xl/workbook.bin" in names:
        raise SourceError(reject("workbook_format"))


def _tree(opened: ZipFile, path: str) -> ET.Element:
    """Return the tree of a small part."""
    if opened.getinfo(path).file_size > MOST_SMALL:
        raise Refused(path)
    content = opened.read(path)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused(path)
    return ET.fromstring(content)  # noqa: S314  # bounded, and without a document type


def _relations(opened: ZipFile, path: str) -> dict[str, str]:
    """Return the paths of the parts that a part refers to, by their ids."""
    folder, name = posixpath.split(path)
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    if part not in opened.namelist():
        return {}
    return {
        str(relation.get("Id")): posixpath.normpath(
            posixpath.join("/", folder, str(relation.get("Target")))
        ).lstrip("/")
        for relation in _tree(opened, part)
        if relation.get("TargetMode") != "External"
    }


def _workbook_path(opened: ZipFile) -> str:
    if "_rels/.rels" not in opened.namelist():
        return "xl/workbook.xml"
    root = _tree(opened, "_rels/.rels")
    targets = [str(r.get("Target")) for r in root if str(r.get("Type")).endswith("/officeDocument")]
    return targets[0].lstrip("/") if targets else "xl/workbook.xml"


def _first(relations: dict[str, str], folder: str, name: str) -> str:
    """Return the path of a part by the name that it has in every workbook, in any case."""
    names = (path for path in relations.values() if path.casefold().endswith(name.casefold()))
    return next(names, posixpath.join(folder, name))


def _date_styles(opened: ZipFile, path: str) -> dict[str, bool]:
    """Return the styles of days and durations, by their number; True for durations."""
    if path not in opened.namelist():
        return {}
    root = _tree(opened, path)
    formats = {str(number): text for number, text in BUILTIN_FORMATS.items()}
    for entry in root.iterfind("{*}numFmts/{*}numFmt"):
        formats[str(entry.get("numFmtId"))] = str(entry.get("formatCode"))
    styles = {}
    for number, entry in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        text = formats.get(str(entry.get("numFmtId")))
        if text and is_date_format(text):
            styles[str(number)] = is_timedelta_format(text)
    return styles


def _shared_texts(opened: ZipFile, path: str) -> list[str]:
    if path not in opened.namelist():
        return []
    events = TextEvents()
    with opened.open(path) as part:
        while chunk := part.read(CHUNK):
            events.feed(chunk)
        events.close()
    return events.texts
