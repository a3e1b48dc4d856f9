"""provcheck case: a folder for one story: photos, rival claims, notes by people, reports, and a log of it all."""

from __future__ import annotations

import json
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck.cli.case_hands import boxes, note, plate
from provcheck.cli.counted import counted
from provcheck.cli.options import ARCHIVE, FILE, language, limits, settings_of
from provcheck.cli.options import trust_list as trust_option

if TYPE_CHECKING:
    from provcheck.jobs.case.desk import Taken
    from provcheck.jobs.case.folder import Folder

PARTIAL = 3
by_option = click.option("--by", default="", metavar="WHO", help="Who does it: a name or a role, for the log.")


class Moment(click.ParamType[datetime]):
    """A time with its zone, as in 2023-07-29T14:10:00+05:00."""

    name = "TIME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            moment = datetime.min  # noqa: DTZ901  refused in the next line
        if moment.tzinfo is None:
            self.fail(f"{value!r}: give a time with its zone, such as 2023-07-29T14:10:00+05:00", param, ctx)
        return moment


@click.group()
def case() -> None:
    """Keep one story's photos, rival claims, notes and reports in a folder, with a log that shows every change.

    \b
    Examples:
      provcheck case new trucks/ --title "Trucks on a steppe road" --claims claims.toml
      provcheck case add trucks/ photos/ --from "a journalist" --channel "a public page" --at 2023-07-29T14:10:00+05:00
      provcheck case note trucks/ "The hull is of a type that both armies have." --by "an editor" --photo 1
      provcheck case report trucks/ --archive old.pvx
      provcheck case withdraw trucks/ 4 --reason "it belongs to another story"
      provcheck case plate trucks/ 3:1 "A 000 AA 163" --by "an editor"
      provcheck redact trucks/ --plates --out drafts/
      provcheck verify trucks/
    """


@case.command()
@click.argument("folder", type=FILE, metavar="CASE")
@click.option("--title", default="", help="What the case is called.")
@click.option("--claims", type=FILE, metavar="TOML", help="The rival claims; the same as `case claims` later.")
@by_option
def new(folder: Path, title: str, claims: Path | None, by: str) -> None:
    """Make a case in an empty folder.

    \b
    Example:
      provcheck case new trucks/ --title "Trucks on a steppe road" --claims claims.toml
    """
    from provcheck.jobs import now
    from provcheck.jobs.case.desk import open_case, take_claims
    from provcheck.readers.claims import read_claims

    if claims:
        read_claims(claims)  # refused before a folder is made
    made = open_case(folder, title=title, by=by, at=now())
    if claims:
        take_claims(made, claims, by=by, at=now())
    click.echo(f"The case lies in {folder}. Take photos in with: provcheck case add {folder} PHOTO... --from ROLE", err=True)


@case.command()
@click.argument("folder", type=FILE, metavar="CASE")
@click.argument("file", type=FILE, metavar="TOML")
@by_option
def claims(folder: Path, file: Path, by: str) -> None:
    """Take in a claims file. The ones before stay in the case; the newest counts.

    \b
    Example:
      provcheck case claims trucks/ claims.toml
    """
    from provcheck.jobs import now
    from provcheck.jobs.case.desk import take_claims
    from provcheck.jobs.case.folder import locked, opened

    with locked(folder):
        _, said = take_claims(opened(folder), file, by=by, at=now())
    click.echo(f"{counted(len(said.claims), 'claim')}: {', '.join(claim.id for claim in said.claims)}", err=True)


@case.command()
@click.argument("folder", type=FILE, metavar="CASE")
@click.argument("paths", nargs=-1, required=True, type=FILE, metavar="PHOTO_OR_FOLDER...")
@click.option(
    "--from", "sender", required=True, metavar="ROLE", help="Who sent them: a role, not a name, if the source is at risk."
)
@click.option("--channel", default="", help="How they came: a public page, a messenger, a card.")
@click.option("--at", "received", type=Moment(), help="When they came, with the zone: 2023-07-29T14:10:00+05:00.")
@by_option
@click.option("--config", type=FILE, metavar="TOML", help="A settings file with limits. None is read unless named.")
@click.pass_context
def add(
    ctx: click.Context,
    folder: Path,
    paths: tuple[Path, ...],
    sender: str,
    channel: str,
    received: datetime | None,
    by: str,
    config: Path | None,
) -> None:
    """Take photos in: hashed, and kept read-only, before anything decodes them.

    \b
    Example:
      provcheck case add trucks/ photos/ --from "a journalist" --channel "a public page" --at 2023-07-29T14:10:00+05:00
    """
    from provcheck.domain.case import Received
    from provcheck.jobs import now
    from provcheck.jobs.case.desk import add as add_photos
    from provcheck.jobs.case.folder import locked, opened

    refused = []

    def told(one: Taken) -> None:
        _tell(one)
        if one.photo is None:
            refused.append(one)

    with locked(folder):
        add_photos(
            opened(folder), paths, Received(sender, channel, received), by=by, at=now(), settings=settings_of(config), told=told
        )
    ctx.exit(PARTIAL if refused else 0)


def _tell(one: Taken) -> None:
    from provcheck.report import sentence
    from provcheck.report.untrusted import shown

    name = shown(one.submission.name)
    if one.photo is None:
        click.echo(f"{name}: not taken in. {sentence(one.reason) if one.reason else ''}", err=True)
    elif one.again:
        click.echo(f"photo {one.photo.number}  {shown(one.photo.name)}: the same bytes came again, as {name}", err=True)
    else:
        click.echo(f"photo {one.photo.number}  {shown(one.photo.name)}", err=True)


case.add_command(note)
case.add_command(plate)
case.add_command(boxes)


@case.command()
@click.argument("folder", type=FILE, metavar="CASE")
@click.argument("photo", type=int)
@click.option("--reason", required=True, metavar="WHY", help="Why it does not belong here; it stays in the log.")
@by_option
def withdraw(folder: Path, photo: int, reason: str, by: str) -> None:
    """Take a photo out that came by mistake: no report and no publication has it from now on.

    Its bytes stay in the case, as the reports before need them, and no other photo gets its number.

    \b
    Example:
      provcheck case withdraw trucks/ 4 --reason "it belongs to another story"
    """
    from provcheck.jobs import now
    from provcheck.jobs.case.desk import withdraw as take_out
    from provcheck.jobs.case.folder import locked, opened

    if not reason.strip():
        raise click.UsageError("--reason needs words: readers of the log will ask.")
    with locked(folder):
        _, gone = take_out(opened(folder), photo, reason.strip(), by=by, at=now())
    click.echo(
        f"photo {gone.number} is withdrawn. The next report is without it: provcheck case report {folder} --reason WHY", err=True
    )


@case.command()
@click.argument("folder", type=FILE, metavar="CASE")
@click.option("--reason", default="", metavar="WHY", help="Why there is a new report; needed from the second on.")
@click.option("--archive", "archives", multiple=True, type=ARCHIVE, help="Photos seen before; may be given several times.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The report's date. Default: today.")
@by_option
@language
@click.option("-q", "--quiet", is_flag=True, help="Print no summary.")
@trust_option
@limits
@click.pass_context
def report(
    ctx: click.Context,
    folder: Path,
    reason: str,
    archives: tuple[str | Path, ...],
    as_of: datetime | None,
    by: str,
    lang: str,
    quiet: bool,
    trust_list: Path | None,
    config: Path | None,
    workers: int | None,
) -> None:
    """Examine the photos and write the next report, with what changed since the last and why.

    It lies in CASE/data/reports/rN/ as report.json and report.html. Other views, and the public edition, are made of the
    record with `provcheck report`.

    \b
    Example:
      provcheck case report trucks/ --archive old.pvx --reason "a second photo came in"
    """
    from provcheck import jobs
    from provcheck.archive import open_archive
    from provcheck.cli.check import wants_colour
    from provcheck.jobs.case.folder import locked, opened
    from provcheck.jobs.case.revise import Terms, revised, store
    from provcheck.report import render_summary

    started = jobs.now()
    with ExitStack() as stack:
        stack.enter_context(locked(folder))
        inside = opened(folder)
        searched = [stack.enter_context(open_archive(path)) for path in archives]
        day = as_of.date() if as_of else jobs.today()
        made = revised(inside, Terms(searched, day, _reason(inside, reason), settings_of(config, trust_list), workers))
        store(inside, made, jobs.describe(started, jobs.now() - started), by=by, at=jobs.now(), lang=lang)
    if not quiet:
        click.echo(render_summary(made, colour=wants_colour(), lang=lang), nl=False)
        click.echo(f"Report {made.revision.number if made.revision else ''} lies in {folder}", err=True)
    ctx.exit(jobs.exit_code(made))


def _reason(folder: Folder, reason: str) -> str:
    from provcheck.jobs.case.contents import contents

    if contents(folder.events).reports and not reason.strip():
        raise click.UsageError("--reason is needed: readers of the last report will ask why there is a new one.")
    return reason.strip()


@case.command()
@click.argument("folder", type=FILE, metavar="CASE")
@click.option("--json", "as_json", is_flag=True, help="As one JSON document.")
def status(folder: Path, as_json: bool) -> None:
    """Say what is in a case and what was done to it. Nothing is hashed again: that is `provcheck verify CASE`.

    \b
    Example:
      provcheck case status trucks/
    """
    from provcheck.cli.case_status import words
    from provcheck.domain.codec import encode
    from provcheck.jobs.case.folder import opened

    inside = opened(folder)
    if as_json:
        click.echo(json.dumps({"head": inside.head, "events": encode(inside.events)}, indent=1))
        return
    for line in words(inside):
        click.echo(line)
