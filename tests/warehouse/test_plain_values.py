"""Plain values of Arrow columns."""

from __future__ import annotations

import pyarrow as pa

from warehouse.query.plain import plain_values


def test_texts_are_as_they_were_and_each_is_one_object() -> None:
    texts = ["015146", None, "Milano", "015146", "", "Nord è", "Milano"]
    column = pa.chunked_array([texts[:4], texts[4:]], pa.string())
    values = plain_values(column)
    assert values == texts
    assert values[0] is values[3]
    assert values[2] is values[6]


def test_an_empty_column_and_one_of_unknown_texts() -> None:
    assert plain_values(pa.chunked_array([], pa.string())) == []
    assert plain_values(pa.chunked_array([[None, None]], pa.string())) == [None, None]
