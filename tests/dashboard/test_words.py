from __future__ import annotations

import re
from pathlib import Path

from dashboard.words import words

DASHBOARD = Path(__file__).parents[2] / "dashboard"


def test_both_languages_have_the_same_words() -> None:
    assert words("it").texts.keys() == words("en").texts.keys()


def test_both_languages_fill_the_same_places() -> None:
    for key in words("it").texts:
        it, en = (set(re.findall(r"\{(\w+)\}", words(lang).texts[key])) for lang in ("it", "en"))
        assert it == en, key


def test_every_word_that_a_template_asks_for_exists() -> None:
    known = words("it").texts.keys()
    for template in (DASHBOARD / "templates").glob("*.html"):
        asked = re.findall(r'\bt\("([\w.]+)"[,)]', template.read_text("utf-8"))
        assert set(asked) <= known, template.name
