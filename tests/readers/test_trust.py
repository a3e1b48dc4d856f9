"""A list of accepted signers: PEM as the official list has it, with the date that it states or its newest certificate's."""

from __future__ import annotations

from pathlib import Path

import pytest

from provcheck.config import read_settings
from provcheck.domain.errors import ConfigError
from provcheck.readers.trust import read_trust_list

pytest.importorskip("cryptography", reason='the extra "credentials" is not installed')

from tests.readers.credentials_files import signer


def test_a_list_bears_the_date_that_it_states(tmp_path: Path) -> None:
    file = tmp_path / "newsroom.pem"
    file.write_text(f"# Accepted signers, as of 2026-11-01\n# a maker\n{signer().root}\n{signer().root}")
    found = read_trust_list(file)
    assert (found.name, found.date) == ("newsroom.pem", "2026-11-01")
    assert found.pem.count("BEGIN CERTIFICATE") == 2


def test_a_list_without_a_date_bears_its_newest_certificates(tmp_path: Path) -> None:
    file = tmp_path / "list.pem"
    file.write_text(signer().root)
    assert read_trust_list(file).date.startswith("newest certificate 2")


def test_a_settings_file_names_its_list_beside_itself(tmp_path: Path) -> None:
    (tmp_path / "list.pem").write_text(signer().root)
    (tmp_path / "provcheck.toml").write_text('trust_list = "list.pem"\nseconds = 30\n')
    settings = read_settings(tmp_path / "provcheck.toml")
    assert settings.trust is not None
    assert (settings.trust.name, settings.seconds) == ("list.pem", 30)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "holds no PEM certificate"),
        (b"\x30\x82\x00\xff", "not DER"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "certificate 1 is broken"),
    ],
)
def test_what_is_no_list_is_named(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "list.pem"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match=says) as error:
        read_trust_list(file)
    assert "list.pem" in str(error.value)


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.pem"):
        read_trust_list(tmp_path / "gone.pem")
