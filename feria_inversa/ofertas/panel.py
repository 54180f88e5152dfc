"""The bids that will not be opened as they are, in the panel of who bid."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.ofertas.reconfirmar import por_sostener
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("feria_inversa.ofertas")
def sostener(
    sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    ofertan = [u.id for u in unidades if Facultad.OFERTAR in u.facultades]
    suyas: dict[UUID, list[tuple[Oferta, Convocatoria]]] = defaultdict(list)
    for oferta, convocatoria in por_sostener(sesion, ofertan) if ofertan else ():
        suyas[oferta.unidad_id].append((oferta, convocatoria))
    return {unidad_id: _de_una(filas) for unidad_id, filas in suyas.items()}


def _de_una(filas: Sequence[tuple[Oferta, Convocatoria]]) -> list[Accion]:
    """They come by when their calls close."""
    rehacer = [c for oferta, c in filas if oferta.version < c.pedido_en]
    confirmar = [c for oferta, c in filas if oferta.version >= c.pedido_en]
    dichos = (
        (rehacer, _("Presentar otra oferta"), _("Cambió lo que se pide: la que presentó no se abrirá.")),
        (
            confirmar,
            _("Reconfirmar ofertas"),
            _("La convocatoria cambió: sin eso no se abrirá."),
        ),
    )
    return [
        Accion("/ofertas", titulo, texto, "file-pen", len(procesos), True, procesos[0].vence_en)
        for procesos, titulo, texto in dichos
        if procesos
    ]
