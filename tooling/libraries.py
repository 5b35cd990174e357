"""Other people's shared libraries that lie inside the bundled wheels, by file name, each with its licence.

What is listed is what the makers of each library say. FFmpeg's is what the library itself answers: it was built to be
LGPL. A package with a library that is not in the table is not made (`tooling.sbom`).
"""

import re

__all__ = ["LIBRARIES", "library_stem"]

_GNU = "LGPL-3.0-or-later OR GPL-2.0-or-later"
_FFMPEG = "LGPL-3.0-or-later"

LIBRARIES: dict[str, str] = {
    **dict.fromkeys(("avcodec", "avdevice", "avfilter", "avformat", "avutil"), _FFMPEG),
    **dict.fromkeys(("swresample", "swscale"), _FFMPEG),
    "SvtAv1Enc": "BSD-3-Clause-Clear",
    "dav1d": "BSD-2-Clause",
    "mp3lame": "LGPL-2.0-or-later",
    "opencore-amrnb": "Apache-2.0",
    "opencore-amrwb": "Apache-2.0",
    "opus": "BSD-3-Clause",
    "vpx": "BSD-3-Clause",
    "vpl": "MIT",
    "x264": "GPL-2.0-or-later",
    "x265": "GPL-2.0-or-later",
    **dict.fromkeys(("webp", "webpdemux", "webpmux", "sharpyuv"), "BSD-3-Clause"),
    "gmp": _GNU,
    "nettle": _GNU,
    "hogweed": _GNU,
    "unistring": _GNU,
    "gnutls": "LGPL-2.1-or-later",
    "iconv": "LGPL-2.1-or-later",
    "asound": "LGPL-2.1-or-later",
    "drm": "MIT",
    **dict.fromkeys(("Xau", "xcb", "xcb-shape", "xcb-shm", "xcb-xfixes"), "X11"),
    "gcc_s_seh": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "stdc++": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "winpthread": "MIT AND BSD-3-Clause",
    "zlib": "Zlib",
    "zlib1": "Zlib",
    "z": "Zlib",
    "avif": "BSD-2-Clause",
    "brotlicommon": "MIT",
    "brotlidec": "MIT",
    "freetype": "FTL OR GPL-2.0-or-later",
    "harfbuzz": "MIT-Modern-Variant",
    "jpeg": "IJG AND BSD-3-Clause AND Zlib",
    "lcms2": "MIT",
    "lzma": "0BSD",
    "openjp2": "BSD-2-Clause",
    "png16": "libpng-2.0",
    "tiff": "libtiff",
    "zstd": "BSD-3-Clause OR GPL-2.0-only",
}

_FILE = re.compile(
    r"[^/]+\.(?:libs|dylibs)/(?P<name>[^/]+)|[^/]+/\.dylibs/(?P<mac>[^/]+)",
)


def library_stem(name: str) -> str | None:
    """The library's plain name (``avcodec``) of a path inside a wheel, or None when no such library lies there.

    Wheels of Linux keep them in ``av.libs/``, those of macOS in ``av/.dylibs/``; versions and hashes are dropped.
    """
    found = _FILE.fullmatch(name)
    file = (found["name"] or found["mac"]) if found else ""
    if not re.search(r"\.(so|dll|dylib)\b", file):
        return None
    stem = re.split(r"\.(?:so|dll|dylib)\b", file)[0].removeprefix("lib")
    stem = re.sub(r"-[0-9a-f]{8,}$", "", stem)
    # 4.1.0 and 62 are versions, 16 in png16 and 264 in x264 are not
    return re.split(r"-\d+$|\.\d", stem)[0]
