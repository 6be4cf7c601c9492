"""The English prose of the repository, and expressions that a native writer would not use.

`python -m tests.project.prose [folder or file …]` prints every hit and the count per file.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from tests.support.deployment import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# Expression → what to write instead. Spaces match line breaks too; case does not matter.
EXPRESSIONS = {
    r"that there (?:is|are|was|were) not": "unknown, missing",
    r"there (?:is|are) no such [\w ]+ that": "no … that",
    r"told(?! apart)": "reported, stated, described, given",
    r"tells? of": "describe, report",
    r"sp(?:eak|eaks|oke) of": "describe, contain, mention",
    r"(?:is|are) said": "state",
    r"said (?:of|twice)": "declared for, repeated",
    r"mend(?:s|ed|ing)?": "fix, correct",
    r"anew": "again, from scratch",
    r"so many": "the count itself",
    r"one an? (?:line|row|file|dataset|indicator|area|panel|figure|place|day|year)": "one per …",
    r"one (?:row|line|column|option|entry) an? \w+": "one … per …",
    r"(?<!there\s)(?:is|are|was|were) no (?!longer|more|less|later|earlier|better|worse|larger"
    r"|bigger|different|one|need)\w+": "is not a …",
    r"as (?:it is|they are)(?=[.,;:)]|$)": "unchanged, verbatim",
    r"of today": "today's, current",
    r"by hand of": "by",
    r"room (?:and|for|on|left)": "space",
    r"(?:release|file|table|layout|contract|audit|query|macro|command|option|test|page|panel"
    r"|plugin|template) wants?": "requires, needs",
    r"ha(?:s|ve) to (?:say|tell|stand|leave)": "must",
    r"st(?:and|ands|ood) (?:in(?! for)|on|at|there|beside|before|below|above|under|where|still"
    r"|once|as)": "is in, is on …",
    r"in the place of": "in place of, instead of",
    r"(?:is|are|was|as) wanted": "is required, if requested",
    r"of ours": "our, in the province",
    r"every of": "each of",
    r"whence|thereof|whereof|wherein|herein|thereupon": "from which, of which …",
}


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + expression.replace(" ", r"\s+") + r")(?!\w)", re.IGNORECASE)


HABITS = {_pattern(expression): instead for expression, instead in EXPRESSIONS.items()}
ANY_HABIT = _pattern("|".join(EXPRESSIONS))  # one search where there is none
# A module docstring names what the module contains.
RIDDLE = re.compile(r"(?:What|Whether|How|Which|Who|Whose|Where|Why)\b[^.]*")
LISTS = {
    PROJECT / "tests/project" / name for name in ("prose.py", "test_english.py", "test_names.py")
}
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
COMMENTS = {
    ".sql": re.compile(r"--(?! it:).*"),
    ".js": re.compile(r"/\*.*?\*/|(?<!:)//.*", re.DOTALL),
    ".css": re.compile(r"/\*.*?\*/", re.DOTALL),
    ".html": re.compile(r"\{#.*?#\}", re.DOTALL),
    ".yaml": re.compile(r"(?:^|\s)#.*"),
    ".toml": re.compile(r"(?:^|\s)#.*"),
    "": re.compile(r"(?:^|\s)#.*"),
}
FOLDERS = ("warehouse", "etl", "dashboard", "bench", "tests")
PAGES = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Makefile",
    "config.yaml",
    "pyproject.toml",
    "docs/architecture.md",
    "docs/catalogue.md",
    "docs/decisions.md",
    "docs/indicators.en.md",
    "dashboard/pages/data/method.en.md",
    "docs/operations.en.md",
    "docs/security.md",
)
WORDS = 3  # a string of fewer words is a key, not a sentence


@dataclass(frozen=True, slots=True)
class Hit:
    """An expression of the list, where it is, and what to write instead."""

    file: str
    line: int
    text: str
    instead: str

    def __str__(self) -> str:
        """Return one line, as compilers print it."""
        return f"{self.file}:{self.line}: “{self.text}” → {self.instead}"


def hits(paths: Iterable[Path]) -> list[Hit]:
    """Return every expression of the list in the prose of some files."""
    return [hit for path in paths for hit in (*_habits(path), *_riddle(path))]


def _habits(path: Path) -> Iterator[Hit]:
    for first, prose in passages(path):
        if not ANY_HABIT.search(prose):
            continue
        for expression, instead in HABITS.items():
            for match in expression.finditer(prose):
                line = first + prose.count("\n", 0, match.start())
                yield Hit(_name(path), line, " ".join(match[0].split()), instead)


def _riddle(path: Path) -> Iterator[Hit]:
    if path.suffix == ".py" and not path.is_relative_to(PROJECT / "tests"):
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        if riddle := RIDDLE.match(docstring):
            yield Hit(_name(path), 1, riddle[0], "name the contents")


def _name(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def passages(path: Path) -> Iterator[tuple[int, str]]:
    """Return the pieces of English prose in a file, each with its first line."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        found = _of_python(source)
    elif path.suffix == ".md":
        found = iter([(1, source)])
    else:
        found = _comments(source, COMMENTS[path.suffix])
    for line, prose in found:
        yield line, CODE.sub(lambda code: re.sub(r"\S", "_", code[0]), prose)
    if path.suffix == ".yaml" and "{%" not in source:  # a scaffold is a template, not yet YAML
        yield from _english(yaml.compose(source, yaml.CSafeLoader))


def files() -> list[Path]:
    """Return the files of the repository whose prose is English."""
    of_folders = [
        path
        for folder in FOLDERS
        for path in sorted((PROJECT / folder).rglob("*"))
        if path.suffix in {".py", *filter(None, COMMENTS)} and path not in LISTS
    ]
    return [*of_folders, *(PROJECT / page for page in PAGES)]


def _of_python(source: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.lineno, node.name.replace("_", " ")
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and len(node.value.split()) >= WORDS
        ):
            yield node.lineno, node.value


def _comments(source: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    for match in pattern.finditer(source):
        yield source.count("\n", 0, match.start()) + 1, match[0]


def _english(node: yaml.Node | None, *, is_english: bool = False) -> Iterator[tuple[int, str]]:
    """Return the texts below the keys `en`."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _english(value, is_english=is_english or key.value == "en")
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _english(value, is_english=is_english)
    elif isinstance(node, yaml.ScalarNode) and is_english:
        yield node.start_mark.line + 1, node.value


def report(paths: Iterable[Path]) -> str:
    """Return every hit on a line of its own, then the count per file."""
    places = hits(paths)
    counts = Counter(hit.file for hit in places).most_common()
    return "\n".join([*map(str, places), *(f"{count:4} {file}" for file, count in counts)])


if __name__ == "__main__":
    roots = [PROJECT / name for name in sys.argv[1:]] or [PROJECT]
    chosen = [path for path in files() if any(path.is_relative_to(root) for root in roots)]
    print(report(chosen) or "no hits")  # noqa: T201  # a script for people
