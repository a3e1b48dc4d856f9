"""Other tools' fingerprints of the same pictures: imagededup's four hashes, where it is installed.

imagededup needs PyTorch for its CNN alone; its hashes are called without. Nothing here is a dependency of provcheck.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np
from PIL import Image

# what imagededup imports for its CNN, plots and searches, and its hashes never call
STANDING_IN = {
    "imagededup.methods.cnn": ("CNN",),
    "imagededup.utils.plotter": ("plot_duplicates",),
    "imagededup.utils.models": ("CustomModel",),
    "sklearn": (),
    "sklearn.metrics": (),
    "sklearn.metrics.pairwise": ("cosine_similarity",),
    "tqdm": ("tqdm",),
}
Hash = Callable[[Image.Image], str]


@cache
def imagededup() -> dict[str, Hash]:
    for name, attributes in STANDING_IN.items():
        module = ModuleType(name)
        module.__dict__.update(dict.fromkeys(attributes, object))
        sys.modules.setdefault(name, module)
    try:
        from imagededup.methods import AHash, DHash, PHash, WHash  # type: ignore[import-not-found]  # a peer
    except ImportError as missing:
        print(f"(imagededup is not there: {missing})")
        return {}
    return {f"imagededup {kind.__name__}": _called(kind(verbose=False)) for kind in (PHash, DHash, AHash, WHash)}


def _called(tool: Any) -> Hash:  # one of its classes
    return lambda picture: str(tool.encode_image(image_array=np.asarray(picture)))


def hashes(picture: Image.Image) -> dict[str, str]:
    return {name: tool(picture) for name, tool in imagededup().items()}
