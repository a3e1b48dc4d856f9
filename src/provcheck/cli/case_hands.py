"""provcheck case note, plate, boxes: what people find, read and draw on the photos of a case."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck.cli.counted import counted
from provcheck.cli.options import FILE

if TYPE_CHECKING:
    from provcheck.domain.note import Held

PARTS = ("taken_on", "place", "plates", "credit", "camera")


@click.command()
@click.argument("folder", type=FILE, metavar="CASE")
@click.argument("text")
@click.option("--by", required=True, metavar="WHO", help="Whose finding it is: a name or a role.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day of the finding. Default: today.")
@click.option("--photo", type=int, help="The number of the photo that it is about. Default: the whole case.")
@click.option("--part", type=click.Choice(PARTS), help="The part of the claims that it bears on.")
@click.option("--supports", multiple=True, metavar="CLAIM", help="A claim that it supports.")
@click.option("--contradicts", multiple=True, metavar="CLAIM", help="A claim that it contradicts.")
@click.option("--neutral", multiple=True, metavar="CLAIM", help="A claim that it neither supports nor contradicts.")
@click.option("--does-not-show", default="", metavar="TEXT", help="What it does not show; needed where it is held against a claim.")
@click.option("--public", is_flag=True, help="It may stand in a public edition, without the name.")
def note(
    folder: Path,
    text: str,
    by: str,
    on: datetime | None,
    photo: int | None,
    part: str | None,
    supports: tuple[str, ...],
    contradicts: tuple[str, ...],
    neutral: tuple[str, ...],
    does_not_show: str,
    public: bool,
) -> None:
    """Note a finding by a person. It stands beside the tool's own, named as a person's, and has no grade.

    \b
    Example:
      provcheck case note trucks/ "The hull is of a type that both armies have." --by "an editor" --photo 1 \\
        --neutral A --neutral B --does-not-show "This does not show whose the vehicle is."
    """
    from provcheck.domain.claim import Part
    from provcheck.jobs import now, today
    from provcheck.jobs.case.desk import note as make_note
    from provcheck.jobs.case.folder import locked, opened

    with locked(folder):
        _, made = make_note(
            opened(folder),
            text,
            by=by,
            at=now(),
            on=on.date() if on else today(),
            photo=photo,
            part=Part(part) if part else None,
            held=_held(supports, contradicts, neutral),
            does_not_show=does_not_show,
            public=public,
        )
    click.echo(f"note {made.number}", err=True)


def _held(supports: tuple[str, ...], contradicts: tuple[str, ...], neutral: tuple[str, ...]) -> tuple[Held, ...]:
    from provcheck.domain.leaning import Leaning
    from provcheck.domain.note import Held

    ways = ((Leaning.SUPPORTS, supports), (Leaning.CONTRADICTS, contradicts), (Leaning.NEUTRAL, neutral))
    return tuple(Held(claim, leaning) for leaning, claims in ways for claim in claims)


class Region(click.ParamType[tuple[int, int]]):
    """A photo and one of its plate-like regions, by their numbers in the last report."""

    name = "PHOTO:REGION"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        photo, colon, region = str(value).partition(":")
        if not (colon and photo.isdecimal() and region.isdecimal()):
            self.fail(f"{value!r}: give two numbers of the last report, as in 3:1 for region 1 of photo 3", param, ctx)
        return int(photo), int(region)


@click.command()
@click.argument("folder", type=FILE, metavar="CASE")
@click.argument("region", type=Region())
@click.argument("text")
@click.option("--by", required=True, metavar="WHO", help="Who read it: a name or a role.")
def plate(folder: Path, region: tuple[int, int], text: str, by: str) -> None:
    """Read a plate by hand. The next report has it beside the machine's reading; an empty TEXT takes it back.

    \b
    Examples:
      provcheck case plate trucks/ 3:1 "A 000 AA 163" --by "an editor"
      provcheck case plate trucks/ 3:1 "" --by "an editor"
    """
    from provcheck.jobs import now
    from provcheck.jobs.case.folder import locked, opened
    from provcheck.jobs.case.hands import read_plate

    with locked(folder):
        _, made = read_plate(opened(folder), *region, text, by=by, at=now())
    said = f"read as {made.text}" if made.text else "the reading is taken back"
    click.echo(f"photo {region[0]}, region {region[1]}: {said}. It stands in the next report.", err=True)


@click.command()
@click.argument("folder", type=FILE, metavar="CASE")
@click.argument("file", type=FILE, metavar="TOML")
@click.option("--by", default="", metavar="WHO", help="Who drew them: a name or a role, for the log.")
def boxes(folder: Path, file: Path, by: str) -> None:
    """Take in a boxes file: what must be covered for publication, and which marks of the detector must not.

    The ones before stay in the case; the newest counts, in `provcheck redact CASE` and in the public edition of its report.

    \b
    Example:
      provcheck case boxes trucks/ drafts/boxes.toml --by "the picture desk"
    """
    from provcheck.jobs import now
    from provcheck.jobs.case.folder import locked, opened
    from provcheck.jobs.case.hands import take_boxes

    with locked(folder):
        _, drawn = take_boxes(opened(folder), file, by=by, at=now())
    added, taken_back = (sum(len(one) for one in ones) for ones in ([d.add for d in drawn], [d.undo for d in drawn]))
    click.echo(f"{counted(added, 'box', 'boxes')} drawn, {taken_back} undone, in {counted(len(drawn), 'photo')}", err=True)
