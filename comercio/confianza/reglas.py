"""Which rules of sale a title speaks of."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, text
from sqlmodel import Session, col, select

from comercio.busqueda import raices_de
from comercio.catalogo import reglas_vigentes
from comercio.catalogo.modelos import ReglaDeVenta
from comercio.confianza.modelos import Denuncia

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
