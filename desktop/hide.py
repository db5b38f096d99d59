"""Hide: one key covers every window with a clock, from any dialog, until it is pressed again (R26)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget
from shiboken6 import isValid

from desktop.widgets.basics import column, label
from resources.words import Words


class Cover(QWidget):
    """A clock over one window; a tap brings the window back."""

    def __init__(self, over: QWidget, hider: Hider) -> None:
        super().__init__(over)
        self._hider = hider
        self.setObjectName("cover")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inner = column(self, 40, 8)
        inner.addStretch()
        self.clock, note = label("", "clock"), label(hider.words.say("desk.hidden"), "mute", wrap=True)
        for part in (self.clock, note):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inner.addWidget(part)
        inner.addStretch()
        self.setAccessibleName(hider.words.say("desk.hidden"))
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.tick()
        self.setGeometry(over.rect())
        self.show()
        self.raise_()

    def tick(self) -> None:
        self.clock.setText(datetime.now().strftime("%H:%M"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hider.come_back()


class Hider(QObject):
    """Listens to the whole application, because a shortcut does not reach past a modal dialog.

    From the first picture on (window.py): before, there is nothing to cover, and hearing of the thousands of
    events of a window in the making makes it come later.
    """

    def __init__(self, app: QApplication, words: Words) -> None:
        super().__init__(app)
        self._app, self.words = app, words
        self._covers: list[Cover] = []
        self._focus: QWidget | None = None

    def listen(self) -> None:
        """From now on the key works."""
        self._app.installEventFilter(self)

    @property
    def hidden(self) -> bool:
        return bool(self._covers)

    def toggle(self) -> None:
        if self.hidden:
            self.come_back()
        else:
            self.hide()

    def hide(self) -> None:
        """Cover all windows at once."""
        self._focus = self._app.focusWidget()
        QToolTip.hideText()
        while isinstance(menu := self._app.activePopupWidget(), QWidget):
            menu.close()
        for window in self._app.topLevelWidgets():
            if window.isVisible() and not isinstance(window, QMenu):
                self._cover(window)
        if self._covers:
            (self._app.activeModalWidget() or self._covers[0].window()).activateWindow()
            self._covers[-1].setFocus()

    def come_back(self) -> None:
        """Show everything as it was, with the cursor where it was."""
        covers, self._covers = self._standing(), []
        for cover in covers:
            cover.hide()
            cover.deleteLater()
        if self._focus is not None and isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus()
        self._focus = None

    def _standing(self) -> list[Cover]:
        """A dialog that closed itself while it was covered (its work was done) took its cover with it."""
        return [cover for cover in self._covers if isValid(cover)]

    def _cover(self, window: QWidget) -> None:
        self._covers.append(Cover(window, self))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_F12:
                if isinstance(watched, QWidget) and not event.isAutoRepeat():
                    self.toggle()
                    return True
                return False
            return self.hidden and isinstance(watched, QWidget)
        if not self.hidden:
            return False
        if kind in (QEvent.Type.Shortcut, QEvent.Type.ShortcutOverride, QEvent.Type.InputMethod):
            return not self._is_hide_key(event)
        if isinstance(watched, QWidget) and watched.isWindow():
            self._keep_covered(watched, kind)
        return False

    @staticmethod
    def _is_hide_key(event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F12

    def _keep_covered(self, window: QWidget, kind: QEvent.Type) -> None:
        mine = [cover for cover in self._standing() if cover.parent() is window]
        if kind == QEvent.Type.Resize:
            for cover in mine:
                cover.setGeometry(window.rect())
        elif kind == QEvent.Type.Show and not mine:
            self._cover(window)
