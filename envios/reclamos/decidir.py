"""Decide a claim: whoever does, the decision is a row, and what is owed for good is another one."""

from datetime import datetime

from moneyed import Money
from sqlmodel import Session

from envios.deudas import ClaseDeDeuda, EstadoDeuda, abrir
from envios.items import EstadoEnvio
from envios.items.modelos import Envio
from envios.reclamos.avisos import avisar_operador, avisar_reclamante
from envios.reclamos.consultas import ya_indemnizado
from envios.reclamos.errores import ReclamoNoAdmite, ReclamoVencido
from envios.reclamos.estados import (
    VIDA_RECLAMO,
    ClaseReclamo,
    EstadoReclamo,
    QuienDecide,
    Sentido,
)
from envios.reclamos.modelos import DecisionDeReclamo, Indemnizacion, Reclamo
from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero, formato_bs
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

LARGO_DE_MOTIVOS = 2000


def remanente(sesion: Session, reclamo: Reclamo) -> tuple[Money, Money]:
    """The most that this claim, locked with its item, may still be paid: contents, postage."""
    contenido, porte = ya_indemnizado(sesion, reclamo.envio_id)
    return (
        max(cero(), min(reclamo.pedido, reclamo.tope_contenido - contenido)),
        max(cero(), min(reclamo.tope_porte, reclamo.porte - porte)),
    )


def aparecio(reclamo: Reclamo, envio: Envio) -> bool:
    """Whether what is claimed lost came to an end: somebody has it."""
    return reclamo.clase == ClaseReclamo.PERDIDA and envio.estado in (
        EstadoEnvio.ENTREGADO,
        EstadoEnvio.DEVUELTO,
    )


def exigir_en_plazo(sesion: Session, reclamo: Reclamo) -> None:
    """Raise `ReclamoVencido` when the clock that runs has ended, whether or not the sweep has come by."""
    if reclamo.vence_en is not None and ahora_bd(sesion) > reclamo.vence_en:
        raise ReclamoVencido(_("El plazo terminó: el reclamo se decide por el tiempo que pasó."))


def exigir_por_decidir(sesion: Session, reclamo: Reclamo, envio: Envio) -> None:
    """As `exigir_en_plazo`; raise `ReclamoNoAdmite` when what was claimed as lost has appeared."""
    exigir_en_plazo(sesion, reclamo)
    if aparecio(reclamo, envio):
        raise ReclamoNoAdmite(_("El paquete ya llegó: el reclamo por pérdida termina solo."))


def decidir(
    sesion: Session,
    autorizacion: Autorizacion,
    reclamo: Reclamo,
    *,
    quien: QuienDecide,
    sentido: Sentido,
    motivos: str,
    contenido: Money | None = None,
    porte: Money | None = None,
) -> DecisionDeReclamo:
    """Write what was decided; what follows from it (`fijar`, a refusal, an end) is the caller's."""
    decision = DecisionDeReclamo(
        reclamo_id=reclamo.id,
        quien=quien,
        sentido=sentido,
        motivos=motivos.strip()[:LARGO_DE_MOTIVOS],
        contenido=contenido or cero(),
        porte=porte or cero(),
        unidad_id=autorizacion.unidad_id,
        decidido_por=autorizacion.actor.clave,
        decidido_en=ahora_bd(sesion),
    )
    sesion.add(decision)
    sesion.flush()
    datos = {"quien": quien.value, "sentido": sentido.value, "total": a_centavos(decision.total)}
    auditar(sesion, autorizacion, "reclamo.decidir", "envios_reclamo", reclamo.id, datos)
    return decision


def fijar(
    sesion: Session,
    autorizacion: Autorizacion,
    reclamo: Reclamo,
    decision: DecisionDeReclamo,
    a: EstadoReclamo,
) -> None:
    """What was decided is owed, to who sent the item; with nothing to pay the claim ends."""
    if not decision.total:
        terminar(sesion, reclamo, EstadoReclamo.CERRADO)
        return
    VIDA_RECLAMO.exigir_paso(reclamo, a)
    sesion.add(
        Indemnizacion(
            reclamo_id=reclamo.id,
            decision_id=decision.id,
            envio_id=reclamo.envio_id,
            parte_id=reclamo.beneficiario_parte_id,
            contenido=decision.contenido,
            porte=decision.porte,
            fijada_en=decision.decidido_en,
        )
    )
    sesion.flush()
    mover(sesion, reclamo, a, None)
    deuda = abrir(
        sesion,
        autorizacion,
        clase=ClaseDeDeuda.INDEMNIZACION,
        origen_id=reclamo.id,
        envio_id=reclamo.envio_id,
        operador_unidad_id=reclamo.operador_unidad_id,
        acreedor_parte_id=reclamo.beneficiario_parte_id,
        monto=decision.total,
    )
    if deuda.estado is EstadoDeuda.SALDADA:
        terminar(sesion, reclamo, EstadoReclamo.PAGADO)
    auditar(sesion, autorizacion, "reclamo.fijar", "envios_reclamo", reclamo.id, {"estado": a.value})


def mover(sesion: Session, reclamo: Reclamo, a: EstadoReclamo, vence_en: datetime | None) -> None:
    """One step of a claim, locked, with the clock that runs from now on."""
    VIDA_RECLAMO.pasar(reclamo, a)
    reclamo.vence_en = vence_en
    if a in VIDA_RECLAMO.fines:
        reclamo.terminado_en = ahora_bd(sesion)
    reclamo.version += 1
    sesion.flush()


def terminar(sesion: Session, reclamo: Reclamo, a: EstadoReclamo) -> None:
    assert a in VIDA_RECLAMO.fines
    mover(sesion, reclamo, a, None)


def dejar_sin_objeto(sesion: Session, autorizacion: Autorizacion, reclamo: Reclamo) -> None:
    """What was claimed lost turned up. Another kind of claim (delay, damage) is a new one."""
    terminar(sesion, reclamo, EstadoReclamo.SIN_OBJETO)
    auditar(sesion, autorizacion, "reclamo.dejar_sin_objeto", "envios_reclamo", reclamo.id, {})
    asunto = _("El paquete del reclamo apareció")
    texto = _("Se entregó o volvió: el reclamo por pérdida termina. Si llegó tarde o dañado, presente otro.")
    avisar_reclamante(sesion, reclamo, asunto, texto)
    avisar_operador(sesion, reclamo, asunto, _("Se entregó o volvió: el reclamo por pérdida termina."))


def contar_decision(sesion: Session, reclamo: Reclamo, decision: DecisionDeReclamo, asunto: str) -> None:
    """Tell both sides what was decided and what follows."""
    total = formato_bs(decision.total)
    que = {
        EstadoReclamo.ACEPTADO: _("Se pagarán %(total)s a quien mandó el paquete."),
        EstadoReclamo.RESUELTO: _("Se pagarán %(total)s a quien mandó el paquete."),
        EstadoReclamo.RECHAZADO: _(
            "Vea por qué, qué se ofrece y hasta cuándo se puede llevar a la autoridad."
        ),
        EstadoReclamo.PAGADO: _("El operador pagó %(total)s a quien mandó el paquete."),
        EstadoReclamo.CERRADO: _("No hay nada que pagar: el reclamo terminó."),
    }[reclamo.estado_enum] % {"total": total}
    avisar_reclamante(sesion, reclamo, asunto, que)
    avisar_operador(sesion, reclamo, asunto, que)
