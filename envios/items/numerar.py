"""Numbers for new items: S10 for the designated operator's, the house's for the others; none is used twice in
24 months.
"""

from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from empresa_digital.registro import Habilitacion, con_habilitacion
from envios import s10
from envios.items.bloqueos import NUMERO_SIGUIENTE
from envios.items.errores import SerieAgotada
from nucleo.ids import nuevo_id

TAMANO_BLOQUE = 1_000

_ABRIR = text(
    """
    INSERT INTO envios_bloque_serie (id, operador_unidad_id, indicador, desde, hasta, siguiente)
    VALUES (:id, :operador, :indicador, :desde, :hasta, :desde + 1)
    """
)


def siguiente_numero(sesion: Session, operador_unidad_id: UUID) -> str:
    """The next free number of an operator; given back if the caller's transaction rolls back.

    Raises `SerieAgotada` when the hundred million serials of its kind have been handed out.
    """
    designado = con_habilitacion(sesion, [operador_unidad_id], Habilitacion.OPERADOR_DESIGNADO)
    indicador = s10.INDICADOR_NACIONAL if designado else s10.PREFIJO_DE_CASA
    serie = _siguiente_serie(sesion, operador_unidad_id, indicador)
    return s10.generar(indicador, serie) if designado else s10.generar_de_casa(serie)


def _siguiente_serie(sesion: Session, operador_unidad_id: UUID, indicador: str) -> int:
    serie = (
        sesion.connection()
        .execute(NUMERO_SIGUIENTE, {"operador": operador_unidad_id, "indicador": indicador})
        .scalar_one_or_none()
    )
    return _abrir_bloque(sesion, operador_unidad_id, indicador) if serie is None else int(serie)


def _abrir_bloque(sesion: Session, operador_unidad_id: UUID, indicador: str) -> int:
    bloque: int = sesion.connection().execute(text("SELECT nextval('envios_bloque_seq')")).scalar_one()
    desde = bloque * TAMANO_BLOQUE
    hasta = desde + TAMANO_BLOQUE - 1
    if hasta > s10.SERIE_MAXIMA:
        raise SerieAgotada()
    sesion.connection().execute(
        _ABRIR,
        {
            "id": nuevo_id(),
            "operador": operador_unidad_id,
            "indicador": indicador,
            "desde": desde,
            "hasta": hasta,
        },
    )
    return desde
