"""Templates write values as Jinja would, and leave out what is empty."""

from __future__ import annotations

import pytest
from jinja2 import StrictUndefined, UndefinedError
from markupsafe import Markup
from markupsafe import escape as by_markupsafe

from dashboard.context import TEMPLATES
from dashboard.quick_templates import escape


@pytest.mark.parametrize(
    "value",
    ["", "Nord Milano", "a < b & \"c\" > 'd'", Markup("<b>bold</b>"), 12, 1.5, ["<"], True],
)
def test_a_value_is_escaped_as_markupsafe_does(value: object) -> None:
    assert escape(value) == str(by_markupsafe(value))


def test_nothing_is_written_for_none_and_a_missing_name_fails() -> None:
    assert escape(None) == ""
    with pytest.raises(UndefinedError):
        escape(StrictUndefined(name="missing"))


def test_what_a_page_shows_of_a_text_with_marks_is_that_text() -> None:
    template = TEMPLATES.from_string(
        "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m(text) }}{{ no }}"
    )
    assert template.render(text="<&\"'>", no=None) == "<i>&lt;&amp;&#34;&#39;&gt;</i>"


def test_a_macro_takes_its_arguments_by_position_by_name_and_by_default() -> None:
    template = TEMPLATES.from_string(
        "{% macro m(x, y='&') %}<i>{{ x }}{{ y }}"
        "{{ caller() if caller is defined }}</i>{% endmacro %}"
        "{% for n in [1] %}{{ m(n, 2) }}{{ m(x=n) }}{% call m(n, '<') %}!{% endcall %}{% endfor %}"
    )
    assert template.render() == "<i>12</i><i>1&amp;</i><i>1&lt;!</i>"
