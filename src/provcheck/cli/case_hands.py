"""provcheck case plate, provcheck case boxes: what people read and draw on the photos of a case."""

from __future__ import annotations

from pathlib import Path

import click

from provcheck.cli.options import FILE


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
    click.echo(f"{added} boxes drawn, {taken_back} undone, in {len(drawn)} photos", err=True)
