"""Of which year a purchase is, once the year of its certificate ends."""

from datetime import datetime
from enum import StrEnum

from feria_inversa.certificaciones import por_cerrar
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.compra_de_catalogo.estados import EstadoCompra
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from nucleo.textos import perezoso as _l

_EN_CURSO = (EstadoCompra.ORDENADA, EstadoCompra.RECIBIDA)


class SituacionDeGestion(StrEnum):
    """`POR_CERRAR`: its year ends within the month. Closed, it was received in its year, and is paid as
    accrued and unpaid of it (`DEVENGADA`), or it was not, and its entity regularises it (`POR_REGULARIZAR`).
    """

    POR_CERRAR = "por_cerrar"
    DEVENGADA = "devengada"
    POR_REGULARIZAR = "por_regularizar"

    def decir(self, gestion: int) -> str:
        return str(_TEXTOS[self]) % {"gestion": gestion}


_S = SituacionDeGestion
_TEXTOS = {
    _S.POR_CERRAR: _l("Su gestión termina el 31 de diciembre de %(gestion)s: recíbala hasta entonces."),
    _S.DEVENGADA: _l("Se recibió en la gestión %(gestion)s, que ya cerró: se paga como devengado de ella."),
    _S.POR_REGULARIZAR: _l(
        "No se recibió en la gestión %(gestion)s, que ya cerró: la entidad la regulariza con presupuesto de"
        " la gestión en curso."
    ),
}


def situacion_de(
    compra: CompraDeCatalogo, certificacion: Certificacion, ahora: datetime
) -> SituacionDeGestion | None:
    """None of what was ordered and ended in its year, of what was never ordered, or came to nothing."""
    en_curso = compra.estado in _EN_CURSO
    if not en_curso and compra.estado != EstadoCompra.PAGADA:
        return None
    if (compra.terminada_en or ahora) < certificacion.vence_en:
        return _S.POR_CERRAR if en_curso and por_cerrar(certificacion.vence_en, ahora) else None
    recibida = compra.recibida_en is not None and compra.recibida_en < certificacion.vence_en
    return _S.DEVENGADA if recibida else _S.POR_REGULARIZAR
