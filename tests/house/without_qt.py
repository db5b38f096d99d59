"""A pytest plug-in that makes Qt impossible to import: knowledge and paper must not need it."""

from __future__ import annotations

import sys

for name in ("PySide6", "PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets", "shiboken6"):
    sys.modules[name] = None
