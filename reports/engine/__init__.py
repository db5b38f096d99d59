"""A small library on ReportLab for paper in any script: shaped, tagged, the same bytes every time."""

from reports.engine.render import preload, render

__all__ = ["preload", "render"]
