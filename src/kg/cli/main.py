"""The command `kg`: its groups of commands, and errors turned into one sentence and an exit code."""

import os
import sys

import click

from kg.cli import ask, gaps, graph, serve
from kg.errors import KgError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="aisi-kg")
def kg() -> None:
    """Activity map and terminology knowledge graph for AI safety institutes.

    Data go to standard output, talk to standard error. Exit codes: 0 fine, 1 the data are at fault,
    2 the caller is, 3 the store or the machine is.
    """


for family in (graph, ask, gaps, serve):
    for command in family.COMMANDS:
        kg.add_command(command)


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
