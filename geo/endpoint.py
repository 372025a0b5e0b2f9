"""An LLM endpoint: any server that speaks the OpenAI chat protocol, on this machine or elsewhere.

Off unless the caller makes one: what it is asked leaves this process, and with a remote address the machine.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import EndpointError
from .extras import optional

__all__ = ["Endpoint", "ask"]

MAX_BYTES = 2_000_000
PASSING = (408, 425, 429, 500, 502, 503, 504)  # may be better on the next try


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask: the base address (".../v1"), the model's name there and, where one is needed, a key."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout_s: float = 60.0
    tries: int = 3
    pause_s: float = 1.0


def ask(endpoint: Endpoint, *, system: str, user: str, schema: Mapping[str, Any]) -> Any:
    """One question whose answer must be JSON of a schema; a server that is busy or breaks off is asked again.

    Raises:
        EndpointError: no usable answer after all tries; the message says what came instead.
    """
    body = {
        "model": endpoint.model,
        "temperature": 0,
        "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "claims", "strict": True, "schema": schema},
        },
    }
    fault = "never asked"
    for number in range(max(1, endpoint.tries)):
        if number:
            time.sleep(endpoint.pause_s * 2 ** (number - 1))
        try:
            return _content(_post(endpoint, body))
        except EndpointError as error:
            fault = str(error)
            if not error.passing:
                break
    raise EndpointError(f"{endpoint.url}: {fault}")


def _post(endpoint: Endpoint, body: Mapping[str, Any]) -> bytes:
    httpx = optional("httpx", extra="llm", what="an LLM endpoint")
    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    address = f"{endpoint.url.rstrip('/')}/chat/completions"
    end = time.monotonic() + endpoint.timeout_s
    content = b""
    try:
        with httpx.stream("POST", address, json=body, headers=headers, timeout=endpoint.timeout_s) as answer:
            for piece in answer.iter_bytes():
                content += piece
                if len(content) > MAX_BYTES:
                    raise EndpointError(f"the answer is larger than {MAX_BYTES} bytes")
                if time.monotonic() > end:  # the client's limit is for each piece; a slow trickle would never end
                    raise EndpointError(f"no whole answer within {endpoint.timeout_s} s", passing=True)
    except httpx.TimeoutException:
        raise EndpointError(f"no answer within {endpoint.timeout_s} s", passing=True) from None
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise EndpointError(f"cannot be asked: {error or type(error).__name__}", passing=True) from None
    if answer.status_code != 200:
        said = " ".join(content[:200].decode("utf-8", "replace").split())
        raise EndpointError(f"answers {answer.status_code}: {said}", passing=answer.status_code in PASSING)
    return content


def _content(answer: bytes) -> Any:
    try:
        message = json.loads(answer)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise EndpointError("the answer is not one of the chat protocol", passing=True) from None
    try:
        return json.loads(message)
    except (ValueError, TypeError, RecursionError) as error:
        raise EndpointError(f"the answer holds no whole JSON: {error}", passing=True) from None
