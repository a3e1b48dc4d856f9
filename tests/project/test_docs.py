"""The README is true: its commands parse, every command and option is described, every link inside the tree leads somewhere."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from provcheck.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("samples/**/*.md")])


def commands_in(page: Path) -> Iterator[str]:
    """Every provcheck call in the page's shell blocks, backslash-continued lines joined."""
    for block in re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        for line in block.replace("\\\n", " ").splitlines():
            for call in re.split(r"&&|\|", line):
                words = re.split(r"\s#|>", call)[0].strip()
                if re.match(r"(\S*/)?provcheck\s", words):
                    yield words


CALLS = [(page.relative_to(ROOT).as_posix(), call) for page in PAGES for call in commands_in(page)]


def leaves(group: click.Group, above: str = "provcheck") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, f"{above} {name}")
        else:
            yield f"{above} {name}", command


@pytest.mark.parametrize(("page", "call"), CALLS)
def test_a_documented_command_parses(page: str, call: str) -> None:
    words = shlex.split(call)[1:]
    command: click.Command = main
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        command, words = command.commands[words[0]], words[1:]
    if not isinstance(command, click.Group):
        command.make_context(command.name, words)


def test_the_readme_has_its_two_commands() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert "provcheck check samples/oral-aksay/photos" in blocks[0]
    assert "pytest" in blocks[1]


@pytest.mark.parametrize(("name", "command"), list(leaves(main)), ids=lambda value: value if isinstance(value, str) else "")
def test_every_command_is_in_the_readme_and_explains_its_options(name: str, command: click.Command) -> None:
    assert name in (ROOT / "README.md").read_text("utf-8")
    assert command.help
    for option in command.params:
        assert not isinstance(option, click.Option) or option.help, f"{name} {option.name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_within_the_tree_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_every_exit_code_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for code in ("0", "1", "2", "3", "4", "130"):
        assert re.search(rf"^\| {code} \|", readme, re.MULTILINE), code


def test_a_decision_has_at_most_fifteen_lines() -> None:
    for page in (ROOT / "docs" / "decisions").glob("*.md"):
        assert len(page.read_text("utf-8").splitlines()) <= 15, page.name
