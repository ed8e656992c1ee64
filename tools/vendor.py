"""Copy the fonts and browser libraries the product ships from the npm registry.

`python tools/vendor.py` runs `npm ci` from `package-lock.json` in a temporary directory,
copies the files listed in `COPIES` and writes `static/vendor/vendor.json`: package, exact
version, licence and the SHA-256 of each file. The copied files are committed, so neither
users nor tests need npm; a test compares the hashes. Run it again only to change a version:
edit `package.json`, `npm install --package-lock-only`, run this.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "static/vendor/vendor.json"
#: What lies in these folders comes from this script alone; a test refuses strangers.
FOLDERS = ("static/vendor", "static/fonts", "congress_app/formats/fonts", "tests/vendor")

SANS_WEB = "@fontsource/be-vietnam-pro"
SANS_TTF = "@expo-google-fonts/be-vietnam-pro"
SERIF_TTF = "@expo-google-fonts/tinos"
TTF_FOLDER = "congress_app/formats/fonts"


@dataclass(frozen=True, slots=True)
class Copy:
    """One file: `source` inside the installed `package` becomes `target`, a path from the root."""

    package: str
    source: str
    target: str


def web_fonts() -> list[Copy]:
    """Be Vietnam Pro in four weights; `latin-ext` for the ĭ, ŏ, č of Highland names."""
    names = [
        f"be-vietnam-pro-{script}-{weight}-normal.woff2"
        for script in ("latin", "latin-ext", "vietnamese")
        for weight in (400, 500, 600, 700)
    ]
    files = [Copy(SANS_WEB, f"files/{name}", f"static/fonts/{name}") for name in names]
    return [*files, Copy(SANS_WEB, "LICENSE", "static/fonts/OFL-BeVietnamPro.txt")]


def paper_fonts() -> list[Copy]:
    """The TrueType faces PDF files embed; web subsets are cut by script, useless for that."""
    sans = {
        "400Regular": "Regular",
        "500Medium": "Medium",
        "600SemiBold": "SemiBold",
        "700Bold": "Bold",
    }
    serif = {
        "400Regular": "Regular",
        "700Bold": "Bold",
        "400Regular_Italic": "Italic",
        "700Bold_Italic": "BoldItalic",
    }
    return [
        *(
            Copy(SANS_TTF, f"{k}/BeVietnamPro_{k}.ttf", f"{TTF_FOLDER}/BeVietnamPro-{v}.ttf")
            for k, v in sans.items()
        ),
        *(
            Copy(SERIF_TTF, f"{k}/Tinos_{k}.ttf", f"{TTF_FOLDER}/Tinos-{v}.ttf")
            for k, v in serif.items()
        ),
        Copy(SANS_TTF, "LICENSE_FONT", f"{TTF_FOLDER}/OFL-BeVietnamPro.txt"),
        Copy(SERIF_TTF, "LICENSE_FONT", f"{TTF_FOLDER}/OFL-Tinos.txt"),
    ]


ZXING_FOLDER = "static/vendor/zxing-wasm-3.1.4"
COPIES = [
    *web_fonts(),
    *paper_fonts(),
    Copy("zxing-wasm", "dist/iife/reader/index.js", f"{ZXING_FOLDER}/zxing_reader.js"),
    Copy("zxing-wasm", "dist/reader/zxing_reader.wasm", f"{ZXING_FOLDER}/zxing_reader.wasm"),
    Copy("zxing-wasm", "LICENSE", f"{ZXING_FOLDER}/LICENSE.txt"),
    Copy("axe-core", "axe.min.js", "tests/vendor/axe.min.js"),
    Copy("axe-core", "LICENSE", "tests/vendor/LICENSE-axe-core.txt"),
    Copy("axe-core", "LICENSE-3RD-PARTY.txt", "tests/vendor/LICENSE-axe-core-3rd-party.txt"),
]
#: The package names this licence in its README but does not carry the text it must bring.
ZXING_CPP_LICENCE = (
    "tools/licences/zxing-cpp-Apache-2.0.txt",
    f"{ZXING_FOLDER}/LICENSE-zxing-cpp.txt",
)


def install(folder: Path) -> Path:
    """Install what the lock says into `folder`; give its `node_modules`. Exit when npm fails."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, folder / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        subprocess.run(command, cwd=folder, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"npm could not install the locked packages: {error}")
    return folder / "node_modules"


def digest(target: str) -> dict[str, str | int]:
    """Path, size in bytes and SHA-256 of one committed file."""
    content = (ROOT / target).read_bytes()
    return {"path": target, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def describe(package: str, modules: Path) -> dict[str, object]:
    """The manifest entry of one package: where it comes from and what was taken."""
    about = json.loads((modules / package / "package.json").read_text("utf-8"))
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"][
        f"node_modules/{package}"
    ]
    targets = [copy.target for copy in COPIES if copy.package == package]
    if package == "zxing-wasm":
        targets.append(ZXING_CPP_LICENCE[1])
    return {
        "name": package,
        "version": about["version"],
        "licence": about["license"],
        "integrity": lock["integrity"],
        "files": [digest(target) for target in targets],
    }


def main() -> None:
    """Empty the vendored folders, fill them from the registry, write the manifest."""
    with tempfile.TemporaryDirectory() as name:
        modules = install(Path(name))
        for folder in FOLDERS:
            shutil.rmtree(ROOT / folder, ignore_errors=True)
        for copy in COPIES:
            (ROOT / copy.target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(modules / copy.package / copy.source, ROOT / copy.target)
        shutil.copyfile(ROOT / ZXING_CPP_LICENCE[0], ROOT / ZXING_CPP_LICENCE[1])
        packages = [
            describe(package, modules) for package in sorted({copy.package for copy in COPIES})
        ]
    MANIFEST.write_text(
        json.dumps({"packages": packages}, indent=2, ensure_ascii=False) + "\n", "utf-8"
    )
    print(f"{len(COPIES) + 1} files from {len(packages)} packages")


if __name__ == "__main__":
    main()
