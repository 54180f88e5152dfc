"""Proposing, signing, refusing and ending joint acts.

The last signature executes, in its own transaction, and the use case judges again then. What it refuses
undoes that signature too: the act goes on waiting, with the reason in sight (`negado_motivo`), and whoever
signs next tries again. Time ends it.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from moneyed import Money
from pydantic import BaseModel
from sqlmodel import Session

from ciudadania import Riesgo, exigir_sesion_reciente
from empresa_digital.registro.actos import avisos
from empresa_digital.registro.actos.bloqueos import acto_bloqueado, fijar_mandatos
from empresa_digital.registro.actos.consultas import (
    Firmante,
    acto_por_id,
    esta_firmado,
    firmantes_de,
    firmas_validas,
    propuesta_igual,
)
from empresa_digital.registro.actos.errores import (
    ActoInexistente,
    ActoTerminado,
    DeclaracionPendiente,
    HuellaDistinta,
    NadieMasFirma,
)
from empresa_digital.registro.actos.estados import VIDA_ACTO, EstadoActo
from empresa_digital.registro.actos.modelos import ActoPendiente, FirmaDeActo
from empresa_digital.registro.mandatos import (
    Facultad,
    FirmasPosibles,
    MontoExcedido,
    SinFacultad,
    exigir_con_otros,
)
from empresa_digital.registro.unidades import bloquear_unidad
from nucleo.actor import Actor, Autorizacion
from nucleo.actos import ActoConjunto, Fin, Propuesto, actos_declarados, proveer_firmas
from nucleo.auditoria import auditar
from nucleo.bd import sobrevive
from nucleo.dinero import a_centavos, formato_bs
from nucleo.errores import ErrorDominio
from nucleo.ids import nuevo_id
from nucleo.lectores import texto_obligatorio
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import ngettext

PLAZO = timedelta(days=15)


def documento_de(codigo: str, unidad_id: UUID, cuerpo: BaseModel) -> str:
    """What is signed: canonical JSON (sorted keys, no spaces, UTF-8 as it is)."""
    datos = {"codigo": codigo, "unidad": str(unidad_id), "cuerpo": cuerpo.model_dump(mode="json")}
    return json.dumps(datos, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def cuerpo_de(acto: ActoPendiente) -> tuple[ActoConjunto[Any, Any], Any]:
    """The declaration of the act and its body. Raises `ActoTerminado` when nothing here does it any more."""
    definicion = actos_declarados().get(acto.codigo)
    if definicion is None:
        raise ActoTerminado(_("Esta clase de acto ya no se hace en Qhatu: déjelo vencer."))
    return definicion, definicion.cuerpo.model_validate(json.loads(acto.documento)["cuerpo"])


@proveer_firmas
def proponer(
    sesion: Session,
    actor: Actor,
    definicion: ActoConjunto[Any, Any],
    cuerpo: BaseModel,
    unidad_id: UUID,
    monto: Money | None,
) -> Propuesto:
    """Keep what somebody asked for until the others sign, with their own signature on it. The same body sent
    again while it waits is the same proposal.

    Raises `SinFacultad`, `MontoExcedido`, and `NadieMasFirma` when nobody else could sign it.
    """
    _exigir_reciente(actor, definicion.facultad)
    posibles: FirmasPosibles = exigir_con_otros(
        sesion, actor, unidad_id, Facultad(definicion.facultad), monto
    )
    assert actor.persona_id is not None
    momento = ahora_bd(sesion)
    propio = definicion.vence(sesion, cuerpo)
    solo = definicion.firman(sesion, cuerpo)
    documento = documento_de(definicion.codigo, unidad_id, cuerpo)
    acto = ActoPendiente(
        id=nuevo_id(),
        codigo=definicion.codigo,
        unidad_id=unidad_id,
        facultad=definicion.facultad,
        documento=documento,
        huella=hashlib.sha256(documento.encode()).digest(),
        monto=monto,
        grupo_firma=posibles.grupo,
        firmas_requeridas=max(posibles.firmas, definicion.firmas_minimas, len(solo or ()), 2),
        propuesto_por=actor.persona_id,
        creado_en=momento,
        vence_en=min(momento + PLAZO, propio or momento + PLAZO),
    )
    if acto.vence_en <= momento:
        raise ActoTerminado(_("El plazo de este acto ya terminó: no hay tiempo de reunir firmas."))
    if (mismo := propuesta_igual(sesion, acto)) is not None:
        return propuesto(mismo, definicion, firmadas=len(firmas_validas(sesion, mismo.id)))
    sesion.add(acto)
    sesion.flush()
    quienes = {f.persona_id for f in firmantes_de(sesion, acto.id) if f.alcanza}
    if len(quienes) < acto.firmas_requeridas:
        texto = ngettext(
            "Hacen falta %(k)s firmas y solo una persona puede darlas: otorgue antes otro mandato.",
            "Hacen falta %(k)s firmas y solo %(n)s personas pueden darlas: otorgue antes otro mandato.",
            len(quienes),
        )
        raise NadieMasFirma(texto % {"k": acto.firmas_requeridas, "n": len(quienes)})
    definicion.exige(sesion, actor, cuerpo)
    _firmar(sesion, acto, actor, _firmante(sesion, acto, actor))
    autorizacion = Autorizacion(actor=actor, unidad_id=unidad_id, mandato_id=posibles.mandato_id)
    _auditar(sesion, autorizacion, acto, "proponer")
    avisos.propuesto(sesion, acto, definicion, quienes - {actor.persona_id})
    return propuesto(acto, definicion, firmadas=1)


def propuesto(acto: ActoPendiente, definicion: ActoConjunto[Any, Any], firmadas: int) -> Propuesto:
    k = acto.firmas_requeridas
    nombre = str(definicion.nombre)
    return Propuesto(acto.id, acto.codigo, nombre, k, max(k - firmadas, 0), acto.vence_en, acto.huella.hex())


def ver_acto(sesion: Session, actor: Actor, acto_id: UUID) -> ActoPendiente:
    """An act that the actor proposed or may sign; to others it does not exist. Raises `ActoInexistente`."""
    acto = acto_por_id(sesion, acto_id)
    persona = actor.persona_id
    if persona is None:
        raise ActoInexistente()
    suyo = acto.propuesto_por == persona or sesion.get(FirmaDeActo, (acto_id, persona)) is not None
    if not suyo and all(f.persona_id != persona for f in firmantes_de(sesion, acto_id)):
        raise ActoInexistente()
    return acto


def firmar(
    sesion: Session, actor: Actor, acto_id: UUID, huella: str, *, declara: bool = False
) -> ActoPendiente:
    """Sign what has that hash (hexadecimal); the last signature does the act. The same again is the same one.

    Raises `ActoInexistente`, `ActoTerminado`, `HuellaDistinta`, `MontoExcedido`, `DeclaracionPendiente`, and
    whatever the use case raises when it may not be done now: then this signature is not there either.
    """
    acto = _para_decidir(sesion, actor, acto_id)
    if acto.huella.hex() != huella.strip().lower():
        raise HuellaDistinta(_("Vuelva a leerlo y firme lo que dice ahora."))
    ya = sesion.get(FirmaDeActo, (acto_id, actor.persona_id))
    if ya is not None and acto.estado in (EstadoActo.PENDIENTE, EstadoActo.EJECUTADO):
        return acto
    _exigir_pendiente(sesion, acto)
    _exigir_reciente(actor, acto.facultad)
    firmante = _firmante(sesion, acto, actor)
    definicion, cuerpo = cuerpo_de(acto)
    if (pide := definicion.declara(sesion, cuerpo)) and not declara:
        texto = _("Falta que declare: «%(que)s».") % {"que": pide}
        raise DeclaracionPendiente(texto, campos={"declara": texto})
    definicion.exige(sesion, actor, cuerpo)
    _firmar(sesion, acto, actor, firmante)
    autorizacion = Autorizacion(
        actor=actor, unidad_id=acto.unidad_id, mandato_id=firmante.mandato_id, cadena=firmante.cadena
    )
    _auditar(sesion, autorizacion, acto, "firmar")
    fijar_mandatos(sesion, acto.id)
    if esta_firmado(sesion, acto.id):
        _ejecutar(sesion, acto, firmante, autorizacion, lambda q: definicion.ejecutar(sesion, q, cuerpo))
        avisos.ejecutado(sesion, acto, definicion, actor)
    else:
        avisos.firmado(sesion, acto, definicion, actor)
    return acto


def _ejecutar(
    sesion: Session,
    acto: ActoPendiente,
    ultimo: Firmante,
    autorizacion: Autorizacion,
    hacer: Callable[[Actor], object],
) -> None:
    """Do it by the mandates of all who signed: each is judged, so the smallest limit rules.

    The row says so first: the database counts the signatures, and until this transaction ends those mandates
    give the power that none has alone.
    """
    actor = replace(autorizacion.actor, acto=acto.id)
    otros = [f for f in firmas_validas(sesion, acto.id) if f.persona_id != ultimo.persona_id]
    cadena = [*ultimo.cadena, *(m for otro in otros for m in otro.cadena)]
    limites = [f.limite for f in (ultimo, *otros) if f.limite is not None]
    acto.mandatos, acto.limite = list(dict.fromkeys(cadena)), min(limites, default=None)
    _terminar(sesion, acto, EstadoActo.EJECUTADO, autorizacion)
    try:
        hacer(actor)
    except ErrorDominio as error:
        if not error.pasajero:
            sobrevive(sesion, partial(_anotar_negativa, acto_id=acto.id, motivo=error.detalle[:500]))
        raise


def _anotar_negativa(sesion: Session, acto_id: UUID, motivo: str) -> None:
    acto = acto_bloqueado(sesion, acto_id)
    if acto is not None and acto.estado == EstadoActo.PENDIENTE:
        acto.negado_en, acto.negado_motivo = ahora_bd(sesion), motivo
        sesion.flush()


def rechazar(sesion: Session, actor: Actor, acto_id: UUID, motivo: str) -> ActoPendiente:
    """Somebody who could sign it says no, and why: it ends, with the signatures of the others. Raises
    `ActoTerminado`, `SinFacultad`, `SesionNoReciente`.
    """
    acto = _para_decidir(sesion, actor, acto_id)
    if acto.propuesto_por == actor.persona_id:
        raise SinFacultad(_("Usted lo propuso: puede retirarlo."))
    if not se_rechaza(acto):
        raise SinFacultad(_("Este acto no se rechaza: si no está de acuerdo, no lo firme."))
    _exigir_reciente(actor, acto.facultad)
    razon = texto_obligatorio("motivo", motivo, _("Escriba por qué lo rechaza."), maximo=300)
    return _sin_hacer(sesion, acto, actor, EstadoActo.RECHAZADO, razon)


def se_rechaza(acto: ActoPendiente) -> bool:
    """Whether one who could sign it ends it by saying no."""
    definicion = actos_declarados().get(acto.codigo)
    return definicion is None or definicion.se_rechaza


def retirar(sesion: Session, actor: Actor, acto_id: UUID) -> ActoPendiente:
    """Who proposed it takes it back. Raises `ActoTerminado`, `SinFacultad`, `SesionNoReciente`."""
    acto = _para_decidir(sesion, actor, acto_id)
    if acto.propuesto_por != actor.persona_id:
        raise SinFacultad(_("Lo retira quien lo propuso; usted puede rechazarlo."))
    if acto.estado == EstadoActo.RETIRADO:
        return acto
    _exigir_reciente(actor, acto.facultad)
    return _sin_hacer(sesion, acto, actor, EstadoActo.RETIRADO)


def vencer(sesion: Session, acto_id: UUID) -> bool:
    """End an act whose time is over; False when it ended otherwise meanwhile."""
    acto = _bloqueado(sesion, acto_id)
    if acto.estado != EstadoActo.PENDIENTE or acto.vence_en > ahora_bd(sesion):
        return False
    _sin_hacer(sesion, acto, Actor.sistema("plazo de las firmas"), EstadoActo.VENCIDO)
    return True


# --- Pieces --------------------------------------------------------------------------------------------


def _para_decidir(sesion: Session, actor: Actor, acto_id: UUID) -> ActoPendiente:
    """The act, locked, for somebody who may see it."""
    ver_acto(sesion, actor, acto_id)
    return _bloqueado(sesion, acto_id)


def _bloqueado(sesion: Session, acto_id: UUID) -> ActoPendiente:
    """The act as it is now, locked after its unit."""
    bloquear_unidad(sesion, acto_por_id(sesion, acto_id).unidad_id)
    acto = acto_bloqueado(sesion, acto_id)
    assert acto is not None
    return acto


def _exigir_reciente(actor: Actor, facultad: str) -> None:
    """Who decides it, by yes or no, is asked what the act itself would ask of who does it alone."""
    exigir_sesion_reciente(actor, Riesgo.DINERO if facultad == Facultad.PAGAR else Riesgo.PODERES)


def _exigir_pendiente(sesion: Session, acto: ActoPendiente) -> None:
    VIDA_ACTO.exigir_paso(acto, EstadoActo.EJECUTADO, _("Este acto ya no espera firmas."))
    if acto.vence_en <= ahora_bd(sesion):
        raise ActoTerminado(_("El plazo para firmarlo terminó."))


def _firmante(sesion: Session, acto: ActoPendiente, actor: Actor) -> Firmante:
    """By which mandate the actor signs: the widest. Raises `SinFacultad`, `MontoExcedido`."""
    suyas = [f for f in firmantes_de(sesion, acto.id) if f.persona_id == actor.persona_id]
    if not suyas:
        raise SinFacultad(_("Ningún mandato vigente le permite firmar este acto."))
    ancha = suyas[0]
    if not ancha.alcanza and ancha.limite is not None and acto.monto is not None:
        raise MontoExcedido(
            _("Su mandato alcanza hasta %(limite)s y esto es por %(monto)s.")
            % {"limite": formato_bs(ancha.limite), "monto": formato_bs(acto.monto)}
        )
    return ancha


def _firmar(sesion: Session, acto: ActoPendiente, actor: Actor, por: Firmante) -> None:
    firma = FirmaDeActo(
        acto_id=acto.id,
        persona_id=por.persona_id,
        huella=acto.huella,
        mandato_id=por.mandato_id,
        mandato_propio_id=por.mandato_propio_id,
        firmado_en=ahora_bd(sesion),
    )
    assert firma.persona_id == actor.persona_id
    sesion.add(firma)
    sesion.flush()


def _sin_hacer(
    sesion: Session, acto: ActoPendiente, actor: Actor, a: EstadoActo, motivo: str | None = None
) -> ActoPendiente:
    """It ends undone; the room that declared it hears it."""
    if a != EstadoActo.VENCIDO:
        _exigir_pendiente(sesion, acto)
    autorizacion = _de_quien_decide(sesion, acto, actor)
    acto.motivo = motivo
    _terminar(sesion, acto, a, autorizacion)
    definicion = actos_declarados().get(acto.codigo)
    if definicion is not None:
        _definicion, cuerpo = cuerpo_de(acto)
        definicion.al_terminar(sesion, cuerpo, Fin(a.value, autorizacion, motivo))
        avisos.terminado(sesion, acto, definicion, actor)
    return acto


def _de_quien_decide(sesion: Session, acto: ActoPendiente, actor: Actor) -> Autorizacion:
    """By which mandate somebody refuses or takes back, if one is left."""
    if actor.persona_id is None:
        return Autorizacion.propia(actor)
    suyas = [f for f in firmantes_de(sesion, acto.id) if f.persona_id == actor.persona_id]
    if not suyas and acto.propuesto_por != actor.persona_id:
        raise SinFacultad(_("Ningún mandato vigente le permite decidir sobre este acto."))
    por = suyas[0].cadena if suyas else ()
    return Autorizacion(actor=actor, unidad_id=acto.unidad_id, mandato_id=por[0] if por else None, cadena=por)


def _terminar(sesion: Session, acto: ActoPendiente, a: EstadoActo, autorizacion: Autorizacion) -> None:
    VIDA_ACTO.pasar(acto, a, _("Este acto ya no espera firmas."))
    acto.resuelto_en = ahora_bd(sesion)
    acto.resuelto_por = autorizacion.actor.persona_id
    sesion.flush()
    _auditar(sesion, autorizacion, acto, a.value)


def _auditar(sesion: Session, autorizacion: Autorizacion, acto: ActoPendiente, accion: str) -> None:
    datos: dict[str, Any] = {"codigo": acto.codigo, "huella": acto.huella.hex(), "estado": acto.estado}
    if acto.monto is not None:
        datos["monto"] = a_centavos(acto.monto)
    if acto.mandatos is not None:
        datos["mandatos"] = [str(m) for m in acto.mandatos]
    auditar(sesion, autorizacion, f"acto.{accion}", "registro_acto", acto.id, datos)
