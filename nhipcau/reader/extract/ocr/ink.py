"""Coloured ink: the red of stamps and the blue of signatures, taken off the black print below them."""

from __future__ import annotations

import numpy as np

from nhipcau.reader.extract.ocr.picture import Colour, Grey

_VIVID = 60  # how far red or blue stands above the weakest channel before a point counts as coloured ink
_SOME = 0.0005  # share of coloured points from which taking them off is worth the colour rendering


def has_coloured_ink(coarse: Colour) -> bool:
    """Whether a page bears stamps or signatures in red or blue (and is not coloured all over)."""
    vivid = _strength(coarse) > _VIVID
    return _SOME < float(vivid.mean()) < 0.3


def without_coloured_ink(picture: Colour) -> Grey:
    """The page in grey as seen through a filter of the ink's own colour: red on white disappears in the red
    channel, blue in the blue one, and black print below either stays black in all three."""
    brightest = np.maximum(picture[..., 0], picture[..., 2])
    lifted: Grey = np.minimum(brightest.astype(np.uint16) + _strength(picture), 255).astype(np.uint8)
    return lifted


def coloured_ink(picture: Colour) -> Grey:
    """The stamps and signatures alone, dark on white."""
    strength = _strength(picture)
    vivid = np.where(strength > _VIVID, np.minimum(strength.astype(np.uint16) * 2, 255), 0)
    alone: Grey = (255 - vivid).astype(np.uint8)
    return alone


def in_grey(picture: Colour) -> Grey:
    """The page with everything on it, as a copier sees it (ITU-R BT.601 weights)."""
    blue, green, red = (picture[..., n].astype(np.uint16) for n in range(3))
    grey: Grey = ((29 * blue + 150 * green + 77 * red) >> 8).astype(np.uint8)
    return grey


def _strength(picture: Colour) -> Grey:
    """How much red or blue stands above the weakest channel, 0 where green is the strongest."""
    strongest = np.maximum(picture[..., 0], picture[..., 2])
    weakest = picture.min(axis=2)
    strength: Grey = np.where(picture[..., 1] > strongest, 0, strongest - weakest).astype(np.uint8)
    return strength
