"""Takes PySide's hook out of `import`: it looks at the source of every module for a feature we do not use.

The hook (for `from __feature__ import ...`) costs a start a tenth of its time, more in a built program, whose
modules have no source to look at. Imported before anything else of ours that comes after Qt.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401  (what sets the hook)

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
