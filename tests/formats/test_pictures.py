"""Uploaded pictures: what is kept, what is refused."""

from __future__ import annotations

import io
from contextlib import suppress
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from congress_app.formats.pictures import MOST_BYTES, logo_png, photo_jpeg
from congress_app.kernel.errors import RuleViolation


def file_of(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def refusal(data: bytes) -> str:
    with pytest.raises(RuleViolation) as raised:
        logo_png(data)
    return raised.value.code


def test_a_logo_is_made_small_and_stays_transparent() -> None:
    kept = opened(logo_png(file_of(Image.new("RGBA", (2000, 1000), (255, 0, 0, 0)), "PNG")))
    assert (kept.format, kept.size, kept.mode) == ("PNG", (500, 250), "RGBA")
    assert kept.getchannel("A").getextrema() == (0, 0)


def test_a_portrait_is_cut_and_loses_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh"
    exif[0x8825] = {1: "N", 2: (21.0, 1.0, 42.0)}
    data = file_of(Image.new("RGB", (900, 600), "#336699"), "JPEG", exif=exif)
    kept = opened(photo_jpeg(data))
    assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (300, 400), {})
    assert b"Exif" not in photo_jpeg(data)


def test_a_portrait_lying_on_its_side_is_turned() -> None:
    lying = Image.new("RGB", (400, 300), "white")
    lying.paste("black", (0, 0, 200, 300))  # the left half; upright it is the upper one
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right by a quarter to see it
    kept = opened(photo_jpeg(file_of(lying, "JPEG", exif=exif))).convert("1")
    assert (kept.getpixel((150, 20)), kept.getpixel((150, 380))) == (0, 255)


def test_transparent_portraits_stand_on_white() -> None:
    data = file_of(Image.new("RGBA", (300, 400), (0, 0, 0, 0)), "PNG")
    assert opened(photo_jpeg(data)).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "WEBP"])
def test_other_kinds_are_refused(kind: str) -> None:
    assert refusal(file_of(Image.new("RGB", (9, 9)), kind)) == "not_a_picture"


def test_what_is_no_whole_picture_is_refused() -> None:
    whole = file_of(Image.effect_noise((200, 200), 80), "PNG")
    drawn = b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'
    refused = {refusal(data) for data in (b"", b"GIF89a", drawn, whole[:40], whole[:-3000])}
    assert refused == {"not_a_picture"}


def test_too_much_is_refused_before_it_is_unfolded() -> None:
    assert refusal(b"x" * (MOST_BYTES + 1)) == "picture_too_large"
    # Eight thousand squared: some 60 kB that would unfold to 64 million pixels.
    assert refusal(file_of(Image.new("1", (8000, 8000)), "PNG")) == "not_a_picture"


@settings(max_examples=60, deadline=None)
@given(place=st.integers(8, 400), value=st.integers(0, 255))
def test_a_damaged_file_is_kept_whole_or_refused(place: int, value: int) -> None:
    data = bytearray(file_of(Image.linear_gradient("L").resize((60, 80)), "JPEG"))
    data[place] = value
    with suppress(RuleViolation):
        assert opened(photo_jpeg(bytes(data))).size == (300, 400)


def test_hostile_notes_of_a_camera_are_refused_or_read_over() -> None:
    """Bytes changed within the EXIF block only: everything else of the file is whole."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x8825] = 6, "abc", {1: "N", 2: (1.0, 2.0, 3.0)}
    whole = file_of(Image.new("RGB", (60, 80), "navy"), "JPEG", exif=exif)
    chance, start = Random(7), whole.index(b"Exif")
    taken = 0
    for _ in range(600):
        spoilt = bytearray(whole)
        for _ in range(chance.choice([1, 2, 4, 9])):
            spoilt[chance.randrange(start, start + 150)] = chance.randrange(256)
        with suppress(RuleViolation):
            taken += photo_jpeg(bytes(spoilt)).startswith(b"\xff\xd8")
    assert 0 < taken < 600
