"""The stored state as the browser writes it: the same word as ``runtime/codec.ts`` makes, and back."""

from __future__ import annotations

import base64
import binascii
import json
import zlib

from pydantic import JsonValue

VERSION = "1"
HEADER_LENGTH = 9
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LARGEST = 1_000_000


def as_json(state: JsonValue) -> bytes:
    """What is packed: JSON without spaces, UTF-8, as ``JSON.stringify`` writes it."""
    return json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode()


def encode(state: JsonValue) -> str:
    """A state as one ASCII word. The browser's deflate may differ by a few bytes, never by much."""
    mark, payload = _packed(state)
    return VERSION + mark + _checksum(payload) + base64.urlsafe_b64encode(payload).decode().rstrip("=")


def length(state: JsonValue) -> int:
    """The length of that word."""
    return HEADER_LENGTH + -(-len(_packed(state)[1]) * 4 // 3)


def _packed(state: JsonValue) -> tuple[str, bytes]:
    plain = as_json(state)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(plain) + packer.flush()
    return ("z", packed) if len(packed) < len(plain) else ("p", plain)


def longest(state: JsonValue) -> int:
    """An upper bound of the word's length for a state of that JSON size, whatever its texts are."""
    return HEADER_LENGTH + -(-len(as_json(state)) * 4 // 3)


def decode(word: str) -> JsonValue:
    """The state in a word. Raises ``ValueError`` where it is cut, altered or of a later version."""
    if word[:1] != VERSION or word[1:2] not in {"z", "p"}:
        raise ValueError("this is no stored state of scormkit, or of a later version")
    try:
        payload = base64.b64decode(word[HEADER_LENGTH:] + "=" * (-len(word[HEADER_LENGTH:]) % 4), b"-_", validate=True)
    except binascii.Error:
        raise ValueError("the stored state is cut or altered") from None
    if _checksum(payload) != word[2:HEADER_LENGTH]:
        raise ValueError("the stored state is cut or altered: its checksum does not fit")
    try:
        if word[1] == "z":
            unpacker = zlib.decompressobj(-15)
            payload = unpacker.decompress(payload, _LARGEST)
        state: JsonValue = json.loads(payload)
    except (zlib.error, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(f"the stored state cannot be read: {error}") from None
    return state


def _checksum(payload: bytes) -> str:
    """FNV-1a, 32 bits, in base 36."""
    number = 0x811C9DC5
    for byte in payload:
        number = ((number ^ byte) * 0x01000193) & 0xFFFFFFFF
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits.rjust(7, "0")
