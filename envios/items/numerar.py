"""S10 numbers for new items: unique among all operators, and not used again within 24 months."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from envios import s10
from envios.items.bloqueos import NUMERO_SIGUIENTE
from envios.items.errores import SerieAgotada
from nucleo.ids import nuevo_id

INDICADOR_NACIONAL = "PQ"  # PA-PZ: domestic use
TAMANO_BLOQUE = 1_000
VIGENCIA_MESES = 24

_ABRIR = text(
    """
    INSERT INTO envios_bloque_serie (id, operador_unidad_id, indicador, desde, hasta, siguiente)
    VALUES (:id, :operador, :indicador, :desde, :hasta, :desde + 1)
    """
)


def siguiente_numero(sesion: Session, operador_unidad_id: UUID, indicador: str = INDICADOR_NACIONAL) -> str:
    """The next free number of an operator; given back if the caller's transaction rolls back.

    Raises `SerieAgotada` when the hundred million serials of the indicator have been handed out.
    """
    conexion = sesion.connection()
    serie = conexion.execute(
        NUMERO_SIGUIENTE, {"operador": operador_unidad_id, "indicador": indicador}
    ).scalar_one_or_none()
    if serie is None:
        serie = _abrir_bloque(sesion, operador_unidad_id, indicador)
    return s10.generar(indicador, int(serie))


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


def vigente_hasta(desde: date) -> date:
    """The first day on which a number announced on `desde` could be used again."""
    try:
        return desde.replace(year=desde.year + VIGENCIA_MESES // 12)
    except ValueError:  # 29 February
        return desde.replace(year=desde.year + VIGENCIA_MESES // 12, day=28) + timedelta(days=1)
