"""`qhatu verify`: what was taken over counters is what its events, quotes and rates say."""

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import text
from sqlmodel import Session, col, select

from envios.admision.estados import Medio
from envios.admision.modelos import FilaDeAdmision
from envios.admision.precio import Pesada, oferta_medida
from envios.tarifas import SinOferta, medidas_de
from envios.tarifas.modelos import Cotizacion
from nucleo.dinero import formato_bs
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
_SIN_EVENTO = text(
    """
    SELECT a.id FROM envios_admision a LEFT JOIN envios_evento e ON e.id = a.evento_id AND e.codigo = 'EMA'
        AND e.envio_id = a.envio_id AND e.agencia_id = a.agencia_id
    WHERE e.id IS NULL ORDER BY a.id LIMIT :limite
    """
)
_RECOJOS_OLVIDADOS = text(
    """
    SELECT envio_id FROM envios_recojo WHERE vence_en < nucleo_ahora() - interval '1 day'
    ORDER BY envio_id LIMIT :limite
    """
)


_RECOJOS_POR_DEVOLVER = text(
    """
    SELECT r.envio_id FROM envios_recojo r JOIN envios_envio e ON e.id = r.envio_id
        LEFT JOIN envios_porte p ON p.envio_id = e.id
        JOIN envios_cotizacion c ON c.id = coalesce(p.cotizacion_id, e.cotizacion_id)
    WHERE coalesce(p.recojo_devuelto, 0) <>
        CASE WHEN r.estado = 'vencido' AND r.paso_en IS NULL
                AND coalesce(p.terminado_en >= r.terminado_en, true)
            THEN c.cargo_recojo ELSE 0 END
    LIMIT 50
    """
)


@comprueba("admisiones")
def admisiones(sesion: Session) -> list[str]:
    """Each has its event; cash is what the measured parcel costs; no collection waits for ever, and one for
    which nobody came is not charged."""
    return list(islice(_faltas(sesion), FALTAS_MAXIMO))


def _faltas(sesion: Session) -> Iterator[str]:
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    for (id,) in conexion.execute(_SIN_EVENTO, limite):
        yield f"admisión {id}: no tiene su evento EMA"
    for (id,) in conexion.execute(_RECOJOS_OLVIDADOS, limite):
        yield f"envío {id}: su recojo debió terminar"
    for (id,) in sesion.connection().execute(_RECOJOS_POR_DEVOLVER):
        yield f"envío {id}: lo que vuelve de su recojo no es lo que toca"
    consulta = (
        select(FilaDeAdmision, Cotizacion)
        .join(Cotizacion, col(Cotizacion.id) == col(FilaDeAdmision.cotizacion_id))
        .where(col(FilaDeAdmision.medio) == Medio.EFECTIVO)
        .order_by(col(FilaDeAdmision.id))
    )
    for fila, cotizacion in sesion.exec(consulta).yield_per(500):
        yield from _de_una(sesion, fila, cotizacion)


def _de_una(sesion: Session, fila: FilaDeAdmision, cotizacion: Cotizacion) -> Iterator[str]:
    medidas = medidas_de(fila.largo_cm, fila.ancho_cm, fila.alto_cm)
    try:
        total = oferta_medida(sesion, cotizacion, Pesada(fila.peso_g, medidas)).cargos.total
    except SinOferta:
        yield f"admisión {fila.id}: sus tarifas no llevan lo que se midió"
        return
    if total != fila.importe:
        yield f"admisión {fila.id}: se cobró {formato_bs(fila.importe)} y cuesta {formato_bs(total)}"
