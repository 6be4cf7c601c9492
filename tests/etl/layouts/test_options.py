"""The layouts and options of a dataset's files are checked when the catalogue is read."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from etl.catalog import layout, layouts, read_catalog
from etl.parsing.layout import LayoutOptions
from tests.support.deployment import PROJECT
from warehouse.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path

CATALOG = PROJECT / "warehouse" / "catalog"


def errors(folder: Path, dataset: str, old: str, new: str) -> tuple[str, str]:
    """Return the errors, in Italian and English, of a catalogue with a changed dataset."""
    copy = folder / "catalog"
    shutil.copytree(CATALOG, copy)
    path = copy / "datasets" / f"{dataset}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CatalogError) as raised:
        read_catalog(copy)
    (italian,), (english,) = raised.value.in_("it"), raised.value.in_("en")
    assert italian.startswith(f"{path}: ")
    assert english.startswith(f"{path}: ")
    return italian.removeprefix(f"{path}: "), english.removeprefix(f"{path}: ")


def test_an_unknown_option_is_named_with_file_and_the_allowed_options(tmp_path: Path) -> None:
    italian, english = errors(tmp_path, "municipal_accounts", "encoding:", "encodng: x, encoding:")
    assert english == (
        "files.0.options.encodng: Extra inputs are not permitted; "
        "options of layout bdap_accounts: required encoding; optional separator, renamed"
    )
    assert italian == (
        "files.0.options.encodng: un campo di questo nome non c'è; "
        "options del layout bdap_accounts: obbligatorie encoding; facoltative separator, renamed"
    )


def test_a_missing_option_is_named_with_file(tmp_path: Path) -> None:
    italian, english = errors(tmp_path, "municipal_accounts", "{encoding: latin-1}", "{}")
    assert english.startswith("files.0.options.encoding: Field required; options of layout bdap_")
    assert italian.startswith("files.0.options.encoding: manca; options del layout bdap_accounts")


def test_a_wrong_value_within_an_option_is_named_with_its_key(tmp_path: Path) -> None:
    _, english = errors(tmp_path, "territory_area", "{variable: km2}", "{}")
    assert "files.0.options.columns.AREA_KMQ.variable: Field required" in english


def test_a_companion_that_the_layout_requires_is_named(tmp_path: Path) -> None:
    italian, english = errors(tmp_path, "municipal_payments", "{register:", "{registry:")
    assert english == "files.1.companions.register: missing; the layout siope_payments requires it"
    assert italian == "files.1.companions.register: manca; il layout siope_payments lo richiede"


def test_a_period_that_the_layout_requires_is_named(tmp_path: Path) -> None:
    _, english = errors(tmp_path, "daily_commuting", '    period: "2011"\n', "")
    assert english == "files.0.period: missing; the layout commuting_flows requires it"


@pytest.mark.parametrize("name", layouts())
def test_a_layout_describes_every_option(name: str) -> None:
    options = layout(name).Options
    assert issubclass(options, LayoutOptions)
    assert options.model_config["extra"] == "forbid"
    assert options.model_config["frozen"]
    assert all(field.description for field in options.model_fields.values())
