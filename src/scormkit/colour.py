"""The accent in light and dark: the author's hue, as light as it must be to be read (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from typing import NamedTuple

LIGHT_PAPER = "#fcfaf5"
DARK_PAPER = "#1a1917"
LEAST = 4.5
"""What text needs (WCAG 2.2, 1.4.3)."""
ENOUGH = 4.6
"""Contrast to reach: 4.5:1 and a little for rounding."""


class Accent(NamedTuple):
    """The accent on light and on dark paper, each readable as text there."""

    light: str
    dark: str


def accent_of(colour: str, dark: str | None = None) -> Accent:
    """Both forms of ``#rrggbb``; unchanged where it is readable. ``dark``: a form of its own for dark paper."""
    return Accent(readable_on_light(colour), readable_on_dark(dark or colour))


def readable_on_light(colour: str) -> str:
    """The nearest colour of the same hue that can be read on light paper; the same one where it can be."""
    return colour if contrast(colour, LIGHT_PAPER) >= LEAST else _readable(colour, LIGHT_PAPER, darker=True)


def readable_on_dark(colour: str) -> str:
    """The same for dark paper."""
    return colour if contrast(colour, DARK_PAPER) >= LEAST else _readable(colour, DARK_PAPER, darker=False)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _readable(colour: str, paper: str, *, darker: bool) -> str:
    lightness, a, b = _to_oklab(colour)
    for step in range(101):
        tried = lightness + (-step if darker else step) / 100
        if not 0 <= tried <= 1:
            break
        # Away from the middle a colour has less room: less chroma keeps its hue.
        fade = 1 - step / 200
        candidate = colour if step == 0 else _from_oklab(tried, a * fade, b * fade)
        if contrast(candidate, paper) >= ENOUGH:
            return candidate
    return "#000000" if darker else "#ffffff"


def _channels(colour: str) -> list[float]:
    values = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_oklab(colour: str) -> tuple[float, float, float]:
    """Oklab (B. Ottosson, 2020), from linear sRGB."""
    r, g, b = _channels(colour)
    l_ = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    m_ = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    s_ = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * l_ + 0.7936177850 * m_ - 0.0040720468 * s_,
        1.9779984951 * l_ - 2.4285922050 * m_ + 0.4505937099 * s_,
        0.0259040371 * l_ + 0.7827717662 * m_ - 0.8086757660 * s_,
    )


def _from_oklab(lightness: float, a: float, b: float) -> str:
    l_ = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m_ = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s_ = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * l_ - 3.3077115913 * m_ + 0.2309699292 * s_,
        -1.2684380046 * l_ + 2.6097574011 * m_ - 0.3413193965 * s_,
        -0.0041960863 * l_ - 0.7034186147 * m_ + 1.7076147010 * s_,
    )
    values = (12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in (max(0, v) for v in linear))
    return "#" + "".join(f"{round(min(1, value) * 255):02x}" for value in values)
