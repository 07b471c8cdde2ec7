"""The command's front door: finds the subcommand's file, and turns our errors into sentences on stderr."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from onrecord.errors import OnrecordError
from onrecord.version import VERSION

COMMANDS = {
    "read": "onrecord.cli.read",
    "clean": "onrecord.cli.clean",
    "add": "onrecord.cli.add",
    "search": "onrecord.cli.search",
    "show": "onrecord.cli.show",
    "who": "onrecord.cli.who",
    "stories": "onrecord.cli.stories",
    "repeats": "onrecord.cli.repeats",
    "figures": "onrecord.cli.figures",
    "disputes": "onrecord.cli.disputes",
    "trending": "onrecord.cli.trending",
    "collect": "onrecord.cli.collect",
    "correct": "onrecord.cli.correct",
    "merge": "onrecord.cli.merge",
    "split": "onrecord.cli.split",
    "reconcile": "onrecord.cli.reconcile",
    "versions": "onrecord.cli.versions",
    "reread": "onrecord.cli.reread",
    "check": "onrecord.cli.check",
    "check-record": "onrecord.cli.check_record",
    "forget": "onrecord.cli.forget",
    "feed": "onrecord.cli.feed",
    "alert": "onrecord.cli.alert",
    "export": "onrecord.cli.export",
    "import": "onrecord.cli.import_",
    "copy": "onrecord.cli.copy",
    "batch": "onrecord.cli.batch",
    "report": "onrecord.cli.report",
    "serve": "onrecord.cli.serve",
    "user": "onrecord.cli.user",
    "schema": "onrecord.cli.schema",
    "doctor": "onrecord.cli.doctor",
}
"""Each subcommand and the module that holds it as ``command``."""


class LazyGroup(click.Group):
    """A group whose subcommands are imported only when called, so that ``--help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The subcommands in their documented order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name]).command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="onrecord")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:
    """Who said what, on the record: every statement with its speaker, its disputes and a way back to the text."""
    ctx.obj = {"debug": debug}


def main(argv: list[str] | None = None) -> None:
    """Runs the command and exits: 0 done, 1 some inputs refused, 2 wrong usage, 3 faults found."""
    arguments = sys.argv[1:] if argv is None else argv
    try:
        code = cli.main(args=arguments, prog_name="onrecord", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        print("onrecord: stopped", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OnrecordError as error:
        _fail(error, str(error), arguments)
    except Exception as error:
        message = f"an error of ours, please report it ({type(error).__name__}: {error}); --debug shows where"
        _fail(error, message, arguments)
    sys.exit(code if isinstance(code, int) else 0)


def _fail(error: Exception, message: str, arguments: list[str]) -> None:
    if "--debug" in arguments:
        raise error
    print(f"onrecord: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
