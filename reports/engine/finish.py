"""Encryption: AES-256 for papers that name a person. Everything else is written right at once."""

from __future__ import annotations

import io


def encrypted(data: bytes, password: str) -> bytes:
    """The same PDF, opened only with the password; screen readers may still read it aloud."""
    import pikepdf  # most sheets need no password, so most runs need not load it

    allowed = pikepdf.Permissions(
        accessibility=True,
        extract=True,
        print_lowres=True,
        print_highres=True,
        modify_annotation=False,
        modify_assembly=False,
        modify_form=False,
        modify_other=False,
    )
    lock = pikepdf.Encryption(user=password, owner=password, R=6, aes=True, metadata=True, allow=allowed)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(
            out,
            encryption=lock,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            fix_metadata_version=False,  # ours name none; looking needs lxml, which does not ship
        )
    return out.getvalue()
