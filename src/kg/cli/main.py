"""The command `kg`: its commands, and errors turned into one sentence and an exit code."""

import os
import sys
from importlib import import_module

import click

from kg.errors import KgError

COMMANDS = {
    "fmt": "graph",
    "check": "graph",
    "build": "graph",
    "verify-sources": "graph",
    "query": "ask",
    "lookup": "ask",
    "annotate": "text",
    "compare": "text",
    "draft": "text",
    "gaps": "gaps",
    "report": "report",
    "diff": "change",
    "whatif": "change",
    "export": "exchange",
    "import": "exchange",
    "quality": "exchange",
    "compare-schemes": "compare",
    "federate": "compare",
    "release": "news",
    "feed": "news",
    "serve": "serve",
    "mcp": "mcp",
    "load": "load",
}


class _Kg(click.Group):
    """A group that imports a command when it is run: the look-up of a term needs no web server."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        if cmd_name not in COMMANDS:
            return None
        family = import_module(f"kg.cli.{COMMANDS[cmd_name]}")
        commands: dict[str, click.Command] = {command.name: command for command in family.COMMANDS}
        return commands[cmd_name]


@click.group(cls=_Kg, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="aisi-kg")
def kg() -> None:
    """Activity map and terminology knowledge graph for AI safety institutes.

    Data go to standard output, talk to standard error. Exit codes: 0 fine, 1 the data are at fault,
    2 the caller is, 3 the store or the machine is.
    """


def main() -> None:
    """Run `kg` and leave with its exit code."""
    try:
        kg.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except KgError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has left, as `head` does
        sys.exit(0)
    except OSError as error:
        click.echo(f"Error: {error}; check the path and the machine.", err=True)
        sys.exit(3)
