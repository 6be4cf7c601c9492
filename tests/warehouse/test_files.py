"""Files and folders are replaced in one step or not at all."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from warehouse.files import replace_folder, sha256_of, write_atomic

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("sync", [False, True])
def test_a_file_is_replaced_and_nothing_else_remains(tmp_path: Path, *, sync: bool) -> None:
    path = tmp_path / "folder" / "file.txt"
    write_atomic(path, "città\n", sync=sync)
    write_atomic(path, b"metropolitana\n", sync=sync)
    assert path.read_bytes() == b"metropolitana\n"
    assert list(path.parent.iterdir()) == [path]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    write_atomic(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomic(path, "\ud800")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_replaced_when_it_is_full(tmp_path: Path) -> None:
    path = tmp_path / "folder"
    for content in ("old", "new"):
        with replace_folder(path) as folder:
            (folder / content).write_text(content, encoding="utf-8")
    assert [file.name for file in path.iterdir()] == ["new"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_filled_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "folder"
    with replace_folder(path, prefix=".temporary-") as folder:
        (folder / "old").touch()
    with pytest.raises(OSError, match="full"), replace_folder(path) as folder:
        raise OSError("the disk is full")
    assert [file.name for file in path.iterdir()] == ["old"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_digest_is_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(b"\x00\xff" * 300_000)
    assert sha256_of(path) == hashlib.sha256(b"\x00\xff" * 300_000).hexdigest()
