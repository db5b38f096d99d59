"""One Qt style sheet made from the tokens of a display mode."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Template

_BASE = Template("""
* { font-size:${p16}px; color:$ink; }
QDialog, QWidget#page, QScrollArea, QScrollArea > QWidget > QWidget { background:$bg; border:0; }
QWidget#plain, QWidget#inner { background:transparent; border:0; }
QScrollArea#inner > QWidget > QWidget { background:$surface; }
QFrame#card, QWidget#cardpage { background:$surface; border:1px solid $line; border-radius:10px; }
QFrame#rail { background:$rail; }
QFrame#bar { background:$surface; border-bottom:1px solid $line; }
QFrame#foot { background:$surface; border-top:1px solid $line; }
QFrame#foot QLabel { font-size:${p14}px; color:$mute; }
QFrame#toast { background:$rail; border:1px solid $edge; border-radius:12px; }
QFrame#toast QLabel { color:$rail_on; }
QFrame#rule { background:$line; border:0; max-height:1px; min-height:1px; }
QWidget#cover { background:$bg; }
QToolTip { background:$surface; color:$ink; border:1px solid $edge; padding:6px; font-size:${p14}px; }
""")
_TEXT = Template("""
QLabel#h1 { font-size:${p28}px; font-weight:700; }
QLabel#h2 { font-size:${p19}px; font-weight:650; }
QLabel#title { font-size:${p24}px; font-weight:700; }
QLabel#job { font-size:${p22}px; font-weight:700; }
QLabel#strong { font-weight:650; }
QLabel#clock { font-size:${p56}px; font-weight:700; }
QLabel#phone { font-size:${p34}px; font-weight:700; color:$accent; }
QLabel#digits { font-size:${p24}px; font-weight:650; }
QLabel#phone2 { font-size:${p19}px; font-weight:650; color:$accent; }
QLabel#small { font-size:${p14}px; color:$mute; }
QLabel#mute { color:$mute; }
QLabel#ok { color:$ok; }
QLabel#problem { color:$danger; font-size:${p15}px; font-weight:600; }
QLabel#warn { background:$warn_bg; color:$warn; border-radius:8px; padding:10px 12px; font-size:${p15}px; }
QLabel#warn:disabled { color:$warn; }
QLabel#key { border:1px solid $edge; border-radius:6px; padding:2px 8px; font-size:${p14}px; color:$mute; }
QFrame#foot QLabel#train, QLabel#train { background:$warn_bg; color:$warn; border-radius:6px;
  padding:3px 10px; max-height:${p_badge}px; font-size:${p14}px; font-weight:650; }
""")
_FIELDS = Template("""
QLineEdit { placeholder-text-color:$mute; }
QLineEdit, QPlainTextEdit, QTextEdit { background:$surface; border:2px solid $edge; border-radius:8px;
  padding:0 12px; min-height:46px; selection-background-color:$accent; selection-color:$on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border:3px solid $ink; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border:3px solid $danger; }
QLineEdit#search { font-size:${p18}px; padding-left:46px; min-height:48px; }
QPlainTextEdit, QTextEdit { padding:6px 8px; }
QListView, QListWidget, QTextBrowser, QTableView { background:transparent; border:0; }
QTextBrowser { min-height:0; padding:0; }
QTextBrowser:focus { border:3px solid $ink; border-radius:8px; }
QListView:focus { border:0; outline:0; }
QListWidget { background:$surface; border:2px solid $line; border-radius:8px; padding:4px; outline:0; }
QListWidget:focus { border:3px solid $ink; padding:3px; }
QListWidget::item { padding:0 12px; border-radius:6px; color:$ink; }
QListWidget::item:selected { background:$tint; color:$ink; }
QTableView { background:$surface; gridline-color:$line; border:1px solid $line; border-radius:8px; }
QTableView:focus { border:3px solid $ink; }
QTableView::item:selected { background:$tint; color:$ink; }
QHeaderView::section { background:$bg; color:$mute; border:0; border-bottom:1px solid $line; padding:8px; }
QComboBox { background:$surface; border:2px solid $edge; border-radius:8px; padding:0 12px; min-height:46px; }
QComboBox:focus { border:3px solid $ink; padding:0 11px; min-height:44px; }
QComboBox::drop-down { border:0; width:36px; } QComboBox::down-arrow { image:none; }
QComboBox QAbstractItemView { background:$surface; color:$ink; selection-background-color:$accent;
  selection-color:$on_accent; border:1px solid $edge; outline:0; }
QComboBox QAbstractItemView::item { min-height:44px; }
QProgressBar { background:$bg; border:2px solid $edge; border-radius:8px; min-height:18px; max-height:18px; }
QProgressBar::chunk { background:$accent; border-radius:5px; }
QMenu { background:$surface; border:1px solid $edge; } QMenu::item { padding:12px 20px; }
QMenu::item:selected { background:$tint; }
""")
_BUTTONS = Template("""
QPushButton { background:$surface; border:2px solid $edge; border-radius:8px; padding:0 16px;
  min-height:46px; font-weight:600; outline:0; }
QPushButton:hover { background:$tint; }
QPushButton:focus { border:3px solid $ink; padding:0 15px; min-height:44px; }
QPushButton:disabled { color:$edge; border-color:$line; }
QPushButton[square="true"] { padding:0; min-width:46px; max-width:46px; }
QPushButton[square="true"]:focus { padding:0; min-width:44px; max-width:44px; }
QPushButton[kind="primary"] { background:$accent; color:$on_accent; border-color:$accent; }
QPushButton[kind="primary"]:hover { border-color:$ink; }
QPushButton[kind="primary"]:disabled { background:$line; border-color:$line; color:$mute; }
QPushButton[kind="danger"] { color:$danger; border-color:$danger; }
QPushButton[kind="ghost"] { border-color:transparent; background:transparent; }
QPushButton[kind="ghost"]:hover { background:$tint; }
QPushButton[kind="chip"] { border-radius:24px; }
QPushButton[kind="seg"] { padding:0 10px; } QPushButton[kind="seg"]:focus { padding:0 9px; }
QPushButton[kind="chip"]:checked, QPushButton[kind="seg"]:checked { background:$accent; color:$on_accent;
  border-color:$accent; }
QPushButton[kind="job"] { min-height:146px; border:2px solid $line; border-radius:12px; padding:0; }
QPushButton[kind="job"]:hover { border-color:$accent; background:$surface; }
QPushButton[kind="job"]:focus { min-height:144px; padding:0; }
QPushButton[kind="row"] { text-align:left; border:0; border-radius:8px; padding:0 10px; min-height:48px;
  font-weight:500; background:transparent; }
QPushButton[kind="row"]:checked { background:$tint; font-weight:650; }
QPushButton[kind="row"]:hover { background:$tint; }
QPushButton[kind="row"]:focus { padding:0 7px; min-height:42px; }
QPushButton[kind="primary"]:focus, QPushButton[kind="danger"]:focus, QPushButton[kind="ghost"]:focus,
QPushButton[kind="chip"]:focus, QPushButton[kind="seg"]:focus, QPushButton[kind="job"]:focus,
QPushButton[kind="row"]:focus { border:3px solid $ink; }
""")
_RAIL_AND_BARS = Template("""
QFrame#rail QPushButton { background:transparent; border:3px solid transparent; border-radius:10px;
  padding:0; min-height:58px; }
QFrame#rail QPushButton:checked, QFrame#rail QPushButton:hover { background:$rail_tint; }
QFrame#rail QPushButton:focus { border-color:$rail_on; min-height:58px; padding:0; }
QFrame#rail QLabel { color:$on_rail; font-size:${p_rail}px; }
QScrollBar:vertical { background:transparent; width:16px; }
QScrollBar::handle:vertical { background:$edge; border-radius:5px; min-height:48px; margin:2px 3px; }
QScrollBar:horizontal { background:transparent; height:16px; }
QScrollBar::handle:horizontal { background:$edge; border-radius:5px; min-width:48px; margin:3px 2px; }
QScrollBar::add-line, QScrollBar::sub-line { height:0; width:0; }
QScrollBar::add-page, QScrollBar::sub-page { background:transparent; }
""")
_SIZES = (14, 15, 16, 18, 19, 22, 24, 28, 34, 56)


def sheet(colors: Mapping[str, str], px: Callable[[int], int]) -> str:
    """The style sheet for `colors`; `px` grows a text size by the chosen percentage."""
    sizes = {f"p{size}": px(size) for size in _SIZES}
    values = {**colors, **sizes, "p_rail": min(px(14), 16), "p_badge": px(14) + 8}
    return "".join(part.substitute(values) for part in (_BASE, _TEXT, _FIELDS, _BUTTONS, _RAIL_AND_BARS))
