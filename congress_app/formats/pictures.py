"""Uploaded pictures: read, made small, written anew.

Writing anew drops whatever the file carried beside the picture (place and time of a
photograph, programs hidden in comments) and makes sure that what is kept can be printed.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib

from PIL import Image, ImageOps, UnidentifiedImageError

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence

MOST_BYTES = 5 * 1024 * 1024
_MOST_PIXELS = 40_000_000
_FORMATS = ("PNG", "JPEG")
_LOGO_SIDE = 500
_PHOTO = (300, 400)  # 27 × 36 mm at some 280 dots an inch


def logo_png(data: bytes) -> bytes:
    """The picture as a PNG file of at most 500 pixels a side; transparency stays.

    Raises RuleViolation `picture_too_large`, `not_a_picture`.
    """
    picture = _opened(data)
    picture.thumbnail((_LOGO_SIDE, _LOGO_SIDE), Image.Resampling.LANCZOS)
    return _written(picture, "PNG", optimize=True)


def photo_jpeg(data: bytes) -> bytes:
    """The portrait as a JPEG file of 300 × 400 pixels, cut to 3 : 4 above the middle.

    Raises RuleViolation `picture_too_large`, `not_a_picture`.
    """
    opened = _opened(data)
    # Where a portrait is transparent it is printed on white paper.
    picture = Image.new("RGB", opened.size, "white")
    picture.paste(opened, mask=opened.getchannel("A"))
    # Faces stand above the middle of a portrait.
    cut = ImageOps.fit(picture, _PHOTO, Image.Resampling.LANCZOS, centering=(0.5, 0.35))
    return _written(cut, "JPEG", quality=82, optimize=True)


# What Pillow is known to raise on hostile bytes, the notes a camera added among them.
_DAMAGE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    Warning,
    struct.error,
    zlib.error,
)


def _opened(data: bytes) -> Image.Image:
    """The picture turned upright, in colours with transparency."""
    if len(data) > MOST_BYTES:
        raise RuleViolation(
            "picture_too_large",
            Sentence(N_("Tệp ảnh lớn hơn {most} MB. Hãy thu nhỏ rồi tải lại."), most=5),
        )
    try:
        # Pillow only warns of a small file that unfolds to a huge picture.
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(data), formats=_FORMATS)
            if picture.width * picture.height > _MOST_PIXELS:
                raise Image.DecompressionBombError
            return ImageOps.exif_transpose(picture).convert("RGBA")
    except _DAMAGE as error:
        raise RuleViolation(
            "not_a_picture",
            Sentence(N_("Không đọc được ảnh này. Hãy tải lên tệp PNG hoặc JPEG còn nguyên vẹn.")),
        ) from error


def _written(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
