"""Content Credentials: what a seal shows, what it does not, and that nobody is asked over the network."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from provcheck.domain.codec import decode, encode
from provcheck.domain.credentials import Credentials, Standing, TrustList, Verdict
from provcheck.domain.reading import Absent, Found, Reading
from provcheck.readers.metadata import read_metadata
from provcheck.readers.row import credentials_row
from tests.readers.metadata_files import jpeg, packet, picture, segment, xmp_segment

pytest.importorskip("c2pa", reason='the extra "credentials" is not installed')

from tests.readers.credentials_files import CLAIM_SIGNING, DOCUMENTS, MAIL, TRAINED, Signer, signed, signer


@pytest.fixture(scope="module")
def party() -> Signer:
    return signer()


def credentials(data: bytes, trust: TrustList | None = None) -> Credentials:
    reading = read_metadata(data, second_opinion=False, trust=trust).credentials
    assert isinstance(reading, Found)
    return reading.value


def test_a_sound_seal_of_a_stranger_is_sound_and_unlisted(party: Signer) -> None:
    found = credentials(signed(party))
    assert (found.verdict, found.standing) == (Verdict.INTACT, Standing.SOUND_UNLISTED)
    assert found.generator == "provcheck tests 1"
    assert [action.name for action in found.actions] == ["c2pa.created"]
    assert found.source_types == ("digitalCapture",)


def test_a_signer_on_the_users_list_is_listed_with_the_lists_date(party: Signer) -> None:
    found = credentials(signed(party), TrustList("newsroom.pem", "2026-11-01", party.root))
    assert found.standing is Standing.SOUND_LISTED
    assert found.trust_list == "newsroom.pem, 2026-11-01"


def test_a_signer_on_somebody_elses_list_is_not_listed(party: Signer) -> None:
    other = TrustList("other.pem", "2026-11-01", signer().root)
    assert credentials(signed(party), other).standing is Standing.SOUND_UNLISTED


@pytest.mark.parametrize("usage", [MAIL, DOCUMENTS])
def test_a_signer_as_the_conformance_programme_certifies_it_is_sound(usage: str) -> None:
    """The library's own default takes only e-mail protection and would call the seal of the other broken."""
    party = signer(CLAIM_SIGNING, usage)
    found = credentials(signed(party), TrustList("newsroom.pem", "2026-11-01", party.root))
    assert (found.verdict, found.standing) == (Verdict.INTACT, Standing.SOUND_LISTED)


def test_the_chain_names_the_signer_first(party: Signer) -> None:
    chain = credentials(signed(party)).chain
    assert [certificate.subject.split(",")[0] for certificate in chain] == ["CN=Signer for tests", "CN=Root for tests"]


def test_one_changed_bit_breaks_the_seal(party: Signer) -> None:
    data = signed(party)
    changed = data[:-200] + bytes((data[-200] ^ 1,)) + data[-199:]
    found = credentials(changed)
    assert (found.verdict, found.standing) == (Verdict.BROKEN, Standing.BROKEN)
    assert found.failures == ("assertion.dataHash.mismatch",)


def test_a_generated_picture_says_so_in_its_source_type(party: Signer) -> None:
    assert credentials(signed(party, TRAINED)).source_types == ("trainedAlgorithmicMedia",)


def test_a_picture_without_a_manifest_has_none() -> None:
    assert read_metadata(picture()).credentials == Absent()


def test_a_manifest_of_junk_is_unreadable_and_reported() -> None:
    junk = b"JP\x00\x01\x00\x00\x00\x01" + b"\x00\x00\x00\x40jumb" + b"c2pa" + b"\x00" * 52
    metadata = read_metadata(jpeg(segment(0xEB, junk)))
    assert isinstance(metadata.credentials, Found)
    assert metadata.credentials.value.verdict is Verdict.UNREADABLE
    assert metadata.damage


def test_a_remote_manifest_is_named_and_nobody_is_asked() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/manifest.c2pa"
        found = credentials(jpeg(xmp_segment(packet(f"<dcterms:provenance>{url}</dcterms:provenance>"))))
        assert (found.verdict, found.standing) == (Verdict.REMOTE_ONLY, Standing.UNCHECKED)
        assert found.remote_url == url
        with pytest.raises(TimeoutError):
            listener.accept()


def test_credentials_survive_the_way_through_json(party: Signer) -> None:
    reading = read_metadata(signed(party)).credentials
    assert decode(Reading[Credentials], encode(reading)) == reading  # type: ignore[misc]


def test_verdicts_on_the_measuring_set_are_those_of_the_references(shared_data: Path) -> None:
    root = shared_data / "metadata"
    expected = json.loads((root / "expected.json").read_text("utf-8"))
    wrong = []
    for name, row in expected.items():
        if "c2pa" in row:
            reading = read_metadata((root / name).read_bytes(), second_opinion=False).credentials
            verdict = credentials_row(reading)["verdict"]
            if verdict != row["c2pa"].get("verdict", "absent"):
                wrong.append((name, verdict))
    assert not wrong
