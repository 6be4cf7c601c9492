"""The texts of rejected rows, from their rule and its values or as an older release has them."""

from __future__ import annotations

import json

import pytest

from etl.quarantine import reject, with_note
from warehouse.errors import explain

STORED = {
    "message_it": "Scritto allora.",
    "message_en": "Written then.",
    "suggestion_it": "Fare così.",
    "suggestion_en": "Do this.",
}


def row(rule: str, values: object) -> dict[str, object]:
    return {"rule": rule, "values": None if values is None else json.dumps(values), **STORED}


def test_a_text_is_made_from_the_rule_and_its_values() -> None:
    message, suggestion = explain(row("period", {"what": "2023-13"}), "en")
    assert message.startswith("2023-13 is not a period")
    assert suggestion.startswith("Correct the period")


@pytest.mark.parametrize(
    ("rule", "values"),
    [("period", None), ("a_rule_of_the_past", {}), ("period", {"renamed": "2023-13"})],
    ids=["before the column", "a rule that is gone", "a rule that has changed"],
)
def test_an_older_release_shows_its_stored_texts(rule: str, values: object) -> None:
    assert explain(row(rule, values), "it") == ("Scritto allora.", "Fare così.")
    assert explain(row(rule, values), "en") == ("Written then.", "Do this.")


def test_a_rejection_stores_only_the_values_of_its_texts() -> None:
    rejection = reject("too_few", 3, line=7, column="code", expected=["a", "b"], unused="x")
    assert rejection.values == {"what": "3", "expected": "a, b"}
    assert "at least a, b" in rejection.in_("en")


def test_a_value_may_differ_by_language() -> None:
    rejection = reject("companion_faulty", "x.csv", fault={"it": "guasto", "en": "damaged"})
    assert rejection.message["it"].endswith("guasto")
    assert rejection.message["en"].endswith("damaged")


@pytest.mark.parametrize("values", [{}, None], ids=["by rule", "of an older release"])
def test_a_note_follows_the_message_in_both_languages(values: object) -> None:
    noted = with_note(row("empty", values), reject("carried_over", figures=12))
    for language, word in (("it", "Restano le 12"), ("en", "The 12 figures")):
        first, suggestion = explain(row("empty", values), language)
        assert noted[f"message_{language}"].startswith(f"{first} {word}")
        assert explain(noted, language) == (noted[f"message_{language}"], suggestion)
