"""A cache computes once however many ask, and keeps no more than its budget."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from dashboard.bounded_cache import BoundedCache


def test_the_least_used_answers_go_beyond_the_budget() -> None:
    cache = BoundedCache[str](10, len)
    for key in ("a", "b", "c"):
        cache.get(key, lambda key=key: key * 3)  # type: ignore[misc]  # a default binds it
    assert cache.get("a", lambda: "new") == "aaa"
    cache.get("d", lambda: "dddd")
    assert cache.total == 10
    assert cache.get("a", lambda: "new") == "aaa"
    assert cache.get("b", lambda: "new") == "new"
    assert cache.get("e", lambda: "e" * 11) == "e" * 11  # larger than all: not kept
    assert cache.total <= 10


def test_one_thread_computes_and_the_others_wait() -> None:
    cache = BoundedCache[int](10)
    begins, ends = Event(), Event()
    computed = []

    def compute() -> int:
        computed.append(1)
        begins.set()
        assert ends.wait(20)
        return 7

    with ThreadPoolExecutor(5) as pool:
        answers = [pool.submit(cache.get, "key", compute) for _ in range(5)]
        assert begins.wait(20)
        ends.set()
        assert [answer.result(20) for answer in answers] == [7] * 5
    assert computed == [1]


def test_what_fails_is_raised_and_tried_again() -> None:
    cache = BoundedCache[int](10)

    def fail() -> int:
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            cache.get("key", fail)
    assert cache.get("key", lambda: 1) == 1
