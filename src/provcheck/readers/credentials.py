"""Content Credentials: what the C2PA manifest in a file claims and whether its seal holds. Never touches the network.

An adapter around c2pa-python, which comes with the extra "credentials". It is asked only about files whose own walk
found a manifest and no damage, because its parsers can be made to run for minutes.
"""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from provcheck.domain.credentials import Action, Credentials, Ingredient, Standing, TrustList, Verdict
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.text import Text, say
from provcheck.readers.certificates import chain_of
from provcheck.readers.container import Block, Kind
from provcheck.readers.small_picture import small_picture
from provcheck.readers.xmp import Packet, plain

OFFLINE = {
    "version": 1,
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
    "core": {"allowed_network_hosts": []},  # did:web still asked name servers without it
}
# What a signer's certificate may be for (extended key usage). C2PA's certificate policy asks for its own and one of the next two;
# the last are those of time stamps, revocation answers and Microsoft's first signers, from the list that the Verify site publishes.
# Without this list the library takes e-mail protection alone, and calls the other signers' seals broken.
USAGES = (
    "1.3.6.1.4.1.62558.2.1",  # C2PA claim signing
    "1.3.6.1.5.5.7.3.4",  # e-mail protection
    "1.3.6.1.5.5.7.3.36",  # document signing
    "1.3.6.1.5.5.7.3.8",  # time stamps
    "1.3.6.1.5.5.7.3.9",  # OCSP
    "1.3.6.1.4.1.311.76.59.1.9",
)
MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "TIFF": "image/tiff",
    "GIF": "image/gif",
    "AVIF": "image/avif",
    "HEIC": "image/heic",
    "HEIF": "image/heif",
    "JPEG XL": "image/jxl",
}
UNKNOWN_SIGNER = frozenset({"signingCredential.untrusted", "cawg.x509.credential.untrusted"})  # not on a list is no fault
OFFLINE_IDENTITY = frozenset({"cawg.ica.did_unavailable"})  # asks a web server who is behind it
EXPIRED = frozenset({"signingCredential.expired", "claimSignature.outsideValidity"})
LOCATOR = re.compile(r"[a-z][a-z0-9+.\-]*://", re.IGNORECASE)
MAX_LIST = 50  # actions, ingredients
MAX_JSON = 8 << 20  # characters; the corpus stays under 100,000
MAX_THUMBNAIL = 1 << 20  # bytes of an ingredient's thumbnail
LIMIT = 200  # characters of one value


def read_credentials(
    data: bytes,
    format_: str,
    blocks: tuple[Block, ...],
    packets: tuple[Packet, ...],
    none: Absent | Unreadable,
    trust: TrustList | None = None,
    *,
    pictures: bool = True,
) -> Reading[Credentials]:
    """The active manifest. `none` is what the walk says where it found no manifest."""
    store = next((block.data for block in blocks if block.kind is Kind.C2PA and b"c2pa" in block.data), None)
    remote = next((url for packet in packets if (url := plain(packet.get("dcterms:provenance")))), "")
    if store is None:
        return Found(_remote(remote)) if LOCATOR.match(remote) else none
    if format_ not in MEDIA_TYPES:
        return Found(_unreadable(say("metadata.credentials-format", format=format_)))
    if isinstance(none, Unreadable) and format_ not in ("JPEG", "PNG"):  # its box parser loops on broken box files
        return Found(_unreadable(none.reason))
    return _checked(data, MEDIA_TYPES[format_], store, trust, pictures)


def _checked(data: bytes, media_type: str, store: bytes, trust: TrustList | None, pictures: bool) -> Reading[Credentials]:
    try:
        import c2pa
    except ImportError:
        return Unreadable(say("metadata.no-credentials-reader"))
    try:
        reader = c2pa.Reader(media_type, io.BytesIO(data), context=_context(trust.pem if trust else ""))
        told = reader.json()
    except c2pa.C2paError as refused:
        return _refused(str(refused))
    if len(told) > MAX_JSON:
        return Found(_unreadable(say("metadata.credentials-too-long")))
    return Found(_credentials(_Told(reader, json.loads(told), store, trust, pictures)))


@cache
def _context(pem: str) -> Any:
    import c2pa

    trust = {"trust_config": "\n".join(USAGES)} | ({"trust_anchors": pem} if pem else {})
    return c2pa.Context.from_dict(OFFLINE | {"trust": trust})


def _refused(message: str) -> Reading[Credentials]:
    if message.startswith("Remote:"):
        return Found(_remote(message.rpartition(" ")[2]))
    return Found(_unreadable(say("metadata.credentials-broken", why=message[:LIMIT])))


def _remote(url: str) -> Credentials:
    reason = say("metadata.credentials-remote", url=url[:LIMIT])
    return Credentials(Verdict.REMOTE_ONLY, Standing.UNCHECKED, reason, remote_url=url[:LIMIT])


def _unreadable(reason: Text) -> Credentials:
    return Credentials(Verdict.UNREADABLE, Standing.UNCHECKED, reason)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the library told: its JSON is quoted from the file, and every shape in it is to be doubted."""

    reader: Any
    store: dict[str, Any]
    block: bytes
    trust: TrustList | None
    pictures: bool

    def manifest(self) -> dict[str, Any]:
        return _object(_object(self.store.get("manifests")).get(str(self.store.get("active_manifest"))))

    def codes(self) -> tuple[str, ...]:
        """Failures of the active manifest itself."""
        return _codes(_object(_object(self.store.get("validation_results")).get("activeManifest")))

    def ingredient_codes(self) -> tuple[str, ...]:
        deltas = _list(_object(self.store.get("validation_results")).get("ingredientDeltas"))
        found = [code for delta in deltas for code in _codes(_object(_object(delta).get("validationDeltas")))]
        stated = [
            _object(status).get("code")
            for ingredient in _list(self.manifest().get("ingredients"))
            for status in _list(_object(ingredient).get("validation_status"))
        ]
        return tuple(dict.fromkeys(str(code) for code in [*found, *stated] if code and code not in UNKNOWN_SIGNER))


def _credentials(told: _Told) -> Credentials:
    manifest, codes = told.manifest(), told.codes()
    signature = _object(manifest.get("signature_info"))
    actions = _actions(manifest)
    verdict = _verdict(codes, str(told.store.get("validation_state")))
    return Credentials(
        verdict,
        _standing(verdict, codes, told.trust),
        _reason(verdict, codes),
        generator=_generator(manifest),
        title=_text(manifest.get("title")),
        signer=_text(signature.get("issuer")),
        common_name=_text(signature.get("common_name")),
        signed_at=_text(signature.get("time")),
        actions=actions,
        source_types=_source_types(manifest, actions),
        ingredients=tuple(_ingredient(told, _object(row)) for row in _list(manifest.get("ingredients"))),
        chain=chain_of(told.block),
        failures=tuple(code for code in codes if code not in UNKNOWN_SIGNER),
        ingredient_failures=told.ingredient_codes(),
        trust_list=f"{told.trust.name}, {told.trust.date}" if told.trust else "",
    )


def _verdict(codes: tuple[str, ...], state: str) -> Verdict:
    """The active manifest's own failures decide; those of its ingredients are theirs."""
    faults = [code for code in codes if code not in UNKNOWN_SIGNER]
    identity = [code for code in faults if code.startswith("cawg.")]
    if state == "Invalid" and len(identity) < len(faults):
        return Verdict.BROKEN
    if any(code not in OFFLINE_IDENTITY for code in identity):
        return Verdict.IDENTITY_INVALID
    return Verdict.IDENTITY_UNCHECKED if identity else Verdict.INTACT


def _standing(verdict: Verdict, codes: tuple[str, ...], trust: TrustList | None) -> Standing:
    if verdict is Verdict.BROKEN:
        return Standing.BROKEN
    listed = trust is not None and "signingCredential.untrusted" not in codes
    return Standing.SOUND_LISTED if listed else Standing.SOUND_UNLISTED


def _reason(verdict: Verdict, codes: tuple[str, ...]) -> Text | None:
    faults = ", ".join(code for code in codes if code not in UNKNOWN_SIGNER)
    match verdict:
        case Verdict.BROKEN if EXPIRED & set(codes):
            return say("metadata.credentials-expired", codes=faults)
        case Verdict.BROKEN:
            return say("metadata.credentials-do-not-fit", codes=faults)
        case Verdict.IDENTITY_INVALID:
            return say("metadata.credentials-identity", codes=faults)
        case Verdict.IDENTITY_UNCHECKED:
            return say("metadata.credentials-identity-offline")
    return None


def _generator(manifest: dict[str, Any]) -> str:
    infos = [_object(info) for info in _list(manifest.get("claim_generator_info"))]
    named = [f"{_text(info.get('name'))} {_text(info.get('version'))}".strip() for info in infos]
    return next((name for name in named if name), _text(manifest.get("claim_generator")))


def _actions(manifest: dict[str, Any]) -> tuple[Action, ...]:
    found = []
    for assertion in _list(manifest.get("assertions")):
        if str(_object(assertion).get("label")).startswith("c2pa.actions"):
            for row in _list(_object(_object(assertion).get("data")).get("actions")):
                action = _object(row)
                agent = action.get("softwareAgent")
                program = _text(agent.get("name") if isinstance(agent, dict) else agent)
                found.append(
                    Action(_text(action.get("action")), program, _text(action.get("when")), _last(action.get("digitalSourceType")))
                )
    return tuple(found[:MAX_LIST])


def _source_types(manifest: dict[str, Any], actions: tuple[Action, ...]) -> tuple[str, ...]:
    stated = [action.source_type for action in actions if action.source_type]
    stated.extend(_last(_object(_object(row).get("data")).get("digitalSourceType")) for row in _list(manifest.get("assertions")))
    return tuple(sorted({word for word in stated if word}))


def _ingredient(told: _Told, row: dict[str, Any]) -> Ingredient:
    codes = tuple(str(_object(status).get("code")) for status in _list(row.get("validation_status")))
    return Ingredient(
        _text(row.get("title")),
        _text(row.get("relationship")),
        bool(row.get("active_manifest")),
        tuple(code for code in codes if code not in UNKNOWN_SIGNER),
        small_picture(_resource(told.reader, _text(_object(row.get("thumbnail")).get("identifier")))) if told.pictures else None,
    )


def _resource(reader: Any, identifier: str) -> bytes:
    import c2pa

    if not identifier:
        return b""
    stream = io.BytesIO()
    try:
        reader.resource_to_stream(identifier, stream)
    except c2pa.C2paError:
        return b""
    return stream.getvalue() if stream.tell() <= MAX_THUMBNAIL else b""


def _codes(results: dict[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_text(_object(row).get("code")) for row in _list(results.get("failure"))))


def _last(uri: object) -> str:
    """The word that a vocabulary's URI ends in."""
    return _text(uri).rstrip("/").rpartition("/")[2]


def _text(value: object) -> str:
    return value[:LIMIT] if isinstance(value, str) else ""


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value[:MAX_LIST] if isinstance(value, list) else []
