"""The one error type that a person is meant to read."""

from __future__ import annotations


class ToolkitError(Exception):
    """Something a person can act on; `key` names a sentence in content/words, `data` fills it.

    The sentence says what happened and what to do. Anything else that is raised is a bug.
    """

    def __init__(self, key: str, **data: object) -> None:
        super().__init__(key)
        self.key = key
        self.data = data
