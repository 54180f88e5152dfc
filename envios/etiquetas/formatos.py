"""In which form labels leave: PDF for any printer, ZPL for thermal ones."""

from collections.abc import Sequence
from enum import StrEnum

from starlette.responses import Response

from envios.etiquetas.etiqueta import Etiqueta
from envios.etiquetas.pdf import en_hojas, en_rollo
from envios.etiquetas.zpl import en_zpl


class Formato(StrEnum):
    """`rollo`: PDF, one A6 a page. `hojas`: PDF, four to an A4 page. `zpl`: ZPL II, 203 dots an inch."""

    ROLLO = "rollo"
    HOJAS = "hojas"
    ZPL = "zpl"


_HACER = {
    Formato.ROLLO: (en_rollo, "application/pdf", "pdf"),
    Formato.HOJAS: (en_hojas, "application/pdf", "pdf"),
    Formato.ZPL: (en_zpl, "application/zpl", "zpl"),
}


def documento(etiquetas: Sequence[Etiqueta], formato: Formato, *, bajar: bool = False) -> Response:
    """The labels as a file to open (to keep, with `bajar`) or to send to the printer; nobody but who asked
    keeps it."""
    hacer, tipo, extension = _HACER[formato]
    nombre = str(etiquetas[0].numero) if len(etiquetas) == 1 else "etiquetas"
    return Response(
        hacer(etiquetas),
        media_type=tipo,
        headers={
            "Content-Disposition": f'{"attachment" if bajar else "inline"}; filename="{nombre}.{extension}"',
            "Cache-Control": "private, no-store",
        },
    )
