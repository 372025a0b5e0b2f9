"""Telegram: the messages of a Telegram Desktop export (`result.json`), one report a message."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from .errors import ReportError
from .items import Broken, Item
from .tables import field_columns, row_item

__all__ = ["json_file_items"]


def json_file_items(
    file: IO[bytes], where: str, *, columns: Mapping[str, str] | None = None
) -> Iterator[Item | Broken]:
    """Messages of one channel or of a whole account; a plain list of objects is read as rows.

    Service messages and messages without words (a photograph, a poll) are no reports and are passed over.

    Raises:
        ReportError: it is no JSON, or neither of the two.
    """
    try:
        content = json.loads(file.read().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ReportError(f"{where}: not JSON: {error}") from None
    if isinstance(content, list):
        yield from _rows(content, where, columns)
        return
    account = content.get("chats") if isinstance(content, dict) else None
    chats = account.get("list") if isinstance(account, dict) else [content]
    if not isinstance(chats, list) or not any(isinstance(c, dict) and "messages" in c for c in chats):
        raise ReportError(
            f"{where}: no messages in it; "
            "a Telegram Desktop export (machine-readable JSON) or a list of objects would do"
        )
    for chat in chats:
        if isinstance(chat, dict):
            yield from _messages(chat, where)


def _rows(rows: list[Any], where: str, columns: Mapping[str, str] | None) -> Iterator[Item | Broken]:
    for number, row in enumerate(rows, 1):
        place = f"{where}, item {number}"
        if not isinstance(row, dict):
            yield Broken(place, 'not an object; {"text": …, "published": …} would do')
            continue
        try:
            yield row_item(row, field_columns(list(row), place, columns), place)
        except ReportError as error:
            yield Broken(place, str(error).removeprefix(f"{place}: "))


def _messages(chat: Mapping[str, Any], where: str) -> Iterator[Item | Broken]:
    name = chat.get("name")
    for position, message in enumerate(chat.get("messages") or (), 1):
        if not isinstance(message, dict):
            yield Broken(f"{where}, item {position} of {name!r}", "not a message")
            continue
        if message.get("type") != "message":
            continue
        place = f"{where}, message {message.get('id', position)} of {name!r}"
        try:
            text = _text(message.get("text", ""))
        except (TypeError, KeyError):
            yield Broken(place, "its text has an unknown form")
            continue
        if text.strip():
            yield Item(
                place,
                text,
                id=f"{chat.get('id', name)}/{message['id']}" if "id" in message else None,
                published=message.get("date_unixtime") or message.get("date"),
                source=message.get("forwarded_from") or name or message.get("from"),
            )


def _text(text: Any) -> str:
    """Text is a string, or a list of strings and marked pieces ({"type": "bold", "text": …})."""
    if isinstance(text, str):
        return text
    return "".join(piece if isinstance(piece, str) else str(piece["text"]) for piece in text)
