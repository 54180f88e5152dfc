"""`qhatu verify`: what the authority took off sale is off sale, and no clock that ended is standing."""

from datetime import timedelta

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
GRACIA = timedelta(hours=6)
_FUERA = text(
    "SELECT coalesce(p.id, i.producto_id)"
    " FROM (SELECT id FROM comercio_producto WHERE estado = 'intervenido') AS p"
    " FULL JOIN (SELECT producto_id FROM comercio_intervencion WHERE estado <> 'levantada') AS i"
    " ON i.producto_id = p.id WHERE p.id IS NULL OR i.producto_id IS NULL ORDER BY 1 LIMIT :limite"
)
_VENCIDOS = text(
    "SELECT id, estado FROM comercio_denuncia WHERE vence_en < nucleo_ahora() - :gracia"
    " UNION ALL SELECT id, estado FROM comercio_intervencion WHERE vence_en < nucleo_ahora() - :gracia"
    " ORDER BY 1 LIMIT :limite"
)


@comprueba("confianza en la tienda")
def verificar_confianza(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    faltas = [
        f"el producto {id} y lo que decidió la autoridad no dicen lo mismo"
        for (id,) in conexion.execute(_FUERA, limite)
    ]
    faltas += [
        f"{id} sigue «{estado}» y su plazo terminó"
        for id, estado in conexion.execute(_VENCIDOS, limite | {"gracia": GRACIA})
    ]
    return faltas[:FALTAS_MAXIMO]
