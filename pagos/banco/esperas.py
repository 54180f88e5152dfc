"""Movements that nobody decided about, and withdrawals of which the bank says nothing."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from ciudadania import notificar
from empresa_digital.registro import Materia, autoridades_competentes, notificar_unidad
from nucleo.dinero import formato_bs
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos.banco.avisos import AVISO_CONCILIACION
from pagos.retiros import AVISO_RETIRO
from pagos.retiros.modelos import Retiro

ESPERA_DEL_MOVIMIENTO = timedelta(days=1)
ESPERA_DEL_RETIRO = timedelta(days=3)

_MOVIMIENTOS = text(
    """
    INSERT INTO pagos_banco_aviso (objeto, objeto_id)
    SELECT 'movimiento', m.id FROM pagos_banco_movimiento m
    WHERE m.estado = 'pendiente' AND m.creado_en <= :antes
    ON CONFLICT DO NOTHING RETURNING objeto_id
    """
)
_RETIROS = text(
    """
    INSERT INTO pagos_banco_aviso (objeto, objeto_id)
    SELECT 'retiro', r.id FROM pagos_retiro r
    WHERE r.estado IN ('pedido', 'en_lote') AND r.creado_en <= :antes
    ON CONFLICT DO NOTHING RETURNING objeto_id
    """
)


def avisar_esperas(sesion: Session) -> int:
    """Tell the authorities of payments what waits since too long, and each owner of theirs; once each."""
    ahora = ahora_bd(sesion)
    conexion = sesion.connection()
    movimientos = conexion.execute(_MOVIMIENTOS, {"antes": ahora - ESPERA_DEL_MOVIMIENTO}).scalars().all()
    retiros = conexion.execute(_RETIROS, {"antes": ahora - ESPERA_DEL_RETIRO}).scalars().all()
    if movimientos:
        asunto = _("Movimientos del banco por resolver: %(n)s") % {"n": len(movimientos)}
        _a_la_autoridad(sesion, asunto, _("Esperan su decisión desde ayer."), "/regulador/banco")
    if retiros:
        asunto = _("Retiros sin noticia del banco: %(n)s") % {"n": len(retiros)}
        cuerpo = _("Se pidieron hace más de tres días. Envíelos, o suba lo que dice el banco.")
        _a_la_autoridad(sesion, asunto, cuerpo, "/regulador/retiros")
        _a_sus_duenos(sesion, list(retiros))
    return len(movimientos) + len(retiros)


def _a_la_autoridad(sesion: Session, asunto: str, cuerpo: str, enlace: str) -> None:
    for unidad_id in autoridades_competentes(sesion, Materia.PAGOS):
        notificar_unidad(sesion, unidad_id, asunto, cuerpo, enlace, clase=AVISO_CONCILIACION)


def _a_sus_duenos(sesion: Session, ids: list[UUID]) -> None:
    for retiro in sesion.exec(select(Retiro).where(col(Retiro.id).in_(ids)).order_by(col(Retiro.id))):
        asunto = _("Su retiro de %(monto)s sigue en camino") % {"monto": formato_bs(retiro.monto)}
        cuerpo = _("El banco aún no lo confirma. El dinero sigue reservado; la autoridad ya fue avisada.")
        enlace = "/billetera/retirar"
        if retiro.unidad_id is not None:
            notificar_unidad(sesion, retiro.unidad_id, asunto, cuerpo, enlace, clase=AVISO_RETIRO)
        else:
            notificar(
                sesion,
                persona_id=retiro.persona_id,
                asunto=asunto,
                cuerpo=cuerpo,
                enlace=enlace,
                clase=AVISO_RETIRO,
            )
