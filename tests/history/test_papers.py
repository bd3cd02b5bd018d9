"""What the season lays into its folders can be opened."""

import io
import re

from PIL import Image

from kloss_intranet.history.demo import papers


def test_a_page_is_a_whole_pdf() -> None:
    page = papers.page("Vägen (upp)", "Från stationen\n\ngår man.")
    start = re.search(rb"startxref\n(\d+)", page)
    assert start
    assert page[int(start[1]) :].startswith(b"xref")
    places = re.findall(rb"(\d{10}) 00000 n", page)
    assert len(places) == 4
    for number, place in enumerate(places, 1):
        assert page[int(place) :].startswith(b"%d 0 obj" % number)
    assert "(Vägen \\(upp\\)) Tj".encode("cp1252") in page


def test_a_plan_is_a_picture() -> None:
    with Image.open(io.BytesIO(papers.plan(6))) as image:
        image.load()
        assert image.format == "PNG"
        assert image.width > image.height
