"""The list of parts as CycloneDX 1.6, the same bytes for the same build.

BUILD-PYTHON packaging/tools/sbom.py BUILD OUT.json      after PyInstaller; BUILD holds its work folder
"""

import json
import uuid
from datetime import datetime

import inventory

SPDX = {"public domain", "see its text"}


def document(parts: list[inventory.Part], version: str, moment: datetime) -> dict:
    """The whole document; references are names, so that two builds of one commit give the same."""
    root = {
        "type": "application", "bom-ref": "porchlight", "name": "porchlight", "version": version,
        "licenses": [{"license": {"id": "MIT"}}],
    }  # fmt: skip
    listed = [component(part) for part in parts]
    inside: dict[str, list[str]] = {}
    for part in parts:
        inside.setdefault(
            f"part:{part.inside}" if part.inside and part.inside != "fonts" else "porchlight", []
        ).append(reference(part))
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([version, listed], sort_keys=True))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"timestamp": f"{moment:%Y-%m-%dT%H:%M:%SZ}", "component": root},
        "components": listed,
        "dependencies": [{"ref": ref, "dependsOn": sorted(inner)} for ref, inner in sorted(inside.items())],
    }


def reference(part: inventory.Part) -> str:
    return f"part:{part.name}"


def component(part: inventory.Part) -> dict:
    """One part; an expression where the licence is SPDX's, else its name in words."""
    found: dict = {"type": part.kind, "bom-ref": reference(part), "name": part.name}
    if part.version:
        found["version"] = part.version
    if part.sha256:
        found["hashes"] = [{"alg": "SHA-256", "content": part.sha256}]
    spdx = part.licence and part.licence not in SPDX and not part.purl.startswith("pkg:deb")
    found["licenses"] = [
        {"expression": part.licence} if spdx else {"license": {"name": part.licence or "unknown"}}
    ]
    if part.purl:
        found["purl"] = part.purl
    return found
