"""The terminal's face: `contactline COMMAND …`.

Each file of `commands/` is one command, named like the file and loaded when it is called, so that help is quick.
Bad input ends here: one line a fault on stderr, exit code 1.
"""

from __future__ import annotations

import ast
import importlib
import os
import sys
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

HERE = Path(__file__).resolve().parent
if sys.path[0] != str(HERE):
    sys.path.insert(0, str(HERE))  # as contactline.cli the rooms stand beside this file, under the umbrella

import typer  # noqa: E402
from typer.core import TyperCommand, TyperGroup  # noqa: E402

from geo.errors import GeoError  # noqa: E402
from layers.errors import LayerError  # noqa: E402

__all__ = ["app", "main"]

COMPLETION = {"install_completion", "show_completion"}  # asked for once, not by every command


class _Commands(TyperGroup):
    """The commands of the folder: listed by their first line, loaded only when called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return sorted(path.stem for path in (HERE / "commands").glob("*.py") if not path.stem.startswith("_"))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return TyperCommand(name=cmd_name, help=_first_line(cmd_name)) if cmd_name in self.list_commands(ctx) else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, _, rest = super().resolve_command(ctx, args)
        command = typer.main.get_command(importlib.import_module(f"commands.{name}").app)
        command.name = name
        command.params = [option for option in command.params if option.name not in COMPLETION]
        return name, command, rest


def _first_line(command: str) -> str:
    """What the file says of itself, read without running it."""
    source = (HERE / "commands" / f"{command}.py").read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"contactline {metadata.version('contactline')}")
        raise typer.Exit


@app.callback()
def _all(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version.")
    ] = False,
) -> None:
    """Reads war reports, codes who claims what happened where and when, works out the front, and maps both offline.

    From a dispatch to a map:

    \b
      contactline code dispatch.txt --published 2020-10-23 -o incidents.geojson
      contactline map incidents.geojson -o map.html
      contactline serve

    A file named - is stdin; without -o the result goes to stdout, so that commands can be piped.

    \b
    Exit codes:
      0  done
      1  unusable input; stderr says where, what, and what would do
      2  wrong call
    """


def main() -> None:
    """Run the command line; the only place that turns errors into lines and exit codes."""
    try:
        app(prog_name="contactline")
    except (GeoError, LayerError) as error:
        _fail(str(error))
    except BrokenPipeError:  # the reader of our output has gone, as in `contactline code … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def _fail(message: str) -> None:
    for fault in message.splitlines():
        print(f"contactline: {fault}", file=sys.stderr)  # noqa: T201
    sys.exit(1)


if __name__ == "__main__":
    main()
