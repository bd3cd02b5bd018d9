"""Pictures are drawn anew from their points alone, so that nothing else in the file comes along."""

import io
import struct
import threading
import zlib
from dataclasses import dataclass
from typing import IO, Any

from PIL import Image

from ...core.words import Refusal, text
from .kinds import DAMAGED, Kind

POINTS = {"JPEG": 50_000_000, "PNG": 25_000_000, "WEBP": 12_000_000}
"""Points in a picture; by its format, so that opening one takes about 200 MB at most."""
LONGEST_SIDE = 3000

TOO_MANY_POINTS = text("Bilden %(name)s har för många bildpunkter. Minska den och försök igen.")
MOVES = text("Bilden %(name)s rör sig. Bara stillbilder går att bifoga.")

WRITING: dict[str, dict[str, Any]] = {
    "PNG": {},
    "JPEG": {"quality": 88, "progressive": True},
    "WEBP": {"quality": 88},
}
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What the decoders raise on a broken picture; Pillow names no common ancestor.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    KeyError,
    IndexError,
    TypeError,
    struct.error,
    zlib.error,
)

_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Picture:
    """A picture drawn anew; `width` and `height` in points."""

    stream: IO[bytes]
    width: int
    height: int


def redrawn(stream: IO[bytes], kind: Kind, name: str) -> Picture:
    """The picture upright, at most LONGEST_SIDE, without position, profile or comment. Raises Refusal."""
    way = kind.name.upper()
    stream.seek(0)
    try:
        with _one_at_a_time, Image.open(stream, formats=[way]) as image:
            if image.width * image.height > POINTS[way]:
                raise Refusal(TOO_MANY_POINTS, field="files", name=name)
            # A camera's JPEG may carry a preview as a second picture; only the first one is drawn.
            if way != "JPEG" and getattr(image, "n_frames", 1) > 1:
                raise Refusal(MOVES, field="files", name=name)
            bare = _bare(image)
            out = io.BytesIO()
            bare.save(out, way, **WRITING[way])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refusal(TOO_MANY_POINTS, field="files", name=name) from None
    except BROKEN:
        raise Refusal(DAMAGED, field="files", name=name) from None
    return Picture(out, bare.width, bare.height)


def _bare(image: Image.Image) -> Image.Image:
    """Nothing but the points of `image`, in colours that every format here can hold."""
    turned = UPRIGHT.get(_orientation(image))
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=1.0)
    if image.mode.startswith("I;16"):
        image = image.point(lambda shade: shade / 256)
    if image.mode not in ("1", "L", "LA", "RGB", "RGBA"):
        image = image.convert("L" if image.mode.startswith("I") else "RGB")
    bare = image.transpose(turned) if turned else image.copy()
    bare.info = {}
    return bare


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except BROKEN:
        return 1  # an unreadable note is thrown away with the rest
