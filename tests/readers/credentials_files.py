"""Pictures signed with Content Credentials by certificates that were made for the test and are trusted by nobody."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.readers.metadata_files import picture

TRAINED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
CLAIM_SIGNING, MAIL, DOCUMENTS = "1.3.6.1.4.1.62558.2.1", "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36"
UNCHECKED = {
    "verify": {"verify_after_sign": False}
}  # the library refuses usages that it does not know when it looks at its own work
CAPTURED = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"


@dataclass(frozen=True, slots=True)
class Signer:
    """A root, and a leaf that it signed; both PEM."""

    root: str
    chain: str
    key: str


def signer(*usages: str) -> Signer:
    """`usages` are what the leaf's key may be for, as object identifiers; without any it is e-mail protection."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate("Root for tests", root_key, "Root for tests", root_key)
    leaf = _certificate("Signer for tests", key, "Root for tests", root_key, usages or (MAIL,))
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Signer(_pem(root), _pem(leaf) + _pem(root), private.decode())


def signed(by: Signer, source_type: str = CAPTURED, base: bytes | None = None) -> bytes:
    """A JPEG whose manifest says that it was created, with the given digitalSourceType."""
    actions = {"actions": [{"action": "c2pa.created", "softwareAgent": "Camera for tests", "digitalSourceType": source_type}]}
    manifest = {
        "claim_generator_info": [{"name": "provcheck tests", "version": "1"}],
        "title": "signed.jpg",
        "assertions": [{"label": "c2pa.actions", "data": actions}],
    }
    info = c2pa.C2paSignerInfo(c2pa.C2paSigningAlg.ES256, by.chain.encode(), by.key.encode(), None)
    result = io.BytesIO()
    builder = c2pa.Builder(json.dumps(manifest), context=c2pa.Context.from_dict(UNCHECKED))
    builder.sign(c2pa.Signer.from_info(info), "image/jpeg", io.BytesIO(base or picture()), result)
    return result.getvalue()


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _certificate(name: str, key: Any, issuer: str, issuer_key: Any, usages: tuple[str, ...] = ()) -> x509.Certificate:
    """An authority's where `usages` are empty."""
    ca = not usages
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if not ca:
        builder = builder.add_extension(x509.ExtendedKeyUsage([x509.ObjectIdentifier(usage) for usage in usages]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, common_name), x509.NameAttribute(NameOID.COMMON_NAME, common_name)]
    )
