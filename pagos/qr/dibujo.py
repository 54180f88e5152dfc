"""Drawings of codes."""

import segno
from markupsafe import Markup


def dibujar(texto: str, titulo: str) -> Markup:
    """A QR as inline SVG, black on white in every theme, scaled by the style sheet."""
    return Markup(  # noqa: S704 (segno escapes the title; the rest it draws itself)
        segno.make(texto, error="m", micro=False).svg_inline(
            border=4,
            omitsize=True,
            svgclass="cobros-qr",
            lineclass=None,
            light="#fff",
            dark="#000",
            title=titulo,
        )
    )
