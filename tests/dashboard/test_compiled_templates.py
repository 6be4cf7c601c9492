"""Templates are compiled once; what is missing, damaged or old is compiled again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jinja2 import DictLoader, Environment

from dashboard.compiled_templates import CompiledTemplates
from dashboard.context import FOLDER, TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path


class Counting(Environment):
    """Counts what it compiles."""

    count = 0

    def compile(self, *args: object, **options: object) -> object:  # type: ignore[override]  # counted
        """Compile and count."""
        self.count += 1
        return super().compile(*args, **options)  # type: ignore[call-overload]  # the same


def render(folder: Path, text: str = "{{ 1 + 1 }}", settings: str = "") -> tuple[str, int]:
    """Return what a new environment makes of a template, and how many it compiled."""
    cache = CompiledTemplates(folder, settings)
    environment = Counting(loader=DictLoader({"a.html": text}), bytecode_cache=cache)
    return environment.get_template("a.html").render(), environment.count


def test_a_template_is_compiled_once_for_its_text_and_settings(tmp_path: Path) -> None:
    folder = tmp_path / "compiled"
    assert render(folder) == ("2", 1)
    assert render(folder) == ("2", 0)
    assert render(folder, "{{ 2 + 2 }}") == ("4", 1)
    assert render(folder, "{{ 2 + 2 }}", "other") == ("4", 1)


@pytest.mark.parametrize("place", [0, 31, 32, 40, -1])
def test_a_damaged_file_is_compiled_again(tmp_path: Path, place: int) -> None:
    render(tmp_path)
    (path,) = tmp_path.glob("*.pyc")
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    assert render(tmp_path) == ("2", 1)
    path.write_bytes(b"")
    assert render(tmp_path) == ("2", 1)


def test_where_nothing_can_be_written_templates_are_compiled(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert render(tmp_path / "file") == ("2", 1)


def test_compiled_templates_lie_with_the_code_and_never_with_the_data() -> None:
    cache = TEMPLATES.bytecode_cache
    assert isinstance(cache, CompiledTemplates)
    assert cache.folder == FOLDER / "__pycache__" / "templates"
