"""The least that PySide6 can show: what install.py measures Porchlight against. Ends once it is painted."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class Painted(QObject):
    """Says so when the window was painted for the first time, then ends the program."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.done)
        return False

    def done(self) -> None:
        print("usable", flush=True)
        QApplication.quit()


app = QApplication(sys.argv)
window = QWidget()
window.resize(1366, 768)
painted = Painted()
window.installEventFilter(painted)
window.show()
sys.exit(app.exec())
