"""The command line: parse, call, print. Nothing is decided here."""

from __future__ import annotations

import errno
import os
from typing import Any

import click

from provcheck.cli.archive import archive
from provcheck.cli.batch import batch
from provcheck.cli.case import case
from provcheck.cli.check import check
from provcheck.cli.compare import compare
from provcheck.cli.doctor import doctor
from provcheck.cli.inspect import inspect
from provcheck.cli.redact import redact
from provcheck.cli.report import report
from provcheck.cli.verify import verify
from provcheck.domain import VERSION
from provcheck.domain.errors import ConfigError, ProvcheckError

# Before NumPy is loaded: a search multiplies small matrices, and two threads for one cost 2.3 times the processor time of one
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

STOPPED = 130  # what shells expect of a program that Ctrl-C ended


class Failure(click.ClickException):
    """A ProvcheckError on its way to the terminal, with its exit code."""

    def __init__(self, error: ProvcheckError) -> None:
        super().__init__(str(error))
        self._exit_code = error.exit_code

    @property
    def exit_code(self) -> int:  # type: ignore[override]  # click reads it, and never writes
        return self._exit_code


class Face(click.Group):
    """Turns the errors of the house into messages and exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        for name, count in ONE_THREAD.items():
            os.environ.setdefault(name, count)
        try:
            return super().invoke(ctx)
        except ProvcheckError as error:
            raise Failure(error) from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read the output has enough; click ends it
                raise
            raise Failure(ConfigError(f"{error.filename or 'what was to be written'}: {error.strerror or error}")) from error
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(STOPPED)


@click.group(
    cls=Face,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "PROVCHECK"},
    epilog="Begin with: provcheck check PHOTO --report report.html",
)
@click.version_option(VERSION)
def main() -> None:
    """What submitted photos themselves support, contradict or leave open.

    No verdicts, no overall score, no network. Exit codes: 0 ran; 1 a finding reached --fail-on; 2 wrong usage or
    input; 3 a photo was refused or a method failed; 4 an integrity failure; 130 stopped.

    \b
    Examples:
      provcheck check photo.jpg
      provcheck check photos/ --claims claims.toml --archive old.pvx --report report.html
      provcheck inspect metadata photo.jpg
    """


main.add_command(check)
main.add_command(archive)
main.add_command(compare)
main.add_command(batch)
main.add_command(case)
main.add_command(report)
main.add_command(redact)
main.add_command(verify)
main.add_command(inspect)
main.add_command(doctor)
