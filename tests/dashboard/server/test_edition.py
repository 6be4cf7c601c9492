"""The digest of code and catalogue, by which a server knows the pages that it stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.server.edition import digest_of

if TYPE_CHECKING:
    from pathlib import Path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_every_file_counts_but_what_python_compiles(tmp_path: Path) -> None:
    write(tmp_path / "code" / "a.py", "1")
    write(tmp_path / "code" / "inner" / "b.sql", "2")
    before = digest_of([tmp_path / "code"])
    write(tmp_path / "code" / "inner" / "__pycache__" / "b.pyc", "3")
    assert digest_of([tmp_path / "code"]) == before
    write(tmp_path / "code" / "inner" / "b.sql", "4")
    changed = digest_of([tmp_path / "code"])
    (tmp_path / "code" / "inner" / "b.sql").rename(tmp_path / "code" / "inner" / "c.sql")
    digests = {before, changed, digest_of([tmp_path / "code"]), digest_of([tmp_path / "code"], "s")}
    assert len(digests) == 4


def test_a_folder_inside_another_is_read_once_and_one_elsewhere_counts(tmp_path: Path) -> None:
    write(tmp_path / "code" / "catalog" / "plan.yaml", "1")
    write(tmp_path / "own" / "plan.yaml", "1")
    code, own = tmp_path / "code", tmp_path / "own"
    within = digest_of([code, tmp_path / "own" / ".." / "code" / "catalog"])
    assert within == digest_of([code])
    outside = digest_of([code, own])
    write(own / "plan.yaml", "2")
    assert len({within, outside, digest_of([code, own])}) == 3
