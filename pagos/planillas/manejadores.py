"""What follows a batch: notices to who was paid and to the unit that paid."""

from sqlmodel import Session

from ciudadania import notificar
from empresa_digital.registro import notificar_unidad, unidad_por_id
from nucleo.dinero import formato_bs
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import gettext as _
from pagos.libro import AVISO_RECIBIDO
from pagos.planillas import eventos
from pagos.planillas.avisos import AVISO_PLANILLA
from pagos.planillas.modelos import Planilla
from pagos.planillas.pagar import lineas_de


@al_ocurrir(eventos.PLANILLA_EJECUTADA, consumidor="pagos.empresas.avisar_planilla")
def avisar_planilla(sesion: Session, evento: EventoRecibido) -> None:
    """Tell each payee, and the unit how it went."""
    planilla = sesion.get_one(Planilla, evento.objeto_id)
    paga = unidad_por_id(sesion, planilla.unidad_id).denominacion
    for linea in lineas_de(sesion, planilla.id):
        if linea.resultado != "ok":
            continue
        asunto = _("Recibió %(monto)s") % {"monto": formato_bs(linea.monto)}
        cuerpo = _("%(quien)s le pagó %(monto)s. %(glosa)s") % {
            "quien": paga,
            "monto": formato_bs(linea.monto),
            "glosa": linea.glosa,
        }
        enlace = f"/comprobantes/{linea.id}"
        if linea.destino_tipo == "persona":
            notificar(
                sesion,
                persona_id=linea.destino_id,
                asunto=asunto,
                cuerpo=cuerpo.strip(),
                enlace=enlace,
                clase=AVISO_RECIBIDO,
            )
        else:
            notificar_unidad(sesion, linea.destino_id, asunto, cuerpo.strip(), enlace, clase=AVISO_RECIBIDO)
    fallidas = planilla.lineas - planilla.pagadas
    notificar_unidad(
        sesion,
        planilla.unidad_id,
        _("Planilla pagada: %(nombre)s") % {"nombre": planilla.nombre},
        _("Se pagaron %(n)s de %(lineas)s líneas por %(pagado)s.")
        % {"n": planilla.pagadas, "lineas": planilla.lineas, "pagado": formato_bs(planilla.pagado)}
        + (
            " " + _("%(n)s no se pudieron pagar: vea el motivo de cada una.") % {"n": fallidas}
            if fallidas
            else ""
        ),
        f"/billetera/planillas/{planilla.id}",
        clase=AVISO_PLANILLA,
    )
