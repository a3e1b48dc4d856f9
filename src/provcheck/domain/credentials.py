"""Content Credentials (C2PA): what a manifest claims, and how far its seal could be checked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from provcheck.domain.photo import Picture
from provcheck.domain.text import Text


class Verdict(StrEnum):
    """How far the check of a manifest came. None of these says that a picture was or was not altered."""

    INTACT = "intact"
    BROKEN = "broken"
    IDENTITY_INVALID = "identity_invalid"  # the manifest is sound; a statement about who is behind it is not
    IDENTITY_UNCHECKED = "identity_unchecked_offline"  # sound, but who is behind it can only be asked over the network
    REMOTE_ONLY = "remote_only"  # the file only links to a manifest, and nothing was fetched
    UNREADABLE = "unreadable"
    ABSENT = "absent"


class Standing(StrEnum):
    """The five outcomes that people are told."""

    NONE = "none"  # unknown provenance
    BROKEN = "broken"
    SOUND_UNLISTED = "sound, signer not on the list"
    SOUND_LISTED = "sound, signer on the list"
    UNCHECKED = "could not be checked"


@dataclass(frozen=True, slots=True)
class TrustList:
    """Root certificates of signers that the user accepts, as PEM, which is the official C2PA list's format."""

    name: str
    date: str
    pem: str


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A picture that this one was made from, as the manifest tells it. `failures` are C2PA validation codes."""

    title: str
    relationship: str  # "parentOf", "componentOf", "inputTo"
    manifest: bool
    failures: tuple[str, ...]
    thumbnail: Picture | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One step that the manifest claims: "c2pa.created", "c2pa.edited", …"""

    name: str
    program: str = ""
    when: str = ""
    source_type: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """One link of the signer's chain, the signer first."""

    subject: str
    issuer: str
    not_before: str
    not_after: str


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the active manifest says; all text is quoted from it. `failures` are its own validation codes, not its ingredients'."""

    verdict: Verdict
    standing: Standing
    reason: Text | None = None
    generator: str = ""
    title: str = ""
    signer: str = ""
    common_name: str = ""
    signed_at: str = ""
    actions: tuple[Action, ...] = ()
    source_types: tuple[str, ...] = ()  # last words of the digitalSourceType URIs
    ingredients: tuple[Ingredient, ...] = ()
    chain: tuple[Certificate, ...] = ()
    failures: tuple[str, ...] = ()
    ingredient_failures: tuple[str, ...] = ()
    trust_list: str = ""  # name and date of the list that the signer was looked up in
    remote_url: str = ""
