"""Compiles the translation catalogues, when a package is built and when make asks for it."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).parent


def compile_catalogues(folder: Path = HERE) -> list[Path]:
    """Write a .mo beside every .po under `folder` and return what was written.

    Raises ValueError for a catalogue that cannot be read or holds a fuzzy message.
    """
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parent.parent.name, abort_invalid=True)
        if fuzzy := [message.id for message in catalogue if message.id and message.fuzzy]:
            raise ValueError(f"{source} holds messages marked fuzzy: {fuzzy}")
        target = source.with_suffix(".mo")
        with target.open("wb") as binary:
            write_mo(binary, catalogue)
        written.append(target)
    return written


class CatalogueHook(BuildHookInterface[Any]):
    """What hatchling calls before it builds a wheel, an sdist or an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; a real wheel also gets templates/ and static/, which live beside the package here.

        An editable install must not get copies of them: it would freeze them as they were that day.
        """
        compile_catalogues(Path(self.root) / "kloss_intranet" / "translations")
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"].update(
                {name: f"kloss_intranet/{name}" for name in ("templates", "static")}
            )


if __name__ == "__main__":
    compile_catalogues()
