"""A list of accepted signers: PEM as the official list has it, with the date that it states or its newest certificate's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from provcheck.config import read_settings
from provcheck.domain.credentials import Standing
from provcheck.domain.errors import ConfigError
from provcheck.domain.reading import Found
from provcheck.readers.metadata import read_metadata
from provcheck.readers.trust import read_trust_list

pytest.importorskip("cryptography", reason='the extra "credentials" is not installed')

from tests.readers.credentials_files import CLAIM_SIGNING, DOCUMENTS, Signer, signed, signer

LEAF = 0  # of a chain in PEM, the signer's own certificate stands first
END = "-----END CERTIFICATE-----\n"


def official_pem(*parties: Signer) -> str:
    """As C2PA-TRUST-LIST.pem is laid out: a line with a tab names each authority, an empty one parts them, none states a day."""
    return "\n".join(f"Subject\tCN=Root for tests (2025), O=Root for tests, C=US\n{party.root}" for party in parties)


def official_json(*parties: Signer) -> str:
    """As C2PA-TRUST-LIST.json is laid out (ETSI TS 119 602), with what is not read here left out."""
    services = [
        {
            "ServiceInformation": {
                "ServiceName": [{"lang": "en", "value": "Root for tests"}],
                "ServiceDigitalIdentity": {"X509Certificates": [{"val": "".join(party.root.splitlines()[1:-1])}]},
                "ServiceStatus": "http://c2pa.org/conformance/trust-list/trusted",
                "StatusStartingTime": "2025-11-19T18:29:44Z",
            }
        }
        for party in parties
    ]
    scheme = {"LoTEVersionIdentifier": 1, "ListIssueDateTime": "2026-08-05T00:11:39Z", "NextUpdate": "2027-08-05T00:11:39Z"}
    entities = [{"TrustedEntityInformation": {"TEName": [{"lang": "en", "value": "A maker"}]}, "TrustedEntityServices": services}]
    return json.dumps({"LoTE": {"ListAndSchemeInformation": scheme, "TrustedEntitiesList": entities}}, indent=2)


@pytest.mark.parametrize("layout", [official_pem, official_json])
def test_a_signer_is_found_in_the_official_lists_own_layout(layout: Callable[..., str], tmp_path: Path) -> None:
    party, others = signer(CLAIM_SIGNING, DOCUMENTS), [signer() for _ in range(3)]
    file = tmp_path / "C2PA-TRUST-LIST"
    file.write_bytes(layout(*others, party).replace("\n", "\r\n").encode("utf-8-sig"))
    found = read_trust_list(file)
    assert found.pem.count("BEGIN CERTIFICATE") == 4
    assert found.date == "2026-08-05" if layout is official_json else found.date.startswith("newest certificate 2")
    data = signed(party)
    listed = read_metadata(data, second_opinion=False, trust=found).credentials
    assert isinstance(listed, Found)
    assert listed.value.standing is Standing.SOUND_LISTED
    file.write_text(layout(*others))
    unlisted = read_metadata(data, second_opinion=False, trust=read_trust_list(file)).credentials
    assert isinstance(unlisted, Found)
    assert unlisted.value.standing is Standing.SOUND_UNLISTED


def test_a_list_of_signers_own_certificates_is_refused_because_it_would_never_match(tmp_path: Path) -> None:
    file = tmp_path / "allowed.pem"
    file.write_text(signer().root + signer().chain.split(END)[LEAF] + END)
    with pytest.raises(ConfigError, match=r"certificate 2 .*Signer for tests.* the authority that issued it"):
        read_trust_list(file)


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
        (b'{"LoTE": {}}', "holds no PEM certificate"),
        (b'{"LoTE": ', "take the list anew"),
        (b'{"X509Certificates": [{"val": "AAAA"}]}', "certificate 1 is broken"),
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
