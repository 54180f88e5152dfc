"""The claimant's side: present a claim, take what is offered, go to the authority, or take it back."""

from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from empresa_digital.registro import SinFacultad
from envios.items import bloquear_envio, envio_visible
from envios.items.modelos import Envio
from envios.reclamos.avisos import avisar_autoridades, avisar_operador
from envios.reclamos.bloqueos import bloquear_reclamo
from envios.reclamos.consultas import (
    decisiones_de,
    reclamo_visible,
    regla_vigente,
    ya_indemnizado,
)
from envios.reclamos.decidir import (
    contar_decision,
    decidir,
    exigir_en_plazo,
    fijar,
    mover,
    remanente,
    terminar,
)
from envios.reclamos.errores import ReclamoNoAdmite, ReclamoRepetido, TodaviaNo
from envios.reclamos.estados import (
    DEL_OPERADOR,
    VIDA_RECLAMO,
    ClaseReclamo,
    EstadoReclamo,
    Lado,
    QuienDecide,
    Sentido,
)
from envios.reclamos.hechos import Hechos, hechos_de, procede
from envios.reclamos.mensajes import (
    anotar,
    autorizar,
    autorizar_a_reclamar,
    autorizar_reclamante,
    es_de_mostrador,
)
from envios.reclamos.modelos import DecisionDeReclamo, Reclamo, ReglaDeReclamo
from nucleo.actor import Actor, Autorizacion
from nucleo.archivos import Recibido
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero, redondear
from nucleo.errores import DatosInvalidos
from nucleo.plazos import CalendarioSinPublicar, correr, plazo
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

PRESENTAR, RESPONDER, IMPUGNAR, RESOLVER = (
    "envios.reclamar",
    "envios.responder_reclamo",
    "envios.impugnar_reclamo",
    "envios.resolver_reclamo",
)
RELATO_MINIMO = 10


def presentar(
    sesion: Session,
    actor: Actor,
    envio_id: UUID,
    clase: ClaseReclamo,
    *,
    relato: str,
    pedido: Money | None = None,
    foto: Recibido | None = None,
    id: UUID,
) -> Reclamo:
    """Claim of the operator of an item, for who sent it (who has no account, at its counter); `pedido` is
    what is lost or damaged is worth.

    Presented late by a term that nobody checked against its norm, it is received and says so. Raises
    `EnvioNoEncontrado`, `SinFacultad`, `TodaviaNo` (why, and since when it may), `ReclamoRepetido`,
    `DatosInvalidos`, `CalendarioSinPublicar`.
    """
    envio_visible(sesion, actor, envio_id)  # for anybody else it does not exist
    envio = bloquear_envio(sesion, envio_id)
    autorizacion = autorizar_a_reclamar(sesion, actor, envio)
    _exigir_datos(clase, relato, pedido)
    hechos, ahora = hechos_de(sesion, envio), ahora_bd(sesion)
    if por_que := procede(clase, hechos, ahora):
        raise TodaviaNo(por_que)
    _exigir_unico(sesion, envio, clase)
    regla = regla_vigente(sesion, clase, fecha_bolivia(ahora))
    contenido, porte = topes(regla, hechos)
    if clase is not ClaseReclamo.DEMORA and ya_indemnizado(sesion, envio_id)[0] >= contenido:
        raise ReclamoRepetido(_("Lo que valía este envío ya se decidió pagar en otro reclamo."))
    tarde = _tarde(sesion, hechos, ahora)
    reclamo = Reclamo(
        id=id,
        envio_id=envio_id,
        operador_unidad_id=envio.operador_unidad_id,
        clase=clase,
        reclamante_parte_id=envio.remitente_parte_id,
        beneficiario_parte_id=envio.remitente_parte_id,
        pedido=cero() if clase is ClaseReclamo.DEMORA or pedido is None else pedido,
        regla_id=regla.id,
        prometido_el=hechos.prometido_el,
        valor_declarado=hechos.valor_declarado,
        porte=hechos.porte,
        tope_contenido=contenido,
        tope_porte=porte,
        fuera_de_plazo=tarde,
        lugar=hechos.lugar,
        presentado_por=actor.clave,
        presentado_en=ahora,
        vence_en=correr(sesion, RESPONDER, ahora, [hechos.lugar]).vence_en,
    )
    sesion.add(reclamo)
    sesion.flush()
    anotar(sesion, autorizacion, reclamo, Lado.RECLAMANTE, relato, foto)
    datos = {"envio_id": str(envio_id), "clase": clase.value, "pedido": a_centavos(reclamo.pedido)}
    auditar(sesion, autorizacion, "reclamo.presentar", "envios_reclamo", reclamo.id, datos)
    avisar_operador(
        sesion,
        reclamo,
        _("Reclamo por un envío: %(clase)s") % {"clase": clase.texto.lower()},
        _("Respóndalo a tiempo: si no, se tiene por aceptado."),
    )
    return reclamo


def _tarde(sesion: Session, hechos: Hechos, ahora: datetime) -> bool:
    """Whether the term to claim is over. Raises `TodaviaNo` when somebody read the norm that sets it."""
    assert hechos.admitido_en is not None
    termino = plazo(sesion, PRESENTAR, hechos.admitido_en)
    try:
        tarde = correr(sesion, termino, hechos.admitido_en, [hechos.lugar]).vencio(ahora)
    except CalendarioSinPublicar:
        return False
    if tarde and termino.confirmado:
        raise TodaviaNo(_("El plazo para reclamar por este envío terminó."))
    return tarde


def topes(regla: ReglaDeReclamo, hechos: Hechos) -> tuple[Money, Money]:
    """By the rule, the most that the contents of an item and its postage are paid."""
    contenido = cero()
    if regla.clase != ClaseReclamo.DEMORA:
        contenido = hechos.valor_declarado or regla.piso
    return contenido, redondear(hechos.porte.amount * regla.porte_pb / 10_000)


def _exigir_datos(clase: ClaseReclamo, relato: str, pedido: Money | None) -> None:
    campos = {}
    if len(relato.strip()) < RELATO_MINIMO:
        campos["relato"] = _("Cuente qué pasó, en diez letras o más.")
    if clase is not ClaseReclamo.DEMORA and (pedido is None or pedido <= cero()):
        campos["pedido"] = _("Escriba cuánto valía lo que falta o se dañó.")
    if campos:
        raise DatosInvalidos(_("Complete el reclamo."), campos=campos)


def _exigir_unico(sesion: Session, envio: Envio, clase: ClaseReclamo) -> None:
    de_esta = select(Reclamo.id).where(
        col(Reclamo.envio_id) == envio.id,
        col(Reclamo.clase) == clase,
        col(Reclamo.estado).not_in([EstadoReclamo.SIN_OBJETO, EstadoReclamo.RETIRADO]),
    )
    if sesion.exec(de_esta).first() is not None:
        raise ReclamoRepetido(_("Ábralo en la lista de sus reclamos: ahí está en qué va."))


def _del_reclamante(sesion: Session, actor: Actor, reclamo_id: UUID) -> tuple[Reclamo, Envio, Autorizacion]:
    visto, lado = reclamo_visible(sesion, actor, reclamo_id)
    if lado is not Lado.RECLAMANTE:
        raise SinFacultad(_("Esto lo hace quien reclamó."))
    autorizacion = autorizar_reclamante(sesion, actor, visto)
    reclamo, envio = bloquear_reclamo(sesion, reclamo_id)
    return reclamo, envio, autorizacion


def retirar(sesion: Session, actor: Actor, reclamo_id: UUID) -> Reclamo:
    """Take it back while nothing is owed. Raises `ReclamoNoEncontrado`, `SinFacultad`, `ReclamoNoAdmite`."""
    reclamo, _envio, autorizacion = _del_reclamante(sesion, actor, reclamo_id)
    terminar(sesion, reclamo, EstadoReclamo.RETIRADO)
    auditar(sesion, autorizacion, "reclamo.retirar", "envios_reclamo", reclamo.id, {})
    avisar_operador(sesion, reclamo, _("Se retiró el reclamo de un envío"), _("Quien reclamó lo retiró."))
    return reclamo


def aceptar_oferta(sesion: Session, actor: Actor, reclamo_id: UUID) -> Reclamo:
    """Take what the operator offered. Raises `ReclamoVencido`, `ReclamoNoAdmite` when nothing is offered."""
    reclamo, _envio, autorizacion = _del_reclamante(sesion, actor, reclamo_id)
    if reclamo.estado != EstadoReclamo.RECHAZADO:
        raise ReclamoNoAdmite(_("No hay una oferta que aceptar."), estado_actual=reclamo.estado)
    exigir_en_plazo(sesion, reclamo)
    tomar_oferta(sesion, autorizacion, reclamo, _("Aceptó lo que ofreció el operador."))
    return reclamo


def tomar_oferta(sesion: Session, autorizacion: Autorizacion, reclamo: Reclamo, motivos: str) -> None:
    """What was offered is owed, by the claimant's word or because the term passed."""
    if oferta_de(sesion, reclamo) is None:
        raise ReclamoNoAdmite(_("El operador no ofreció nada."), estado_actual=reclamo.estado)
    contenido, porte = lo_ofrecido(sesion, reclamo)
    decision = decidir(
        sesion,
        autorizacion,
        reclamo,
        quien=QuienDecide.RECLAMANTE,
        sentido=Sentido.PARTE if contenido + porte else Sentido.CONTRA,
        motivos=motivos,
        contenido=contenido,
        porte=porte,
    )
    fijar(sesion, autorizacion, reclamo, decision, EstadoReclamo.ACEPTADO)
    contar_decision(sesion, reclamo, decision, _("Se aceptó lo ofrecido por un reclamo"))


def oferta_de(sesion: Session, reclamo: Reclamo) -> DecisionDeReclamo | None:
    """What the operator offers of a claim that it did not accept whole."""
    for decision in decisiones_de(sesion, reclamo.id):
        if decision.quien == QuienDecide.OPERADOR and decision.sentido == Sentido.PARTE:
            return decision
    return None


def lo_ofrecido(sesion: Session, reclamo: Reclamo) -> tuple[Money, Money]:
    """What of it may still be owed: contents, postage. Another claim of the item may have been paid since."""
    oferta = oferta_de(sesion, reclamo)
    if oferta is None:
        return cero(), cero()
    contenido, porte = remanente(sesion, reclamo)
    return min(oferta.contenido, contenido), min(oferta.porte, porte)


def _por_impugnar(sesion: Session, actor: Actor, reclamo_id: UUID) -> tuple[Reclamo, Autorizacion]:
    visto, lado = reclamo_visible(sesion, actor, reclamo_id)
    if lado is Lado.OPERADOR and es_de_mostrador(sesion, visto):
        autorizacion = autorizar(sesion, actor, visto, lado)
        return bloquear_reclamo(sesion, reclamo_id)[0], autorizacion
    reclamo, _envio, autorizacion = _del_reclamante(sesion, actor, reclamo_id)
    return reclamo, autorizacion


def impugnar(sesion: Session, actor: Actor, reclamo_id: UUID, motivos: str) -> Reclamo:
    """Take what the operator answered to the authority, in its term; why is a message more. Who has no
    account says it at the operator's counter, which may not refuse to write it down.

    Raises `ReclamoVencido`, `ReclamoNoAdmite`, `DatosInvalidos`, `CalendarioSinPublicar`.
    """
    reclamo, autorizacion = _por_impugnar(sesion, actor, reclamo_id)
    if reclamo.estado in DEL_OPERADOR:
        raise ReclamoNoAdmite(
            _("El operador todavía tiene plazo para responder."), estado_actual=reclamo.estado
        )
    VIDA_RECLAMO.exigir_paso(reclamo, EstadoReclamo.ANTE_REGULADOR)
    exigir_en_plazo(sesion, reclamo)
    ahora = ahora_bd(sesion)
    anotar(sesion, autorizacion, reclamo, Lado.RECLAMANTE, motivos, None)
    reclamo.impugnado_en = ahora
    vence_en = correr(sesion, RESOLVER, ahora, [reclamo.lugar]).vence_en
    mover(sesion, reclamo, EstadoReclamo.ANTE_REGULADOR, vence_en)
    auditar(sesion, autorizacion, "reclamo.impugnar", "envios_reclamo", reclamo.id, {})
    asunto = _("Un reclamo llegó a la autoridad")
    avisar_operador(sesion, reclamo, asunto, _("La autoridad lo resolverá en su plazo."))
    avisar_autoridades(sesion, reclamo, asunto, _("Resuélvalo en su plazo, con motivos."))
    return reclamo
