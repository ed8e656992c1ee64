"""A camera for the browser: pictures of badges, as a phone would hold them in view.

Chromium plays a file of JPEG pictures at 30 a second, whatever the file says; one after
the other is all the format asks for.
"""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

from PIL import Image, ImageFilter

WIDTH, HEIGHT = 1280, 720
STILLS = 20
WALL = (70, 64, 60)


def pictures_of(pdf: bytes, folder: Path) -> list[Image.Image]:
    """The pages of a PDF as pictures, by Debian's pdftoppm."""
    source = folder / "badges.pdf"
    source.write_bytes(pdf)
    program = ["pdftoppm", "-r", "110", "-png", str(source), str(folder / "page")]
    subprocess.run(program, check=True, timeout=60)
    return [Image.open(path).convert("RGB") for path in sorted(folder.glob("page*.png"))]


def camera_file(pages: list[Image.Image], path: Path) -> Path:
    """A short film: each page held into view, a little turned and unsharp, then the next."""
    film = io.BytesIO()
    for page in pages:
        for still in range(STILLS):
            held = page.resize((page.width * 680 // page.height, 680)).rotate(
                4 - still * 0.4,
                expand=True,
                fillcolor=(70, 64, 60),
                resample=Image.Resampling.BICUBIC,
            )
            scene = Image.new("RGB", (WIDTH, HEIGHT), (70, 64, 60))
            scene.paste(held, ((WIDTH - held.width) // 2 + still * 3, (HEIGHT - held.height) // 2))
            scene.filter(ImageFilter.GaussianBlur(0.8)).save(film, "JPEG", quality=80)
    path.write_bytes(film.getvalue())
    return path


def camera_arguments(path: Path) -> list[str]:
    """How Chromium is told to use the film as its camera."""
    return [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={path}",
    ]
