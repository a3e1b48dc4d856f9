"""Where the measuring data lies, and how hypothesis runs: without deadlines, because CI's cores are shared."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("shared-cores", deadline=None, derandomize=True)
settings.load_profile("shared-cores")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real photos with answers, which lie beside the project and are never copied into it."""
    data = ROOT.parent / "shared" / "data"
    if not data.is_dir():
        pytest.skip("the measuring data (../shared/data) is not on this machine")
    return data


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person who runs the tests reaches them."""
    for name in [name for name in os.environ if name.startswith("PROVCHECK_") and name != "PROVCHECK_AXE"]:
        monkeypatch.delenv(name)
