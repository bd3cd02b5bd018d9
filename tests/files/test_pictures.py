"""A picture is kept upright and bare: no position, profile or comment, and no more points than are needed."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kloss_intranet.core.words import Refusal
from kloss_intranet.files.services import pictures
from kloss_intranet.files.services.kinds import PICTURES
from tests import samples

KINDS = {kind.name: kind for kind in PICTURES}
WAYS = {"PNG": "PNG", "JPEG": "JPEG", "WebP": "WEBP"}


def redrawn(content, name="PNG"):
    picture = pictures.redrawn(io.BytesIO(content), KINDS[name], f"bild.{name.lower()}")
    picture.stream.seek(0)
    return picture, picture.stream.read()


@pytest.mark.parametrize("name", KINDS)
def test_the_position_is_gone_and_the_picture_stands(name):
    before = samples.photo(WAYS[name])
    assert samples.PLACE in before
    with Image.open(io.BytesIO(before)) as image:
        assert image.getexif().get_ifd(0x8825)
    picture, after = redrawn(before, name)
    for trace in (samples.PLACE, b"Exif", b"EXIF", b"eXIf", b"xmp", b"XMP", b"iCC", b"ICC", b"tEXt", b"icc "):
        assert trace not in after
    with Image.open(io.BytesIO(after)) as image:
        assert image.format == WAYS[name]
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment", "Comment"} & image.info.keys()
        # It lay on its left side: what was up to the left is now up to the right.
        assert image.size == (30, 40) == (picture.width, picture.height)
        red, green, _blue = image.convert("RGB").getpixel((25, 4))
        assert (red > 200, green < 80) == (True, True)
        assert image.convert("RGB").getpixel((4, 4))[1] > 200


def test_every_way_of_lying_is_set_upright():
    for orientation in range(1, 9):
        _picture, after = redrawn(samples.photo("PNG", orientation), "PNG")
        with Image.open(io.BytesIO(after)) as image:
            assert image.size == ((30, 40) if orientation > 4 else (40, 30))


@pytest.mark.parametrize(
    ("way", "mode", "kept"),
    [
        ("PNG", "1", "1"),
        ("PNG", "L", "L"),
        ("PNG", "LA", "LA"),
        ("PNG", "P", "RGB"),
        ("PNG", "RGBA", "RGBA"),
        ("PNG", "I;16", "L"),
        ("JPEG", "L", "L"),
        ("JPEG", "CMYK", "RGB"),
        ("WebP", "RGBA", "RGBA"),
    ],
)
def test_colours_of_every_sort_are_kept_or_made_plain(way, mode, kept):
    _picture, after = redrawn(samples.picture(WAYS[way], mode=mode), way)
    with Image.open(io.BytesIO(after)) as image:
        assert (image.mode, image.size) == (kept, (40, 30))


def test_a_deep_grey_keeps_its_shade():
    out = io.BytesIO()
    Image.new("I;16", (8, 8), 0x8000).save(out, "PNG")
    with Image.open(io.BytesIO(redrawn(out.getvalue())[1])) as image:
        assert abs(image.getpixel((3, 3)) - 0x80) <= 1


def test_a_see_through_palette_stays_see_through():
    out = io.BytesIO()
    image = Image.new("P", (8, 8), 1)
    image.putpalette([255, 0, 0, 0, 255, 0])
    image.save(out, "PNG", transparency=1)
    with Image.open(io.BytesIO(redrawn(out.getvalue())[1])) as image:
        assert (image.mode, image.getpixel((0, 0))[3]) == ("RGBA", 0)


def test_what_stands_behind_the_picture_is_gone():
    for name, way in WAYS.items():
        _picture, after = redrawn(samples.picture(way) + samples.HTML + samples.archive({"a": "b"}), name)
        assert b"script" not in after
        assert b"PK\x05\x06" not in after


def test_a_large_picture_is_made_smaller(monkeypatch):
    monkeypatch.setattr(pictures, "LONGEST_SIDE", 100)
    for name, way in WAYS.items():
        picture, _after = redrawn(samples.picture(way, (400, 200)), name)
        assert (picture.width, picture.height) == (100, 50)
    assert redrawn(samples.picture("PNG", (60, 40)))[0].width == 60


def test_a_bomb_is_refused_before_it_is_opened(monkeypatch):
    for side in (5_001, 9_000, 12_000, 30_000):
        content = samples.bomb(side)
        assert len(content) < 100
        with pytest.raises(Refusal, match="bildpunkter"):
            redrawn(content)
    monkeypatch.setitem(pictures.POINTS, "WEBP", 1_000)
    with pytest.raises(Refusal, match="bildpunkter"):
        redrawn(samples.picture("WEBP"), "WebP")


def test_a_picture_that_moves_is_refused():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    for name in ("PNG", "WebP"):
        out = io.BytesIO()
        frames[0].save(out, WAYS[name], save_all=True, append_images=frames[1:])
        with pytest.raises(Refusal, match="rör sig"):
            redrawn(out.getvalue(), name)
    out = io.BytesIO()
    frames[0].save(out, "MPO", save_all=True, append_images=frames[1:])
    picture, after = redrawn(out.getvalue(), "JPEG")
    assert (picture.width, b"MPF" in after) == (8, False)


# Pillow warns of a note that it cannot read, and goes on.
@pytest.mark.filterwarnings("ignore:.*:UserWarning:PIL")
@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(list(KINDS)),
    at=st.floats(0.05, 1),
    noise=st.binary(max_size=30),
    cut=st.integers(0, 99),
)
def test_a_broken_picture_is_redrawn_or_refused(name, at, noise, cut):
    whole = samples.photo(WAYS[name])
    place = int(at * len(whole))
    try:
        _picture, after = redrawn(whole[:place] + noise + whole[place + cut :], name)
    except Refusal:
        return
    with Image.open(io.BytesIO(after)) as image:
        image.load()
