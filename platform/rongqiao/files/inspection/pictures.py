"""Pictures are drawn anew: what comes out has pixels and nothing else (no place, no owner, no second file).

Decoding needs about four bytes a pixel, twice while a picture is turned upright.
"""

import warnings
from pathlib import Path
from typing import Any

from .verdict import Found, Refused, bomb, broken

MOST_PIXELS = 40_000_000
ORIENTATION = 0x0112
# Grey in 16 bits.
DEEP = ("I", "I;16", "I;16B")


def redraw(source: Path, target: Path, kind: str, media_type: str, end: bytes, **saving: Any) -> Found:
    """Decode all of the picture, turn it as its camera meant it, and write it without anything else.

    `end` is what a whole file has somewhere: the libraries do without it when all pixels are there.
    """
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # the check below is stricter, and names the figures
    warnings.simplefilter("ignore")
    if end not in source.read_bytes():
        raise broken("图片不完整，没有结尾", "the picture is cut off: it has no end")
    try:
        with Image.open(source, formats=[kind]) as image:
            check_size(*image.size)
            # A camera's JPEG may hold a second frame for depth or brightness; the first is the picture.
            if kind != "JPEG" and getattr(image, "n_frames", 1) != 1:
                raise Refused("file_active_content", "这是动图（多帧）", "it is animated (several frames)")
            image.load()
            drawn = plain(upright(image), kind)
    except UnidentifiedImageError as error:
        raise broken("图片打不开", "the picture cannot be opened") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise broken(
            "图片不完整、已损坏或像素太多", "the picture is cut off, damaged, or has too many pixels"
        ) from error
    drawn.info = {}
    drawn.save(target, format=kind, **saving)
    return Found(media_type, width=drawn.width, height=drawn.height)


def check_size(width: int, height: int) -> None:
    """Before anything is decoded: as many pixels as the header claims must fit."""
    if width < 1 or height < 1:
        raise broken("图片没有像素", "the picture has no pixels")
    if width * height > MOST_PIXELS:
        most = MOST_PIXELS // 1_000_000
        raise bomb(
            f"{width}×{height} 像素，上限 {most} 百万", f"{width}×{height} pixels, at most {most} million"
        )


def upright(image: Any) -> Any:
    """The picture turned and mirrored as its orientation says; one that cannot be read is none."""
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE, 6: Transpose.ROTATE_270, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_90,
    }  # fmt: skip
    try:
        turn = turns.get(image.getexif().get(ORIENTATION))
    except MemoryError:
        raise
    except Exception:  # a broken note of the camera says nothing about the picture
        turn = None
    return image if turn is None else image.transpose(turn)


def plain(image: Any, kind: str) -> Any:
    """Grey or colour, with transparency where there is any: no palettes, no inks."""
    see_through = kind != "JPEG" and image.has_transparency_data
    grey = image.mode in ("1", "L", "LA", "La", *DEEP)
    wanted = ("LA" if grey else "RGBA") if see_through else ("L" if grey else "RGB")
    if kind == "WEBP" and grey:
        wanted = "RGBA" if see_through else "RGB"
    if image.mode in DEEP:
        image = image.point(lambda value: value * (1 / 256))  # converting alone would clip, not scale
    return image if image.mode == wanted else image.convert(wanted)
