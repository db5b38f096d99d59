"""What the file says about itself: title, language and standards; no author, tool, date or path."""

from __future__ import annotations

from html import escape  # the one in xml.sax would load network modules

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
AIIM = "http://www.aiim.org"
TITLE = (
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>'
    '<rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title><dc:language><rdf:Bag>'
    "<rdf:li>{language}</rdf:li></rdf:Bag></dc:language></rdf:Description>"
)
UA = (
    f'<rdf:Description rdf:about="" xmlns:pdfuaid="{AIIM}/pdfua/ns/id/">'
    "<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
)
ARCHIVE = (
    f'<rdf:Description rdf:about="" xmlns:pdfaid="{AIIM}/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part>'
    "<pdfaid:conformance>A</pdfaid:conformance></rdf:Description>"
    f'<rdf:Description rdf:about="" xmlns:pdfaExtension="{AIIM}/pdfa/ns/extension/" '
    f'xmlns:pdfaSchema="{AIIM}/pdfa/ns/schema#" xmlns:pdfaProperty="{AIIM}/pdfa/ns/property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    f"<pdfaSchema:namespaceURI>{AIIM}/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


def xmp(title: str, language: str, *, archive: bool = False) -> bytes:
    """The metadata packet."""
    inside = TITLE.format(title=escape(title), language=escape(language)) + UA + (ARCHIVE if archive else "")
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="{RDF}">{inside}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def color_profile() -> bytes:
    """An sRGB profile with a fixed date, so that the same sheet gives the same bytes."""
    from PIL import ImageCms

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = b"\x07\xd0\0\1\0\1\0\0\0\0\0\0"
    return bytes(profile)
