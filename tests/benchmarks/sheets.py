"""How fast paper is made, against stock ReportLab (untagged), fpdf2 and WeasyPrint in the same run.

    python tests/benchmarks/sheets.py

The same page for all: 56 lines of text, an 11-row table, four lists; the text differs from sheet to sheet.
The survivor's page is compared with the same sentences on a stock page. Ratios are medians of nine rounds,
each against stock ReportLab within its round. fpdf2 and WeasyPrint are left out where they are not installed:
they are no part of Porchlight (`pip install fpdf2 weasyprint` beside it; it needs Pango). Starts and batches
are judged by processor time, because a busy machine makes clocks run fast; the clock stands beside it.
"""

from __future__ import annotations

import gc
import importlib.util
import io
import itertools
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from reports import blocks, compose, engine, recipe, sheet  # noqa: E402
from resources.directory.hours import Hours, Span  # noqa: E402
from resources.directory.provider import Phone, Place, Provider  # noqa: E402
from resources.handoff import Handoff  # noqa: E402
from resources.paths import CONTENT  # noqa: E402

TODAY = date(2026, 11, 25)
ROUNDS, MANY = 9, 1000
LATIN = "You can keep this paper or leave it with us. It has no name and no case number on it, sheet {n}."
ARABIC = "يمكنك الاحتفاظ بهذه الورقة أو تركها عندنا. لا تحمل اسماً ولا رقم قضية، ورقة {n}."
ITEMS = (
    "You have the right to an interpreter.",
    "You may see a doctor, free of charge.",
    "Ask for Anna, {n}.",
)
ARABIC_ITEMS = ("لديك الحق في مترجم.", "لديك الحق في زيارة الطبيب مجاناً.", "اسأل عن آنا، {n}.")
WEEK = Hours(tuple(Span(day, 480, 1020) for day in range(5)))
FIRST = """
import sys, time
start = time.perf_counter()
sys.path.insert(0, sys.argv[1])
from datetime import date
from reports import sheet
from resources.directory.provider import Phone, Provider
from resources.handoff import Handoff
one = Provider("1", "Helper", phones=(Phone("1", "+14065550142"),), cover_name="Helper")
sheet.make(Handoff("wallet_card", sys.argv[2], providers=(one,)), today=date(2026, 11, 25))
print((time.perf_counter() - start) * 1000, time.process_time() * 1000)
"""
FIRST_STOCK = """
import io, sys, time
start = time.perf_counter()
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate
registerFont(TTFont("NS", sys.argv[1] + "/resources/content/fonts/NotoSans-Regular.ttf"))
style = ParagraphStyle("body", fontName="NS")
SimpleDocTemplate(io.BytesIO()).build([Paragraph(text, style) for text in ("Useful numbers", "Helper")])
print((time.perf_counter() - start) * 1000, time.process_time() * 1000)
"""


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


def stock_of(said: Iterable[str]) -> bytes:
    """The same sentences on a page of stock ReportLab."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    body = ParagraphStyle("body", fontName="NS", fontSize=11, leading=15, spaceAfter=4)
    strong = ParagraphStyle("strong", parent=body, fontName="NSB")
    out = io.BytesIO()
    story = [Paragraph(text, strong if "555" in text else body) for text in said]
    SimpleDocTemplate(out, leftMargin=54, rightMargin=54, topMargin=54, bottomMargin=54).build(story)
    return out.getvalue()


def handoff(n: int, language: str, name: str = "full_page") -> Handoff:
    """Four helpers that no sheet before had."""
    helpers = tuple(
        Provider(
            f"{n}-{k}",
            f"Helper {n} of {k}",
            needs=frozenset({"shelter", "legal", "food"}),
            phones=(Phone("1", f"+1406555{n % 10000:04}"),),
            place=Place(f"{n} Main St", "Forsyth", "30087", "MT", "59327"),
            hours=WEEK,
            languages=frozenset({language, "en"}),
            cost="Free",
        )
        for k in range(4)
    )
    return Handoff(name, language, providers=helpers, plain_cover=False)


def survivor(n: int, language: str = "en") -> bytes:
    """From the handoff to finished bytes, warnings and all."""
    return sheet.make(handoff(n, language), today=TODAY).pdf


def stock_survivor(n: int) -> bytes:
    document, _ = sheet.written(handoff(n, "en"), today=TODAY)
    return stock_of(compose.texts(document))


def fpdf2(n: int) -> bytes:
    from fpdf import FPDF

    title, paragraphs, items, rows = texts(n, False)
    pdf = FPDF(format="letter")
    pdf.add_page()
    for style, file in (("", "NotoSans-Regular.ttf"), ("B", "NotoSans-Bold.ttf")):
        pdf.add_font("NS", style=style, fname=CONTENT / "fonts" / file)
    pdf.set_font("NS", size=9)
    for text in [title, *paragraphs, *items * 4]:
        pdf.multi_cell(0, text=text, new_x="LMARGIN", new_y="NEXT")
    with pdf.table() as table:
        for row in (("Service", "Hours", "Phone"), *rows):
            table.row(row)
    return bytes(pdf.output())


def weasyprint(n: int) -> bytes:
    from weasyprint import HTML

    title, paragraphs, items, rows = texts(n, False)
    lists = "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    head = f"<html lang=en><title>{title}</title><h1>{title}</h1>"
    html = head + "".join(f"<p>{p}</p>" for p in paragraphs)
    return bytes(HTML(string=f"{html}{lists * 4}<table>{cells}</table>").write_pdf(pdf_variant="pdf/ua-1"))


NUMBERS = itertools.count(1000)


def timed(make: Callable[[int], bytes], count: int) -> float:
    """Milliseconds a sheet, each with a number that no sheet had before."""
    gc.collect()
    start = time.perf_counter()
    for n in itertools.islice(NUMBERS, count):
        make(n)
    return (time.perf_counter() - start) / count * 1000


def ratios(makers: dict[str, tuple[Callable[[int], bytes], int]], base: str) -> dict[str, float]:
    """Print each maker's time, its ratio to the base within a round, and the size of its file."""
    for make, _ in makers.values():
        make(0)
    rounds = [{name: timed(make, count) for name, (make, count) in makers.items()} for _ in range(ROUNDS)]
    found = {}
    for name, (make, _) in makers.items():
        found[name] = statistics.median(row[name] / row[base] for row in rounds)
        middle = statistics.median(row[name] for row in rounds)
        print(f"  {name:42} {middle:7.1f} ms {found[name]:6.2f}x {len(make(1)) / 1000:6.1f} kB")
    return found


def target(what: str, value: float, most: float, unit: str) -> None:
    print(f"  {what}: {value:.2f} {unit} (target {most:g}): {'met' if value <= most else 'MISSED'}")


def pages() -> None:
    print("The same page, the same fonts:")
    base = "stock ReportLab, untagged, Latin"
    makers: dict[str, tuple[Callable[[int], bytes], int]] = {
        base: (stock, 10),
        "Porchlight, tagged, Latin": (ours, 10),
        "Porchlight, tagged, Arabic": (lambda n: ours(n, arabic=True), 10),
    }
    for name, make in (("fpdf", fpdf2), ("weasyprint", weasyprint)):
        if importlib.util.find_spec(name):
            makers[name] = (make, 1)
        else:
            print(f"  {name} is not installed")
    found = ratios(makers, base)
    target("Latin to stock", found["Porchlight, tagged, Latin"], 1.5, "x")
    target("Arabic to stock Latin", found["Porchlight, tagged, Arabic"], 2, "x")
    for name in ("fpdf", "weasyprint"):
        if name in found:
            target(f"Latin to {name}", found["Porchlight, tagged, Latin"] / found[name], 1 / 5, "x")


def survivors() -> None:
    print("The survivor's full page, from the handoff to the bytes:")
    base = "stock ReportLab, the same sentences"
    found = ratios(
        {
            base: (stock_survivor, 10),
            "Porchlight, English": (survivor, 10),
            "Porchlight, Arabic": (lambda n: survivor(n, "ar"), 10),
        },
        base,
    )
    target("English to stock", found["Porchlight, English"], 1.5, "x")
    target("Arabic to stock", found["Porchlight, Arabic"], 2, "x")


def first() -> None:
    """In new processes, modules compiled already as after any first start; imports included."""
    print("The first sheet after a start:")
    with tempfile.TemporaryDirectory() as kept:
        env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": kept}

        def once(code: str, language: str) -> tuple[float, float]:
            run = [sys.executable, "-c", code, str(ROOT), language]
            clock, used = subprocess.run(run, check=True, capture_output=True, env=env).stdout.split()
            return float(clock), float(used)

        for code, language in ((FIRST_STOCK, "en"), (FIRST, "en"), (FIRST, "ar"), (FIRST, "zh")):
            rounds = [once(code, language) for _ in range(ROUNDS + 1)][1:]
            clock, used = (statistics.median(row[k] for row in rounds) for k in (0, 1))
            if code is FIRST_STOCK:
                print(f"  stock ReportLab, two lines: {used:.0f} ms ({clock:.0f} by the clock)")
            else:
                target(f"wallet card, {language} ({clock:.0f} by the clock)", used, 200, "ms")


def many() -> None:
    print(f"{MANY} different survivor pages in one process:")
    code = "import sys; sys.path.insert(0, sys.argv[1]); import sheets; sheets.many_here()"
    subprocess.run([sys.executable, "-c", code, str(Path(__file__).parent)], check=True)


def many_here() -> None:
    start, used = time.perf_counter(), time.process_time()
    for n in range(MANY):
        survivor(n)
    clock = time.perf_counter() - start
    target(f"time ({clock:.1f} by the clock)", time.process_time() - used, 20, "s")
    target("peak memory", peak(), 150, "MB")


def peak() -> float:
    """Megabytes; the usual count would begin with those of the process that started this one."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text(encoding="ascii"))[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def sizes() -> None:
    print("Size of one-page papers and of the fonts:")
    found = []
    for one in recipe.all():
        for language in one.languages:
            if one.needs_release or one.questions:
                continue
            paper = sheet.make(handoff(1, language, one.name), today=TODAY)
            if paper.pages == 1:
                found.append((len(paper.pdf) / 1000, one.name, language))
    latin = max(row for row in found if row[2] in ("en", "es", "fr", "ht", "pt", "tl", "vi", "sw", "id")
                and row[1] != "language_card")  # fmt: skip
    target(f"largest in Latin letters ({latin[1]}, {latin[2]})", latin[0], 35, "kB")
    target(f"largest in any script {max(found)[1:]}", max(found)[0], 60, "kB")
    weights = {path.name: path.stat().st_size / 1e6 for path in (CONTENT / "fonts").glob("*.ttf")}
    screen = sum(size for name, size in weights.items() if name.startswith("Inter"))
    target("fonts of paper", sum(weights.values()) - screen, 13, "MB")
    print(f"  and the font of the screen: {screen:.2f} MB")


def main() -> None:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in (("NS", "NotoSans-Regular"), ("NSB", "NotoSans-Bold")):
        registerFont(TTFont(name, str(CONTENT / "fonts" / f"{file}.ttf")))
    for part in (pages, survivors, first, many, sizes):
        part()


if __name__ == "__main__":
    main()
