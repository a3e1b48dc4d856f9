"""provcheck batch: many photos from a folder or a manifest, interrupted at will."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck.cli.batch_progress import Events, Lines, Quiet, tell
from provcheck.cli.options import FILE, archives, language, limits, page_language
from provcheck.cli.options import trust_list as trust_option

if TYPE_CHECKING:
    from types import FrameType

    from provcheck.jobs.batch import Ledger, Opener, Plan

STOPPED = 130

out_folder = click.argument("folder", type=FILE, metavar="DIR")
log_json = click.option("--log-json", is_flag=True, help="Progress on stderr as JSON lines, one event a line.")
scheduler = click.option(
    "--scheduler", metavar="ADDRESS", help="Examine on a Dask cluster, as in tcp://host:8786 (extra: cluster)."
)
send_photos = click.option("--send-photos", is_flag=True, help="Send the workers the photos' bytes; else they open the same paths.")
quiet = click.option("-q", "--quiet", is_flag=True, help="No progress.")


@click.group()
def batch() -> None:
    """Examine thousands of photos; stop and resume at any time.

    \b
    Examples:
      provcheck batch run manifest.csv --out results/ --archive old.pvx
      provcheck batch resume results/
      provcheck batch status results/
    """


@batch.command()
@click.argument("source", type=FILE, metavar="MANIFEST_OR_FOLDER")
@click.option("--out", required=True, type=FILE, metavar="DIR", help="Where ledger, reports and results go; made if it is missing.")
@click.option("--claims", type=FILE, metavar="TOML", help="What is said about all of the photos, beside the manifest's own claims.")
@archives
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The reports' date. Default: today.")
@language
@scheduler
@send_photos
@log_json
@quiet
@trust_option
@limits
@click.pass_context
def run(
    ctx: click.Context,
    source: Path,
    out: Path,
    claims: Path | None,
    archives: tuple[str | Path, ...],
    as_of: datetime | None,
    lang: str,
    scheduler: str | None,
    send_photos: bool,
    log_json: bool,
    quiet: bool,
    trust_list: Path | None,
    config: Path | None,
    workers: int | None,
) -> None:
    """Examine every photo of a manifest (CSV or JSON lines) or a folder.

    What was done before and has not changed is kept. Ctrl-C finishes the photos that are being examined, twice stops at once;
    several runs on one DIR share the work. Manifest columns: path, photo_id, case_id, claim_date, claim_place, claim_text,
    source_url, credit, received_at, channel, plate_reading; others are carried through. CSV is UTF-8.
    """
    from provcheck import jobs
    from provcheck.jobs.batch import apart, open_ledger, plan_of

    apart(source, out)
    day = as_of.date() if as_of else jobs.today()
    plan = plan_of(source, day, archives, claims, config, trust_list, lang)
    with open_ledger(out, create=True) as ledger:
        examiner = _examiner(workers, scheduler, send_photos)
        ctx.exit(_run(ledger, plan, examiner, _where(workers, scheduler), _teller(quiet, log_json), again=True))


@batch.command()
@out_folder
@click.option("--workers", type=click.IntRange(1, 256), help="Photos examined at once. Default: one a core.")
@scheduler
@send_photos
@log_json
@quiet
@click.pass_context
def resume(
    ctx: click.Context, folder: Path, workers: int | None, scheduler: str | None, send_photos: bool, log_json: bool, quiet: bool
) -> None:
    """Go on where a run was stopped or killed, with the arguments and the date that it was given."""
    from provcheck.jobs.batch import open_ledger, stored_plan

    with open_ledger(folder) as ledger:
        examiner = _examiner(workers, scheduler, send_photos)
        plan = stored_plan(ledger)
        ctx.exit(_run(ledger, plan, examiner, _where(workers, scheduler), _teller(quiet, log_json), again=False))


@batch.command()
@out_folder
@click.option("--json", "as_json", is_flag=True, help="As one JSON document.")
def status(folder: Path, as_json: bool) -> None:
    """How many photos are done, under way and waiting."""
    from provcheck.jobs.batch import open_ledger

    with open_ledger(folder) as ledger:
        standing = replace(ledger.standing(), leased=ledger.at_work())
    facts = {"photos": standing.total, "done": standing.done, "under way": standing.leased, "waiting": standing.waiting}
    facts |= dict(standing.outcomes)
    if as_json:
        click.echo(json.dumps({name.replace(" ", "_"): count for name, count in facts.items()}))
    else:
        click.echo("\n".join(f"{name}: {count}" for name, count in facts.items()))


@batch.command()
@out_folder
@page_language
def export(folder: Path, lang: str | None) -> None:
    """Write results.jsonl, results.csv and summary.html of what is done so far."""
    from provcheck.jobs.batch import leave, open_ledger, stored_plan

    with open_ledger(folder) as ledger:
        plan = stored_plan(ledger)
        for path in leave(ledger, plan.as_of, lang=plan.lang, page=lang or ""):
            click.echo(str(path))


def _examiner(workers: int | None, scheduler: str | None, send: bool) -> Opener:
    """What looks at the photos: cells of this machine, or a cluster's workers."""
    from provcheck.jobs.batch import here

    if not scheduler:
        if send:
            raise click.UsageError("--send-photos goes with --scheduler: without one no photo is sent anywhere.")
        return here(workers)
    if workers:
        raise click.UsageError("--workers and --scheduler exclude each other: a cluster has the workers that were started.")
    try:
        from provcheck.jobs.batch.cluster import cluster
    except ImportError as missing:
        raise click.UsageError("--scheduler needs the extra cluster: in the source folder, pip install '.[cluster]'") from missing
    return cluster(scheduler, send=send, warn=tell)


def _run(ledger: Ledger, plan: Plan, examiner: Opener, workers: str, teller: Quiet, *, again: bool) -> int:
    from provcheck.jobs.batch import run

    with _stopped_by_hand(teller) as stop:
        teller.began(workers)
        standing = run(ledger, plan, again=again, examiner=examiner, told=teller.photo, stop=stop)
        stopped = stop() or standing.done < standing.total  # also while a case's photos were compared, which are done by then
    code = STOPPED if stopped else ledger.exit_code()
    teller.ended(standing, code)
    if code == STOPPED:
        tell(f"Stopped. Go on with: provcheck batch resume {ledger.folder}")
    elif isinstance(teller, Lines):
        tell(f"Begin with {ledger.folder / 'summary.html'}")
    return code


@contextmanager
def _stopped_by_hand(teller: Quiet) -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed; pressed twice it ends this process at once, and the cells end with it."""
    pressed = False

    def press(_signal: int, _frame: FrameType | None) -> None:
        nonlocal pressed
        if pressed:
            os._exit(STOPPED)
        pressed = True
        teller.stopping()

    before = signal.signal(signal.SIGINT, press)
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, before)


def _teller(quiet: bool, log_json: bool) -> Quiet:
    if log_json:
        return Events()
    return Quiet() if quiet else Lines()


def _where(workers: int | None, scheduler: str | None) -> str:
    """Where photos are examined, in words."""
    from provcheck.jobs.examine import default_workers

    return f"on the cluster at {scheduler}" if scheduler else f"{workers or default_workers()} at once"
