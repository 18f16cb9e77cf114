"""Files of every kind that can be read, made here: each tells of the same strike."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import docx
import pyarrow as pa
import pyarrow.parquet as pq
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

FIRST = "Two shells hit the Saltivka district of Kharkiv on Monday morning, killing a woman of 61 in her kitchen."
SECOND = (
    "The governor of the region said that five other residents were wounded and that a school had burnt down. "
    "He blamed Russian artillery positions north of the border, which Moscow did not comment on."
)
TITLE = "Shells kill a woman in Kharkiv"
URL = "https://news.example.org/2022/kharkiv"

PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | Dnipro Herald</title>
<meta property="og:site_name" content="Dnipro Herald"><meta property="og:title" content="{TITLE}">
<meta property="article:published_time" content="2022-06-07T08:15:00+03:00"></head>
<body><nav><a href="/">Home</a><a href="/war">War</a></nav><script>alert("not text")</script>
<article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></article>
<footer>Copyright 1999 Dnipro Herald. Cookies. Subscribe to our newsletter.</footer></body></html>"""

FEED = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Dnipro Herald</title>
<link>https://news.example.org/</link><description>News</description>
<item><title>{TITLE}</title><link>{URL}</link><pubDate>Tue, 07 Jun 2022 05:15:00 GMT</pubDate>
<description>&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Dnipro Herald</title><entry><title>{TITLE}</title>
<link href="{URL}"/><updated>2022-06-07T05:15:00Z</updated><content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;
{SECOND}&lt;/p&gt;</content></entry></feed>"""

MAIL = f"""From: "Dnipro Herald" <desk@example.org>
To: list@example.org
Subject: {TITLE}
Date: Tue, 7 Jun 2022 08:15:00 +0300
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html><body><p>{FIRST}</p><p>{SECOND}</p></body></html>
"""

MARKDOWN = f"""---
title: "{TITLE}"
date: 2022-06-07
publisher: Dnipro Herald
---
# {TITLE}

Two shells hit the **Saltivka district** of [Kharkiv](https://example.org/k) on Monday morning, killing a woman of 61 in
_her_ kitchen.

> {SECOND}
"""

TELEGRAM = {
    "name": "Dnipro Herald",
    "type": "public_channel",
    "messages": [
        {"id": 1, "type": "service", "action": "create_channel", "text": ""},
        {"id": 2, "type": "message", "date": "2022-06-07T08:15:00", "photo": "a.jpg", "text": ""},
        {
            "id": 3,
            "type": "message",
            "date": "2022-06-07T08:15:00",
            "text": [{"type": "bold", "text": FIRST}, "\n", SECOND],
        },
    ],
}


def word() -> bytes:
    """A Word file of two paragraphs and a table."""
    made, out = docx.Document(), io.BytesIO()
    made.core_properties.title = TITLE
    made.add_paragraph(FIRST)
    made.add_paragraph(SECOND)
    cells = made.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "Killed", "1"
    made.save(out)
    return out.getvalue()


def pdf(text: str = f"{FIRST} {SECOND}", *, width: int = 70) -> bytes:
    """A PDF of one page in lines of a column's width."""
    lines, line = [], ""
    for one in text.split():
        if len(line) + len(one) > width:
            lines.append(line)
            line = ""
        line = f"{line} {one}".strip()
    shown = " T* ".join(f"({part}) Tj" for part in [*lines, line] if part)
    content = f"BT /F1 11 Tf 14 TL 40 760 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        b"/Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        f"<< /Title ({TITLE}) /CreationDate (D:20240101000000Z) >>".encode(),
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + head + b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % (7, len(out))


def parquet(columns: dict[str, list[object]]) -> bytes:
    """A Parquet file of the columns."""
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def warc(pages: list[tuple[str, str, str, bytes]], *, packed: bool = True) -> bytes:
    """A web archive of (address, status, media type, body)."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for url, status, kind, body in pages:
        head = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head))
    return out.getvalue()


def zipped(members: dict[str, bytes | str]) -> bytes:
    """A zip archive of the members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return out.getvalue()


ROW = {"text": f"{FIRST}\n{SECOND}", "title": TITLE, "published": "2022-06-07", "publisher": "Dnipro Herald"}
# Name -> bytes; the name that a file of the kind has.
FILES: dict[str, bytes] = {
    "a.txt": f"{FIRST}\n{SECOND}".encode(),
    "a.md": MARKDOWN.encode(),
    "a.html": PAGE.encode(),
    "a.pdf": pdf(),
    "a.docx": word(),
    "a.eml": MAIL.encode(),
    "a.jsonl": json.dumps(ROW).encode(),
    "a.json": json.dumps(TELEGRAM).encode(),
    "a.parquet": parquet({name: [value] for name, value in ROW.items()}),
    "a.rss": FEED.encode(),
    "a.atom": ATOM.encode(),
    "a.warc": warc([(URL, "200 OK", "text/html; charset=utf-8", PAGE.encode())], packed=False),
    "a.warc.gz": warc([(URL, "200 OK", "text/html; charset=utf-8", PAGE.encode())]),
    "a.jsonl.gz": gzip.compress(json.dumps(ROW).encode()),
    "a.zip": zipped({"in/a.html": PAGE}),
}
