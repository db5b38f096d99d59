"""How fast paper is made: the engine against stock ReportLab (untagged) and others that happen to be here.

    python tests/benchmarks/sheets.py [--many 1000]

Same page for all: 56 lines of text, an 11-row table, four lists; the text differs from sheet to sheet.
Prints the median of five rounds as a ratio to stock ReportLab within the round.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import io
import itertools
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from reports import blocks, engine  # noqa: E402
from resources.paths import CONTENT  # noqa: E402

LATIN = "You can keep this paper or leave it with us. It has no name and no case number on it, sheet {n}."
ARABIC = "يمكنك الاحتفاظ بهذه الورقة أو تركها عندنا. لا تحمل اسماً ولا رقم قضية، ورقة {n}."
ITEMS = (
    "You have the right to an interpreter.",
    "You may see a doctor, free of charge.",
    "Ask for Anna, {n}.",
)
ARABIC_ITEMS = ("لديك الحق في مترجم.", "لديك الحق في زيارة الطبيب مجاناً.", "اسأل عن آنا، {n}.")


def texts(n: int, arabic: bool) -> tuple[str, list[str], list[str], list[tuple[str, str, str]]]:
    """Title, paragraphs, list items and table rows of sheet n."""
    line, items = (ARABIC, ARABIC_ITEMS) if arabic else (LATIN, ITEMS)
    rows = [(f"{items[0][:18]} {k}", "9:00-17:00", f"(406) 555-01{k:02}") for k in range(10)]
    return items[0], [line.format(n=n + k) * 2 for k in range(9)], [i.format(n=n) for i in items], rows


def ours(n: int, arabic: bool = False) -> bytes:
    title, paragraphs, items, rows = texts(n, arabic)
    body: list[blocks.Block] = [blocks.Heading(title)]
    for k, paragraph in enumerate(paragraphs):
        body.append(blocks.Para(paragraph))
        if k < 4:
            body.append(blocks.Bullets(tuple(items), ordered=k % 2 == 0))
    body.append(blocks.Table(("Service", "Hours", "Phone"), tuple(rows)))
    return engine.render(blocks.Document(title, "ar" if arabic else "en", tuple(body), size=9))


def stock(n: int) -> bytes:
    """The same page by ReportLab's own Paragraph, ListFlowable and Table, with the same fonts."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import ListFlowable, Paragraph, SimpleDocTemplate, Table

    body = ParagraphStyle("body", fontName="NS", fontSize=9, leading=12.4, spaceAfter=5)
    big = ParagraphStyle("big", parent=body, fontName="NSB", fontSize=18, leading=22)
    title, paragraphs, items, rows = texts(n, False)
    story: list[object] = [Paragraph(title, big)]
    for k, paragraph in enumerate(paragraphs):
        story.append(Paragraph(paragraph, body))
        if k < 4:
            kind = "1" if k % 2 == 0 else "bullet"
            story.append(ListFlowable([Paragraph(item, body) for item in items], bulletType=kind))
    cells = [[Paragraph(cell, body) for cell in row] for row in (("Service", "Hours", "Phone"), *rows)]
    story.append(Table(cells, style=[("LINEBELOW", (0, 0), (-1, -1), 0.5, "#000000")], repeatRows=1))
    out = io.BytesIO()
    SimpleDocTemplate(out, leftMargin=54, rightMargin=54, topMargin=54, bottomMargin=54).build(story)
    return out.getvalue()


def fpdf2(n: int) -> bytes:
    from fpdf import FPDF

    title, paragraphs, items, rows = texts(n, False)
    pdf = FPDF(format="letter")
    pdf.add_page()
    pdf.add_font("NS", fname=CONTENT / "fonts" / "NotoSans-Regular.ttf")
    pdf.set_font("NS", size=9)
    for text in [title, *paragraphs, *items * 4]:
        pdf.multi_cell(0, text=text, new_x="LMARGIN", new_y="NEXT")
    with pdf.table() as table:
        for row in rows:
            table.row(row)
    return bytes(pdf.output())


def weasyprint(n: int) -> bytes:
    from weasyprint import HTML

    title, paragraphs, items, rows = texts(n, False)
    lists = "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    html = f"<h1>{title}</h1>" + "".join(f"<p>{p}</p>" for p in paragraphs) + lists * 4
    return bytes(HTML(string=f"{html}<table>{cells}</table>").write_pdf(pdf_variant="pdf/ua-1"))


NUMBERS = itertools.count(1000)


def timed(make: Callable[[int], bytes], count: int) -> float:
    """Milliseconds a sheet, each with a number that no sheet had before."""
    gc.collect()
    start = time.perf_counter()
    for n in itertools.islice(NUMBERS, count):
        make(n)
    return (time.perf_counter() - start) / count * 1000


def ratios() -> None:
    makers: dict[str, tuple[Callable[[int], bytes], int]] = {
        "stock reportlab, untagged, Latin": (stock, 20),
        "engine, tagged, Latin": (ours, 20),
        "engine, tagged, Arabic": (lambda n: ours(n, arabic=True), 20),
    }
    for name, make in (("fpdf", fpdf2), ("weasyprint", weasyprint)):
        if importlib.util.find_spec(name):
            makers[name] = (make, 3)
    for make, _ in makers.values():
        make(0)
    rounds = [{name: timed(make, count) for name, (make, count) in makers.items()} for _ in range(5)]
    base = "stock reportlab, untagged, Latin"
    for name, (make, _) in makers.items():
        share = statistics.median(row[name] / row[base] for row in rounds)
        middle = statistics.median(row[name] for row in rounds)
        print(f"{name:36} {middle:7.1f} ms  {share:5.2f}x  {len(make(1)) / 1000:6.1f} kB")


def first_sheet() -> None:
    code = (
        "import sys, time; start = time.perf_counter(); sys.path.insert(0, sys.argv[1]);"
        "sys.path.insert(0, sys.argv[1] + '/tests/benchmarks'); import sheets; sheets.ours(0);"
        "print(f'first sheet, with imports: {(time.perf_counter() - start) * 1000:.0f} ms')"
    )
    subprocess.run([sys.executable, "-c", code, str(ROOT)], check=True)


def many(count: int) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    for n in range(count):
        ours(n)
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{count} sheets: {took:.1f} s, peak {peak / 1024:.0f} MB (was {before / 1024:.0f} MB)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=0)
    given = parser.parse_args()
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in (("NS", "NotoSans-Regular"), ("NSB", "NotoSans-Bold")):
        registerFont(TTFont(name, str(CONTENT / "fonts" / f"{file}.ttf")))
    first_sheet()
    ratios()
    if given.many:
        many(given.many)


if __name__ == "__main__":
    main()
