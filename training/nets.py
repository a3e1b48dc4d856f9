"""The three networks: reader, corner finder, detector. Dense convolutions only; batch norm folds into them at export."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # sign i is class i + 1; class 0 is CTC's blank


def conv(
    into: int,
    out: int,
    kernel: int | tuple[int, int] = 3,
    stride: int | tuple[int, int] = 1,
    pad: int | tuple[int, int] | None = None,
) -> nn.Sequential:
    if pad is None:
        pad = kernel // 2 if isinstance(kernel, int) else (kernel[0] // 2, kernel[1] // 2)
    return nn.Sequential(nn.Conv2d(into, out, kernel, stride, pad, bias=False), nn.BatchNorm2d(out), nn.ReLU(inplace=True))


class Residual(nn.Module):
    def __init__(self, width: int, kernel: int | tuple[int, int] = 3) -> None:
        super().__init__()
        self.body = conv(width, width, kernel)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.body(x)


class Reader(nn.Module):
    """N x 1 x 32 x 160 standardised gray to N x 37 x 40 logits, blank first."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            conv(1, 24, 5, 2),
            conv(24, 40, 3, (2, 1)),
            Residual(40),
            conv(40, 80, 3, (2, 2)),
            Residual(80),
            Residual(80),
            conv(80, 160, (4, 3), 1, (0, 1)),
            Residual(160, (1, 5)),
            nn.Dropout(0.1),
            nn.Conv2d(160, len(ALPHABET) + 1, 1),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.body(x).squeeze(2)


class Corners(nn.Module):
    """N x 3 x 48 x 144 RGB (0 to 1) to N x 16.

    Eight corner coordinates as parts of the frame, a plate logit, a two-row logit, five field-colour logits, one spare.
    """

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            conv(3, 16, 5, 2),
            conv(16, 32, 3, 2),
            Residual(32),
            conv(32, 64, 3, 2),
            Residual(64),
            conv(64, 64, 3, (1, 2)),
            Residual(64),
        )
        self.head = nn.Sequential(nn.Flatten(), nn.Linear(64 * 6 * 9, 96), nn.ReLU(inplace=True), nn.Linear(96, 16))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.body(x - 0.5))


class Detector(nn.Module):
    """N x 3 x H x W RGB (0 to 1), sides multiples of 32, to N x 9 x H/8 x W/8.

    A plate-centre logit, and the corners' offsets from the cell's middle, in cells of 8 px.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(conv(3, 24, 6, 4, 1), Residual(24))
        self.fine = nn.Sequential(conv(24, 48, 3, 2), Residual(48), Residual(48))
        self.coarse = nn.Sequential(conv(48, 80, 3, 2), Residual(80), Residual(80), Residual(80))
        self.down = conv(80, 48, 1)
        self.merge = nn.Sequential(Residual(48), conv(48, 48))
        self.out = nn.Conv2d(48, 9, 1)
        nn.init.constant_(self.out.bias, 0.0)
        with torch.no_grad():
            self.out.bias[0] = -4.0  # plates are rare: start there

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        fine = self.fine(self.stem(x - 0.5))
        coarse = self.down(self.coarse(fine))
        return self.out(self.merge(fine + functional.interpolate(coarse, scale_factor=2.0, mode="nearest")))


def device_of(net: nn.Module) -> torch.device:
    return next(net.parameters()).device


def size(net: nn.Module) -> int:
    return sum(item.numel() for item in net.parameters())
