"""What Windows shows about a program file: name, version, who made it. Fleet tools read it too."""

import tomllib


def windows(root, name):
    """The version resource; PyInstaller's own classes exist on Windows only."""
    from PyInstaller.utils.win32 import versioninfo as info

    version = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    parts = tuple(int(part) for part in version.split("."))
    four = (*parts, 0, 0, 0, 0)[:4]
    texts = {
        "CompanyName": "Porchlight contributors",
        "FileDescription": "Porchlight",
        "FileVersion": version,
        "InternalName": name,
        "LegalCopyright": "MIT licence; third parties: see the licences in this folder",
        "ProductName": "Porchlight",
        "ProductVersion": version,
    }
    table = info.StringTable("040904B0", [info.StringStruct(key, text) for key, text in texts.items()])
    return info.VSVersionInfo(
        ffi=info.FixedFileInfo(filevers=four, prodvers=four, mask=0x3F, OS=0x40004, fileType=1, date=(0, 0)),
        kids=[info.StringFileInfo([table]), info.VarFileInfo([info.VarStruct("Translation", [1033, 1200])])],
    )
