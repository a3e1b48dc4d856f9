"""provcheck.toml to frozen Settings. Read only where `--config` points: never from a folder of submitted photos."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path

from provcheck.domain.credentials import TrustList
from provcheck.domain.errors import ConfigError
from provcheck.domain.photo import Limits
from provcheck.readers.trust import read_trust_list

MAX_CONFIG_BYTES = 100_000  # a settings file is a few lines; a larger one is a mistake

WAITING = 8  # times the processor time: eight jobs a core were seen to make it ten times, and a hung process blocks its worker


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits for one photo, and accepted signers. They stand in every report's custody part, because they decide what it says."""

    max_megabytes: int = 200  # a 100-megapixel raw file is about 120 MB
    max_megapixels: int = 220  # phones write 200; decoded that is 660 MB
    seconds: int = 30  # of processor time; the largest photos take 6, a slow machine is given five times as long
    memory_megabytes: int = 500  # for one photo, over the 90 that the decoders take; a 100-megapixel TIFF needs 480
    trust: TrustList | None = None  # where signers of Content Credentials are looked up

    @property
    def max_bytes(self) -> int:
        return self.max_megabytes * 1_000_000

    @property
    def max_pixels(self) -> int:
        return self.max_megapixels * 1_000_000

    @property
    def patience(self) -> int:
        """Seconds by the clock, for a process that sleeps or gets no core: a busy machine is no reason to refuse a photo."""
        return WAITING * self.seconds

    @property
    def max_memory(self) -> int:
        return self.memory_megabytes * 1_000_000

    @property
    def limits(self) -> Limits:
        """What a decoder may take."""
        return Limits(self.max_pixels, self.max_memory)


def read_settings(path: Path) -> Settings:
    """Settings from a TOML file; raises ConfigError that names file and key."""
    try:
        if path.stat().st_size > MAX_CONFIG_BYTES:
            raise ConfigError(f"{path}: larger than {MAX_CONFIG_BYTES} bytes; a settings file is a few lines")
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; give the path of a settings file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: {error}") from error
    known = [*(field.name for field in fields(Settings) if field.name != "trust"), "trust_list"]
    trust = table.pop("trust_list", None)
    if trust is not None and not isinstance(trust, str):
        raise ConfigError(f"{path}: trust_list must be the path of a file of PEM certificates, not {trust!r}")
    for key, value in table.items():
        if key not in known:
            raise ConfigError(f"{path}: unknown key {key!r}; known are {', '.join(known)}")
        if type(value) is not int or value < 1:
            raise ConfigError(f"{path}: {key} must be a whole number of at least 1, not {value!r}")
    return replace(Settings(), **table, trust=read_trust_list(path.parent / trust) if trust else None)
