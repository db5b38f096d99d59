"""What the child process of test_confined.py is asked to do."""

from __future__ import annotations

import os
import time


def double(data: bytes, about: str) -> bytes:
    return data * 2 + about.encode()


def eat(data: bytes, about: str) -> bytes:
    """Take a gigabyte, a piece at a time; say how far it went."""
    eaten = []
    try:
        for _ in range(64):
            eaten.append(bytes(16 * 2**20))
    except MemoryError:
        return f"refused after {len(eaten) * 16} MiB".encode()
    return b"all eaten"


def sleep(data: bytes, about: str) -> bytes:
    time.sleep(60)
    return b"slept"


def die(data: bytes, about: str) -> bytes:
    os._exit(9)
