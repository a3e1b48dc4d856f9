"""All flags in one place: id to rule. A rule says whether its flag stands; silence and damage raise none."""

from __future__ import annotations

from collections.abc import Callable

from provcheck.checks.flags import device, edit, generator, image, place, platform, time
from provcheck.checks.flags.seen import Seen

FLAGS: tuple[tuple[str, Callable[[Seen], bool]], ...] = (
    ("time.modify_before_original", time.modify_before_original),
    ("time.digitized_before_original", time.digitized_before_original),
    ("time.gps_vs_local", time.gps_vs_local),
    ("time.offset_vs_place", time.offset_vs_place),
    ("time.future", time.future),
    ("time.before_model", time.before_model),
    ("place.null_island", place.null_island),
    ("place.sun_below_horizon", place.sun_below_horizon),
    ("edit.software", edit.software),
    ("edit.history", edit.history),
    ("edit.derived_from", edit.derived_from),
    ("ai.digital_source_type", generator.digital_source_type),
    ("ai.generator_parameters", generator.parameters),
    ("ai.software", generator.software),
    ("image.thumbnail_differs", image.thumbnail_differs),
    ("image.size_vs_exif", image.size_vs_exif),
    ("image.quant_tables_not_camera", image.quant_tables_not_camera),
    ("image.trailing_data", image.trailing_data),
    ("device.make_vs_makernote", device.make_vs_makernote),
    ("platform.filename_whatsapp", platform.filename_whatsapp),
    ("platform.filename_telegram", platform.filename_telegram),
    ("platform.filename_signal", platform.filename_signal),
    ("platform.filename_viber", platform.filename_viber),
    ("platform.filename_facebook", platform.filename_facebook),
    ("platform.filename_x", platform.filename_x),
    ("platform.facebook_instructions", platform.facebook_instructions),
    ("platform.screenshot", platform.screenshot),
    ("platform.no_exif_progressive", platform.no_exif_progressive),
    ("platform.no_exif", platform.no_exif),
)


def flags_of(seen: Seen) -> tuple[str, ...]:
    """The ids of the flags that stand, in the order of the list."""
    return tuple(id_ for id_, rule in FLAGS if rule(seen))
