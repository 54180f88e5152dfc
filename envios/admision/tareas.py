"""What time alone does to collections."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from envios.admision.avisos import avisar_remitente
from envios.admision.estados import EstadoRecojo
from envios.admision.modelos import FilaDeRecojo
from envios.admision.precio import quitar_recojo
from envios.admision.recojos import terminar_recojo
from envios.items import bloquear_envio
from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import cero, formato_bs
from nucleo.reloj import ahora_bd
from nucleo.tareas import cada_uno, pendientes, periodica
from nucleo.textos import gettext as _

SISTEMA = Autorizacion.propia(Actor.sistema("plazo de recojo"))


@periodica("envios.vencer_recojos", cada=600)
def vencer_recojos() -> int:
    """Those whose day passed, or whose sender did not ask for another one: «bring it yourself»."""
    consulta = (
        select(FilaDeRecojo.envio_id)
        .where(col(FilaDeRecojo.vence_en) <= func.nucleo_ahora())
        .order_by(col(FilaDeRecojo.vence_en))
    )
    return cada_uno(pendientes(consulta), vencer_recojo)


def vencer_recojo(sesion: Session, envio_id: UUID) -> bool:
    """False when it is not due any more."""
    envio = bloquear_envio(sesion, envio_id)
    fila = sesion.exec(select(FilaDeRecojo).where(col(FilaDeRecojo.envio_id) == envio_id)).one()
    if fila.vence_en is None or fila.vence_en > ahora_bd(sesion):
        return False
    fin = EstadoRecojo.VENCIDO
    if envio.estado.es_terminal:
        fin = EstadoRecojo.RETIRADO
    elif envio.admitido_en is not None:
        fin = EstadoRecojo.RECOGIDO
    hecho = terminar_recojo(sesion, SISTEMA, envio_id, fin)
    if hecho and fin is EstadoRecojo.VENCIDO:
        asunto = _("Ya no se recogerá el envío %(numero)s") % {"numero": envio.numero}
        cuerpo = _("Llévelo usted a cualquier agencia del operador: el anuncio sigue en pie.")
        if fila.paso_en is None and (cargo := quitar_recojo(sesion, SISTEMA, envio)) > cero():
            nadie = _("Nadie pasó: los %(monto)s del recojo no se cobran, y vuelven si ya los pagó.")
            cuerpo += " " + nadie % {"monto": formato_bs(cargo)}
        avisar_remitente(sesion, envio, asunto, cuerpo, f"/envios/{envio_id}/recojo")
    return hecho
