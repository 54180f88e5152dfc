"""A form of a page, as a browser would send it."""

import lxml.html


def como_se_pinta(html: str, accion: str) -> dict[str, str]:
    """Each field of the form that goes to `accion`, with what the page brings filled, untouched."""
    (formulario,) = (f for f in lxml.html.fromstring(html).forms if f.action == accion)
    return {nombre: valor or "" for nombre, valor in formulario.fields.items()}
