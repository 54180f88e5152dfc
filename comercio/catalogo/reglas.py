"""Rules of sale in force: what may not be sold, or asks something of its seller."""

from collections.abc import Sequence

from sqlalchemy import or_
from sqlmodel import Session, col, select

from comercio.catalogo.modelos import ReglaDeVenta
from nucleo.reloj import ahora_bd, fecha_bolivia


def reglas_vigentes(sesion: Session) -> Sequence[ReglaDeVenta]:
    """What may not be sold first, by name."""
    hoy = fecha_bolivia(ahora_bd(sesion))
    consulta = select(ReglaDeVenta).where(
        col(ReglaDeVenta.vigente_desde) <= hoy,
        or_(col(ReglaDeVenta.vigente_hasta).is_(None), col(ReglaDeVenta.vigente_hasta) > hoy),
    )
    return sesion.exec(consulta.order_by(col(ReglaDeVenta.clase), col(ReglaDeVenta.nombre))).all()
