"""Every command is documented, with all its options; no page shows a command or an option that does not exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.builder.commands import all_commands, commands
from tests.docs.pages import NAMES, PAGES, ROOT, code_of

COMMANDS = dict(all_commands())
TEXTS = {page: page.read_text(encoding="utf-8") for page in PAGES}
REFERENCE = commands()
COMMON = {"--help", "-h", "--debug", "--version"}


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_is_explained_on_a_page(path: tuple[str, ...]) -> None:
    words = " ".join(path)
    shown = [page for page, text in TEXTS.items() if re.search(rf"zhibiao {words}\b", text)]
    assert shown, f"no page shows zhibiao {words}"


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_reference_has_every_option(path: tuple[str, ...]) -> None:
    section = REFERENCE.partition(f"## zhibiao {' '.join(path)}\n")[2].partition("\n## ")[0]
    missing = [parameter.name for parameter in COMMANDS[path].params if f"`{_shown(parameter)}" not in section]
    assert missing == []


def _shown(parameter: object) -> str:
    is_argument = parameter.param_type_name == "argument"  # type: ignore[attr-defined]
    return parameter.human_readable_name if is_argument else parameter.opts[0]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", NAMES)
def test_what_pages_call_exists(name: str) -> None:
    wrong = [call for call in _calls(ROOT / name) if not _exists(shlex.split(call, comments=True))]
    assert wrong == []


def _calls(page: Path) -> Iterator[str]:
    """What a page says to type, from ``zhibiao`` to the end of the command."""
    lines = [line for language in ("sh", "console") for code in code_of(page, language) for line in code.splitlines()]
    lines += [line.strip() for line in TEXTS[page].splitlines() if line.startswith("    $ ")]
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", TEXTS[page], flags=re.DOTALL))
    for text in (*(line for line in lines if not line.startswith(" ")), *spans):
        yield from re.findall(r"(?:^(?:\$ )?|/bin/|&& )zhibiao (?=[a-z-])([^|>&;]*)", text)


def _exists(words: list[str]) -> bool:
    if words[0].startswith("-"):
        return words[0] in COMMON
    below = [path for path in COMMANDS if path[0] == words[0]]
    path = next((path for path in below if tuple(words[: len(path)]) == path), None)
    if path is None:
        return bool(below) and len(words) == 1
    words = [word for word in words if not word.isdigit()]  # of 2>>night.log
    known = {option for one in COMMANDS[path].params for option in (*one.opts, *one.secondary_opts)} | COMMON
    return all(word.partition("=")[0] in known for word in words if word.startswith("-") and word != "-")
