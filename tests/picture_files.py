"""Real pictures for tests, made by Pillow: small ones, and such as cameras and enemies write."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageDraw, PngImagePlugin

from blognet.kernel.hashing import sha256_hex

PLACE = {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)}
"""GPS tags of EXIF: a place in Berlin."""


def scene(width: int = 60, height: int = 40, *, colour: str = "teal") -> Image.Image:
    """Paint something that differs at each of its corners."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 3, height // 3), fill="red")
    draw.rectangle((width * 2 // 3, height * 2 // 3, width, height), fill=colour)
    return image


def png(width: int = 60, height: int = 40, *, words: str = "") -> bytes:
    """Return a PNG; `words` stand in a comment of it, which no reader gets, and decide one of its colours."""
    colour = f"#{sha256_hex(words.encode())[:6]}"
    about = PngImagePlugin.PngInfo()
    if words:
        about.add_text("Comment", words)
    return saved(scene(width, height, colour=colour), "PNG", pnginfo=about)


def photograph(
    width: int = 60, height: int = 40, *, turned: int = 1, words: str = "zqcamera"
) -> bytes:
    """Return a JPEG as a telephone writes it: with its place, a thumbnail of notes, and lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010E] = words
    exif[0x8825] = PLACE
    return saved(
        scene(width, height),
        "JPEG",
        exif=exif,
        comment=words.encode(),
        xmp=f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{words}</x:xmpmeta>".encode(),
        quality=95,
    )


def moving(form: str, *, frames: int = 6, width: int = 60, height: int = 40) -> bytes:
    """Return an animation in a format, ``GIF``, ``PNG`` or ``WEBP``, that plays for ever."""
    first, *rest = [
        scene(width, height, colour=f"hsl({number * 360 // frames}, 80%, 50%)")
        for number in range(frames)
    ]
    return saved(first, form, save_all=True, append_images=rest, duration=80, loop=0)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    """Return an image as a file."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """Return a small PNG that says it holds billions of pixels."""
    return _png(width, height, zlib.compress(bytes(1000)))


def undecodable() -> bytes:
    """Return a PNG whose every part is whole, and whose pixels mean nothing."""
    return _png(60, 40, b"these are no pixels")


def _png(width: int, height: int, pixels: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def endless_gif(frames: int = 50_000) -> bytes:
    """Return a small GIF of very many frames."""
    head = b"GIF89a" + struct.pack("<HHBBB", 8, 8, 0x80, 0, 0) + bytes(6)
    frame = b"," + struct.pack("<HHHHB", 0, 0, 8, 8, 0) + b"\x02\x02\x4c\x01\x00"
    return head + frame * frames + b";"
