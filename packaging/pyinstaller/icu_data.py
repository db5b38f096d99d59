"""ICU cut down to what this program asks of it: its data, 65 MB in two libraries, become 5 MB.

Qt asks ICU for nothing but its root tables (Qt has its own locale data); paper asks where a line may break.
Left out: names and formats of other locales, converters of old encodings, sorting by language, time zones.
icu4py is linked to two of ICU's libraries of which it uses no symbol; empty ones of their names do for it.
An item that is left out by mistake shows as a sheet that differs: packaging/linux/try.sh compares them.
"""

import re
import struct
import subprocess
from pathlib import Path

import data_dll

KEPT = re.compile(
    r"^(root|res_index|icuver|icustd|supplementalData|likelySubtags|langInfo|metadata|keyTypeData|dayPeriods"
    r"|plurals|numberingSystems|grammaticalFeatures|genderList|timezoneTypes|windowsZones|zoneinfo64)\.res$"
    r"|^(pnames|uemoji|ulayout|cnvalias)\.icu$|\.nrm$|\.spp$"
    r"|^brkitr/(?!cjdict).*$|^coll/(root\.res|res_index\.res|ucadata\.icu)$"
)
# paper asks icu4py for places where a line and a letter may end, and for nothing else
PAPER = re.compile(
    r"^(root|res_index)\.res$"
    r"|^brkitr/(\w+\.res|(char|line|line_cj|line_normal|line_normal_cj)\.brk|(burmese|khmer|lao|thai)dict\.dict)$"
)
ASSEMBLY = """.section .rodata
.balign 16
.globl {symbol}
.type {symbol}, @object
{symbol}:
.incbin "{raw}"
.size {symbol}, . - {symbol}
.section .note.GNU-stack,"",@progbits
"""
LIBRARY = re.compile(r"libicudata[^/]*\.so[^/]*$|icudt\d+[^/\\]*\.dll$")
UNUSED = re.compile(r"icu4py\.libs/libicu(i18n|io)-[^/]*\.so[^/]*$")
USERS = re.compile(r"icu4py/[^/]*\.so$|icu4py\.libs/libicu(uc|data)-[^/]*\.so[^/]*$")


def package(library):
    """Name of the symbol, and the data it points to, of a libicudata."""
    said = subprocess.run(["readelf", "-WsS", library], capture_output=True, text=True, check=True).stdout
    symbol = re.search(r":\s+([0-9a-f]+)\s+(\S+)\s+OBJECT.*\s(icudt\d+_dat)", said)
    section = re.search(r"\.rodata\s+PROGBITS\s+([0-9a-f]+)\s+([0-9a-f]+)", said)
    if not (symbol and section):
        raise ValueError(f"{library}: no ICU data")
    begin = int(symbol[1], 16) - int(section[1], 16) + int(section[2], 16)
    return symbol[3], Path(library).read_bytes()[begin : begin + int(symbol[2], 0)]


def items(data):
    """Header bytes, and name (with its package folder) -> content, of an ICU common data file."""
    head = struct.unpack_from("<H", data)[0]
    if data[2:4] != b"\xda\x27" or data[12:16] != b"CmnD":
        raise ValueError("not an ICU common data file")
    table = memoryview(data)[head:]
    count = struct.unpack_from("<I", table)[0]
    entries = [struct.unpack_from("<II", table, 4 + 8 * n) for n in range(count)]
    ends = [begin for _, begin in entries[1:]] + [len(table)]
    found = {}
    for (name, begin), end in zip(entries, ends, strict=True):
        text = bytes(table[name : name + 200]).split(b"\0")[0].decode("ascii")
        found[text] = bytes(table[begin:end])
    return data[:head], found


def packed(head, kept):
    """The common data file that holds `kept`."""
    names = [name.encode("ascii") + b"\0" for name in kept]
    begin = 4 + 8 * len(names)
    place = begin + sum(map(len, names))
    table, body = struct.pack("<I", len(names)), b"".join(names)
    body += bytes(-place % 16)
    place += -place % 16
    for name, content in zip(names, kept.values(), strict=True):
        table += struct.pack("<II", begin, place)
        begin += len(name)
        content += bytes(-len(content) % 16)
        body += content
        place += len(content)
    return head + table + body


def smaller(data, kept):
    """The common data file with the kept items only."""
    head, found = items(data)
    return packed(head, {name: one for name, one in found.items() if kept.search(name.partition("/")[2])})


def trimmed_dll(library, folder, kept):
    """The same for Windows, where the library is a DLL with nothing but data in it."""
    symbol, data = data_dll.read(Path(library).read_bytes(), b"icudt")
    target = Path(folder) / Path(library).name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data_dll.write(smaller(data, kept), symbol.removesuffix("_dat") + ".dll", symbol))
    return target


def trimmed(library, folder, kept):
    """Write the library again with the kept items only; gives its path. Needs as and ld (binutils)."""
    if library.endswith(".dll"):
        return trimmed_dll(library, folder, kept)
    symbol, data = package(library)
    said = subprocess.run(["readelf", "-d", library], capture_output=True, text=True, check=True).stdout
    soname = re.search(r"\(SONAME\).*\[(.+?)\]", said)[1]
    target = Path(folder) / soname
    target.parent.mkdir(parents=True, exist_ok=True)
    raw, source = target.with_suffix(".dat"), target.with_suffix(".s")
    raw.write_bytes(smaller(data, kept))
    source.write_text(ASSEMBLY.format(symbol=symbol, raw=raw.name), encoding="ascii")
    for command in (
        ["as", "-o", "data.o", source.name],
        ["ld", "-shared", "--build-id=none", "-soname", soname, "-o", target.name, "data.o"],
    ):
        subprocess.run(command, cwd=target.parent, check=True)
    return target


def symbols(library, *kind):
    """Names that a library offers (--defined-only) or wants (--undefined-only)."""
    command = ["nm", "-D", "--format=posix", *kind, library]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {line.split()[0] for line in said.splitlines()}


def empty(library, folder, users):
    """A library of the same name without content. Raises ValueError when a symbol of it is wanted."""
    offered = symbols(library, "--defined-only")
    if wanted := {name for user in users for name in symbols(user, "--undefined-only") & offered}:
        raise ValueError(f"{library}: used after all, {sorted(wanted)[:3]}")
    target = Path(folder) / Path(library).name
    target.parent.mkdir(parents=True, exist_ok=True)
    (target.parent / "empty.s").write_text('.section .note.GNU-stack,"",@progbits\n', encoding="ascii")
    for command in (
        ["as", "-o", "empty.o", "empty.s"],
        ["ld", "-shared", "--build-id=none", "-soname", target.name, "-o", target.name, "empty.o"],
    ):
        subprocess.run(command, cwd=target.parent, check=True)
    return target


def trim(binaries, folder):
    """The list of binaries with each libicudata replaced by its small twin, and what nobody uses emptied."""
    made = {}
    users = [source for target, source, _ in binaries if USERS.search(target)]
    for target, source, kind in binaries:
        place = Path(folder) / str(len(made))
        if kind == "BINARY" and LIBRARY.search(target):
            made[target] = str(trimmed(source, place, PAPER if "icu4py" in target else KEPT))
        elif kind == "BINARY" and UNUSED.search(target):
            made[target] = str(empty(source, place, users))
    return [(target, made.get(target, source), kind) for target, source, kind in binaries]
