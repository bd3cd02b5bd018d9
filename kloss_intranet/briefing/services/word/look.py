"""The styles of a Word file: its own headings, a serif for what is read, no colours that carry meaning."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from ...models import Manner
from .xml import element

INK, MUTED, ACCENT = RGBColor(0x17, 0x20, 0x2C), RGBColor(0x54, 0x5D, 0x69), RGBColor(0x0B, 0x3A, 0x78)
SERIF = "Georgia"
WIDTH, MARGIN = Cm(21), Cm(3)
LINE = WIDTH - 2 * MARGIN
SIZES = {
    "Normal": 10.5,
    "Quote": 10.5,
    "List Bullet": 10.5,
    "List Number": 10.5,
    "Title": 26,
    "Subtitle": 12,
    "Heading 1": 17,
    "Heading 2": 14,
    "Heading 3": 11,
    "Heading 4": 11,
}
SPACES = {"Heading 1": (26, 8), "Heading 2": (20, 6), "Heading 3": (14, 4), "Heading 4": (12, 4)}
LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}


def dress(file: Any, language: str) -> None:
    """Give `file` its styles, its page and its language."""
    for name, size in SIZES.items():
        _changed(file.styles[name], size)
    for name, (before, after) in SPACES.items():
        kind = file.styles[name].paragraph_format
        kind.space_before, kind.space_after, kind.keep_with_next = Pt(before), Pt(after), True
    file.styles["Heading 4"].font.italic = True
    for name in ("Quote", "Subtitle"):
        file.styles[name].font.italic = False
    file.styles["Subtitle"].font.color.rgb = MUTED
    file.styles["Quote"].paragraph_format.left_indent = Cm(0.8)
    plain = file.styles["Normal"].paragraph_format
    plain.line_spacing, plain.space_after = 1.2, Pt(7)
    _own(file)
    _speak(file, LANGUAGES[language])
    page = file.sections[0]
    page.page_width, page.page_height = WIDTH, Cm(29.7)
    page.left_margin = page.right_margin = MARGIN
    page.top_margin = page.bottom_margin = Cm(2.7)


def _changed(style: Any, size: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = SERIF, Pt(size), INK
    style.font.bold = style.name == "Heading 3"
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in fonts.attrib if "Theme" in name]:
        del fonts.attrib[name]
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), SERIF)
    for kept in style.element.findall(f".//{qn('w:pBdr')}") + style.element.findall(f".//{qn('w:spacing')}"):
        kept.getparent().remove(kept)


def _own(file: Any) -> None:
    """The styles that a new file lacks; each is known by its name without spaces."""
    _added(file, "Lead", 12).font.italic = True
    _added(file, "Quiet", 9.5).font.color.rgb = MUTED
    label = _added(file, "Label", 9.5)
    label.font.bold, label.paragraph_format.keep_with_next = True, True
    signature = _added(file, "Signature", 9.5)
    signature.font.color.rgb, signature.paragraph_format.left_indent = MUTED, Cm(0.8)
    signature.paragraph_format.space_after = Pt(14)
    fact = _added(file, "Fact", 10.5).paragraph_format
    fact.left_indent, fact.first_line_indent = Cm(3.5), Cm(-3.5)
    fact.tab_stops.add_tab_stop(Cm(3.5))
    for level in (1, 2):
        entry = _added(file, f"Contents {level}", 10.5).paragraph_format
        entry.left_indent, entry.space_after = Cm(0.6 * (level - 1)), Pt(1)
    for manner in Manner:
        cell = _added(file, f"Cell {manner}", 10 if manner is Manner.PLAIN else 9)
        cell.paragraph_format.space_after = Pt(1)
        cell.font.color.rgb = INK if manner is Manner.PLAIN else MUTED
    _added(file, "Footnote Text", 9).paragraph_format.space_after = Pt(2)
    file.styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER).font.superscript = True
    hyperlink = file.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER).font
    hyperlink.color.rgb, hyperlink.underline = ACCENT, True


def _added(file: Any, name: str, size: float) -> Any:
    style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = file.styles["Normal"]
    style.font.size = Pt(size)
    return style


def _speak(file: Any, tag: str) -> None:
    """Words are in this language unless something says otherwise, and are parted by its rules."""
    look = file.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for kept in look.findall(qn("w:lang")):
        look.remove(kept)
    look.append(element("w:lang", val=tag, eastAsia=tag, bidi="ar-SA"))
    settings = file.settings.element
    settings.find(qn("w:defaultTabStop")).addnext(element("w:autoHyphenation"))
