"""What follows a reserve: notices to the other party, webhooks to the units in it."""

from uuid import UUID

from sqlmodel import Session

from ciudadania import notificar
from empresa_digital.registro import notificar_unidad
from nucleo.dinero import formato_bs
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _
from nucleo.webhooks import encolar
from pagos.libro import Cuenta, TipoTitular, obtener_cuenta
from pagos.reservas import eventos
from pagos.reservas.accesos import nombres_para_quien_paga
from pagos.reservas.avisos import AVISO_RESERVA
from pagos.reservas.modelos import Reserva
from pagos.reservas.para_afuera import para_afuera


def _palabras(sesion: Session, reserva: Reserva) -> dict[str, str]:
    nombres = nombres_para_quien_paga(sesion, [reserva])
    return {
        "monto": formato_bs(reserva.monto),
        "confirmado": formato_bs(reserva.confirmado),
        "vuelve": formato_bs(reserva.monto - reserva.confirmado),
        "paga": nombres[reserva.debito],
        "recibe": nombres[reserva.credito],
        "motivo": reserva.motivo,
        "vence": filtro_fecha_hora(reserva.vence_en),
    }


def _avisar(sesion: Session, cuenta_id: int, reserva: Reserva, asunto: str, cuerpo: str) -> None:
    cuenta: Cuenta = obtener_cuenta(sesion, cuenta_id)
    enlace = f"/billetera/reservas/{reserva.id}"
    if cuenta.titular_tipo == TipoTitular.UNIDAD:
        notificar_unidad(sesion, cuenta.titular_id, asunto, cuerpo, enlace, clase=AVISO_RESERVA)
    else:
        notificar(
            sesion,
            persona_id=cuenta.titular_id,
            asunto=asunto,
            cuerpo=cuerpo,
            enlace=enlace,
            clase=AVISO_RESERVA,
        )


@al_ocurrir(eventos.RESERVA_HECHA, consumidor="pagos.reservas.avisar_hecha")
def avisar_hecha(sesion: Session, evento: EventoRecibido) -> None:
    """Whoever is to be paid learns that money is held for them, and until when."""
    reserva = sesion.get_one(Reserva, evento.objeto_id)
    textos = _palabras(sesion, reserva)
    asunto = _("%(paga)s reservó %(monto)s para usted") % textos
    cuerpo = (
        _("%(motivo)s. Todavía no es suyo: se paga al confirmarse, y si no, vuelve el %(vence)s.") % textos
    )
    _avisar(sesion, reserva.credito, reserva, asunto, cuerpo)


@al_ocurrir(eventos.RESERVA_CONFIRMADA, consumidor="pagos.reservas.avisar_confirmada")
def avisar_confirmada(sesion: Session, evento: EventoRecibido) -> None:
    """Both learn how much was paid; who pays, what came back too."""
    reserva = sesion.get_one(Reserva, evento.objeto_id)
    textos = _palabras(sesion, reserva)
    asunto = _("Se pagaron %(confirmado)s de lo reservado para %(recibe)s") % textos
    vuelve = _(" Volvieron %(vuelve)s a su saldo.") if reserva.confirmado < reserva.monto else ""
    _avisar(sesion, reserva.debito, reserva, asunto, (f"%(motivo)s.{vuelve}") % textos)
    asunto = _("Recibió %(confirmado)s de %(paga)s") % textos
    _avisar(sesion, reserva.credito, reserva, asunto, _("Es lo reservado por: %(motivo)s.") % textos)


def _avisar_vuelta(sesion: Session, evento: EventoRecibido) -> None:
    reserva = sesion.get_one(Reserva, evento.objeto_id)
    textos = _palabras(sesion, reserva)
    asunto = _("Volvieron a su saldo %(monto)s reservados para %(recibe)s") % textos
    _avisar(sesion, reserva.debito, reserva, asunto, _("No se pagó nada de: %(motivo)s.") % textos)
    asunto = _("Ya no hay %(monto)s reservados para usted por %(paga)s") % textos
    _avisar(sesion, reserva.credito, reserva, asunto, _("No se pagó nada de: %(motivo)s.") % textos)


for _tipo in (eventos.RESERVA_ANULADA, eventos.RESERVA_VENCIDA):
    al_ocurrir(_tipo, consumidor="pagos.reservas.avisar_vuelta")(_avisar_vuelta)


def _encolar_webhook(sesion: Session, evento: EventoRecibido) -> None:
    """The systems of the units on both sides, each once."""
    reserva = sesion.get_one(Reserva, evento.objeto_id)
    cuentas = [obtener_cuenta(sesion, c) for c in (reserva.debito, reserva.credito)]
    unidades: set[UUID] = {c.titular_id for c in cuentas if c.titular_tipo == TipoTitular.UNIDAD}
    for unidad_id in sorted(unidades):
        encolar(sesion, unidad_id, evento.tipo, para_afuera(reserva, evento))


for _tipo in (
    eventos.RESERVA_HECHA,
    eventos.RESERVA_CONFIRMADA,
    eventos.RESERVA_ANULADA,
    eventos.RESERVA_VENCIDA,
):
    al_ocurrir(_tipo, consumidor="pagos.reservas.encolar_webhook")(_encolar_webhook)
