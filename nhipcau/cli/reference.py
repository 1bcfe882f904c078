"""The pages of docs/reference that are made from the code: `python -m nhipcau.cli.reference docs`, by `./run docs`.

A test compares each with what is committed.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from nhipcau.cli.instance import prepare
from nhipcau.cli.main import COMMANDS, cli

ROOT = Path(__file__).resolve().parent.parent.parent
MADE = "*Made from the code by `./run docs`; a test holds it true.*"
RULES = (
    "Codes of indicators, cells `CODE[breakdown=item]`, numbers, `+ - * /`, `< <= > >= == !=`, `and`, `or`, `not`, "
    "{functions}; in a `check` also:"
)
LAYERS = (
    "One modular monolith. These contracts of `pyproject.toml` are its architecture; `./run check` and a test hold "
    "them, without exceptions. Read top-down: a line may import those below it, never above; `|` stands between "
    "equals that do not know each other."
)


def commands() -> str:
    """Every command of the command line, with what it takes."""
    lines = _begun(
        "Command line", "Exit 0: done; 1: refused, or faults found; 2: wrong usage. Results go to stdout."
    )
    context = click.Context(cli, info_name="nhipcau")
    for name in sorted(COMMANDS):
        command = cli.get_command(context, name)
        if command is not None:
            lines += _command(command, click.Context(command, info_name=name, parent=context))
    return "\n".join(lines)


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    yield from (f"## `{context.command_path}`", "", (command.help or "").strip().partition("\f")[0], "")
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from _command(inner, click.Context(inner, info_name=name, parent=context))
        return
    yield from ("```sh", " ".join([context.command_path, *command.collect_usage_pieces(context)]), "```", "")
    told = [record for param in command.get_params(context) if (record := param.get_help_record(context))]
    rows = [(f"`{name}`", text) for name, text in told if text and name != "--help"]
    if rows:
        yield from _table(("", ""), rows)


def actions() -> str:
    """Every act the log knows."""
    from nhipcau.audit.catalogue import known

    lines = _begun("Actions", "What the log writes down, by name. A name that is not here is refused.")
    rows = ((f"`{one.name}`", one.label, one.label_en) for one in known().values())
    return "\n".join([*lines, *_table(("name", "tiếng Việt", "English"), rows)])


def words() -> str:
    """The glossary, as the help pages show it."""
    from nhipcau.web.terms import all_terms

    lines = _begun("Từ ngữ (words)", "One word for one thing: on pages, in the API and in these documents.")
    rows = ((str(one.word), one.word.en, str(one.meaning), one.meaning.en) for one in all_terms())
    return "\n".join([*lines, *_table(("từ", "word", "nghĩa", "meaning"), rows)])


def template_keys() -> str:
    """The keys a template file may have, the language of its rules, and the fields of its narrative."""
    from nhipcau.reports.design.expressions import FRAMES, FUNCTIONS
    from nhipcau.reports.design.fields import KINDS
    from nhipcau.reports.design.shape import TEMPLATE

    lines = _begun("Template file: every key", "What each means: [template.md](template.md).")
    lines += ["```yaml", *_outline(TEMPLATE), "```", "", "## Rules and formulas", ""]
    lines += [RULES.format(functions=", ".join(f"`{name}`" for name in FUNCTIONS)), ""]
    lines += _table(("", "là", "is"), ((f"`{name}(x)`", str(what), what.en) for name, what in FRAMES.items()))
    asked = ((_field(kind.vi), _field(kind.en), str(kind.label), kind.label.en) for kind in KINDS)
    lines += ["## Fields of the narrative", "", *_table(("", "in English", "là", "is"), asked)]
    return "\n".join(lines)


def _field(name: str) -> str:
    return f"`{{{{CODE.{name}}}}}`" if name else "`{{CODE}}`"


def _outline(shape: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    for key, inside in shape.items():
        many = isinstance(inside, list)
        item = inside[0] if many else inside
        lead = "  " * depth
        if isinstance(item, Mapping):
            yield f"{lead}{key}:{'  # a list of' if many else ''}"
            yield from _outline(item, depth + 1)
        else:
            yield f"{lead}{key}:  # {'a list, each ' if many else ''}{item.value.en}"


def architecture() -> str:
    """What may import what: the contracts of pyproject.toml, which `./run check` holds."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    lines = _begun("Architecture", LAYERS)
    for contract in told:
        lines += [f"## {contract['name']}", ""]
        if contract["type"] == "layers":
            lines += ["```text", *contract["layers"], "```", ""]
        elif contract["type"] == "forbidden":
            sources = ", ".join(f"`{name}`" for name in contract["source_modules"])
            forbidden = ", ".join(f"`{name}`" for name in contract["forbidden_modules"])
            lines += [f"{sources} never import {forbidden}.", ""]
        else:
            lines += [
                "In every package, the modules and packages side by side import each other in one direction.",
                "",
            ]
    lines += ["## What each package is for", "", *_table(("package", "what it holds"), _packages())]
    return "\n".join(lines)


def _packages() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "nhipcau").glob("*/__init__.py")):
        said = path.read_text("utf-8").partition('"""')[2].partition('"""')[0]
        yield f"`nhipcau/{path.parent.name}/`", " ".join(said.partition("\n\n")[0].split())


def _begun(title: str, lead: str) -> list[str]:
    return [f"# {title}", "", MADE, "", lead, ""]


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *([_cell(one) for one in row] for row in rows)]
    return [*(f"| {' | '.join(line)} |" for line in lines), ""]


def _cell(text: str) -> str:
    return text.replace("\\|", "|").replace("|", "\\|").replace("\n", " ")


PAGES: Mapping[str, Callable[[], str]] = {
    "reference/commands.md": commands,
    "reference/actions.md": actions,
    "reference/words.md": words,
    "reference/template-keys.md": template_keys,
    "reference/architecture.md": architecture,
}


def main(folder: Path) -> None:
    """Write every page below the folder."""
    prepare()
    for name, made in PAGES.items():
        (folder / name).write_text(made(), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
