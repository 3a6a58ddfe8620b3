"""Reads a Type 1 font as distilling embeds it: subroutines that no glyph needs are left out."""

from __future__ import annotations

from typing import Any

from fontTools.misc import eexec, psLib
from fontTools.misc.psCharStrings import T1CharString

_STANDARD = b"/Helvetica 4 dict dup /Encoding StandardEncoding put definefont pop"
_KEY = 4330  # Adobe Type 1 Font Format, chapter 7
_NOTHING = b"\0\0\0\0\x0b"  # what a subroutine begins with, and its return


class _Interpreter(psLib.PSInterpreter):  # type: ignore[misc]  # fontTools has no types
    """One whose arrays are full from the start: the library cannot read those with gaps."""

    def ps_array(self) -> None:
        count = self.pop("integertype").value
        empty = psLib.ps_string(eexec.encrypt(_NOTHING, _KEY)[0].decode("latin-1"))
        self.push(psLib.ps_array([empty] * count))


def type1_glyphs(data: bytes) -> tuple[dict[str, T1CharString], list[str]]:
    """The glyphs of a font by name, and the name of each of its 256 codes."""
    interpreter = _Interpreter(encoding="latin-1")
    interpreter.interpret(_STANDARD)
    interpreter.interpret(data)
    fonts = interpreter.dictstack[0]["FontDirectory"].value
    name = next(each for each in reversed(fonts) if each != "Helvetica")
    font: dict[str, Any] = psLib.unpack_item(fonts[name])
    interpreter.close()
    private = font["Private"]
    skipped = private.get("lenIV", 4)
    subroutines: list[Any] = private.get("Subrs", [])
    for number, each in enumerate(subroutines):
        subroutines[number] = _charstring(each, skipped, subroutines)
    glyphs = {
        name: _charstring(each, skipped, subroutines) for name, each in font["CharStrings"].items()
    }
    return glyphs, font["Encoding"]


def _charstring(stored: bytes | str, skipped: int, subroutines: list[Any]) -> T1CharString:
    content = stored.encode("latin-1") if isinstance(stored, str) else stored
    return T1CharString(eexec.decrypt(content, _KEY)[0][skipped:], subrs=subroutines)
