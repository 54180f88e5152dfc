"""Rules of sale in force, and which of them a title speaks of."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, or_, text
from sqlmodel import Session, col, select

from comercio.busqueda import raices_de
from comercio.confianza.modelos import Denuncia, ReglaDeVenta
from nucleo.reloj import ahora_bd, fecha_bolivia


def reglas_vigentes(sesion: Session) -> Sequence[ReglaDeVenta]:
    """What may not be sold first, by name."""
    hoy = fecha_bolivia(ahora_bd(sesion))
    consulta = select(ReglaDeVenta).where(
        col(ReglaDeVenta.vigente_desde) <= hoy,
        or_(col(ReglaDeVenta.vigente_hasta).is_(None), col(ReglaDeVenta.vigente_hasta) > hoy),
    )
    return sesion.exec(consulta.order_by(col(ReglaDeVenta.clase), col(ReglaDeVenta.nombre))).all()


_DE_REGLAS = text(
    "SELECT r.codigo, array_agg(DISTINCT comercio_raiz(p)) FROM comercio_regla_de_venta r,"
    " unnest(r.frases) WITH ORDINALITY AS f (frase, n), unnest(comercio_palabras(f.frase)) AS p"
    " WHERE NOT comercio_es_vacia(p) GROUP BY r.codigo, f.n"
)


def reglas_de(sesion: Session, titulo: str) -> list[ReglaDeVenta]:
    """The rules in force one of whose phrases a title has whole, in any form of its words."""
    raices = raices_de(sesion, titulo)
    de_reglas = sesion.connection().execute(_DE_REGLAS)
    halladas = {codigo for codigo, pide in de_reglas if raices.issuperset(pide)}
    return [regla for regla in reglas_vigentes(sesion) if regla.codigo in halladas]


def reglas_en_revision(sesion: Session, producto_id: UUID) -> Sequence[ReglaDeVenta]:
    """Those for which a product waits for the authority."""
    consulta = (
        select(ReglaDeVenta)
        .join(Denuncia, col(Denuncia.regla_codigo) == col(ReglaDeVenta.codigo))
        .where(col(Denuncia.producto_id) == producto_id, col(Denuncia.vence_en).is_not(None))
    )
    return sesion.exec(consulta.order_by(func.lower(ReglaDeVenta.nombre))).all()
