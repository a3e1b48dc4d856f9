"""Questions put to each exhibit of a case. A new check is a file, a line here, a section in docs/checks.md and a golden case."""

from __future__ import annotations

from provcheck.checks import (
    camera,
    capture_time,
    channel,
    consistency,
    content_credentials,
    credit,
    earlier_part,
    earlier_use,
    edit_history,
    generated,
    integrity,
    light,
    plates,
    position,
    same_camera,
    set_copies,
)
from provcheck.domain.finding import Check

CHECKS: tuple[Check, ...] = (
    integrity.CHECK,
    capture_time.CHECK,
    position.CHECK,
    light.CHECK,
    earlier_use.CHECK,
    earlier_part.CHECK,
    set_copies.CHECK,
    plates.CHECK,
    camera.CHECK,
    credit.CHECK,
    edit_history.CHECK,
    consistency.CHECK,
    content_credentials.CHECK,
    generated.CHECK,
    same_camera.CHECK,
    channel.CHECK,
)
